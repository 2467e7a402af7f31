/** `clearthread training import`: imports the data of a learning system, all of it or nothing. */

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { OPERATOR } from '../../flows/organisation.ts';
import { newerThan } from '../../flows/registers/training/training.ts';
import { defaultPolicyFile, loadPolicy } from '../config/policy-file.ts';
import { nothingAt, type StoreLocation } from '../streams/open-store.ts';
import { createRegisters } from '../streams/registers.ts';
import { MOST_BAD, readTrainingCsv, type TrainingFile } from '../training-csv.ts';
import { command, onlyWord, Unusable } from './command.ts';
import type { CliIo } from './io.ts';
import { piecesOf } from './reading.ts';
import { organisationOf, refuseSample, whereOf, withStore } from './record.ts';
import { plural, printable } from './text.ts';

const HELP = `Usage: clearthread training import FILE [--dry-run] [--skip-bad] [--data DIR]

Records who took which course when, from a CSV file of your learning system. Columns, in any order if the
first line names them: person, course, completed on. More columns do no harm. Commas, semicolons or tabs.

  person         id in the organisation file, e-mail address, Slack id or Entra id; nothing that only looks like it
  course         id or title of a course in your policy
  completed on   a day such as 2027-03-31, or with a time after it

All of the file is recorded, or nothing: a line that is wrong is named with its number and the reason, and then
nothing is recorded. Only what is newer than what is known is written, so the same file twice changes nothing.

  --dry-run    say what would be recorded, and record nothing
  --skip-bad   record the others although some lines are wrong
  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

Policy and organisation are those of CLEARTHREAD_POLICY and CLEARTHREAD_ORGANISATION. The bot may be running. The
data folder needs its key: CLEARTHREAD_DATA_KEY, or the one in the folder.
Exit code: 0 recorded, or nothing new; 1 lines are wrong; 2 it could not be done.`;

interface Options {
  file: string;
  dryRun: boolean;
  skipBad: boolean;
  where: StoreLocation;
}

const sayBad = ({ bad, badRows }: TrainingFile, name: string, io: CliIo): void => {
  for (const { line, reason } of bad) io.err(printable(`${name}:${line}: ${reason}.`));
  if (badRows > bad.length) io.err(`And ${badRows - bad.length} more; the first ${MOST_BAD} are shown.`);
};

const run = async ({ file: path, dryRun, skipBad, where }: Options, io: CliIo): Promise<number> => {
  // Checked before a large file is read in vain.
  const nothing = nothingAt(where);
  if (nothing !== undefined) throw new Unusable(nothing);
  const organisation = organisationOf(io.env);
  const { compiled: policy, document } = loadPolicy(io.env['CLEARTHREAD_POLICY']?.trim() || defaultPolicyFile);
  if (!policy.training) throw new Unusable('The policy asks for no training: add courses under training first.');
  const name = basename(path);
  const now = new Date().toISOString();
  const file = await readTrainingCsv(piecesOf<string>(path, createReadStream(path, 'utf8')), {
    organisation,
    training: policy.training,
    now,
  });
  sayBad(file, name, io);
  if (file.unreadable) {
    io.err(`${name}:${file.unreadable.line}: ${file.unreadable.reason}. Nothing was recorded.`);
    return 1;
  }
  if (file.rows === 0) throw new Unusable(`${name} has no lines.`);
  if (file.badRows > 0 && !skipBad) {
    const what = `${plural(file.badRows, 'line')} of ${file.rows} ${file.badRows === 1 ? 'is' : 'are'} wrong, so nothing was recorded.`;
    io.err(
      `${what} Correct ${file.badRows === 1 ? 'it' : 'them'}, or leave ${file.badRows === 1 ? 'it' : 'them'} out with --skip-bad.`,
    );
    return 1;
  }
  return withStore(where, io, async (store) => {
    await refuseSample(store, io.env);
    const { training } = createRegisters({
      store,
      policy: () => policy,
      organisation: () => organisation,
      clock: () => new Date(),
      wake: () => {},
    });
    const newer = newerThan((await training.now()).state, file.taken);
    const count = Object.values(newer).reduce((sum, people) => sum + Object.keys(people).length, 0);
    const left = file.badRows === 0 ? '' : `, ${file.badRows} left out`;
    const summary = `${plural(file.rows, 'line')}: ${count} new, ${file.rows - file.badRows - count} known or older${left}.`;
    if (count > 0 && !dryRun) {
      // The record names it, and no bot may have kept it yet.
      await store.putPolicy(policy.hash, document);
      const ask = { actor: OPERATOR, cause: `training-import:${randomUUID()}` };
      const outcome = await training.handle({ type: 'ImportTraining', taken: newer }, ask);
      if (outcome.kind === 'refused') throw new Unusable(outcome.refusal.text);
    }
    io.out(
      `${summary} ${dryRun ? 'Nothing was recorded (--dry-run).' : count === 0 ? 'Nothing has changed.' : 'Recorded.'}`,
    );
    return 0;
  });
};

export const trainingImport = command({
  help: HELP,
  options: { data: { type: 'string' }, 'dry-run': { type: 'boolean' }, 'skip-bad': { type: 'boolean' } },
  words: true,
  read: (given, env): Options => ({
    file: onlyWord(given, 'Name one file.'),
    dryRun: given.values['dry-run'] ?? false,
    skipBad: given.values['skip-bad'] ?? false,
    where: whereOf(given.values.data, env),
  }),
  run,
});
