/** The elements that people press, choose and fill. */

import { combobox } from './combobox.ts';
import { confirmed } from './confirm.ts';
import { el, run } from './dom.ts';
import { initialEntry } from './entries.ts';
import { fileInput } from './files.ts';
import { menuButton } from './menu.ts';
import { isOwnServer } from './own-server.ts';
import { session } from './session.ts';
import { enter, entered, press, suggestions, type Surface } from './surface.ts';
import { plain } from './text.ts';
import type { Block, Button, Element, Entered, Input, Option, PlainTextInput } from './wire.ts';

const TYPING_PAUSE_MS = 300;

/** An element's data from its block. */
export interface Setting {
  surface: Surface;
  block: Block;
  /** A change is reported to the app at once. */
  reports: boolean;
  required: boolean;
  /** Accessible name where no label points at the element. */
  name: string | undefined;
  describedBy: string | undefined;
}

const blockId = ({ block }: Setting): string => block.block_id ?? '';
export const elementId = (setting: Setting, element: Element): string =>
  `${setting.surface.id}.${blockId(setting)}.${element.action_id ?? ''}`;

const valueOf = (setting: Setting, element: Element): Entered => {
  const typed = entered(setting.surface, blockId(setting), element.action_id ?? '');
  return typed === undefined ? initialEntry(element) : typed;
};

const put = (setting: Setting, element: Input, value: Entered): void =>
  enter(setting.surface, blockId(setting), element.action_id ?? '', value);

/** Stores a new value and tells the app if it asked for that. Undone when the person does not confirm. */
const change = async (
  setting: Setting,
  element: Input,
  value: Entered,
  shown: HTMLElement,
  undo: () => void,
): Promise<void> => {
  if (!(await confirmed('confirm' in element ? element.confirm : undefined))) return undo();
  put(setting, element, value);
  if (!setting.reports) return;
  shown.setAttribute('aria-busy', 'true');
  await press(setting.surface, blockId(setting), element.action_id ?? '', value);
  shown.removeAttribute('aria-busy');
};

/** Tells whether a link is one of our own message links, which open in this page. */
export const isOwnLink = (url: string): boolean =>
  URL.canParse(url) && isOwnServer(new URL(url)) && new URL(url).pathname.startsWith('/archives/');

const button = (setting: Setting, given: Button): HTMLElement => {
  const { surface } = setting;
  const props = {
    class: given.style ?? '',
    'data-action-id': given.action_id,
    id: elementId(setting, given),
    'aria-label': given.accessibility_label,
  };
  if (given.url !== undefined) {
    const own = isOwnLink(given.url);
    const tell = (): void => run(press(surface, blockId(setting), given.action_id ?? '', null));
    const target = own ? {} : { target: '_blank', rel: 'noopener noreferrer' };
    return el(
      'a',
      { ...props, ...target, class: `button ${props.class}`, href: given.url, onclick: tell },
      plain(given.text),
    );
  }
  const drawn = el('button', { ...props, type: 'button' }, plain(given.text));
  const pressed = async (): Promise<void> => {
    if (drawn.getAttribute('aria-busy') === 'true' || !(await confirmed(given.confirm))) return;
    // Not `disabled`: that would drop the keyboard focus.
    drawn.setAttribute('aria-busy', 'true');
    drawn.setAttribute('aria-disabled', 'true');
    await press(surface, blockId(setting), given.action_id ?? '', null);
    drawn.removeAttribute('aria-busy');
    drawn.removeAttribute('aria-disabled');
  };
  drawn.addEventListener('click', () => run(pressed()));
  return drawn;
};

const textInput = (setting: Setting, given: PlainTextInput): HTMLElement => {
  const props = {
    id: elementId(setting, given),
    placeholder: given.placeholder && plain(given.placeholder),
    'aria-label': setting.name,
    'aria-describedby': setting.describedBy,
    'aria-required': setting.required ? 'true' : undefined,
    autofocus: given.focus_on_load,
    maxlength: given.max_length ?? 3000,
  };
  const field = given.multiline
    ? el('textarea', { ...props, rows: 4 })
    : el('input', { ...props, type: 'text', autocomplete: 'off' });
  const value = valueOf(setting, given);
  field.value = typeof value === 'string' ? value : '';
  const tell = (): void => run(change(setting, given, field.value, field, () => undefined));
  const triggers = given.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  let pause: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('input', () => {
    put(setting, given, field.value);
    if (!setting.reports || !triggers.includes('on_character_entered')) return;
    clearTimeout(pause);
    pause = setTimeout(tell, TYPING_PAUSE_MS);
  });
  field.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || given.multiline) return;
    if (!setting.reports || !triggers.includes('on_enter_pressed')) return;
    event.preventDefault();
    tell();
  });
  return field;
};

const select = (
  setting: Setting,
  given: Extract<Input, { type: 'static_select' | 'users_select' }>,
  fill: (field: HTMLSelectElement) => void,
  fallback: string,
): HTMLElement => {
  const field = el('select', {
    id: elementId(setting, given),
    'aria-label': setting.name,
    'aria-describedby': setting.describedBy,
    'aria-required': setting.required ? 'true' : undefined,
    autofocus: given.focus_on_load,
  });
  field.append(el('option', { value: '' }, given.placeholder ? plain(given.placeholder) : fallback));
  fill(field);
  const value = valueOf(setting, given);
  let before = typeof value === 'string' ? value : '';
  field.value = before;
  field.addEventListener('change', () => {
    const undo = (): void => {
      field.value = before;
    };
    run(
      change(setting, given, field.value === '' ? null : field.value, field, undo).then(() => (before = field.value)),
    );
  });
  return field;
};

