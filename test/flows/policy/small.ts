/** A policy of three questions, to change in the one thing that a test is about. */

import type { Facts } from '../../../flows/policy/policy.ts';
import { policyDocument, type PolicyDocument } from '../../../flows/policy/schema.ts';

type Written = Parameters<typeof policyDocument.parse>[0];
type QuestionWritten = { id: string } & Record<string, unknown>;

const OPTIONS = [
  { value: 'a', label: 'Little' },
  { value: 'b', label: 'Much' },
];

export const asks = (id: string, more: Record<string, unknown> = {}): QuestionWritten => ({
  id,
  text: `Is it ${id}?`,
  citation: `Rule ${id}`,
  ...more,
});

export const raises = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  title: `Flag ${id}`,
  why: `Because of ${id}.`,
  citation: `Rule ${id}`,
  weight: 'moderate',
  when: { question: id, is: ['yes'] },
  ...more,
});

const STEPS = { steps: [{ group: 'compliance', quorum: 1 }] };

/** `G1: no` is out of scope; any raised flag is elevated, a severe one high. */
export const smallDocument = (changed: Record<string, unknown> = {}): PolicyDocument => {
  const written: Written = {
    name: 'Small policy',
    version: '1',
    scope: {
      section: 'scope',
      out: [{ id: 'harmless', text: 'It watches nobody.', when: { question: 'G1', is: ['no'] } }],
      otherwise: 'Nothing takes it out.',
    },
    endUserKind: { text: 'Who is the end-user?', citation: 'Rule E' },
    sections: [
      { id: 'scope', title: 'Scope', intro: 'What it is.', questions: [asks('G1')] },
      { id: 'use', title: 'Use', intro: 'What it does.', questions: [asks('U1'), asks('U2')] },
    ],
    flags: [raises('U1')],
    safeguards: [],
    tiers: [
      { id: 'tier-high', tier: 'high', text: 'something is severe', when: { anyFlag: { atLeast: 'severe' } } },
      { id: 'tier-elevated', tier: 'elevated', text: 'something is raised', when: { anyFlag: { atLeast: 'light' } } },
      { id: 'tier-low', tier: 'low', text: 'nothing is raised', when: { always: true } },
    ],
    routes: { low: STEPS, elevated: STEPS, high: STEPS },
    weighing: { leverage: OPTIONS, crucial: OPTIONS, severity: OPTIONS, ending: OPTIONS },
    ...changed,
  };
  return policyDocument.parse(written);
};

export const answersOf = (answers: Facts['answers'], more: Partial<Facts> = {}): Facts => ({
  endUser: 'private',
  intermediaries: false,
  answers,
  ...more,
});
