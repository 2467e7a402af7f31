/** `clearthread report`: the figures of a year for the public, from the record. Guidance: R1. */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { yearlyReport, type YearlyReport } from '../../blocks/yearly/report.ts';
import { OPERATOR } from '../../flows/organisation.ts';
import { readComplaints, type PublishedComplaints } from '../../flows/yearly/complaints.ts';
import type { Year } from '../../flows/yearly/deal-year.ts';
import { draftOf } from '../../flows/yearly/deciding.ts';
import { countriesToName, countYear, type Counted } from '../../flows/yearly/figures.ts';
import { LEAST } from '../../flows/yearly/protect.ts';
import type { YearlyFigures } from '../../flows/yearly/published.ts';
import type { RecordOfYear } from '../../flows/yearly/record-shapes.ts';
import type { PublishedYear, YearlyState } from '../../flows/yearly/register-shapes.ts';
import { isApprovedInChat } from '../../flows/yearly/register.ts';
import { EMPTY_YEAR, isEmptyYear } from '../../flows/yearly/sentences.ts';
import { readText } from '../config/yaml-file.ts';
import { loadYearlyWords } from '../config/yearly-words-file.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { secretsOf } from '../yearly/secrets.ts';
import { pagesIn, reportFiles, reportIn, writeFiles } from '../yearly/write-report.ts';
import { command, onlyWord, Unusable } from './command.ts';
import { deskOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { written } from './reading.ts';
import { organisationOf, refuseSample, whereOf, withStore } from './record.ts';
import { recordFor, yearIn } from './report-record.ts';
import { plural, printable } from './text.ts';

const HELP = `Usage: clearthread report YEAR --to DIR [--words FILE] [--publish] [--trace FILE] [--data DIR]

Writes the yearly report on your human-rights due diligence: a page, a PDF, JSON with its schema, and text, all of the
same figures. Deals reviewed, by outcome, tier, product category and region; reassessments and what they
changed; red flags by kind; conditions kept and overdue; holds; what ended; training; days to a decision;
changes of the policy.

No figure stands there that could tell of single deals or customers: without those of any one customer
or end-user, 5 deals are left behind each. Smaller ones are put together with others, or left out; zero too.

  --to DIR      where the files go: report-YEAR.html, .pdf, .json and .txt, and report.schema.json. A draft's
                begin with "draft-".
  --words FILE  what people have to say, as YAML: foreword, learned, change; each a text. A customer, an end-user, a
                person or a country with few deals that is named there stops the report. Under mayName stand
                names that may: the country that you are in, who signs.
  --publish     freeze the figures, where the policy asks nobody to approve them (yearlyReport: { approvers: none }).
                Elsewhere people approve words and figures in chat (/deal report-year YEAR), compliance publishes them
                there, and this command writes what was published, with or without --publish. Published figures are
                those of that year, whatever is corrected or erased; only the words can be changed, which the page
                says. It can't be undone. What is not published is a draft: drafts are for you alone, since two of
                them side by side can tell what one does not.
  --complaints FILE
                ranges of reports of misuse, as the case room counted them: a text file of its seven lines.
                Where people approve in chat, they are handed over there. They are not recounted from the
                record.
  --least N     5 or more: how many deals must be left (else the policy's word, else 5)
  --trace FILE  write which deals are behind each cell, as JSON. It names them: it stays in the company, and
                outside of DIR.
  --data DIR    the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

A year goes from January to December, in UTC. Figures can be published once it is over. The bot may be running.
The record needs its data key: CLEARTHREAD_DATA_KEY, or the one in the data folder. Policy and organisation are
those of CLEARTHREAD_POLICY and CLEARTHREAD_ORGANISATION.
Exit code: 0 written (also where the year is empty, which it says), 1 some deals could not be read, so nothing
was written, 2 it could not be done.`;

interface Options {
  year: Year;
  to: string;
  words: string | undefined;
  trace: string | undefined;
  complaints: string | undefined;
  publish: boolean;
  least: number | undefined;
  where: StoreLocation;
}

const leastIn = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const least = Number(given);
  if (!Number.isInteger(least) || least < LEAST || least > 1000)
    throw new Unusable(`--least takes a number from ${LEAST} to 1000.`);
  return least;
};

const isWithin = (folder: string, file: string): boolean =>
  !/^\.\.(?:[/\\]|$)/.test(relative(resolve(folder), resolve(file)));

/** Names the tables that would be counted otherwise today. */
const differing = (published: YearlyFigures, today: YearlyFigures): string[] =>
  [...published.tables, ...published.kinds].flatMap((table) => {
    const now = [...today.tables, ...today.kinds].find(({ id }) => id === table.id);
    return JSON.stringify(now?.rows) === JSON.stringify(table.rows) ? [] : [table.title];
  });

/** Ranges of a file, else those that compliance took over in chat. */
const complaintsFor = (file: string | undefined, year: number, state: YearlyState): PublishedComplaints | undefined => {
  if (file === undefined) return draftOf(state, year).complaints?.lines;
  const read = readComplaints(readText(file), year);
  if ('problem' in read) throw new Unusable(`${printable(file)}: ${read.problem}`);
  return read.complaints;
};

const withHanded = (counted: Counted, complaints: PublishedComplaints | undefined): Counted =>
  complaints ? { ...counted, figures: { ...counted.figures, complaints } } : counted;

