/** Every way in by which something might be accepted as not known: what must be known is refused by each of them. */

import { describe, expect, it } from 'vitest';
import { gapItems } from '../../../../blocks/cards/gap-words.ts';
import { acceptGapsForm } from '../../../../blocks/forms/gaps.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import {
  acceptableGaps,
  acceptedGaps,
  acceptedOver,
  exceptionToConfirm,
  gapsForMilder,
  gapsToTake,
} from '../../../../flows/deal/context/gaps.ts';
import { officersElsewhere } from '../../../../flows/deal/context/named-by-officers.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import type { GapAcceptance } from '../../../../flows/gap-acceptance.ts';
import type { EndUserKind, FactValue } from '../../../../flows/policy/policy.ts';
import { gaps, type GapsCommand } from '../../../../flows/registers/gaps.ts';
import { wordsOf } from '../../../blocks/forms/support.ts';
import { aDeal } from '../../../support/deal-builders.ts';
import { answerPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Line } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';

const REASON = 'Nobody publishes on this small agency.';
const MUST_BE_KNOWN = ['P1', 'P2', 'P3', 'P5'];
const PRODUCT = { of: 'product', product: 'analytics', name: 'Sample Analytics' } as const;
const COUNTRY = { of: 'country', country: 'NO' } as const;
const acceptance = (more: Partial<GapAcceptance>): GapAcceptance => ({
  id: 'gap-1',
  on: PRODUCT,
  questions: ['P4', 'P-RF1'],
  reason: REASON,
  until: '2027-09-01',
  by: 'compliance-2',
  at: '2027-02-01T09:00:00.000Z',
  ...more,
});

