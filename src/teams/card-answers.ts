/** Replaces a card after a press, or when it is shown to somebody. */

import type { Card, Form } from '../../blocks/card.ts';
import { isInput } from '../../blocks/forms/inputs.ts';
import type { HeldForm } from '../../blocks/teams/data.ts';
import { teamsCard, type Refresh, type TeamsContext } from '../../blocks/teams/teams.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Reply } from '../edge/interaction.ts';
import { plainKey } from '../streams/places.ts';
import { heldIn, joined, type Drawing } from './drawing.ts';
import { sameSubject } from './follow-ups.ts';
import { type Answered, AS_IT_IS, cardWords, inPlace } from './invoke-answers.ts';
import { channelOf, type Press } from './payloads.ts';
import { DONE, SAVED } from './words.ts';

export interface CardAnswersOptions {
  store: Pick<EventStore, 'findRef'>;
  /** Renders the live card behind a message as everybody sees it, by its (plain) key; undefined where there is none. */
  liveCard: (deal: string, key: string) => Promise<Card | undefined>;
  context: () => TeamsContext;
  drawing: Drawing;
  wordsOf: (card: Card) => string;
}

/** Tells whether it is the submitted form, grown or with its mistakes, or its next page. */
const goesOn = (held: HeldForm, form: Form, again: boolean): boolean =>
  form.name === held.name &&
  (again ||
    sameSubject(form.context, held.context, ['page', 'shown', 'factsHash', 'against', 'written', 'signs', 'votes']));

/** The form that a look shows in place of a card, where somebody has something to fill in. */
const OWN_FORMS = new Map([
  ['section', 'deal.section'],
  ['review', 'deal.review'],
]);

/** Tells whether it is the card's usual form: any other form in its place needs a way back. */
const isOwnForm = (form: Form, { key }: Refresh): boolean => OWN_FORMS.get(key.split(':')[0] ?? '') === form.name;

/** Tells whether it asks for nothing and has buttons or links, which words alone would lose. */
const leadsOn = (form: Form): boolean => onlyShows(form) && form.blocks.some(({ kind }) => kind === 'actions');

const onlyShows = (form: Form): boolean => form.submit === undefined && !form.blocks.some(isInput);

export const createCardAnswers = (options: CardAnswersOptions) => {
  const { store, liveCard, context, drawing, wordsOf } = options;

  /** Finds the live card, for this person's eyes from now on. */
  const liveCardOf = async (act: Press): Promise<Refresh | undefined> => {
    const { on } = act;
    const found = on === undefined ? undefined : await store.findRef({ channel: channelOf(act), message: on });
    return found && { deal: found.stream, key: plainKey(found.key), userIds: [act.user] };
  };

  const asEverybodySees = async (refresh: Refresh | undefined): Promise<Answered | undefined> => {
    const card = refresh && (await liveCard(refresh.deal, refresh.key));
    return card && inPlace(teamsCard(card, context(), refresh));
  };

  const formInPlace = (
    act: Press,
    form: Form,
    shown: { showing?: string | undefined; errors?: Record<string, string>; refresh: Refresh | undefined },
  ): Answered => {
    const back = shown.refresh !== undefined && !isOwnForm(form, shown.refresh);
    return inPlace(drawing.form(act.user, form, { ...shown, back, surface: 'card' }));
  };

  /** Answers a look. Nobody pressed anything, so on any trouble the card stays. */
  const look = async (act: Press, asked: { deal: string; key: string }, reply: Reply): Promise<Answered> => {
    const here = await liveCardOf(act);
    // The client says which card it is, but the store decides.
    if (here && (here.deal !== asked.deal || here.key !== asked.key)) return AS_IT_IS;
    if (reply.kind !== 'form') return (await asEverybodySees(here)) ?? AS_IT_IS;
    return formInPlace(act, reply.form, { refresh: { deal: asked.deal, key: asked.key, userIds: [act.user] } });
  };

  return async (act: Press, reply: Reply): Promise<Answered> => {
    const { ours } = act;
    if (ours.do === 'look') return look(act, ours, reply);
    const held = heldIn(act);
    const refresh = await liveCardOf(act);
    switch (reply.kind) {
      case 'form': {
        const { form, again = false } = reply;
        if (leadsOn(form)) return formInPlace(act, form, { refresh });
        if (onlyShows(form)) return cardWords(wordsOf({ blocks: form.blocks.filter((block) => !isInput(block)) }));
        if (ours.do === 'submit' && !goesOn(ours.form, form, again)) {
          return (await asEverybodySees(refresh)) ?? cardWords(SAVED);
        }
        return formInPlace(act, form, { refresh, ...(again ? { showing: held?.showing } : {}) });
      }
      case 'errors': {
        const form = reply.form?.() ?? drawing.left(act);
        if (!form) return cardWords(joined(reply.errors));
        return formInPlace(act, form, { refresh, showing: held?.showing, errors: reply.errors });
      }
      case 'tell':
        return cardWords(wordsOf(reply.card));
      case 'file':
        return formInPlace(act, reply.form, { refresh });
      case 'done':
      case 'options':
        return (await asEverybodySees(refresh)) ?? cardWords(ours.do === 'submit' ? SAVED : DONE);
      default: {
        const never: never = reply;
        return never;
      }
    }
  };
};
