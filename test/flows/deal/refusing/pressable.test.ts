/** A private message shows a button exactly as long as the decision would not refuse what it is for. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionsOf, type Action } from '../../../../blocks/card.ts';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { MORE_CHOICES } from '../../../../blocks/forms/more.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { dutiesOf } from '../../../../flows/deal/owing/duties.ts';
import { attemptOf, isPressable } from '../../../../flows/deal/refusing/pressable.ts';
import { conditionStanding } from '../../../../flows/deal/rights/whose-turn.ts';
import type { OpenedDeal } from '../../../../flows/deal/state.ts';
import type { Fact, NoticeTarget } from '../../../../flows/deal/telling/notices.ts';
import { noticesFor } from '../../../../flows/deal/telling/telling.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import type { Absence } from '../../../../flows/organisation.ts';
import { answeredOn, basisContext, SOURCE } from '../../../support/basis-deals.ts';
import { anOrganisation, aView, NOW } from '../../../support/deal-builders.ts';
import { everyFact, everyStatus, lighterDeal, overTheYears, saidOut, withAPast } from '../../../support/every-deal.ts';
import {
  absencesOf,
  acts,
  answered,
  approved,
  play,
  waitingForVotes,
  yearActs,
  type Act,
  type Script,
} from '../../../support/model.ts';
import { findingPolicy, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { ENDS, refusedAll, SHOWING } from '../../../support/pressing.ts';
import { runs } from '../../../support/runs.ts';
import { CONTEXT, story, type Line } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

interface Press {
  name: string;
  value: string;
  person: string;
}

/** What buttons of each kind are about, on a deal as it is. */
const SUBJECTS: Readonly<Record<string, (view: DealView) => readonly string[]>> = {
  'deal.answer': ({ policy }) => policy.sections.map(({ id }) => id),
  'deal.nothing-changed': ({ policy }) => policy.sections.map(({ id }) => id),
  'deal.hand-over': ({ policy }) => policy.sections.map(({ id }) => id),
  'deal.take-section-back': ({ policy }) => policy.sections.map(({ id }) => id),
  'deal.settle-flag': ({ deal }) => deal.ownFlags.map(({ id }) => id),
  'deal.another-party': ({ deal }) => deal.ownFlags.map(({ id }) => id),
  'deal.listed-party': ({ deal }) => deal.ownFlags.map(({ id }) => id),
  'deal.review': () => ['0'],
  'deal.take-vote-back': () => ['0', '1'],
  'deal.give-information': ({ deal }) => deal.requests.map(({ id }) => id),
  'deal.take-question-back': ({ deal }) => deal.requests.map(({ id }) => id),
  'deal.meet-condition': (view) => conditionStanding(view).map(({ condition }) => condition.id),
  'deal.hand-over-condition': (view) => conditionStanding(view).map(({ condition }) => condition.id),
  'deal.settle-condition': (view) => conditionStanding(view).map(({ condition }) => condition.id),
  'deal.snooze': (view) => dutiesOf(view).map(({ key }) => key),
};
const NAMES = [...Object.keys(ENDS), ...SHOWING];

const pressesOn = (view: DealView, person: string): Press[] =>
  NAMES.flatMap((name) => {
    const subjects = SUBJECTS[name];
    const { id } = view.deal;
    return (subjects ? [...subjects(view), 'gone'] : ['']).map((about) => ({
      name,
      value: about === '' ? id : `${id}/${about}`,
      person,
    }));
  });

const EVERY: ReadonlySet<OpenedDeal> = new Set([
  ...Object.values(everyStatus),
  saidOut,
  lighterDeal,
  ...[...withAPast, ...overTheYears].map(([, deal]) => deal),
  ...Object.values(everyFact).map(([deal]) => deal),
]);

const REASON = 'Nobody publishes on this small agency.';
const NOT_KNOWN = { P1: 'yes', 'H3-targeted': 'unknown' };
/** Deals on which something is not known, and what is done about it, step by step. */
const UNKNOWN: readonly (readonly [DealContext, readonly Line[]])[] = [
  [
    pictureContext(),
    [
      ...pictureDeal(NOT_KNOWN),
      ['compliance-1', { type: 'AcceptGaps', questions: ['H3-targeted'], reason: REASON }],
      ['compliance-2', { type: 'TakeGapsBack', questions: ['H3-targeted'], reason: REASON }],
    ],
  ],
  [pictureContext({}, findingPolicy), [...pictureDeal(NOT_KNOWN), ['rep-1', { type: 'SendOn' }]]],
  [basisContext(), [...answeredOn({ sources: [SOURCE] }), ['rep-1', { type: 'AskCounsel' }]]],
];

