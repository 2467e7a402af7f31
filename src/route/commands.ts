/** What can be typed, by role; and the commands that are nearest to a word that nobody knows. */

import type { Card } from '../../blocks/card.ts';
import { helpCard, unknownCard, type HelpEntry, type NearName } from '../../blocks/cards/help.ts';
import type { PersonId } from '../../flows/ids.ts';
import { isFiller } from '../../flows/lists/fillers.ts';
import { searchesIn } from '../../flows/lists/plain-questions.ts';
import { farness } from '../../flows/nearest.ts';
import { isAuditor, isOfCompliance, mayDecide } from '../../flows/organisation.ts';
import { readsYear } from '../../flows/yearly/approvers.ts';
import type { Place } from '../edge/interaction.ts';
import { elsewhereFor } from './channels.ts';
import type { Desk } from './desk.ts';
import { toType } from './opening.ts';
import { saysSomething } from './spoken.ts';

interface Command {
  /** As typed, without the command's name. */
  words: string;
  does: string;
  /** Other words that ask for the same. */
  also?: readonly string[] | undefined;
  /** Absent: everybody. */
  for?: 'opening' | 'deciding' | 'compliance' | 'signing' | undefined;
  /** What else it does for some. */
  more?: { for: 'compliance' | 'reporting'; does: string } | undefined;
  /** In a deal's thread, where a mention is all that can be typed. */
  thread?: true | undefined;
}

/** What to type to search. */
const FIND = 'find WORDS';

const COMMANDS: readonly Command[] = [
  { words: 'home', does: 'all that waits for you, and your open deals' },
  { words: 'new deal', does: 'clear a new deal', for: 'opening' },
  { words: 'mine', does: 'your deals, and what was handed to you', also: ['deals'] },
  { words: 'queue', does: 'what waits for your decision', also: ['approvals'], for: 'deciding' },
  {
    words: FIND,
    does: 'deals by customer, country, flag, status, tier, year and more; “list” shows all that you may read',
    also: ['search', 'list', 'all'],
  },
  { words: 'board', does: 'how many deals stand where; with the filters of find, too', for: 'compliance' },
  { words: 'status D-…', does: 'where a deal stands, and who has it; the number alone does as well' },
  {
    words: 'why D-…',
    does: 'why it has its tier; “export D-…” is its dossier, as a PDF',
    also: ['export', 'dossier', 'pdf'],
  },
  { words: 'recuse D-…', does: 'step back from deciding, where you have a stake', for: 'deciding' },
  { words: 'confirm', does: 'confirm what makes deals lighter, several at once', for: 'compliance' },
  { words: 'hold', does: 'stop upgrades, support and the like; “holds” lists and lifts', for: 'compliance' },
  {
    words: 'alert COUNTRY why, source',
    does: 'have every approved deal there looked at again; “alerts” lists and ends',
    for: 'compliance',
  },
  { words: 'watch', does: 'who stays aware of which country', for: 'compliance' },
  { words: 'gaps', does: 'what is accepted as not known of countries and products', for: 'compliance' },
  {
    words: 'programme',
    does: 'the company’s human-rights programme, and what it lacks; “channel” is the review of the reporting channel',
    also: ['program', 'channel'],
    for: 'compliance',
  },
  { words: 'erase', does: 'erase the records of deals that are over, two people together', for: 'compliance' },
  {
    words: 'brief COUNTRY',
    does: 'what is answered for all deals there; “sheet PRODUCT” is the same of a product, “laws” lists counsel’s notes',
    also: ['briefs', 'sheet', 'sheets', 'laws'],
  },
  {
    words: 'training',
    does: 'the training that you need, and to say that you took it',
    more: { for: 'compliance', does: "; “training all” shows everybody's" },
  },
  { words: 'passkey', does: 'the passkeys with which you sign votes', for: 'signing' },
  { words: 'digest', does: 'all that waits, in one message; “digest on” brings it each morning' },
  {
    words: 'report',
    does: 'where to report that a product is used to harm somebody, without your name if you like',
    more: { for: 'reporting', does: '; “report-year” is the company’s yearly report' },
    also: ['report-year', 'yearly-report'],
  },
  { words: 'away', does: 'when you are away, and who acts for you' },
  {
    words: 'change',
    does: "in a deal's thread: correct, withdraw, reopen or hand over; “flag” says what worries you",
    also: ['flag'],
    thread: true,
    for: 'opening',
  },
];

const commandsOf = (desk: Desk, person: PersonId): Command[] => {
  const organisation = desk.organisation();
  const has: Record<NonNullable<Command['for'] | NonNullable<Command['more']>['for']>, boolean> = {
    opening: !isAuditor(organisation, person),
    deciding: mayDecide(organisation, person),
    compliance: isOfCompliance(organisation, person),
    signing: desk.signing !== undefined && mayDecide(organisation, person),
    reporting: readsYear(desk.registers.yearly.context(), { away: [], at: desk.clock().toISOString() }, person),
  };
  return COMMANDS.filter((command) => command.for === undefined || has[command.for]).map(({ more, ...command }) =>
    more && has[more.for] ? { ...command, does: `${command.does}${more.does}` } : command,
  );
};

const entryOf = (desk: Desk, place: Place | undefined, { words, does, thread }: Command): HelpEntry => ({
  words: thread ? `@Clearthread ${words}` : toType(desk, place, words),
  does,
});

interface Asker {
  person: PersonId;
  place: Place | undefined;
}

export const help = (desk: Desk, { person, place }: Asker): Card =>
  helpCard(
    commandsOf(desk, person).map((command) => entryOf(desk, place, command)),
    { decides: mayDecide(desk.organisation(), person), audits: isAuditor(desk.organisation(), person) },
  );

const NEAREST = 3;
const MOST_LETTERS = 20;

/** The further, the less they have in common: a word that begins alike is near whatever follows. */
const farnessOf = (said: string, { words, also = [] }: Command): number => {
  const [verb = ''] = words.split(' ');
  return Math.min(...[verb, ...also].map((known) => farness(said, known)));
};

/** Up to here a word may be a command that was mistyped. */
const NEAR = 0.5;

/** Says that no deal fits these words, how to search, and which commands are near where one may be meant. `near`: a name that may be. */
export const unknown = (desk: Desk, { person, place }: Asker, words: string, near?: NearName): Card => {
  const [said = ''] = words.trim().toLowerCase().slice(0, MOST_LETTERS).split(/\s+/u);
  // The sort keeps the order of equals: what people need most comes first.
  const nearest = commandsOf(desk, person)
    .map((command) => ({ command, far: farnessOf(said, command) }))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, NEAREST);
  // A mistyped command is near the first of them; other words are a search, and “who” is no “why”.
  const isMistyped = !isFiller(said) && (nearest[0]?.far ?? 1) <= NEAR;
  return unknownCard(words, isMistyped ? nearest.map(({ command }) => entryOf(desk, place, command)) : [], {
    help: toType(desk, place, 'help'),
    near,
    // In a thread the offer stands under any answer.
    flag: place?.thread === undefined && saysSomething(words) ? toType(desk, place, 'flag D-…') : undefined,
    asked: isFiller(said) ? searchesIn(words).at(-1) : undefined,
    elsewhere: elsewhereFor(desk.organisation(), { person, place }, words),
  });
};
