/** Turns a neutral reply into Teams': the body of an invoke's answer, or a message. */

import { hasPicture, type Card, type Form } from '../../blocks/card.ts';
import { fallbackText } from '../../blocks/fallback.ts';
import { clip } from '../../blocks/limits.ts';
import { teamsCard, type TeamsContext } from '../../blocks/teams/teams.ts';
import { inert } from '../../blocks/teams/text.ts';
import type { By } from '../edge/edge.ts';
import type { Page } from '../edge/homes.ts';
import type { Reply } from '../edge/interaction.ts';
import { sayCard } from '../edge/words.ts';
import type { Logger } from '../log.ts';
import { createCardAnswers, type CardAnswersOptions } from './card-answers.ts';
import { createDrawing, heldIn, joined } from './drawing.ts';
import { extensionResults, extensionWords } from './extension.ts';
import { readInteraction } from './interactions.ts';
import { type Answered, AS_IT_IS, cardWords, dialogWords, EMPTY, inDialog } from './invoke-answers.ts';
import type { Press, Said, TeamsAct } from './payloads.ts';
import { picturesIn } from './pictures.ts';
import type { SaidAt, Saying } from './saying.ts';
import { ANSWERED, DONE, NO_FORM, PRIVATE_FAILED, SAVED } from './words.ts';

export interface Answers {
  reply(act: TeamsAct, reply: Reply, by: By): Promise<Answered>;
  /** Tells the person why nothing happened. Typed values stay; `without` is said where no form can be shown. */
  refuse(act: TeamsAct, words: string, by: By, without?: string): Promise<Answered>;
  /** Does what is still possible with a reply after the answer had to go out without it; never throws. */
  late(act: TeamsAct, reply: Reply, by: By): Promise<void>;
}

export interface AnswersOptions extends Omit<CardAnswersOptions, 'drawing' | 'wordsOf'> {
  saying: Saying;
  /** Called with a page that stands in somebody's chat. */
  pageShown: (page: Page, card: Card, at: SaidAt) => void;
  context: () => TeamsContext;
  logger: Logger;
}

const MOST_WORDS = 2000;
/** A form with more than this needs the tall dialog. */
const SHORT_FORM = 8;

