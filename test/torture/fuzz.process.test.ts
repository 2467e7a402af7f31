import { fuzz } from './fuzz.ts';
import { inShort } from './support/short.ts';

inShort(fuzz);
