/** Races for quorums: 200 clicks at once on one deal, at two bot processes on one record. */

import { randomUUID } from 'node:crypto';
import type { DealEvent } from '../../flows/deal/events.ts';
import { MAYBE_SAVED } from '../../src/edge/words.ts';
import type { Commit } from '../../store/event-store.ts';
import { createDeals, ELEVATED, HIGH, LOW, type Deals, type Sections } from '../support/bad-day-deals.ts';
import { createWire, type Answer, type RawValues, type RawView, type Wire } from '../support/bad-day.ts';
import { PEOPLE } from '../support/playing.ts';
import type { Company } from './support/bot-process.ts';
import { createCommittee, type Committee } from './support/committee.ts';
import { onEachEngine } from './support/engines.ts';
import { ofItsOwn } from './support/own-sale.ts';
import { countQuorum, type Counted } from './support/quorum-oracle.ts';
import { chance, must, type Form, type Script } from './support/script.ts';

const CLICKS = 200;
const ROUNDS = { short: 6, long: 100 };
/** A busy machine manages fewer rounds: the figure says how many. */
const MOST_MS = { short: 12_000, long: 1_800_000 };
/** A person presses again for at most this long until they know. */
const PRESSING_MS = 60_000;

type Kind = 'one group' | 'two groups' | 'three groups' | 'all sorts' | 'other facts';
const KINDS: readonly Kind[] = ['two groups', 'all sorts', 'one group', 'other facts', 'three groups', 'all sorts'];
/** Nothing in them removes a vote: a person refused once stays refused, and the quorum must be reached. */
const PLAIN: ReadonlySet<Kind> = new Set(['one group', 'two groups', 'three groups']);

interface Fired {
  /** Cause of its one effect in the record, if any. */
  cause: string;
  by: string;
  does: DealEvent['type'] | 'nothing';
  /** Number of identical sends. */
  answers: Answer[];
  send: () => Promise<Answer>;
  /** The same page as it came back, with what others decided meanwhile: signed once more, it is another click. */
  next?: Fired;
}

/** With all that came of it. */
const chainOf = (click: Fired): Fired[] => (click.next ? [click, ...chainOf(click.next)] : [click]);

type Said = 'counted' | 'refused' | 'not known' | 'not done';

const VOTED_MEANWHILE = 'Others decided while you were reading';

/** Text that a person reads in the answer to a form. */
const saidIn = ({ text, status }: Answer): Said => {
  must(status === 200, `a click was answered with ${status} ${text.slice(0, 300)}`);
  if (text.includes(MAYBE_SAVED)) return 'not known';
  if (text.includes('Something went wrong')) return 'not done';
  return text === '' ? 'counted' : 'refused';
};

interface Racing {
  company: Company;
  committee: Committee;
  wire: Wire;
  deals: Deals;
  random: () => number;
}

const shuffled = (all: readonly Fired[], random: () => number): Fired[] =>
  all
    // Later there would be no votes left that it could void.
    .map((click) => ({ click, at: random() * (click.does === 'SectionAnswered' ? 0.1 : 1) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ click }) => click);

const MORE = ['choice', 'reason', 'person'];
/** A form as it is shown once: sent again, it is the same click. */
const showing = (): { same: { view: string; hash: string }; cause: string } => {
  const same = { view: `V${randomUUID()}`, hash: randomUUID() };
  return { same, cause: `view:${same.view}:${same.hash}` };
};

const ballotFor = (kind: Kind, n: number, random: () => number): RawValues => {
  const rationale = `The answers and the safeguards support this, says voter ${n}.`;
  if (kind !== 'all sorts') return { rationale };
  const lot = random();
  if (lot < 0.45) return { rationale };
  if (lot < 0.7) {
    const due = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    const own = { cx: `Report number ${n} once a quarter.`, 'co:cx': { user: PEOPLE.rep }, 'cd:cx': due };
    return { rationale, outcome: 'approve-with-conditions', ...own };
  }
  if (lot < 0.75) return { rationale, outcome: 'decline' };
  return { outcome: 'information', question: `What about point ${n}?` };
};

/** A deal with a step to race for, and the people who may vote in it. */
const ready = async ({ deals, committee, random }: Racing, kind: Kind) => {
  const any = random() < 0.5 ? LOW : ELEVATED;
  const answers: Partial<Record<Kind, Sections>> = { 'one group': LOW, 'two groups': ELEVATED, 'three groups': HIGH };
  const deal = await deals.answered(answers[kind] ?? any, ofItsOwn());
  const { route } = await deals.deciding(deal);
  for (const [index, step] of route.steps.entries()) {
    if (index === route.steps.length - 1) break;
    for (const id of committee.members(step.group).slice(0, step.quorum)) {
      await deals.vote(committee.person(id).slack, deal);
    }
  }
  const { step } = await deals.deciding(deal);
  return { deal, step, voters: committee.members(route.steps[step]?.group ?? '') };
};

