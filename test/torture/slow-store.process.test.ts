import { slowStore } from './slow-store.ts';
import { inShort } from './support/short.ts';

inShort(slowStore);
