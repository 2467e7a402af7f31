/** `npm run torture [NAME…]`: the long forms. Fails if something was lost, doubled or let through. */

import { forgedVotes } from './forged-votes.ts';
import { fuzz } from './fuzz.ts';
import { heldLater } from './held-later.ts';
import { kills } from './kills.ts';
import { logTampering } from './log-tampering.ts';
import { outage } from './outage.ts';
import { races } from './races.ts';
import { repeats } from './repeats.ts';
import { rolling } from './rolling.ts';
import { slowStore } from './slow-store.ts';
import type { Script } from './support/script.ts';
import { tampering } from './tampering.ts';
import { years } from './years.ts';

const SCRIPTS: readonly Script[] = [
  outage,
  slowStore,
  fuzz,
  tampering,
  logTampering,
  forgedVotes,
  kills,
  heldLater,
  repeats,
  races,
  rolling,
  years,
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const names = process.argv.slice(2);
const unknown = names.filter((name) => !SCRIPTS.some((script) => script.name === name));
if (unknown.length > 0) {
  say(`There is no ${unknown.join(', ')}. There are:`);
  for (const { name, proves } of SCRIPTS) say(`  ${name.padEnd(12)} ${proves}`);
  process.exit(2);
}

let broken = 0;
for (const { name, proves, run } of SCRIPTS) {
  if (names.length > 0 && !names.includes(name)) continue;
  say(`\n${name}: ${proves}`);
  const started = performance.now();
  try {
    for (const line of await run('long')) say(`  ${line}`);
  } catch (error) {
    broken += 1;
    say(`  BROKEN: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  say(`  ${Math.round((performance.now() - started) / 1000)} s`);
}
process.exit(broken > 0 ? 1 : 0);
