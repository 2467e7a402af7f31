/** The rep who takes a colleague's grave answer back as a slip of their own. */

import { describe, expect, it } from 'vitest';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import { confirmLighterForm } from '../../../../blocks/forms/confirm.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { goneWords } from '../../../../flows/deal/said/reworded.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { answerPicture } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { openNamed } from '../../../support/twins.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const SECTION = defaultPolicy.question('K1')!.section;
const answers = (value: string) =>
  answerPicture(SECTION, { K1: value })[1] as Extract<DealCommand, { type: 'AnswerSection' }>;
const WHY = 'It was a slip of the mouse';

const saved = (by: string): Story => {
  const begun = openNamed('D-ECH0AA').and(...answerPicture('scope'));
  const held = by === 'rep-1' ? begun : begun.and('rep-1', { type: 'HandOverSection', section: SECTION, to: by });
  const said = held.and(by, {
    type: 'SaveSectionForLater',
    section: SECTION,
    answers: { K1: answers('yes').answers['K1']! },
  });
  return by === 'rep-1' ? said : said.and('rep-1', { type: 'TakeSectionBack', section: SECTION });
};
const changedBack = (by: string): Story => saved(by).and('rep-1', { ...answers('no'), why: WHY });
const told = (deal: Story) => {
  const event = deal.events.findLast(({ type }) => type === 'SectionAnswered')!;
  return factNoticesOf(event, deal.view, deal.view).filter(([{ fact }]) => fact === 'answers changed');
};
const PRODUCT = '{"person":"product-1"}';

describe('a grave answer of a colleague that was changed to a lighter one', () => {
  const deal = changedBack('product-1');

  it('is shown with who gave it, and who gave the one of now', () => {
    const form = JSON.stringify(confirmLighterForm(deal.view));
    expect(form).toMatch(
      /Was yes, by ",\{"person":"product-1"\}," on 1 March 2027; now no",", by ",\{"person":"rep-1"\}/,
    );
    expect(JSON.stringify(whyForm(deal.view))).toContain(PRODUCT);
    expect(JSON.stringify(saidBefore(deal.view))).toMatch(/\{"person":"product-1"\}," said so on 1 March 2027/);
  });

  it('is told to them, once, with a way to object, and what they say waits for compliance', () => {
    expect(told(deal)).toMatchObject([
      [{ questions: ['K1'], by: 'rep-1', why: WHY }, [{ to: 'person', person: 'product-1' }]],
    ]);
    const objected = deal.and('product-1', { type: 'ObjectToBasis', reason: 'The minister himself told me' });
    expect(objected.view.deal.ownFlags).toMatchObject([
      { by: 'product-1', status: 'pending', title: /My answer was changed”: The minister/ },
    ]);
    expect(JSON.stringify(confirmLighterForm(objected.view))).toContain('The minister himself told me');
  });

  it('is told to nobody where one changes one’s own, who cannot object either', () => {
    const own = changedBack('rep-1');
    expect(told(own)).toEqual([]);
    own.when('rep-1', { type: 'ObjectToBasis', reason: 'I said something else' }).refused('not allowed');
  });
});

describe('a colleague’s note where the rep says that the question does not apply', () => {
  const note = 'Two strikers told me that the desk read their letters';
  const ID = 'H5-legitimate';
  const given = (one: GivenAnswer): DealCommand => {
    const command = answerPicture('end-user', { [ID]: 'yes' })[1] as Extract<DealCommand, { type: 'AnswerSection' }>;
    return { ...command, answers: { ...command.answers, [ID]: one }, why: WHY };
  };
  const told = openNamed('D-ECH0AA')
    .and(...answerPicture('scope'))
    .and('rep-1', { type: 'HandOverSection', section: 'end-user', to: 'product-1' })
    .and('product-1', given({ value: 'yes', note, sources: [] }));
  const saysSo = (why: string): DealCommand => given({ value: 'not-applicable', note: why, sources: [] });

  it('is no reason of theirs, and stays to be read', () => {
    told.when('rep-1', saysSo(note)).refused('not valid', /wrote this of another answer/);
    told.when('rep-1', saysSo(`${note}.`)).refused('not valid', /wrote this of another answer/);
    told.when('rep-1', saysSo(' ')).refused('not valid', /why this does not apply/);
    const said = told.and('rep-1', saysSo('They are a loom house'));
    expect(JSON.stringify(whyForm(said.view))).toContain(note);
  });
});

describe('a colleague’s answers, of an end-user that is another since', () => {
  const named = [{ name: 'My report of the visit to their halls', year: 2026, url: 'https://reports.example.org/v' }];
  const note = 'I saw their halls, and nothing there.';
  const command = answers('no');
  const given = {
    ...command,
    answers: { ...command.answers, K1: { value: 'no', note, sources: named } },
  } as DealCommand;
  const told = openNamed('D-ECH0AA')
    .and(...answerPicture('scope'))
    .and('rep-1', { type: 'HandOverSection', section: SECTION, to: 'product-1' })
    .and('product-1', given);
  const corrected = told.and('rep-1', (view) => ({
    type: 'CorrectDetails',
    details: { ...view.deal.details, endUser: { ...view.deal.details.endUser, name: 'Qamashi Depot North' } },
    reason: 'The contract names them.',
  }));

  it('are the word of whoever gives them of this one, and stay the colleague’s as what was said of that one', () => {
    const again = corrected.and('rep-1', { ...given, why: 'As they are' } as DealCommand);
    const answer = again.view.deal.answers[SECTION]!['K1']!;
    expect([answer.by, answer.first, answer.noted, answer.sourced]).toEqual(['rep-1', undefined, undefined, undefined]);
    expect(goneWords(again.view).filter(({ question }) => question === 'K1')).toMatchObject([
      { question: 'K1', note, by: 'product-1', changedBy: 'rep-1' },
      { question: 'K1', sources: [expect.stringContaining('visit to their halls')], by: 'product-1' },
    ]);
  });
});
