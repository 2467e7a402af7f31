/** Yearly reports: shows one to those who make, approve or audit it, and takes its words, approvals, questions and publication. */

import { yearCard } from '../../blocks/cards/yearly.ts';
import { readContext, sentYearContext, yearQuestionContext, yearWordsContext } from '../../blocks/forms/context.ts';
import {
  answerYearForm,
  approveYearForm,
  askYearForm,
  publishYearForm,
  readAnswerYearForm,
  readAskYearForm,
  readReturnYearForm,
  readSureForm,
  readYearWordsForm,
  returnYearForm,
  yearWordsForm,
  type YearWordsShown,
} from '../../blocks/forms/yearly.ts';
import { mayWriteYear, yearSeat } from '../../flows/yearly/approvers.ts';
import { draftOf, ONLY_COMPLIANCE } from '../../flows/yearly/deciding.ts';
import type { NamedIn, YearDraft, YearlyCommand, YearlyState } from '../../flows/yearly/register-shapes.ts';
import { yearly } from '../../flows/yearly/register.ts';
import { startingWords } from '../../flows/yearly/starting.ts';
import type { Reply } from '../edge/interaction.ts';
import type { RegisterOutcome } from '../streams/register.ts';
import type { Ask } from '../streams/stream-kind.ts';
import { hashOfReport, type CountedYear } from '../yearly/count-year.ts';
import { deny, gone, isReply, tell, type Desk, type OnDeskClick, type Submit, type Words } from './desk.ts';
import { toType } from './opening.ts';
import { submitted } from './submit.ts';
import { countedFor, LATE, namedAlone, readerOf, yearSaid, type YearReader } from './year-counting.ts';

type Refused = Extract<RegisterOutcome<YearlyState>, { kind: 'refused' }>;

const stateOf = async (desk: Desk): Promise<YearlyState> => (await desk.registers.yearly.now()).state;
export const draftNow = async (desk: Desk, year: number): Promise<YearDraft> => draftOf(await stateOf(desk), year);

const cardReply = async (desk: Desk, reader: YearReader, year: number, counted: CountedYear): Promise<Reply> => ({
  kind: 'tell',
  card: yearCard({ year, state: await stateOf(desk), counted: counted.figures, ...reader }),
});

/** The report as it is now; `before`: a line that stands above it. */
export const shown = async (desk: Desk, reader: YearReader, year: number, before?: string): Promise<Reply> => {
  const counted = await countedFor(desk, year);
  if (typeof counted === 'string') return before === undefined ? deny(counted) : tell(before);
  const reply = await cardReply(desk, reader, year, counted);
  if (before === undefined || reply.kind !== 'tell') return reply;
  const [title, ...blocks] = reply.card.blocks;
  return {
    ...reply,
    card: { blocks: [...(title ? [title] : []), { kind: 'text', text: [{ strong: before }] }, ...blocks] },
  };
};

/** Answers `/deal report-year 2026`, and without a year: last year's, from December on this year's. */
export const onYearWords = async (desk: Desk, act: Words): Promise<Reply> => {
  const reader = await readerOf(desk, act.person);
  if (isReply(reader)) return reader;
  const said = yearSaid(act.words, desk.clock().toISOString());
  if (typeof said === 'string') return deny(`${said} For example: ${toType(desk, act.place, 'report-year 2026')}`);
  const counted = await countedFor(desk, said);
  if (typeof counted !== 'string') return cardReply(desk, reader, said, counted);
  const again = toType(desk, act.place, `report-year ${said}`);
  return counted === LATE
    ? tell(`I am still counting the deals. Please ask again in a moment: ${again}`)
    : deny(counted);
};

/** Reads `2026/what` of a button. */
const valueOf = (value: string): { year: number; rest: string } | undefined => {
  const [, year, rest = ''] = /^(2[0-2]\d\d)(?:\/([^]*))?$/u.exec(value) ?? [];
  return year === undefined ? undefined : { year: Number(year), rest };
};

type OnYear = (desk: Desk, reader: YearReader, at: { year: number; rest: string }, ask: Ask) => Promise<Reply>;

export const onYear =
  (handle: OnYear): OnDeskClick =>
  async (desk, { person, value, cause }) => {
    const at = valueOf(value);
    if (!at) return gone();
    const reader = await readerOf(desk, person);
    return isReply(reader) ? reader : handle(desk, reader, at, { actor: person, cause });
  };

export const onYearShow = onYear((desk, reader, { year }) => shown(desk, reader, year));

export const writesOnly = ({ context, reader }: YearReader): Reply | undefined =>
  mayWriteYear(context, reader) ? undefined : deny(ONLY_COMPLIANCE);

const wordsShown = async (desk: Desk, year: number, opened?: number): Promise<YearWordsShown> => {
  const { text, sent } = await draftNow(desk, year);
  // Nobody waits for a sentence to start from.
  const counted = text ? undefined : await countedFor(desk, year);
  const starting = counted === undefined || typeof counted === 'string' ? {} : startingWords(counted.figures);
  return { year, text, sent, starting, opened };
};

