/** Compliance accepts that something is not known: the plays of whoever would gain by it. */

import { describe, expect, it } from 'vitest';
import { gapsTakenBackTold } from '../../../../blocks/cards/facts-gaps.ts';
import { takenBackItems } from '../../../../blocks/cards/gap-words.ts';
import { acceptGapsForm } from '../../../../blocks/forms/gaps.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { acceptableGaps, acceptedGaps, exceptionToConfirm } from '../../../../flows/deal/context/gaps.ts';
import type { ValueBand } from '../../../../flows/deal/deal.ts';
import { factsText } from '../../../../flows/deal/deciding/facts.ts';
import { gapsShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { GapAcceptance } from '../../../../flows/gap-acceptance.ts';
import { aDeal, anOrganisation } from '../../../support/deal-builders.ts';
import {
  answerLighter,
  answerPicture,
  openPicture,
  pictureContext,
  pictureDeal,
  weighed,
} from '../../../support/picture-deal.ts';
import { answeredDeal, CONTEXT, story, type Line, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';

const REASON = 'Nobody publishes on this small agency.';
const accept = (...questions: string[]): DealCommand => ({ type: 'AcceptGaps', questions, reason: REASON });

const confirmLighter = ({ deal }: DealView): DealCommand => ({
  type: 'ConfirmLighter',
  asOf: deal.lighterSaid?.at ?? '',
});

/** It collects data, and of its end-user nobody knows whether misuse is on record: high, until that is settled. */
const unknown = { P1: 'yes', 'H3-targeted': 'unknown' };
const withGap = () => story(pictureDeal(unknown), pictureContext());

const ALERT = {
  id: 'alert-1',
  country: 'NO',
  why: 'Elections were called off.',
  on: '2027-02-20',
  by: 'compliance-1',
  at: '2027-02-21T09:00:00.000Z',
};

describe('accepting what is not known', () => {
  it('counts it as a concern, never as the good answer, and names who accepted it and why', () => {
    expect(withGap().state).toMatchObject({ status: 'deciding', tier: 'high' });
    const told = withGap().when('compliance-1', accept('H3-targeted')).then('GapsAccepted', 'DealRouted');
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated', round: 2 });
    expect(story(pictureDeal({ P1: 'yes' }), pictureContext()).state).toMatchObject({ tier: 'low' });
    expect(acceptedGaps(told.view)).toMatchObject([
      { question: { id: 'H3-targeted', why: 'unknown' }, by: 'compliance-1', reason: REASON },
    ]);
  });

  it('is a fact: votes on the facts before are void, and voters are told what was accepted', () => {
    const voted = withGap().vote('compliance-2', weighed);
    const told = voted.when('compliance-1', accept('H3-targeted')).then('GapsAccepted', 'VotesVoided', 'DealRouted');
    expect(told.events.find((e) => e.type === 'VotesVoided')).toMatchObject({
      voters: ['compliance-2'],
      differences: [
        { what: 'gap', id: 'H3-targeted', before: 'not accepted', after: `accepted by compliance: “${REASON}”` },
      ],
    });
    expect(factsText(told.view)).toContain(REASON);
  });

  it('leaves the facts text of a deal without any as it was', () => {
    expect(factsText(withGap().view)).not.toMatch(/gaps|confirmed|alert/);
  });

  it('makes nobody part of the deal team: who accepted may vote', () => {
    const told = withGap().and('compliance-1', accept('H3-targeted'));
    expect(told.view.deal.team).toEqual(['rep-1']);
    expect(told.vote('compliance-1', weighed).state).toMatchObject({ status: 'deciding', step: 1 });
  });

  it('keeps who accepted off the deal team', () => {
    const told = withGap().and('compliance-1', accept('H3-targeted'));
    const own = (to: string): DealCommand => ({ type: 'ReassignOwner', to, reason: 'She sells it now' });
    told.when('compliance-2', own('compliance-1')).refused('not allowed', /accepted something as not known/);
    told
      .when('compliance-2', { type: 'HandOverSection', section: 'end-user', to: 'compliance-1' })
      .refused('not allowed', /accepted something/);
    withGap()
      .when('compliance-2', own('compliance-1'))
      .refused('not allowed', /too few could decide/);
  });

  it('works before all questions are answered too', () => {
    const half = story(pictureDeal(unknown).slice(0, -1), pictureContext());
    expect(half.when('compliance-1', accept('H3-targeted')).then('GapsAccepted').state.status).toBe('answering');
  });

  it('is for compliance that is not on the deal', () => {
    withGap()
      .when('rep-1', accept('H3-targeted'))
      .refused('not allowed', /Only compliance/);
    withGap()
      .when('senior-1', accept('H3-targeted'))
      .refused('not allowed', /Only compliance/);
    const { groups } = pictureContext().organisation;
    const sells = groups.map((g) => (g.id === 'compliance' ? { ...g, members: [...g.members, 'rep-1'] } : g));
    story(pictureDeal(unknown), pictureContext({ groups: sells }))
      .when('rep-1', accept('H3-targeted'))
      .refused('not allowed', /on the deal team/);
  });

  it('covers nothing that must be known, is known, or is accepted already', () => {
    const open = story(pictureDeal({ ...unknown, P2: 'unknown' }), pictureContext());
    expect(acceptableGaps(open.view).map(({ id }) => id)).toEqual(['H3-targeted']);
    for (const id of ['P2', 'H-RF1', 'constructor', 'end-user-kind']) {
      open.when('compliance-1', accept(id)).refused('not valid', /can’t be accepted/);
    }
    const once = open.and('compliance-1', accept('H3-targeted'));
    once.when('compliance-2', accept('H3-targeted')).refused('not now', /accepted already/);
    open.when('compliance-1', accept()).refused('not valid', /choose/);
    open.when('compliance-1', { ...accept('H3-targeted'), reason: ' ok ' } as DealCommand).refused('not valid', /why/);
  });

  it('does not cover an end-user of unknown kind', () => {
    const deal = story([openPicture('unknown'), ...pictureDeal(unknown, 'unknown').slice(1)], pictureContext());
    expect(acceptableGaps(deal.view).map(({ id }) => id)).not.toContain('end-user-kind');
  });

  it('needs a risk picture, and an open deal', () => {
    story(answeredDeal({ 'H-RF1': 'unknown' }))
      .when('compliance-1', accept('H-RF1'))
      .refused('not now');
    withGap()
      .and('rep-1', { type: 'Withdraw', reason: 'Lost' })
      .when('compliance-1', accept('H3-targeted'))
      .refused('not now', /withdrawn/);
  });

  it('is not given on a page that shows older answers', () => {
    const seen = gapsShown(withGap().view);
    const now = withGap().and(
      ...answerPicture('end-user', { ...unknown, 'H3-targeted': 'no', 'H5-legitimate': 'unknown' }),
    );
    now.when('compliance-1', { ...accept('H5-legitimate'), seen } as DealCommand).refused('facts changed');
    withGap()
      .when('compliance-1', { ...accept('H3-targeted'), seen } as DealCommand)
      .then('GapsAccepted', 'DealRouted');
  });
});

describe('profiting from an acceptance', () => {
  it('covers no "don’t know" that replaced a "yes" later', () => {
    const accepted = withGap().and('compliance-1', accept('H3-targeted'));
    const yes = accepted.and(...answerPicture('end-user', { ...unknown, 'H3-targeted': 'yes' }));
    expect(yes.state).toMatchObject({ status: 'deciding', tier: 'high' });
    const again = yes.and(...answerLighter('end-user', unknown)).and('compliance-2', confirmLighter);
    expect(again.view.deal.gaps).toBeUndefined();
    expect(acceptedGaps(again.view)).toEqual([]);
    expect(again.state).toMatchObject({ status: 'deciding', tier: 'high' });
  });

  it('nor one that replaced it over a withdrawal and a reopening', () => {
    const again = withGap()
      .and('compliance-1', accept('H3-targeted'))
      .and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' })
      .and('rep-1', { type: 'Reopen', reason: 'They asked once more' })
      .and(...answerPicture('end-user', { ...unknown, 'H3-targeted': 'yes' }))
      .and(...answerLighter('end-user', unknown))
      .and('compliance-2', confirmLighter);
    expect(again.view.deal.lighterSaid).toBeUndefined();
    expect(again.state).toMatchObject({ status: 'deciding', tier: 'high' });
  });

  it('stays while the answer stays', () => {
    const same = withGap()
      .and('compliance-1', accept('H3-targeted'))
      .and(...answerPicture('end-user', { ...unknown, 'H-RF3-conflict': 'unknown' }));
    expect(acceptedGaps(same.view).map(({ question }) => question.id)).toEqual(['H3-targeted']);
  });

  it.each([
    ['country', { destination: 'SE' }, { status: 'deciding', tier: 'high' }],
    [
      'end-user',
      { endUser: { name: 'Another ministry', kind: 'government' as const } },
      { status: 'deciding', tier: 'high' },
    ],
    // What it could be misused against is asked of it, too.
    ['product', { product: { id: 'other', name: 'Another product' } }, { status: 'answering' }],
  ])('covers no other %s', (_what, changed, expected) => {
    const accepted = withGap().and('compliance-1', accept('H3-targeted'));
    const details = { ...accepted.view.deal.details, ...changed };
    const told = accepted.and('rep-1', { type: 'CorrectDetails', details, reason: 'A typo' });
    expect(told.state).toMatchObject(expected);
    expect(told.view.deal.gaps).toBeUndefined();
    const notices = noticesBetween(accepted, told);
    expect(toldOf(notices, 'details corrected')).toEqual(['thread', 'compliance-1']);
    expect(JSON.stringify(notices)).toContain('"ended":["H3-targeted"]');
  });

  it('ends once its purpose is said in other words, and reads as nothing that the rep took back', () => {
    const accepted = withGap().and('compliance-1', accept('H3-targeted'));
    const [rep, command] = answerPicture('stakeholders', unknown);
    if (command.type !== 'AnswerSection') throw new Error(command.type);
    const purpose = (value: string): Story =>
      accepted.and(rep, {
        ...command,
        answers: { ...command.answers, S1: { ...command.answers['S1'], value, sources: [] } },
      });
    const same = command.answers['S1']?.value;
    expect(purpose(`${String(same)}!`).view.deal.gaps).toHaveProperty('H3-targeted');
    const told = purpose('Follow who protests there.');
    expect(told.view.deal.gaps).toBeUndefined();
    const card = told.events.find(({ type }) => type === 'GapsTakenBack');
    expect(card).toMatchObject({ by: 'rep-1', questions: ['H3-targeted'] });
    const fact = { fact: 'gaps taken back' as const, by: 'rep-1', reason: 'Other words.', questions: ['H3-targeted'] };
    expect(JSON.stringify(gapsTakenBackTold(told.view, fact))).toMatch(
      /After what .*rep-1.* said, this is not accepted any more/,
    );
    expect(JSON.stringify(takenBackItems(told.view))).toContain('By what was said by');
    expect(JSON.stringify(acceptGapsForm(told.view))).toMatch(
      /other words since compliance looked\. By what .*rep-1.* said/,
    );
  });

  it('is kept where less is to be sold, and not where more is', () => {
    const accepted = withGap().and('compliance-1', accept('H3-targeted'));
    const valued = (valueBand: ValueBand) =>
      accepted.and('rep-1', {
        type: 'CorrectDetails',
        details: { ...accepted.view.deal.details, valueBand },
        reason: 'A typo',
      }).state;
    expect(valued('under-50k')).toMatchObject({ tier: 'elevated' });
    expect(valued('over-10m')).toMatchObject({ tier: 'high' });
  });
});

/** A hospital in a repressive country. */
const HOSPITAL = { P1: 'yes', G8: 'yes', 'H-RF4': 'yes', 'H-RF5-oversight': 'yes', 'L-RF1': 'yes' };

describe('an exception of the risk picture', () => {
  const hospital = () => story(pictureDeal(HOSPITAL), pictureContext());
  const confirm: DealCommand = { type: 'AcceptGaps', questions: [], reason: REASON, confirm: 'clean-benefit' };

  it('holds once compliance confirms it, for this deal as it stands', () => {
    expect(hospital().state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(exceptionToConfirm(hospital().view)).toMatchObject({ id: 'clean-benefit', tier: 'elevated' });
    const told = hospital().when('compliance-1', confirm).then('GapsAccepted', 'DealRouted');
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
    expect(told.view.deal.exceptions).toMatchObject({ 'clean-benefit': { by: 'compliance-1', reason: REASON } });
    expect(exceptionToConfirm(told.view)).toBeUndefined();
    told.when('compliance-2', confirm).refused('not now', /confirmed already/);
    hospital().when('rep-1', confirm).refused('not allowed');
    withGap()
      .when('compliance-1', confirm)
      .refused('not now', /does not fit/);
  });

  it('counts for what its form showed: not where another end-user, country or answer took its place', () => {
    const shown = hospital();
    const press = { ...confirm, seen: gapsShown(shown.view) } as DealCommand;
    const { details } = shown.view.deal;
    const correct = (changed: Partial<typeof details>): DealCommand => ({
      type: 'CorrectDetails',
      details: { ...details, ...changed },
      reason: 'A typo',
    });
    for (const line of [
      ['rep-1', correct({ endUser: { ...details.endUser, name: 'The prison next door' } })],
      ['rep-1', correct({ destination: 'SE' })],
      answerPicture('end-user', { ...HOSPITAL, 'H-RF3-conflict': 'yes' }),
    ] as Line[]) {
      const changed = shown.and(...line);
      if (exceptionToConfirm(changed.view)) changed.when('compliance-1', press).refused('facts changed');
    }
    const renamed = shown
      .and('rep-1', correct({ endUser: { ...details.endUser, name: 'The prison next door' } }))
      .and(...answerPicture('product', HOSPITAL))
      .and(...answerPicture('stakeholders', HOSPITAL))
      .and(...answerPicture('end-user', HOSPITAL))
      .and(...answerPicture('context', HOSPITAL));
    expect(exceptionToConfirm(renamed.view)).toBeDefined();
    expect(
      renamed.and('compliance-1', { ...confirm, seen: gapsShown(renamed.view) } as DealCommand).state,
    ).toMatchObject({
      tier: 'elevated',
    });
    shown.when('compliance-1', press).then('GapsAccepted', 'DealRouted');
  });

  it('ends where an answer loses what it stood on, and not where it gains something', () => {
    const told = hospital().and('compliance-1', confirm);
    const [actor, same] = answerPicture('end-user', HOSPITAL);
    const based = (sources: readonly object[]): DealCommand => {
      const { answers, ...rest } = same as Extract<DealCommand, { type: 'AnswerSection' }>;
      const given = Object.entries(answers).map(([id, answer]) => [id, { ...answer, sources }]);
      return { ...rest, answers: Object.fromEntries(given) } as DealCommand;
    };
    const { sources } = Object.values((same as Extract<DealCommand, { type: 'AnswerSection' }>).answers)[0]!;
    const other = { name: 'Another sample report 2027', url: 'https://example.com/other' };
    expect(told.and(actor, based([...sources, other])).state).toMatchObject({ tier: 'elevated' });
    const replaced = told.and(actor, based([other, { ...other, name: 'A third sample report 2027' }]));
    expect(replaced.view.deal.exceptions).toBeUndefined();
    expect(replaced.state).toMatchObject({ tier: 'high' });
  });

  it('ends with any other answer, even one that is changed back', () => {
    const told = hospital()
      .and('compliance-1', confirm)
      .and(...answerPicture('end-user', { ...HOSPITAL, 'H-RF3-conflict': 'yes' }))
      .and(...answerLighter('end-user', HOSPITAL))
      .and('compliance-2', confirmLighter);
    expect(told.view.deal.lighterSaid).toBeUndefined();
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
  });
});

describe('a standing country alert', () => {
  const note: DealCommand = { type: 'NoteAlert', alert: ALERT };
  const clean = { P3: 'yes' };
  const under = (changed: Record<string, string>) => story(pictureDeal(changed), pictureContext({ alerts: [] })).state;
  const alerted = pictureContext({ alerts: [ALERT] });

  it('is a concern: the tier is set again when the deal hears of it', () => {
    expect(under(clean)).toMatchObject({ tier: 'low' });
    const told = story(pictureDeal(clean), alerted);
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated', round: 1 });
    expect(told.view.deal.warned).toEqual(['alert-1']);
  });

  it('voids the votes of a deal under review once, and its end too', () => {
    const organisation = { ...pictureContext().organisation };
    const context = { ...pictureContext(), organisation };
    const voted = story(pictureDeal({ P3: 'yes', 'H-RF3-conflict': 'yes' }), context).vote('compliance-1', weighed);
    expect(voted.state).toMatchObject({ status: 'deciding', tier: 'elevated', step: 1 });
    organisation.alerts = [ALERT];
    const told = voted.when('system', note).then('AlertNoted', 'VotesVoided', 'DealRouted');
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated', step: 0, votes: [] });
    expect(told.view.deal.lastVoided?.differences).toMatchObject([{ what: 'alert' }]);
    organisation.alerts = [ALERT, { ...ALERT, id: 'alert-2' }];
    // A second one says nothing new to the picture.
    const second = told
      .and('system', { type: 'NoteAlert', alert: { ...ALERT, id: 'alert-2' } })
      .vote('compliance-1', weighed);
    organisation.alerts = [ALERT];
    const more = second
      .when('system', { type: 'NoteAlertEnd', alert: 'alert-2', reason: 'A mistake', by: 'compliance-2' })
      .then('AlertEnded');
    organisation.alerts = [];
    more
      .when('system', { type: 'NoteAlertEnd', alert: 'alert-1', reason: 'A mistake', by: 'compliance-2' })
      .then('AlertEnded', 'VotesVoided', 'DealRouted');
  });

  it('is noted before the route is set: a correction into its country is routed once', () => {
    const elsewhere = story([openPicture('government', 'SE'), ...pictureDeal(clean).slice(1)], alerted);
    expect(elsewhere.state).toMatchObject({ status: 'deciding', tier: 'low' });
    const details = { ...elsewhere.view.deal.details, destination: 'NO' };
    const told = elsewhere
      .when('rep-1', { type: 'CorrectDetails', details, reason: 'A typo' })
      .then('DetailsCorrected', 'LawsTaken', 'AlertNoted', 'QuestionsReopened')
      .and(...answerPicture('end-user', clean))
      .and(...answerPicture('stakeholders', clean))
      .when(...answerPicture('laws', clean))
      .then('SectionAnswered', 'DealRouted');
    expect(told.state).toMatchObject({ tier: 'elevated', round: 2 });
    expect(told.events.find((e) => e.type === 'AlertNoted')?.by).toBe('system');
    const back = told.and('rep-1', { type: 'CorrectDetails', details: aDeal().details, reason: 'It was right' });
    expect(back.view.deal.warned).toEqual(['alert-1']);
    const away = told
      .and('rep-1', { type: 'CorrectDetails', details: { ...details, destination: 'SE' }, reason: 'It was right' })
      .and(...answerPicture('end-user', clean))
      .and(...answerPicture('stakeholders', clean))
      .and(...answerPicture('laws', clean));
    expect(away.view.deal.warned).toEqual([]);
    // Another country is another deal: what counted there counts until compliance looked.
    expect(away.state).toMatchObject({ tier: 'elevated' });
    const asOf = away.view.deal.lighterSaid!.at;
    expect(away.and('compliance-1', { type: 'ConfirmLighter', asOf }).state).toMatchObject({ tier: 'low' });
  });

  it('changes no fact of a policy without a risk picture', () => {
    const organisation = anOrganisation();
    const voted = story(answeredDeal({ 'H-RF1': 'yes' }), { ...CONTEXT, organisation }).vote('compliance-1');
    organisation.alerts = [ALERT];
    expect(voted.when('system', note).then('AlertNoted').state).toMatchObject({ step: 1, votes: [{}] });
  });
});

describe('an acceptance for a country or a product', () => {
  const ofNorway: GapAcceptance = {
    id: 'gap-1',
    on: { of: 'country', country: 'NO' },
    questions: ['H-RF3-conflict', 'L-RF1'],
    reason: REASON,
    until: '2027-09-01',
    by: 'compliance-2',
    at: '2027-02-01T09:00:00.000Z',
  };
  const repressive = { P1: 'yes', 'H-RF3-conflict': 'unknown', 'H-RF4': 'unknown', 'L-RF1': 'unknown' };
  const under = (...acceptances: GapAcceptance[]) => pictureContext({ acceptances });
  const taken = (view: DealView): string[] => acceptedGaps(view).map(({ question }) => question.id);

  it('is taken by name by a later deal, once its questions are answered', () => {
    const told = story(pictureDeal(repressive), under(ofNorway));
    expect(told.events.map((e) => e.type).slice(-3)).toEqual(['SectionAnswered', 'GapsAccepted', 'DealRouted']);
    expect(acceptedGaps(told.view)).toMatchObject([
      {
        question: { id: 'H-RF3-conflict' },
        by: 'compliance-2',
        reason: REASON,
        from: { id: 'gap-1', until: '2027-09-01' },
      },
      { question: { id: 'L-RF1' } },
    ]);
    expect(told.view.deal.team).toEqual(['rep-1']);
    expect(
      told
        .when('rep-1', { type: 'RaiseFlag', title: 'A sample worry of ours' })
        .then('FlagRaised', 'DealRouted')
        .events.filter((e) => e.type === 'GapsAccepted'),
    ).toHaveLength(1);
  });

  it.each<[string, GapAcceptance]>([
    ['another country', { ...ofNorway, on: { of: 'country', country: 'SE' } }],
    ['a day that has passed', { ...ofNorway, until: '2027-02-28' }],
    ['somebody who works on the deal', { ...ofNorway, by: 'rep-1' }],
    [
      'a product, of a question about the country',
      { ...ofNorway, on: { of: 'product', product: 'analytics', name: 'Sample Analytics' } },
    ],
    ['conduct of the end-user', { ...ofNorway, questions: ['H3-targeted', 'H-RF1', 'H-RF8'] }],
  ])('is not taken from %s', (_what, acceptance) => {
    const unclear = { ...repressive, 'H3-targeted': 'unknown', 'H-RF1': 'unknown' };
    expect(story(pictureDeal(unclear), under(acceptance)).view.deal.gaps).toBeUndefined();
  });

  it('does not cover a product outside the catalogue that has the same id', () => {
    const ofOther: GapAcceptance = {
      ...ofNorway,
      on: { of: 'product', product: 'other', name: 'A lens' },
      questions: ['P-RF1'],
    };
    const [, ...lines] = pictureDeal({ P1: 'yes', 'P-RF1': 'unknown' });
    const { details } = aDeal();
    const open: Line = [
      'rep-1',
      {
        type: 'OpenDeal',
        deal: 'D-7K3QXM',
        home: { platform: 'slack', channel: 'C0CLEAR' },
        details: {
          ...details,
          product: { id: 'other', name: 'A spy camera' },
          endUser: { ...details.endUser, kind: 'government' },
        },
      },
    ];
    expect(story([open, ...lines], under(ofOther)).view.deal.gaps).toBeUndefined();
  });

  it('covers a product', () => {
    const ofProduct: GapAcceptance = {
      ...ofNorway,
      on: { of: 'product', product: 'analytics', name: 'Sample Analytics' },
      questions: ['P-RF1', 'P4'],
    };
    const told = story(pictureDeal({ P1: 'yes', P4: 'unknown', 'P-RF1': 'unknown' }), under(ofProduct));
    expect(taken(told.view)).toEqual(['P4', 'P-RF1']);
  });

  it('profits nobody who said "yes" first, saved or half-filled', () => {
    const yes = { ...repressive, 'H-RF3-conflict': 'yes' };
    const flipped = story(pictureDeal(yes), under(ofNorway)).and(...answerLighter('end-user', repressive));
    expect(taken(flipped.view)).toEqual(['L-RF1']);

    const [, command] = answerPicture('end-user', yes);
    const answers = command.type === 'AnswerSection' ? command.answers : {};
    const lines = pictureDeal(repressive);
    const at = lines.findIndex(([, c]) => c.type === 'AnswerSection' && c.section === 'end-user');
    const draft: Line = ['rep-1', { type: 'SaveSectionForLater', section: 'end-user', answers }];
    const said = answerLighter('end-user', repressive);
    const half = story([...lines.slice(0, at), draft, said, ...lines.slice(at + 1)], under(ofNorway)).and(
      'compliance-2',
      confirmLighter,
    );
    expect(taken(half.view)).toEqual(['L-RF1']);

    const hidden = story(pictureDeal(yes), under(ofNorway))
      .and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' })
      .and('rep-1', { type: 'Reopen', reason: 'They asked once more' })
      .and(...answerLighter('end-user', repressive))
      .and('compliance-2', confirmLighter);
    expect(taken(hidden.view)).toEqual(['L-RF1']);
    // Compliance, who sees that it was answered differently, still can.
    expect(acceptableGaps(hidden.view).map(({ id }) => id)).toContain('H-RF3-conflict');
  });

  it('is taken again by a deal that is reopened, only where it still stands', () => {
    const organisation = { ...under(ofNorway).organisation };
    const context = { ...pictureContext(), organisation };
    const gone = story(pictureDeal(repressive), context).and('rep-1', { type: 'Withdraw', reason: 'Lost' });
    expect(gone.view.deal.gaps).toBeDefined();
    expect(taken(gone.and('rep-1', { type: 'Reopen', reason: 'Won after all' }).view)).toEqual([
      'H-RF3-conflict',
      'L-RF1',
    ]);
    organisation.acceptances = [];
    expect(taken(gone.and('rep-1', { type: 'Reopen', reason: 'Won after all' }).view)).toEqual([]);
  });

  it('stays with a deal under way when it ends', () => {
    const organisation = { ...under(ofNorway).organisation };
    const told = story(pictureDeal(repressive), { ...pictureContext(), organisation });
    organisation.acceptances = [];
    expect(taken(told.and('rep-1', { type: 'RaiseFlag', title: 'A sample worry of ours' }).view)).toEqual([
      'H-RF3-conflict',
      'L-RF1',
    ]);
  });
});
