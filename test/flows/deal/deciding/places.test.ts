/** The organisation file is changed for a deal: a manager swapped, somebody put into the group, an account moved. */

import { describe, expect, it } from 'vitest';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import type { PlaceChange } from '../../../../flows/place-change.ts';
import { files, type FilesState } from '../../../../flows/registers/files.ts';
import { placesAfter } from '../../../../flows/registers/places.ts';
import type { Said } from '../../../../flows/registers/said.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

const SENIOR = ['boss-1', 'senior-1', 'counsel-1'];
const company = (places: readonly PlaceChange[], manager: string, senior = SENIOR): DealContext => ({
  ...TIMED,
  policy: aPolicy({ managerAlone: false }),
  organisation: {
    ...TIMED.organisation,
    people: TIMED.organisation.people.map((one) => (one.id === 'rep-1' ? { ...one, manager } : one)),
    groups: TIMED.organisation.groups.map((one) => (one.id === 'senior' ? { ...one, members: senior } : one)),
    places,
  },
});
const second = (places: readonly PlaceChange[], manager = 'boss-1', senior?: string[]): Story =>
  story(answeredDeal({ 'H-RF3': 'yes' }), company(places, manager, senior)).vote('compliance-1');

const AT = '2027-03-01T12:00:00.000Z';
const swapped: PlaceChange = { at: AT, person: 'rep-1', is: 'managed', was: 'boss-1' };
const joined: PlaceChange = { at: AT, person: 'counsel-1', is: 'joined', group: 'senior' };

describe('somebody whom a slip in the file put out of their group for a while', () => {
  const left: PlaceChange = { ...joined, is: 'left', group: 'senior' };
  const back: PlaceChange = { ...joined, at: '2027-03-01T12:01:00.000Z' };
  it('is no newcomer to it', () => {
    second([left, back])
      .when('counsel-1', (of) => voteOf(of))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is one where they joined it only for the deal, whatever came after', () => {
    second([joined, left, back])
      .when('counsel-1', (of) => voteOf(of))
      .then('VoteCast');
    second([{ ...left, is: 'left', group: 'compliance' }, back])
      .when('counsel-1', (of) => voteOf(of))
      .then('VoteCast');
  });
  it('is kept by the register: who left, and when', () => {
    const change = { path: 'groups compliance members', item: true as const };
    const news = placesAfter(undefined, { changes: [{ ...change, was: 'compliance-1' }] }, AT);
    expect(placesAfter(news, { changes: [{ ...change, is: 'compliance-1' }] }, AT)).toEqual([
      { at: AT, person: 'compliance-1', is: 'left', group: 'compliance' },
      { at: AT, person: 'compliance-1', is: 'joined', group: 'compliance' },
    ]);
  });
});

describe('a step in which everybody stands close to the deal', () => {
  it('says why two are needed, and names no reason that is nobody’s', () => {
    const { view } = second([joined], 'senior-1', ['senior-1', 'counsel-1']);
    expect(missingWords(view, view.deal as DecidingDeal)).toContain(
      '(everybody who can vote manages somebody who worked on it or got their place only now, so one voter alone is not enough)',
    );
  });
});

describe('a place that a file changed for a deal', () => {
  it('frees no manager of the rep to decide alone', () => {
    const other = second([swapped], 'senior-2').when('boss-1', (view) => voteOf(view));
    const { view } = other.then('VoteCast');
    expect(missingWords(view, view.deal as DecidingDeal)).toBe(
      '1 more vote from somebody who was no manager of the deal team when it was opened',
    );
    second([swapped], 'senior-2')
      .when('senior-1', (view) => voteOf(view))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    // Without that memory it was enough.
    second([], 'senior-2')
      .when('boss-1', (view) => voteOf(view))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });

  it('gives nobody the right to decide it alone', () => {
    const { view } = second([joined])
      .when('counsel-1', (of) => voteOf(of))
      .then('VoteCast');
    expect(missingWords(view, view.deal as DecidingDeal)).toContain('had their place before this deal was opened');
    const account: PlaceChange = { at: AT, person: 'counsel-1', is: 'account' };
    second([account])
      .when('counsel-1', (of) => voteOf(of))
      .then('VoteCast');
    // Opened right after the file was changed.
    const before = { ...joined, at: '2027-02-27T12:00:00.000Z' };
    second([before])
      .when('counsel-1', (of) => voteOf(of))
      .then('VoteCast');
  });

  it('is like any other where it is of long ago or of another group, and where nobody else is here', () => {
    const done = ['VoteCast', 'StepCompleted', 'DealDecided'] as const;
    const old = { ...joined, at: '2027-02-20T12:00:00.000Z' };
    second([old])
      .when('counsel-1', (of) => voteOf(of))
      .then(...done);
    const elsewhere: PlaceChange = { ...joined, is: 'joined', group: 'compliance' };
    second([elsewhere])
      .when('counsel-1', (of) => voteOf(of))
      .then(...done);
    second([joined], 'boss-1', ['counsel-1'])
      .when('counsel-1', (of) => voteOf(of))
      .then(...done);
  });
});

describe('the record of the files', () => {
  const take = (state: FilesState, hash: string, says: Said, accounts: Record<string, string>): FilesState => {
    const decided = files.decide(
      { type: 'TakeFile', of: 'organisation', hash, says, accounts },
      state,
      { actor: SYSTEM, at: AT, id: hash } as never,
      {} as never,
    );
    if (decided.kind !== 'accepted') throw new Error(JSON.stringify(decided));
    return decided.events.reduce((now, event) => files.evolve(now, event), state);
  };
  const BEFORE: Said = { 'groups senior members': ['senior-1'], 'people rep-1 manager': 'boss-1' };
  const NOW: Said = { 'groups senior members': ['senior-1', 'friend-1'], 'people rep-1 manager': 'senior-1' };

  it('keeps who got a place, whose manager was another, and whose account was somebody else’s', () => {
    const first = take(files.none, 'h1', BEFORE, { 'slack 1': 'rep-1' });
    expect(first.places).toBeUndefined();
    const then = take(first, 'h2', NOW, { 'slack 1': 'friend-1' });
    expect(then.places).toEqual([
      { at: AT, person: 'friend-1', is: 'joined', group: 'senior' },
      { at: AT, person: 'rep-1', is: 'managed', was: 'boss-1' },
      { at: AT, person: 'friend-1', is: 'account' },
    ]);
    // Put back, it is not forgotten.
    expect(take(then, 'h3', BEFORE, { 'slack 1': 'rep-1' }).places).toEqual([
      ...then.places!,
      { at: AT, person: 'friend-1', is: 'left', group: 'senior' },
      { at: AT, person: 'rep-1', is: 'managed', was: 'senior-1' },
      { at: AT, person: 'rep-1', is: 'account' },
    ]);
  });
});
