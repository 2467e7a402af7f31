#!/usr/bin/env node
/** `clearthread`: finds the command and hands it the rest. */

import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loggedError } from '../log.ts';
import { HELP } from './help.ts';
import type { CliCommand, CliIo } from './io.ts';

/** Loaded when asked for: `policy check` needs no database engine. */
const COMMANDS = new Map<string, () => Promise<CliCommand>>([
  ['start', async () => (await import('./start.ts')).startCommand],
  ['policy check', async () => (await import('./policy.ts')).policyCheck],
  ['policy upgrade', async () => (await import('./policy-upgrade.ts')).policyUpgrade],
  ['policy try', async () => (await import('./policy.ts')).policyTry],
  ['audit verify', async () => (await import('./audit.ts')).auditVerify],
  ['audit checkpoint', async () => (await import('./audit-checkpoint.ts')).auditCheckpoint],
  ['audit proof', async () => (await import('./audit-proof.ts')).auditProof],
  ['audit roots', async () => (await import('./votes/audit-roots.ts')).auditRoots],
  ['audit refused', async () => (await import('./audit-refused.ts')).auditRefused],
  ['deal export', async () => (await import('./deal.ts')).dealExport],
  ['deal erase', async () => (await import('./deal-erase.ts')).dealErase],
  ['deals list', async () => (await import('./deals.ts')).dealsList],
  ['report policy', async () => (await import('./report-policy.ts')).reportPolicy],
  ['report verify', async () => (await import('./report-verify.ts')).reportVerify],
  ['report', async () => (await import('./report.ts')).report],
  ['digest', async () => (await import('./digest.ts')).digestShow],
  ['teams package', async () => (await import('./teams.ts')).teamsPackageCommand],
  ['store copy', async () => (await import('./store.ts')).storeCopy],
  ['store backup', async () => (await import('./store.ts')).storeBackup],
  ['store restore', async () => (await import('./store.ts')).storeRestore],
  ['store restored', async () => (await import('./restored.ts')).storeRestored],
  ['keys rotate', async () => (await import('./keys.ts')).keysRotate],
  ['training import', async () => (await import('./training.ts')).trainingImport],
  ['countries import', async () => (await import('./countries-import.ts')).countriesImport],
  ['screening import', async () => (await import('./screening-import.ts')).screeningImport],
  ['screening lists', async () => (await import('./screening.ts')).screeningLists],
  ['screening remove', async () => (await import('./screening-remove.ts')).screeningRemove],
  ['screening check', async () => (await import('./screening.ts')).screeningCheck],
  ['voices', async () => (await import('./voices.ts')).voicesStart],
  ['voices invite', async () => (await import('./voices.ts')).voicesInvite],
  ['voices handlers', async () => (await import('./voices.ts')).voicesHandlers],
  ['voices leave', async () => (await import('./voices.ts')).voicesLeave],
  ['voices key', async () => (await import('./voices.ts')).voicesKey],
  ['voices verify-receipt', async () => (await import('./voices-receipt.ts')).voicesVerifyReceipt],
  ['outbox', async () => (await import('./outbox.ts')).outboxList],
  ['outbox retry', async () => (await import('./outbox.ts')).outboxRetry],
  ['outbox drop', async () => (await import('./outbox.ts')).outboxDrop],
]);

export async function runCli(args: string[], io: CliIo): Promise<number> {
  const [first = '', second = ''] = args;
  const twoWords = COMMANDS.get(`${first} ${second}`);
  if (twoWords) return (await twoWords())(args.slice(2), io);
  const oneWord = second === '' || /^[-\d]/.test(second) ? COMMANDS.get(first) : undefined;
  if (oneWord) return (await oneWord())(args.slice(1), io);
  const { values, positionals } = parseArgs({
    args,
    strict: false,
    options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } },
  });
  if (values.version && positionals.length === 0) {
    io.out(version());
    return 0;
  }
  const asked = positionals.join(' ');
  if (values.help || positionals[0] === 'help') return help(asked.replace(/^help ?/, ''), io);
  if (args.length === 0) {
    io.err(HELP);
    return 2;
  }
  io.err(misunderstood(positionals.length > 0 ? positionals.slice(0, 2).join(' ') : first));
  io.err('"clearthread --help" lists every command.');
  return 2;
}

/**
 * `clearthread help audit`, `clearthread --help audit verify`, `clearthread audit --help`: each explains that command.
 */
async function help(asked: string, io: CliIo): Promise<number> {
  const meant = [...COMMANDS].filter(([name]) => asked !== '' && (name === asked || name.startsWith(`${asked} `)));
  if (meant.length === 0) io.out(HELP);
  for (const [i, [, command]] of meant.entries()) {
    if (i > 0) io.out('');
    await (
      await command()
    )(['--help'], io);
  }
  return 0;
}

function misunderstood(asked: string): string {
  const names = [...COMMANDS.keys()];
  const beginning = names.filter((name) => name.split(' ')[0] === asked);
  if (beginning.length > 0) return `Say what to do: ${beginning.map((name) => `"clearthread ${name}"`).join(' or ')}.`;
  const [nearest] = names
    .map((name) => ({ name, steps: distance(asked, name) }))
    .filter(({ name, steps }) => steps <= 3 || name.split(' ')[1] === asked)
    .sort((a, b) => a.steps - b.steps);
  const shown = JSON.stringify(asked.slice(0, 40));
  return nearest
    ? `There is no command ${shown}. Did you mean "clearthread ${nearest.name}"?`
    : `There is no command ${shown}.`;
}

/** Counts letters to insert, delete or replace to get from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const current = [i + 1];
    for (const [j, other] of [...b].entries()) {
      current.push(
        Math.min((current[j] ?? 0) + 1, (previous[j + 1] ?? 0) + 1, (previous[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}

/** Reads the version: package.json is two folders up in the sources and three in dist/. */
function version(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const read: unknown = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (read && typeof read === 'object' && 'version' in read) return String(read.version);
    } catch {
      continue;
    }
  }
  return 'unknown';
}

async function main(): Promise<void> {
  const io: CliIo = {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    terminal: process.stderr.isTTY ? (text) => void process.stderr.write(text) : undefined,
    env: process.env,
  };
  // A reader that stops early (`| head`) is no fault.
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => process.exit(fault.code === 'EPIPE' ? 0 : 1));
  try {
    process.exitCode = await runCli(process.argv.slice(2), io);
  } catch (thrown) {
    const { name, code, frames } = loggedError(thrown);
    io.err(`Something broke: ${name}${code === undefined ? '' : ` (${code})`}.`);
    for (const frame of frames) io.err(`  ${frame}`);
    process.exitCode = 1;
  }
}

/** npm's bin is a link to this file. */
const startedHere = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (startedHere) await main();
