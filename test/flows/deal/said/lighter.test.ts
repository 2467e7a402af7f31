/** Plays of a rep who makes a deal lighter by answers that change nothing at once. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { EndUserKind, FactValue } from '../../../../flows/policy/policy.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';

type Answers = Record<string, FactValue>;

const deal = (answers: Answers, kind: EndUserKind = 'government'): Story =>
  story(pictureDeal(answers, kind), pictureContext());
const because = ([actor, command]: Line): Line => [actor, { ...command, why: 'It was a mistake' } as DealCommand];
const confirm = ({ lighterSaid }: DealView): DealCommand => ({ type: 'ConfirmLighter', asOf: lighterSaid?.at ?? '' });
const refuse = (view: DealView): DealCommand => ({
  type: 'RefuseLighter',
  asOf: view.lighterSaid?.at ?? '',
  reason: 'It was no mistake',
});
const said = (view: DealView): (string | undefined)[] => view.deal.was?.map(({ question }) => question) ?? [];
const waiting = ({ lighterSaid }: DealView): string[] =>
  (lighterSaid?.answers ?? []).map(({ question }) => question).toSorted((a, b) => a.localeCompare(b));

describe('an answer that gets lighter and changes nothing at once', () => {
  const BAD: Answers = { P1: 'yes', 'H-RF1': 'yes', 'H-RF4': 'yes' };
  it.each([
    ['context', 'G10', 'cause', 'linked', BAD],
    ['stakeholders', 'S2-record', 'poor', 'unchecked', { ...BAD, 'S2-contracted': 'yes' }],
    ['end-user', 'H2', 'no', 'yes', BAD],
    ['context', 'G8', 'no', 'yes', BAD],
    ['product', 'P6', 'yes', 'no', { ...BAD, 'P6-how': 'By following people.' }],
    ['product', 'P4', 'yes', 'no', { ...BAD, P2: 'yes' }],
    ['end-user', 'G11', ['dissent', 'critics'], ['none'], { ...BAD, 'H-RF4': 'no' }],
    ['end-user', 'G11', ['dissent', 'critics'], ['critics'], BAD],
  ] as [string, string, FactValue, FactValue, Answers][])(
    'asks why and keeps what was said: %s %s from %j to %j',
    (section, question, before, now, rest) => {
      const heavy = deal({ ...rest, [question]: before });
      const lighter = answerPicture(section, { ...rest, [question]: now });
      heavy.when(...lighter).refused('not valid', /why/, 'why');
      const told = heavy.and(...because(lighter));
      expect(told.view.deal.was).toMatchObject([
        { question, before, by: 'rep-1', changedBy: 'rep-1', why: 'It was a mistake' },
      ]);
      expect(told.view.lighterSaid).toBeUndefined();
      expect(told.view.assessment.tier).toBe(heavy.view.assessment.tier);
    },
  );

  it.each([
    ['product', { P4: 'no' }, { P4: 'yes' }],
    ['product', { P3: 'yes' }, { P1: 'yes' }],
    ['stakeholders', { S1: 'The police count cars.' }, { S1: 'The police there count cars.' }],
    ['end-user', { ...BAD, G11: ['critics'] }, { ...BAD, G11: ['critics', 'dissent'] }],
    ['end-user', { 'H3-targeted': 'no' }, { 'H3-targeted': 'unknown' }],
  ] as [string, Answers, Answers][])('asks nothing where it is as heavy as before: %s', (section, before, now) => {
    const told = deal(before).and(...answerPicture(section, now));
    expect([said(told.view), told.view.lighterSaid]).toEqual([[], undefined]);
  });
});

describe('an answer that was saved for later and is asked no more', () => {
  it('is still heavier than what is said once it is asked again', () => {
    const quiet: Answers = { P1: 'yes' };
    const asked: Answers = { ...quiet, 'H-RF1': 'yes', G10: 'linked' };
    const told = deal(quiet)
      .and('rep-1', {
        type: 'SaveSectionForLater',
        section: 'context',
        answers: { G10: { value: 'cause', sources: [] } },
      } as DealCommand)
      .and(...answerPicture('context', quiet))
      .and(...answerPicture('end-user', asked));
    told.when(...answerPicture('context', asked)).refused('not valid', /why/, 'why');
    const after = told.and(...because(answerPicture('context', asked)));
    expect(after.view.deal.was).toMatchObject([{ question: 'G10', before: 'cause', by: 'rep-1' }]);
  });
});

describe('two steps of which the first changes nothing', () => {
  it('“cause” to “linked”, then the misuse: both wait, and are shown, until compliance confirms them', () => {
    const first: Answers = { P1: 'yes', 'H-RF1': 'yes', 'H-RF3-conflict': 'yes', G10: 'linked' };
    const then: Answers = { ...first, 'H-RF1': 'no' };
    const told = deal({ ...first, G10: 'cause' })
      .and(...because(answerPicture('context', first)))
      .and(...because(answerPicture('end-user', then)));
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(said(told.view)).toEqual(['G10', 'H-RF1']);
    expect(waiting(told.view)).toEqual(['G10', 'H-RF1']);
    expect(told.view.lighterSaid?.changes).toHaveLength(2);
    const confirmed = told.and('compliance-1', confirm);
    expect(confirmed.view.assessment.tier).toBe('elevated');
    expect(confirmed.view.lighterSaid).toBeUndefined();
    const back = told.and('compliance-1', refuse);
    expect(back.view.facts.answers).toMatchObject({ G10: 'cause', 'H-RF1': 'yes' });
    expect(back.view.lighterSaid).toBeUndefined();
    expect(back.view.assessment.tier).toBe('high');
  });

  it('a colleague’s “yes” in between, answered over: refused, it is what counts again', () => {
    const heavy: Answers = { P1: 'yes', 'L-RF1': 'yes', 'L-RF4': 'yes', 'H-RF4': 'yes' };
    const slip: Answers = { P1: 'yes', 'H-RF4': 'yes' };
    const theirs = answerPicture('end-user', { ...slip, 'H-RF1': 'yes', 'H-RF8': 'yes', 'H3-targeted': 'yes' })[1];
    const told = deal(heavy)
      .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'They look after it' })
      .and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'Theirs' })
      .and(...because(answerPicture('laws', slip)))
      .and('product-1', { ...theirs, why: 'I was there in May' } as DealCommand)
      .and(...because(answerPicture('end-user', slip)));
    const counted = told.view.assessment;
    const refused = told.and('compliance-1', refuse).view;
    expect(refused.facts.answers).toMatchObject({ 'L-RF1': 'yes', 'H-RF1': 'yes', 'H3-targeted': 'yes' });
    expect(refused.assessment.tier).toBe(counted.tier);
    expect(refused.lighterSaid).toBeUndefined();
  });

  it('a colleague’s graver kind and company in between, named while the rep’s other name waits, stay where that is sent back', () => {
    const first = deal({ P1: 'yes' })
      .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'They look after it' })
      .and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'Theirs' });
    const { details } = first.view.deal;
    const correct = (more: Partial<DealView['deal']['details']>): DealCommand => ({
      type: 'CorrectDetails',
      details: { ...details, ...more },
      reason: 'I know them better',
    });
    const endUser = { ...details.endUser, name: 'Quva Tram Depot' };
    const waits = first.and('rep-1', correct({ endUser }));
    expect(waits.view.lighterSaid).toBeDefined();
    const guard = { name: 'Border Guard Trade', role: 'reseller' };
    const graver = waits.and(
      'product-1',
      correct({ endUser: { ...endUser, kind: 'security' }, intermediaries: [guard] }),
    );
    const back = graver.and('compliance-1', refuse).view.deal.details;
    expect(back).toMatchObject({ endUser: { name: details.endUser.name, kind: 'security' }, intermediaries: [guard] });
    // What the rep named in the refused change goes.
    const own = first.and('rep-1', correct({ endUser, intermediaries: [guard] })).and('compliance-1', refuse);
    expect(own.view.deal.details).toMatchObject({ endUser: details.endUser });
  });

  it('“rare” to “common”, then what it analyses', () => {
    const all: Answers = { P1: 'yes', P2: 'yes', P4: 'no' };
    const told = deal({ ...all, P4: 'yes' })
      .and(...because(answerPicture('product', all)))
      .and(...because(answerPicture('product', { ...all, P2: 'no' })));
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
    expect(waiting(told.view)).toEqual(['P2', 'P4']);
    expect(told.and('compliance-1', confirm).view.assessment.tier).toBe('low');
    // Refused: as heavy as before.
    expect(told.and('compliance-1', refuse).view.facts.answers).toMatchObject({ P1: 'yes', P2: 'yes', P4: 'yes' });
  });

  it('waits from the moment on in which it would lower the tier, also where that is by a section’s first answers', () => {
    const all: Answers = { P1: 'yes', P4: 'no' };
    const [open, scope] = pictureDeal(all);
    const lines = pictureDeal(all).slice(3);
    const early = story([open!, scope!, answerPicture('product', { ...all, P4: 'yes' })], pictureContext()).and(
      ...because(answerPicture('product', all)),
    );
    expect(early.view.lighterSaid).toBeUndefined();
    const told = lines.reduce<Story>((so, line) => so.and(...line), early);
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
    expect(waiting(told.view)).toEqual(['P4']);
    told.when('rep-1', confirm).refused('not allowed');
    expect(told.and('compliance-1', confirm).state).toMatchObject({ status: 'deciding', tier: 'low' });
    expect(told.and('compliance-1', refuse).state).toMatchObject({ status: 'deciding', tier: 'elevated' });
  });

  it('waits where the second step finds out what was not known', () => {
    const all: Answers = { P1: 'yes', P2: 'unknown', P4: 'no' };
    const told = deal({ ...all, P4: 'yes' })
      .and(...because(answerPicture('product', all)))
      .and(...because(answerPicture('product', { ...all, P2: 'no' })));
    expect(told.state).toMatchObject({ tier: 'elevated' });
    expect(waiting(told.view)).toEqual(['P4']);
  });

  it('is over where it is as heavy again', () => {
    const all: Answers = { P1: 'yes', P2: 'yes', P4: 'yes' };
    const told = deal(all)
      .and(...because(answerPicture('product', { ...all, P4: 'no' })))
      .and(...answerPicture('product', all))
      .and(...because(answerPicture('product', { ...all, P2: 'no' })));
    expect(waiting(told.view)).toEqual(['P2']);
  });

  it('counts no more by way of “don’t know”, once compliance confirmed that', () => {
    const told = deal({ 'H-RF1': 'yes' })
      .and(...because(answerPicture('end-user', { 'H-RF1': 'unknown' })))
      .and('compliance-1', confirm);
    const clean = answerPicture('end-user', {});
    told.when(...clean).refused('not valid', /why/);
    expect(waiting(told.and(...because(clean)).view)).toEqual(['H-RF1']);
  });

  it('loses no follow-up by way of the answer that asks it', () => {
    const poor: Answers = { 'S2-contracted': 'yes', 'S2-record': 'poor' };
    const gone = deal(poor).and(...because(answerPicture('stakeholders', { 'S2-contracted': 'unknown' })));
    expect(said(gone.view)).toEqual(['S2-contracted', 'S2-record']);
    const three = deal({ P3: 'yes' }).and(...answerPicture('product', { P1: 'yes' }));
    const back = three.and(...because(answerPicture('product', {})));
    expect(said(back.view)).toEqual(['P1', 'P3']);
    expect(waiting(back.view)).toEqual(['P1', 'P3']);
  });
});

describe('an answer about resellers', () => {
  it('is not washed away by leaving the resellers out for a moment', () => {
    const lines = pictureDeal({ P1: 'yes' });
    const details = (lines[0]![1] as Extract<DealCommand, { type: 'OpenDeal' }>).details;
    const resellers = [{ name: 'Sample Reseller', role: 'reseller' as const }];
    const stakeholders = (resold?: FactValue): Line => {
      const [actor, command] = answerPicture('stakeholders', { P1: 'yes' });
      const { answers } = command as Extract<DealCommand, { type: 'AnswerSection' }>;
      const sources = answers['S3']?.sources ?? Object.values(answers)[0]!.sources;
      const more = resold === undefined ? {} : { 'S1-resellers': { value: resold, sources } };
      return [actor, { ...command, answers: { ...answers, ...more } } as DealCommand];
    };
    const correct = (intermediaries: typeof resellers | []): Line => [
      'rep-1',
      { type: 'CorrectDetails', details: { ...details, intermediaries }, reason: 'We sell directly.' },
    ];
    const open: Line = [
      lines[0]![0],
      { ...lines[0]![1], details: { ...details, intermediaries: resellers } } as DealCommand,
    ];
    const told = story(
      [
        open,
        ...lines.slice(1).filter(([, c]) => c.type !== 'AnswerSection' || c.section !== 'stakeholders'),
        stakeholders('no'),
      ],
      pictureContext(),
    );
    const [without, ...rest] = [correct([]), because(stakeholders()), correct(resellers)];
    const back = rest.reduce<Story>((so, line) => so.and(...line), told.and(...without!));
    back.when(...stakeholders('yes')).refused('not valid', /why/, 'why');
    expect(said(back.and(...because(stakeholders('yes'))).view)).toContain('S1-resellers');
  });
});
