/** The values of elements: the page draws them, the stand-in sends them. */

import type { Element, Entered } from './wire.ts';

export const initialEntry = (element: Element): Entered => {
  switch (element.type) {
    case 'plain_text_input':
      return element.initial_value ?? null;
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option?.value ?? null;
    case 'external_select':
      return element.initial_option
        ? { value: element.initial_option.value, label: element.initial_option.text.text }
        : null;
    case 'users_select':
      return element.initial_user ?? null;
    case 'checkboxes':
      return element.initial_options?.map((option) => option.value) ?? [];
    case 'datepicker':
      return element.initial_date ?? null;
    case 'file_input':
      return [];
    case 'button':
    case 'overflow':
      return null;
    default:
      throw new Error(`The playground does not know ${JSON.stringify(element satisfies never).slice(0, 100)}.`);
  }
};
