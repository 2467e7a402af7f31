/** A first deal of random acts, and a second one with its end-user in any part: all that was said of the first is heard. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everBlocks } from '../../../../blocks/cards/ever-words.ts';
import type { GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { gravePart, leftUnsaid, topicOf } from '../../../../flows/deal/context/topics.ts';
import { wordsElsewhere } from '../../../../flows/deal/context/words-ever.ts';
import { wordsSaid } from '../../../../flows/deal/context/words-said.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import type { DealEvent } from '../../../../flows/deal/events.ts';
import { replay } from '../../../../flows/deal/evolve.ts';
import { waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import { lastAnswers } from '../../../../flows/deal/said/last-answers.ts';
import { noDeal, type DealState, type OpenedDeal } from '../../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import type { Hold } from '../../../../flows/hold.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { TIERS, type EndUserKind, type FactValue, type Question } from '../../../../flows/policy/policy.ts';
import { openPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, voteOf } from '../../../support/story.ts';

const START = Date.parse('2027-03-01T09:00:00.000Z');
const HOUR = 3_600_000;
const CONTEXT = pictureContext();
const { policy } = CONTEXT;
const SECTIONS = policy.sections.map(({ id }) => id);
const NAMES = ['Bouvet Interior Office', 'Antarctic Weather Bureau', 'Kerguelen Road Works'] as const;
const KINDS: EndUserKind[] = ['private', 'government', 'security'];
const COUNTRIES = ['NO', 'SY', 'GR'];
const PRODUCTS = [
  { id: 'analytics', name: 'Sample Analytics' },
  { id: 'other', name: 'FaceFinder' },
];
const TEAM = ['rep-1', 'product-1'];

/** Words with a token that nothing else has. */
type Said = { token: string; by: string; of: string; at: string };

interface Play {
  events: DealEvent[];
  state: DealState;
  context: DealContext;
  now: number;
  said: Said[];
  /** Tokens of sources: of those that another answer does not name any more nothing is kept. */
  sources: Set<string>;
  answers: { id: string; value: FactValue; at: string; details: DealDetails }[];
  kinds: EndUserKind[];
  countries: string[];
  names: string[];
  tiers: { tier: number; details: DealDetails }[];
  tokens: number;
}

type Act = readonly [what: string, who: number, pick: number, more: readonly number[]];

const viewOf = ({ state, context, now }: Play): DealView =>
  dealView(state as OpenedDeal, policy, context.organisation, new Date(now).toISOString());

const valueOf = (question: Question, n: number): FactValue => {
  const { kind, options, id } = question;
  if (question.stops) return n % 40 === 0 ? 'yes' : 'no';
  const values = options.map(({ value }) => value);
  switch (kind) {
    case 'yes-no':
      return n % 5 === 0 && question.mustBeKnown === undefined ? 'unknown' : n % 3 === 0 ? 'yes' : 'no';
    case 'choice':
      return values[n % values.length] ?? 'unknown';
    case 'choices': {
      const some = values.filter((one, i) => one !== 'none' && (n >> i) % 2 === 1);
      return some.length > 0 ? some : [values.includes('none') ? 'none' : values[0]!];
    }
    case 'text':
      return `Words about ${id} that are long enough to be a sentence, as they told us.`;
    default:
      return 'unknown';
  }
};

/** Answers to what is asked in a section. */
const answersTo = (play: Play, section: string, more: readonly number[]): Record<string, GivenAnswer> => {
  const view = viewOf(play);
  const answers: Record<string, GivenAnswer> = {};
  let n = 0;
  const at = (i: number): number => more[i % more.length] ?? 0;
  for (let round = 0; round < 6; round += 1) {
    const given = Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, value]));
    const facts = { ...view.facts, answers: { ...view.facts.answers, ...given } };
    const open = policy.questionsFor(section, facts).filter(({ id }) => !answers[id]);
    if (open.length === 0) break;
    for (const question of open) {
      const value = valueOf(question, section === policy.scopeSection && n === 0 ? 3 : at(n) + n * at(n + 1));
      const token = (): string => `zq${(play.tokens += 1)}x`;
      const words = typeof value === 'string' && question.kind === 'text' ? `${token()}: ${value}` : value;
      answers[question.id] = {
        value: words,
        ...(at(n + 2) % 4 === 0 ? { note: `${token()} somebody wrote below it` } : {}),
        sources: [
          { name: `Paper ${at(n + 3) % 6 === 0 ? token() : 'of today'}`, year: 2026, url: 'https://a.example/' },
        ],
      };
      n += 1;
    }
  }
  return answers;
};

