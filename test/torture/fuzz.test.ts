import { beforeAll } from 'vitest';
import { ensureBuilt } from '../support/built.ts';
import { fuzz } from './fuzz.ts';
import { inShort } from './support/short.ts';

beforeAll(ensureBuilt);
inShort(fuzz);
