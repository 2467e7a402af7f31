/** A deal of one play: each act is made, or the play fails, and time moves on. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { holdsOn } from '../../flows/deal/context/holds.ts';
import type { Ballot, DealDetails } from '../../flows/deal/deal.ts';
import { sectionProgress, waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import {
  answersTo,
  severalDeals,
  type OpenedForm,
  type Parties,
  type SeveralDeals,
  type Shown,
} from './between-deals.ts';
import { weighed } from './picture-deal.ts';
import { voteOf } from './story.ts';

export const TOKEN = 'zq7x';
const FILL = 'They deliver the boxes to the gate in the spring and the guards sign for each one. ';

/** A text of so many letters, with the token in its middle: a page that cuts it loses that. */
export const inMiddle = (letters: number): string => {
  const beside = FILL.repeat(Math.ceil(letters / FILL.length)).slice(0, letters / 2 - TOKEN.length);
  return `${beside} ${TOKEN}. ${beside}`.trim();
};

type Changes = Readonly<Record<string, Partial<GivenAnswer>>>;

export interface Play {
  view(): Promise<DealView>;
  /** Throws where it is refused. */
  does(by: string, command: DealCommand | ((view: DealView) => DealCommand)): Promise<void>;
  /** Tells whether it was accepted. */
  tries(by: string, command: DealCommand): Promise<boolean>;
  /** Gives a section as it is or was, or in the best way, but for some. */
  gives(
    by: string,
    section: string,
    change?: Changes,
    type?: 'AnswerSection' | 'SaveSectionForLater',
    why?: string,
  ): Promise<void>;
  corrects(by: string, change: (now: DealDetails) => DealDetails, reason: string): Promise<void>;
  form(person: string, name: string, about?: string, from?: Shown): Promise<OpenedForm | undefined>;
  register: SeveralDeals['register'];
  later(days: number): Promise<void>;
  /** The same deal, to go on otherwise with. */
  fork(): Play;
  end(): Promise<void>;
}

export const PARTIES: Parties = {
  endUser: 'Nazar Loom House',
  kind: 'private',
  customer: 'Askar Trade',
  between: ['Kairat Logistics'],
  product: 'weather',
  destination: 'NO',
};

/** `collects`: a deal for which an exception of the policy fits. */
const BASE: Readonly<Record<'ordinary' | 'collects', Readonly<Record<string, Record<string, FactValue>>>>> = {
  ordinary: {
    scope: { 'G1-capability': 'yes', G2: 'yes' },
    'end-user': { 'H-RF1': 'yes', 'H-RF4': 'unknown' },
  },
  collects: {
    scope: { 'G1-capability': 'yes' },
    product: { P1: 'yes' },
    'end-user': { 'H-RF4': 'yes', 'H-RF5-oversight': 'yes' },
    laws: { 'L-RF1': 'yes' },
  },
};

export type Kind = keyof typeof BASE;

export const partiesOf = (kind: Kind): Parties =>
  kind === 'ordinary' ? PARTIES : { ...PARTIES, kind: 'government', product: 'recorder' };

export const aPlay = async (kind: Kind): Promise<Play> => {
  const deals = severalDeals({ euExporter: true });
  const id = await deals.open(partiesOf(kind));
  if (kind === 'collects') await looksAtLaws(deals, 'All that the questions ask for.');
  return playOf(deals, id, kind);
};

export const playOf = (deals: SeveralDeals, id: string, kind: Kind): Play => {
  const view = (): Promise<DealView> => deals.view(id);
  const tries = (by: string, command: DealCommand): Promise<boolean> => deals.act(id, by, command);
  const does: Play['does'] = async (by, command) => {
    const made = typeof command === 'function' ? command(await view()) : command;
    if (!(await tries(by, made))) throw new Error(`${by} may not ${made.type}: ${(await view()).deal.status}`);
  };
  return {
    view,
    does,
    tries,
    gives: async (by, section, change = {}, type = 'AnswerSection', why = 'It was a slip of the pen.') => {
      const now = await view();
      const before: Changes = now.deal.answers[section] ?? now.deal.drafts[section] ?? {};
      const wanted: Record<string, FactValue> = { ...BASE[kind][section] };
      for (const [question, { value }] of Object.entries({ ...before, ...change }))
        if (value !== undefined) wanted[question] = value;
      const facts = { ...now.facts, answers: { ...now.facts.answers, ...wanted } };
      const asked = new Set(now.policy.questionsFor(section, facts).map((question) => question.id));
      const base = answersTo(
        now,
        section,
        Object.fromEntries(Object.entries(wanted).filter(([question]) => asked.has(question))),
      );
      if (!base || !Object.keys(change).every((question) => base[question]))
        throw new Error(`${section} does not ask ${Object.keys({ ...wanted, ...change }).join(', ')}`);
      const answers = Object.fromEntries(
        Object.entries(base).map(([question, one]) => {
          const { note, sources = one.sources } = before[question] ?? {};
          return [question, { ...one, sources, ...(note === undefined ? {} : { note }), ...change[question] }];
        }),
      );
      await does(by, { type, section, answers, why } as DealCommand);
    },
    corrects: async (by, change, reason) => {
      const { details } = (await view()).deal;
      await does(by, { type: 'CorrectDetails', details: change(details), reason });
    },
    form: (person, name, about, from) =>
      deals.form(person, name, id, about === undefined ? id : `${id}/${about}`, from),
    register: (act, by) => deals.register(act, by),
    later: (days) => deals.later(days),
    fork: () => playOf(deals.fork(), id, kind),
    end: () => deals.end(),
  };
};

