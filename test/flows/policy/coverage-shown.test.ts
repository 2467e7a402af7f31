/** The points of the Guidance that are answered once, or of which a list or data speaks, are cited where somebody answers them. */

import { describe, expect, test } from 'vitest';
import type { Form, FormBlock } from '../../../blocks/card.ts';
import { settleFlagForm } from '../../../blocks/forms/flag.ts';
import { sectionForm } from '../../../blocks/forms/section.ts';
import { sheetForm } from '../../../blocks/forms/sheet.ts';
import { citationsOf } from '../../../flows/policy/guidance.ts';
import type { Question } from '../../../flows/policy/policy.ts';
import { sheetKindOf } from '../../../flows/policy/sheet-questions.ts';
import { guidance } from '../../../src/config/guidance-file.ts';
import { plain, plainText } from '../../blocks/cards/plain.ts';
import { everyCard } from '../../support/every-card.ts';
import { hitOf, hitView } from '../../support/every-hit.ts';
import { everySheetCard } from '../../support/every-sheet.ts';
import { pictureDeal } from '../../support/picture-deal.ts';
import { sheetDealContext, takingDeal } from '../../support/sheet-deals.ts';
import { COUNTRY, FINE, MILD, PRODUCT, sheetPlay } from '../../support/sheets.ts';
import { story } from '../../support/story.ts';
import { defaultPolicy } from './deals.ts';

const citations = citationsOf(guidance);

const blockText = (block: FormBlock): string => {
  if (block.kind === 'text' || block.kind === 'note') return plainText(block.text);
  if (block.kind === 'list') return block.items.map((item) => plainText(item)).join('\n');
  return 'label' in block ? block.label : '';
};

/** Tells whether the form has the question with its citation: in one line, or in the note under its input. */
const isCitedIn = ({ blocks }: Form, { text, citation }: Question): boolean =>
  blocks.some((block, at) => {
    const lines = blockText(block).split('\n');
    if (lines.some((line) => line.includes(text) && line.includes(citation))) return true;
    if (!('label' in block) || block.label !== text) return false;
    const note = blocks.slice(at + 1).find(({ kind }) => kind === 'note');
    return note !== undefined && blockText(note).startsWith(citation);
  });

/** Questions by the points that they ask, of those that one deal is asked. */
const POINTS = 'P1 P2 P3 P4 P5 P6 H1 H2 L1 L2 L3 L4 S1 S2 S3 S4 S5'.split(' ');
const asking = (point: string): Question[] =>
  defaultPolicy.sections
    .flatMap(({ questions }) => questions)
    .filter(({ id, sources }) => id === point || sources.includes(point));

const brief = sheetPlay().save('counsel-1', COUNTRY, FINE).of(COUNTRY);
const product = sheetPlay().save('product-1', PRODUCT, MILD).of(PRODUCT);

const sheetOf = (kind: 'product' | 'country'): Form =>
  sheetForm({
    policy: defaultPolicy,
    on: kind === 'product' ? PRODUCT : COUNTRY,
    sheet: undefined,
    months: 12,
    opened: undefined,
  });

const SECTIONS = ['product', 'end-user', 'laws', 'stakeholders'];
/** The forms of a deal as they open, with all that sheets say and without; of an authority, and of a company tied to a state. */
const formsOf = (sheets: Parameters<typeof takingDeal>[0]): Form[] => {
  const { view } = story(takingDeal(sheets).slice(0, 2), sheetDealContext(sheets));
  const tied = story(pictureDeal({}, 'state-tied').slice(0, 2), sheetDealContext(sheets)).view;
  return [...SECTIONS.map((section) => sectionForm(view, section)), sectionForm(tied, 'stakeholders')];
};

describe('the points that are answered once', () => {
  test.each(POINTS)('%s is asked, and cites the point', (point) => {
    const questions = asking(point);
    expect(questions).not.toEqual([]);
    for (const { citation } of questions.filter(({ id }) => id === point)) expect(citation).toBe(citations.get(point));
  });

  test.each(POINTS.filter((point) => asking(point).some(sheetKindOf)))(
    '%s is cited at its question on the sheet',
    (point) => {
      for (const question of asking(point)) {
        const kind = sheetKindOf(question);
        // What a "yes" brings is asked after it.
        if (kind && !question.id.includes('-')) expect(isCitedIn(sheetOf(kind), question)).toBe(true);
      }
    },
  );

  test.each(POINTS)('%s is cited at its question in a deal, also where a sheet answers it', (point) => {
    const [asked, taken] = [formsOf([]), formsOf([product, brief])];
    const first = asking(point).filter(({ id }) => id === point);
    for (const question of first) {
      expect(asked.some((form) => isCitedIn(form, question))).toBe(true);
      expect(taken.some((form) => isCitedIn(form, question))).toBe(true);
    }
  });
});

describe('the points that a list, data or a changed brief speak of', () => {
  const card = (name: string): string => {
    const found = [...everyCard(), ...everySheetCard()].find(([called]) => called.startsWith(name));
    if (!found) throw new Error(name);
    return plain(found[1]);
  };

  test('A5 is cited by what a worse brief makes the bot say, and by data that moved', () => {
    expect(card('sheets: sheet heavier for deals')).toContain(citations.get('A5'));
    expect(card('indicators: indicators moved 0')).toContain(citations.get('A5'));
  });

  test('A6 is cited by data that moved, and by the watch list', () => {
    expect(card('indicators: indicators moved 0')).toContain(citations.get('A6'));
    expect(card('watch list')).toContain(citations.get('A6'));
  });

  test('X1 is cited where compliance says who it is', () => {
    const { blocks } = settleFlagForm(hitView([hitOf('hit-1')]), 'hit-flag');
    expect(blocks.map(blockText).join('\n')).toContain(`(${citations.get('X1')})`);
  });

  test.each(['X1', 'X2'])('%s stands by name at the questions of a brief that it helps with', (id) => {
    const form = sheetOf('country');
    const helped = defaultPolicy.sections
      .flatMap(({ questions }) => questions)
      .filter(
        (question) =>
          sheetKindOf(question) === 'country' && question.references.some((one) => one.id.startsWith(`${id}-`)),
      );
    expect(helped.length).toBeGreaterThan(3);
    for (const question of helped) {
      const at = form.blocks.findIndex((block) => 'label' in block && block.label === question.text);
      const note = form.blocks.slice(at + 1).find(({ kind }) => kind === 'note')!;
      for (const { name } of question.references) expect(blockText(note)).toContain(name);
    }
  });
});
