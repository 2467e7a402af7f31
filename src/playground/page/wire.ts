/** Messages between the playground's server and its page. Types only: both sides compile against this file. */

export interface PlainText {
  type: 'plain_text';
  text: string;
  emoji?: boolean | undefined;
}
export interface Mrkdwn {
  type: 'mrkdwn';
  text: string;
  verbatim?: boolean | undefined;
}
export type AnyText = PlainText | Mrkdwn;

export interface Confirm {
  title: PlainText;
  text: AnyText;
  confirm: PlainText;
  deny: PlainText;
  style?: 'primary' | 'danger' | undefined;
}

export interface Option {
  text: AnyText;
  value: string;
  description?: AnyText | undefined;
  url?: string | undefined;
}
export interface OptionGroup {
  label: PlainText;
  options: Option[];
}

interface Interactive {
  /** Set by the cloud where the bot omitted it. */
  action_id?: string | undefined;
  confirm?: Confirm | undefined;
  focus_on_load?: boolean | undefined;
}
export interface Button extends Omit<Interactive, 'focus_on_load'> {
  type: 'button';
  text: PlainText;
  value?: string | undefined;
  url?: string | undefined;
  style?: 'primary' | 'danger' | undefined;
  accessibility_label?: string | undefined;
}
export interface StaticSelect extends Interactive {
  type: 'static_select';
  placeholder?: PlainText | undefined;
  options?: Option[] | undefined;
  option_groups?: OptionGroup[] | undefined;
  initial_option?: Option | undefined;
}
export interface ExternalSelect extends Interactive {
  type: 'external_select';
  placeholder?: PlainText | undefined;
  initial_option?: Option | undefined;
  min_query_length?: number | undefined;
}
export interface UsersSelect extends Interactive {
  type: 'users_select';
  placeholder?: PlainText | undefined;
  initial_user?: string | undefined;
}
export interface RadioButtons extends Interactive {
  type: 'radio_buttons';
  options: Option[];
  initial_option?: Option | undefined;
}
export interface Checkboxes extends Interactive {
  type: 'checkboxes';
  options: Option[];
  initial_options?: Option[] | undefined;
}
export interface PlainTextInput extends Omit<Interactive, 'confirm'> {
  type: 'plain_text_input';
  placeholder?: PlainText | undefined;
  initial_value?: string | undefined;
  multiline?: boolean | undefined;
  min_length?: number | undefined;
  max_length?: number | undefined;
  dispatch_action_config?:
    | { trigger_actions_on?: ('on_enter_pressed' | 'on_character_entered')[] | undefined }
    | undefined;
}
export interface DatePicker extends Interactive {
  type: 'datepicker';
  placeholder?: PlainText | undefined;
  initial_date?: string | undefined;
}
export interface FileInput extends Pick<Interactive, 'action_id'> {
  type: 'file_input';
  filetypes?: string[] | undefined;
  max_files?: number | undefined;
}
export interface Overflow extends Omit<Interactive, 'focus_on_load'> {
  type: 'overflow';
  options: Option[];
}
export type Input =
  | StaticSelect
  | ExternalSelect
  | UsersSelect
  | RadioButtons
  | Checkboxes
  | PlainTextInput
  | DatePicker
  | FileInput;
export type Element = Input | Button | Overflow;

export interface ImageElement {
  type: 'image';
  image_url: string;
  alt_text: string;
}

export interface TextStyle {
  bold?: boolean | undefined;
  italic?: boolean | undefined;
  strike?: boolean | undefined;
  code?: boolean | undefined;
}
export type RichInline =
  | { type: 'text'; text: string; style?: TextStyle | undefined }
  | { type: 'user'; user_id: string; style?: TextStyle | undefined }
  | { type: 'link'; url: string; text?: string | undefined; style?: TextStyle | undefined }
  | {
      type: 'date';
      /** Seconds since 1970. */
      timestamp: number;
      format: string;
      timezone?: string | undefined;
      url?: string | undefined;
      fallback?: string | undefined;
      style?: TextStyle | undefined;
    }
  | { type: 'emoji'; name: string; unicode?: string | undefined };
