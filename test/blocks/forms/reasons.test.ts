/** Reasons that say nothing, and texts whose end nobody would be shown. */

import { describe, expect, it } from 'vitest';
import { readSettleConditionForm } from '../../../blocks/forms/condition.ts';
import { readLicenceForm } from '../../../blocks/forms/licence.ts';
import { reader } from '../../../blocks/forms/reading.ts';
import { readRenewalsForm } from '../../../blocks/forms/renewals.ts';
import { whole } from '../../../blocks/words.ts';
import { LONGEST_WHY, reasonProblem, sentenceProblem } from '../../../flows/policy/sentence.ts';

const SILENT = ['.', 'n/a', 'tbd', 'same as above', '…', 'x'];

describe('a reason', () => {
  it.each(SILENT)('that says nothing is refused: %s', (reason) => {
    const words = `Please say it in a few words: “${reason}” tells nobody`;
    expect(reasonProblem(reason, 'Why?')).toBe(`${words} why.`);
    for (const read of [
      readLicenceForm({ licence: 'granted', reason }),
      readRenewalsForm({ reason }),
      readSettleConditionForm({ verdict: 'return', reason }),
    ]) {
      expect(read).toMatchObject({ ok: false, errors: { reason: expect.stringContaining(words) } });
    }
  });

  it.each(['Typo.', 'Lost.', '訂正', 'Опечатка'])('is one honest word: %s', (reason) => {
    expect(reasonProblem(reason, 'Why?')).toBeUndefined();
    expect(readRenewalsForm({ reason }).ok).toBe(true);
  });

  it('is as long as it is shown: the error has both numbers', () => {
    const read = (length: number): Record<string, string> => {
      const form = reader({ why: 'word '.repeat(200).slice(0, length - 1) + '!' });
      form.reason('why', 'Why?', { max: LONGEST_WHY });
      return form.errors;
    };
    expect(read(300)).toEqual({});
    expect(read(301)).toEqual({ why: 'This is 301 characters long. Please keep it to 300.' });
  });
});

it('a sentence has at most 600 characters', () => {
  const text = `The police count cars${'.'.repeat(579)}`;
  expect(sentenceProblem(text, 'Say it.')).toBeUndefined();
  expect(sentenceProblem(`${text}.`, 'Say it.')).toBe('This is 601 characters long. Please keep it to 600.');
  expect(sentenceProblem('Cars.', 'Say it.')).toBe('Say it.');
});

it('a text of before that is longer says where all of it is', () => {
  expect(whole('a'.repeat(300), 300)).toBe('a'.repeat(300));
  expect(whole('a'.repeat(301), 300)).toBe(`${'a'.repeat(300)}… (the dossier has all of it)`);
});
