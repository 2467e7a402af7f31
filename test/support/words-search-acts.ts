/** What a colleague writes in a generated play, and how anybody answers or corrects there. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import { answersTo } from './between-deals.ts';
import { TOKEN, handsOver, type Play } from './said-matrix-play.ts';
import type { Written } from './words-search-said.ts';

/** `n` and `m` pick where, and how. */
export interface Act {
  who: string;
  what: string;
  n: number;
  m: number;
  deal: number;
}

export interface Turn {
  play: Play;
  act: Act;
  nth: number;
  written: readonly Written[];
}

type Answers = Record<string, GivenAnswer>;

/** Where words can stand, of the questions that every deal is asked. */
export const PLACES = [
  ['context', 'G8'],
  ['end-user', 'H-RF2'],
  ['end-user', 'H-RF1'],
  ['scope', 'G2'],
  ['product', 'P1'],
  ['stakeholders', 'S1'],
] as const;
export const pick = <T>(all: readonly T[], n: number): T => all[n % all.length]!;

const SENTENCE = `Guards say ${TOKEN} are hunted there!`;
const given = ({ value, note, sources, basis }: GivenAnswer): GivenAnswer => ({
  value,
  ...(note === undefined ? {} : { note }),
  sources,
  ...(basis?.sources || basis?.told
    ? { basis: { ...(basis.sources ? { sources: basis.sources } : {}), ...(basis.told ? { told: basis.told } : {}) } }
    : {}),
});

/** As it stands, or is saved, or else well: with some change. */
const sectionOf = (view: DealView, section: string): Answers => {
  const before = { ...view.deal.answers[section], ...view.deal.drafts[section] };
  const values: Record<string, FactValue> = {};
  for (const [question, { value }] of Object.entries(before)) values[question] = value;
  const asked = new Set(
    view.policy
      .questionsFor(section, { ...view.facts, answers: { ...view.facts.answers, ...values } })
      .map(({ id }) => id),
  );
  const wanted = Object.fromEntries(Object.entries(values).filter(([question]) => asked.has(question)));
  const base = answersTo(view, section, wanted) ?? answersTo(view, section) ?? {};
  return Object.fromEntries(
    Object.entries(base).map(([question, one]) => {
      const was = before[question];
      return [question, was && wanted[question] !== undefined ? given(was) : one];
    }),
  );
};

type Change = (answers: Answers) => Answers;

export const writes = async (
  turn: Turn,
  by: string,
  section: string,
  change: Change,
  saves: boolean,
): Promise<void> => {
  const { play } = turn;
  const now = (await play.view()).deal;
  // Whoever looks after the deal may answer whatever they handed over.
  if (now.owner !== by) await taken(turn, section);
  const view = await play.view();
  const answers = change(sectionOf(view, section));
  const full = fits(view, section, answers);
  await play.does(by, {
    type: saves ? 'SaveSectionForLater' : 'AnswerSection',
    section,
    answers: full,
    ...(saves ? {} : { why: 'It was a slip of the pen.' }),
  });
};

/** Other answers may ask for more, or for less. */
const fits = (view: DealView, section: string, answers: Answers): Answers => {
  const values = Object.fromEntries(Object.entries(answers).map(([question, { value }]) => [question, value]));
  const facts = { ...view.facts, answers: { ...view.facts.answers, ...values } };
  const asked = new Set(view.policy.questionsFor(section, facts).map(({ id }) => id));
  const kept = Object.fromEntries(Object.entries(values).filter(([question]) => asked.has(question)));
  const base = answersTo(view, section, kept) ?? {};
  return Object.fromEntries(Object.entries(base).map(([question, one]) => [question, answers[question] ?? one]));
};

export const changed =
  (question: string, change: (one: GivenAnswer) => GivenAnswer): Change =>
  (answers) => {
    const one = answers[question];
    if (!one) throw new Error(`it does not ask ${question}`);
    return { ...answers, [question]: change(one) };
  };

const SOURCE = { name: `${SENTENCE} A paper of the ministry`, year: 2026, url: 'https://paper.example.org/x' };
/** What a colleague writes, by the name of where. */
export const SAYS: Readonly<Record<string, (turn: Turn) => Promise<void>>> = {
  note: async (turn) => answersSo(turn, (one) => ({ ...one, note: SENTENCE })),
  source: async (turn) => answersSo(turn, (one) => ({ ...one, sources: [SOURCE] })),
  'source beside': async (turn) => answersSo(turn, (one) => ({ ...one, sources: [...one.sources, SOURCE] })),
  'source of basis': async (turn) => answersSo(turn, (one) => ({ ...one, sources: [], basis: { sources: [SOURCE] } })),
  text: async (turn) => {
    await taken(turn, 'stakeholders');
    await writes(
      turn,
      turn.act.who,
      'stakeholders',
      changed('S1', (one) => ({ ...one, value: SENTENCE })),
      turn.act.m % 2 === 1,
    );
  },
  role: (turn) =>
    correctsSo(turn, (now) => ({
      ...now,
      intermediaries: now.intermediaries.map((one, i) => (i === 0 ? { ...one, role: SENTENCE } : one)),
    })),
  between: (turn) =>
    correctsSo(turn, (now) => ({
      ...now,
      intermediaries: [
        ...now.intermediaries,
        { name: `Hill ${TOKEN} House`, role: turn.act.m % 2 === 1 ? 'reseller' : SENTENCE },
      ],
    })),
  customer: (turn) => correctsSo(turn, (now) => ({ ...now, customer: `Hill ${TOKEN} House` })),
  'why corrected': (turn) =>
    correctsSo(turn, (now) => ({ ...now, expectedSigning: `2027-1${turn.nth % 3}-05` }), `${SENTENCE} I saw it.`),
  'hand on': async (turn) => {
    const section = pick(PLACES, turn.act.n)[0];
    await taken(turn, section);
    await turn.play.does(turn.act.who, { type: 'HandOverSection', section, to: 'rep-1', note: SENTENCE });
  },
  flag: async (turn) => {
    await taken(turn, 'scope');
    await turn.play.does(turn.act.who, { type: 'RaiseFlag', title: SENTENCE });
  },
  'owner back': async ({ play, act }) => {
    const { owner } = (await play.view()).deal;
    if (owner !== act.who) await play.does(owner, { type: 'ReassignOwner', to: act.who, reason: 'I am away.' });
    await play.does(act.who, { type: 'ReassignOwner', to: 'rep-1', reason: SENTENCE });
  },
};

/** Whoever is to answer a section has it. */
export const taken = async ({ play, act }: Turn, section: string): Promise<void> => {
  const { deal } = await play.view();
  if (deal.handOvers[section]?.to !== act.who && deal.owner !== act.who) await handsOver(play, section, act.who);
};

const answersSo = async (turn: Turn, change: (one: GivenAnswer) => GivenAnswer): Promise<void> => {
  const { n, m, who } = turn.act;
  const [section, question] = pick(PLACES, n);
  await taken(turn, section);
  const value = ([undefined, undefined, 'unknown', 'yes'] as const)[(m >> 1) % 4];
  await writes(
    turn,
    who,
    section,
    changed(question, (one) => change(value === undefined || section === 'stakeholders' ? one : { ...one, value })),
    m % 2 === 1,
  );
};

const correctsSo = async (
  turn: Turn,
  change: (now: DealDetails) => DealDetails,
  reason = 'I saw the order.',
): Promise<void> => {
  await taken(turn, 'scope');
  await turn.play.corrects(turn.act.who, change, reason);
};
