/** An approver steps back from one deal. */

import { usedBy } from '../../flows/deal/approval/used-by.ts';
import { fillsByRecusal } from '../../flows/deal/deciding/recusing.ts';
import { lentTo, shortfallsNow } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { dealTitle, people } from '../cards/spans.ts';
import { groupName } from '../words.ts';
import { makeForm, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';

const MISSING_REASON = 'Please say why. A few words are enough.';

/** Steps that others could not complete without this person, before anything is lost. */
const lackedBlocks = (view: DealView, person: PersonId): FormBlock[] => {
  const { deal } = view;
  if (deal.status !== 'deciding') return [];
  const recused = [...(deal.recused ?? []), { by: person, at: view.now, reason: '' }];
  const before = shortfallsNow(view);
  const lacks = shortfallsNow({ ...view, deal: { ...deal, recused } }).filter(
    ({ step, available }) => !before.some((known) => known.step === step && known.available === available),
  );
  return lacks.map(({ step, group }) => ({
    kind: 'text',
    text: `Without you, step ${step + 1} cannot be completed: then somebody has to be added to ${groupName(view.organisation, group)}.`,
  }));
};

/** What the recusal does to the votes of others: it leaves them enough, or one of somebody who is away is to come. */
const leftBlocks = (view: DealView, person: PersonId): FormBlock[] => {
  const { deal } = view;
  if (deal.status !== 'deciding') return [];
  const lenders = lentTo(view, deal, person);
  const isLast = deal.step + 1 >= deal.route.steps.length;
  const voters = deal.votes.filter((vote) => vote.step === deal.step && !usedBy(vote).includes(person));
  return [
    ...(fillsByRecusal(view, person)
      ? [
          {
            kind: 'text' as const,
            text: [
              {
                strong: isLast
                  ? 'Without you, the votes that are there decide this deal: '
                  : 'Without you, the votes that are there complete this step: ',
              },
              ...people(voters.map(({ by }) => by)),
              '. One business day later it goes on by itself, unless something holds it. Compliance and the chief compliance officer are told.',
            ],
          },
        ]
      : []),
    ...(lenders.length > 0
      ? [
          {
            kind: 'text' as const,
            text: [
              'You also give up the vote of ',
              ...people(lenders),
              '. It is still to come: from them, or from somebody else whom they choose. They are told.',
            ],
          },
        ]
      : []),
  ];
};

export const recuseForm = (view: DealView, person: PersonId, values: FormValues = {}): Form =>
  makeForm({
    name: 'deal.recuse',
    title: 'Recuse myself',
    submit: 'Recuse myself',
    context: { deal: view.deal.id },
    blocks: [
      { kind: 'text', text: ['Others then decide on ', { strong: dealTitle(view.deal) }, '.'] },
      ...lackedBlocks(view, person),
      ...leftBlocks(view, person),
      {
        kind: 'note',
        text: 'You cannot vote on it, settle its flags or look at its evidence any more, nor for somebody else. A vote of yours in the open step no longer counts. This is final, in later rounds too: nobody can take it back, even if you pressed by mistake or the reason ends.',
      },
      paragraphInput('reason', 'Why?', textOf(values, 'reason'), { hint: 'The thread and the record show it.' }),
    ],
  });

export const readRecuseForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', MISSING_REASON) });
};
