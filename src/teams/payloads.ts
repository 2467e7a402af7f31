/**
 * Teams' payloads, checked, as one union. Shapes:
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference (activities) and
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model (`adaptiveCard/action`).
 */

import { z } from 'zod';
import { clip } from '../../blocks/limits.ts';
import { OURS, ours, type Ours } from '../../blocks/teams/data.ts';
import { plainConversation, type ConversationKind } from './conversations.ts';

const id = z.string().min(1).max(1000);
const nullish = z.string().max(1000).nullish();

/** Every activity has these. */
export const envelope = z.object({
  type: id,
  id: nullish,
  channelId: nullish,
  serviceUrl: z.string().max(2000).nullish(),
  from: z.object({ id, aadObjectId: nullish, role: nullish }),
  recipient: z.object({ id }),
  conversation: z.object({ id, conversationType: nullish, tenantId: nullish }),
  channelData: z
    .object({ tenant: z.object({ id: nullish }).nullish(), channel: z.object({ type: nullish }).nullish() })
    .nullish(),
  replyToId: nullish,
});
export type Envelope = z.infer<typeof envelope>;

/** A whole tag: anything shorter could occur in a message a thousand times. */
const TAG = /<at\b[^<>]*>[^<>]*<\/at>/g;

const mention = z.object({
  type: z.literal('mention'),
  /** `<at>Clearthread</at>`, as it stands in the message. */
  text: z.string().nullish().catch(undefined),
  mentioned: z.object({ id: nullish, name: nullish }),
});

const message = z.object({
  text: z.string().nullish(),
  entities: z.array(z.unknown()).nullish(),
  value: z.unknown().optional(),
});

/** Our data is among the person's values. */
const data = z.record(z.string(), z.unknown());
const withData = z.object({ data });
const cardAction = z.object({ action: withData });
const compose = z.object({ commandId: id });
const query = z.object({
  commandId: id,
  parameters: z
    .array(z.object({ name: id, value: z.string().max(1000).nullish().catch(undefined) }))
    .max(20)
    .nullish(),
});

const installed = z.object({ action: z.string() });
const members = z.object({ membersAdded: z.array(z.object({ id })).nullish() });

/** The way a press came in, which decides how it is answered. */
export type Via =
  /** `task/fetch`: a dialog may open. */
  | 'fetch'
  /** `task/submit`, `composeExtension/submitAction`: the dialog continues, or closes. */
  | 'dialog'
  /** `adaptiveCard/action`: the card is drawn again. */
  | 'card'
  /** A message with data: from a client that knows no `Action.Execute`. */
  | 'message';

interface By {
  /** The activity's id. */
  activity: string;
  serviceUrl: string;
  tenant: string;
  /** Entra object id of the actor; undefined for an account without one. */
  account: string | undefined;
  /** `29:…` */
  user: string;
  /** The bot's id there, `28:…`. */
  bot: string;
  /** Id as received, with `;messageid=` in a channel's thread. */
  conversation: string;
  place: ConversationKind;
  /** People of other organisations can be in it. */
  shared: boolean;
}

export interface Press extends By {
  kind: 'press';
  via: Via;
  ours: Ours;
  /** Our data and the inputs' values, as received. */
  data: Readonly<Record<string, unknown>>;
  /** The message whose card was pressed. */
  on: string | undefined;
}

export interface Said extends By {
  kind: 'said';
  words: string;
  /** A message action: it is answered with a dialog. */
  dialog: boolean;
}

/** Somebody looks for a deal to paste, as they type. It is answered with what to choose from. */
export interface Sought extends By {
  kind: 'sought';
  query: string;
}

/** The acts that are answered. */
export type TeamsAct = Press | Said | Sought;

/** The bot was added to this conversation. */
export interface Arrived extends By {
  kind: 'arrived';
  greet: boolean;
}

export type Payload =
  | TeamsAct
  | Arrived
  /** Not a request to the bot. */
  | { kind: 'ignored' }
  | { kind: 'unsupported'; what: string; via?: Via };

/** Longer than any message that Teams takes. */
const MOST_WORDS = 40_000;
/** The message action of the app package. */
export const NEW_DEAL = 'newDeal';
/** The search command of the app package, and its one parameter. */
const FIND_DEAL = 'findDeal';
const WORDS = 'words';

const placeOf = ({ conversation }: Envelope): ConversationKind => {
  const { conversationType } = conversation;
  return conversationType === 'personal' || conversationType === 'groupChat' ? conversationType : 'channel';
};

const by = (found: Envelope): By => ({
  activity: found.id ?? '',
  serviceUrl: found.serviceUrl ?? '',
  tenant: (found.channelData?.tenant?.id ?? found.conversation.tenantId ?? '').toLowerCase(),
  account: found.from.aadObjectId?.toLowerCase() || undefined,
  user: found.from.id,
  bot: found.recipient.id,
  conversation: found.conversation.id,
  place: placeOf(found),
  shared: found.channelData?.channel?.type === 'shared',
});

type Mention = z.infer<typeof mention>;

const MOST_MENTIONS = 50;

