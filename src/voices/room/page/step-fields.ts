/** Fields of the forms of steps: choices, days, and people of the organisation file. */

import type { Known } from '../../../../flows/voices/steps.ts';
import { element } from '../../../signing/page/draw.ts';
import { MOST_WORDS } from '../wire.ts';
import { button, buttons, choice, field, say, words } from './view.ts';

export interface Field<Value> {
  part: HTMLElement;
  value(): Value;
  focus(): void;
}

const group = (label: string, hint: string | undefined, ...parts: Node[]): HTMLElement =>
  element(
    'fieldset',
    { className: 'asked' },
    element('legend', { text: label }),
    ...(hint === undefined ? [] : [words(hint, 'hint')]),
    ...parts,
  );

let groups = 0;

export const radios = <Value extends string>(
  label: string,
  options: Readonly<Record<Value, string>>,
  chosen?: Value | undefined,
  hint?: string,
): Field<Value | undefined> => {
  groups += 1;
  const made = (Object.keys(options) as Value[]).map((value) => {
    const one = choice('radio', options[value], `group-${groups}`);
    one.box.checked = value === chosen;
    return { value, ...one };
  });
  return {
    part: group(label, hint, ...made.map(({ part }) => part)),
    value: () => made.find(({ box }) => box.checked)?.value,
    focus: () => made[0]?.box.focus(),
  };
};

export const ticks = <Value extends string>(
  label: string,
  options: Readonly<Record<Value, string>>,
  ticked: readonly Value[] = [],
): Field<Value[]> => {
  const made = (Object.keys(options) as Value[]).map((value) => {
    const one = choice('checkbox', options[value]);
    one.box.checked = ticked.includes(value);
    return { value, ...one };
  });
  return {
    part: group(label, undefined, ...made.map(({ part }) => part)),
    value: () => made.filter(({ box }) => box.checked).map(({ value }) => value),
    focus: () => made[0]?.box.focus(),
  };
};

export const long = (label: string, hint?: string, begun = ''): Field<string> => {
  const { box, parts } = field('textarea', label, hint);
  box.maxLength = MOST_WORDS / 4;
  box.value = begun;
  box.dir = 'auto';
  return {
    part: element('div', { className: 'asked' }, ...parts),
    value: () => box.value.trim(),
    focus: () => box.focus(),
  };
};

export const line = (label: string, hint?: string, begun = ''): Field<string> => {
  const { box, parts } = field('input', label, hint);
  box.maxLength = 500;
  box.value = begun;
  box.dir = 'auto';
  box.autocomplete = 'off';
  return {
    part: element('div', { className: 'asked' }, ...parts),
    value: () => box.value.trim(),
    focus: () => box.focus(),
  };
};

export const dayField = (label: string, hint?: string, begun = '', least = ''): Field<string> => {
  const { box, parts } = field('input', label, hint);
  box.type = 'date';
  box.value = begun;
  box.min = least;
  return { part: element('div', { className: 'asked' }, ...parts), value: () => box.value, focus: () => box.focus() };
};

/** `refuse`: why somebody can't be chosen. Its value is undefined where it said what is wrong. */
export const peopleField = (
  label: string,
  hint: string,
  people: readonly Known[],
  begun: readonly Known[],
  refuse: (one: Known) => string | undefined = () => undefined,
): Field<Known[] | undefined> => {
  let chosen = [...begun];
  const shown = ({ id, name }: Known): string => `${name} (${id})`;
  const { box, parts } = field('input', label, hint);
  const list = element('datalist', { id: `${box.id}-people` });
  list.append(
    ...people.map((one) => {
      const option = element('option');
      option.value = shown(one);
      return option;
    }),
  );
  box.setAttribute('list', list.id);
  box.autocomplete = 'off';
  const place = element('ul', { className: 'chosen' });
  const draw = (): void =>
    place.replaceChildren(
      ...chosen.map((one) => {
        const remove = button('Remove', () => {
          chosen = chosen.filter(({ id }) => id !== one.id);
          draw();
          box.focus();
        });
        remove.setAttribute('aria-label', `Remove ${one.name}`);
        return element('li', {}, element('span', { text: one.name }), remove);
      }),
    );
  const typed = (): Known | undefined => {
    const text = box.value.trim().toLowerCase();
    const same = people.filter(
      (one) => shown(one).toLowerCase() === text || one.name.toLowerCase() === text || one.id === text,
    );
    return same.length === 1 ? same[0] : undefined;
  };
  /** False where what was typed is nobody, or nobody who can be chosen. */
  const add = (): boolean => {
    if (box.value.trim() === '') return true;
    const one = typed();
    const problem = one ? refuse(one) : 'Please choose one of the names that are shown as you type.';
    if (problem !== undefined) {
      say(problem);
      box.focus();
      return false;
    }
    if (one && !chosen.some(({ id }) => id === one.id)) chosen.push(one);
    box.value = '';
    say('');
    draw();
    return true;
  };
  box.addEventListener('change', () => {
    if (typed()) add();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  });
  draw();
  return {
    part: element('div', { className: 'asked' }, ...parts, list, buttons(button('Add', () => void add())), place),
    value: () => (add() ? chosen : undefined),
    focus: () => box.focus(),
  };
};
