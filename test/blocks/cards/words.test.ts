import { describe, expect, it } from 'vitest';
import {
  answerWords,
  count,
  dayWords,
  licenceWords,
  listWords,
  sectionEffort,
  sentence,
  shorten,
} from '../../../blocks/words.ts';
import type { ExportLicence } from '../../../flows/deal/deal.ts';
import { aPolicy, aQuestion } from '../../support/deal-builders.ts';

describe('dayWords', () => {
  it('writes a day and an instant out', () => {
    expect(dayWords('2027-03-12')).toBe('12 March 2027');
    expect(dayWords('2027-03-12T23:59:00.000Z')).toBe('12 March 2027');
  });

  it('shows what is not a date as it is', () => {
    expect(dayWords('soon')).toBe('soon');
  });
});

describe('answerWords', () => {
  const choice = aQuestion('Q', 's', {
    kind: 'choices',
    options: [
      { value: 'a', label: 'First' },
      { value: 'b', label: 'Second' },
    ],
  });

  it('uses plain words and option labels', () => {
    expect(answerWords(undefined, 'unknown')).toBe("Don't know");
    expect(answerWords(choice, ['a', 'b'])).toBe('First, Second');
    expect(answerWords(choice, 'b')).toBe('Second');
    expect(answerWords(choice, [])).toBe('None of these');
  });

  it('keeps free text as it was typed', () => {
    expect(answerWords(aQuestion('T', 's', { kind: 'text' }), '<!here> *text*')).toBe('<!here> *text*');
  });
});

describe('sectionEffort', () => {
  const section = aPolicy().sections[2];
  if (!section) throw new Error('the sample policy has three sections');

  it('says how many, how long, and the shortcut', () => {
    expect(sectionEffort(section, section.questions)).toBe('3 questions, about 1 minute; 1 click if none applies');
  });

  it('counts 9 questions as 3 minutes', () => {
    const nine = Array.from({ length: 9 }, (_, i) => aQuestion(`Q${i}`, 'record'));
    expect(sectionEffort({ ...section, checklists: [] }, nine)).toBe('9 questions, about 3 minutes');
  });

  it('says how much a partial shortcut saves', () => {
    const more = [...section.questions, aQuestion('H3', 'record')];
    expect(sectionEffort(section, more)).toBe('4 questions, about 1 minute; 3 of them can go in 1 click');
  });
});

describe('small words', () => {
  it('counts', () => {
    expect([count(1, 'vote'), count(2, 'vote'), count(2, 'person', 'people')]).toEqual([
      '1 vote',
      '2 votes',
      '2 people',
    ]);
  });

  it('lists', () => {
    expect([listWords([]), listWords([2]), listWords([2, 4]), listWords([2, 4, 8])]).toEqual([
      '',
      '2',
      '2 and 4',
      '2, 4 and 8',
    ]);
  });

  it('never shows an export licence without saying what clearance is not', () => {
    const all: ExportLicence[] = ['not-needed', 'pending', 'granted', 'not-determined'];
    for (const licence of all) expect(licenceWords(licence)).toContain('not a licence');
  });

  it('shortens to one line without breaking a letter in two', () => {
    expect(shorten('one\n two', 20)).toBe('one two');
    expect(shorten('𝒜𝒜𝒜𝒜', 3)).toBe('𝒜𝒜…');
  });

  it('ends a sentence once', () => {
    expect([sentence('So'), sentence('So.'), sentence('So?'), sentence('He asks “So?”')]).toEqual([
      'So.',
      'So.',
      'So?',
      'He asks “So?”',
    ]);
  });
});
