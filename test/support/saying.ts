/** Words and presses at a desk, and the answers as their person sees them. */

import type { Card } from '../../blocks/card.ts';
import type { Place, Reply } from '../../src/edge/interaction.ts';
import { actionsOf, plain } from '../blocks/cards/plain.ts';
import type { AtDesk } from './desk.ts';

export const SLACK: Place = { platform: 'slack', channel: 'C0CLEAR' };
export const TEAMS: Place = { platform: 'teams', channel: '19:clear@thread.tacv2' };
export const PERSONAL: Place = { platform: 'teams', channel: 'a:personal', direct: true };
export const PLACES = Object.entries({ Slack: SLACK, Teams: TEAMS, 'a personal chat in Teams': PERSONAL });

/** The card of an answer to this person alone. */
export const cardIn = (reply: Reply): Card => {
  if (reply.kind !== 'tell' || reply.open) throw new Error(`not private: ${JSON.stringify(reply)}`);
  return reply.card;
};
/** What a window shows, without its inputs. */
export const shown = (reply: Reply): Card => {
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  return { blocks: reply.form.blocks.filter((block) => block.kind !== 'input') };
};
export const buttons = (card: Card): string[] => actionsOf(card).map(({ name, value }) => `${name} ${value}`);

/** `at`: the desk of the test that runs. */
export const sayingAt = (at: () => AtDesk) => {
  const say = (person: string, words: string, place: Place = SLACK): Promise<Reply> =>
    at().ask(person, { kind: 'words', words, canOpen: place.platform === 'slack' }, place);
  return {
    say,
    told: async (person: string, words: string, place?: Place): Promise<string> =>
      plain(cardIn(await say(person, words, place))),
    press: (person: string, name: string, value: string, place = SLACK): Promise<Reply> =>
      at().ask(person, { kind: 'click', name, value }, place),
  };
};
