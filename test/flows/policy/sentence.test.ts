/** A question can want a sentence. */

import { describe, expect, it } from 'vitest';
import { policyProblems } from '../../../flows/policy/check.ts';
import { compile } from '../../../flows/policy/compile.ts';
import { isPlaceholder, isSentence } from '../../../flows/policy/sentence.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../support/picture-deal.ts';
import { story } from '../../support/story.ts';
import { defaultDocument, defaultPolicy } from './deals.ts';

describe('a sentence', () => {
  it.each(['The police count cars.', 'Find wanted people', '警察が道路で車を数える', 'Полиция считает машины'])(
    'is %s',
    (text) => expect(isSentence(text)).toBe(true),
  );
  it.each(['', 'x', 'x x x x', 'Police.', 'Counting cars.', '… — !!! ???', '…………………………………………'])('is not %s', (text) =>
    expect(isSentence(text)).toBe(false),
  );
});

describe('what stands in for an answer', () => {
  it.each([
    "I don't know",
    'I don’t know yet, sorry.',
    'We do not know that.',
    'n/a',
    'N/A n/a n/a n/a',
    'Not applicable here',
    'none',
    'No idea at all',
    'Nobody knows, so far.',
    'same as above',
    'See the answer above, please!',
    'The same as in the last section',
    'tbd',
    'TBD – to be determined later',
    'Ｎ／Ａ',
    'unknown unknown not known',
    'x y z',
    '…',
  ])('is %j: it is no sentence', (text) => {
    expect(isPlaceholder(text)).toBe(true);
    expect(isSentence(text)).toBe(false);
  });

  it.each([
    'The police see who enters.',
    'Nobody but the police knows the answers',
    'We don’t know names; they count cars.',
    'Same as above: police, cars.',
    'So they can see who was there before the march',
    'Не знаю кто это будет',
  ])('is not %j', (text) => expect(isPlaceholder(text)).toBe(false));
});

describe('a question that wants one', () => {
  const lines = pictureDeal();
  const at = lines.findIndex(([, c]) => c.type === 'AnswerSection' && c.section === 'stakeholders');
  const before = () => story(lines.slice(0, at), pictureContext());

  it('refuses less, with what to write, and takes “don’t know”', () => {
    const refused = before().when(...answerPicture('stakeholders', { S1: 'x' }));
    refused.refused('not valid', /Who is it for, and what would they do with it\? One sentence\./, {
      question: 'S1',
      part: 'answer',
    });
    before()
      .when(...answerPicture('stakeholders', { S1: 'unknown' }))
      .then('SectionAnswered');
    before()
      .when(...answerPicture('stakeholders', { S1: 'The police count cars.' }))
      .then('SectionAnswered');
  });

  it.each(["I don't know that", 'Same as above.', 'To be determined later', 'N/A, n/a and none'])(
    'refuses “%s”, however it is dressed up',
    (text) => {
      before()
        .when(...answerPicture('stakeholders', { S1: text }))
        .refused('not valid', /One sentence\./, { question: 'S1', part: 'answer' });
    },
  );

  it('may be half-filled', () => {
    const [, command] = answerPicture('stakeholders', { S1: 'x' });
    if (command.type !== 'AnswerSection') throw new Error(command.type);
    before()
      .when('rep-1', { type: 'SaveSectionForLater', section: 'stakeholders', answers: command.answers })
      .then('SectionSavedForLater');
  });

  it('is none in a policy that does not say so', () => {
    const document = defaultDocument();
    for (const { questions } of document.sections) for (const q of questions) delete q.sentence;
    const policy = compile(document, defaultPolicy.hash);
    const told = story(lines.slice(0, at), pictureContext({}, policy));
    told.when(...answerPicture('stakeholders', { S1: 'x' }, 'government', policy)).then('SectionAnswered');
  });

  it('is answered in words', () => {
    const document = defaultDocument();
    const question = document.sections.flatMap((s) => s.questions).find(({ id }) => id === 'P1');
    Object.assign(question ?? {}, { sentence: 'Say it in a sentence.' });
    expect(policyProblems(document).map(({ message }) => message)).toContain(
      'P1 is a yes-no question: only a question with kind text wants a sentence.',
    );
  });
});
