/** What was said of the export licence and the renewal dates of an approval, with who said it and why. */

import type { SetWith, WordsEver } from '../../flows/deal/context/words-shapes.ts';
import { othersFirst } from '../../flows/deal/rights/others-first.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock, Text } from '../card.ts';
import { dayWords, licenceWord, LONGEST_SAID, quoted } from '../words.ts';
import { folded } from './folded.ts';
import { datesWords } from './reassessment-words.ts';

const MOST_SET = 8;

/** `contract renewed on 20 April 2027. ` Empty of words that set nothing. */
export const setSpans = (set: SetWith | undefined): string[] => {
  if (!set) return [];
  if ('licence' in set) return [`${licenceWord(set.licence).toLowerCase()}. `];
  return [set.dates.length === 0 ? 'none is renewed. ' : `${datesWords(set.dates)}. `];
};

/** For whoever says it anew: each author in turn, the latest first, who sells the deal last. `said`: `saidBeside`. */
export const setBlocks = (view: DealView, said: readonly WordsEver[], of: 'licence' | 'dates'): FormBlock[] => {
  const all = othersFirst(
    view.deal,
    said.filter(({ set }) => set && of in set),
  );
  const items = all.map(({ set, text, by, at }): Text => [
    { person: by },
    `, ${dayWords(at)}: `,
    ...setSpans(set),
    ...(text === '' ? [] : [quoted(text, LONGEST_SAID)]),
  ]);
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: 'Said of it so far' },
        { kind: 'list', items: folded(items, MOST_SET, 'more', ': the dossier has all') },
      ];
};
