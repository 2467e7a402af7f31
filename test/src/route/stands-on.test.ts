/** What a review's first page says of that on which good answers stand: the rep who answers all of it in one press. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { standsOnBlocks } from '../../../blocks/cards/stands-on.ts';
import type { AnswerBasis, GivenAnswer } from '../../../flows/deal/answer-shapes.ts';
import { wordsOf } from '../../blocks/forms/support.ts';
import { answeredOn, basisContext, lawsNote, SOURCE } from '../../support/basis-deals.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';
import { atOncePolicy, pictureContext, pictureDeal } from '../../support/picture-deal.ts';
import { story } from '../../support/story.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ organisation: pictureContext().organisation, policy: atOncePolicy });
});
afterEach(() => at.end());

const ASDF: AnswerBasis = { sources: [{ name: 'asdf', year: 2026, url: 'https://asdf.example.org/a' }] };

/** Answers everything well, with one basis a section, as a checklist's one press does. */
const review = async (basisOf: (section: string, n: number) => AnswerBasis, use = 'bla ble bli'): Promise<string> => {
  const note = { type: 'NoteLaws', country: 'NO', looked: 'All that the questions ask for' } as const;
  await at.desk.registers.countries.handle(note, { actor: 'counsel-1', cause: 'laws' });
  const deal = await at.openDeal();
  const [, ...lines] = pictureDeal({ P1: 'yes', S1: use });
  for (const [actor, command] of lines) {
    if (command.type !== 'AnswerSection') throw new Error(command.type);
    const { section } = command;
    const answers = Object.entries(command.answers).map(([id, { value }], n): [string, GivenAnswer] => [
      id,
      { value, sources: [], basis: basisOf(section, n), ...(value === 'no' ? { checklist: 'all' } : {}) },
    ]);
    const outcome = await at.deals.handle(
      deal,
      { ...command, answers: Object.fromEntries(answers) },
      { actor, cause: section },
    );
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  }
  return wordsOf(formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` })));
};

it('names the one source, that it was one press, counsel’s note and the sentence on the use', async () => {
  const words = await review(() => ASDF);
  expect(words).toContain('What the answers stand on');
  expect(words).toMatch(/\d+ answers, \d+ in one press, on: /);
  expect(words).toContain('“asdf, 2026” (asdf.example.org)');
  expect(words).toContain('“bla ble bli”');
  expect(words).toMatch(/3 answers on counsel’s note/);
  expect(words).toContain('All that the questions ask for');
});

it('has a line for each basis, names who said so, and says where the rest is', async () => {
  const words = await review((section, n) =>
    section === 'laws'
      ? { told: 'product-1' }
      : { sources: [{ name: `Report ${section} ${n}`, year: 2026, url: 'https://a.example.org/' }] },
  );
  expect(words).toMatch(/answers?, .*on: .*product-1.* said so/);
  expect(words).toMatch(/and \d+ more: each section’s card in the thread shows what its answers stand on/);
  expect(words).toContain('“bla ble bli”');
});

it('says first what stands on nothing', () => {
  const blocks = JSON.stringify(standsOnBlocks(story(answeredOn(undefined), basisContext()).view));
  expect(blocks).toMatch(/What the answers stand on.*2 answers on: .*nothing\..*1 answer on: .*Sample report, 2026/);
  // That counsel has not looked stands among the open questions.
  expect(blocks).not.toContain('counsel');
});

it('shows all of the longest answer on the use', async () => {
  const use = `The police count cars ${'and more cars '.repeat(41)}`.slice(0, 596) + ' END';
  expect(use).toHaveLength(600);
  expect(await review(() => ASDF, use)).toContain(`“${use.replace(/\s+/gu, ' ')}”`);
  await expect(review(() => ASDF, `${use}!`)).rejects.toThrow('This is 601 characters long. Please keep it to 600.');
});

it('says of counsel’s note that it is over by now, where a review waited', () => {
  const { view } = story(answeredOn({ sources: [SOURCE] }), basisContext(lawsNote()));
  const said = (now: string): string => JSON.stringify(standsOnBlocks({ ...view, now }));
  expect(said('2028-02-20T12:00:00.000Z')).not.toContain('which is over');
  expect(said('2028-02-21T12:00:00.000Z')).toMatch(/valid until 20 February 2028.*which is over/u);
});
