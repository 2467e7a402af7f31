// `npm run mutate -- quorum`: how many changed lines of a room its tests notice. Without a name: every room, one by one.
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

/** What each room holds, and what share of its mutants the tests must kill. */
const ROOMS = {
  quorum: ['flows/deal/rights/quorum.ts'],
  access: ['flows/deal/rights/access.ts'],
  voting: ['flows/deal/deciding/voting.ts'],
  evolve: ['flows/deal/evolve.ts', 'flows/deal/approval/evolve-*.ts'],
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

const share = (mutants) => {
  const killed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  return { killed, percent: (100 * killed) / mutants.length };
};

const tell = (name, mutants) => {
  const { killed, percent } = share(mutants);
  const count = (status) => mutants.filter((mutant) => mutant.status === status).length;
  say(
    `${name}: ${percent.toFixed(1)} % of ${mutants.length} (${killed - count('Timeout')} killed, ${count('Timeout')} timed out, ` +
      `${count('Survived')} survived, ${count('NoCoverage')} without a test)`,
  );
};

const asked = process.argv.slice(2);
const unknown = asked.filter((room) => !(room in ROOMS));
if (unknown.length > 0) throw new Error(`No room ${unknown.join(', ')}. There are: ${Object.keys(ROOMS).join(', ')}.`);

for (const room of asked.length > 0 ? asked : Object.keys(ROOMS)) {
  const began = Date.now();
  const results = await new Stryker(options(room)).runMutationTest();
  const mutants = results.filter(({ status }) => status !== 'Ignored');
  say(`\n== ${room}, ${Math.round((Date.now() - began) / 1000)} s`);
  const files = [...new Set(mutants.map(({ fileName }) => fileName))].sort();
  for (const file of files) {
    const own = mutants.filter(({ fileName }) => fileName === file);
    tell(relative('.', file), own);
    for (const { status, location, mutatorName, replacement } of own) {
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      say(
        `  ${location.start.line}:${location.start.column} ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`,
      );
    }
  }
  if (share(mutants).percent < ENOUGH) process.exitCode = 1;
}