/** People with an open form that counts if pressed now. */
const reviewed = async ({ deals, committee, random }: Racing, kind: Kind, deal: string, voters: readonly string[]) => {
  const views: { by: string; view: RawView; outcome: unknown }[] = [];
  for (const [n, id] of voters.entries()) {
    const ballot = ballotFor(kind, n, random);
    const view = await deals.review(committee.person(id).slack, deal, ballot);
    views.push({ by: id, view, outcome: ballot['outcome'] });
  }
  return views;
};

/** 200 clicks on one deal; one that is listed more than once is sent more than once. */
const clicksOf = async (racing: Racing, kind: Kind): Promise<{ deal: string; clicks: Fired[] }> => {
  const { wire, deals, committee, random } = racing;
  const { deal, step, voters } = await ready(racing, kind);
  const views = await reviewed(racing, kind, deal, voters);
  const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

  const asked = new Map<string, Fired>();
  const signing = (by: string, view: RawView, does: Fired['does']): Fired => {
    const { same, cause } = showing();
    const click: Fired = {
      cause,
      by,
      does,
      answers: [],
      send: async () => {
        const answer = await deals.sign(committee.person(by).slack, view, same);
        if (!answer.text.includes(VOTED_MEANWHILE) || !answer.view) return answer;
        const next = (click.next ??= signing(by, answer.view, does));
        next.answers.push(await next.send());
        return answer;
      },
    };
    return click;
  };
  const signs = (): Fired => {
    const { by, view, outcome } = any(views);
    const click = signing(by, view, outcome === 'information' ? 'InformationAsked' : 'VoteCast');
    const { does } = click;
    if (does === 'VoteCast') return click;
    // A question is asked in one window: after that the others no longer have it.
    const before = asked.get(by) ?? click;
    asked.set(by, before);
    return before;
  };
  /** Another person's form, pressed by one who may not vote here: on the deal, of another group, or voted before. */
  const strangers = ['rep-1', 'legal-adviser-1', ...committee.members(step === 0 ? 'counsel' : 'compliance')];
  const intrudes = (): Fired => {
    const by = any(strangers.filter((id) => !voters.includes(id)));
    const { view } = any(views);
    const { same, cause } = showing();
    return { cause, by, does: 'nothing', answers: [], send: () => deals.sign(committee.person(by).slack, view, same) };
  };
  const takesBack = (): Fired => {
    const by = any(voters);
    const { same, cause } = showing();
    const more = { form: 'deal.more', context: { deal, shown: MORE }, inputs: MORE };
    const values = { choice: 'take-vote-back' };
    const send = () => wire.submit(committee.person(by).slack, { ...more, values, ...same });
    return { cause, by, does: 'VoteTakenBack', answers: [], send };
  };
  const answersAnew = (): Fired => {
    const { same, cause } = showing();
    const values = { ...LOW['stakeholders'], 'q:S1': `Protect ballot ${randomUUID()}.` };
    const context = { deal, section: 'stakeholders', shown: Object.keys(values) };
    const send = () => wire.submit(PEOPLE.rep, { form: 'deal.section', context, values, ...same });
    return { cause, by: 'rep-1', does: 'SectionAnswered', answers: [], send };
  };

  const drawn = (): Fired => {
    const lot = random();
    if (lot < 0.1) return intrudes();
    if (kind === 'all sorts' && lot < 0.5) return takesBack();
    return signs();
  };
  const clicks = kind === 'other facts' ? [answersAnew(), answersAnew()] : [];
  while (clicks.length < CLICKS) clicks.push(clicks.length > 0 && random() < 0.3 ? any(clicks) : drawn());
  return { deal, clicks };
};

/** All at once; then those who do not know press again until they do. */
const race = async (clicks: readonly Fired[], random: () => number): Promise<{ again: number; ms: number }> => {
  const started = performance.now();
  await Promise.all(shuffled(clicks, random).map(async (click) => void click.answers.push(await click.send())));
  const ms = performance.now() - started;
  let again = 0;
  const end = Date.now() + PRESSING_MS;
  const pressed = new Set(clicks);
  // What comes back on the way is pressed too: a set grows while it is walked through.
  for (const click of pressed) {
    while (!click.answers.some((answer) => ['counted', 'refused'].includes(saidIn(answer)))) {
      must(Date.now() < end, `in a minute nobody could say whether ${click.by} was counted`);
      again += 1;
      click.answers.push(await click.send());
    }
    if (click.next) pressed.add(click.next);
  }
  return { again, ms };
};