const optionOf = (option: Option): HTMLElement => {
  const described = option.description ? `${plain(option.text)} – ${plain(option.description)}` : plain(option.text);
  return el('option', { value: option.value }, described);
};

const choices = (setting: Setting, given: Extract<Input, { type: 'radio_buttons' | 'checkboxes' }>): HTMLElement => {
  const single = given.type === 'radio_buttons';
  const id = elementId(setting, given);
  const value = valueOf(setting, given);
  const isChosen = (option: Option): boolean =>
    Array.isArray(value) ? value.includes(option.value) : option.value === value;
  const group = el('div', {
    class: 'choices',
    id,
    role: setting.name === undefined ? undefined : single ? 'radiogroup' : 'group',
    'aria-label': setting.name,
  });
  const read = (): Entered => {
    const ticked = [...group.querySelectorAll('input')].filter((box) => box.checked).map((box) => box.value);
    return single ? (ticked[0] ?? null) : ticked;
  };
  let before = read();
  for (const [n, option] of given.options.entries()) {
    const box = el('input', {
      type: single ? 'radio' : 'checkbox',
      name: id,
      id: `${id}.${n}`,
      value: option.value,
      'aria-describedby': option.description ? `${id}.${n}.about` : undefined,
    });
    box.checked = isChosen(option);
    const label = el('label', { for: box.id }, plain(option.text));
    const about =
      option.description && el('span', { class: 'description', id: `${id}.${n}.about` }, plain(option.description));
    group.append(el('div', { class: 'choice' }, box, el('div', {}, label, about)));
  }
  before = read();
  group.addEventListener('change', () => {
    const undo = (): void => {
      for (const box of group.querySelectorAll('input'))
        box.checked = Array.isArray(before) ? before.includes(box.value) : box.value === before;
    };
    run(change(setting, given, read(), group, undo).then(() => (before = read())));
  });
  return group;
};

const people = (field: HTMLSelectElement): void => {
  for (const { id, name, deactivated } of session.start.people)
    field.append(el('option', { value: id }, deactivated ? `${name} (deactivated)` : name));
};

/** Draws one element. Throws for a kind that the bot does not use. */
export const drawElement = (setting: Setting, given: Element): HTMLElement => {
  switch (given.type) {
    case 'button':
      return button(setting, given);
    case 'plain_text_input':
      return textInput(setting, given);
    case 'static_select': {
      const fill = (field: HTMLSelectElement): void => {
        field.append(...(given.options ?? []).map(optionOf));
        for (const { label, options } of given.option_groups ?? [])
          field.append(el('optgroup', { label: plain(label) }, ...options.map(optionOf)));
      };
      return select(setting, given, fill, 'Select an option');
    }
    case 'users_select':
      return select(setting, given, people, 'Select a person');
    case 'external_select': {
      const value = valueOf(setting, given);
      const holder: HTMLElement = combobox({
        id: elementId(setting, given),
        placeholder: given.placeholder ? plain(given.placeholder) : 'Type to search',
        name: setting.name,
        describedBy: setting.describedBy,
        required: setting.required,
        // Slack's default.
        minimum: given.min_query_length ?? 3,
        chosen: value !== null && typeof value === 'object' && 'label' in value ? value.label : '',
        load: (query) => suggestions(setting.surface, blockId(setting), given.action_id ?? '', query),
        choose: (option) => {
          const next = option && { value: option.value, label: option.text.text };
          run(change(setting, given, next, holder, () => undefined));
        },
      });
      return holder;
    }
    case 'radio_buttons':
    case 'checkboxes':
      return choices(setting, given);
    case 'datepicker': {
      const field = el('input', {
        id: elementId(setting, given),
        type: 'date',
        'aria-label': setting.name,
        'aria-describedby': setting.describedBy,
        'aria-required': setting.required ? 'true' : undefined,
      });
      const value = valueOf(setting, given);
      field.value = typeof value === 'string' ? value : '';
      field.addEventListener('change', () => run(change(setting, given, field.value || null, field, () => undefined)));
      return field;
    }
    case 'file_input': {
      const value = valueOf(setting, given);
      return fileInput({
        id: elementId(setting, given),
        most: given.max_files ?? 10,
        name: setting.name,
        describedBy: setting.describedBy,
        held: Array.isArray(value) ? value : [],
        change: (ids) => put(setting, given, ids),
      });
    }
    case 'overflow': {
      const choose = async (option: Option): Promise<void> => {
        if (!(await confirmed(given.confirm))) return;
        if (option.url !== undefined) window.open(option.url, '_blank', 'noopener,noreferrer');
        await press(setting.surface, blockId(setting), given.action_id ?? '', option.value);
      };
      return menuButton('More options', 'More options', '⋯', () =>
        given.options.map((option) => ({ label: plain(option.text), choose: () => run(choose(option)) })),
      );
    }
    default:
      throw new Error(
        `The playground does not draw elements of the type ${(given satisfies never as { type: string }).type}.`,
      );
  }
};

export const optionalMark = (): HTMLElement => el('span', { class: 'optional' }, ' (optional)');
