/** Which words of somebody else than the rep a page lacks, or has in another's name. */

import { bare as unsigned } from '../../flows/bare.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import { pictureContext } from './picture-deal.ts';
import type { Play } from './said-matrix-play.ts';
import { plainly, type Written } from './words-search-said.ts';

const PEOPLE = [
  ...pictureContext().organisation.people,
  { id: 'legal-1', name: 'Sample Legal Adviser' },
  { id: 'compliance-3', name: 'Sample Compliance Three' },
  { id: 'counsel-2', name: 'Sample Counsel Two' },
];
/** The rep, and who does them a favour: their words are to be nobody else's, and need not be shown. */
const FRIENDS = new Set(['rep-1', 'legal-1']);

/** Who is named in these lines. The name of one person begins another's. */
const namedIn = (text: string): string[] =>
  PEOPLE.flatMap(({ id, name }) => (new RegExp(`@${id}\\b|${name}(?! (?:One|Two|Three))`).test(text) ? [id] : []));

/** The review of whoever decides after compliance: they may not open other deals, nor read who disputes a sheet. */
export const NEXT_REVIEW = 'deal.review, next';
const isUnnamed = ({ type, deal }: Written, form: string, id: string): boolean =>
  form === NEXT_REVIEW && (deal !== id || type === 'DisputeSheet');

export interface Missed {
  form: string;
  what: 'not shown' | 'no name' | 'in the mouth of another' | 'altered';
  written: Written | undefined;
  line: string;
  page: string;
}

/** But for case and spaces. */
const has = (line: string, text: string): boolean => plainly(line).includes(plainly(text));

/** Names are the same whatever their signs. */
const isName = ({ at }: Written): boolean => /^details\.(?:customer|.*name)$/.test(at);
const bare = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
/** Of a text that its author altered, the sentences that still stand are left out. */
const isCut = (line: string): boolean => line.includes('[…]');
const sentencesSaid = (text: string): string[] =>
  text.split(/(?<=[.!?])\s+/).filter((sentence) => /zq\d+x/i.test(sentence));
const says = (line: string, one: Written): boolean =>
  isName(one)
    ? has(bare(line), bare(one.text))
    : has(line, one.text) || (isCut(line) && sentencesSaid(one.text).every((sentence) => has(line, sentence)));

/** What need not stand there, or not yet: the tables of `said-matrix` say why. */
const isElsewhere = ({ type, at, deal }: Written, form: string, id: string): boolean =>
  type === 'NoteLaws' ||
  // It speaks for the deal.
  type === 'AcceptGaps' ||
  // The flag waits anew, and the review has it; whoever dismisses it again read that.
  (type === 'DismissFlag' && (form === 'deal.accept-gaps' || form === NEXT_REVIEW)) ||
  (type === 'PlaceHold' && form === 'deal.reopen') ||
  // Not told of other deals.
  (deal !== id && (type === 'LiftHold' || at === 'details.customer' || at === 'details.endUser.name'));

/** What is written of a product or a country that the deal is not of; and why lighter answers were given, which speaks for them. */
const isOfOtherSheet = ({ about = '', at }: Written, form: string, { details }: OpenedDeal): boolean =>
  form.startsWith('deal.') &&
  /^(?:product|country):/.test(about) &&
  (at === 'why' || ![`product:${details.product.id}`, `country:${details.destination}`].includes(about));

export const missedOn = async (
  form: string,
  page: string,
  play: Play,
  written: readonly Written[],
  /** What is to stand there. Absent: all of it. */
  wanted: readonly Written[] = written,
): Promise<Missed[]> => {
  const { deal } = await play.view();
  const lines = page.split('\n');
  /** Flags of one person name them once, below the last. */
  const below = (i: number): string => lines.slice(i).find((line) => !line.startsWith('- ')) ?? '';
  const near = (i: number): string =>
    [...lines.slice(Math.max(0, i - 1), i + 2), ...(below(i).startsWith('Said by ') ? [below(i)] : [])].join('\n');
  const details = JSON.stringify(deal.details);
  const isInDetails = (text: string): boolean => has(details, JSON.stringify(text).slice(1, -1));
  const found: Missed[] = [];
  for (const one of written) {
    const at = lines.flatMap((line, i) => (says(line, one) ? [i] : []));
    // Longer words of another repeat it.
    const longer = written.filter((other) => other !== one && has(other.text, one.text));
    const own = at.filter((i) => has(lines[i]!, one.text) && !longer.some(({ text }) => has(lines[i]!, text)));
    if (
      wanted.includes(one) &&
      !FRIENDS.has(one.by) &&
      !one.isGivenUp &&
      !isElsewhere(one, form, deal.id) &&
      !isOfOtherSheet(one, form, deal)
    ) {
      // Words that stand as a detail, a condition, an alert, or as what another deal is heard of, stand without their author.
      const isThere =
        isInDetails(one.text) ||
        one.at.startsWith('ballot.conditions') ||
        one.type === 'IssueAlert' ||
        (['RaiseFlag', 'PlaceHold', 'ObjectToBasis', 'ReportChange'].includes(one.type) && one.deal !== deal.id);
      // Whoever turned their own signs meant the same.
      const isTurned = lines.some(
        (line) => unsigned(line).includes(unsigned(one.text)) && namedIn(line).includes(one.by),
      );
      if (at.length === 0 && !isTurned && !(isThere && form === 'deal.reopen'))
        found.push({ form, what: 'not shown', written: one, line: '', page });
      // On a sheet's own form it stands in the input for it.
      else if (
        !isThere &&
        !isUnnamed(one, form, deal.id) &&
        form !== 'desk.sheet' &&
        at.length > 0 &&
        !at.some((i) => namedIn(near(i)).includes(one.by))
      )
        found.push({ form, what: 'no name', written: one, line: near(at[0]!), page });
    }
    for (const i of own) {
      const names = namedIn(lines[i]!);
      if (
        names.length > 0 &&
        !isUnnamed(one, form, deal.id) &&
        !/red flags? fell| until .* changed it| Owner: @|” → “|Of the flag “/.test(lines[i]!) &&
        ![one.by, ...one.copiedBy].some((by) => namedIn(near(i)).includes(by))
      )
        found.push({ form, what: 'in the mouth of another', written: one, line: near(i), page });
    }
  }
  for (const line of lines)
    if (/zq\d+x/i.test(line) && !isCut(line) && !written.some(({ text }) => has(line, text)))
      found.push({ form, what: 'altered', written: undefined, line, page });
  return found;
};
