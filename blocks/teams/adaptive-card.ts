/** The part of Adaptive Cards 1.5 that Clearthread uses; nothing else is ever sent. https://adaptivecards.io/explorer */

import type { Ours } from './data.ts';

/** The data that comes back to the bot when an action is pressed, together with the inputs' values. */
export interface ActionData {
  clearthread: Ours;
  /** Teams then asks for a dialog: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots */
  msteams?: { type: 'task/fetch' };
}

interface Pressed {
  title: string;
  style?: 'positive' | 'destructive';
  /** Shown on hover and spoken by screen readers. */
  tooltip?: string;
}

export type OpenUrl = Pressed & { type: 'Action.OpenUrl'; url: string };
export type Submit = Pressed & { type: 'Action.Submit'; data: ActionData };
export type Execute = Pressed & { type: 'Action.Execute'; verb: string; data: ActionData; fallback: Submit };
export type CardAction = OpenUrl | Submit | Execute;

/** Shown as it is: no Markdown, though some clients turn `{{DATE(…)}}` into a date. */
export interface TextRun {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  size?: 'Small' | 'Medium' | 'Large';
  isSubtle?: true;
  color?: 'Attention';
  selectAction?: { type: 'Action.OpenUrl'; url: string };
}

interface Placed {
  spacing?: 'None' | 'Small' | 'Medium' | 'Large';
  /** A line above. */
  separator?: true;
}

export type RichText = Placed & { type: 'RichTextBlock'; inlines: TextRun[] };
/** Markdown, so only for text in which nothing can be markup. Screen readers jump from heading to heading. */
export type Heading = Placed & {
  type: 'TextBlock';
  text: string;
  wrap: true;
  style: 'heading';
  weight: 'Bolder';
  size: 'Medium' | 'Large';
};
export type Quote = Placed & { type: 'Container'; style: 'emphasis'; items: RichText[] };
export type ActionRow = Placed & { type: 'ActionSet'; actions: CardAction[] };

/** `url` is a data URI: nothing is fetched from anywhere. */
export type Picture = Placed & { type: 'Image'; url: string; altText: string; size: 'Stretch' };

interface Labelled {
  /** Names its value in the answer. */
  id: string;
  label: string;
  isRequired?: true;
  /** Shown under it when it is required and empty. */
  errorMessage?: string;
}

export interface ChoiceItem {
  title: string;
  value: string;
}

export type TextInput = Labelled & {
  type: 'Input.Text';
  isMultiline: boolean;
  maxLength: number;
  value?: string;
  placeholder?: string;
};
export type ChoiceInput = Labelled & {
  type: 'Input.ChoiceSet';
  /** `filtered` is found by typing: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search */
  style: 'compact' | 'expanded' | 'filtered';
  isMultiSelect?: true;
  wrap: true;
  choices: ChoiceItem[];
  /** Several are separated by commas. */
  value?: string;
  placeholder?: string;
};
export type DateInput = Labelled & { type: 'Input.Date'; value?: string };
export type CardInput = Placed & (TextInput | ChoiceInput | DateInput);

export type CardElement = Picture | RichText | Heading | Quote | ActionRow | CardInput;
