/** The rep who has compliance confirm first, and asks the colleague who knows something afterwards. */

import { describe, expect, it } from 'vitest';
import type { GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { isSpokenNow, isSpokenSince } from '../../../../flows/deal/context/spoken-since.ts';
import type { DealEvent } from '../../../../flows/deal/events.ts';
import type { HeardWorry } from '../../../../flows/deal/heard-shapes.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, voteOf, type Line, type Story } from '../../../support/story.ts';
import { noticesBetween } from '../../../support/ticking.ts';
import { dealNamed, noteOf, openNamed } from '../../../support/twins.ts';

const reason = 'A clean record, and a clear benefit';
const NOTE = 'A nurse told me whom their guards whip.';

/** A hospital in a repressive country; of one question nobody knows the answer. */
const HOSPITAL = { P1: 'yes', G8: 'yes', 'H-RF4': 'yes', 'H-RF5-oversight': 'yes', 'L-RF1': 'yes' };
const hospital = (more: Record<string, string> = {}): Story =>
  story(pictureDeal({ ...HOSPITAL, ...more }), pictureContext());
const sectionWith = ({ view }: Story, question: string): [string, Readonly<Record<string, GivenAnswer>>] =>
  Object.entries(view.deal.answers).find(([, answers]) => answers[question]) as [
    string,
    Readonly<Record<string, GivenAnswer>>,
  ];
const saved = (told: Story, question: string, note?: string): DealCommand => {
  const [section, answers] = sectionWith(told, question);
  const given = Object.fromEntries(
    Object.entries(answers).map(([id, { value, sources, basis, note: there }]) => {
      const words = id === question ? (note ?? there) : there;
      return [
        id,
        { value, sources: sources ?? [], ...(basis ? { basis } : {}), ...(words === undefined ? {} : { note: words }) },
      ];
    }),
  );
  return { type: 'AnswerSection', section, answers: given } as DealCommand;
};
/** The same without the note. */
const noteless = ([by, command]: Line, question: string): Line =>
  command.type === 'AnswerSection' && command.answers[question]
    ? [
        by,
        {
          ...command,
          answers: { ...command.answers, [question]: { ...command.answers[question], note: undefined } },
        },
      ]
    : [by, command];
const handed = (told: Story, question: string): Story =>
  told.and('rep-1', { type: 'HandOverSection', section: sectionWith(told, question)[0], to: 'product-1' });

describe('what compliance confirmed or accepted of a deal', () => {
  const confirm: DealCommand = { type: 'AcceptGaps', questions: [], reason, confirm: 'clean-benefit' };
  const accept: DealCommand = { type: 'AcceptGaps', questions: ['H-RF2'], reason };

  it('ends, an exception, once a colleague writes under any answer', () => {
    const confirmed = hospital().and('compliance-1', confirm);
    expect(confirmed.view.assessment.tier).toBe('elevated');
    const there = handed(confirmed, 'H-RF1');
    const written = there.and('product-1', saved(there, 'H-RF1', NOTE));
    expect([written.view.deal.exceptions, written.view.assessment.tier]).toEqual([undefined, 'high']);
    expect(written.events.find(({ type }) => type === 'GapsTakenBack')).toMatchObject({
      by: 'product-1',
      exceptions: ['clean-benefit'],
    });
  });

  it('ends, a gap, once a colleague writes under any question, and compliance hears why', () => {
    const accepted = hospital({ 'H-RF2': 'unknown' }).and('compliance-1', accept);
    expect(Object.keys(accepted.view.deal.gaps ?? {})).toEqual(['H-RF2']);
    const there = handed(accepted, 'H-RF2');
    expect(there.and('product-1', saved(there, 'H-RF1', NOTE)).view.deal.gaps).toBeUndefined();
    const written = there.and('product-1', saved(there, 'H-RF2', NOTE));
    expect(written.view.deal.gaps).toBeUndefined();
    expect(JSON.stringify(noticesBetween(there, written))).toContain('since compliance looked');
  });

  it('stays over what was read: a note that was there, or the deal’s owner alone writes where there was none', () => {
    const accepted = hospital({ 'H-RF2': 'unknown' });
    const there = handed(accepted, 'H-RF2');
    const written = there.and('product-1', saved(there, 'H-RF2', NOTE)).and('compliance-1', accept);
    const again = written.and('product-1', saved(written, 'H-RF2', `${NOTE.toUpperCase()} `));
    expect(Object.keys(again.view.deal.gaps ?? {})).toEqual(['H-RF2']);
    const alone = accepted.and('compliance-1', accept);
    expect(alone.and('rep-1', saved(alone, 'H-RF2', NOTE)).view.deal.gaps).toBeUndefined();
    const lines = pictureDeal({ ...HOSPITAL, 'H-RF2': 'unknown' }).map((line) => noteless(line, 'H-RF2'));
    const none = story(lines, pictureContext()).and('compliance-1', accept);
    expect(Object.keys(none.and('rep-1', saved(none, 'H-RF2', NOTE)).view.deal.gaps ?? {})).toEqual(['H-RF2']);
  });

  const WORDS = 'A nurse told me whom their guards whip. So I give it back.';
  const given = (told: Story, by: string, to: string, why: string): Story =>
    told.and(by, { type: 'ReassignOwner', to, reason: why });

  it('ends once a colleague who had the deal says why they give it back, or withdraw it', () => {
    const both = hospital({ 'H-RF2': 'unknown' }).and('compliance-1', accept);
    const confirmed = hospital().and('compliance-1', confirm);
    for (const settled of [both, confirmed]) {
      const lent = given(settled, 'rep-1', 'product-1', 'I am away.');
      const back = given(lent, 'product-1', 'rep-1', WORDS);
      expect([back.view.deal.gaps, back.view.deal.exceptions]).toEqual([undefined, undefined]);
    }
    const withdrawn = given(both, 'rep-1', 'product-1', 'I am away.')
      .and('compliance-1', accept)
      .and('product-1', { type: 'Withdraw', reason: WORDS });
    expect(Object.keys(withdrawn.view.deal.gaps ?? {})).toEqual(['H-RF2']);
    const again = withdrawn.and('product-1', { type: 'Reopen', reason: 'They want it.' });
    expect(again.view.deal.gaps).toBeUndefined();
  });

  it('ends once another officer says why they leave the deal to others', () => {
    const accepted = hospital({ 'H-RF2': 'unknown' }).and('compliance-1', accept);
    const recused = accepted.and('compliance-2', { type: 'Recuse', reason: 'My cousin guards it and whips people.' });
    expect(recused.view.deal.gaps).toBeUndefined();
  });

  it('ends once a colleague writes it as an answer, given or saved', () => {
    const accepted = hospital({ 'H-RF2': 'unknown' }).and('compliance-1', accept);
    const [section, answers] = sectionWith(accepted, 'S1');
    const there = handed(accepted, 'S1');
    const text = { ...answers['S1']!, value: 'To treat people; a monk told me whom their guards whip.' };
    const said = { ...(saved(there, 'S1') as Extract<DealCommand, { type: 'AnswerSection' }>).answers };
    for (const type of ['AnswerSection', 'SaveSectionForLater'] as const) {
      const answered = { type, section, answers: { ...said, S1: { value: text.value, sources: [] } } } as DealCommand;
      expect(there.and('product-1', answered).view.deal.gaps).toBeUndefined();
    }
  });

  it('ends once the note is a colleague’s: of somebody who opened the deal for the rep', () => {
    const theirs = story(
      pictureDeal({ ...HOSPITAL, 'H-RF2': 'unknown' })
        .map((line) => noteless(line, 'H-RF2'))
        .map(([, command]) => ['product-1', command]),
      pictureContext(),
    ).and('compliance-1', accept);
    const written = theirs.and('product-1', saved(theirs, 'H-RF2', NOTE));
    expect(Object.keys(written.view.deal.gaps ?? {})).toEqual(['H-RF2']);
    expect(given(written, 'product-1', 'rep-1', 'It is yours.').view.deal.gaps).toBeUndefined();
  });

  it('ends once another officer asks something, or settles a flag, and not where whoever looked does so', () => {
    const accepted = hospital({ 'H-RF2': 'unknown' }).and('compliance-1', accept);
    const question = 'A nun told me whom their guards whip. Who runs them?';
    const asks: DealCommand = { type: 'AskForInformation', step: 0, question };
    expect(accepted.and('compliance-2', asks).view.deal.gaps).toBeUndefined();
    expect(Object.keys(accepted.and('compliance-1', asks).view.deal.gaps ?? {})).toEqual(['H-RF2']);
    const flagged = accepted.and('product-1', { type: 'RaiseFlag', title: 'Their guards whip people' });
    expect(Object.keys(flagged.view.deal.gaps ?? {})).toEqual(['H-RF2']);
    const admits = ({ deal }: Story['view']): DealCommand =>
      ({ type: 'AdmitFlag', flag: deal.ownFlags[0]!.id, weight: 'light', reason: 'It may be.' }) as DealCommand;
    expect(flagged.and('compliance-2', admits).view.deal.gaps).toBeUndefined();
    const dismisses = ({ deal }: Story['view']): DealCommand => ({
      type: 'DismissFlag',
      flag: deal.ownFlags[0]!.id,
      reason: 'One baker alone tells us nothing.',
    });
    expect(flagged.and('compliance-2', dismisses).view.deal.gaps).toBeUndefined();
    expect(Object.keys(flagged.and('compliance-1', admits).view.deal.gaps ?? {})).toEqual(['H-RF2']);
  });

  it('ends once another officer takes another gap back, or sends a lighter answer back', () => {
    const two = hospital({ 'H-RF2': 'unknown', 'H-RF3-conflict': 'unknown' });
    const both = two.and('compliance-1', { type: 'AcceptGaps', questions: ['H-RF2', 'H-RF3-conflict'], reason });
    expect(Object.keys(both.view.deal.gaps ?? {})).toHaveLength(2);
    const why = 'A baker told me that those guards read letters of nuns.';
    const back: DealCommand = { type: 'TakeGapsBack', questions: ['H-RF3-conflict'], reason: why };
    expect(both.and('compliance-2', back).view.deal.gaps).toBeUndefined();
    expect(Object.keys(both.and('compliance-1', back).view.deal.gaps ?? {})).toEqual(['H-RF2']);
    const accepted = hospital({ 'H-RF2': 'unknown', 'H-RF3-conflict': 'yes' }).and('compliance-1', accept);
    const [, answers] = sectionWith(accepted, 'H-RF3-conflict');
    const lighter = accepted.and('rep-1', {
      ...saved(accepted, 'H-RF3-conflict'),
      answers: {
        ...(saved(accepted, 'H-RF3-conflict') as Extract<DealCommand, { type: 'AnswerSection' }>).answers,
        'H-RF3-conflict': { value: 'no', sources: answers['H-RF1']?.sources ?? [], note: 'As they told us.' },
      },
      why: 'They were let go.',
    } as DealCommand);
    expect(lighter.view.lighterSaid).toBeDefined();
    const sent = (by: string): Story =>
      lighter.and(by, ({ lighterSaid }) => ({
        type: 'RefuseLighter',
        asOf: lighterSaid?.at ?? '',
        reason: 'A nurse counted nine graves there.',
      }));
    expect(Object.keys(lighter.view.deal.gaps ?? {})).toEqual(['H-RF2']);
    expect(Object.keys(sent('compliance-1').view.deal.gaps ?? {})).toEqual(['H-RF2']);
    expect(sent('compliance-2').view.deal.gaps).toBeUndefined();
  });

  it('ends once a vote is taken back with a reason, something is heard of another deal, or a change is reported', () => {
    const accepted = hospital({ 'H-RF2': 'unknown' }).and('compliance-1', accept);
    const kept = ({ view }: Story): string[] => Object.keys(view.deal.gaps ?? {});
    const why = 'A baker told me whom their guards whip.';
    const back = (by: string): DealEvent => ({
      type: 'VoteTakenBack',
      step: 0,
      reason: why,
      by,
      at: '2027-06-01T09:00:00.000Z',
    });
    const heard = (worry: 'dismissed' | 'country' | 'conditions' | 'flag', more: Partial<HeardWorry> = {}): Story =>
      accepted.and(SYSTEM, {
        type: 'NoteOthers',
        ended: [],
        otherwise: [],
        worries: [{ deal: 'D-0THER1', of: worry, by: 'compliance-2', at: '2027-03-01T08:00:00.000Z', ...more }],
      });
    // A flag of the same end-user's deal waits here, too, and asks by itself: one that only goes through the same company does not.
    expect(kept(heard('flag'))).toEqual(['H-RF2']);
    expect(kept(heard('flag', { shares: 'sale' }))).toEqual([]);
    expect(kept(heard('dismissed'))).toEqual([]);
    expect(kept(heard('country'))).toEqual(['H-RF2']);
    // Voted again where an acceptance ended, they would end those of each other for ever.
    expect(kept(heard('conditions'))).toEqual(['H-RF2']);
    const { view } = accepted;
    const reported = (by: string) => ({
      ...view,
      deal: {
        ...view.deal,
        reassessments: [
          { id: 'r-1', trigger: 'A3' as const, why, by, since: '2027-06-01T09:00:00.000Z', due: '2027-07-01' },
        ],
      },
    });
    const gap = view.deal.gaps!['H-RF2']!;
    expect(['compliance-2', 'compliance-1'].map((by) => isSpokenNow([back(by)], gap))).toEqual([true, false]);
    expect(isSpokenSince(reported('compliance-2'), gap)).toBe(true);
    expect(isSpokenSince(reported('rep-1'), gap)).toBe(false);
  });

  it('ends once a colleague tells something of the end-user in another deal, and by no vote or acceptance there', () => {
    const LATER = '2027-03-01T12:00:00.000Z';
    const endUser = { name: 'Merganser Fen Clinic', kind: 'government' as const };
    const mine = dealNamed('D-F1RST1', { 'H-RF2': 'unknown' }, { endUser }).and('compliance-1', accept);
    expect(Object.keys(mine.view.deal.gaps ?? {})).toEqual(['H-RF2']);
    const after = (other: Story): string[] => {
      const note = noteOf(mine, other);
      return Object.keys((note ? mine.and(SYSTEM, note) : mine).view.deal.gaps ?? {});
    };
    const given = (reason: string, name = endUser.name): Story =>
      openNamed('D-0THER1', { endUser: { ...endUser, name } }, undefined, 'product-1').and(
        'product-1',
        { type: 'ReassignOwner', to: 'rep-1', reason },
        LATER,
      );
    expect(after(given(WORDS))).toEqual([]);
    expect(after(given(WORDS, 'Merganser Fenn Clinic'))).toEqual([]);
    expect(after(given(WORDS, 'Whimbrel Ferry Board'))).toEqual(['H-RF2']);
    const theirs = dealNamed('D-0THER1', { 'H-RF2': 'unknown' }, { endUser });
    expect(after(theirs.and('compliance-2', accept, LATER))).toEqual(['H-RF2']);
    // Whoever accepted it knows what they write themselves.
    const own = theirs.and('compliance-1', { type: 'Recuse', reason: 'My cousin works there.' }, LATER);
    expect(after(own)).toEqual(['H-RF2']);
  });

  it('ends over what was told just before it was accepted: a page that was drawn before that need not have it', () => {
    const endUser = { name: 'Merganser Fen Clinic', kind: 'government' as const };
    const mine = dealNamed('D-F1RST1', { 'H-RF2': 'unknown' }, { endUser }).and('compliance-1', accept);
    const acceptedAt = Date.parse(mine.view.deal.gaps!['H-RF2']!.at);
    const kept = (seconds: number): string[] => {
      const at = new Date(acceptedAt - seconds * 1000).toISOString();
      const other = openNamed('D-0THER1', { endUser }, undefined, 'product-1').and(
        'product-1',
        { type: 'ReassignOwner', to: 'rep-1', reason: WORDS },
        at,
      );
      const note = noteOf(mine, other);
      return Object.keys((note ? mine.and(SYSTEM, note) : mine).view.deal.gaps ?? {});
    };
    expect(kept(5)).toEqual([]);
    expect(kept(60)).toEqual(['H-RF2']);
  });

  it('ends once a colleague answers what speaks against the deal, or saves that, and not by what whoever sells it answers', () => {
    const accepted = hospital({ 'H-RF2': 'unknown' }).and('compliance-1', accept);
    const kept = (by: string, type: 'AnswerSection' | 'SaveSectionForLater'): string[] => {
      const there = by === 'rep-1' ? accepted : handed(accepted, 'H-RF8');
      const [section, answers] = sectionWith(there, 'H-RF8');
      const worse = { ...answers, 'H-RF8': { ...answers['H-RF8']!, value: 'yes' } };
      return Object.keys(there.and(by, { type, section, answers: worse } as DealCommand).view.deal.gaps ?? {});
    };
    for (const type of ['AnswerSection', 'SaveSectionForLater'] as const)
      expect(['rep-1', 'product-1'].map((by) => kept(by, type))).toEqual([['H-RF2'], []]);
  });

  it('counts for no approval over what was written on a sheet since: the vote comes back, and compliance looks again', () => {
    const context = pictureContext();
    const accepted = story(pictureDeal({ ...HOSPITAL, 'H-RF2': 'unknown' }), context).and('compliance-1', accept);
    const at = '2027-03-01T11:00:00.000Z';
    const { destination } = accepted.view.deal.details;
    const sheet = {
      id: `country:${destination}`,
      on: { of: 'country' as const, country: destination },
      version: 1,
      until: '2028-03-01',
      by: 'compliance-2',
      at,
      answers: { 'H-RF3-conflict': { value: 'no', note: NOTE, sources: [], by: 'compliance-2', at } },
      changes: [],
      said: [],
      disputes: [],
    };
    const now = story([], { ...context, organisation: { ...context.organisation, sheets: [sheet] } }).resume(accepted);
    const asked = now
      .when('compliance-2', (v) => voteOf(v, weighed), at)
      .refused('facts changed', /Somebody said something of this deal since compliance accepted/);
    expect(asked.view.deal.gaps).toBeUndefined();
    const after = now.and(
      'compliance-2',
      (v) => voteOf(v, { ...weighed, outcome: 'decline', rationale: 'They whip people there, a nurse says.' }),
      at,
    );
    expect(after.state.status).toBe('decided');
  });

  it('ends once somebody else issues an alert on the country', () => {
    const alert = {
      id: 'alert-1' as const,
      country: '',
      why: 'Guards whip fishers.',
      on: '2027-03-01',
      by: 'compliance-2',
      at: '2027-03-01T11:00:00.000Z',
    };
    const context = pictureContext();
    const accepted = story(pictureDeal({ ...HOSPITAL, 'H-RF2': 'unknown' }), context).and('compliance-1', accept);
    const noted = (by: string): Story => {
      const one = { ...alert, by, country: accepted.view.deal.details.destination };
      const organisation = { ...context.organisation, alerts: [one] };
      return story([], { ...context, organisation })
        .resume(accepted)
        .and('system', { type: 'NoteAlert', alert: one }, alert.at);
    };
    expect(noted('compliance-2').view.deal.gaps).toBeUndefined();
    expect(Object.keys(noted('compliance-1').view.deal.gaps ?? {})).toEqual(['H-RF2']);
  });

  it('ends once somebody denies having said what another answer stands on', () => {
    const named = story(
      pictureDeal({ ...HOSPITAL, 'H-RF2': 'unknown' }).map(([actor, command]) =>
        command.type === 'AnswerSection' && command.answers['H-RF1']
          ? [
              actor,
              {
                ...command,
                answers: {
                  ...command.answers,
                  'H-RF1': { ...command.answers['H-RF1'], sources: [], basis: { told: 'product-1' } },
                },
              } as DealCommand,
            ]
          : [actor, command],
      ),
      pictureContext(),
    ).and('compliance-1', accept);
    expect(Object.keys(named.view.deal.gaps ?? {})).toContain('H-RF2');
    const denied = named.and('product-1', { type: 'ObjectToBasis', reason: 'Never: their guards whip people.' });
    expect(denied.events.some(({ type }) => type === 'BasisObjected')).toBe(true);
    expect(denied.view.deal.gaps).toBeUndefined();
  });
});
