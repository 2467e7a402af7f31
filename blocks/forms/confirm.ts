/** Confirming by compliance: one deal that is said to be out of scope, or lighter than before. */

import { holdsOn } from '../../flows/deal/context/holds.ts';
import type { Beside } from '../../flows/deal/context/parts.ts';
import type { WordsElsewhere } from '../../flows/deal/context/words-shapes.ts';
import { waitingShown } from '../../flows/deal/deciding/waiting-shown.ts';
import type { ScopeSaid } from '../../flows/deal/said-shapes.ts';
import { confirmationFor, scopeAgainst, scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { aboutAllBlocks, overWords } from '../cards/confirm.ts';
import { allIn, type Written } from '../cards/ever-words.ts';
import { allReadable, othersItems } from '../cards/others-words.ts';
import { pastItems } from '../cards/past-words.ts';
import { askedBlocks, suspendedBlocks } from '../cards/reassessment-words.ts';
import { saidBefore } from '../cards/said-before.ts';
import { IN_A_FORM, lighterSaidBlocks, scopeSaidBlocks } from '../cards/said-words.ts';
import { castItem, conditionItems } from '../cards/spans.ts';
import { sheetNotes } from '../cards/stands-on.ts';
import { count, dayWords, tierWord } from '../words.ts';
import { allBeside, withBeside } from './all-beside.ts';
import {
  besideOf,
  heldBlocks,
  isWritten,
  type Looking,
  newerThan,
  plannedOf,
  type Shown,
  writtenNow,
  writtenOf,
} from './confirm-looking.ts';
import { choiceInput, makeForm, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { precedentBlocks } from './review-precedents.ts';
import { acceptedBlocks } from './review-votes.ts';
import { savedForm } from './saved.ts';

/** A typed reason is kept; to confirm what is newer is a choice to make again. */
const keptVerdict = (values: FormValues, newer: boolean): Verdict['verdict'] | undefined => {
  const verdict = textOf(values, 'verdict');
  return verdict === 'refuse' || (verdict === 'confirm' && !newer) ? verdict : undefined;
};

/** Says how far a confirmation reaches: not every one is kept for later deals. */
const standsWords = (view: DealView, said: ScopeSaid): string => {
  const kept = confirmationFor(view, said, { by: said.by, at: view.now, heard: [] });
  if (!kept) return 'It counts for this deal alone';
  return `It stands twelve months for this product and ${kept.endUser === undefined ? 'kind of end-user' : 'this end-user'}, in this country`;
};

/** In a reassessment: why it is looked at again, and what a confirmation that it is out of scope would end. */
export const reassessedBlocks = (view: DealView): FormBlock[] => {
  const { standing } = view.deal;
  if (!standing) return [];
  const why = [...suspendedBlocks(view), ...askedBlocks(view)];
  if (!scopeSaidOf(view.deal)) return why;
  const { at, conditions, tier, votes } = standing.decision;
  const kept = conditions.length === 0 ? '' : ` with ${count(conditions.length, 'condition')}`;
  return [
    {
      kind: 'text',
      text: [{ strong: `This ends the approval of ${dayWords(at)}${kept} (tier ${tierWord(tier).toLowerCase()}).` }],
    },
    { kind: 'list', items: [...votes.map((vote) => castItem(view, vote)), ...conditionItems(conditions)] },
    ...why,
  ];
};

/** What a colleague wrote in deals through a company of its, of whomever. */
const ofOthers = ({ ofCompanies }: Written): WordsElsewhere[] =>
  allIn(ofCompanies).filter(({ ofColleague }) => ofColleague);

/** Tells whether nothing is known against it, here, in what was said before, and in the deals that are shown beside it. */
const isClean = (view: DealView, said: ScopeSaid, { similar, parts }: Beside, written: Written): boolean =>
  [written.beside, written.asked, written.officers, allIn(written.ofProduct), ofOthers(written)].every(
    (some = []) => some.length === 0,
  ) &&
  scopeAgainst(view, said).length === 0 &&
  othersItems(view).length === 0 &&
  saidBefore(view).length + pastItems(view).length + sheetNotes(view).length === 0 &&
  holdsOn(view).length === 0 &&
  !isWritten(view, written) &&
  acceptedBlocks(view).length === 0 &&
  parts.shown.length === 0 &&
  similar.every(({ outcome, suspended }) => outcome !== 'declined' && !suspended);

export const confirmScopeForm = (
  view: DealView,
  values: FormValues = {},
  shown: Shown = {},
  looking: Looking = {},
): Form => {
  const said = scopeSaidOf(view.deal);
  if (!said) return savedForm(overWords(view));
  const beside = besideOf(view, looking);
  const now = waitingShown(view);
  const written = writtenNow(view, looking);
  const newer = newerThan(shown, now, written);
  const held = heldBlocks(view, looking);
  const verdict = keptVerdict(values, newer.length > 0 || held.length > 0);
  return makeForm({
    name: 'deal.confirm-scope',
    title: 'Out of scope?',
    submit: 'Save',
    context: { deal: view.deal.id, facts: said.factsHash, seen: now, ...written },
    blocks: withBeside(
      [
        ...newer,
        ...aboutAllBlocks(view),
        ...reassessedBlocks(view),
        ...scopeSaidBlocks(view, allReadable(view), IN_A_FORM),
      ],
      allBeside(view, looking, { against: true, reports: true, approval: true }),
      [
        ...(isClean(view, said, beside, writtenOf(view, looking)) && plannedOf(view, looking).length === 0
          ? [{ kind: 'note', text: 'Nothing that is known here speaks against it.' } satisfies FormBlock]
          : []),
        ...precedentBlocks(beside),
        ...held,
        choiceInput(
          'verdict',
          'Is it out of scope?',
          [
            ...(held.length === 0
              ? [{ value: 'confirm', label: 'Confirm', description: standsWords(view, said) }]
              : []),
            { value: 'refuse', label: 'Send back', description: 'The scope questions are asked again' },
          ],
          verdict,
          { reactive: true },
        ),
        ...(verdict === 'refuse' ? [paragraphInput('reason', 'Why does it go back?', textOf(values, 'reason'))] : []),
      ],
    ),
  });
};

export type Verdict = { verdict: 'confirm' } | { verdict: 'refuse'; reason: string };

/** Reads either form: confirmed, or sent back with a reason. */
export const readVerdictForm = (values: FormValues): Read<Verdict> => {
  const form = reader(values);
  const verdict = form.maybeOne('verdict', ['confirm', 'refuse']);
  if (verdict === 'confirm') return form.done({ verdict });
  if (verdict === undefined) {
    form.fail('verdict', 'Please confirm it or send it back.');
    return form.done({ verdict: 'confirm' });
  }
  const reason = form.reason('reason', 'Please say in a sentence why it goes back.');
  return form.done({ verdict, reason });
};

export const confirmLighterForm = (
  view: DealView,
  values: FormValues = {},
  shown: Shown = {},
  looking: Looking = {},
): Form => {
  const { lighterSaid } = view;
  if (!lighterSaid || toConfirm(view)?.of !== 'lighter') return savedForm(overWords(view));
  const now = waitingShown(view);
  const written = writtenNow(view, looking);
  const newer = newerThan(shown, now, written);
  const verdict = keptVerdict(values, newer.length > 0);
  return makeForm({
    name: 'deal.confirm-lighter',
    title: 'Lighter than before?',
    submit: 'Save',
    context: { deal: view.deal.id, asOf: lighterSaid.at, seen: now, ...written },
    blocks: withBeside(
      [...newer, ...aboutAllBlocks(view), ...reassessedBlocks(view), ...lighterSaidBlocks(view, IN_A_FORM)],
      allBeside(view, looking, { lighter: lighterSaid, reports: true }),
      [
        choiceInput(
          'verdict',
          'Do these changes count?',
          [
            { value: 'confirm', label: 'Confirm', description: 'What is said now counts' },
            { value: 'refuse', label: 'Send back', description: 'What was said before counts again' },
          ],
          verdict,
          { reactive: true },
        ),
        ...(verdict === 'refuse' ? [paragraphInput('reason', 'Why does it go back?', textOf(values, 'reason'))] : []),
      ],
    ),
  });
};

/** What of a deal waits, and the facts or the change that compliance looks at. A scope said goes first: it ends the deal. */
export const toConfirm = ({ deal, lighterSaid }: DealView): { of: 'scope' | 'lighter'; seen: string } | undefined => {
  const said = scopeSaidOf(deal);
  if (said) return { of: 'scope', seen: said.factsHash };
  const open = deal.status === 'answering' || deal.status === 'deciding';
  return open && lighterSaid ? { of: 'lighter', seen: lighterSaid.at } : undefined;
};
