/** A fact in words, before it is known whether it goes to the thread or to one person. */

import type { Fact } from '../../flows/deal/telling/notices.ts';
import type { Action, Block, Tone } from '../card.ts';

export interface Told {
  /** Left out where one sentence says it all. */
  title?: string | undefined;
  tone?: Tone | undefined;
  blocks: readonly Block[];
  actions?: readonly Action[] | undefined;
}

export type FactNamed<Name extends Fact['fact']> = Extract<Fact, { fact: Name }>;
