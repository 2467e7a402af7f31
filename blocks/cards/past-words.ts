/** What officers said of a deal's product or country, and others went over since, for whoever judges the deal. */

import { calendarOf, dayIn } from '../../flows/calendar.ts';
import { otherNotes, type OtherNote } from '../../flows/deal/context/counsel-notes.ts';
import { sentBackElsewhere } from '../../flows/deal/said/scope.ts';
import { refusedOnSheets } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { sameEndUser } from '../../flows/end-user.ts';
import type { SentBackScope } from '../../flows/scope-confirmation.ts';
import type { Text } from '../card.ts';
import { dayWords, LONGEST_SAID, quoted } from '../words.ts';
import { lawsSpans } from './laws-words.ts';
import { refusedText, SHEETS_HAVE } from './sheet-words.ts';

/** `Another note on the laws there: @counsel, …: “…” @counsel-2 replaced it on 3 March 2027.` */
const noteText = ({ now, organisation }: DealView, { note, replaced, unused }: OtherNote): Text => [
  {
    strong: unused
      ? 'Counsel’s note on the laws there, on which no answer stands: '
      : 'Another note on the laws there: ',
  },
  ...lawsSpans(note, dayIn(now, calendarOf(organisation))),
  ...(replaced ? [' ', { person: replaced.by }, ` replaced it on ${dayWords(replaced.at)}.`] : []),
];

const NOT_CONFIRMED = {
  scope: 'was not found out of scope',
  answers: 'was not confirmed to be lighter by what it answers of the product',
};

/** `Another deal with this product and this kind of end-user was not found out of scope on 3 March 2027: “…” @compliance` */
const backText = ({ details }: DealView['deal'], { of, name, kind, by, at, reason }: SentBackScope): Text => [
  {
    strong: `Another deal with ${sameEndUser(name, details.product.name) ? 'this product' : quoted(name, 150)} and ${kind === details.endUser.kind ? 'this kind' : 'another kind'} of end-user ${NOT_CONFIRMED[of ?? 'scope']}`,
  },
  ` on ${dayWords(at)}: ${quoted(reason, LONGEST_SAID)} `,
  { person: by },
];

/**
 * Why others' scope went back, and lighter answers of the sheets were not confirmed; and what counsel wrote that does not count for the deal:
 * one of each in turn.
 */
export const pastItems = (view: DealView): Text[] => {
  const all = [
    sentBackElsewhere(view).map((one) => backText(view.deal, one)),
    refusedOnSheets(view).map((one) => refusedText(view.policy, one)),
    otherNotes(view).map((one) => noteText(view, one)),
  ];
  const most = Math.max(...all.map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => all.flatMap((each) => each.slice(i, i + 1))).flat();
};

/** Where those are that a list leaves out. */
export const PAST_WHERE = ': the sheets and those deals have all';
export const NOTES_WHERE = `: ${SHEETS_HAVE}`;
