/** Messages about an absence: to the delegate, and to the absent person. */

import { isChief, type Absence, type Organisation } from '../../flows/organisation.ts';
import type { AbsenceFact, AbsencesState } from '../../flows/registers/absences.ts';
import type { Block, Card, Span, Text } from '../card.ts';
import { dayWords } from '../words.ts';
import { awayButton, backButton } from './actions-desk.ts';
import { row } from './actions.ts';

/** `mine`: the person's own absence, now or planned; `lent`: those for whom they act now. */
export interface StandIns {
  mine: Absence | undefined;
  lent: readonly Absence[];
}

const MOST_LENT = 5;

const daysOf = ({ from, until }: Absence): string =>
  from === until ? `on ${dayWords(from)}` : `from ${dayWords(from)} until ${dayWords(until)}`;

export const absenceCard = (
  fact: AbsenceFact,
  _state: AbsencesState,
  { organisation }: { organisation: Organisation },
): Card => {
  switch (fact.fact) {
    case 'delegated':
      return {
        blocks: [
          { kind: 'title', text: 'You act for somebody' },
          {
            kind: 'text',
            text: [{ person: fact.absence.person }, ` is away ${daysOf(fact.absence)} and chose you to act for them.`],
          },
          {
            kind: 'note',
            text: `What waits for them then comes to you. A vote that you cast for them says so. You cannot act for them on deals that you are on yourself.${isChief(organisation, fact.absence.person) ? ' What only the chief compliance officer may do about a stopped deal waits until they are back.' : ''}`,
          },
        ],
      };
    case 'lent':
      return {
        blocks: [
          { kind: 'title', text: 'A vote is lent' },
          {
            kind: 'text',
            text: [
              { person: fact.absence.person },
              ` is away ${daysOf(fact.absence)}. `,
              { person: fact.absence.delegate },
              ' acts for them meanwhile.',
            ],
          },
          { kind: 'note', text: 'A vote or judgement for them says so, in the thread of its deal and in the record.' },
        ],
      };
    case 'back':
      return {
        blocks: [{ kind: 'text', text: [{ person: fact.person }, ' is back, so you no longer act for them.'] }],
      };
    default: {
      const never: never = fact;
      return never;
    }
  }
};

const standsText = (mine: Absence | undefined): Text =>
  mine
    ? [`You are away ${daysOf(mine)}. `, { person: mine.delegate }, ' acts for you then.']
    : 'You are here. When you are away, somebody else can act for you, so that nobody waits.';

const lentText = (lent: StandIns['lent']): Text =>
  lent.length === 0
    ? []
    : [
        'You act for ',
        ...lent
          .slice(0, MOST_LENT)
          .flatMap((one, i): Span[] => [
            i === 0 ? '' : '; ',
            { person: one.person },
            `, who is away until ${dayWords(one.until)}`,
          ]),
        lent.length > MOST_LENT ? `; and for ${lent.length - MOST_LENT} more.` : '.',
      ];

/** Who acts for the person, and for whom the person acts now; empty where nobody does. */
export const standInLines = ({ mine, lent }: StandIns): Text[] =>
  [mine ? standsText(mine) : [], lentText(lent)].filter((text) => text.length > 0);

/** The same on a page of one's own, with the buttons that change it. */
export const standInBlocks = (standIns: StandIns): Exclude<Block, { kind: 'title' }>[] => [
  ...standInLines(standIns).map((text) => ({ kind: 'text', text }) as const),
  ...row(standIns.mine && awayButton(true), standIns.mine && backButton()),
];

/** Answers `@Clearthread away`: the person's absence, with the buttons that change it. */
export const awayCard = (mine: Absence | undefined): Card => ({
  blocks: [{ kind: 'text', text: standsText(mine) }, ...row(awayButton(mine !== undefined), mine && backButton())],
});

/** Confirms a saved absence. Without buttons: in Teams it is shown in the form's dialog, which knows only its own. */
export const awaySavedCard = (mine: Absence | undefined): Card => ({
  blocks: [{ kind: 'text', text: standsText(mine) }],
});
