/** Entered values as in Slack's payloads, and the checks of Slack's client before it sends. */

import { initialEntry } from '../page/entries.ts';
import type { Block, Element, Entered, Entries, Input, Option } from '../page/wire.ts';
import { elementsOf } from './block-kit.ts';
import { apiFile, type Files } from './files.ts';

const isInput = (element: Element): element is Input => element.type !== 'button' && element.type !== 'overflow';

const optionsOf = (element: Extract<Input, { type: 'static_select' }>): Option[] =>
  element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];

const plainOption = ({ value, label }: { value: string; label: string }): Option => ({
  text: { type: 'plain_text', text: label, emoji: true },
  value,
});

/** Returns an element's part of `state.values` and of `actions`. An option that was never offered counts as nothing. */
export const payloadValue = (
  element: Input,
  entered: Entered | undefined,
  files: Pick<Files, 'get'>,
): Record<string, unknown> => {
  const value = entered === undefined ? initialEntry(element) : entered;
  const { type } = element;
  const one = typeof value === 'string' && value !== '' ? value : null;
  switch (element.type) {
    case 'plain_text_input':
      return { type, value: one };
    case 'static_select':
      return { type, selected_option: optionsOf(element).find((o) => o.value === one) ?? null };
    case 'radio_buttons':
      return { type, selected_option: element.options.find((o) => o.value === one) ?? null };
    case 'external_select':
      return {
        type,
        selected_option: value !== null && typeof value === 'object' && 'value' in value ? plainOption(value) : null,
      };
    case 'users_select':
      return { type, selected_user: one };
    case 'checkboxes': {
      const ticked = Array.isArray(value) ? value : [];
      return { type, selected_options: element.options.filter((o) => ticked.includes(o.value)) };
    }
    case 'datepicker':
      return { type, selected_date: one };
    case 'file_input': {
      const ids = Array.isArray(value) ? value : [];
      return { type, files: ids.flatMap((id) => files.get(id) ?? []).map(apiFile) };
    }
    default: {
      const never: never = element;
      return never;
    }
  }
};

export const stateValues = (
  blocks: readonly Block[],
  entries: Entries,
  files: Pick<Files, 'get'>,
): Record<string, Record<string, unknown>> => {
  const values: Record<string, Record<string, unknown>> = {};
  for (const block of blocks) {
    for (const element of elementsOf([block])) {
      if (!isInput(element) || block.block_id === undefined || element.action_id === undefined) continue;
      const entered = entries[block.block_id]?.[element.action_id];
      (values[block.block_id] ??= {})[element.action_id] = payloadValue(element, entered, files);
    }
  }
  return values;
};

const isEmpty = (value: Record<string, unknown>): boolean =>
  Object.entries(value).every(
    ([key, part]) => key === 'type' || part === null || (Array.isArray(part) && part.length === 0),
  );

/** Returns errors by block_id. Slack's client shows these itself; the app hears nothing. */
export const entryErrors = (
  blocks: readonly Block[],
  entries: Entries,
  files: Pick<Files, 'get'>,
): Record<string, string> => {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input' || block.block_id === undefined) continue;
    const { element } = block;
    const value = payloadValue(element, entries[block.block_id]?.[element.action_id ?? ''], files);
    if (isEmpty(value)) {
      if (block.optional !== true) errors[block.block_id] = 'Please complete this required field.';
      continue;
    }
    if (element.type === 'file_input' && Array.isArray(value['files'])) {
      const { max_files: most = 10 } = element;
      if (value['files'].length > most) errors[block.block_id] = `Please upload at most ${most} files.`;
    }
    if (element.type !== 'plain_text_input' || typeof value['value'] !== 'string') continue;
    const { length } = value['value'];
    const { min_length: min = 0, max_length: max = 3000 } = element;
    if (length < min) errors[block.block_id] = `Please use at least ${min} characters (now ${length}).`;
    if (length > max) errors[block.block_id] = `Please use at most ${max} characters (now ${length}).`;
  }
  return errors;
};

export const findElement = (
  blocks: readonly Block[],
  blockId: string,
  actionId: string,
): { block: Block; element: Element } | undefined => {
  const block = blocks.find((b) => b.block_id === blockId);
  const element = block && elementsOf([block]).find((e) => e.action_id === actionId);
  return block && element && { block, element };
};
