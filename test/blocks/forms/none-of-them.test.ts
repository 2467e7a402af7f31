/** "None that we can see" next to a form of misuse would be read as either, as whoever reads it likes. */

import { expect, it } from 'vitest';
import { readSectionForm } from '../../../blocks/forms/section-read.ts';
import { validValue } from '../../../flows/policy/answers.ts';
import { defaultPolicy } from '../../flows/policy/deals.ts';
import { aDeal, aView } from '../../support/deal-builders.ts';

const view = { ...aView(aDeal()), policy: defaultPolicy };
const ids = defaultPolicy.sections
  .flatMap(({ questions }) => questions)
  .filter(({ kind, options }) => kind === 'choices' && options.some(({ value }) => value === 'none'))
  .map(({ id }) => id);

it('stands alone, in the form and in the record', () => {
  expect(ids).toEqual(['P-RF1-forms', 'G11']);
  for (const id of ids) {
    const question = defaultPolicy.question(id)!;
    expect(validValue(question, ['none'])).toBe(true);
    expect(validValue(question, ['dissent'])).toBe(true);
    expect(validValue(question, ['dissent', 'none'])).toBe(false);
  }
  const read = readSectionForm(view, 'product', { 'q:P-RF1': 'yes', 'q:P-RF1-forms': ['dissent', 'none'] });
  expect(read.ok ? {} : read.errors).toMatchObject({
    'q:P-RF1-forms': 'Please tick either “None that we can see” or what you do see.',
  });
});
