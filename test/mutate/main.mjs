// `npm run mutate -- quorum`: how many changed lines of a room its tests notice. Without a name: every room, one by one.
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

/** What each room holds, and what share of its mutants the tests must kill. */
const ROOMS = {
  quorum: ['flows/deal/rights/quorum.ts', 'flows/deal/rights/carried.ts'],
  access: ['flows/deal/rights/access.ts'],
  voting: ['flows/deal/deciding/voting.ts'],
  evolve: ['flows/deal/evolve.ts', 'flows/deal/approval/evolve-*.ts', 'flows/deal/rights/evolve-votes.ts'],
  policy: ['flows/policy/{answers,compile,conditions,evaluate,monotone,weigh}.ts'],
};
const ENOUGH = 90;

const say = (line) => void process.stdout.write(`${line}\n`);

const options = (room) => ({
  mutate: ROOMS[room],
  mutator: { excludedMutations: ['StringLiteral'] },
  testRunner: 'vitest',
  plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
  vitest: { configFile: 'test/mutate/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // Left out: what runs only while a file loads. Every test would have to run again for each of those mutants.
  ignoreStatic: true,
  // Where Stryker finds a tsconfig it asks TypeScript for functions that version 7 no longer exports.
  tsconfigFile: 'none',
  ignorePatterns: ['/data', '/dist', '/coverage', '/test/.artifacts'],
  concurrency: 1,
  reporters: ['html', 'json'],
  htmlReporter: { fileName: `test/.artifacts/mutate/${room}.html` },
  jsonReporter: { fileName: `test/.artifacts/mutate/${room}.json` },
  logLevel: 'warn',
});

const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout';
const percentOf = (mutants) => (100 * mutants.filter(isKilled).length) / mutants.length;

const tell = (name, mutants) => {
  const count = (status) => mutants.filter((mutant) => mutant.status === status).length;
  say(
    `${name}: ${percentOf(mutants).toFixed(1)} % of ${mutants.length} (${count('Killed')} killed, ${count('Timeout')} timed out, ` +
      `${count('Survived')} survived, ${count('NoCoverage')} without a test)`,
  );
  for (const { status, location, mutatorName, replacement } of mutants.filter((mutant) => !isKilled(mutant))) {
    const { line, column } = location.start;
    say(`  ${line}:${column} ${status}: ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`);
  }
};

const asked = process.argv.slice(2);
const unknown = asked.filter((room) => !(room in ROOMS));
if (unknown.length > 0) throw new Error(`No room ${unknown.join(', ')}. There are: ${Object.keys(ROOMS).join(', ')}.`);

for (const room of asked.length > 0 ? asked : Object.keys(ROOMS)) {
  const began = Date.now();
  const results = await new Stryker(options(room)).runMutationTest();
  const mutants = results.filter(({ status }) => status !== 'Ignored');
  const left = results.length - mutants.length;
  say(
    `\n== ${room}, ${Math.round((Date.now() - began) / 1000)} s; left out: ${left}, words and what runs while a file loads`,
  );
  for (const file of [...new Set(mutants.map(({ fileName }) => fileName))].sort()) {
    tell(
      relative('.', file),
      mutants.filter(({ fileName }) => fileName === file),
    );
  }
  // Of no mutants no share is enough.
  if (!(percentOf(mutants) >= ENOUGH)) process.exitCode = 1;
}