describe('what was accepted over a harmless deal', () => {
  const OVER = { kind: 'government', row: 'no-people', can: 'does nothing with data about people' } as const;
  const wide = acceptance({ on: COUNTRY, questions: ['H-RF3-conflict', 'H-RF2'], over: OVER });
  const UNKNOWN = { 'H-RF3-conflict': 'unknown', 'H-RF2': 'unknown' };
  const opened = (more: Record<string, FactValue> = {}, kind: EndUserKind = 'government', over = wide) =>
    story(pictureDeal({ ...UNKNOWN, ...more }, kind), pictureContext({ acceptances: [over] }));
  const taken = ({ view }: ReturnType<typeof opened>): string[] => Object.keys(view.deal.gaps ?? {});

  it('is what was known of it: what nobody knew is nothing that somebody looked at', () => {
    const guessed = { P1: 'unknown', P2: 'unknown', P3: 'unknown', P5: 'unknown' };
    expect(acceptedOver(opened(guessed).view)).toEqual(OVER);
    expect(acceptedOver(opened({ ...guessed, P1: 'yes' }).view)).toMatchObject({ row: 'collects' });
    expect(acceptedOver(opened(guessed, 'unknown').view)).toEqual({ ...OVER, kind: 'private' });
    const [first] = pictureDeal({}, 'government');
    const unanswered = story([first!], pictureContext()).and(...answerPicture('scope', {}));
    expect(acceptedOver(unanswered.view)).toEqual(OVER);
  });
  it('says why on each deal there: beside its gaps, or where the answer is another than “don’t know” by now', () => {
    const told = ({ view }: Pick<ReturnType<typeof opened>, 'view'>): string =>
      JSON.stringify([gapItems(view), officersElsewhere(view)]);
    const [took, knew] = [opened(), opened({ 'H-RF3-conflict': 'no', 'H-RF2': 'no' })];
    expect(taken(took)).not.toEqual([]);
    expect(taken(knew)).toEqual([]);
    const changed = { view: { ...knew.view, deal: { ...knew.view.deal, gaps: took.view.deal.gaps } } };
    for (const one of [took, knew, changed]) expect(told(one).split(REASON)).toHaveLength(one === took ? 3 : 2);
  });
  it('is taken by one like it or milder', () => {
    expect(acceptedOver(opened().view)).toEqual(OVER);
    expect(taken(opened()).toSorted()).toEqual(['H-RF2', 'H-RF3-conflict']);
    expect(taken(opened({}, 'private')).length).toBeGreaterThan(0);
  });
  it.each<[string, Record<string, FactValue>, EndUserKind]>([
    ['a security service', {}, 'security'],
    ['an end-user of whom nobody knows what it is', {}, 'unknown'],
    ['a product that analyses people', { P2: 'yes' }, 'government'],
  ])('is not taken for %s: compliance looks at that deal, and sees what was accepted', (_who, more, kind) => {
    const graver = opened(more, kind);
    expect(taken(graver)).toEqual([]);
    expect(gapsForMilder(graver.view)).toEqual([wide]);
    const form = acceptGapsForm(graver.view);
    expect(wordsOf(form)).toMatch(/for milder ones .*does nothing with data about people/);
    expect(graver.view.assessment.tier).toBe(
      story(pictureDeal({ ...UNKNOWN, ...more }, kind), pictureContext()).view.assessment.tier,
    );
  });
  it('is not taken for the gravest deals where nobody knew of the one it was accepted over', () => {
    const vague = story(pictureDeal({ ...UNKNOWN, P2: 'unknown' }, 'unknown'), pictureContext()).view;
    const over = acceptedOver(vague);
    expect(over).toBeDefined();
    expect(taken(opened({ P2: 'yes' }, 'security', acceptance({ ...wide, over })))).toEqual([]);
  });
  it('is not taken over what a colleague noted at that very question', () => {
    // The rep saves the section anew, with the note emptied.
    const played = (note?: string, emptied = false): string[] => {
      const lines = pictureDeal(UNKNOWN, 'government').flatMap(([actor, command]): Line[] => {
        const given = command.type === 'AnswerSection' ? command.answers['H-RF2'] : undefined;
        if (command.type !== 'AnswerSection' || !given) return [[actor, command]];
        const { section, answers } = command;
        const bare = { value: 'unknown', sources: [] };
        const noted = {
          ...answers,
          'H-RF3-conflict': bare,
          'H-RF2': { ...bare, ...(note === undefined ? {} : { note }) },
        };
        return [
          [actor, { type: 'HandOverSection', section, to: 'product-1' }],
          ['product-1', { ...command, answers: noted }],
          ...(emptied ? [['rep-1', { ...command, answers: { ...noted, 'H-RF2': bare } }] satisfies Line] : []),
        ];
      });
      return taken(story(lines, pictureContext({ acceptances: [wide] })));
    };
    expect(played().toSorted()).toEqual(['H-RF2', 'H-RF3-conflict']);
    expect(played('A clerk told me whom they hunt.')).toEqual(['H-RF3-conflict']);
    expect(played('A clerk told me whom they hunt.', true)).toEqual(['H-RF3-conflict']);
  });
  it('is lost again once a note under it is a colleague’s: of somebody who gives the deal away', () => {
    const lines = pictureDeal(UNKNOWN, 'government').map(([, command]): Line => {
      const given = command.type === 'AnswerSection' ? command.answers['H-RF2'] : undefined;
      if (command.type !== 'AnswerSection' || !given) return ['product-1', command];
      const bare = { value: 'unknown', sources: [] };
      const noted = { 'H-RF3-conflict': bare, 'H-RF2': { ...bare, note: 'A cook told me whom they hunt.' } };
      return ['product-1', { ...command, answers: { ...command.answers, ...noted } }];
    });
    const theirs = story(lines, pictureContext({ acceptances: [wide] }));
    expect(taken(theirs).toSorted()).toEqual(['H-RF2', 'H-RF3-conflict']);
    const given = theirs.and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'It is yours now.' });
    expect(taken(given)).toEqual(['H-RF3-conflict']);
    expect(given.events.find(({ type }) => type === 'BasisEnded')).toMatchObject({ by: 'system', unread: ['H-RF2'] });
    // Nor does it come back with what is said next.
    expect(taken(given.and(...answerPicture('product', { P4: 'no' })))).toEqual(['H-RF3-conflict']);
  });
  it('is not taken over a colleague’s denial of that very answer', () => {
    const { view } = opened();
    const denied = (questions: string[]): string[] => {
      const objections = [{ by: 'product-1', at: view.now, reason: 'I never said so.', questions }];
      const deal = { ...view.deal, gaps: undefined, objections };
      return gapsToTake(dealView(deal, view.policy, view.organisation, view.now)).flatMap((one) => one.questions);
    };
    expect(denied([]).toSorted()).toEqual(['H-RF2', 'H-RF3-conflict']);
    expect(denied(['H-RF2'])).toEqual(['H-RF3-conflict']);
  });
  it('is lost again by a deal that gets graver after it took it', () => {
    const now = opened().and(...answerPicture('product', { P2: 'yes' }));
    expect(now.events.find(({ type }) => type === 'BasisEnded')).toMatchObject({
      outgrown: expect.arrayContaining(['H-RF3-conflict', 'H-RF2']),
    });
    expect(taken(now)).toEqual([]);
    expect(acceptableGaps(now.view).map(({ id }) => id)).toEqual(expect.arrayContaining(['H-RF3-conflict', 'H-RF2']));
  });
  const heard = (kind: EndUserKind): DealCommand => ({
    type: 'NoteOthers',
    ended: [],
    otherwise: [],
    kinds: [{ deal: 'D-NXP5HB', kind, at: '2027-03-01T08:00:00.000Z' }],
  });
  /** More than one vote is needed. */
  const collects = { P1: 'yes', 'H-RF5': 'yes', 'H-RF4': 'yes' };
  it.each<[string, () => ReturnType<typeof opened>]>([
    ['took it', () => opened(collects, 'government', acceptance({ ...wide, over: { ...OVER, row: 'collects' } }))],
    [
      'was accepted for itself',
      () =>
        story(pictureDeal({ ...UNKNOWN, ...collects }, 'government'), pictureContext()).and('compliance-2', {
          type: 'AcceptGaps',
          questions: ['H-RF3-conflict', 'H-RF2'],
          reason: REASON,
        }),
    ],
  ])('is lost again by a deal that %s once a graver kind of end-user is heard, as where that was first', (_how, of) => {
    const before = of();
    expect(taken(before)).toHaveLength(2);
    const voted = before.vote('compliance-1', weighed);
    const now = voted.and('system', heard('security'));
    expect(now.events.find(({ type }) => type === 'BasisEnded')).toMatchObject({
      outgrown: expect.arrayContaining(['H-RF3-conflict', 'H-RF2']),
    });
    expect(taken(now)).toEqual([]);
    // Votes on them end as where compliance takes them back, and who voted is told.
    expect(now.events.find(({ type }) => type === 'VotesVoided')).toMatchObject({ voters: ['compliance-1'] });
    // So is compliance, who accepted it.
    expect(toldOf(noticesBetween(voted, now), 'basis ended')).toEqual(['thread', 'compliance-2']);
    const first = opened().view;
    expect(acceptableGaps(now.view).map(({ id }) => id)).toEqual(
      expect.arrayContaining(Object.keys(first.deal.gaps ?? {})),
    );
    // What is accepted over the graver kind stays, and compliance may do it at once.
    const again = now.and('compliance-2', { type: 'AcceptGaps', questions: ['H-RF2'], reason: REASON });
    expect(taken(again)).toEqual(['H-RF2']);
    again.when('system', heard('security')).refused('not now');
  });
  it('is kept where the kind that is heard is no graver', () => {
    for (const kind of ['state-tied', 'government'] as const) {
      const now = opened().and('system', heard(kind));
      expect(taken(now)).toHaveLength(2);
      expect(now.events.at(-1)?.type).toBe('OthersNoted');
    }
  });
  it('is not taken over what another deal answered of that country since, whatever the question, and is lost where it was', () => {
    const said = (question: string, at: string): DealCommand => ({
      type: 'NoteOthers',
      ended: [],
      otherwise: [{ question, deal: 'D-NXP5HB', at }],
    });
    const [before, since] = ['2026-12-01T08:00:00.000Z', '2027-03-01T08:00:00.000Z'];
    expect(before < wide.at && wide.at < since).toBe(true);
    for (const [question, at, kept] of [
      ['H-RF4', before, 2],
      ['P6', since, 2],
      ['H-RF4', since, 0],
    ] as const) {
      expect(taken(opened().and('system', said(question, at))), `${question} ${at}`).toHaveLength(kept);
      // The same where the deal heard it first.
      const [first, ...rest] = pictureDeal(UNKNOWN, 'government');
      const early = story([first!, ['system', said(question, at)], ...rest], pictureContext({ acceptances: [wide] }));
      expect(taken(early), `${question} ${at}, heard first`).toHaveLength(kept);
    }
    // Compliance looked at it again since.
    const again = acceptance({ ...wide, at: '2027-03-02T08:00:00.000Z' });
    const now = story(pictureDeal(UNKNOWN, 'government'), pictureContext({ acceptances: [wide, again] }));
    expect(taken(now.and('system', said('H-RF4', since)))).toHaveLength(2);
  });
  it('is taken by any deal where it says nothing of that, as older ones do', () => {
    const older = acceptance({ on: COUNTRY, questions: ['H-RF3-conflict', 'H-RF2'] });
    expect(taken(opened({}, 'security', older)).length).toBeGreaterThan(0);
  });
});

