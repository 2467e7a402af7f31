import { heldLater } from './held-later.ts';
import { inShort } from './support/short.ts';

// A dozen starts; where there is a MongoDB, thirty.
inShort(heldLater, 600_000);
