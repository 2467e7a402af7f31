/** What the steps of a case are called, and what each asks, with the point of the Guidance that it follows. */

import type { HoldStop } from '../../../../flows/hold.ts';
import type { Finding } from '../../../../flows/voices/case.ts';
import type { CaseCount } from '../../../../flows/voices/counting.ts';
import { ASK_AFTER_MONTHS } from '../../../../flows/voices/days.ts';
import type { CaseOutcome, ForTheDeal, PlacedHold, Step } from '../../../../flows/voices/steps.ts';
import type { Part } from './report.ts';
import { dayWords } from './view.ts';

export const FINDING_WORDS: Record<Finding, string> = {
  'false alarm': 'False alarm: nothing of this kind happened',
  'not ours': 'Not ours: it is about another company or product',
  credible: 'Credible: it may well have happened',
  significant: 'Credible and significant: it may well have happened, and somebody is harmed or may be',
};

export const OUTCOME_WORDS: Record<CaseOutcome, string> = {
  substantiated: 'Substantiated: it happened',
  partly: 'Partly substantiated',
  not: 'Not substantiated',
};

export const DEAL_WORDS: Record<ForTheDeal, string> = {
  nothing: 'Nothing changes',
  reassess: 'It is assessed anew (in chat: More, Something changed)',
  revoke: 'The use of the product is revoked, as was agreed (Guidance 6, bullet 5)',
  end: 'It is ended',
};

export const STOP_WORDS: Record<HoldStop, string> = {
  upgrades: 'Upgrades',
  updates: 'Updates',
  support: 'Support',
  training: 'Training',
  access: 'Access: disable the product where it allows that',
};

export const STEP_TITLES: Record<Step['kind'], string> = {
  finding: 'What we make of it',
  joined: 'Another report of the same',
  hold: 'A hold was considered',
  lifted: 'The hold was lifted',
  investigation: 'An investigation began',
  result: 'The investigation ended',
  outcome: 'Outcome',
  remedy: 'Remedy',
  remedied: 'A remedy is done',
  claim: 'A claim',
};

/** Beside what it asks, each form says why. */
export const WHY = {
  finding:
    'Only handlers of this case see this, and it can change until an investigation begins. Where it is credible, it is looked into; where somebody is harmed or may be, a hold is considered first.',
  infer:
    'A hold is seen by the deal team, the customer and whoever they tell. Who was where, who knew, who had asked? If one person could be guessed, think of another day, of more deals, or of no hold.',
  help: 'Each report is looked into, with help from outside where it serves: those who speak for people harmed, independent experts, other companies, an authority (Guidance 7, bullet 4, sub-bullet 1). Think of whether asking them shows who spoke.',
  hold: 'While a serious, believable report is looked into, help for the product is cut or it is turned off (Guidance 7, bullet 4, sub-bullet 1).',
  day: 'It was drawn by chance, so that it says nothing of when the report came. On its morning the hold leaves with that day’s other messages.',
  reason:
    'It stands in chat, for those who may read the deal. Say what is looked at, in the words of any other check, and not the same ones each time.',
  investigation:
    'Each report is looked into (Guidance 7, bullet 4, sub-bullet 1). Nobody of these deals investigates, and nobody whom it concerns. Those who investigate learn of you what they need; they can’t open this room.',
  result: 'Who gave it in confidence and could be known by it? Leave that out.',
  outcome: 'A report is looked into and answered, where an answer is safe (Guidance 6, bullet 7, sub-bullet 3).',
  remedy:
    'Where misuse is found, harm is made good as far as that is possible (Guidance 7, bullet 4, sub-bullet 2; Guidance, UN Guiding Principles). Ask those who were harmed what would help, where that is safe for them.',
  feedback:
    'Who reported is told what came of it, if that is safe for them (Guidance 6, bullet 7, sub-bullet 3; Guidance 7, bullet 4, sub-bullet 2).',
  ask: `Those who report are protected (Guidance 6, bullet 7, sub-bullet 2): after ${ASK_AFTER_MONTHS.join(' and ')} months ask whether anybody harmed them for it.`,
  claim: 'While a claim stands, such as one before a court, the case is kept.',
} as const;

/** What stays of a case once all else is erased. */
export const countParts = ({ year, found, outcome }: CaseCount): Part[] => [
  {
    label: 'What stays to be counted',
    text: [String(year), found, ...(outcome === undefined ? [] : [OUTCOME_WORDS[outcome]])].join('; '),
  },
];

/** Of the room itself. */
export const ABOUT = {
  open: 'Anybody can report, from inside and outside of the company, with or without a name (Guidance 6, bullet 7, sub-bullet 1).',
  sealed:
    'Who spoke stays secret: write of a case nowhere else, and speak of it to nobody who can’t open it (Guidance 6, bullet 7, sub-bullet 2).',
} as const;

const named = (label: string, text: string | undefined): Part[] =>
  text === undefined || text.trim() === '' ? [] : [{ label, text }];

const people = (of: readonly { name: string }[]): string => of.map(({ name }) => name).join('\n');

export const placedParts = ({ on, stop, reason, day, review }: PlacedHold): Part[] => [
  { label: 'What is it for?', text: on },
  { label: 'What is stopped?', text: stop.map((one) => STOP_WORDS[one]).join('\n') },
  { label: 'Because of what?', text: 'Something is looked into' },
  { label: 'Reason', text: reason },
  { label: 'From which day', text: dayWords(day) },
  { label: 'Look at it again by', text: dayWords(review) },
];

export const stepParts = (step: Step): Part[] => {
  switch (step.kind) {
    case 'finding':
      return [
        { label: 'Found', text: FINDING_WORDS[step.as] },
        { label: 'Why', text: step.why },
        ...named('Tells of the same as', step.same),
      ];
    case 'joined':
      return [{ label: undefined, text: `${step.other} tells of the same.` }];
    case 'hold':
      return [
        { label: 'Who could find out who spoke', text: step.infer },
        { label: 'Help from outside', text: `${step.help.asked ? 'Yes' : 'No'}: ${step.help.words}` },
        ...(step.place ? placedParts(step.place) : [{ label: 'No hold', text: step.why }]),
      ];
    case 'investigation':
      return [
        ...named('Who investigates', [people(step.who), step.outside].filter(Boolean).join('\n')),
        ...named('Not told, and asked for nothing', people(step.not)),
      ];
    case 'result':
      return [
        { label: 'What it found', text: step.words },
        ...(step.hold === undefined ? [] : [{ label: 'The hold', text: step.hold === 'lift' ? 'Is lifted' : 'Stays' }]),
      ];
    case 'outcome':
      return [
        { label: 'Outcome', text: OUTCOME_WORDS[step.as] },
        { label: 'For the deal', text: DEAL_WORDS[step.deal] },
        { label: 'Why', text: step.why },
      ];
    case 'remedy':
      return [
        { label: step.by === undefined ? 'None, because' : 'What', text: step.what },
        ...named('By whom', step.who),
        ...(step.by === undefined ? [] : [{ label: 'Until', text: dayWords(step.by) }]),
      ];
    case 'lifted':
    case 'remedied':
    case 'claim':
      return [{ label: undefined, text: step.words }];
    default: {
      const never: never = step;
      return never;
    }
  }
};