describe.each(MUST_BE_KNOWN)('that %s is not known', (id) => {
  const told = (acceptances: GapAcceptance[] = []) =>
    story(pictureDeal({ [id]: 'unknown' }), pictureContext({ acceptances }));

  it('is offered to nobody, and accepted for no deal, alone or among others', () => {
    const open = acceptableGaps(told().view).map((q) => q.id);
    expect(open).not.toContain(id);
    for (const questions of [[id], [id, id], [...open, id]]) {
      told()
        .when('compliance-1', { type: 'AcceptGaps', questions, reason: REASON })
        .refused(open.length > 0 ? 'not valid' : 'not now', /must be known/);
    }
  });

  it.each([COUNTRY, PRODUCT])('is accepted for no $of', (on) => {
    const { organisation, policy } = pictureContext();
    const command: GapsCommand = { type: 'AcceptGap', on, questions: [id], reason: REASON, until: '2027-09-01' };
    const at = '2027-03-01T09:00:00.000Z';
    const decided = gaps.decide(command, gaps.none, { actor: 'compliance-1', at, id: 'id1' }, { organisation, policy });
    expect(decided).toMatchObject({ kind: 'refused', refusal: { text: expect.stringMatching(/not about the/) } });
  });

  it.each([COUNTRY, PRODUCT])('is not taken from a $of, were it accepted there all the same', (on) => {
    const { view, state } = told([acceptance({ on, questions: [id] })]);
    expect(view.deal.gaps).toBeUndefined();
    expect(state).toMatchObject({ tier: told().view.assessment.tier });
  });

  it('makes nothing lighter, were it on record all the same', () => {
    const { policy, facts, assessment } = told().view;
    const taken = policy.evaluate({ ...facts, accepted: [id] });
    expect(taken).toEqual(assessment);
    expect(taken.openQuestions.some((q) => q.accepted)).toBe(false);
  });
});