const seen = new Map<string, Set<boolean>>();

const check = (deal: OpenedDeal, at: string, { person, ...button }: Press, context: DealContext): void => {
  const refused = refusedAll(deal, button, { person, at, context });
  const shown = isPressable(dealView(deal, context.policy, context.organisation, at), button, person);
  seen.set(button.name, (seen.get(button.name) ?? new Set()).add(shown));
  const said = [button.name, button.value, person, deal.status];
  expect([...said, shown, refused]).toEqual([...said, refused === undefined, refused]);
};

const privateActions = (view: DealView, fact: Fact, target: NoticeTarget): Action[] =>
  target.to === 'person'
    ? actionsOf(factCard(view, fact, {}, target)).filter(
        ({ name, url }) => url === undefined && name.startsWith('deal.'),
      )
    : [];

/** Plays, and compares after each act: buttons that somebody got, and for one person in turn every button there is. */
const compare = (script: Script, start: Parameters<typeof play>[2], absences: Absence[]): void => {
  const context = { ...TIMED, organisation: { ...TIMED.organisation, absences } };
  const got = new Map<string, Press>();
  const people = context.organisation.people.map(({ id }) => id);
  let turn = script.length;
  const view = (deal: OpenedDeal, at: string): DealView => dealView(deal, context.policy, context.organisation, at);
  const each = ({ before, events, now, at }: Act): void => {
    if (now.status === 'none' || events.length === 0) return;
    const is = view(now, at);
    for (const notice of noticesFor(before.status === 'none' ? undefined : view(before, at), is, events, `n${turn}`)) {
      if (notice.kind !== 'fact' || notice.target.to !== 'person') continue;
      const { person } = notice.target;
      for (const { name, value } of privateActions(is, notice.fact, notice.target))
        got.set(`${name} ${value} ${person}`, { name, value, person });
    }
    for (const press of got.values()) check(now, at, press, context);
    turn += 1;
    const next = people[turn % people.length] ?? 'rep-1';
    for (const press of pressesOn(is, next)) check(now, at, press, context);
  };
  play(script, each, start, absences);
};

describe('a button of a private message', () => {
  it('is there exactly while the decision takes what it is for', () => {
    fc.assert(
      fc.property(acts, absencesOf, fc.constantFrom([], waitingForVotes, answered), (script, absences, start) =>
        compare(script, start, absences),
      ),
      { numRuns: runs(7) },
    );
  });

  it('so it is over the years of an approved deal', () => {
    fc.assert(
      fc.property(yearActs, absencesOf, (script, absences) => compare(script, approved, absences)),
      { numRuns: runs(6) },
    );
  });

  it('so it is in every state, for everybody', () => {
    for (const deal of EVERY) {
      const view = dealView(deal, CONTEXT.policy, CONTEXT.organisation, NOW);
      for (const { id } of CONTEXT.organisation.people)
        for (const press of pressesOn(view, id)) check(deal, NOW, press, CONTEXT);
    }
  });

  it('so it is where compliance or counsel is asked for what is not known', () => {
    for (const [context, lines] of UNKNOWN) {
      lines.forEach((_, n) => {
        const { state, view } = story(lines.slice(0, n + 1), context);
        if (state.status === 'none') throw new Error('not open');
        for (const { id } of context.organisation.people)
          for (const press of pressesOn(view, id)) check(state, view.now, press, context);
      });
    }
  });

  it('was seen there and gone, whatever it is for; only a flag can be raised always', () => {
    const both = [...seen].filter(([, ways]) => ways.size === 2).map(([name]) => name);
    expect(both.toSorted()).toEqual(NAMES.filter((name) => name !== 'deal.raise-flag').toSorted());
  });

  it('is none that this test does not know', () => {
    const shown = Object.values(everyFact).flatMap(([deal, fact]) =>
      anOrganisation().people.flatMap(({ id }) => privateActions(aView(deal), fact, { to: 'person', person: id })),
    );
    expect(shown.length).toBeGreaterThan(100);
    expect([...new Set(shown.map(({ name }) => name))].filter((name) => !NAMES.includes(name))).toEqual([]);
  });
});

it('a choice of “More” attempts what the button and the form of that name do', () => {
  for (const choice of MORE_CHOICES.filter((one) => !one.endsWith('hold'))) {
    expect([choice, attemptOf(`deal.${choice}`)?.type]).toEqual([choice, expect.any(String)]);
  }
  const over = aView(everyStatus.withdrawn);
  const button = (name: string) => ({ name, value: over.deal.id });
  expect(isPressable(over, button('deal.details'), 'rep-1')).toBe(false);
  expect(isPressable(over, button('deal.why'), 'rep-1')).toBe(true);
});
