import { beforeAll } from 'vitest';
import { ensureBuilt } from '../support/built.ts';
import { slowStore } from './slow-store.ts';
import { inShort } from './support/short.ts';

beforeAll(ensureBuilt);
inShort(slowStore);