const withHolds = (play: Play, holds: Hold[]): void => {
  play.context = { ...CONTEXT, organisation: { ...CONTEXT.organisation, holds } };
};

const commandOf = (play: Play, [what, who, pick, more]: Act): [string, DealCommand] | undefined => {
  const view = viewOf(play);
  const { deal } = view;
  const member = TEAM[who % 2]!;
  const officer = ['compliance-1', 'compliance-2', 'senior-1'][who % 3]!;
  const token = `zq${(play.tokens += 1)}x`;
  const section = SECTIONS.find((id) => deal.answers[id] === undefined) ?? SECTIONS[pick % SECTIONS.length]!;
  const flag = deal.ownFlags.find(({ status }) => status === 'pending')?.id ?? 'none';
  const open = deal.requests.findLast(({ answer, takenBack }) => !answer && !takenBack)?.id ?? 'none';
  const waits = view.lighterSaid?.at ?? '';
  switch (what) {
    case 'answer':
      return [
        member,
        { type: 'AnswerSection', section, answers: answersTo(play, section, more), why: 'It was a mistake.' },
      ];
    case 'again': {
      const again = SECTIONS[pick % SECTIONS.length]!;
      return [
        member,
        { type: 'AnswerSection', section: again, answers: answersTo(play, again, more), why: 'Mixed up by mistake.' },
      ];
    }
    case 'save': {
      const some = Object.entries(answersTo(play, section, more)).filter((_, i) => (pick + i) % 3 !== 0);
      return [member, { type: 'SaveSectionForLater', section, answers: Object.fromEntries(some) }];
    }
    case 'flag':
      return [['senior-2', ...TEAM][who % 3]!, { type: 'RaiseFlag', title: `${token} they beat people there` }];
    case 'admit':
      return [officer, { type: 'AdmitFlag', flag, weight: 'moderate', reason: 'It is credible.' }];
    case 'dismiss':
      return [officer, { type: 'DismissFlag', flag, reason: 'It is hearsay.' }];
    case 'ask':
      return deal.status === 'deciding'
        ? [officer, { type: 'AskForInformation', step: deal.step, question: `${token} Who reads what it finds?` }]
        : undefined;
    case 'give':
      return [
        member,
        { type: 'GiveInformation', request: open, text: `${token} Their secret police reads it.`, sources: [] },
      ];
    case 'take back':
      return [officer, { type: 'TakeQuestionBack', request: open }];
    case 'vote': {
      const people = waitingFor(view).people;
      const outcome = (['approve', 'approve', 'approve-with-conditions', 'decline'] as const)[pick % 4]!;
      const due = new Date(play.now + 20 * 24 * HOUR).toISOString().slice(0, 10);
      const conditions =
        outcome === 'approve-with-conditions'
          ? [{ id: `c${token}`, text: `${token} Send us the log of all searches.`, owner: 'rep-1', due }]
          : [];
      const rationale =
        outcome === 'decline' ? `${token} They would misuse it.` : 'The reports were read and say nothing.';
      return deal.status === 'deciding' && people.length > 0
        ? [people[who % people.length]!, voteOf(view, { ...weighed, outcome, conditions, rationale })]
        : undefined;
    }
    case 'confirm':
      return [officer, { type: 'ConfirmLighter', asOf: waits }];
    case 'refuse':
      return [officer, { type: 'RefuseLighter', asOf: waits, reason: `${token} The report stands.` }];
    case 'correct': {
      const { details } = deal;
      const endUser = { name: NAMES[pick % 3]!, kind: KINDS[(pick >> 2) % 3]! };
      const [destination, product] = [COUNTRIES[(pick >> 4) % 3]!, PRODUCTS[(pick >> 6) % 2]!];
      const changed = [
        { endUser },
        { destination },
        { product },
        { endUser: { ...details.endUser, kind: endUser.kind } },
      ];
      return [
        member,
        { type: 'CorrectDetails', details: { ...details, ...changed[who % 4]! }, reason: 'Wrong lines were picked.' },
      ];
    }
    case 'hold': {
      const at = new Date(play.now).toISOString();
      const hold = {
        id: `hold-${token}`,
        on: { of: 'deal', deal: deal.id },
        stop: 'support',
        because: 'complaint',
        reason: `${token} A journalist was tracked.`,
        review: '2028-01-01',
        by: 'compliance-2',
        at,
      } as unknown as Hold;
      withHolds(play, [...(play.context.organisation.holds ?? []), hold]);
      return [SYSTEM, { type: 'NoteHold', hold }];
    }
    case 'release': {
      const hold = Object.keys(deal.holds ?? {})[0];
      if (hold === undefined) return undefined;
      withHolds(
        play,
        (play.context.organisation.holds ?? []).filter(({ id }) => id !== hold),
      );
      return [SYSTEM, { type: 'NoteRelease', hold, reason: 'Nothing was found.', by: 'compliance-1' }];
    }
    case 'report':
      return [officer, { type: 'ReportChange', what: 'major', why: `${token} They jam phones of protesters with it.` }];
    case 'report back':
      return [
        officer,
        { type: 'TakeChangeBack', task: deal.reassessments?.at(-1)?.id ?? 'none', reason: 'It was old news.' },
      ];
    case 'reassess':
      return [member, { type: 'StartReassessment' }];
    case 'same':
      return [member, { type: 'ConfirmSection', section }];
    case 'tick':
      return [SYSTEM, { type: 'Tick' }];
    case 'lift':
      return ['compliance-1', { type: 'LiftSuspension', reason: 'The log is on its way.' }];
    case 'withdraw':
      return [member, { type: 'Withdraw', reason: 'They have no budget.' }];
    case 'reopen':
      return [member, { type: 'Reopen', reason: 'They have a budget again.' }];
    default:
      throw new Error(what);
  }
};