const checked = async (
  { company, committee }: Racing,
  kind: Kind,
  deal: string,
  fired: ReadonlySet<Fired>,
): Promise<Counted> => {
  const commits = await company.record.store.read(deal);
  const eventsOf = ({ body }: Commit): DealEvent[] => body.events as unknown as DealEvent[];
  const counted = countQuorum(deal, commits.map(eventsOf), committee.members);
  for (const { cause, by, does, answers } of fired) {
    const done = commits.filter((c) => c.cause === cause || c.cause.startsWith(`${cause}#`));
    const said = answers.map(saidIn);
    const refusal = answers.find((answer) => saidIn(answer) === 'refused')?.text ?? '';
    const what = `${deal}: ${does} of ${by}, ${said.join(', ')} ${refusal.slice(0, 2000)}`;
    must(done.length <= 1, `${what}: it is in the record ${done.length} times`);
    // A person who may not even read the deal is told beside the form, which closes.
    if (does === 'nothing') {
      must(done.length === 0, `${what}: it is in the record`);
      continue;
    }
    const [kept] = done;
    must(!said.includes('counted') || kept !== undefined, `${what}: it is not in the record`);
    if (!kept) continue;
    const [event] = eventsOf(kept);
    must(event?.type === does && event.by === by, `${what}: it did ${event?.type} by ${event?.by}`);
    must(said.includes('counted'), `${what}: it is in the record`);
    // If votes are removed again, a refused one can be accepted the second time it is sent.
    if (PLAIN.has(kind) || does === 'InformationAsked') must(!said.includes('refused'), `${what}: it is in the record`);
  }
  if (PLAIN.has(kind)) must(counted.decided === 'approved', `${deal}: all approve, and it is ${counted.decided}`);
  return counted;
};

const racedOn = async (form: Form, company: Company): Promise<string[]> => {
  const random = chance(20251126);
  const committee = createCommittee(company);
  const env = { ...committee.env, LOG_LEVEL: 'warn' };
  const bots = [await company.start(env), await company.start(env)];
  let sent = 0;
  const wire = createWire(() => bots[(sent += 1) % bots.length]?.url ?? '');
  const racing: Racing = { company, committee, wire, deals: createDeals(wire, company.record), random };

  const all: Counted[] = [];
  const answered: Record<Said, number> = { counted: 0, refused: 0, 'not known': 0, 'not done': 0 };
  let strange = 0;
  const took: number[] = [];
  let again = 0;
  const started = performance.now();
  while (all.length < ROUNDS[form] && performance.now() - started < MOST_MS[form]) {
    const kind = KINDS[all.length % KINDS.length] ?? 'all sorts';
    const { deal, clicks } = await clicksOf(racing, kind);
    const raced = await race(clicks, random);
    const fired = new Set([...new Set(clicks)].flatMap(chainOf));
    again += raced.again;
    took.push(raced.ms);
    for (const { does, answers } of fired) {
      if (does === 'nothing') strange += answers.length;
      else for (const answer of answers) answered[saidIn(answer)] += 1;
    }
    all.push(await checked(racing, kind, deal, fired));
  }
  const verified = await company.record.store.verify();
  must(verified.kind === 'whole', `the record is ${JSON.stringify(verified)}`);

  const sum = (of: (counted: Counted) => number): number => all.reduce((total, one) => total + of(one), 0);
  const decided = all.filter((one) => one.decided !== undefined).length;
  const [least, most] = [Math.min(...took), Math.max(...took)].map((ms) => (ms / 1000).toFixed(1));
  return [
    `${all.length} rounds of ${CLICKS} clicks at 2 processes, each answered within ${least} to ${most} s: the quorum was exact in every one, ${decided} deals were decided, once each`,
    `${sum((one) => one.votes)} votes, ${sum((one) => one.takenBack)} taken back, ${sum((one) => one.voided)} void by other facts, ${sum((one) => one.asked)} questions; no click was answered with a 5xx`,
    `answers: ${answered.counted} counted, all of them in the record; ${answered.refused} refused, none of them there; ${strange} of people who may not vote, none of them there; ${answered['not known']} “it may be saved” and ${answered['not done']} “something went wrong”, pressed ${again} times again until it was known`,
  ];
};

export const races: Script = {
  name: 'races',
  proves:
    'Of 200 clicks at once at two processes, exactly the quorum decides, and what was acknowledged is what counts.',
  run: (form) => onEachEngine((company) => racedOn(form, company)),
};
