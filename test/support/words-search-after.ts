/** What is done in a generated play with an approval, and with the sheets that a deal stands on, each with words of whoever does it. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import { openCarried } from '../../flows/deal/rights/carried.ts';
import { conditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import { TOKEN, approves, movesOn, oneOf, votes, type Play } from './said-matrix-play.ts';
import { FINE, MILD, SHEET_SOURCE } from './sheets.ts';
import { pick, type Turn } from './words-search-acts.ts';

const SAID = `Guards say ${TOKEN} are hunted there!`;
const DAYS = ['2027-04-20', '2027-09-01', '2028-02-20', '2027-03-15'];
const EVERYBODY = ['rep-1', 'product-1', 'legal-1', 'compliance-1', 'compliance-2', 'chief-1', 'senior-1'];
const ALL_OFFICERS = ['compliance-1', 'compliance-2', 'chief-1'];
const tells = ({ act }: Turn): string =>
  act.who === 'rep-1' || act.who === 'legal-1' ? 'All is well there now.' : SAID;

export const COLLEAGUES = ['product-1', 'compliance-1', 'compliance-2', 'counsel-1', 'senior-1', 'senior-2', 'chief-1'];
const inTurnFrom = (people: readonly string[], n: number): string[] => [
  ...people.slice(n % people.length),
  ...people.slice(0, n % people.length),
];
const officerOf = ({ act }: Turn): string => (ALL_OFFICERS.includes(act.who) ? act.who : pick(ALL_OFFICERS, act.n));

type Doing = (turn: Turn) => Promise<void>;
const does =
  (make: (turn: Turn) => DealCommand | Promise<DealCommand>): Doing =>
  async (turn) => {
    const { play, act } = turn;
    const command = await make(turn);
    // A colleague who may not leaves it to one who may.
    const people =
      act.who === 'rep-1' || act.who === 'legal-1' ? [act.who] : [act.who, ...inTurnFrom(COLLEAGUES, act.n)];
    await oneOf(play, people, command);
  };

const conditionOf = async ({ play, act }: Turn): Promise<string> => {
  const all = conditionStanding(await play.view());
  return all.length === 0 ? 'c-1' : pick(all, act.n).condition.id;
};

const writerOf = (of: 'product' | 'country', { act }: Turn): string =>
  act.who === 'rep-1' || act.who === 'legal-1'
    ? act.who
    : pick(
        of === 'product' ? ['product-1', ...ALL_OFFICERS.slice(0, 2)] : ['counsel-1', 'counsel-2', 'compliance-2'],
        act.m,
      );

const saves =
  (of: 'product' | 'country'): Doing =>
  async (turn) => {
    const { play, act } = turn;
    const id = of === 'product' ? 'product:weather' : 'country:NO';
    const question = of === 'product' ? pick(['P2', 'P5'], act.n) : pick(['H-RF3-conflict', 'L-RF1'], act.n);
    const mild = act.m % 3 === 0;
    await play.register(
      async ({ sheets }, ask) => {
        const now = (await sheets.now()).state.sheets[id];
        const answers = Object.fromEntries(
          Object.entries(of === 'product' ? MILD : FINE).map(([one, value]) => [
            one,
            {
              value: one === question && !mild ? ('yes' as const) : value,
              sources: [SHEET_SOURCE],
              ...(one === question && act.m % 2 === 0 ? { note: tells(turn) } : {}),
            },
          ]),
        );
        const command = {
          type: 'SaveSheet' as const,
          on:
            of === 'product'
              ? ({ of, product: 'weather', name: 'Sample weather sensor' } as const)
              : ({ of, country: 'NO' } as const),
          from: now?.version ?? 0,
          answers,
        };
        const done = await sheets.handle(command, ask);
        return done.kind === 'accepted' ? done : sheets.handle({ ...command, why: tells(turn) }, ask);
      },
      writerOf(of, turn),
    );
  };

const ofSheet =
  (act: 'judge' | 'dispute' | 'settle'): Doing =>
  async (turn) => {
    const { n, m, who } = turn.act;
    const sheet = n % 2 === 0 ? 'product:weather' : 'country:NO';
    await turn.play.register(
      async ({ sheets }, ask) => {
        const now = (await sheets.now()).state.sheets[sheet]!;
        if (act === 'dispute')
          return sheets.handle(
            { type: 'DisputeSheet', sheet, questions: [n % 2 === 0 ? 'P2' : 'H-RF3-conflict'], reason: tells(turn) },
            ask,
          );
        if (act === 'settle')
          return sheets.handle(
            { type: 'SettleDispute', sheet, dispute: now.disputes[0]!.id, reason: tells(turn) },
            ask,
          );
        const { at: asOf } = now.waits!;
        return m % 2 === 0
          ? sheets.handle({ type: 'ConfirmSheet', sheet, asOf }, ask)
          : sheets.handle({ type: 'RefuseSheet', sheet, asOf, reason: tells(turn) }, ask);
      },
      act === 'dispute' ? who : pick(['compliance-1', 'compliance-2', 'compliance-3'], m >> 1),
    );
  };

export const saysOutOfScope = async (play: Play): Promise<void> => {
  const { deal, policy, facts } = await play.view();
  const asked = policy.questionsFor('scope', facts).some(({ id }) => id === 'G2');
  await play.gives(deal.owner, 'scope', {
    'G1-capability': { value: 'no' },
    ...(asked ? { G2: { value: 'no' } } : {}),
  });
};

/** What may be done after an approval: words of the rep and a friend are kind, all others speak against it. */
export const AFTER: Readonly<Record<string, Doing>> = {
  meet: does(async (turn) => ({
    type: 'MeetCondition',
    condition: await conditionOf(turn),
    text: tells(turn),
    sources: turn.act.m % 2 === 0 ? [] : [{ name: `${tells(turn)} A paper`, year: 2026 }],
  })),
  'hand condition': does(async (turn) => ({
    type: 'HandOverCondition',
    condition: await conditionOf(turn),
    to: pick(EVERYBODY, turn.act.m),
    reason: tells(turn),
  })),
  accept: does(async (turn) => ({ type: 'AcceptCondition', condition: await conditionOf(turn) })),
  return: does(async (turn) => ({
    type: 'ReturnCondition',
    condition: await conditionOf(turn),
    reason: tells(turn),
  })),
  report: does((turn) => ({
    type: 'ReportChange',
    what: pick(['major', 'activity', 'service', 'relationship'], turn.act.n),
    why: tells(turn),
    ...(turn.act.m % 3 === 0 ? { on: pick(DAYS, turn.act.m) } : {}),
  })),
  'report back': does(async (turn) => ({
    type: 'TakeChangeBack',
    task: (await turn.play.view()).deal.reassessments?.at(-1)?.id ?? '',
    reason: tells(turn),
  })),
  renewals: does((turn) => {
    const { n, m } = turn.act;
    return {
      type: 'SetRenewals',
      ...(m % 4 === 0 ? {} : { contract: pick(DAYS, n) }),
      ...(m % 3 === 0 ? { licence: pick(DAYS, n + 1) } : {}),
      reason: tells(turn),
    };
  }),
  licence: does((turn) => ({
    type: 'SetLicence',
    licence: pick(['granted', 'pending', 'not-determined'] as const, turn.act.n),
    reason: tells(turn),
  })),
  reassess: async ({ play }) => {
    const { owner } = (await play.view()).deal;
    await play.tries(owner, { type: 'ReportChange', what: 'activity', why: 'They grow a little.' });
    await play.does(owner, { type: 'StartReassessment' });
  },
  'nothing changed': async ({ play }) => {
    const { deal, policy } = await play.view();
    let all = 0;
    for (const { id } of policy.sections)
      if (await play.tries(deal.owner, { type: 'ConfirmSection', section: id })) all += 1;
    if (all === 0) throw new Error('nothing is to be confirmed');
  },
  'move on': ({ play }) => movesOn(play),
  'approve again': ({ play }) => approves(play, 'nobody'),
  'long after': ({ play, act }) => play.later(pick([10, 40, 80, 200, 380], act.n)),
  lift: does((turn) => ({ type: 'LiftSuspension', reason: tells(turn) })),
  hold: async (turn) => {
    const { deal } = await turn.play.view();
    await turn.play.register(
      ({ holds }, ask) =>
        holds.handle(
          {
            type: 'PlaceHold',
            on: { of: 'deal', deal: deal.id },
            stop: ['support'],
            because: 'inquiry',
            reason: tells(turn),
            review: '2027-12-01',
            reach: { deals: 1, team: deal.team },
          },
          ask,
        ),
      officerOf(turn),
    );
  },
  'end hold': async (turn) => {
    const { deal } = await turn.play.view();
    const [hold = ''] = Object.keys(deal.holds ?? {});
    await turn.play.register(
      ({ holds }, ask) =>
        holds.handle({ type: 'LiftHold', hold, reason: tells(turn), reach: { deals: 1, team: deal.team } }, ask),
      officerOf(turn),
    );
  },
  'officer flag': does((turn) => ({ type: 'RaiseFlag', title: tells(turn) })),
  'end flag': async (turn) => {
    const flag = (await turn.play.view()).deal.ownFlags.find(({ status }) => status === 'pending')?.id ?? '';
    await oneOf(turn.play, [turn.act.who, ...ALL_OFFICERS], { type: 'DismissFlag', flag, reason: tells(turn) });
  },
  recuse: does((turn) => ({ type: 'Recuse', reason: tells(turn) })),
  vote: async (turn) => {
    const view = await turn.play.view();
    const carried = openCarried(view);
    const { n, m } = turn.act;
    await votes(turn.play, pick(['nobody', 'senior-1', 'compliance-1'], n), {
      outcome: m % 4 === 3 ? 'decline' : m % 2 === 0 ? 'approve-with-conditions' : 'approve',
      rationale: SAID,
      conditions:
        m % 2 === 0 && m % 4 !== 3
          ? [
              {
                id: `c-${turn.nth}`,
                text: `Show ${TOKEN} first.`,
                owner: pick(['rep-1', 'product-1'], n),
                due: pick(DAYS, n),
              },
            ]
          : [],
      leftOut: m % 4 === 3 ? undefined : carried.map(({ condition, by }) => ({ condition, askedBy: by, reason: SAID })),
    });
  },
  ask: async (turn) => {
    const { deal } = await turn.play.view();
    await turn.play.does(turn.act.who, {
      type: 'AskForInformation',
      step: deal.status === 'deciding' ? deal.step : 0,
      question: `Why ${TOKEN} are hunted there?`,
    });
  },
  'end question': does(async (turn) => ({
    type: 'TakeQuestionBack',
    request: (await turn.play.view()).deal.requests.at(-1)?.id ?? '',
    reason: tells(turn),
  })),
  'said it never': does((turn) => ({ type: 'ObjectToBasis', reason: tells(turn) })),
  reopen: does((turn) => ({ type: 'Reopen', reason: tells(turn) })),
  'give up': does((turn) => ({ type: 'Withdraw', reason: tells(turn) })),
  'out of scope': ({ play }) => saysOutOfScope(play),
  'scope back': does(async (turn) => ({
    type: 'RefuseScope',
    factsHash: scopeSaidOf((await turn.play.view()).deal)?.factsHash ?? '',
    reason: tells(turn),
  })),
  'lighter back': does(async (turn) => ({
    type: 'RefuseLighter',
    asOf: (await turn.play.view()).lighterSaid?.at ?? '',
    reason: tells(turn),
  })),
  alert: async (turn) => {
    await turn.play.register(
      ({ countries }, ask) =>
        countries.handle({ type: 'IssueAlert', country: 'NO', why: tells(turn), on: '2027-03-01' }, ask),
      officerOf(turn),
    );
  },
  sheet: saves('product'),
  brief: saves('country'),
  judge: ofSheet('judge'),
  dispute: ofSheet('dispute'),
  'settle dispute': ofSheet('settle'),
  'accept gaps': does(async (turn) => ({
    type: 'AcceptGaps',
    questions: [pick(['H-RF4', 'H-RF2'], turn.act.n)],
    reason: tells(turn),
  })),
  'gaps back': does(async (turn) => ({
    type: 'TakeGapsBack',
    questions: [pick(['H-RF4', 'H-RF2'], turn.act.n)],
    reason: tells(turn),
  })),
  authority: does((turn) => ({ type: 'NoteAuthority', note: tells(turn) })),
};
