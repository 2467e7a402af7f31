/** A rep answers, truly, about a harmless country, product or end-user, and then corrects the details to the real one. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../blocks/cards/facts.ts';
import { sectionForm } from '../../../blocks/forms/section.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import { replay } from '../../../flows/deal/evolve.ts';
import { answersOfAnother, subjectsOf } from '../../../flows/deal/formerly.ts';
import { saidIn } from '../../../flows/deal/said/scope.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { confirmable } from '../../../flows/deal/taking/asked-again.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { actionsOf } from '../../blocks/cards/plain.ts';
import { answerPicture, pictureContext, pictureDeal, weighed } from '../../support/picture-deal.ts';
import { story, type Story } from '../../support/story.ts';
import { noticesBetween, toldOf } from '../../support/ticking.ts';
import { nextLine } from '../../support/twins.ts';

const harmless = (): Story => story(pictureDeal(), pictureContext());
const correct = (told: Story, more: Partial<DealDetails>): Story =>
  told.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...told.view.deal.details, ...more },
    reason: 'The office there signs.',
  });
/** By what is said: compliance has yet to confirm it. */
const tierOf = (told: Story): string | null => saidIn(told.view).tier;
const unbased = (told: Story): string[] =>
  saidIn(told.view).openQuestions.flatMap(({ id, why }) =>
    why === 'no basis' && told.view.policy.question(id)?.basis === 'source' ? [id] : [],
  );
const confirm = ({ lighterSaid }: DealView): DealCommand => ({ type: 'ConfirmLighter', asOf: lighterSaid?.at ?? '' });
const { endUser } = harmless().view.deal.details;
const CASES: [what: 'country' | 'product' | 'end-user', more: Partial<DealDetails>][] = [
  ['country', { destination: 'TD' }],
  ['product', { product: { id: 'other', name: 'Quadro lamp' } }],
  ['end-user', { endUser: { ...endUser, name: 'Sample Ministry of Fear' } }],
];

