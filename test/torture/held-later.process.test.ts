import { heldLater } from './held-later.ts';
import { inShort } from './support/short.ts';

// Two engines, some thirty starts.
inShort(heldLater, 600_000);
