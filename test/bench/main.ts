/**
 * `npm run bench`: ratios measured in this one run, on this machine. It reports; it never fails on a number.
 * `npm run bench presses` only counts presses, `npm run bench interaction` only compares interactions,
 * `npm run bench dossier` only writes dossiers, `npm run bench index [DEALS [FOLDER]]` only fills the index
 * of deals, from a record that FOLDER keeps for the next time,
 * `npm run bench screening` only compares names with a list, `npm run bench thread` only measures threads and reviews,
 * `npm run bench yearly [RECORDS]` only counts generated years again, `npm run bench yearly-draft DEALS FOLDER` only
 * drafts a report from the record that the bench of the index keeps in FOLDER,
 * `npm run bench linkage [COMPANIES]` only tries to name who reported, and when.
 */

import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { policyDocument } from '../../flows/policy/schema.ts';
import { loadPolicy } from '../../src/config/policy-file.ts';
import { startBots } from './bots.ts';
import { dealIndexBench } from './deal-index.ts';
import { digestBench } from './digest.ts';
import { dossierBench } from './dossier.ts';
import { interactionBench } from './interaction.ts';
import { invokeBench } from './invoke.ts';
import { lengthsBench } from './lengths.ts';
import { linkageBench } from './linkage.ts';
import { memoryBench } from './memory.ts';
import { mongoBench } from './mongo.ts';
import { policyBench } from './policy.ts';
import { pressesBench } from './presses/report.ts';
import { screeningBench } from './screening.ts';
import { sweepBench } from './sweep.ts';
import { startTeamsBots } from './teams-bots.ts';
import { twoBotsBench } from './two-bots.ts';
import { verifyBench } from './verify.ts';
import { yearlyBench, yearlyDraftBench } from './yearly.ts';

const LISTED = fileURLToPath(new URL('../../../test/fixtures/policies/2026-11.yml', import.meta.url));
const say = (lines: string[]) => void process.stdout.write(`${lines.join('\n')}\n`);

if (process.argv[2] === 'presses') {
  say(await pressesBench());
  process.exit();
}

if (process.argv[2] === 'thread') {
  say(lengthsBench());
  process.exit();
}

if (process.argv[2] === 'dossier') {
  say(await dossierBench());
  process.exit();
}

if (process.argv[2] === 'screening') {
  say(await screeningBench());
  process.exit();
}

if (process.argv[2] === 'index') {
  const [, , , count, kept] = process.argv;
  say(await dealIndexBench(count === undefined ? undefined : Number(count), kept));
  process.exit();
}

if (process.argv[2] === 'yearly-draft') {
  const [, , , count, kept] = process.argv;
  say(await yearlyDraftBench(Number(count), String(kept)));
  process.exit();
}

if (process.argv[2] === 'yearly') {
  say(await yearlyBench(process.argv[3] === undefined ? undefined : Number(process.argv[3])));
  process.exit();
}

if (process.argv[2] === 'linkage') {
  say(await linkageBench(process.argv[3] === undefined ? undefined : Number(process.argv[3])));
  process.exit();
}

if (process.argv[2] === 'interaction') {
  const bots = await startBots();
  try {
    say(await interactionBench(bots));
  } finally {
    await bots.stop();
  }
  process.exit();
}

const busy = loadavg()[0] ?? 0;
say([
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, load before the run ${busy.toFixed(1)}`,
  'The machine may be shared with other work: read the ratios, not the figures. It takes about six minutes.',
]);

const bots = await startBots();
try {
  const memory = memoryBench(bots);
  // json-rules-engine can say a list of rules, no risk picture: both judge by the default policy of November 2026.
  const { compiled, document } = loadPolicy(LISTED);
  say(await policyBench(policyDocument.parse(document), compiled));
  say(await memory);
  say(await interactionBench(bots));
} finally {
  await bots.stop();
}

const teamsBots = await startTeamsBots();
try {
  say(await invokeBench(teamsBots));
} finally {
  await teamsBots.stop();
}

say(await twoBotsBench());
say(await sweepBench());
say(await verifyBench());
say(await digestBench());
say(await dealIndexBench(20_000));
say(await dossierBench());
say(await screeningBench());
say(await linkageBench(100));
say(await mongoBench());
say(await pressesBench());
