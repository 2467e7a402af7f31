import { beforeAll } from 'vitest';
import { ensureBuilt } from '../support/built.ts';
import { repeats } from './repeats.ts';
import { inShort } from './support/short.ts';

beforeAll(ensureBuilt);
inShort(repeats, 180_000);