export interface RichSection {
  type: 'rich_text_section';
  elements: RichInline[];
}
export type RichPart =
  | RichSection
  | {
      type: 'rich_text_list';
      style: 'bullet' | 'ordered';
      elements: RichSection[];
      indent?: number | undefined;
      offset?: number | undefined;
      border?: number | undefined;
    }
  | { type: 'rich_text_quote'; elements: RichInline[]; border?: number | undefined };

interface Identified {
  /** Set by the cloud where the bot omitted it. */
  block_id?: string | undefined;
}
export type Block = Identified &
  (
    | {
        type: 'section';
        text?: AnyText | undefined;
        fields?: AnyText[] | undefined;
        accessory?: Element | ImageElement | undefined;
        expand?: boolean | undefined;
      }
    | { type: 'header'; text: PlainText }
    | { type: 'context'; elements: (AnyText | ImageElement)[] }
    | { type: 'divider' }
    | { type: 'actions'; elements: Element[] }
    | {
        type: 'input';
        label: PlainText;
        element: Input;
        hint?: PlainText | undefined;
        optional?: boolean | undefined;
        dispatch_action?: boolean | undefined;
      }
    | { type: 'rich_text'; elements: RichPart[] }
    | {
        type: 'image';
        /** One of the two. */
        image_url?: string | undefined;
        slack_file?: { id: string } | undefined;
        alt_text: string;
        title?: PlainText | undefined;
      }
  );

/**
 * An element's value: text, an option's value, a user id, a date; several values for checkboxes, ids of uploaded files;
 * the chosen suggestion of a type-ahead.
 */
export type Entered = string | string[] | { value: string; label: string } | null;
/** By block_id, then action_id. */
export type Entries = Record<string, Record<string, Entered>>;

export interface ShownMessage {
  channel: string;
  ts: string;
  /** The root's `ts`, for a reply. */
  thread?: string | undefined;
  author: string;
  text: string;
  blocks?: Block[] | undefined;
  files?: { id: string; name: string }[] | undefined;
  edited?: boolean | undefined;
  /** Ephemeral. */
  onlyForYou?: boolean | undefined;
  /** A deleted root whose replies remain. */
  deleted?: boolean | undefined;
  replies: number;
  lastReply?: string | undefined;
}

export interface ShownView {
  id: string;
  title: string;
  submit?: string | undefined;
  close: string;
  blocks: Block[];
}

export interface ShownUser {
  id: string;
  name: string;
  /** What they do here; empty: nothing is known. */
  role: string;
  bot: boolean;
  guest: boolean;
  deactivated: boolean;
}

export interface ShownChannel {
  id: string;
  name: string;
  kind: 'channel' | 'dm';
  clearance: boolean;
  shared: boolean;
  unread: boolean;
}

export interface Start {
  team: string;
  bot: string;
  people: ShownUser[];
  channels: ShownChannel[];
  commands: { command: string; hint: string }[];
  shortcuts: { callbackId: string; name: string }[];
  homeTab: boolean;
}

/** Server-sent events of one tab. */
export type Live =
  | { kind: 'message'; message: ShownMessage }
  | { kind: 'gone'; channel: string; ts: string }
  /** The tab's modal stack, bottom first. Empty: no modal is open. */
  | { kind: 'views'; stack: ShownView[] }
  | { kind: 'home'; blocks: Block[] }
  | { kind: 'unread'; channel: string; unread: boolean };

/** The place of an element. */
export type Container =
  | { kind: 'message'; channel: string; ts: string }
  | { kind: 'view'; view: string }
  | { kind: 'home' };

export interface Acting {
  user: string;
  /** Random id of the tab: a modal opens in the tab whose click asked for it. */
  tab: string;
}
export interface Say extends Acting {
  channel: string;
  thread?: string | undefined;
  text: string;
}
export interface Click extends Acting {
  container: Container;
  block: string;
  action: string;
  value: Entered;
  entries: Entries;
}
export interface Submit extends Acting {
  view: string;
  entries: Entries;
}
export interface Close extends Acting {
  view: string;
  all: boolean;
}
export interface Suggest extends Acting {
  container: Container;
  block: string;
  action: string;
  query: string;
}
export interface UseShortcut extends Acting {
  channel: string;
  ts: string;
  callbackId: string;
}

/** `error`: words of Slack's client. `errors`: by block_id, shown at the inputs. */
export interface Done {
  error?: string | undefined;
  errors?: Record<string, string> | undefined;
  options?: Option[] | undefined;
}
