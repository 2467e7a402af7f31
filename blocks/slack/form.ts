/** Forms as modal views. Every input's block id is its name, which identifies its values and errors. */

import type { Choice, Control, Form, Input } from '../card.ts';
import { isDay, isInput } from '../forms/inputs.ts';
import { CardFault, clip, SLACK } from '../limits.ts';
import { roomiest, type Fit } from '../room.ts';
import { plain, plainLine } from '../text.ts';
import type { Element, InputBlock, ModalView, Option, RichSection, ViewBlock } from './block-kit.ts';
import { drawBlock, skippedLine, startDrawing } from './draw.ts';
import { plainText, slackUser, type Allowance, type People } from './text.ts';

/** An input's action id; that of a type-ahead continues with `:` and the name of its source. */
export const VALUE = 'v';
/** Returns the source of a type-ahead's options; undefined for another input's action id. */
export const sourceOf = (actionId: string): string | undefined =>
  actionId.startsWith(`${VALUE}:`) ? actionId.slice(VALUE.length + 1) : undefined;

/** The source of a type-ahead that finds people by name; its values are PersonIds. */
const PEOPLE = 'people';

/** Room for one choice in the list above its input. */
const IN_FULL = 500;

const isLong = ({ label, description = '' }: Choice): boolean =>
  plainLine(label).length > SLACK.option.text || plainLine(description).length > SLACK.option.description;

/** Converts one choice to Slack's form: label and description clipped to 75 characters. */
export const slackOption = ({ value, label, description }: Choice): Option => ({
  text: plainText(label, SLACK.option.text),
  value,
  ...(description === undefined || plainLine(description) === ''
    ? {}
    : { description: plainText(description, SLACK.option.description) }),
});

const optionsOf = (name: string, choices: readonly Choice[], most: number): Option[] => {
  if (choices.length === 0) throw new CardFault('no-options', `The input ${name} has nothing to choose from.`);
  if (choices.length > most) {
    throw new CardFault('too-many-options', `The input ${name} has ${choices.length} options; Slack shows ${most}.`);
  }
  if (choices.some(({ value }) => value === '' || value.length > SLACK.option.value)) {
    throw new CardFault('bad-option', `An option of ${name} has a value that Slack does not take.`);
  }
  if (new Set(choices.map(({ value }) => value)).size < choices.length) {
    throw new CardFault('same-option', `Two options of ${name} have the same value.`);
  }
  return choices.map(slackOption);
};

const placeholder = (text: string | undefined) =>
  text === undefined ? {} : { placeholder: plainText(text, SLACK.input.placeholder) };

const chosen = (options: readonly Option[], value: string | undefined) => {
  const option = options.find((o) => o.value === value);
  return option ? { initial_option: option } : {};
};

const textInput = (control: Extract<Control, { type: 'line' | 'paragraph' }>): Element => {
  const most = Math.min(control.maxLength ?? SLACK.input.value, SLACK.input.value);
  const least = control.type === 'paragraph' ? control.minLength : undefined;
  const clean = control.type === 'line' ? plainLine(control.initial ?? '') : plain(control.initial ?? '');
  const initial = clip(clean, most);
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    multiline: control.type === 'paragraph',
    max_length: most,
    ...(least === undefined ? {} : { min_length: Math.min(least, most) }),
    ...(initial === '' ? {} : { initial_value: initial }),
    ...placeholder(control.placeholder),
  };
};

const typeAhead = ({
  source,
  initial,
  placeholder: hint,
}: Omit<Extract<Control, { type: 'search' }>, 'type'>): Element => ({
  type: 'external_select',
  action_id: `${VALUE}:${source}`,
  min_query_length: 0,
  ...(initial === undefined ? {} : { initial_option: slackOption(initial) }),
  ...placeholder(hint),
});

/** Draws a choice of people. Slack's list knows only its own; where somebody is missing, everybody is found by name. */
const personSelect = (
  { initial, placeholder: hint }: Extract<Control, { type: 'person' }>,
  people: People,
): Element => {
  if (people.elsewhere?.() === true) {
    const name = initial === undefined ? undefined : people(initial)?.name;
    const chosenNow = initial === undefined || name === undefined ? undefined : { value: initial, label: name };
    return typeAhead({ source: PEOPLE, initial: chosenNow, placeholder: hint });
  }
  const user = initial === undefined ? undefined : slackUser(people, initial);
  return {
    type: 'users_select',
    action_id: VALUE,
    ...(user === undefined ? {} : { initial_user: user }),
    ...placeholder(hint),
  };
};

