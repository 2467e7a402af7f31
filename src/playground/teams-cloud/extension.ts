/** The bot's message extension: what a person looks for where they write, and the card that they paste. */

import { z } from 'zod';
import type { CardJson, TeamsDone } from '../page/teams/wire.ts';
import { bodyOf, jsonOf, TROUBLE } from './answers.ts';
import { checkCard } from './card-check.ts';
import { CARD_TYPE } from './connector.ts';
import { invokeActivity } from './outbound.ts';
import { failed, type Setting } from './spot.ts';

/** The search command of the app's manifest. */
const COMMAND = { commandId: 'findDeal', parameter: 'words' };
/** https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search */
const MOST_RESULTS = 25;

const preview = z.strictObject({
  contentType: z.enum(['application/vnd.microsoft.card.thumbnail', 'application/vnd.microsoft.card.hero']),
  content: z.strictObject({ title: z.string().min(1), text: z.string().optional() }),
});
const answer = z.strictObject({
  composeExtension: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('message'), text: z.string().min(1) }),
    z.strictObject({
      type: z.literal('result'),
      attachmentLayout: z.enum(['list', 'grid']),
      attachments: z
        .array(z.strictObject({ contentType: z.literal(CARD_TYPE), content: z.unknown(), preview }))
        .max(MOST_RESULTS),
    }),
  ]),
});

export interface Seek {
  user: string;
  tab: string;
  conversation: string;
  words: string;
}

/** A client's text, without the markup that a preview may have: here it holds none. */
const unescaped = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export interface Extension {
  seek(given: Seek): Promise<TeamsDone>;
  /** Posts the chosen card in the person's own name, for everybody there. */
  paste(given: Omit<Seek, 'words'> & { n: number }): TeamsDone;
}

export const createExtension = (setting: Setting): Extension => {
  const { cloud, outbound } = setting;
  /** What was last found in a tab: only such a card can be pasted. */
  const found = new Map<string, CardJson[]>();
  const keyOf = ({ user, tab }: Pick<Seek, 'user' | 'tab'>): string => `${user} ${tab}`;
  const placeOf = ({ user: id, conversation: place }: Pick<Seek, 'user' | 'conversation'>) => {
    const [user, conversation] = [cloud.users.get(id), cloud.conversation(place)];
    return user && conversation && cloud.isIn(conversation, id) ? { user, conversation } : undefined;
  };
  const ELSEWHERE: TeamsDone = { error: 'You are not in this conversation.' };

  return {
    seek: async (given) => {
      const place = placeOf(given);
      if (!place) return ELSEWHERE;
      found.delete(keyOf(given));
      const { commandId, parameter } = COMMAND;
      const typed = given.words.trim();
      const sent = await outbound.send(
        invokeActivity({ ...place, thread: undefined }, 'composeExtension/query', {
          commandId,
          parameters: [typed === '' ? { name: 'initialRun', value: 'true' } : { name: parameter, value: typed }],
          queryOptions: { skip: 0, count: MOST_RESULTS },
        }),
      );
      const got = bodyOf(sent);
      if ('problem' in got) return { error: TROUBLE };
      const parsed = answer.safeParse(jsonOf(got.body));
      if (!parsed.success) return failed(setting, [z.prettifyError(parsed.error)]);
      const { composeExtension: said } = parsed.data;
      if (said.type === 'message') return { found: [], message: said.text };
      const checked = said.attachments.map(({ content }) => checkCard(content, 'message'));
      const problems = checked.flatMap((one) => (one.ok ? [] : one.problems));
      if (problems.length > 0) return failed(setting, problems);
      found.set(
        keyOf(given),
        checked.flatMap((one) => (one.ok ? [one.card] : [])),
      );
      return {
        found: said.attachments.map(({ preview: { content } }) => ({
          title: unescaped(content.title),
          text: unescaped(content.text ?? ''),
        })),
      };
    },
    paste: (given) => {
      const card = found.get(keyOf(given))?.[given.n];
      if (!card || !placeOf(given)) return ELSEWHERE;
      cloud.post({ conversation: given.conversation, author: given.user, text: '', card });
      return {};
    },
  };
};
