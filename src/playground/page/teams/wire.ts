/** Messages between the Teams page and the stand-in for Teams' cloud: JSON under `/playground/teams/ui/`. */

/** An Adaptive Card as it was sent. */
export type CardJson = { type: 'AdaptiveCard' } & Record<string, unknown>;

export interface TeamsPerson {
  /** Entra object id. */
  id: string;
  name: string;
  /** What they do here; empty: nothing is known. */
  role: string;
  guest: boolean;
}

export interface TeamsConversation {
  /** `19:…@thread.tacv2` of a channel, `19:…@thread.v2` of a group chat, `a:…` of the personal chat with the bot. */
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'personal';
  /** A deal can be started here: a clearance channel, or one's own chat with the bot. */
  clearance: boolean;
}

export interface ShownActivity {
  conversation: string;
  id: string;
  /** The root's id, for a reply in a channel. */
  thread?: string | undefined;
  author: { id: string; name: string; bot: boolean };
  /** Plain text of a person's message, or of the bot's. */
  text: string;
  /** The card that everybody sees. */
  card?: CardJson | undefined;
  edited: boolean;
  /** Counts the edits: each brings a new refresh. */
  version: number;
  /** ISO 8601. */
  at: string;
  /** Number of a root's replies, in a channel. */
  replies: number;
}

export interface TeamsStart {
  tenant: string;
  bot: { id: string; name: string };
  people: TeamsPerson[];
  conversations: (TeamsConversation & { unread: number })[];
  /** The commands that the bot's manifest suggests. */
  commands: { words: string; hint: string }[];
}

/** A dialog (Teams' task module) that is open in this tab. */
export interface ShownDialog {
  id: string;
  title: string;
  card: CardJson;
}

/** `POST act`: an action of a card was pressed. `data` is its own with the inputs' values merged in, as Teams does. */
export interface Pressed {
  user: string;
  tab: string;
  on: { kind: 'activity'; conversation: string; activity: string } | { kind: 'dialog'; dialog: string };
  action: { type: 'Action.Execute' | 'Action.Submit'; verb?: string | undefined; data: Record<string, unknown> };
}

/** Teams' display after an act. */
export interface TeamsDone {
  /** Teams' own words: the bot did not answer, or answered wrongly. */
  error?: string | undefined;
  /** The bot's private words to this person. */
  message?: string | undefined;
  /** The card to show this person in place of the pressed one. */
  card?: CardJson | undefined;
  /** A dialog opened or changed; null: it closed. */
  dialog?: ShownDialog | null | undefined;
  /** What the app's search command found, as only this person sees it. */
  found?: { title: string; text: string }[] | undefined;
}

export type TeamsLive =
  | { kind: 'activity'; activity: ShownActivity }
  | { kind: 'gone'; conversation: string; id: string }
  | { kind: 'dialog'; dialog: ShownDialog | null }
  | { kind: 'conversations' };