const REST =
  'again,again,again,save,save,flag,admit,dismiss,ask,give,take back,vote,vote,vote,confirm,confirm,refuse,correct,correct,' +
  'hold,release,report,report,report back,reassess,reassess,same,same,same,tick,lift,withdraw,reopen';
const WHATS = [...Array.from({ length: 8 }, () => 'answer'), ...REST.split(',')];

const actOf = fc.tuple(
  fc.constantFrom(...WHATS),
  fc.nat({ max: 11 }),
  fc.nat({ max: 255 }),
  fc.array(fc.nat({ max: 40 }), { minLength: 3, maxLength: 9 }),
);

const TOKEN = /zq\d+x/g;
const tokensIn = (value: unknown): string[] => JSON.stringify(value ?? '').match(TOKEN) ?? [];

/** What of an event somebody said in words. */
const wordsOf = (event: DealEvent): unknown => {
  switch (event.type) {
    case 'SectionAnswered':
    case 'SectionSavedForLater':
      return event.answers;
    case 'FlagRaised':
      return event.title;
    case 'InformationAsked':
      return event.question;
    case 'InformationGiven':
      return event.text;
    case 'VoteCast':
      return event.ballot.outcome === 'decline' ? event.ballot.rationale : undefined;
    case 'HoldNoted':
      return event.hold.reason;
    case 'ReassessmentRequired':
      return event.task.why;
    case 'DealSuspended':
      return event.why;
    case 'LighterRefused':
      return event.reason;
    default:
      return undefined;
  }
};

