/** The neutral card and form, before any chat platform. Renderers: `slack/slack.ts`, `teams/teams.ts`. */

import type { Instant, PersonId } from '../flows/ids.ts';

/** Text is never markup: a renderer shows a string's characters as they are. */
export type Span =
  | string
  | { strong: string }
  | { quiet: string }
  | { person: PersonId }
  | { link: { url: string; text: string } }
  /** A length of time, counted where it is read: `2 days ago`. A client that can't count shows `since` and the time. */
  | { since: Instant };
export type Text = string | readonly Span[];

/** A mark's meaning is fixed: one glyph per meaning, always with words next to it. */
export type Tone = 'neutral' | 'good' | 'attention' | 'stop';

export interface Action {
  /** Names the handler: `deal.answer`. Unique within a card together with `value`. */
  name: string;
  /** Opaque hint for the handler (`D-7K3QXM/product/12`), at most 2,000 characters. Never trusted. */
  value: string;
  label: string;
  /** https (or the playground's own http); the button opens it. */
  url?: string | undefined;
  style?: 'primary' | 'danger' | undefined;
  /** A press brings a form: Teams must know before the press and opens a dialog. */
  opens?: 'form' | undefined;
  /** Spoken by screen readers where the label alone is ambiguous, at most 75 characters. */
  accessibleLabel?: string | undefined;
}

export type Block =
  | { kind: 'title'; text: string; tone?: Tone | undefined }
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: Text }
  | { kind: 'quote'; text: Text }
  /** `yields`: where a chat lacks room for all of a form, it leaves out items of this list first, or never. Absent: late. */
  | { kind: 'list'; items: readonly Text[]; yields?: 'first' | 'never' | undefined }
  | { kind: 'facts'; facts: readonly { label: string; value: Text }[] }
  | { kind: 'note'; text: Text }
  /** `alt` says what it shows, in at most 2,000 characters, and replaces it where a chat does not take it. */
  | { kind: 'picture'; svg: string; alt: string }
  | { kind: 'divider' }
  | { kind: 'actions'; actions: readonly Action[] };

/** Returns a chat's name for a picture; undefined where the chat did not take it. */
export type Pictures = (svg: string) => string | undefined;

export interface Card {
  blocks: readonly Block[];
}

export const actionsOf = ({ blocks }: Card): Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));

/** Leaves out buttons. */
export const onlyActions = ({ blocks }: Card, isKept: (action: Action) => boolean): Card => ({
  blocks: blocks.flatMap((block): Block[] => {
    if (block.kind !== 'actions') return [block];
    const actions = block.actions.filter(isKept);
    return actions.length === 0 ? [] : [{ ...block, actions }];
  }),
});

export const hasPicture = ({ blocks }: Card): boolean => blocks.some(({ kind }) => kind === 'picture');

/** Replaces each picture with its words. */
export const withoutPictures = ({ blocks }: Card): Card => ({
  blocks: blocks.map((block) => (block.kind === 'picture' ? { kind: 'note', text: block.alt } : block)),
});

export interface Choice {
  value: string;
  label: string;
  description?: string | undefined;
}

export type Control =
  | { type: 'line'; initial?: string | undefined; placeholder?: string | undefined; maxLength?: number | undefined }
  | {
      type: 'paragraph';
      initial?: string | undefined;
      placeholder?: string | undefined;
      maxLength?: number | undefined;
      minLength?: number | undefined;
    }
  | { type: 'radio'; options: readonly Choice[]; initial?: string | undefined }
  | { type: 'menu'; options: readonly Choice[]; initial?: string | undefined; placeholder?: string | undefined }
  | { type: 'checkboxes'; options: readonly Choice[]; initial?: readonly string[] | undefined }
  /** Type-ahead; options come from `source` as the person types. */
  | { type: 'search'; source: string; initial?: Choice | undefined; placeholder?: string | undefined }
  | { type: 'date'; initial?: string | undefined }
  | { type: 'person'; initial?: PersonId | undefined; placeholder?: string | undefined }
  /**
   * Files, each as a line `name, https://…`. Slack's own input uploads them, and keeps them in a form that was refused.
   * Teams hands an app no file out of a form, so there it is a text for links of files: `placeholder` says which, and `links` in place of the
   * hint what is kept of them.
   */
  | { type: 'files'; most: number; initial?: string | undefined; placeholder: string; links: string };

export interface Input {
  kind: 'input';
  /** Unique within the form; the key of its value in a submission and of its error. */
  name: string;
  label: string;
  hint?: string | undefined;
  optional?: boolean | undefined;
  /** Asked only because of what another input says: a chat that redraws nothing at once must not insist on it. */
  follows?: true | undefined;
  /** A change is sent at once so that the form can grow a follow-up. */
  reactive?: boolean | undefined;
  control: Control;
}

export type FormBlock = Exclude<Block, { kind: 'title' }> | Input;

export interface Form {
  /** Names the handler of its submission: `deal.open`. */
  name: string;
  /** At most 24 characters. */
  title: string;
  /** Label of the submit button, at most 24 characters; absent: the form only shows. */
  submit?: string | undefined;
  close?: string | undefined;
  /** Opaque to the client, comes back with the submission, at most 3,000 characters. Never trusted. */
  context: string;
  blocks: readonly FormBlock[];
}

/** Submitted values by input name. A `person` is a PersonId (mapped by the edge); an empty input is absent. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;
