/** Who may say and do what in a play on one deal, and what of it a form is to show. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import { answersTo, type SeveralDeals } from './between-deals.ts';

/** `n` picks what; `many`: how often a rep or a friend does it. */
export interface Act {
  who: 'colleague' | 'rep' | 'friend' | 'judge';
  what: string;
  n: number;
  many: number;
}

export const words = (all: string): string[] => all.split(', ');

export interface Word {
  what: string;
  by: string;
  token: string;
  /** How else a line may say it. */
  or?: RegExp | undefined;
  /** Where it stands in the details now, or is answered: nobody took it away. */
  stands?: (view: DealView) => boolean;
  /** A note, which is shown also where it stands. */
  isNote?: true;
}

export const QUESTIONS: Readonly<Record<string, readonly [section: string, question: string]>> = {
  G1: ['scope', 'G1-capability'],
  G2: ['scope', 'G2'],
  P1: ['product', 'P1'],
  record: ['end-user', 'H-RF1'],
  stop: ['end-user', 'K1'],
};

const NAMED: Readonly<Record<string, string>> = {
  'product-1': 'Sample Product Manager',
  'senior-1': 'Sample Senior One',
  'senior-2': 'Sample Senior Two',
  'compliance-1': 'Sample Compliance',
  'compliance-2': 'Sample Compliance Two',
};

/** Tells whether a page has it, and near it who said it. */
export const isIn = ({ by, token, or }: Word, page: string): boolean => {
  const lines = page.split('\n');
  return lines.some((line, i) => {
    const near = lines.slice(Math.max(0, i - 2), i + 3).join('\n');
    const isNamed = near.includes(`@${by}`) || near.includes(NAMED[by] ?? by);
    return isNamed && (line.includes(token) || or?.test(line) === true);
  });
};

/** What may be said on the form that confirms a lighter change: the rest is of the deal, and its review has it. */
const OF_CHANGES = /^(?:G1|G2|P1|record|stop|kind|product|destination|customer|end-user|between|role|flag)/;

/** Tells whether a form is to show it. */
export const concerns = ({ what, stands, isNote, token }: Word, form: string, view: DealView): boolean => {
  const isDismissed = view.deal.ownFlags.some(({ title, status }) => title.includes(token) && status === 'dismissed');
  const isOther = isDismissed || what.endsWith('saved') || !OF_CHANGES.test(what);
  if (form === 'deal.confirm-lighter' && isOther) return false;
  return !stands?.(view) || (isNote === true && form === 'deal.review');
};

export const SAID = 'It was a slip of the pen.';

type Changes = Readonly<Record<string, Partial<GivenAnswer>>>;

/** The deal as it is when somebody acts, and how. */
export interface Turn {
  view: DealView;
  nth: number;
  /** Nothing else has it. */
  token: string;
  /** Tells whether it was accepted, as the two below. */
  does(by: string, command: DealCommand): Promise<boolean>;
  /** Gives or saves a section as it is, but for some. */
  gives(by: string, section: string, change: Changes, type?: 'AnswerSection' | 'SaveSectionForLater'): Promise<boolean>;
  corrects(by: string, change: (now: DealDetails) => DealDetails, reason: string): Promise<boolean>;
  /** As it is now, after other acts of the same turn. */
  now(): Promise<DealView>;
}

const valuesOf = (answers: Changes): Record<string, FactValue> =>
  Object.fromEntries(Object.entries(answers).flatMap(([q, { value }]) => (value === undefined ? [] : [[q, value]])));

export const turnOf = async (deals: SeveralDeals, id: string, nth: number): Promise<Turn> => {
  const view = await deals.view(id);
  const { deal } = view;
  const does = (by: string, command: DealCommand): Promise<boolean> => deals.act(id, by, command);
  return {
    view,
    nth,
    token: `zq${nth}x`,
    does,
    now: () => deals.view(id),
    corrects: (by, change, reason) => does(by, { type: 'CorrectDetails', details: change(deal.details), reason }),
    gives: async (by, section, change, type = 'AnswerSection') => {
      const now = deal.answers[section] ?? {};
      const base = answersTo(view, section, { ...valuesOf(now), ...valuesOf(change) });
      if (!base) return false;
      const answers = Object.fromEntries(
        Object.entries(base).map(([q, one]) => {
          const { note, sources } = now[q] ?? {};
          return [q, { ...one, ...(note === undefined ? {} : { note, sources }), ...change[q] }];
        }),
      );
      return does(by, { type, section, answers, why: `${SAID} ${nth}` } as DealCommand);
    },
  };
};
