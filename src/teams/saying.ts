/** The bot's answers in messages: where somebody asked, or in their own chat. */

import { hasPicture, type Card } from '../../blocks/card.ts';
import { fallbackText } from '../../blocks/fallback.ts';
import { teamsCard, type AdaptiveCard, type TeamsContext } from '../../blocks/teams/teams.ts';
import type { PersonId } from '../../flows/ids.ts';
import { sayCard } from '../edge/words.ts';
import type { Logger } from '../log.ts';
import { cardActivity, type TeamsActivity } from './activity.ts';
import type { Addresses } from './addresses.ts';
import type { Connector } from './connector.ts';
import { deliveryFault, teamsCode, teamsStatus } from './faults.ts';
import { type TeamsAct, channelOf } from './payloads.ts';
import { picturesIn } from './pictures.ts';

type To = Pick<TeamsAct, 'serviceUrl' | 'conversation' | 'place' | 'user' | 'bot' | 'tenant'>;

/** Words for the place of the question about an answer in private. Absent: none. */
export interface WhereAsked {
  /** Said once it went out. Not needed in the private chat itself. */
  answered?: string | undefined;
  /** Said where that chat cannot be opened. */
  instead?: string | undefined;
}

/** A message that stands. */
export interface SaidAt {
  serviceUrl: string;
  conversation: string;
  id: string;
}

export interface Saying {
  /** Answers where it was asked; everybody there reads it. Never throws. */
  here(to: To, card: Card, trace: string): Promise<void>;
  /**
   * Answers in the person's own chat with the bot, and returns where that stands. Never throws. `person` is undefined for somebody whom the bot does
   * not know.
   */
  privately(
    to: To,
    person: PersonId | undefined,
    card: Card,
    trace: string,
    words?: WhereAsked,
  ): Promise<SaidAt | undefined>;
  /** Draws that answer again. Throws the connector's error. */
  again(at: SaidAt, card: Card): Promise<void>;
  /** The same with a form that is drawn already. */
  formPrivately(to: To, person: PersonId | undefined, form: AdaptiveCard, trace: string): Promise<void>;
}

export interface SayingOptions {
  connector: Pick<Connector, 'post' | 'update' | 'createPersonal'>;
  reach: Pick<Addresses, 'known' | 'open'>;
  context: () => TeamsContext;
  logger: Logger;
}

/** The person who asked is waiting. */
const MOST_WAIT_MS = 5000;
const LEAST_WAIT_MS = 300;

export const createSaying = ({ connector, reach, context, logger }: SayingOptions): Saying => {
  const activityOf = async (card: Card): Promise<TeamsActivity> =>
    cardActivity(
      teamsCard(card, context(), undefined, hasPicture(card) ? await picturesIn(card, logger) : undefined),
      fallbackText(card, (id) => context().names(id)?.name),
    );

  const chatWith = async (to: To, person: PersonId | undefined) => {
    if (to.place === 'personal') return to;
    if (person !== undefined) return (await reach.known(person)) ?? reach.open(person, channelOf(to));
    const { serviceUrl, user, bot, tenant } = to;
    return { serviceUrl, ...(await connector.createPersonal(serviceUrl, { user, tenant, botId: bot })) };
  };

  const post = async (
    { serviceUrl, conversation }: Pick<To, 'serviceUrl' | 'conversation'>,
    activity: TeamsActivity,
  ): Promise<SaidAt> => {
    const at = ({ id }: { id: string }): SaidAt => ({ serviceUrl, conversation, id });
    try {
      return at(await connector.post(serviceUrl, conversation, activity));
    } catch (error) {
      // Rejected, so certainly not sent; after any other error it may have been.
      if (teamsStatus(error) !== 429) throw error;
      const wait = deliveryFault(error).retryAfterMs ?? 0;
      if (wait > MOST_WAIT_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.max(wait, LEAST_WAIT_MS)));
      return at(await connector.post(serviceUrl, conversation, activity));
    }
  };

  const here: Saying['here'] = async (to, card, trace) => {
    try {
      await post(to, await activityOf(card));
    } catch (error) {
      logger.warn('teams.say-failed', { trace, code: teamsCode(error), error });
    }
  };

  const between = async (
    to: To,
    person: PersonId | undefined,
    activity: () => TeamsActivity | Promise<TeamsActivity>,
    trace: string,
    { answered, instead }: WhereAsked = {},
  ): Promise<SaidAt | undefined> => {
    let said: SaidAt;
    try {
      said = await post(await chatWith(to, person), await activity());
    } catch (error) {
      logger.info('teams.say-elsewhere', { trace, code: teamsCode(error) });
      if (instead !== undefined) await here(to, sayCard(instead), trace);
      return undefined;
    }
    if (answered !== undefined && to.place !== 'personal') await here(to, sayCard(answered), trace);
    return said;
  };

  return {
    here,
    privately: (to, person, card, trace, words) => between(to, person, () => activityOf(card), trace, words),
    again: async ({ serviceUrl, conversation, id }, card) =>
      connector.update(serviceUrl, conversation, id, await activityOf(card)),
    formPrivately: async (to, person, form, trace) => {
      await between(to, person, () => cardActivity(form, 'Please fill in'), trace);
    },
  };
};
