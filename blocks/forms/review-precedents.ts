/** Similar deals on the first page of a review. Without any it says nothing: some may be hidden from the reader. */

import type { Beside, Part, Parts } from '../../flows/deal/context/parts.ts';
import type { Precedent, Similarity } from '../../flows/deal/context/precedent.ts';
import type { FormBlock, Span, Text } from '../card.ts';
import { voteSpans } from '../cards/spans.ts';
import { capital, count, dayWords, dealWords, decisionWords, listWords, quoted, sentence, tierWord } from '../words.ts';

/** Conditions or dissenting votes shown of a deal: two fit beside each other on a phone. */
const MOST_SHOWN = 2;
const MOST_LETTERS = 120;

const PRODUCT_WORDS: Record<NonNullable<Similarity['product']>, string> = {
  'same product': 'same product',
  'same category': 'same product category',
};

/** `same product category, same country, 2 shared flags` */
const similarityWords = ({ product, country, endUser, named, mayBe, flags }: Similarity): string =>
  [
    named ? 'the same end-user' : mayBe ? 'an end-user that may be the same' : '',
    product === undefined ? '' : PRODUCT_WORDS[product],
    country ? 'same country' : '',
    endUser && !named ? 'same kind of end-user' : '',
    flags.length === 0 ? '' : count(flags.length, 'shared flag'),
  ]
    .filter((words) => words !== '')
    .join(', ');

const more = (all: readonly unknown[]): string =>
  all.length > MOST_SHOWN ? `; and ${all.length - MOST_SHOWN} more` : '';

const conditionSpans = ({ conditions }: Precedent): Span[] => {
  if (conditions.length === 0) return [];
  const shown = conditions.slice(0, MOST_SHOWN).map(({ text }) => quoted(text, MOST_LETTERS));
  return [` ${count(conditions.length, 'condition')}: ${shown.join('; ')}${more(conditions)}.`];
};

const dissentSpans = ({ dissent }: Precedent): Span[] => {
  if (dissent.length === 0) return [];
  const shown = dissent
    .slice(0, MOST_SHOWN)
    .flatMap((vote, i): Span[] => [
      i === 0 ? ' ' : '; ',
      ...voteSpans(vote),
      ` (${quoted(vote.rationale, MOST_LETTERS)})`,
    ]);
  return [` ${count(dissent.length, 'vote')} for something else:`, ...shown, `${more(dissent)}.`];
};

const precedentBlock = (precedent: Precedent): FormBlock[] => {
  const { outcome, at, tier, suspended, reported, reassessed } = precedent;
  const since = suspended
    ? ' (suspended)'
    : reported
      ? ' (a change was reported since)'
      : reassessed
        ? ' (being reassessed)'
        : '';
  return [
    {
      kind: 'text',
      text: [
        { strong: `${decisionWords(outcome)}${since}` },
        `, ${dayWords(at)}, tier ${tierWord(tier).toLowerCase()}. ${dealWords(precedent)}`,
      ],
    },
    {
      kind: 'note',
      text: [
        sentence(capital(similarityWords(precedent.similarity))),
        ...conditionSpans(precedent),
        ...dissentSpans(precedent),
      ],
    },
  ];
};

/** ` And 3 more outside the catalogue: “Pole”, “Mast” and 1 more name.` Empty where there are none. */
const furtherWords = ({ also, alsoCalled, moreCalled }: Part): string => {
  if (also === 0) return '';
  const names = alsoCalled.map((name) => quoted(name, 60));
  const all = moreCalled > 0 ? [...names, count(moreCalled, 'more name')] : names;
  return ` And ${also} more ${all.length === 0 ? 'with this product' : `outside the catalogue: ${listWords(all)}`}.`;
};

export const similarBlocks = ({ similar, moreSimilar = 0 }: Pick<Beside, 'similar' | 'moreSimilar'>): FormBlock[] =>
  similar.length === 0
    ? []
    : [
        { kind: 'heading', text: 'Similar deals' },
        ...similar.flatMap(precedentBlock),
        ...(moreSimilar === 0
          ? []
          : [
              {
                kind: 'note',
                text: `And ${moreSimilar} more ${moreSimilar === 1 ? 'was' : 'were'} declined, approved with conditions or suspended.`,
              } as const,
            ]),
      ];

/** Of a deal that is open only what it is: its answers may change. */
const partItem = (part: Part): Text => [
  {
    strong: part.withdrawn
      ? 'Withdrawn, and may be reopened. '
      : `Open, ${part.tier === undefined ? 'being answered' : `tier ${tierWord(part.tier).toLowerCase()}`}. `,
  },
  dealWords(part),
  furtherWords(part),
];

export const partsBlocks = ({ shown, more }: Parts): FormBlock[] =>
  shown.length === 0
    ? []
    : [
        { kind: 'heading', text: 'Asked for the same end-user, or one that may be the same, and not decided' },
        {
          kind: 'list',
          yields: 'never',
          items: [...shown.map(partItem), ...(more > 0 ? [`And ${count(more, 'more deal')} of other products.`] : [])],
        },
        { kind: 'note', text: 'Please look at them together: what is sold in parts may do more than each part.' },
      ];

export const precedentBlocks = (beside: Beside): FormBlock[] => [
  ...partsBlocks(beside.parts),
  ...similarBlocks(beside),
];