/** Counsel looked at the laws of the country, and the deal takes their note. */
export const looksAtLaws = (to: Pick<SeveralDeals, 'register'>, looked: string): Promise<void> =>
  to.register(({ countries }, ask) => countries.handle({ type: 'NoteLaws', country: 'NO', looked }, ask), 'counsel-1');

/** Whoever sells it gives all that is not given. */
export const givesAll = async (play: Play, but: readonly string[] = []): Promise<void> => {
  const { deal, policy } = await play.view();
  // Whoever decides has all answers.
  for (const { id } of deal.status === 'deciding' ? [] : policy.sections) {
    const view = await play.view();
    const isOpen = sectionProgress(view).some(({ section, done }) => section.id === id && !done);
    if (isOpen && !but.includes(id)) await play.gives(view.deal.owner, id);
  }
};

/** `by` gives it; the rest is given by whoever sells it. */
export const handsOver = async (play: Play, section: string, to = 'product-1'): Promise<void> => {
  const { deal, policy } = await play.view();
  const { scopeSection } = policy;
  if (section !== scopeSection && !deal.answers[scopeSection]) await play.gives(deal.owner, scopeSection);
  await play.does(deal.owner, { type: 'HandOverSection', section, to });
};

/** Whoever is next votes so, but one. */
export const votes = async (play: Play, author: string, more: Partial<Ballot> = {}): Promise<string> => {
  const view = await play.view();
  const all = waitingFor(view).people;
  const by = all.find((person) => person !== author) ?? all[0];
  if (by === undefined || view.deal.status !== 'deciding')
    throw new Error(`nobody can vote on a deal that is ${view.deal.status}`);
  const vote = voteOf(view, { ...weighed, ...more });
  if (await play.tries(by, vote)) return by;
  // Whoever asked looks first, for a day.
  await play.later(4);
  await play.does(by, vote);
  return by;
};

export const CONDITION = { id: 'c-1', text: 'They say what it is for.', owner: 'rep-1', due: '2027-04-01' };

/** Whoever of them may do it does. */
export const oneOf = async (play: Play, people: readonly string[], command: DealCommand): Promise<void> => {
  for (const person of people) if (await play.tries(person, command)) return;
  throw new Error(`none of ${people.join(', ')} may ${command.type}`);
};

/** What waits for compliance, or was saved and not given, is settled: approvals count after that alone. */
export const settles = async (play: Play, author: string): Promise<void> => {
  const [one, another] =
    author === 'compliance-1' ? ['compliance-2', 'compliance-1'] : ['compliance-1', 'compliance-2'];
  const { deal } = await play.view();
  for (const section of Object.keys(deal.drafts)) await play.gives(deal.owner, section);
  for (const { id, status } of deal.ownFlags)
    if (status === 'pending')
      await oneOf(play, [one, another], { type: 'DismissFlag', flag: id, reason: 'It is hearsay.' });
  for (const { id, answer, takenBack } of deal.requests)
    if (!answer && !takenBack)
      await play.does(deal.owner, {
        type: 'GiveInformation',
        request: id,
        text: 'Their weather office reads it, they told us.',
        sources: [],
      });
  const { lighterSaid } = await play.view();
  if (lighterSaid) await oneOf(play, [one, another], { type: 'ConfirmLighter', asOf: lighterSaid.at });
};

