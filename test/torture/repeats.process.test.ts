import { repeats } from './repeats.ts';
import { inShort } from './support/short.ts';

inShort(repeats);
