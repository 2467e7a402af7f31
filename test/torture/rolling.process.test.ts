import { rolling } from './rolling.ts';
import { inShort } from './support/short.ts';

inShort(rolling);
