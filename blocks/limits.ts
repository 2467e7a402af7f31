/** The chats' limits in one place, in UTF-16 code units unless stated otherwise, and how text is cut to keep them. */

/** Slack's limits with their sources; `observed` limits are in no reference. */
export const SLACK = {
  /** https://docs.slack.dev/reference/block-kit/blocks */
  message: {
    blocks: 50,
    /** https://docs.slack.dev/reference/methods/chat.update (`msg_too_long`); posting allows more. */
    text: 4000,
    /** Observed: `msg_blocks_too_long` at about 13,200 characters of text and containers (bolt-js 2509, 2867). */
    allText: 8000,
  },
  /** https://docs.slack.dev/reference/views/modal-views and /home-tab-views */
  view: { blocks: 100, title: 24, button: 24, callbackId: 255, privateMetadata: 3000, allText: 60_000 },
  /** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  text: 3000,
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  header: 150,
  /** https://docs.slack.dev/reference/block-kit/blocks/context-block */
  context: { elements: 10 },
  /** https://docs.slack.dev/reference/block-kit/blocks/image-block */
  image: { alt: 2000 },
  /** https://docs.slack.dev/reference/block-kit/blocks/actions-block; five buttons fit a row on a phone. */
  actions: { elements: 25, row: 5 },
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  button: { text: 75, value: 2000, url: 3000, accessibleLabel: 75 },
  /** https://docs.slack.dev/reference/block-kit/blocks/input-block */
  /** `files`: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
  input: { label: 2000, hint: 2000, value: 3000, placeholder: 150, files: 10 },
  /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
  option: { text: 75, value: 150, description: 75 },
  /** https://docs.slack.dev/reference/block-kit/block-elements: radio buttons, checkboxes, select menus */
  options: { buttons: 10, menu: 100 },
  /** https://docs.slack.dev/reference/block-kit/blocks */
  id: 255,
} as const;

/** Teams' limits with their sources; `ours` where Teams names none and a phone or a reader does. */
export const TEAMS = {
  /**
   * A card's size as JSON. "Ensure that the message is within 80 KB":
   * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages It says UTF-16, so a
   * message also keeps to 40,000 code units; a dialog is no message.
   */
  card: { bytes: 80_000, units: 40_000 },
  /** Ours, in bytes of JSON: text is cut before buttons and inputs lack room. */
  text: { card: 20_000, form: 50_000 },
  fallback: { card: 8000, form: 4000 },
  /** Observed (`maxActions` of Teams' host config); more are hidden behind a menu or left out. */
  actions: 6,
  /** Title and hint are ours, name and value as in `teams/data.ts`. */
  action: { title: 75, tooltip: 75, name: 100, value: 2000, url: 3000 },
  /** Ours. */
  alt: 1000,
  /** Ours. */
  title: 300,
  /** Ours; `value` as in Slack; `name`, `context` and the number of inputs as in `teams/data.ts`. */
  input: { name: 255, label: 500, hint: 500, error: 500, value: 3000, placeholder: 150, most: 200 },
  form: { name: 100, context: 3000 },
  /** Ours: more than `menu` options are easier to find by typing. */
  options: { title: 500, menu: 15 },
  /** https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views */
  viewers: 60,
} as const;

/** A card or form that cannot be shown: a mistake of its builder, never of a person who typed. */
export class CardFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'CardFault';
    this.code = code;
  }
}

/** Moves a cut so that a character stays whole: surrogate pairs, joiners and styles with what they belong to. */
const cutAt = (text: string, at: number): number => {
  let cut = Math.min(at, text.length);
  while (cut > 0 && cut < text.length && /[\uDC00-\uDFFF\u200D\uFE0F\p{M}]/u.test(text.charAt(cut))) cut -= 1;
  // In a text of nothing but marks there is no better cut.
  if (cut === 0) cut = Math.min(at, text.length);
  return cut > 0 && cut < text.length && /[\uD800-\uDBFF]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
};

/** Cuts to at most `max` units, with an ellipsis at the end where something is missing. */
export const clip = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, cutAt(text, max - 1)).trimEnd()}…`;

/** Splits into pieces of at most `max` units, at a line or word end where one is near. Together they are the text. */
export const split = (text: string, max: number): string[] => {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const near = Math.max(rest.lastIndexOf('\n', max - 1), rest.lastIndexOf(' ', max - 1)) + 1;
    const at = near > max / 2 ? near : cutAt(rest, max);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? pieces : [...pieces, rest];
};
