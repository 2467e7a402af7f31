/** A voter's weighing sheet (G6): in full on the page that is signed and in the dossier, in one line in the thread. */

import type { Weighing } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { WEIGHED, type Weighed } from '../../flows/policy/policy.ts';
import { scaleOf } from '../../flows/policy/weighing.ts';
import type { Block, Text } from '../card.ts';
import { sentence, endsOf, LONGEST_SAID } from '../words.ts';

const nameOf = ({ policy }: DealView, part: Weighed): string => {
  const names: Record<Weighed, string> = {
    leverage: 'Our leverage',
    crucial: 'How crucial it is for us',
    scale: 'How grave the harm would be',
    scope: 'How many people it would reach',
    irremediability: policy.weighing.irremediability ? 'Can it be undone' : 'How hard it would be to remedy',
    ending: 'Ending the relationship',
  };
  return names[part];
};

/** `weighing`: as in a vote, or what was chosen so far. */
export const weighingItems = (view: DealView, weighing: Partial<Weighing>): Text[] => [
  ...WEIGHED.map((part): Text => {
    const chosen = weighing[part] ?? 'not said';
    const label = scaleOf(view.policy, part).find(({ value }) => value === chosen)?.label ?? chosen;
    return [{ strong: `${nameOf(view, part)}: ` }, sentence(label)];
  }),
  ...(weighing.safeguardsOffered === undefined
    ? []
    : [[{ strong: 'Safeguards offered: ' }, sentence(endsOf(weighing.safeguardsOffered, LONGEST_SAID))]]),
];

const SHORT: Record<Weighed, string> = {
  leverage: 'leverage',
  crucial: 'how crucial',
  scale: 'harm',
  scope: 'reach',
  irremediability: 'undone',
  ending: 'ending it',
};

/** `leverage: strong; how crucial: …` Each choice up to its colon. */
export const weighedInShort = (view: DealView, weighing: Partial<Weighing>): string =>
  WEIGHED.map((part) => {
    const chosen = weighing[part] ?? 'not said';
    const [label = chosen] = (scaleOf(view.policy, part).find(({ value }) => value === chosen)?.label ?? chosen).split(
      ':',
    );
    const said = `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
    return said.startsWith(`${SHORT[part]} `) ? said : `${SHORT[part]}: ${said}`;
  }).join('; ');

/** `Weighed: …`, and what is said of safeguards. */
export const weighingBlocks = (
  view: DealView,
  weighing: Partial<Weighing> | undefined,
): Exclude<Block, { kind: 'title' }>[] => {
  if (weighing === undefined) return [];
  const offered = weighing.safeguardsOffered;
  return [
    { kind: 'text', text: ['Weighed: ', { quiet: sentence(weighedInShort(view, weighing)) }] },
    ...(offered === undefined
      ? []
      : [
          {
            kind: 'text' as const,
            text: [{ strong: 'Safeguards offered: ' }, sentence(endsOf(offered, LONGEST_SAID))],
          },
        ]),
  ];
};