describe('an acceptance of a product', () => {
  const unclear = { P1: 'yes', P4: 'unknown', 'P-RF1': 'unknown' };
  const taken = (product: { id: string; name: string }, on: GapAcceptance['on'] = PRODUCT): string[] => {
    const { organisation } = pictureContext();
    const products = [...organisation.products, { id: 'lens', name: 'Sample Lens', category: 'Sensors' }];
    const [, ...lines] = pictureDeal(unclear);
    const { details } = aDeal();
    const open: Line = [
      'rep-1',
      {
        type: 'OpenDeal',
        deal: 'D-7K3QXM',
        home: { platform: 'slack', channel: 'C0CLEAR' },
        details: { ...details, product, endUser: { ...details.endUser, kind: 'government' } },
      },
    ];
    const { view } = story([open, ...lines], pictureContext({ products, acceptances: [acceptance({ on })] }));
    return acceptedGaps(view).map(({ question }) => question.id);
  };

  it('is for that product', () =>
    expect(taken({ id: 'analytics', name: 'Sample Analytics' })).toEqual(['P4', 'P-RF1']));

  it.each([
    ['lens', 'Sample Lens'],
    ['other', 'Sample Analytics 2'],
    ['other', 'analytics'],
    ['other', ' sample  analytics  two'],
  ])('is not for %s: “%s”', (id, name) => expect(taken({ id, name })).toEqual([]));

  it.each(['Sample Analytics', ' sample  analytics ', 'SAMPLE ANALYTICS', 'Ѕample Analytics'])(
    'meets nobody who calls it “%s” and says that it is another',
    (name) => expect(() => taken({ id: 'other', name })).toThrow('is in the list'),
  );

  it.each(['A lens', 'a lens', ' A lens ', 'A  lens', 'A lens 2'])(
    'cannot be given for “Other”, and of “A lens” none is taken for “%s”',
    (name) =>
      expect(taken({ id: 'other', name }, { of: 'product', product: 'other', name: 'Another lens' })).toEqual([]),
  );

  it('ends for the deal with another spelling of “Other”', () => {
    const details = (name: string) => ({ ...aDeal().details, product: { id: 'other', name } });
    const [, ...lines] = pictureDeal({ P1: 'yes', 'P-RF1': 'unknown' });
    const kind = { ...aDeal().details.endUser, kind: 'government' as const };
    const home = { platform: 'slack' as const, channel: 'C0CLEAR' };
    const open: Line = [
      'rep-1',
      { type: 'OpenDeal', deal: 'D-7K3QXM', home, details: { ...details('A lens'), endUser: kind } },
    ];
    const accepted = story([open, ...lines], pictureContext()).and('compliance-1', {
      type: 'AcceptGaps',
      questions: ['P-RF1'],
      reason: REASON,
    });
    expect(acceptedGaps(accepted.view)).toHaveLength(1);
    const renamed = accepted.and('rep-1', {
      type: 'CorrectDetails',
      details: { ...details('A lens, mark 2'), endUser: kind },
      reason: 'Its full name',
    });
    expect(renamed.view.deal.gaps).toBeUndefined();
    expect(renamed.view.assessment.openQuestions.map((q) => q.accepted)).not.toContain(true);
  });
});

