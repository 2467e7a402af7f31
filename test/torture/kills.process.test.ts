import { kills } from './kills.ts';
import { inShort } from './support/short.ts';

// Then comes what is owed, and a machine may be busy.
inShort(kills, 600_000);
