import { inShort } from '../../torture/support/short.ts';
import { years } from '../../torture/years.ts';

inShort(years);