const note = (play: Play, before: DealState, event: DealEvent): void => {
  const deal = play.state as OpenedDeal;
  for (const token of tokensIn(wordsOf(event))) play.said.push({ token, by: event.by, of: event.type, at: event.at });
  if (event.type === 'SectionAnswered' || event.type === 'SectionSavedForLater') {
    for (const [id, { value }] of Object.entries(event.answers))
      play.answers.push({ id, value, at: event.at, details: deal.details });
    for (const { sources } of Object.values(event.answers))
      for (const token of tokensIn(sources)) play.sources.add(token);
    // Whoever wrote a draft goes on writing it.
    const { section } = event;
    const own = Object.values((before.status !== 'none' && before.drafts[section]) || {}).filter(
      ({ by }) => by === event.by,
    );
    const now = new Set(tokensIn([deal.answers, deal.drafts]));
    const mine = new Set(tokensIn(own).filter((token) => !now.has(token)));
    play.said = play.said.filter(({ token }) => !mine.has(token));
  }
  if (event.type === 'InformationTakenBack') {
    const request = deal.requests.find(({ id }) => id === event.request);
    if (request?.by === event.by)
      play.said = play.said.filter(({ token }) => !tokensIn([request.question, request.answer]).includes(token));
  }
  const spoken =
    policy.sections.some(({ id }) => lastAnswers(deal, id)) || deal.ownFlags.length + deal.requests.length > 0;
  const { endUser, destination } = deal.details;
  if (!spoken) return;
  for (const [all, one] of [
    [play.kinds, endUser.kind],
    [play.countries, destination],
    [play.names, endUser.name],
  ] as [string[], string][])
    if (!all.includes(one)) all.push(one);
};

const played = (acts: readonly Act[]): Play => {
  const play: Play = {
    state: noDeal,
    context: CONTEXT,
    now: START,
    events: [],
    said: [],
    sources: new Set(),
    answers: [],
    kinds: [],
    countries: [],
    names: [],
    tiers: [],
    tokens: 0,
  };
  const run = (actor: string, command: DealCommand): void => {
    play.now += HOUR;
    const meta = { actor, at: new Date(play.now).toISOString(), id: `id${play.now}` };
    const decided = decide(command, play.state, meta, play.context);
    if (decided.kind === 'refused') return;
    for (const event of decided.events) {
      play.events.push(event);
      const before = play.state;
      play.state = replay([event], before);
      note(play, before, event);
    }
    const { placed } = viewOf(play).assessment;
    const { details } = play.state as OpenedDeal;
    if (placed) play.tiers.push({ tier: TIERS.indexOf(placed.known), details });
  };
  const [, opening] = openPicture('government', 'NO') as [string, Extract<DealCommand, { type: 'OpenDeal' }>];
  const details = {
    ...opening.details,
    endUser: { name: NAMES[0], kind: 'government' as const },
    customer: 'Nobody Ltd',
  };
  run('rep-1', { ...opening, deal: 'D-F1RST1', details });
  for (const act of acts) {
    if (act[0] === 'tick') play.now += 40 * 24 * HOUR;
    const command = commandOf(play, act);
    if (command) run(...command);
  }
  return play;
};

/** The second deal, answered well; its details are put in afterwards. */
const wellWith = (between: boolean): OpenedDeal => {
  const [[actor, opening] = [], ...rest] = pictureDeal({}, 'private', policy, between);
  const { details } = opening as Extract<DealCommand, { type: 'OpenDeal' }>;
  const intermediaries = between ? [{ name: 'Nordic Resale', role: 'reseller' }] : [];
  const open = { ...opening, details: { ...details, intermediaries } } as DealCommand;
  return story([[actor ?? '', open], ...rest], CONTEXT).view.deal;
};
const [WELL, WELL_BETWEEN] = [wellWith(false), wellWith(true)];
type Part = 'end-user' | 'customer' | 'in between';
const twinOf = (
  play: Play,
  part: Part,
  name: string,
  destination: string,
  product: DealDetails['product'],
): DealView => {
  const well = part === 'in between' ? WELL_BETWEEN : WELL;
  const other = { name: 'Oslo Book Fair', kind: 'private' as const };
  const details: DealDetails = {
    ...well.details,
    customer: part === 'customer' ? name : 'Another Ltd',
    endUser: part === 'end-user' ? { name, kind: 'private' } : other,
    intermediaries: part === 'in between' ? [{ name, role: 'buyer' }] : [],
    destination,
    product,
  };
  const deal: OpenedDeal = { ...well, id: 'D-TW1N11', details, team: ['rep-2'], owner: 'rep-2' };
  return dealView(deal, policy, play.context.organisation, new Date(play.now).toISOString());
};

