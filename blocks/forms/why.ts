/** "Why?": the tier, the rule that set it, every flag and its reasons, open questions, the trace. */

import type { Answer } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { RaisedFlag } from '../../flows/policy/policy.ts';
import type { Form, FormBlock, Span, Text } from '../card.ts';
import { gapItems } from '../cards/gap-words.ts';
import { holdsInFull } from '../cards/hold-words.ts';
import { heaviestFirst } from '../cards/spans.ts';
import { answerWords, count, sentence, shorten, tierMeaning, tierWord, weightWord } from '../words.ts';
import { makeForm } from './inputs.ts';

/** Four blocks per flag: with the rest of the form this stays under Slack's 100 blocks. */
const MOST_FLAGS_IN_FULL = 18;
/** Rough limit as JSON: a modal holds about 60,000 characters in all. */
const MOST_FLAG_TEXT = 30_000;
/** Lines of one list: keeps its text well under Slack's 3,000 characters a block. */
const LINES_A_LIST = 12;
const MOST_LISTS = 5;
/** Lists that matter less than the flags in full get this many blocks. */
const FEW_LISTS = 3;

const answerOf = ({ deal }: DealView, question: string): Answer | undefined =>
  Object.values(deal.answers).flatMap((answers) => answers[question] ?? [])[0];

const becauseLine = (view: DealView, id: string): Text => {
  const own = view.deal.ownFlags.find((f) => f.id === id);
  if (own) return ['Raised in the thread by ', { person: own.by }];
  const question = view.policy.question(id);
  const value = view.facts.answers[id];
  if (!question) return id;
  if (value === undefined) return ['Not answered: ', question.text];
  const by = answerOf(view, id)?.by;
  const who: Span[] = by === undefined ? [] : [' — ', { person: by }];
  return [{ strong: shorten(answerWords(question, value), 80) }, ` to “${shorten(question.text, 150)}”`, ...who];
};

const flagLines = (view: DealView, flag: RaisedFlag): Text[] => {
  const moved = flag.weight === flag.baseWeight ? '' : ` (on its own: ${weightWord(flag.baseWeight).toLowerCase()})`;
  return [
    [{ strong: 'Weight: ' }, `${weightWord(flag.weight).toLowerCase()}${moved}`],
    ...flag.modifiers.map((m): Text => [{ strong: `Made ${m.effect}: ` }, shorten(m.text, 200)]),
    ...flag.because.map((id) => becauseLine(view, id)),
  ];
};

const folded = (items: readonly Text[], most: number, more: string): Text[] =>
  items.length <= most ? [...items] : [...items.slice(0, most - 1), `and ${count(items.length - most + 1, more)}`];

const flagInFull = (view: DealView, flag: RaisedFlag): FormBlock[] => {
  const safeguards = flag.safeguards.map((id) => view.policy.safeguards[id]?.title ?? id).join('; ');
  return [
    { kind: 'heading', text: shorten(flag.title, 140) },
    { kind: 'text', text: shorten(flag.why, 600) },
    { kind: 'list', items: folded(flagLines(view, flag), LINES_A_LIST, 'more reason') },
    {
      kind: 'note',
      text: [
        { quiet: flag.citation },
        ...(safeguards === '' ? [] : [` · Safeguards that would answer it: ${shorten(safeguards, 600)}`]),
      ],
    },
  ];
};

/** The heaviest flags in full, as many as fit. */
const flagsInFull = (view: DealView, flags: readonly RaisedFlag[]): FormBlock[][] => {
  const full: FormBlock[][] = [];
  let size = 0;
  for (const flag of flags.slice(0, MOST_FLAGS_IN_FULL)) {
    const blocks = flagInFull(view, flag);
    size += JSON.stringify(blocks).length;
    if (size > MOST_FLAG_TEXT) break;
    full.push(blocks);
  }
  return full;
};

/** Long lists in several blocks; what still does not fit is counted, never silently dropped. */
const lists = (items: readonly Text[], more: string, most: number): FormBlock[] => {
  const shown = folded(items, LINES_A_LIST * most, more);
  return Array.from({ length: Math.ceil(shown.length / LINES_A_LIST) }, (_, i) => ({
    kind: 'list',
    items: shown.slice(i * LINES_A_LIST, (i + 1) * LINES_A_LIST),
  }));
};

const part = (heading: string, items: readonly Text[], more: string, most = MOST_LISTS): FormBlock[] =>
  items.length === 0 ? [] : [{ kind: 'heading', text: heading }, ...lists(items, more, most)];

const tierBlocks = ({ assessment }: DealView): FormBlock[] => {
  const { tier, rule, trace, scope, scopeReasons } = assessment;
  const ruleText = trace.find((line) => line.id === rule)?.text;
  const first: FormBlock[] =
    tier === null
      ? [{ kind: 'heading', text: scope === 'out' ? 'Out of scope' : 'No tier yet' }]
      : [
          { kind: 'heading', text: `Tier: ${tierWord(tier)}` },
          { kind: 'text', text: sentence(`It means: ${tierMeaning(tier)}`) },
        ];
  return [
    ...first,
    ...(ruleText === undefined ? [] : [{ kind: 'text', text: [{ strong: 'The rule: ' }, ruleText] } as const]),
    ...(scopeReasons.length === 0
      ? []
      : [{ kind: 'list', items: folded(scopeReasons, LINES_A_LIST, 'more reason') } as const]),
    { kind: 'note', text: 'Weighed, not counted: a flag is no verdict, and its weight depends on the context.' },
  ];
};

export const whyForm = (view: DealView): Form => {
  const flags = heaviestFirst(view.assessment.flags);
  const full = flagsInFull(view, flags);
  const brief = flags.slice(full.length);
  const pending = view.deal.ownFlags.filter((f) => f.status === 'pending');
  const { openQuestions, trace } = view.assessment;
  return makeForm({
    name: 'deal.why',
    title: 'Why?',
    close: 'Close',
    context: { deal: view.deal.id },
    blocks: [
      ...holdsInFull(view).filter((block) => block.kind !== 'title'),
      ...tierBlocks(view),
      ...(flags.length === 0 ? [{ kind: 'text', text: 'No red flags were raised.' } as const] : []),
      ...full.flat(),
      ...part(
        `${count(brief.length, 'more flag')}, in brief`,
        brief.map((f) => [
          { strong: weightWord(f.weight) },
          `: ${shorten(f.title, 150)} `,
          { quiet: `(${f.citation})` },
        ]),
        'more flag',
        FEW_LISTS,
      ),
      ...part(
        'Waiting for compliance, not weighed yet',
        pending.map((f) => [shorten(f.title, 200), ' — ', { person: f.by }]),
        'more flag',
        FEW_LISTS,
      ),
      ...part(
        'Open questions',
        openQuestions
          .filter((q) => !q.accepted)
          .map((q) => [q.text, q.weighty ? ' (weighty) ' : ' ', { quiet: `(${q.citation})` }]),
        'more open question',
      ),
      ...part('Not known, and accepted by compliance', gapItems(view), 'more'),
      ...part(
        'Step by step',
        trace.map((line) => shorten(line.text, 200)),
        'more step',
      ),
    ],
  });
};
