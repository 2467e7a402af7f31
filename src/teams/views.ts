/** Remembers recently shown forms: Teams keeps none on its screen, so they are drawn again to stay. */

import { randomUUID } from 'node:crypto';
import type { Control, Form, FormBlock, FormValues } from '../../blocks/card.ts';
import { isInput } from '../../blocks/forms/inputs.ts';
import type { HeldForm } from '../../blocks/teams/data.ts';
import { countryName } from '../../flows/countries.ts';
import type { PersonId } from '../../flows/ids.ts';

/** Makes the name of one showing of a form. A form that is drawn again while somebody fills it in keeps it. */
export const newShowing = (): string => randomUUID();

/** Names a submission: one showing of a form is submitted once, however often its button is pressed. */
export const submitCause = (person: PersonId, form: HeldForm): string => `teams:${person}:${form.name}:${form.showing}`;

export interface ShownForms {
  /** Remembers a form. `user`: the person it was shown to, `29:…`. */
  remember(user: string, showing: string, form: Form): void;
  /** Finds a form. Undefined after a restart, or when many forms were shown since. */
  find(user: string, showing: string): Form | undefined;
}

/** Forms with a temporary line above them, mapped to the same forms without it. */
const bare = new WeakMap<Form, Form>();

/** Puts a line above a form that is true of this showing only: drawn again, the form comes without it. */
export const under = (line: FormBlock, form: Form): Form => {
  const whole = { ...form, blocks: [line, ...form.blocks] };
  bare.set(whole, form);
  return whole;
};

/** A form is about 10 KB. */
const MOST = 500;

export const createShownForms = (): ShownForms => {
  const kept = new Map<string, Form>();
  const keyOf = (user: string, showing: string): string => `${user} ${showing}`;
  return {
    remember: (user, showing, form) => {
      const key = keyOf(user, showing);
      kept.delete(key);
      kept.set(key, bare.get(form) ?? form);
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    },
    find: (user, showing) => kept.get(keyOf(user, showing)),
  };
};

const filled = (control: Control, value: string | readonly string[] | undefined): Control => {
  const text = typeof value === 'string' ? value : undefined;
  switch (control.type) {
    case 'line':
    case 'paragraph':
    case 'date':
    case 'person':
    case 'files':
      return { ...control, initial: text };
    case 'radio':
    case 'menu':
      return { ...control, initial: control.options.some((option) => option.value === text) ? text : undefined };
    case 'checkboxes': {
      const chosen = typeof value === 'string' ? [value] : (value ?? []);
      return { ...control, initial: chosen.filter((one) => control.options.some((option) => option.value === one)) };
    }
    case 'search': {
      const label = text === undefined ? undefined : countryName(text);
      return { ...control, initial: text === undefined || label === undefined ? undefined : { value: text, label } };
    }
    default: {
      const never: never = control;
      return never;
    }
  }
};

const refilled = (block: FormBlock, values: FormValues): FormBlock =>
  isInput(block)
    ? { ...block, control: filled(block.control, Object.hasOwn(values, block.name) ? values[block.name] : undefined) }
    : block;

/** Returns the form as it was left: with its values, and new words above it. */
export const leftForm = (form: Form, values: FormValues, words?: string): Form => {
  const left = { ...form, blocks: form.blocks.map((block) => refilled(block, values)) };
  return words === undefined ? left : under({ kind: 'text', text: [{ strong: words }] }, left);
};