export const onYearWordsForm = onYear(async (desk, reader, { year }) => {
  const no = writesOnly(reader);
  return no ?? { kind: 'form', form: yearWordsForm(await wordsShown(desk, year)) };
});

const refusedNow = (text: string): Refused => ({
  kind: 'refused',
  refusal: { code: 'not now', text },
  state: yearly.none,
});

const handle = (desk: Desk, command: YearlyCommand, ask: Ask): Promise<RegisterOutcome<YearlyState>> =>
  desk.registers.yearly.handle(command, ask);

type About<T> = T & { reader: YearReader };

export const onYearWordsSubmit = submitted({
  about: async (desk, { context, person }): Promise<About<{ shown: YearWordsShown; from: number }> | Reply> => {
    const target = readContext(yearWordsContext, context);
    const reader = await readerOf(desk, person);
    if (!target || isReply(reader)) return isReply(reader) ? reader : gone();
    return writesOnly(reader) ?? { reader, from: target.from, shown: await wordsShown(desk, target.year, target.from) };
  },
  form: ({ shown: of, values }) => yearWordsForm(of, values),
  read: readYearWordsForm,
  send: async ({ desk, shown: { year }, from }, { words, mayName }, ask) => {
    const found = await namedAlone(desk, year, words, mayName);
    if (typeof found === 'string') return refusedNow(found);
    return handle(desk, { type: 'SaveYearWords', year, from, words, mayName, named: found.named }, ask);
  },
  refusedAt: 'foreword',
  refused: ({ refusal, state }, { shown: { year, ...of }, from, values }) => {
    const { text, sent } = draftOf(state, year);
    return refusal.code === 'facts changed'
      ? { kind: 'form', form: yearWordsForm({ ...of, year, text, sent, opened: from }, values), again: true }
      : undefined;
  },
  next: (_, { desk, reader, shown: { year } }) => shown(desk, reader, year, 'Saved.'),
});

/** Sends what was counted just now: whoever pressed sees it on the card that answers. */
export const onYearSend = onYear(async (desk, reader, { year, rest }, ask) => {
  const no = writesOnly(reader);
  if (no) return no;
  const version = Number(rest);
  const { text } = await draftNow(desk, year);
  const found = await namedAlone(desk, year, text?.words ?? {}, text?.mayName ?? []);
  if (typeof found === 'string') return deny(found);
  const { figures } = found.counted;
  const hash = hashOfReport(figures, text?.words ?? {}, text?.mayName ?? []);
  const of = { year, hash, figures, version, named: found.named, away: reader.today.away };
  // Words that were saved since they were read are others than those that the hash covers.
  if ((text?.version ?? 0) !== version)
    return shown(desk, reader, year, 'The words changed meanwhile. Nothing was sent.');
  const outcome = await handle(desk, { type: 'SendYear', ...of }, ask);
  return outcome.kind === 'refused' ? deny(outcome.refusal.text) : cardReply(desk, reader, year, found.counted);
});

/** A form about exactly what was sent, for those who may approve it. */
const onSent = (form: (year: number, draft: YearDraft, hash: string) => ReturnType<typeof approveYearForm>) =>
  onYear(async (desk, { context, today, reader }, { year, rest }) => {
    const draft = await draftNow(desk, year);
    const seat = yearSeat(draft, reader, context, today);
    return 'no' in seat ? deny(seat.no) : { kind: 'form', form: form(year, draft, rest) };
  });

export const onYearApprove = onSent((year, draft, hash) => approveYearForm(year, draft, hash));
export const onYearReturn = onSent((year, draft, hash) => returnYearForm(year, draft, hash));
export const onYearAsk = onSent((year, draft, hash) => askYearForm(year, draft, hash));

interface Sent {
  reader: YearReader;
  year: number;
  hash: string;
  draft: YearDraft;
}

const sentIn = async (desk: Desk, { context, person }: Submit): Promise<Sent | Reply> => {
  const target = readContext(sentYearContext, context);
  const reader = await readerOf(desk, person);
  if (!target || isReply(reader)) return isReply(reader) ? reader : gone();
  return { reader, ...target, draft: await draftNow(desk, target.year) };
};

const NOT_COUNTED = 'Not done: it is counted otherwise than what was sent, so nothing that was approved counts.';

/** What a press that was accepted did: of a report that is counted otherwise meanwhile, it voided what was approved. */
const afterPress =
  (done: string) =>
  ({ state }: { state: YearlyState }, { desk, reader, year }: Sent & { desk: Desk }): Promise<Reply> => {
    const isVoided = draftOf(state, year).voided !== undefined && draftOf(state, year).sent === undefined;
    return shown(desk, reader, year, isVoided ? NOT_COUNTED : done);
  };

