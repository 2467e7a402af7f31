import { kills } from './kills.ts';
import { inShort } from './support/short.ts';

// The owed messages follow, and a machine may be busy.
inShort(kills, 600_000);
