import { beforeAll } from 'vitest';
import { ensureBuilt } from '../support/built.ts';
import { races } from './races.ts';
import { inShort } from './support/short.ts';

beforeAll(ensureBuilt);
inShort(races);
