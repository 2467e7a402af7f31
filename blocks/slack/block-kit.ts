/** The part of Slack's Block Kit that Clearthread uses; nothing else is ever sent. https://docs.slack.dev/block-kit */

export interface PlainText {
  type: 'plain_text';
  text: string;
  emoji: false;
}

export interface Style {
  bold?: true;
  italic?: true;
}

export type RichElement =
  | { type: 'text'; text: string; style?: Style }
  | { type: 'user'; user_id: string }
  | { type: 'link'; url: string; text: string }
  /** https://docs.slack.dev/reference/block-kit/block-elements/date-element: seconds since 1970, as text the client keeps current. */
  | { type: 'date'; timestamp: number; format: '{ago}'; fallback: string };

export interface RichSection {
  type: 'rich_text_section';
  elements: RichElement[];
}

export type RichPart =
  | RichSection
  | { type: 'rich_text_quote'; elements: RichElement[] }
  | { type: 'rich_text_list'; style: 'bullet'; elements: RichSection[] };

export interface RichText {
  type: 'rich_text';
  elements: RichPart[];
}

export interface Button {
  type: 'button';
  action_id: string;
  text: PlainText;
  value?: string;
  url?: string;
  style?: 'primary' | 'danger';
  accessibility_label?: string;
}

export interface Option {
  text: PlainText;
  value: string;
  description?: PlainText;
}

interface Field {
  action_id: string;
}

export type Element = Field &
  (
    | {
        type: 'plain_text_input';
        multiline: boolean;
        initial_value?: string;
        placeholder?: PlainText;
        max_length?: number;
        min_length?: number;
      }
    | { type: 'radio_buttons'; options: Option[]; initial_option?: Option }
    | { type: 'checkboxes'; options: Option[]; initial_options?: Option[] }
    | { type: 'static_select'; options: Option[]; initial_option?: Option; placeholder?: PlainText }
    | { type: 'external_select'; min_query_length: number; initial_option?: Option; placeholder?: PlainText }
    | { type: 'datepicker'; initial_date?: string }
    | { type: 'file_input'; max_files: number }
    | { type: 'users_select'; initial_user?: string; placeholder?: PlainText }
  );

export interface InputBlock {
  type: 'input';
  block_id: string;
  label: PlainText;
  element: Element;
  optional: boolean;
  hint?: PlainText;
  dispatch_action?: true;
}

export type MessageBlock =
  | { type: 'header'; text: PlainText }
  | RichText
  | { type: 'context'; elements: PlainText[] }
  | { type: 'divider' }
  /** A file that the bot has uploaded: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
  | { type: 'image'; slack_file: { id: string }; alt_text: string }
  | { type: 'actions'; elements: Button[] };

export type ViewBlock = MessageBlock | InputBlock;

/** https://docs.slack.dev/reference/views/home-tab-views */
export interface HomeView {
  type: 'home';
  private_metadata?: string;
  blocks: MessageBlock[];
}

export interface ModalView {
  type: 'modal';
  callback_id: string;
  title: PlainText;
  submit?: PlainText;
  close?: PlainText;
  private_metadata: string;
  blocks: ViewBlock[];
}
