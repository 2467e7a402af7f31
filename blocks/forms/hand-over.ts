/** Handing over to a colleague: a section to a person who might know, a condition of an approval. */

import type { Knower } from '../../flows/deal/rights/knowers.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { SectionId } from '../../flows/policy/policy.ts';
import type { Block, Form, FormValues, Span } from '../card.ts';
import { ownerAndDue, standingOfCondition } from '../cards/condition-state.ts';
import { handedBlocks, returnedBlocks } from './condition.ts';
import { makeForm, paragraphInput, personInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

const MOST_KNOWERS = 4;

/** `Sample Manager (manages the product), Sample Colleague (answered it here before)` */
const knowerSpans = (knowers: readonly Knower[]): Span[] =>
  knowers
    .slice(0, MOST_KNOWERS)
    .flatMap(({ person, why }, i): Span[] => [...(i === 0 ? [] : [', ']), { person }, ` (${why})`]);

/** The likeliest of those who might know is chosen already. */
export const handOverForm = (
  view: DealView,
  id: SectionId,
  values: FormValues | undefined,
  knowers: readonly Knower[],
): Form => {
  const section = view.policy.sections.find((s) => s.id === id);
  return makeForm({
    name: 'deal.hand-over',
    title: 'Who might know?',
    submit: 'Hand over',
    context: { deal: view.deal.id, section: id },
    blocks: [
      {
        kind: 'text',
        text: [
          'They get a message and can answer ',
          { strong: section?.title ?? id },
          '. The thread shows that they have it. Who joins the deal team cannot vote on the deal.',
        ],
      },
      ...(knowers.length === 0
        ? []
        : [{ kind: 'note', text: ['Might know: ', ...knowerSpans(knowers), '.'] } satisfies Block]),
      personInput('person', 'Hand it to', values ? textOf(values, 'person') : knowers[0]?.person),
      paragraphInput('note', 'A word for them', values && textOf(values, 'note'), { optional: true }),
    ],
  });
};

/** Gives a condition to another owner from now on. */
export const handOverConditionForm = (view: DealView, id: string, values: FormValues = {}): Form => {
  const found = standingOfCondition(view, id);
  if (!found) return savedForm('This condition is not part of the deal any more.');
  if (found.progress.status !== 'open') return savedForm('This condition waits for nobody to do it.');
  const { condition } = found;
  return makeForm({
    name: 'deal.hand-over-condition',
    title: 'Hand over',
    submit: 'Hand over',
    context: { deal: view.deal.id, condition: id },
    blocks: [
      { kind: 'quote', text: condition.text },
      { kind: 'note', text: ownerAndDue(condition) },
      ...returnedBlocks(found),
      ...handedBlocks(found),
      personInput('person', 'Who has it from now on', textOf(values, 'person')),
      paragraphInput('reason', 'Why', textOf(values, 'reason')),
      {
        kind: 'note',
        text: 'They are told, and the thread shows it. The date stays. They cannot accept it themselves.',
      },
    ],
  });
};

export const readHandOverConditionForm = (
  values: FormValues,
  organisation: Organisation,
): Read<{ to: PersonId; reason: string }> => {
  const form = reader(values);
  return form.done({
    to: form.who('person', organisation),
    reason: form.reason('reason', 'Please say why somebody else has it now.'),
  });
};

export const readHandOverForm = (
  values: FormValues,
  organisation: Organisation,
): Read<{ person: PersonId; note?: string | undefined }> => {
  const form = reader(values);
  return form.done({ person: form.who('person', organisation), note: form.optional('note') });
};
