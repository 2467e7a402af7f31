/** The watch list: which countries to stay aware of, who looks at each, and how old what was written on it is. Guidance: A6. */

import { hasRunOut } from '../../flows/calendar.ts';
import type { Instant, PersonId } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { sheetIdOf } from '../../flows/registers/sheet-owners.ts';
import type { CountryReview, WatchStanding } from '../../flows/registers/watch-list.ts';
import type { Sheet, SheetId, SheetOf } from '../../flows/sheet.ts';
import type { Block, Card, Span } from '../card.ts';
import { count, countryWords, dayWords, quotedSentence, LONGEST_SAID } from '../words.ts';
import { alertButton, lookedButton, watcherButton, watchListButton } from './actions-desk.ts';
import { recordAskedButton } from './actions-programme.ts';
import { showSheetButton } from './actions-sheets.ts';
import { row } from './actions.ts';
import type { HoldAround } from './hold.ts';
import { onPage } from './pages.ts';
import { versionSpans } from './sheet-words.ts';
import { sourceSpans } from './spans.ts';

const A_PAGE = 10;

export const WATCH_CITATION = 'Guidance 7, bullet 3';

export const lookSpans = (look: CountryReview): Span[] => [
  { person: look.by },
  `, ${dayWords(look.at)}: ${look.found}. ${quotedSentence(look.note, LONGEST_SAID)}`,
  ...(look.source ? [' Source: ', ...sourceSpans([look.source], 1)] : []),
];

/** Reads the watch list. `briefs`: by id; absent where the policy has none. */
interface Watching extends Pick<HoldAround, 'organisation'> {
  reader: PersonId;
  briefs?: Readonly<Record<SheetId, Sheet>> | undefined;
  now: Instant;
}

/** `Brief: version 2 of 3 November, by …, valid until ….` */
const briefSpans = (on: SheetOf, { briefs, organisation, now }: Watching): Span[] => {
  if (!briefs) return [];
  const brief = own(briefs, sheetIdOf(on));
  if (!brief) return [' No country brief yet.'];
  return [' Brief: ', ...versionSpans(brief, hasRunOut(brief, { organisation, now })), '.'];
};

const watchEntry = (standing: WatchStanding, watching: Watching): Block[] => {
  const { country, deals, watcher, looked, due, overdue } = standing;
  const { briefs, organisation, reader } = watching;
  const may = isOfCompliance(organisation, reader);
  const who: Span[] = watcher === undefined ? ['compliance'] : [{ person: watcher }];
  const on: SheetOf = { of: 'country', country };
  return [
    {
      kind: 'text',
      text: [
        { strong: `${countryWords(country)}. ` },
        `${count(deals, 'approved deal')}. Watched by `,
        ...who,
        overdue ? '. ' : `, next by ${dayWords(due)}.`,
        ...(overdue ? [{ strong: `Overdue since ${dayWords(due)}.` }] : []),
        ...briefSpans(on, watching),
      ],
    },
    { kind: 'note', text: looked ? ['Last looked at by ', ...lookSpans(looked)] : 'Nobody has looked at it yet.' },
    ...row(
      lookedButton(country),
      briefs !== undefined && showSheetButton(on, 'Brief'),
      may && watcherButton(country),
      may && alertButton(country),
    ),
  ];
};

/** Answers `/deal watch`: overdue or earliest due first. A person outside compliance sees the countries they watch. */
export const watchCard = (all: readonly WatchStanding[], watching: Watching, page = 1): Card => {
  const { reader, organisation } = watching;
  const may = isOfCompliance(organisation, reader);
  const mine = may ? all : all.filter(({ watcher }) => watcher === reader);
  const { shown, more } = onPage(mine, page, A_PAGE);
  const overdue = mine.filter((standing) => standing.overdue).length;
  return {
    blocks: [
      { kind: 'title', text: 'Countries to stay aware of' },
      {
        kind: 'text',
        text:
          mine.length === 0
            ? may
              ? 'No approved deal goes anywhere yet.'
              : "You aren't watching any country yet."
            : `${count(mine.length, 'country', 'countries')}, ${overdue === 0 ? 'none overdue' : `${overdue} overdue`}. ${WATCH_CITATION}.`,
      },
      ...shown.flatMap((standing) => watchEntry(standing, watching)),
      ...row(more > 0 && watchListButton(page + 1, more), may && recordAskedButton()),
    ],
  };
};
