/** Contents of a rendered card or form, read back from Block Kit or from an Adaptive Card into one shape. */

import type { MessageBlock, Option, RichElement, RichPart, ViewBlock } from '../../blocks/slack/block-kit.ts';
import { actionName } from '../../blocks/slack/draw.ts';
import type { People } from '../../blocks/slack/slack.ts';
import type { CardAction, CardElement } from '../../blocks/teams/adaptive-card.ts';
import type { AdaptiveCard } from '../../blocks/teams/teams.ts';

export interface ShownInput {
  label: string;
  /** Several values are separated by commas. */
  value: string | undefined;
  placeholder: string | undefined;
  /** Undefined if there is no choice, or if the options are looked up while a person types. */
  options: readonly { value: string; words: string }[] | undefined;
}

export interface Shown {
  /** All readable text, from top to bottom, without buttons. */
  words: string;
  inputs: Readonly<Record<string, ShownInput>>;
  buttons: readonly { label: string; name: string; value: string; url: string | undefined }[];
  /** Number of lines between parts. */
  dividers: number;
}

interface Reading {
  words: string[];
  inputs: Record<string, ShownInput>;
  buttons: Shown['buttons'][number][];
  dividers: number;
}

const start = (): Reading => ({ words: [], inputs: {}, buttons: [], dividers: 0 });
const done = ({ words, ...rest }: Reading): Shown => ({ words: words.join('\n'), ...rest });

const slackElement = (people: People, e: RichElement): string => {
  switch (e.type) {
    case 'text':
    case 'link':
      return e.text;
    case 'date':
      return e.fallback;
    case 'user':
      return people(e.user_id)?.name ?? e.user_id;
    default: {
      const never: never = e;
      return never;
    }
  }
};

const slackPart = (people: People, part: RichPart): string =>
  part.type === 'rich_text_list'
    ? part.elements.map((s) => slackPart(people, s)).join('\n')
    : part.elements.map((e) => slackElement(people, e)).join('');

const optionWords = ({ text, description }: Option): string =>
  description === undefined ? text.text : `${text.text}: ${description.text}`;

/** `people` by Slack user id. */
export const slackShown = (
  blocks: readonly (MessageBlock | ViewBlock)[],
  people: People,
  submit?: { label: string; name: string },
): Shown => {
  const reading = start();
  for (const block of blocks) {
    switch (block.type) {
      case 'header':
        reading.words.push(block.text.text);
        break;
      case 'rich_text':
        reading.words.push(...block.elements.map((part) => slackPart(people, part)));
        break;
      case 'context':
        reading.words.push(...block.elements.map((e) => e.text));
        break;
      case 'image':
        reading.words.push(block.alt_text);
        break;
      case 'divider':
        reading.dividers += 1;
        break;
      case 'actions':
        reading.buttons.push(
          ...block.elements.map((b) => ({
            label: b.text.text,
            name: actionName(b.action_id) ?? 'link',
            value: b.value ?? '',
            url: b.url,
          })),
        );
        break;
      case 'input': {
        const e = block.element;
        const one = 'initial_option' in e ? e.initial_option?.value : undefined;
        const ticked = 'initial_options' in e ? e.initial_options?.map((o) => o.value).join(',') : undefined;
        const text = 'initial_value' in e ? e.initial_value : 'initial_date' in e ? e.initial_date : undefined;
        const user = 'initial_user' in e ? e.initial_user : undefined;
        reading.words.push(block.label.text, block.hint?.text ?? '');
        reading.inputs[block.block_id] = {
          label: block.label.text,
          value: one ?? ticked ?? text ?? (user === undefined ? undefined : people(user)?.name),
          placeholder: 'placeholder' in e ? e.placeholder?.text : undefined,
          options: 'options' in e ? e.options.map((o) => ({ value: o.value, words: optionWords(o) })) : undefined,
        };
        break;
      }
      default: {
        const never: never = block;
        return never;
      }
    }
  }
  if (submit) reading.buttons.push({ ...submit, value: '', url: undefined });
  return done(reading);
};

const teamsButton = (action: CardAction): Shown['buttons'][number] => {
  const { title: label } = action;
  if (action.type === 'Action.OpenUrl') return { label, name: 'link', value: '', url: action.url };
  const act = action.data.clearthread;
  switch (act.do) {
    case 'click':
    case 'press':
      return { label, name: act.name, value: act.value, url: undefined };
    case 'submit':
      return { label, name: act.form.name, value: '', url: undefined };
    case 'look':
      return { label, name: 'look', value: '', url: undefined };
    default: {
      const never: never = act;
      return never;
    }
  }
};

const teamsElement = (element: CardElement, reading: Reading): void => {
  if (element.separator) reading.dividers += 1;
  switch (element.type) {
    case 'RichTextBlock':
      reading.words.push(element.inlines.map((run) => run.text).join(''));
      break;
    case 'TextBlock':
      reading.words.push(element.text);
      break;
    case 'Image':
      reading.words.push(element.altText);
      break;
    case 'Container':
      for (const item of element.items) teamsElement(item, reading);
      break;
    case 'ActionSet':
      reading.buttons.push(...element.actions.map(teamsButton));
      break;
    case 'Input.Text':
    case 'Input.ChoiceSet':
    case 'Input.Date':
      reading.words.push(element.label);
      reading.inputs[element.id] = {
        label: element.label,
        value: element.value,
        placeholder: 'placeholder' in element ? element.placeholder : undefined,
        options:
          'choices' in element ? element.choices.map(({ title, value }) => ({ value, words: title })) : undefined,
      };
      break;
    default: {
      const never: never = element;
      return never;
    }
  }
};

export const bodyOf = (card: AdaptiveCard): CardElement[] => card['body'] as CardElement[];

export const teamsShown = (card: AdaptiveCard): Shown => {
  const reading = start();
  for (const element of bodyOf(card)) teamsElement(element, reading);
  return done(reading);
};