export const createAnswers = (options: AnswersOptions): Answers => {
  const { saying, context, logger } = options;
  const drawing = createDrawing(context);

  const wordsOf = (card: Card): string =>
    inert(
      clip(
        fallbackText(card, (id) => context().names(id)?.name),
        MOST_WORDS,
      ),
    );
  const cards = createCardAnswers({ ...options, drawing, wordsOf });

  const dialogForm = (
    act: TeamsAct,
    form: Form,
    shown: { showing?: string | undefined; errors?: Record<string, string> } = {},
  ): Answered =>
    inDialog(
      form.title,
      form.blocks.length > SHORT_FORM ? 'large' : 'medium',
      drawing.form(act.user, form, { ...shown, surface: 'dialog' }),
    );

  /** A picture needs the tall dialog. */
  const cardInADialog = async (card: Card): Promise<Answered> =>
    hasPicture(card)
      ? inDialog(
          'Clearthread',
          'large',
          teamsCard(card, context(), undefined, await picturesIn(card, logger), 'dialog'),
        )
      : inDialog('Clearthread', 'small', teamsCard(card, context(), undefined, undefined, 'dialog'));

  const inADialog = async (act: TeamsAct, reply: Reply): Promise<Answered> => {
    const held = heldIn(act);
    switch (reply.kind) {
      case 'done':
        return held ? EMPTY : dialogWords(DONE);
      case 'form':
        return dialogForm(act, reply.form, reply.again ? { showing: held?.showing } : {});
      case 'file':
        return dialogForm(act, reply.form);
      case 'errors': {
        const form = reply.form?.() ?? drawing.left(act);
        return form
          ? dialogForm(act, form, { showing: held?.showing, errors: reply.errors })
          : dialogWords(joined(reply.errors));
      }
      case 'tell':
        return cardInADialog(reply.card);
      case 'options':
        return EMPTY;
      default: {
        const never: never = reply;
        return never;
      }
    }
  };

  const toWords = async (act: Said, reply: Reply, { person, trace }: By): Promise<Answered> => {
    const here = (card: Card): Promise<void> => saying.here(act, card, trace);
    const privately = (card: Card): Promise<SaidAt | undefined> =>
      saying.privately(act, person, card, trace, { answered: ANSWERED, instead: PRIVATE_FAILED });
    if (reply.kind === 'form' || reply.kind === 'file') await here(sayCard(NO_FORM));
    if (reply.kind === 'errors') await privately(sayCard(joined(reply.errors)));
    if (reply.kind === 'tell' && reply.open) await here(reply.card);
    if (reply.kind === 'tell' && !reply.open) {
      const at = await privately(reply.card);
      const page = at && reply.page && person !== undefined ? readInteraction(act, person, trace) : undefined;
      if (at && page?.kind === 'words') options.pageShown(page, reply.card, at);
    }
    return EMPTY;
  };

  /** Answers a client that knows no `Action.Execute`: it shows messages and nothing else. */
  const byMessage = async (act: Press, reply: Reply, { person, trace }: By): Promise<Answered> => {
    const say = (card: Card): Promise<unknown> => saying.privately(act, person, card, trace);
    const showing = heldIn(act)?.showing;
    if (reply.kind === 'tell') await say(reply.card);
    if (reply.kind === 'done' && act.ours.do === 'submit') await say(sayCard(SAVED));
    if (reply.kind === 'form' || reply.kind === 'file') {
      const again = reply.kind === 'form' && reply.again ? { showing } : {};
      await saying.formPrivately(act, person, drawing.form(act.user, reply.form, { ...again, surface: 'card' }), trace);
    }
    if (reply.kind === 'errors') {
      const form = reply.form?.() ?? drawing.left(act);
      const shown = { showing, errors: reply.errors, surface: 'card' as const };
      if (form) await saying.formPrivately(act, person, drawing.form(act.user, form, shown), trace);
      else await say(sayCard(joined(reply.errors)));
    }
    return EMPTY;
  };

  const refuse: Answers['refuse'] = async (act, words, { person, trace }, without = words) => {
    if (act.kind === 'sought') return extensionWords(words);
    if (act.kind === 'said') {
      if (act.dialog) return dialogWords(words);
      await saying.privately(act, person, sayCard(words), trace, { instead: words });
      return EMPTY;
    }
    switch (act.via) {
      case 'fetch':
        return dialogWords(without);
      case 'dialog': {
        const form = drawing.left(act, words);
        return form ? dialogForm(act, form, { showing: heldIn(act)?.showing }) : dialogWords(without);
      }
      case 'card':
        return act.ours.do === 'look' ? AS_IT_IS : cardWords(words);
      case 'message':
        await saying.privately(act, person, sayCard(words), trace, act.place === 'personal' ? {} : { instead: words });
        return EMPTY;
      default: {
        const never: never = act.via;
        return never;
      }
    }
  };

  return {
    refuse,
    reply: async (act, reply, by) => {
      if (act.kind === 'sought') {
        return reply.kind === 'options'
          ? extensionResults(reply.options, context(), reply.nothing)
          : extensionResults([], context());
      }
      if (act.kind === 'said') return act.dialog ? inADialog(act, reply) : toWords(act, reply, by);
      switch (act.via) {
        case 'fetch':
        case 'dialog':
          return inADialog(act, reply);
        case 'card':
          return cards(act, reply);
        case 'message':
          return byMessage(act, reply, by);
        default: {
          const never: never = act.via;
          return never;
        }
      }
    },
    late: async (act, reply, by) => {
      if (reply.kind !== 'tell' || act.kind === 'sought') return;
      if (act.kind === 'said' && !act.dialog) await toWords(act, reply, by);
      else await saying.privately(act, by.person, reply.card, by.trace);
    },
  };
};
