import { inShort } from './support/short.ts';
import { tampering } from './tampering.ts';

inShort(tampering);
