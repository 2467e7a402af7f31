/** The rep who hides what was said under names, roles, versions and long texts. */

import { describe, expect, it } from 'vitest';
import { confirmAllForm } from '../../../../blocks/forms/confirm-several.ts';
import { confirmLighterForm } from '../../../../blocks/forms/confirm.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import { names } from '../../../blocks/forms/support.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

type Answered = Extract<DealCommand, { type: 'AnswerSection' }>;
const deal = (): Story => story(pictureDeal(), pictureContext());
const correct = (told: Story, changed: Partial<DealDetails>, by = 'rep-1', reason = 'The contract says so.'): Story =>
  told.and(by, { type: 'CorrectDetails', details: { ...told.view.deal.details, ...changed }, reason });
const withWords = (section: string, id: string, words: object): Answered => {
  const [, command] = answerPicture(section);
  const { answers, ...rest } = command as Answered;
  return { ...rest, answers: { ...answers, [id]: { ...answers[id]!, ...words } } };
};
const first = ({ view }: Story): string => JSON.stringify(reviewForm(view, 0, startReview(view, 0)!, 1));
const both = (told: Story): string[] => [first(told), JSON.stringify(whyForm(told.view))];
const BAD = 'Find out which journalists meet the opposition.';
const MILITIA = { name: 'Black Cube FZE', role: 'front company of the militia that shot protesters' };

describe('what was said', () => {
  it('is not pushed out of a review by corrections of names', () => {
    const section = deal().view.policy.question('S1')!.section;
    let told = deal()
      .and('rep-1', withWords(section, 'S1', { value: BAD }))
      .and('rep-1', withWords(section, 'S1', { value: 'Protect the counting of votes against attacks.' }));
    for (let n = 0; n < 40; n += 1) told = correct(told, { customer: n % 2 === 0 ? 'Sample Alpha' : 'Sample Beta' });
    // Of another who sells it on it is answered again.
    told = told.and('rep-1', withWords(section, 'S1', { value: 'Protect the counting of votes against attacks.' }));
    for (const text of both(told)) expect(text).toContain(BAD);
    expect(first(told)).toMatch(/Customer was[^]*changed 40 times/);
  });

  it('is not pushed out by many names, each another one', () => {
    let told = deal();
    for (let n = 0; n < 60; n += 1) told = correct(told, { customer: `Sample Customer ${n}` });
    told = told.and(...answerPicture(told.view.policy.question('S1')!.section));
    expect(first(told)).toMatch(/Sample Telecom[^]*and 40 more in between/);
  });

  it('keeps why a colleague corrected something, whatever somebody else corrects after that', () => {
    const why = 'I saw the order.';
    const { organisation, ...context } = pictureContext();
    const legal = { id: 'legal-1', name: 'Sample Legal Adviser', slack: 'U0LEGAL1' };
    const handed = story(pictureDeal(), {
      ...context,
      organisation: { ...organisation, people: [...organisation.people, legal] },
    })
      .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' })
      .and('rep-1', { type: 'HandOverSection', section: 'product', to: 'legal-1' });
    let told = correct(handed, { customer: 'Sample Alpha' }, 'product-1', why);
    for (let n = 0; n < 45; n += 1) told = correct(told, { customer: `Sample ${n}` }, 'legal-1', `It is another ${n}`);
    expect(contradictions(told.view).join()).toContain(
      `Sample Product Manager wrote beside what they did here: “${why}”`,
    );
    expect(told.view.deal.remarks).toHaveLength(41);
  });

  it('keeps the role of an intermediary, and one that is gone before anything was answered of it', () => {
    const told = correct(deal(), { intermediaries: [MILITIA] }, 'rep-1', 'I know them from Yemen.');
    const milder = correct(told, { intermediaries: [{ ...MILITIA, role: 'reseller' }] }, 'rep-1', 'Typo.');
    // Intermediaries bring questions of their own, so that no review is open.
    expect(JSON.stringify(whyForm(milder.view))).toContain(MILITIA.role);
    const [opened, ...lines] = pictureDeal();
    let half = story([opened!, ...lines.slice(0, 2)], pictureContext());
    half = correct(half, { intermediaries: [MILITIA] });
    half = correct(half, { intermediaries: [] }, 'rep-1', 'Typo.');
    expect(JSON.stringify(whyForm(half.view))).toContain('Black Cube FZE');
  });

  it('keeps a source that a colleague named and somebody else replaced', () => {
    const un = { name: 'UN Panel of Experts on arms deals', year: 2025, url: 'https://un.example.org/panel' };
    const told = deal();
    const answers = structuredClone(told.view.deal.answers);
    const [section, given] = Object.entries(answers).find(([, all]) => all['H-RF8'])!;
    given['H-RF8'] = { ...given['H-RF8']!, by: 'product-1', sources: [un] };
    const now = withWords('end-user', 'H-RF8', {
      sources: [{ name: 'Sample report', year: 2026, url: 'https://reports.example.org/a' }],
    });
    const again = told.resume({ state: { ...told.view.deal, answers }, events: told.events }).and('rep-1', now);
    expect(section).toBe('end-user');
    for (const text of both(again)) expect(text).toContain('UN Panel of Experts on arms deals');
  });

  it('is read in full somewhere, however long it is', () => {
    // Longer than anybody can type today: an older version took as much.
    const long = `${'It was asked for by letter and by phone. '.repeat(30)}These are the men of state security.`;
    const told = deal().and('compliance-1', { type: 'AskForInformation', step: 0, question: `${long} Who reads it?` });
    const request = told.view.deal.requests[0]!.id;
    const answered = told.and('rep-1', { type: 'GiveInformation', request, text: long, sources: [] });
    const why = JSON.stringify(whyForm(answered.view));
    expect(why.split('These are the men of state security.').length).toBeGreaterThan(2);
    expect(first(answered)).toContain('“Why?” on the deal’s card shows them in full.');
  });
});

describe('several confirmations in one press', () => {
  const waiting = (): Story => {
    const bad = story(pictureDeal({ 'H-RF8': 'yes', 'H-RF1': 'yes' }), pictureContext());
    const many = (start: string) =>
      Array.from({ length: 20 }, (_, n) => ({ name: `${start} Sample Reseller ${n}`, role: 'reseller' }));
    const [by, answers] = answerPicture('end-user');
    const told = correct(bad, { intermediaries: many('Old') }).and(by, {
      ...answers,
      why: 'It was another agency of that name.',
    } as DealCommand);
    const { endUser } = told.view.deal.details;
    return correct(told, { intermediaries: many('New'), endUser: { ...endUser, name: 'Another Sample Ministry' } });
  };

  it('tick nothing whose changes have no room, and show the heaviest answer before any intermediary', () => {
    const { view } = waiting();
    expect(view.lighterSaid).toBeDefined();
    const all = confirmAllForm([view], 1);
    expect(names(all)).not.toContain('deals');
    expect(all.submit).toBeUndefined();
    expect(JSON.parse(all.context)).toEqual({ facts: '' });
    const own = JSON.stringify(confirmLighterForm(view));
    expect(own.indexOf('Was yes, by ')).toBeGreaterThan(0);
    expect(own.indexOf('Was yes, by ')).toBeLessThan(own.indexOf('no longer'));
  });
});
