import { beforeAll } from 'vitest';
import { ensureBuilt } from '../support/built.ts';
import { rolling } from './rolling.ts';
import { inShort } from './support/short.ts';

beforeAll(ensureBuilt);
inShort(rolling);
