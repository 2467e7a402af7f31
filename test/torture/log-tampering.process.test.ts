import { logTampering } from './log-tampering.ts';
import { inShort } from './support/short.ts';

inShort(logTampering);
