import { outage } from './outage.ts';
import { inShort } from './support/short.ts';

inShort(outage);
