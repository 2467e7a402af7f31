/** Whose words stand beside a flag: a rep's own under a colleague's answer are read as the rep's. */

import { expect, it } from 'vitest';
import { flagsWithBasis } from '../../../blocks/cards/flag-basis.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../support/picture-deal.ts';
import { story } from '../../support/story.ts';

const NOTE = 'The reports are of the former government.';
const OURS = { name: 'Letter of the ministry', year: 2026, url: 'https://ministry.example.com/letter' };
const laws = (note: string | undefined, sources: readonly (typeof OURS)[] = []): DealCommand => {
  const [, command] = answerPicture('laws', { 'L-RF4-arbitrary': 'yes' });
  if (command.type !== 'AnswerSection') throw new Error(command.type);
  const answers = {
    ...command.answers,
    'L-RF4-arbitrary': { ...command.answers['L-RF4-arbitrary']!, note, sources: [...sources] },
  };
  return { ...command, answers };
};

it('an answer stays that of who said so first, and a note that of who wrote it', () => {
  const lines = pictureDeal().filter(([, one]) => !('section' in one && one.section === 'laws'));
  const told = story(lines, pictureContext())
    .and('rep-1', { type: 'HandOverSection', section: 'laws', to: 'product-1' })
    .and('product-1', laws(undefined))
    .and('rep-1', laws(NOTE, [OURS]));
  const { flags } = told.view.assessment;
  const text = JSON.stringify(flagsWithBasis(told.view, flags));
  expect(text).toMatch(/former government\.[^}]*" \(",\{"person":"rep-1"\},"\)"/);
  expect(text).toMatch(/Letter of the ministry[^\]]*" \(named by ",\{"person":"rep-1"\},"\)"/);
  expect(text).toMatch(/"person":"product-1"\}," on [^{]*again by ",\{"person":"rep-1"/);
  expect(JSON.stringify(whyForm(told.view))).toMatch(/"person":"product-1"\},", and again by ",\{"person":"rep-1"\}/);
});