interface Told extends Pick<Options, 'year' | 'to'> {
  counted: Counted;
  record: RecordOfYear;
  frozen: YearlyFigures | undefined;
  inChat: boolean;
}

/** Says what only the company may know. */
const tell = ({ year, counted, record, frozen, to, inChat }: Told, files: readonly string[], io: CliIo): void => {
  const figures = frozen ?? counted.figures;
  const decided = record.deals.filter((deal) => deal.decided).length;
  io.out(`${plural(decided, 'deal')} decided in ${year.year}. Written to ${printable(to)}: ${files.join(', ')}.`);
  if (isEmptyYear(figures)) io.out(EMPTY_YEAR);
  if (!frozen) {
    io.out(
      inChat
        ? `This is a draft: keep it to yourself. It is approved and published in chat: /deal report-year ${year.year}.`
        : 'This is a draft: keep it to yourself, and freeze the figures with --publish once the year is over.',
    );
    return;
  }
  const others = differing(frozen, counted.figures);
  if (others.length > 0)
    io.out(
      `The record would count otherwise today: ${others.join(', ')}. What was published stays, so that nobody learns by the difference what changed.`,
    );
};

/** What the words are compared with: the report in the folder, else what was recorded when it was published. */
const earlier = (
  to: string,
  year: Year,
  recorded: PublishedYear['words'],
): Pick<YearlyReport, 'status' | 'words' | 'wordsChangedOn'> | undefined =>
  reportIn(to, year.year) ?? (recorded ? { status: 'published', words: recorded, wordsChangedOn: [] } : undefined);

const run = (
  { where, year, to, words: wordsFile, trace, complaints, publish, least: asked }: Options,
  io: CliIo,
): Promise<number> => {
  const file = organisationOf(io.env);
  return withStore(where, io, async (store) => {
    if (publish) await refuseSample(store, io.env);
    const desk = deskOn(store, file, io.env);
    const { registers, policy, clock } = desk;
    const now = clock().toISOString();
    const stands = (await registers.yearly.now()).state.years[year.year];
    if (publish && !stands && now < year.until)
      throw new Unusable(
        `${year.year} is not over, so its figures can't be published. Without --publish you get a draft.`,
      );
    const inChat = isApprovedInChat(registers.yearly.context());
    if (publish && !stands && inChat)
      throw new Unusable(
        `The report of ${year.year} was not published in chat yet, so nothing was written. People approve it there first: /deal report-year ${year.year}. Without --publish you get a draft.`,
      );
    const least = asked ?? policy().yearlyReport?.least ?? LEAST;
    const found = await recordFor(store, desk, year.year, now, io);
    if (!found) return 1;
    const { record, all, organisation } = found;
    const handed = complaintsFor(complaints, year.year, (await registers.yearly.now()).state);
    const counted = withHanded(countYear(record, { year, least, countedAt: now, organisation }), handed);
    const safe = countriesToName(counted, stands?.figures.least ?? least);
    const { words, mayName } =
      wordsFile === undefined
        ? { words: stands?.words ?? {}, mayName: [] }
        : loadYearlyWords(wordsFile, () => secretsOf(all, organisation, safe));
    if (mayName.length > 0) io.err(`Named in the words since "mayName" says so: ${printable(mayName.join(', '))}.`);
    // Nothing is frozen that has nowhere to go.
    written(to, () => mkdirSync(to, { recursive: true }));
    if (publish && !stands) {
      const ask = { actor: OPERATOR, cause: `yearly:${year.year}:${createHash('sha256').update(now).digest('hex')}` };
      const outcome = await registers.yearly.handle({ type: 'PublishYear', figures: counted.figures }, ask);
      if (outcome.kind === 'refused') throw new Unusable(outcome.refusal.text);
    }
    // Read anew: what is shown is what was recorded.
    const frozen = (await registers.yearly.now()).state.years[year.year];
    const yearBefore = (await registers.yearly.now()).state.years[year.year - 1]?.figures;
    const report = yearlyReport(frozen?.figures ?? counted.figures, words, {
      ...(frozen ? { publishedOn: frozen.at.slice(0, 10) } : {}),
      today: now.slice(0, 10),
      before: earlier(to, year, stands?.words),
      pages: pagesIn(to),
      yearBefore,
    });
    const made = await reportFiles(report);
    const files = written(to, () => writeFiles(to, made));
    if (trace !== undefined) {
      const cells = `${JSON.stringify(counted.behind(), undefined, 2)}\n`;
      written(trace, () => writeFileSync(trace, cells, { mode: 0o600 }));
    }
    tell({ year, to, counted, record, frozen: frozen?.figures, inChat }, files, io);
    return 0;
  });
};

export const report = command({
  help: HELP,
  options: {
    to: { type: 'string' },
    words: { type: 'string' },
    trace: { type: 'string' },
    complaints: { type: 'string' },
    least: { type: 'string' },
    publish: { type: 'boolean' },
    data: { type: 'string' },
  },
  words: true,
  read: (given, env): Options => {
    const { to, words, trace, complaints, least, publish = false, data } = given.values;
    const year = yearIn(onlyWord(given, 'Name one year, such as: clearthread report 2026 --to DIR.'));
    if (to === undefined) throw new Unusable('Say with --to which folder the report goes to.');
    if (trace !== undefined && isWithin(to, trace))
      throw new Unusable('--trace names deals: choose a file outside of the folder of --to, which is for the public.');
    return { year, to, words, trace, complaints, publish, least: leastIn(least), where: whereOf(data, env) };
  },
  run,
});