const element = ({ name, control }: Input, people: People): Element => {
  switch (control.type) {
    case 'line':
    case 'paragraph':
      return textInput(control);
    case 'radio': {
      if (control.options.length > SLACK.options.buttons) {
        return element({ kind: 'input', name, label: '', control: { ...control, type: 'menu' } }, people);
      }
      const options = optionsOf(name, control.options, SLACK.options.buttons);
      return { type: 'radio_buttons', action_id: VALUE, options, ...chosen(options, control.initial) };
    }
    case 'menu': {
      const options = optionsOf(name, control.options, SLACK.options.menu);
      const initial = chosen(options, control.initial);
      return { type: 'static_select', action_id: VALUE, options, ...initial, ...placeholder(control.placeholder) };
    }
    case 'checkboxes': {
      const options = optionsOf(name, control.options, SLACK.options.buttons);
      const ticked = options.filter((option) => control.initial?.includes(option.value));
      return {
        type: 'checkboxes',
        action_id: VALUE,
        options,
        ...(ticked.length === 0 ? {} : { initial_options: ticked }),
      };
    }
    case 'search':
      return typeAhead(control);
    case 'date': {
      const { initial } = control;
      const day = initial !== undefined && isDay(initial) ? { initial_date: initial } : {};
      return { type: 'datepicker', action_id: VALUE, ...day };
    }
    case 'person':
      return personSelect(control, people);
    case 'files':
      return { type: 'file_input', action_id: VALUE, max_files: Math.min(control.most, SLACK.input.files) };
    default: {
      const never: never = control;
      return never;
    }
  }
};

const choicesOf = ({ control }: Input): readonly Choice[] => ('options' in control ? control.options : []);

/** Draws choices longer than Slack's 75 characters in full, above the input that clips them. */
const inFull = (input: Input): ViewBlock[] => {
  const long = choicesOf(input).filter(isLong);
  if (long.length === 0) return [];
  const elements = long.map(({ label, description }): RichSection => {
    const words = description === undefined ? plainLine(label) : `${plainLine(label)}: ${plainLine(description)}`;
    return { type: 'rich_text_section', elements: [{ type: 'text', text: clip(words, IN_FULL) }] };
  });
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }];
};

const drawInput = (input: Input, people: People): ViewBlock[] => {
  if (input.name === '' || input.name.length > SLACK.id) {
    throw new CardFault('bad-name', 'The name of an input is empty or longer than Slack takes.');
  }
  const block: InputBlock = {
    type: 'input',
    block_id: input.name,
    label: plainText(input.label, SLACK.input.label),
    element: element(input, people),
    optional: input.optional ?? false,
    ...(input.hint === undefined || plainLine(input.hint) === ''
      ? {}
      : { hint: plainText(input.hint, SLACK.input.hint) }),
    ...(input.reactive ? { dispatch_action: true } : {}),
  };
  return [...inFull(input), block];
};

/**
 * Draws a form. `private_metadata` is JSON `{ context, place }`: Slack returns it with everything that happens in the
 * view. Throws CardFault for a form that its builder made impossible.
 */
export const slackView = (form: Form, people: People, place?: unknown): ModalView => {
  const inputs = form.blocks.filter(isInput);
  if (new Set(inputs.map(({ name }) => name)).size < inputs.length) {
    throw new CardFault('same-name', `Two inputs of the form ${form.name} have the same name.`);
  }
  if (inputs.length > 0 && form.submit === undefined) {
    throw new CardFault('no-submit', `The form ${form.name} has inputs and no way to send them.`);
  }
  const metadata = JSON.stringify({ context: form.context, place });
  if (metadata.length > SLACK.view.privateMetadata || form.name.length > SLACK.view.callbackId) {
    throw new CardFault('context-too-long', `The context of the form ${form.name} is longer than Slack keeps.`);
  }
  const lists = inputs.filter((input) => choicesOf(input).some(isLong)).map(() => ({ kind: 'text' }));
  const draw = (fit?: Fit): { drawn: ViewBlock[]; allowance: Allowance } => {
    const drawing = { ...startDrawing([...form.blocks, ...lists], people, SLACK.view), fit };
    const drawn = form.blocks.flatMap((b): ViewBlock[] => (isInput(b) ? drawInput(b, people) : drawBlock(b, drawing)));
    return { drawn, allowance: drawing.allowance };
  };
  const whole = draw();
  const isWhole = (fit: Fit): boolean => draw(fit).allowance.left > 0;
  const { drawn, allowance } = whole.allowance.left > 0 ? whole : draw(roomiest(isWhole));
  const blocks = [...drawn, ...skippedLine(allowance)];
  return {
    type: 'modal',
    callback_id: form.name,
    title: plainText(form.title, SLACK.view.title),
    ...(form.submit === undefined ? {} : { submit: plainText(form.submit, SLACK.view.button) }),
    ...(form.close === undefined ? {} : { close: plainText(form.close, SLACK.view.button) }),
    private_metadata: metadata,
    // Slack refuses a view without a block.
    blocks: blocks.length === 0 ? [{ type: 'divider' }] : blocks,
  };
};