describe('after its day', () => {
  const repressive = { P1: 'yes', 'H-RF3-conflict': 'unknown' };
  const people = pictureContext().organisation.people.map((one) =>
    one.id === 'compliance-2' ? { ...one, timeZone: 'Pacific/Auckland' } : one,
  );
  const ofNorway = acceptance({ on: COUNTRY, questions: ['H-RF3-conflict'] });
  const view = story(pictureDeal(repressive), pictureContext({ people })).view;
  const takenAt = (now: string): number =>
    gapsToTake({ ...view, now, organisation: { ...view.organisation, acceptances: [ofNorway] } }).length;

  it('it serves no later deal: the day is over where it was given', () => {
    expect(takenAt('2027-09-01T11:59:59.999Z')).toBe(1);
    expect(takenAt('2027-09-01T12:00:00.000Z')).toBe(0);
    expect(takenAt('2027-09-02T00:00:00.000Z')).toBe(0);
  });
});

describe('an accepted gap', () => {
  /** A hospital in a repressive country. */
  const HOSPITAL: Record<string, FactValue> = {
    P1: 'yes',
    G8: 'yes',
    'H-RF4': 'yes',
    'H-RF5-oversight': 'yes',
    'L-RF1': 'yes',
  };
  const hospital = (changed: Record<string, FactValue> = {}) =>
    story(pictureDeal({ ...HOSPITAL, ...changed }), pictureContext());
  const tierOf = ({ assessment }: DealView) => assessment.tier;

  it('is a concern where all else is good, whatever it is', () => {
    const { view } = hospital();
    const good = story(pictureDeal({ P3: 'yes' }), pictureContext()).view;
    expect(good.assessment).toMatchObject({ tier: 'low', placed: { column: 'nothing' } });
    const asked = good.policy.sections.flatMap(({ id }) => good.policy.questionsFor(id, good.facts));
    const acceptable = asked.filter(
      (q) => q.weighty && !['P1', 'P2', 'P3', 'P5', 'G1-capability', 'K1'].includes(q.id),
    );
    expect(acceptable.length).toBeGreaterThan(25);
    for (const { id } of acceptable) {
      const answers = { ...good.facts.answers, [id]: 'unknown' };
      const taken = view.policy.evaluate({ ...good.facts, answers, accepted: [id] });
      expect([id, taken.placed?.column, taken.tier]).toEqual([id, 'concerns', 'elevated']);
      // On nothing, or said not to apply, it is open too.
      const baseless = view.policy.evaluate({ ...good.facts, accepted: [id], based: { ...good.facts.based, [id]: 0 } });
      if (view.policy.question(id)?.basis !== undefined) expect(baseless.placed?.column).toBe('concerns');
    }
  });

  it('rules the exception out, whichever it is, and ends one that is confirmed', () => {
    const confirm: DealCommand = { type: 'AcceptGaps', questions: [], reason: REASON, confirm: 'clean-benefit' };
    const confirmed = hospital().and('compliance-1', confirm);
    expect(tierOf(confirmed.view)).toBe('elevated');
    for (const id of ['H-RF2', 'H-RF9', 'L-RF2', 'S5', 'H4', 'H3-targeted', 'H-RF1', 'P-RF1']) {
      const open = hospital({ [id]: 'unknown' });
      expect(exceptionToConfirm(open.view)).toBeUndefined();
      const accepted = open.and('compliance-1', { type: 'AcceptGaps', questions: [id], reason: REASON });
      expect(exceptionToConfirm(accepted.view)).toBeUndefined();
      accepted.when('compliance-1', confirm).refused('not now', /does not fit/);
      expect([id, tierOf(accepted.view)]).toEqual([id, 'high']);
      // Nor where both are on record.
      const { facts, policy } = accepted.view;
      expect(policy.evaluate({ ...facts, confirmed: ['clean-benefit'] }).tier).toBe('high');
    }
    const section = answerPicture('end-user', { ...HOSPITAL, 'H-RF2': 'unknown' });
    const later = confirmed
      .and(...section)
      .and('compliance-2', { type: 'AcceptGaps', questions: ['H-RF2'], reason: REASON });
    expect(later.view.deal.exceptions).toBeUndefined();
    expect(tierOf(later.view)).toBe('high');
  });

  it('goes with no exception in one press', () => {
    hospital({ 'H-RF2': 'unknown' })
      .when('compliance-1', { type: 'AcceptGaps', questions: ['H-RF2'], reason: REASON, confirm: 'clean-benefit' })
      .refused('not now', /does not fit/);
  });
});
