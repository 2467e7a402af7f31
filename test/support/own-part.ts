/** A deal of a government whose people answered how the company would stand to harm. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import { answersTo } from '../flows/policy/deals.ts';
import { aDeal } from './deal-builders.ts';
import type { AtDesk } from './desk.ts';
import { firm } from './yearly.ts';

const ANSWERS: Readonly<Record<string, GivenAnswer['value']>> = {
  text: 'The embassy knew of nothing.',
  choices: ['privacy'],
};

/** Answers what is asked, section by section, until nothing is left. */
export const openGovernmentDeal = async (at: AtDesk, ownPart: 'linked' | 'contribute' | 'cause'): Promise<string> => {
  const details = {
    ...aDeal().details,
    customer: firm(40),
    endUser: { name: firm(41), kind: 'government' as const },
  };
  const home = { platform: 'slack', channel: 'C0CLEAR' } as const;
  const opened = await at.deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: `open ${ownPart}` });
  if (opened.kind === 'refused') throw new Error(opened.refusal.text);
  const { id } = opened.view.deal;
  const known = answersTo({ G1: 'yes', G10: ownPart, 'H-RF4': 'yes' });
  for (const section of ['scope', 'end-user', 'context']) {
    const view = await at.deals.view(id);
    if (!view) throw new Error('the deal is gone');
    const answers: Record<string, GivenAnswer> = {};
    // Some questions follow from others of the same section.
    for (let had = -1; had < Object.keys(answers).length;) {
      had = Object.keys(answers).length;
      const values = Object.fromEntries(Object.entries(answers).map(([asked, { value }]) => [asked, value]));
      const facts = { ...view.facts, answers: { ...view.facts.answers, ...values } };
      for (const { id: question, kind } of view.policy.questionsFor(section, facts))
        answers[question] = { value: known[question] ?? ANSWERS[kind] ?? 'unknown', sources: [] };
    }
    const done = await at.deals.handle(
      id,
      { type: 'AnswerSection', section, answers },
      { actor: 'rep-1', cause: `answer ${ownPart} ${section}` },
    );
    if (done.kind === 'refused') throw new Error(`${section}: ${done.refusal.text}`);
  }
  return id;
};
