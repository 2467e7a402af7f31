/** A fact in words, whether it goes to the thread or to one person. */

import type { Fact } from '../../flows/deal/telling/notices.ts';
import type { Action, Block, Tone } from '../card.ts';

export interface Told {
  /** Absent if one sentence is enough. */
  title?: string | undefined;
  tone?: Tone | undefined;
  blocks: readonly Block[];
  actions?: readonly Action[] | undefined;
}

export type FactNamed<Name extends Fact['fact']> = Extract<Fact, { fact: Name }>;