export const approves = async (play: Play, author: string): Promise<void> => {
  for (let n = 0; n < 5; n += 1) {
    await settles(play, author);
    const { deal } = await play.view();
    if (deal.status !== 'deciding') break;
    const more = n === 0 ? { outcome: 'approve-with-conditions' as const, conditions: [CONDITION] } : {};
    await votes(play, author, more);
  }
  const { deal } = await play.view();
  if (deal.status !== 'decided') throw new Error(`it is ${deal.status}, not approved`);
};

/**
 * Reads a review once the first approvers voted, on a deal of its own: whoever decides after them may read less. Undefined: it is decided by
 * then, or cannot get there.
 */
export const nextReview = async (
  before: Play,
  author: string,
  reads: (play: Play) => Promise<string | undefined>,
): Promise<string | undefined> => {
  const play = before.fork();
  const deciding = async (): Promise<number | undefined> => {
    const now = await play.view();
    // What is on hold is decided by nobody.
    return now.deal.status === 'deciding' && holdsOn(now).length === 0 ? now.deal.step : undefined;
  };
  try {
    // A flag that nobody may settle holds the last approval alone.
    await settles(play, author).catch(() => {});
    const step = await deciding();
    while (step !== undefined && (await deciding()) === step) await votes(play, author);
    return (await deciding()) === undefined ? undefined : await reads(play);
  } finally {
    await play.end();
  }
};

/** Whoever sells it moves on until approvers decide. */
export const movesOn = async (play: Play): Promise<void> => {
  const { deal } = await play.view();
  const { owner } = deal;
  switch (deal.status) {
    case 'withdrawn':
    case 'out of scope':
      await play.does(owner, { type: 'Reopen', reason: 'They came back to us.' });
      break;
    case 'stopped':
      await play.does('chief-1', { type: 'Reopen', reason: 'We looked into it again.' });
      await play.gives(owner, 'end-user', { K1: { value: 'no' } });
      break;
    case 'decided':
      if (deal.decision.outcome === 'declined')
        await play.does('compliance-2', { type: 'Reopen', reason: 'They came back to us.' });
      else {
        await play.tries(owner, { type: 'ReportChange', what: 'activity', why: 'They grow a little.' });
        await play.does(owner, { type: 'StartReassessment' });
      }
      break;
    default:
  }
  await givesAll(play);
};

export type From = 'opened' | 'deciding' | 'approved';

/** Deals to begin with: nobody has said anything of them. */
export const startsOf = async (kind: Kind): Promise<Readonly<Record<From, Play>>> => {
  const opened = await aPlay(kind);
  const deciding = opened.fork();
  await movesOn(deciding);
  const approved = deciding.fork();
  await approves(approved, 'compliance-1');
  return { opened, deciding, approved };
};
export type Starts = Readonly<Record<Kind, Awaited<ReturnType<typeof startsOf>>>>;

export const bothStarts = async (): Promise<Starts> => ({
  ordinary: await startsOf('ordinary'),
  collects: await startsOf('collects'),
});
export const endStarts = async (starts: Starts): Promise<void> => {
  for (const { opened, deciding, approved } of Object.values(starts))
    for (const play of [opened, deciding, approved]) await play.end();
};

export interface Pair {
  play: Play;
  /** Somebody else writes a note in another deal with its end-user, under an answer that worries nobody. */
  says(): Promise<void>;
  fork(): Pair;
  end(): Promise<void>;
}

const pairOf = (deals: SeveralDeals, id: string, other: string): Pair => ({
  play: playOf(deals, id, 'ordinary'),
  says: () => answersAlike(deals, other, inMiddle(900)),
  fork: () => pairOf(deals.fork(), id, other),
  end: () => deals.end(),
});

const answersAlike = async (deals: SeveralDeals, deal: string, note?: string): Promise<void> => {
  const given = answersTo(await deals.view(deal), 'scope', BASE.ordinary['scope'], note)!;
  // What somebody else names as a source is a word of theirs, too.
  const answers = Object.fromEntries(Object.entries(given).map(([id, answer]) => [id, { ...answer, sources: [] }]));
  if (!(await deals.act(deal, 'legal-1', { type: 'AnswerSection', section: 'scope', answers })))
    throw new Error('it is not said');
};

/** A deal that is being decided, and one of somebody else with the same parties: what it answers is known, and nothing is written there. */
export const aPair = async (): Promise<Pair> => {
  const deals = severalDeals({ euExporter: true });
  const other = await deals.open(PARTIES, 'legal-1');
  await answersAlike(deals, other);
  const pair = pairOf(deals, await deals.open(PARTIES), other);
  await movesOn(pair.play);
  return pair;
};
