/** Suggests commands and people while somebody types in the Slack pane. */

import type { Hint, Typing } from './composer.ts';
import { act, session } from './session.ts';
import type { Say } from './wire.ts';

const hintsFor = (text: string): Hint[] => {
  const command = /^\/\S*$/.exec(text);
  if (command) {
    return session.start.commands
      .filter((known) => known.command.startsWith(text))
      .map(({ command: name, hint }) => ({ label: name, about: hint, text: `${name} ` }));
  }
  const mention = /(?:^|\s)@(\S*)$/.exec(text);
  if (!mention) return [];
  const typed = (mention[1] ?? '').toLowerCase();
  return session.start.people
    .filter((p) => !p.deactivated && p.name.toLowerCase().startsWith(typed))
    .slice(0, 8)
    .map(({ name, bot }) => ({
      label: `@${name}`,
      about: bot ? 'app' : '',
      text: `${text.slice(0, text.length - typed.length)}${name} `,
    }));
};

export const typing = (place: Pick<Say, 'channel' | 'thread'>): Typing => ({
  hints: hintsFor,
  send: (text) => act<Say>('say', { ...place, text }),
});