describe('answers of something else', () => {
  it.each(CASES)('stand on nothing once the %s is another, until they are given anew', (what, more) => {
    const before = harmless();
    expect([tierOf(before), unbased(before)]).toEqual(['low', []]);
    const after = correct(before, more);
    const found = answersOfAnother(after.view);
    expect(found.length).toBeGreaterThan(0);
    for (const { question } of found) expect(subjectsOf(question)).toContain(what);
    expect(unbased(after)).toEqual(
      expect.arrayContaining(
        found.filter(({ question }) => question.basis === 'source').map(({ question }) => question.id),
      ),
    );
    expect(tierOf(after)).not.toBe('low');
    // The thread has the buttons for it; whoever only hears of it has none.
    const fact = { fact: 'details corrected', was: before.view.deal.details } as const;
    const buttons = actionsOf(factCard(after.view, fact, {}, { to: 'thread' })).map(({ value }) => value);
    expect(buttons).toEqual([...new Set(found.map(({ section }) => `${after.view.deal.id}/${section}`))]);
    expect(actionsOf(factCard(after.view, fact, {}, { to: 'person', person: 'chief-1' }))).toEqual([]);
    // The same words, saved again, are said of what it is now.
    const again = [...new Set(found.map(({ section }) => section))].reduce((now, section) => {
      const text = JSON.stringify(sectionForm(now.view, section).blocks);
      expect(text).toContain('Please look at each again, and save');
      return nextLine(now, answerPicture(section));
    }, after);
    expect(answersOfAnother(again.view)).toEqual([]);
    expect(unbased(again)).toEqual([]);
  });
  const through = (name: string): Partial<DealDetails> => ({ intermediaries: [{ name, role: 'distributor' }] });
  it('stand on nothing once another company is in between, where they are about it', () => {
    const before = correct(
      story(pictureDeal({}, 'government', undefined, true), pictureContext()),
      through('Sample One'),
    ).and(...answerPicture('stakeholders', {}, 'government', undefined, true));
    expect(answersOfAnother(before.view)).toEqual([]);
    const after = correct(before, through('Sample Two'));
    const found = answersOfAnother(after.view);
    expect(found.map(({ question }) => question.id)).toEqual(
      expect.arrayContaining(['S1', 'S1-resellers', 'S2-contracted', 'S4', 'S-RF2']),
    );
    expect(new Set(found.map(({ section }) => section))).toEqual(new Set(['stakeholders']));
    expect(JSON.stringify(sectionForm(after.view, 'stakeholders').blocks)).toContain('given of Sample One');
    // In capitals it is the same; in another part it is not, whoever it is.
    const same = { intermediaries: [{ name: 'SAMPLE ONE.', role: 'Distributor' }] };
    expect(answersOfAnother(correct(before, same).view)).toEqual([]);
    const part = { intermediaries: [{ name: 'Sample One', role: 'runs the cameras for the secret police' }] };
    expect(answersOfAnother(correct(before, part).view).map(({ question }) => question.id)).toContain('S1');
    expect(answersOfAnother(correct(after, through('Sample One')).view)).toEqual([]);
    // Also where something else was corrected in between.
    const both = correct(correct(before, { destination: 'SE' }), through('Sample Two'));
    expect(answersOfAnother(both.view).map(({ question }) => question.id)).toContain('S1-resellers');
  });
  it('stand on nothing once another customer sells it on, where they are about who is in between', () => {
    const before = correct(harmless(), { customer: 'Sample Oscar Trading' }).and(...answerPicture('stakeholders'));
    expect(answersOfAnother(before.view)).toEqual([]);
    const after = correct(before, { customer: 'Shell Sisters of Panama' });
    const found = answersOfAnother(after.view).map(({ question }) => question.id);
    expect(found).toEqual(expect.arrayContaining(['S1', 'S4', 'S-RF2']));
    expect(after.view.deal.lighterSaid).toBeUndefined();
    expect(JSON.stringify(sectionForm(after.view, 'stakeholders').blocks)).toContain('given of Sample Oscar Trading');
    expect(answersOfAnother(after.and(...answerPicture('stakeholders')).view)).toEqual([]);
    // Whoever buys it for themselves is not in between, nor is one in other letters another; those who change places play another part.
    const own = correct(before, { customer: endUser.name });
    expect(answersOfAnother(correct(own, { customer: ` ${endUser.name.toUpperCase()}.` }).view)).toEqual(
      answersOfAnother(own.view),
    );
    expect(answersOfAnother(correct(before, { customer: 'SAMPLE OSCAR TRADING.' }).view)).toEqual([]);
    expect(answersOfAnother(correct(after, { customer: 'Sample Oscar Trading' }).view)).toEqual([]);
    const sold = correct(before, through('Sample One')).and(
      ...answerPicture('stakeholders', {}, 'government', undefined, true),
    );
    const swapped = { customer: 'Sample One', ...through('Sample Oscar Trading') };
    expect(answersOfAnother(correct(sold, swapped).view).map(({ question }) => question.id)).toContain('S1');
    // In small steps, too.
    const small = correct(correct(before, { customer: 'Savo Trading' }).and(...answerPicture('stakeholders')), {
      customer: 'Sa\u03BDo Trading',
    });
    expect(answersOfAnother(small.view).length).toBeGreaterThan(0);
    expect(answersOfAnother(correct(small, { customer: 'Sano Trading' }).view).length).toBeGreaterThan(0);
    // In a deal of before this was kept nothing is asked again.
    const old = after.events.map(({ ...event }) => {
      if (event.type === 'DetailsCorrected') delete event.customer;
      return event;
    });
    const deal = replay(old) as OpenedDeal;
    expect(answersOfAnother({ deal, policy: after.view.policy })).toEqual([]);
  });
  it('that were accepted as gaps are asked again once another customer sells it on', () => {
    const asked = story(pictureDeal({ S4: 'unknown' }), pictureContext());
    const gap = asked.and('compliance-1', { type: 'AcceptGaps', questions: ['S4'], reason: 'They are small firms.' });
    expect(gap.view.deal.gaps).toHaveProperty('S4');
    const typing = correct(gap, { valueBand: 'under-50k' });
    expect(typing.view.deal.gaps).toHaveProperty('S4');
    expect(correct(gap, { customer: 'Shell Sisters of Panama' }).view.deal.gaps).toBeUndefined();
    const own = correct(gap, { customer: endUser.name });
    expect(own.view.deal.gaps).toBeUndefined();
  });
  it('stand on nothing once the end-user is another in small steps, each of which reads the same as the one before', () => {
    const called = (told: Story, name: string): Story => correct(told, { endUser: { ...endUser, name } });
    const before = correct(story(pictureDeal().slice(0, 2), pictureContext()), {
      endUser: { ...endUser, name: 'Savo Police' },
    });
    const asked = ['product', 'end-user', 'laws', 'stakeholders', 'context'].reduce(
      (now, section) => now.and(...answerPicture(section)),
      before,
    );
    const half = called(asked, 'Sa\u03BDo Police');
    expect(answersOfAnother(half.view).length).toBeGreaterThan(0);
    const other = called(half, 'Sano Police');
    expect(answersOfAnother(other.view).length).toBeGreaterThan(0);
    expect(other.view.deal.renamed?.length).toBeGreaterThan(0);
    expect(answersOfAnother(called(other, 'Savo Police').view)).toEqual([]);
    // Another company in between, the same way.
    const between = (told: Story, name: string): Story => correct(told, through(name));
    const sold = between(asked, 'Savo Trading').and(
      ...answerPicture('stakeholders', {}, 'government', undefined, true),
    );
    const moved = between(between(sold, 'Sa\u03BDo Trading'), 'Sano Trading');
    expect(answersOfAnother(moved.view).map(({ question }) => question.id)).toContain('S1-resellers');
  });
  it.each([
    ['Sample Mall Guard', 'Sample Mali Guard'],
    ['Sample Hall Watchers', 'Sample Hail Watchers'],
    ['Battalion II', 'Battalion 11'],
    ['Unit A', 'Unit E'],
    ['Sample Barn Guard', 'Sample Bam Guard'],
    ['Prison Hospital', 'Hospital Prison'],
    ['Sample M a r y Guard', 'Sample A r m y Guard'],
    ['सोना', 'सेना'],
    ['Công Nhân', 'Cổng Nhân'],
    ['Sample Battalion 1²', 'Sample Battalion 12'],
    ['Sample Unit 1½', 'Sample Unit 11 2'],
    ['Sample Maße Guard', 'Sample Masse Guard'],
    ['Sample Unit +1', 'Sample Unit -1'],
    ['Sample Guard 🚑', 'Sample Guard 🚓'],
  ])('stand on nothing where the end-user %s becomes %s, in one step that only reads alike', (was, now) => {
    const called = (told: Story, name: string): Story => correct(told, { endUser: { ...endUser, name } });
    const before = ['product', 'end-user', 'laws', 'stakeholders', 'context'].reduce(
      (told, section) => told.and(...answerPicture(section)),
      called(story(pictureDeal().slice(0, 2), pictureContext()), was),
    );
    expect(answersOfAnother(before.view)).toEqual([]);
    expect(
      answersOfAnother(called(before, ` ${was.replace(/[a-z]/gu, (letter) => letter.toUpperCase())}.`).view),
    ).toEqual([]);
    expect(answersOfAnother(called(before, now).view).length).toBeGreaterThan(0);
  });
  it('count as not known also where they need to stand on nothing', () => {
    const before = story(pictureDeal({ 'H-RF9': 'yes' }), pictureContext());
    const after = correct(before, { product: { id: 'other', name: 'Quadro lamp' } });
    const open = saidIn(after.view).openQuestions.map(({ id }) => id);
    expect(open).toEqual(expect.arrayContaining(['P4', 'P-RF2', 'H5-legitimate', 'H-RF1', 'S1', 'G8', 'G10']));
    expect(open).not.toContain('H-RF9');
    const again = answerPicture('context', { 'H-RF9': 'yes' });
    expect(saidIn(after.and(...again).view).openQuestions.map(({ id }) => id)).not.toContain('G10');
  });
  it.each(CASES)('count again where the %s was corrected by mistake and back', (_what, more) => {
    const before = harmless();
    const back = correct(correct(before, more), before.view.deal.details);
    expect(answersOfAnother(back.view)).toEqual([]);
    expect(tierOf(back)).toBe('low');
  });
  it('weigh no more once given anew, also while compliance has yet to confirm what is lighter', () => {
    const before = story(pictureDeal({ P1: 'yes', P2: 'yes' }), pictureContext());
    const [actor, product] = answerPicture('product') as [string, DealCommand];
    const lighter = correct(before, { product: { id: 'other', name: 'Quadro lamp' } }).and(actor, {
      ...product,
      why: 'The lamp does not do that',
    } as DealCommand);
    const again = ['end-user', 'stakeholders', 'context'].reduce(
      (now, section) => now.and(...answerPicture(section)),
      lighter,
    );
    expect(answersOfAnother(again.view)).toEqual([]);
    expect(again.view.lighterSaid).toBeDefined();
    expect([before, again].map(({ view }) => view.assessment.tier)).toEqual(['elevated', 'elevated']);
  });
  it('are not saved for later from a form that was opened before', () => {
    const after = correct(harmless(), { product: { id: 'other', name: 'Quadro lamp' } });
    const [actor, command] = answerPicture('product');
    if (typeof command === 'function' || command.type !== 'AnswerSection') throw new Error('no answers');
    const later = { type: 'SaveSectionForLater' as const, section: 'product', answers: command.answers };
    after.when(actor, { ...later, of: 0 }).refused('facts changed');
    after.and(actor, { ...later, of: 1 });
  });
  it('say so in the form also where they were only saved for later', () => {
    const [actor, command] = answerPicture('product');
    if (typeof command === 'function' || command.type !== 'AnswerSection') throw new Error('no answers');
    const saved = story(pictureDeal().slice(0, 2), pictureContext()).and(actor, {
      type: 'SaveSectionForLater',
      section: 'product',
      answers: command.answers,
    });
    const after = correct(saved, { product: { id: 'other', name: 'Quadro lamp' } });
    expect(JSON.stringify(sectionForm(after.view, 'product').blocks)).toContain('Please look at each again');
  });
  it('do not wash off what was said of the first one', () => {
    const bad = { P1: 'yes', P2: 'yes' };
    const other = { product: { id: 'other', name: 'Quadro lamp' } };
    const before = story(pictureDeal(bad), pictureContext());
    const { product } = before.view.deal.details;
    const [actor, product_] = answerPicture('product') as [string, DealCommand];
    const away = correct(before, other)
      .and(actor, { ...product_, why: 'The lamp does not do that' } as DealCommand)
      .and('compliance-1', confirm);
    const back = correct(away, { product });
    back.when(actor, product_).refused('not valid');
    const again = back.and(actor, { ...product_, why: 'We measured it again' } as DealCommand);
    expect(again.view.lighterSaid?.answers.map(({ question }) => question)).toEqual(
      expect.arrayContaining(['P1', 'P2']),
    );
    expect(['elevated', 'high']).toContain(again.view.assessment.tier);
    // What was said of it is explained once.
    expect(() => again.and(actor, product_)).not.toThrow();
    // Nothing was said of a third one.
    const third = correct(away, { product: { id: 'other', name: 'Sample kettle' } });
    third.when(actor, product_).refused('not valid', /not in the catalogue/);
  });
  it('that were given in between are of what it was in between', () => {
    const before = harmless();
    const section = before.view.policy.sections.find(({ questions }) =>
      questions.some(({ about }) => about === 'country'),
    );
    if (!section) throw new Error('no section about a country');
    const between = correct(before, { destination: 'IS' }).and(...answerPicture(section.id));
    const real = correct(between, { destination: 'TD' });
    expect(answersOfAnother(real.view).map(({ was }) => was.destination)).toContain('IS');
    expect(answersOfAnother(correct(between, { destination: 'NO' }).view).map(({ was }) => was.destination)).toContain(
      'IS',
    );
  });
  it('are as they were in a deal of before this was kept', () => {
    const before = harmless();
    const after = correct(before, { destination: 'TD' });
    const old = after.events.map(({ ...event }) => {
      if (event.type === 'DetailsCorrected') delete event.formerly;
      return event;
    });
    expect(answersOfAnother(story([], pictureContext()).resume({ ...after, events: old } as Story).view)).toBeDefined();
  });
  it('on somebody’s word are told to them again', () => {
    const told = { basis: { told: 'product-1' }, sources: [] };
    const [actor, command] = answerPicture('end-user');
    if (typeof command === 'function' || command.type !== 'AnswerSection') throw new Error('no answers');
    const named = {
      ...command,
      answers: Object.fromEntries(Object.entries(command.answers).map(([id, one]) => [id, { ...one, ...told }])),
    };
    const before = harmless().and(actor, named);
    const after = correct(before, { endUser: { ...endUser, name: 'Sample Ministry of Fear' } });
    expect(toldOf(noticesBetween(after, after.and(actor, named)), 'named as basis')).toEqual(['product-1']);
    expect(toldOf(noticesBetween(before, before.and(actor, named)), 'named as basis')).toEqual([]);
  });
  it('that nobody looked at again before the approval are not renewed by “nothing changed here”', () => {
    const { view } = correct(harmless(), { destination: 'TD' });
    const { deal } = view;
    const standing = { basis: deal, decision: { at: '2027-03-01T12:00:00.000Z' } };
    const asked = (formerly: typeof deal.formerly): DealView =>
      ({
        ...view,
        deal: {
          ...deal,
          status: 'answering',
          answers: {},
          drafts: deal.answers,
          formerly,
          elsewhereUntil: undefined,
          standing,
        },
      }) as unknown as DealView;
    expect(confirmable(asked(undefined), 'laws')).toBeDefined();
    expect(confirmable(asked(deal.formerly), 'laws')).toBeUndefined();
  });
  it('are not taken for “nothing changed here”, whoever the end-user is by now', () => {
    const begun = harmless()
      .vote('compliance-2', weighed)
      .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want more of it' })
      .and('rep-1', { type: 'StartReassessment' });
    const section = 'scope';
    expect(confirmable(begun.view, section)).toBeDefined();
    for (const [, more] of CASES) expect(confirmable(correct(begun, more).view, section)).toBeUndefined();
    const sold = correct(begun, { customer: 'Shell Sisters of Panama' });
    expect(confirmable(begun.view, 'stakeholders')).toBeDefined();
    expect(confirmable(sold.view, 'stakeholders')).toBeUndefined();
    expect(confirmable(sold.view, section)).toBeDefined();
  });
});

describe('an export licence', () => {
  const licensed = (exportLicence: DealDetails['exportLicence']): Story => correct(harmless(), { exportLicence });

  it.each(CASES)('of another %s is not determined, unless the same correction says so', (_what, more) => {
    const granted = licensed('granted');
    expect(correct(granted, more).view.deal.details.exportLicence).toBe('not-determined');
    expect(correct(granted, { ...more, exportLicence: 'pending' }).view.deal.details.exportLicence).toBe('pending');
    expect(correct(granted, { customer: 'Sample Shell Brothers' }).view.deal.details.exportLicence).toBe(
      'not-determined',
    );
    expect(correct(granted, { valueBand: 'over-10m' }).view.deal.details.exportLicence).toBe('granted');
  });
  it.each(CASES)('that was not needed is asked for again of another %s', (_what, more) => {
    expect(correct(licensed('not-needed'), more).view.deal.details.exportLicence).toBe('not-determined');
  });
});
