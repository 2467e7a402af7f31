/** The neutral edge: requests from a chat, and their answers. No SDK type passes a chat's `payloads.ts`. */

import type { Card, Choice, Form, FormValues } from '../../blocks/card.ts';
import type { Chat } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';

export interface Place {
  platform: Chat;
  channel: string;
  /** The thread's root message, where there is one. */
  thread?: string | undefined;
  /** A direct message with the bot. */
  direct?: boolean | undefined;
  /** Shared with another organisation (Slack Connect). */
  shared?: boolean | undefined;
  /** Everybody in the workspace can read it (Slack). */
  isPublic?: boolean | undefined;
  /** The bot can post here; undefined where the chat does not say. */
  botIsMember?: boolean | undefined;
}

interface InteractionBase {
  person: PersonId;
  place: Place | undefined;
  /** Names the human act: the same for a redelivery. */
  cause: string;
  /** Correlation id, shown to the person when something goes wrong. */
  trace: string;
}

export type Interaction =
  /** `/deal words`, or `@Clearthread words` in a thread. */
  | (InteractionBase & {
      kind: 'words';
      words: string;
      /** a form can be opened in answer: a command brings a trigger, a mention does not */ canOpen?:
        | boolean
        | undefined;
      /** The answer stands on a page of its own, where more fits than in a message. */
      page?: true | undefined;
    })
  | (InteractionBase & {
      kind: 'click';
      name: string;
      value: string;
      /** the click came from inside a form */ form?: { name: string; context: string; values: FormValues } | undefined;
    })
  | (InteractionBase & { kind: 'submit'; form: string; context: string; values: FormValues })
  /** A reactive input changed. */
  | (InteractionBase & { kind: 'change'; form: string; context: string; values: FormValues; input: string })
  | (InteractionBase & { kind: 'suggest'; source: string; query: string })
  /**
   * A live card is being shown to this person: what they see in its place. `key` is its live key (`section:product`).
   * Answered with `form` (something to fill in right there) or `done` (the card that everybody sees).
   */
  | (InteractionBase & { kind: 'look'; deal: string; key: string });

export interface GivenFile {
  name: string;
  /** Called once the act is answered: a file may take longer than an answer. */
  content: () => string | Promise<Buffer>;
}

export type Reply =
  /** Nothing more to say: acknowledge (a form closes). */
  | { kind: 'done' }
  /** `again`: the submitted form with its values, because more has to be filled in. Nothing was saved. */
  | { kind: 'form'; form: Form; again?: boolean | undefined }
  /**
   * The form stays open with its values. Keys are input names. `form` builds it again from the values, for a chat that
   * keeps no form on its screen (Teams).
   */
  | { kind: 'errors'; errors: Record<string, string>; form?: (() => Form) | undefined }
  /** Visible to the person alone; `open`: in answer to words it may stand where they were said, for all to read. */
  | {
      kind: 'tell';
      card: Card;
      open?: true | undefined;
      /** Nothing happened of what was asked: whoever pressed must see it, wherever they look. */
      refused?: true | undefined;
      /** A page in a message: its words bring it again, as it is then. */
      page?: true | undefined;
    }
  /** A file for this person alone; `form` holds what it can of it, for a chat that takes no files from bots. */
  | { kind: 'file'; file: GivenFile; form: Form }
  /** `nothing`: what to say where there is none, in a chat that can. */
  | { kind: 'options'; options: Choice[]; nothing?: string | undefined };

export interface Router {
  (interaction: Interaction): Promise<Reply>;
  /**
   * Begins to read what an act will need, before it is known whether it is allowed. `about`: the value of its button,
   * the context of its form, its words; `cause`: that of a submitted form. Shows nothing to anybody.
   */
  lookAhead?: (about: string, cause?: string) => void;
  /** Answers words that are answered alike to anybody, before it is asked who they are; undefined for all others. */
  forAnybody?: (words: string) => Reply | undefined;
}