const mentionsIn = (entities: readonly unknown[]): Mention[] => {
  const found: Mention[] = [];
  for (const entity of entities) {
    const { data: parsed } = mention.safeParse(entity);
    if (parsed) found.push(parsed);
    if (found.length === MOST_MENTIONS) break;
  }
  return found;
};

const unescaped = (text: string): string =>
  text.replaceAll('&nbsp;', ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const MOST_NAME = 200;

/** Removes the mention of the bot; other people's names stay, once read: the result holds no mention. */
const wordsOf = (text: string, mentions: readonly Mention[], bot: string): string => {
  const names = new Map(
    mentions.map(({ text: tag, mentioned }) => [
      tag,
      mentioned.id === bot ? ' ' : clip(mentioned.name ?? ' ', MOST_NAME),
    ]),
  );
  const words = clip(text, MOST_WORDS).replace(TAG, (tag) => names.get(tag) ?? tag);
  return clip(unescaped(clip(words, MOST_WORDS)).trim(), MOST_WORDS);
};

const press = (found: Envelope, via: Via, sent: Readonly<Record<string, unknown>>): Payload => {
  const parsed = ours.safeParse(Object.hasOwn(sent, OURS) ? sent[OURS] : undefined);
  if (!parsed.success) return { kind: 'unsupported', what: via, via };
  return { kind: 'press', ...by(found), via, ours: parsed.data, data: sent, on: found.replyToId ?? undefined };
};

const fromMessage = (found: Envelope, body: unknown): Payload => {
  const parsed = message.safeParse(body);
  if (!parsed.success) return { kind: 'unsupported', what: 'message' };
  const { text, entities, value } = parsed.data;
  const sent = data.safeParse(value);
  if (sent.success && Object.hasOwn(sent.data, OURS)) return press(found, 'message', sent.data);
  const mentions = mentionsIn(entities ?? []);
  const bot = found.recipient.id;
  const called = mentions.some(({ mentioned }) => mentioned.id === bot);
  if (found.from.role === 'bot' || !text || (placeOf(found) !== 'personal' && !called)) return { kind: 'ignored' };
  return { kind: 'said', ...by(found), words: wordsOf(text, mentions, bot), dialog: false };
};

const fromInvoke = (found: Envelope, body: unknown): Payload => {
  const parsed = z.object({ name: id, value: z.unknown().optional() }).safeParse(body);
  if (!parsed.success) return { kind: 'unsupported', what: 'invoke' };
  const { name, value } = parsed.data;
  const unsupported: Payload = { kind: 'unsupported', what: name };
  const pressed = (via: Via): Payload => {
    const sent = withData.safeParse(value);
    return sent.success ? press(found, via, sent.data.data) : unsupported;
  };
  switch (name) {
    case 'task/fetch':
      return pressed('fetch');
    case 'task/submit':
    case 'composeExtension/submitAction':
      return pressed('dialog');
    case 'adaptiveCard/action': {
      const sent = cardAction.safeParse(value);
      return sent.success ? press(found, 'card', sent.data.action.data) : { ...unsupported, via: 'card' };
    }
    case 'composeExtension/fetchTask': {
      const command = compose.safeParse(value);
      if (command.data?.commandId !== NEW_DEAL) return unsupported;
      return { kind: 'said', ...by(found), words: 'new deal', dialog: true };
    }
    case 'composeExtension/query': {
      const sent = query.safeParse(value);
      if (sent.data?.commandId !== FIND_DEAL) return unsupported;
      // Before anything is typed there is a parameter of Teams' own, `initialRun`.
      const words = sent.data.parameters?.find(({ name: parameter }) => parameter === WORDS)?.value;
      return { kind: 'sought', ...by(found), query: words ?? '' };
    }
    default:
      return unsupported;
  }
};

/** Reads a payload, or `unsupported`: an invoke not ours, or one of ours with a field missing or of a wrong type. */
export const readPayload = (found: Envelope, body: unknown): Payload => {
  switch (found.type) {
    case 'message':
    case 'invoke':
      // Without an id a repeat cannot be recognised.
      if (!found.id) return { kind: 'unsupported', what: found.type };
      return found.type === 'message' ? fromMessage(found, body) : fromInvoke(found, body);
    case 'installationUpdate': {
      const added = installed.safeParse(body).data?.action === 'add';
      return added ? { kind: 'arrived', ...by(found), greet: placeOf(found) === 'personal' } : { kind: 'ignored' };
    }
    case 'conversationUpdate': {
      const came = members.safeParse(body).data?.membersAdded?.some((member) => member.id === found.recipient.id);
      return came ? { kind: 'arrived', ...by(found), greet: false } : { kind: 'ignored' };
    }
    default:
      return { kind: 'ignored' };
  }
};

/** Returns the root message of the thread that it happened in; only a channel has threads. */
export const threadOf = ({ conversation, place }: Pick<By, 'conversation' | 'place'>): string | undefined =>
  place === 'channel' ? /;messageid=([^;]+)/.exec(conversation)?.[1] : undefined;

export const channelOf = ({ conversation }: Pick<By, 'conversation'>): string => plainConversation(conversation);
