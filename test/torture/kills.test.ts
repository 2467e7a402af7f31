import { beforeAll } from 'vitest';
import { ensureBuilt } from '../support/built.ts';
import { kills } from './kills.ts';
import { inShort } from './support/short.ts';

beforeAll(ensureBuilt);
// Then comes what is owed, and a machine may be busy.
inShort(kills, 600_000);
