/** What another deal says of the same country or end-user, under the default policy. */

import { describe, expect, it } from 'vitest';
import { withdrawnTold } from '../../../../blocks/cards/facts-lifecycle.ts';
import { endedHow } from '../../../../blocks/cards/others-words.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { SaidElsewhere } from '../../../../flows/deal/context/elsewhere.ts';
import { acceptableGaps, gapsToTake } from '../../../../flows/deal/context/gaps.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import type { Ballot } from '../../../../flows/deal/deal.ts';
import type { Others } from '../../../../flows/deal/heard-shapes.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { reading } from '../../../../flows/name-reading.ts';
import { areSpelledAlike } from '../../../../flows/names-spelled.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import type { EndUserKind } from '../../../../flows/policy/policy.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, open } from '../../../support/deal-lines.ts';
import { pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { CONTEXT, story, voteOf, type Line, type Story } from '../../../support/story.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const LATER = '2027-03-02T09:00:00.000Z';

const dealOf = (
  id: string,
  endUser: string,
  answers: Record<string, string>,
  kind: EndUserKind = 'government',
): Story =>
  story(
    pictureDeal(answers, kind).map(([actor, command]): Line => [
      actor,
      command.type === 'OpenDeal'
        ? { ...command, deal: id, details: { ...command.details, endUser: { name: endUser, kind } } }
        : command,
    ]),
    pictureContext(),
  );
/** The questions that deal A answers well and deal B otherwise. */
const heard = (a: Story, b: Story): string[] => {
  const found = newsOfOthers([saidElsewhere(a.view), saidElsewhere(b.view)], LATER);
  return (found.get(a.view.deal.id)?.otherwise ?? []).map(({ question }) => question);
};

describe('what another deal says', () => {
  it('of the same country is heard, of another end-user’s record it is not', () => {
    const clean = dealOf('D-0THER1', 'Ministry of Health', {});
    const bad = { S5: 'yes', 'H-RF4': 'yes', 'H-RF5-oversight': 'yes', 'H-RF8': 'yes' };
    expect(heard(clean, dealOf('D-0THER2', 'State Police', bad))).toEqual(['H-RF4', 'H-RF5-oversight', 'S5']);
    expect(heard(clean, dealOf('D-0THER2', 'Ministry of Health', bad))).toEqual([
      'H-RF4',
      'H-RF5-oversight',
      'H-RF8',
      'S5',
    ]);
  });

  it('of who owns the end-user, or stands close to it, is heard', () => {
    const bad = { S3: 'yes', 'S-RF1': 'yes' };
    const clean = dealOf('D-0THER1', 'Osprey Ltd', {}, 'state-tied');
    expect(heard(clean, dealOf('D-0THER2', 'Osprey Ltd', bad, 'state-tied'))).toEqual(['S3', 'S-RF1']);
    expect(heard(clean, dealOf('D-0THER2', 'Another Ltd', bad, 'state-tied'))).toEqual([]);
  });

  it('of what nobody has done there yet contradicts nothing', () => {
    const clean = dealOf('D-0THER1', 'Ministry of Health', {});
    expect(heard(clean, dealOf('D-0THER2', 'Ministry of Health', { H1: 'no', H2: 'no', L4: 'no' }))).toEqual([]);
  });

  it('is accepted as not known of a country only where it is about the country', () => {
    const about = (id: string): string | undefined => defaultPolicy.question(id)?.about;
    expect([about('S5'), about('H-RF8'), about('L-RF5-oversight')]).toEqual(['country', undefined, 'country']);
    const unknown = dealOf('D-0THER1', 'State Police', { 'H-RF8': 'unknown', S5: 'unknown' });
    expect(acceptableGaps(unknown.view).map(({ id }) => id)).toEqual(['H-RF8', 'S5']);
    const acceptance = {
      id: 'gap-1',
      on: { of: 'country' as const, country: 'NO' },
      questions: ['H-RF8', 'S5'],
      reason: 'Nobody publishes on it.',
      until: '2027-09-01',
      by: 'compliance-2',
      at: '2027-02-01T09:00:00.000Z',
    };
    const organisation = { ...unknown.view.organisation, acceptances: [acceptance] };
    expect(gapsToTake({ ...unknown.view, organisation }).map(({ questions }) => questions)).toEqual([['S5']]);
  });
});

describe('a decline of an end-user whose name differs in one letter or two', () => {
  const declined = dealOf('D-0THER2', 'Kilombero Border Brigade', {}).vote('compliance-1', {
    outcome: 'decline',
    noStake: true,
  });
  const endsHeard = (endUser: string) =>
    newsOfOthers([saidElsewhere(dealOf('D-0THER1', endUser, {}).view), saidElsewhere(declined.view)], LATER).get(
      'D-0THER1',
    )?.ended;
  it.each([
    'Kilombera Border Brigade',
    'Kilombreo Border Brigade',
    'Brigade of the Kilomber Border',
    'Kilombero Boarder Brigades',
    'Kilimberi Border Brigade',
    'Kilombera Boarder Brigade',
    'Brigate of the Zilombero Border',
  ])('is heard of: %s', (name) => {
    expect(endsHeard(name)).toMatchObject([{ deal: 'D-0THER2', how: 'declined', shares: 'name' }]);
  });
  it.each(['Kilombero Police Office', 'Kilimbari Border Brigade', 'Kilimberi Bordar Brigade', 'Ministry of Health'])(
    'is not of another: %s',
    (name) => {
      // The same sale through the same customer is heard of all the same, as that.
      expect(endsHeard(name) ?? []).not.toContainEqual(expect.objectContaining({ shares: 'name' }));
    },
  );
  it('is that of the same end-user where it has the same name', () => {
    expect(endsHeard('KILOMBERO border brigade')).toEqual([expect.not.objectContaining({ shares: 'name' })]);
  });
  it('tells apart places, numbers and short words', () => {
    const near = (one: string, other: string): boolean => areSpelledAlike(reading(one)[0]!, reading(other)[0]!);
    expect(near('Sample Harbour Guard', 'sample guard, Harbor')).toBe(true);
    expect(near('Police of Dominica', 'Dominican Police')).toBe(false);
    expect(near('Sample Guard 71234', 'Sample Guard 71235')).toBe(false);
    expect(near('Sample Guard A', 'Sample Guard B')).toBe(false);
    expect(near('Sample Army', 'Sample Navy')).toBe(false);
    for (const [one, other] of [
      ['Northern Command', 'Southern Command'],
      ['Sample Internal Affairs', 'Sample External Affairs'],
      ['Sierra', 'Sienna'],
      ['Papa Guard', 'Pupa Gourd'],
      ['Petrov Telecom', 'Pavlov Telecom'],
    ] as const)
      expect([one, other, near(one, other)]).toEqual([one, other, false]);
  });
});

describe('what is held against an end-user whose name differs in one letter or two', () => {
  const flagged = dealOf('D-0THER2', 'Zambezi Frontier Battalion', {}).and('senior-1', {
    type: 'RaiseFlag',
    title: 'This battalion shot at people who protested in May, says the UN.',
  });
  const worriesHeard = (endUser: string) =>
    newsOfOthers([saidElsewhere(dealOf('D-0THER1', endUser, {}).view), saidElsewhere(flagged.view)], LATER).get(
      'D-0THER1',
    )?.worries ?? [];
  it.each(['Zambesi Frontier Battalion', 'Zambezi Frontier Bataillon'])('is heard of, once: %s', (name) => {
    expect(worriesHeard(name)).toEqual([
      expect.objectContaining({ of: 'flag', shares: 'name', called: 'Zambezi Frontier Battalion' }),
    ]);
  });
  it.each(['Zambezi Weather Office', 'Ministry of Health'])('is not of another: %s', (name) => {
    expect(worriesHeard(name)).not.toContainEqual(expect.objectContaining({ shares: 'name' }));
  });
});

describe('a deal that was withdrawn', () => {
  it('after a vote, or after a question, is said to be so', () => {
    const how = (told: Story): string | undefined => {
      const { ended } = saidElsewhere(told.view);
      return ended && endedHow(ended).replace(/ on .*/u, '');
    };
    const withdraw = { type: 'Withdraw', reason: 'They went away' } as const;
    const asked = story(answeredDeal({ 'H-RF1': 'yes' }), CONTEXT);
    expect(how(asked.and('rep-1', withdraw))).toBeUndefined();
    const question = asked.and('compliance-1', {
      type: 'AskForInformation',
      step: 0,
      question: 'Who would use it?',
    });
    expect(how(question.and('rep-1', withdraw))).toBe('withdrawn after a question');
    expect(how(asked.vote('compliance-1').and('rep-1', withdraw))).toBe('withdrawn after a vote');
    // Noted before this was told apart.
    expect(endedHow({ how: 'withdrawn', at: LATER })).toMatch(/^withdrawn after a question or a vote on /);
  });

  const SAYS_OUT = answer('scope', { G1: 'no' });
  const saidOut = (): Story => story([open(), SAYS_OUT], { ...CONTEXT, policy: aPolicy({ confirmScope: 'always' }) });
  const withdraw = { type: 'Withdraw', reason: 'They went away' } as const;

  it('while compliance had yet to confirm that it is out of scope, is heard of', () => {
    const waiting = saidOut();
    expect(waiting.state).toHaveProperty('scopeSaid');
    const gone = waiting.and('rep-1', withdraw);
    expect(saidElsewhere(gone.view).ended).toMatchObject({ how: 'withdrawn', unconfirmed: true });
    const twin = dealOf('D-0THER2', gone.view.deal.details.endUser.name, {});
    const news = newsOfOthers([saidElsewhere(gone.view), saidElsewhere(twin.view)], LATER);
    expect(news.get('D-0THER2')?.ended).toMatchObject([{ deal: gone.view.deal.id, unconfirmed: true }]);
    expect(JSON.stringify(withdrawnTold(gone.view))).toContain('Compliance has not confirmed that it is out of scope');
  });

  it('waits for compliance no more, and is heard of again where it is reopened and withdrawn again', () => {
    const gone = saidOut().and('rep-1', withdraw);
    const hash = (waiting: Story) => (waiting.state as { scopeSaid: { factsHash: string } }).scopeSaid.factsHash;
    gone.when('compliance-1', { type: 'ConfirmScope', factsHash: hash(saidOut()) }).refused('not now');
    const again = gone.and('rep-1', { type: 'Reopen', reason: 'They are back' }).and('rep-1', withdraw);
    expect(saidElsewhere(again.view).ended).toMatchObject({ how: 'withdrawn', unconfirmed: true });
  });

  it('after its scope was answered again is heard of no more than another', () => {
    const again = saidOut()
      .and('rep-1', answer('scope', { G1: 'yes' })[1])
      .and('rep-1', withdraw);
    expect(saidElsewhere(again.view).ended).toBeUndefined();
  });
});

describe('an end-user with more earlier ends than one deal takes', () => {
  const said = (id: string, ended?: SaidElsewhere['ended'], noted?: Others): SaidElsewhere => ({
    id,
    owner: 'rep-1',
    team: ['rep-1'],
    listens: ended === undefined,
    endUsers: ['ministry'],
    parties: ['ministry'],
    called: { endUsers: ['Ministry'], besides: [] },
    isOut: false,
    worries: [],
    destinations: [],
    products: [],
    now: { destinations: [], products: [] },
    kind: saidElsewhere(dealOf(id, 'Ministry', {}).view).kind,
    ended,
    milder: [],
    otherwise: [],
    noted,
  });
  const onDay = (day: number): string => `2027-01-${String(day).padStart(2, '0')}T09:00:00.000Z`;
  const withdrawn = (n: number, from = 10): SaidElsewhere[] =>
    Array.from({ length: n }, (_, i) =>
      said(`D-DUMMY${i}`, { how: 'withdrawn', after: 'question', at: onDay(from + i) }),
    );
  const grave = [
    said('D-STOP01', { how: 'stopped', at: onDay(1) }),
    said('D-STOP02', { how: 'stopped', at: onDay(2) }),
    said('D-DECL01', { how: 'declined', at: onDay(3) }),
    said('D-DECL02', { how: 'declined', at: onDay(4) }),
  ];
  const news = (all: SaidElsewhere[], noted?: Others) =>
    newsOfOthers([...all, said('D-MINE01', undefined, noted)], LATER).get('D-MINE01');

  it('has declines and stops first, each the latest first, and then the earliest and the latest withdrawals', () => {
    const found = news([...grave, ...withdrawn(10)]);
    expect(found?.ended.map(({ deal }) => deal)).toEqual([
      'D-DECL02',
      'D-DECL01',
      'D-STOP02',
      'D-STOP01',
      ...[9, 8, 7, 2, 1, 0].map((n) => `D-DUMMY${n}`),
    ]);
    expect(found?.more).toBe(4);
  });

  it('hides no decline behind stops, which a deal team can make alone', () => {
    const stops = Array.from({ length: 12 }, (_, i) => said(`D-STOP1${i}`, { how: 'stopped', at: onDay(10 + i) }));
    expect(news([...grave, ...stops])?.ended.slice(0, 2)).toMatchObject([{ deal: 'D-DECL02' }, { deal: 'D-DECL01' }]);
  });

  it('takes an earlier withdrawal whatever dummies come after it, and one after a vote or a question before them', () => {
    const alone = { how: 'withdrawn', unconfirmed: true } as const;
    const first = said('D-FIRST1', { ...alone, at: onDay(1) });
    const asked = said('D-ASKED1', { how: 'withdrawn', after: 'question', at: onDay(5) });
    const voted = said('D-VOTED1', { how: 'withdrawn', after: 'vote', at: onDay(5) });
    const dummies = Array.from({ length: 30 }, (_, i) => said(`D-DUMMY${i}`, { ...alone, at: onDay(1 + (i % 27)) }));
    const later = dummies.filter(({ ended }) => (ended?.at ?? '') > onDay(1));
    const found = news([first, asked, ...later, voted]);
    expect(found?.ended.map(({ deal }) => deal)).toEqual(expect.arrayContaining(['D-FIRST1', 'D-ASKED1', 'D-VOTED1']));
    expect(found?.ended).toHaveLength(10);
    expect(found?.more).toBe(later.length + 3 - 10);
  });

  it('does so too where the end-user may be the same, and counts the rest of both', () => {
    const called = (name: string, one: SaidElsewhere): SaidElsewhere => ({
      ...one,
      endUsers: [name],
      parties: [name],
      called: { endUsers: [name], besides: [] },
      destinations: ['KE'],
    });
    const alone = { how: 'withdrawn', unconfirmed: true } as const;
    const like = (id: string, ended: SaidElsewhere['ended']) => called('Sample Gulf Marines', said(id, ended));
    const asked = like('D-ASKED1', { how: 'withdrawn', after: 'question', at: onDay(5) });
    const first = like('D-FIRST1', { ...alone, at: onDay(6) });
    const dummies = Array.from({ length: 11 }, (_, i) => like(`D-DUMMY${i}`, { ...alone, at: onDay(10 + i) }));
    const of = (all: SaidElsewhere[], noted?: Others) =>
      newsOfOthers([...all, called('Gulf Marines Corps', said('D-MINE01', undefined, noted))], LATER).get('D-MINE01');
    const found = of([asked, first, ...dummies])!;
    expect(found.ended.map(({ deal }) => deal)).toEqual(expect.arrayContaining(['D-ASKED1', 'D-FIRST1']));
    expect(found.ended.every(({ shares }) => shares === 'name')).toBe(true);
    expect([found.ended.length, found.more]).toEqual([10, 3]);
    expect(of([asked, first, ...dummies], found)).toBeUndefined();
    const same = Array.from({ length: 12 }, (_, i) =>
      called('Gulf Marines Corps', said(`D-SAME1${i}`, { how: 'declined', at: onDay(10 + i) })),
    );
    expect(of([asked, first, ...dummies, ...same])?.more).toBe(5);
  });

  it('tells what was washed out before, and counts the rest once', () => {
    const noted = { ended: news(withdrawn(10))!.ended, otherwise: [] };
    expect(noted.ended).toHaveLength(10);
    const found = news([...grave, ...withdrawn(10)], noted);
    expect(found?.ended.map(({ how }) => how)).toEqual(['declined', 'declined', 'stopped', 'stopped']);
    expect(found?.more).toBeUndefined();
    expect(news([...grave, ...withdrawn(10)], { ...noted, ended: [...noted.ended, ...found!.ended] })).toBeUndefined();
  });

  it('was a decline where it was declined, reopened by somebody in good faith, and withdrawn', () => {
    const name = 'Siskin Pier Works';
    const declined = dealOf('D-0THER1', name, {}).vote('compliance-1', { outcome: 'decline', noStake: true });
    const gone = declined
      .and('compliance-1', { type: 'Reopen', reason: 'They say that there are new facts.' })
      .and('rep-1', { type: 'Withdraw', reason: 'They think again.' });
    const news = newsOfOthers(
      [dealOf('D-0THER2', name, {}), gone].map(({ view }) => saidElsewhere(view)),
      LATER,
    );
    expect(news.get('D-0THER2')?.ended).toMatchObject([{ deal: 'D-0THER1', how: 'declined' }]);
  });

  it('is heard of again where it was declined once more, for another reason', () => {
    const decline = (reason: string): Partial<Ballot> => ({ outcome: 'decline', noStake: true, rationale: reason });
    const declined = dealOf('D-0THER1', 'Plover Tile Works', {}).vote(
      'compliance-1',
      decline('The papers of the delivery are missing.'),
    );
    const again = declined
      .and('compliance-1', { type: 'Reopen', reason: 'They are here.' }, '2027-03-01T20:00:00.000Z')
      .and('compliance-1', (v) => voteOf(v, decline('Their guards burn chapels.')), '2027-03-01T21:00:00.000Z');
    const twin = dealOf('D-0THER2', 'Plover Tile Works', {});
    const heard = (other: Story, noted?: Others): Others | undefined =>
      newsOfOthers([{ ...saidElsewhere(twin.view), noted }, saidElsewhere(other.view)], LATER).get('D-0THER2');
    const noted = heard(declined);
    expect(heard(declined, noted)?.ended ?? []).toEqual([]);
    expect(heard(again, noted)?.ended).toMatchObject([{ how: 'declined', at: '2027-03-01T21:00:00.000Z' }]);
  });

  it('is heard of again where what was withdrawn is reopened and declined, and told once', () => {
    const was = news([said('D-OTHER1', { how: 'withdrawn', after: 'question', at: onDay(10) })])!;
    expect(was.ended).toMatchObject([{ deal: 'D-OTHER1', how: 'withdrawn' }]);
    const declined = said('D-OTHER1', { how: 'declined', at: onDay(20) });
    const found = news([declined], was);
    expect(found?.ended).toMatchObject([{ deal: 'D-OTHER1', how: 'declined' }]);
    expect(news([declined], found)).toBeUndefined();
    expect(news([said('D-OTHER1', { how: 'withdrawn', after: 'vote', at: onDay(25) })], found)).toBeUndefined();
  });

  it('says that there are more also where nothing else is new, and once', () => {
    const many = Array.from({ length: 12 }, (_, i) => said(`D-DECL1${i}`, { how: 'declined', at: onDay(10 + i) }));
    const { ended, more } = news(many)!;
    expect([ended.length, more]).toEqual([10, 2]);
    expect(news([...many, ...withdrawn(1)], { ended, otherwise: [], more })).toEqual({
      ended: [],
      otherwise: [],
      more: 3,
    });
    expect(news([...many, ...withdrawn(1)], { ended, otherwise: [], more: 3 })).toBeUndefined();
    expect(news(many, { ended, otherwise: [], more: 3 })).toBeUndefined();
  });

  it('says so in the deal, and anew with each of its news', () => {
    const { ended } = news(withdrawn(10))!;
    const mine = dealOf('D-MINE01', 'Ministry', {});
    const note = (more?: number, heard = ended): DealCommand => ({
      type: 'NoteOthers',
      ended: heard,
      otherwise: [],
      ...(more === undefined ? {} : { more }),
    });
    const first = mine.and(SYSTEM, note(3));
    expect(first.view.deal.others).toMatchObject({ more: 3 });
    const counted = { type: 'OthersNoted', ended: [], otherwise: [], more: 5 } as const;
    const second = first.and(SYSTEM, note(5));
    expect(second.events.at(-1)).toMatchObject(counted);
    expect(second.view.deal.others).toMatchObject({ ended, more: 5 });
    second.when(SYSTEM, note(5)).refused('not now');
    const third = second.and(SYSTEM, note(undefined, [{ deal: 'D-DECL01', how: 'declined', at: onDay(1) }]));
    expect(third.view.deal.others?.more).toBeUndefined();
    expect(third.view.deal.others?.ended).toHaveLength(11);
    const told = ({ events, view }: Story, before: Story) =>
      factNoticesOf(events.at(-1)!, before.view, view).map(([fact]) => fact);
    expect(told(first, mine)).toMatchObject([{ fact: 'others noted', ended: 13 }]);
    expect(told(second, first)).toMatchObject([{ fact: 'others noted', ended: 2 }]);
    expect(told(third, second)).toMatchObject([{ fact: 'others noted', ended: 1 }]);
  });
});