const GRAVITY: readonly string[] = ['unknown', ...KINDS];

describe('a second deal with the end-user of a first one', () => {
  it('hears every answer, word, flag, question, hold, report and name of it, whatever became of them', () => {
    let [words, otherwise] = [0, 0];
    fc.assert(
      fc.property(
        fc.array(actOf, { minLength: 8, maxLength: 45, size: 'max' }),
        fc.constantFrom<Part>('end-user', 'end-user', 'customer', 'in between'),
        fc.nat({ max: 2 }),
        fc.nat({ max: 5 }),
        (acts, part, nth, where) => {
          const play = played(acts);
          const first = viewOf(play);
          const product = PRODUCTS[where % 2]!;
          const destination = COUNTRIES[where % 3]!;
          const name = play.names[nth % (play.names.length || 1)] ?? first.deal.details.endUser.name;
          const twin = twinOf(play, part, name, destination, product);
          const now = new Date(play.now).toISOString();
          const others = newsOfOthers([saidElsewhere(twin), saidElsewhere(first)], now).get('D-TW1N11');
          const written = wordsElsewhere(twin, [first], new Map([[first.deal.id, wordsSaid(play.events)]]));
          const heard = new Set([
            ...tokensIn(others?.worries?.map(({ text }) => text)),
            ...tokensIn(written.map(({ text }) => text)),
          ]);
          const since = new Date(play.now - 365 * 24 * HOUR).toISOString();
          const { answers, drafts, lastSaid, standing } = first.deal;
          const named = new Set(tokensIn([answers, drafts, lastSaid, standing?.basis.answers]));
          const missed = play.said.filter(
            ({ token, at }) => at > since && !heard.has(token) && (!play.sources.has(token) || named.has(token)),
          );
          expect(missed).toEqual([]);
          words += play.said.length;

          for (const { id, value, at, details } of play.answers) {
            const question = policy.question(id)!;
            const topic = topicOf(policy, question);
            const shares = {
              'end-user': true,
              country: details.destination === destination,
              product: details.product.id === product.id,
              sale: part === 'end-user' && details.product.id === product.id,
            };
            const mine = Object.values(twin.deal.answers).flatMap((given) => given[id] ?? [])[0];
            if (!topic || !shares[topic] || !mine || at <= since) continue;
            const beyond = gravePart(policy, id, value).filter((one) =>
              leftUnsaid(policy, question, mine.value).includes(one),
            );
            const says = others?.otherwise.flatMap((one) => (one.question === id ? (one.says ?? []) : [])) ?? [];
            expect([id, beyond.filter((one) => !says.includes(one))]).toEqual([id, []]);
            otherwise += beyond.length;
          }

          if (others === undefined && play.kinds.length === 0) return;
          const gravest = play.kinds.toSorted((a, b) => GRAVITY.indexOf(b) - GRAVITY.indexOf(a))[0];
          if (gravest && gravest !== 'private') expect(others?.kinds).toMatchObject([{ kind: gravest }]);
          const elsewhere = part === 'end-user' && play.countries.some((country) => country !== destination);
          if (elsewhere) expect(others?.worries?.map(({ of }) => of)).toContain('country');
          const own = TIERS.indexOf(twin.assessment.tier ?? 'low');
          const higher = play.tiers.some(
            ({ tier, details }) =>
              tier > own && details.destination === destination && details.product.id === product.id,
          );
          if (higher) expect(others?.worries?.map(({ of }) => of)).toContain('tier');

          const blocks = everBlocks(twin, { words: written, hidden: 1, left: 1 });
          expect(blocks.length).toBeLessThan(12);
          for (const block of blocks) expect(JSON.stringify(block).length).toBeLessThan(3500);
        },
      ),
      { numRuns: 50 },
    );
    // The acts say something.
    expect(words).toBeGreaterThan(100);
    expect(otherwise).toBeGreaterThan(20);
  }, 120_000);
});
