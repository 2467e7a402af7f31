/** Suggests the bot's commands as soon as it is mentioned. */

import type { Hint, Typing } from '../composer.ts';
import { act, conversationOf, session } from './session.ts';

const hintsFor = (text: string, personal: boolean): Hint[] => {
  const { bot, commands } = session.start;
  const typed = /^@(.*)$/s.exec(text)?.[1]?.toLowerCase();
  if (typed === undefined) return [];
  return commands
    .map(({ words, hint }) => {
      const whole = personal ? words : `@${bot.name} ${words}`;
      return { label: whole, about: hint, text: whole };
    })
    .filter(({ label }) =>
      label
        .replace('@', '')
        .toLowerCase()
        .startsWith(personal ? '' : typed),
    );
};

export const typing = (place: { conversation: string; thread?: string }): Typing => ({
  hints: (text) => hintsFor(text, conversationOf(place.conversation)?.kind === 'personal'),
  send: (text) => act('say', { ...place, text }),
});
