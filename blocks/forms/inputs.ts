/** Small builders for a form's parts, so that every form asks in the same way. */

import type { Choice, Form, FormBlock, FormValues, Input } from '../card.ts';
import { LONGEST_SAID } from '../words.ts';

/** Longest text: the most that Slack takes in an input. */
export const MAX_TEXT = 3000;
/** Longest text that somebody says of a deal: as much as the pages show on which it is judged, so that none of it is in a middle that is cut. House rule. */
export const MAX_SAID = LONGEST_SAID;
/** Longest name or one-line answer. */
export const MAX_LINE = 200;
/** The most options that Slack draws as radio buttons or checkboxes. */
export const MAX_BUTTONS = 10;

export interface Extra {
  hint?: string | undefined;
  optional?: boolean | undefined;
  reactive?: boolean | undefined;
}

/** The submitted text of an input, untrimmed; undefined if nothing (or no text) came. */
export const textOf = (values: FormValues, name: string): string | undefined => {
  const raw: unknown = Object.hasOwn(values, name) ? values[name] : undefined;
  return typeof raw === 'string' ? raw : undefined;
};

/** The submitted ticks of an input. */
export const ticksOf = (values: FormValues, name: string): string[] => {
  const raw: unknown = Object.hasOwn(values, name) ? values[name] : undefined;
  return Array.isArray(raw) ? raw.filter((v) => typeof v === 'string') : [];
};

/** A preset must be one of the options, or Slack refuses the whole form. */
const among = (options: readonly Choice[], value: string | undefined): string | undefined =>
  options.some((o) => o.value === value) ? value : undefined;

/** Slack refuses an empty or over-long preset. */
const preset = (text: string | undefined, max: number): string | undefined =>
  text === undefined || text === '' ? undefined : text.slice(0, max);

export const lineInput = (
  name: string,
  label: string,
  initial?: string,
  { placeholder, maxLength = MAX_LINE, ...extra }: Extra & { placeholder?: string; maxLength?: number } = {},
): Input => ({
  kind: 'input',
  name,
  label,
  ...extra,
  control: { type: 'line', initial: preset(initial, maxLength), placeholder, maxLength },
});

const paragraph = (
  initial: string | undefined,
  maxLength: number,
  more: { placeholder: string | undefined; minLength: number | undefined },
): Input['control'] => ({ type: 'paragraph', initial: preset(initial, maxLength), maxLength, ...more });

export const paragraphInput = (
  name: string,
  label: string,
  initial?: string,
  {
    placeholder,
    minLength,
    most = MAX_SAID,
    ...extra
  }: Extra & { placeholder?: string; minLength?: number; most?: number } = {},
): Input => ({
  kind: 'input',
  name,
  label,
  ...extra,
  // What an older version took is refused with a reason, and not cut.
  control: paragraph(initial, Math.max(most, Math.min(initial?.length ?? 0, MAX_TEXT)), { placeholder, minLength }),
});

/** Radio buttons, or a menu if there are too many for buttons. */
export const choiceInput = (
  name: string,
  label: string,
  options: readonly Choice[],
  initial?: string,
  extra: Extra = {},
): Input => ({
  kind: 'input',
  name,
  label,
  ...extra,
  control: { type: options.length > MAX_BUTTONS ? 'menu' : 'radio', options, initial: among(options, initial) },
});

export const menuInput = (
  name: string,
  label: string,
  options: readonly Choice[],
  initial?: string,
  { placeholder, ...extra }: Extra & { placeholder?: string } = {},
): Input => ({
  kind: 'input',
  name,
  label,
  ...extra,
  control: { type: 'menu', options, initial: among(options, initial), placeholder },
});

export const ticksInput = (
  name: string,
  label: string,
  options: readonly Choice[],
  initial: readonly string[] = [],
  extra: Extra = {},
): Input => ({
  kind: 'input',
  name,
  label,
  ...extra,
  control: { type: 'checkboxes', options, initial: initial.filter((v) => among(options, v) !== undefined) },
});

export const dateInput = (name: string, label: string, initial?: string, extra: Extra = {}): Input => ({
  kind: 'input',
  name,
  label,
  ...extra,
  control: { type: 'date', initial: initial !== undefined && isDay(initial) ? initial : undefined },
});

export const personInput = (
  name: string,
  label: string,
  initial?: string,
  { placeholder = 'Choose a colleague', ...extra }: Extra & { placeholder?: string } = {},
): Input => ({ kind: 'input', name, label, ...extra, control: { type: 'person', initial, placeholder } });

/** Files, or links to files where a chat hands over none. */
export const filesInput = (name: string, label: string, most: number, initial?: string, extra: Extra = {}): Input => ({
  kind: 'input',
  name,
  label,
  ...extra,
  control: {
    type: 'files',
    most,
    initial: preset(initial, MAX_TEXT),
    placeholder: 'Links of files in SharePoint or OneDrive, one a line',
    links: 'Links only: the record keeps their names and addresses, and nobody has looked at what is behind them.',
  },
});

/** A real calendar day, `yyyy-MM-dd`. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** The UTC day `days` after an instant. */
export const dayAfter = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10);

export const isInput = (block: FormBlock): block is Input => block.kind === 'input';

/** Shows errors under their inputs, for a form that a chat is given whole and not as errors of its own. */
export const withErrors = (blocks: readonly FormBlock[], errors: Readonly<Record<string, string>>): FormBlock[] =>
  blocks.flatMap((block): FormBlock[] => {
    const error = isInput(block) ? errors[block.name] : undefined;
    return error === undefined ? [block] : [block, { kind: 'text', text: [{ strong: error }] }];
  });

/** Marks inputs that fall away with a change of another one. */
export const following = (blocks: readonly FormBlock[]): FormBlock[] =>
  blocks.map((block) => (isInput(block) ? { ...block, follows: true } : block));

/**
 * Builds a form. A form that can grow also remembers in its context which inputs it showed (`shown`): an error on an
 * input that was not there yet must be answered with the grown form, since Slack has nowhere to show it.
 */
export const makeForm = ({
  context,
  ...form
}: Omit<Form, 'context'> & {
  context: Readonly<Record<string, string | number | readonly string[] | Readonly<Record<string, string>>>>;
}): Form => {
  const inputs = form.blocks.filter(isInput);
  const shown = inputs.some((input) => input.reactive) ? { shown: inputs.map((input) => input.name) } : {};
  return { ...form, context: JSON.stringify({ ...context, ...shown }) };
};
