// Runs before each unit test file. Generated tests draw the same cases in each run, so that a red run is about the change
// at hand; CLEARTHREAD_SEED draws others: a number, or `any` for new ones in each run.
import fc from 'fast-check';

const FIXED = 20200930;

const asked = process.env['CLEARTHREAD_SEED'] ?? String(FIXED);
if (asked !== 'any' && !/^-?\d+$/.test(asked))
  throw new Error(`CLEARTHREAD_SEED is a number or "any", not "${asked}".`);
if (asked !== 'any') fc.configureGlobal({ seed: Number(asked) });
