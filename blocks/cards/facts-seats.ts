/** Another organisation file counts: what that does to a deal that is being decided. */

import { shortfallsNow } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Block } from '../card.ts';
import { statusLine } from './next-line.ts';
import { people } from './spans.ts';
import { goesOnWords, shortfallBlocks } from './steps.ts';
import type { FactNamed, Told } from './told.ts';

export const seatsNotedTold = (view: DealView, { gone, full, short }: FactNamed<'seats noted'>): Told => {
  const { deal } = view;
  if (deal.status !== 'deciding') return { blocks: [{ kind: 'text', text: 'The organisation file changed.' }] };
  const left: Block[] =
    gone.length === 0 ? [] : [{ kind: 'text', text: ['No longer asked here: ', ...people(gone), '.'] }];
  return {
    title: 'The organisation file changed',
    tone: 'attention',
    blocks: [
      { kind: 'text', text: 'It says otherwise who decides on this deal.' },
      ...left,
      ...(short ? shortfallBlocks(view, { steps: deal.route.steps, shortfalls: shortfallsNow(view) }) : []),
      { kind: 'text', text: full ? goesOnWords(view) : statusLine(view) },
    ],
  };
};
