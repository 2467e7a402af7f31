import { races } from './races.ts';
import { inShort } from './support/short.ts';

inShort(races);