export const onYearApproveSubmit = submitted({
  about: sentIn,
  form: ({ year, draft, hash, values }) => approveYearForm(year, draft, hash, values),
  read: readSureForm,
  send: async ({ desk, reader, year, hash }, _, ask) => {
    const counted = await countedFor(desk, year);
    if (typeof counted === 'string') return refusedNow(counted);
    const { figures } = counted;
    return handle(desk, { type: 'ApproveYear', year, hash, figures, away: reader.today.away }, ask);
  },
  refusedAt: 'sure',
  next: (outcome, at) => afterPress('You approved it.')(outcome, at),
});

/** Words to compliance: the same names are looked for in them as in the report. */
const inText = (desk: Desk, year: number, text: string, draft: YearDraft) =>
  namedAlone(desk, year, { foreword: text }, draft.text?.mayName ?? []);

const withoutPart = (named: readonly NamedIn[]): NamedIn[] => named.map(({ name, as }) => ({ name, as }));

export const onYearReturnSubmit = submitted({
  about: sentIn,
  form: ({ year, draft, hash, values }) => returnYearForm(year, draft, hash, values),
  read: readReturnYearForm,
  send: async ({ desk, reader, year, hash, draft }, { reason }, ask) => {
    const found = await inText(desk, year, reason, draft);
    if (typeof found === 'string') return refusedNow(found);
    const of = { year, hash, reason, named: withoutPart(found.named), away: reader.today.away };
    return handle(desk, { type: 'ReturnYear', ...of }, ask);
  },
  refusedAt: 'reason',
  next: (_, { desk, reader, year }) => shown(desk, reader, year, 'Sent back. Compliance is told why.'),
});

export const onYearAskSubmit = submitted({
  about: sentIn,
  form: ({ year, draft, hash, values }) => askYearForm(year, draft, hash, values),
  read: readAskYearForm,
  send: async ({ desk, reader, year, hash, draft }, { table, text }, ask) => {
    const found = await inText(desk, year, text, draft);
    if (typeof found === 'string') return refusedNow(found);
    const of = { year, hash, table, text, named: withoutPart(found.named), away: reader.today.away };
    return handle(desk, { type: 'AskYear', ...of }, ask);
  },
  refusedAt: 'text',
  next: (_, { desk, reader, year }) => shown(desk, reader, year, 'Asked. You are told when compliance answers.'),
});

export const onYearAnswer = onYear(async (desk, reader, { year, rest }) => {
  const no = writesOnly(reader);
  if (no) return no;
  const draft = await draftNow(desk, year);
  return {
    kind: 'form',
    form: answerYearForm(
      year,
      draft,
      draft.questions.find(({ id }) => id === rest),
    ),
  };
});

export const onYearAnswerSubmit = submitted({
  about: async (desk, { context, person }) => {
    const target = readContext(yearQuestionContext, context);
    const reader = await readerOf(desk, person);
    if (!target || isReply(reader)) return isReply(reader) ? reader : gone();
    return writesOnly(reader) ?? { reader, ...target, draft: await draftNow(desk, target.year) };
  },
  form: ({ year, question, draft, values }) =>
    answerYearForm(
      year,
      draft,
      draft.questions.find(({ id }) => id === question),
      values,
    ),
  read: readAnswerYearForm,
  send: async ({ desk, year, question, draft }, { text }, ask) => {
    const found = await inText(desk, year, text, draft);
    if (typeof found === 'string') return refusedNow(found);
    return handle(desk, { type: 'AnswerYear', year, question, text, named: withoutPart(found.named) }, ask);
  },
  refusedAt: 'text',
  next: (_, { desk, reader, year }) => shown(desk, reader, year, 'Answered, and the person who asked is told.'),
});

export const onYearTakeBack = onYear(async (desk, reader, { year, rest }, ask) => {
  const outcome = await handle(desk, { type: 'TakeYearQuestionBack', year, question: rest }, ask);
  return outcome.kind === 'refused'
    ? deny(outcome.refusal.text)
    : shown(desk, reader, year, 'Taken back. It can be approved again.');
});

export const onYearPublish = onYear(async (desk, reader, { year, rest }) => {
  const no = writesOnly(reader);
  return no ?? { kind: 'form', form: publishYearForm(year, await draftNow(desk, year), rest) };
});

export const onYearPublishSubmit = submitted({
  about: async (desk, submit) => {
    const sent = await sentIn(desk, submit);
    return isReply(sent) ? sent : (writesOnly(sent.reader) ?? sent);
  },
  form: ({ year, draft, hash, values }) => publishYearForm(year, draft, hash, values),
  read: readSureForm,
  send: async ({ desk, year, hash, draft: { text } }, _, ask) => {
    const found = await namedAlone(desk, year, text?.words ?? {}, text?.mayName ?? []);
    if (typeof found === 'string') return refusedNow(found);
    const of = { year, hash, version: text?.version ?? 0, figures: found.counted.figures, named: found.named };
    return handle(desk, { type: 'PublishApprovedYear', ...of }, ask);
  },
  refusedAt: 'sure',
  next: (outcome, at) => afterPress('Published. Figures and words stay as they are now.')(outcome, at),
});
