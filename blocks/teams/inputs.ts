/** A form's inputs as Adaptive Card inputs. Every input's id is its name, by which its value comes back. */

import { searchCountries } from '../../flows/countries.ts';
import type { Choice, Control, Input } from '../card.ts';
import { isDay } from '../forms/inputs.ts';
import { CardFault, clip, TEAMS } from '../limits.ts';
import { plain, plainLine } from '../text.ts';
import type { CardInput, ChoiceInput, ChoiceItem, TextInput } from './adaptive-card.ts';
import { OURS } from './data.ts';
import { inertLine } from './text.ts';
import type { TeamsContext } from './whole.ts';

/** Keys of an action's data that are not an input's. */
const TAKEN: readonly string[] = [OURS, 'msteams'];
const ALL_COUNTRIES = 1000;

/** A choice has a title and nothing else, so the description follows the label. */
const title = ({ label, description = '' }: Omit<Choice, 'value'>): string =>
  inertLine(plainLine(description) === '' ? label : `${label}: ${description}`, TEAMS.options.title);

const choicesOf = (name: string, options: readonly Choice[]): ChoiceItem[] => {
  if (options.length === 0) throw new CardFault('no-options', `The input ${name} has nothing to choose from.`);
  // Several chosen values come back separated by commas.
  if (options.some(({ value }) => value === '' || value.includes(','))) {
    throw new CardFault('bad-option', `An option of ${name} has a value that Teams does not take.`);
  }
  if (new Set(options.map(({ value }) => value)).size < options.length) {
    throw new CardFault('same-option', `Two options of ${name} have the same value.`);
  }
  return options.map((option) => ({ title: title(option), value: option.value }));
};

const placeholder = (text: string | undefined): { placeholder?: string } =>
  text === undefined || plainLine(text) === '' ? {} : { placeholder: clip(plainLine(text), TEAMS.input.placeholder) };

const among = (options: readonly Choice[], value: string | undefined): { value?: string } =>
  value !== undefined && options.some((option) => option.value === value) ? { value } : {};

/**
 * Returns the style. A choice is found by typing while nothing is chosen. The chosen value must be visible: iOS shows a
 * `filtered` input empty and the official renderer shows the bare value.
 * https://github.com/MicrosoftDocs/msteams-docs/issues/10472
 */
const styleOf = (options: readonly Choice[], chosen: string | undefined): 'compact' | 'filtered' =>
  options.some(({ value }) => value === chosen) ? 'compact' : 'filtered';

type Labelled = Pick<CardInput, 'id' | 'label' | 'isRequired' | 'errorMessage'>;

const textInput = (labelled: Labelled, control: Extract<Control, { type: 'line' | 'paragraph' }>): TextInput => {
  const maxLength = Math.min(control.maxLength ?? TEAMS.input.value, TEAMS.input.value);
  const isMultiline = control.type === 'paragraph';
  const value = clip(isMultiline ? plain(control.initial ?? '') : plainLine(control.initial ?? ''), maxLength);
  return {
    type: 'Input.Text',
    ...labelled,
    isMultiline,
    maxLength,
    ...(value === '' ? {} : { value }),
    ...placeholder(control.placeholder),
  };
};

const choiceInput = (
  labelled: Labelled,
  style: ChoiceInput['style'],
  options: readonly Choice[],
  control: { initial?: string | undefined; placeholder?: string | undefined },
): ChoiceInput => ({
  type: 'Input.ChoiceSet',
  ...labelled,
  style,
  wrap: true,
  choices: choicesOf(labelled.id, options),
  ...among(options, control.initial),
  ...placeholder(control.placeholder),
});

/** Adds the chosen value where it is no longer offered. */
const withInitial = (options: readonly Choice[], initial: Choice | undefined): readonly Choice[] =>
  initial === undefined || options.some(({ value }) => value === initial.value) ? options : [initial, ...options];

/** `Türkiye (Turkey)`: other names that the name does not hold already. */
const withOthers = (name: string, also: readonly string[]): string => {
  const others = also.filter((other) => !name.includes(other));
  return others.length === 0 ? name : `${name} (${others.join(', ')})`;
};

const searchOptions = ({ source, initial }: Extract<Control, { type: 'search' }>): readonly Choice[] =>
  withInitial(
    source === 'countries'
      ? // The client searches for the typed text in the titles alone, accents and all.
        searchCountries('', ALL_COUNTRIES).map(({ code, name, also }) => ({
          value: code,
          label: withOthers(name, also),
        }))
      : [],
    initial,
  );

/** Lists people; two of the same name are told apart by their ids. */
const peopleOptions = ({ people, names }: TeamsContext, initial: string | undefined): readonly Choice[] => {
  const options = people.map(({ id, name }): Choice => {
    const same = people.filter((other) => other.name === name).length > 1;
    return { value: id, label: same ? `${name} (${id})` : name };
  });
  return withInitial(
    options,
    initial === undefined ? undefined : { value: initial, label: names(initial)?.name ?? initial },
  );
};

const element = (labelled: Labelled, control: Control, context: TeamsContext): CardInput => {
  switch (control.type) {
    case 'line':
    case 'paragraph':
      return textInput(labelled, control);
    case 'radio':
      return choiceInput(labelled, 'expanded', control.options, { initial: control.initial });
    case 'menu': {
      const { options, initial } = control;
      const style = options.length > TEAMS.options.menu ? styleOf(options, initial) : 'compact';
      return choiceInput(labelled, style, options, control);
    }
    case 'checkboxes': {
      const ticked = control.options.map(({ value }) => value).filter((value) => control.initial?.includes(value));
      return {
        ...choiceInput(labelled, 'expanded', control.options, {}),
        isMultiSelect: true,
        ...(ticked.length === 0 ? {} : { value: ticked.join(',') }),
      };
    }
    case 'search': {
      const options = searchOptions(control);
      const initial = control.initial?.value;
      return choiceInput(labelled, styleOf(options, initial), options, { ...control, initial });
    }
    case 'date': {
      const { initial } = control;
      return {
        type: 'Input.Date',
        ...labelled,
        ...(initial !== undefined && isDay(initial) ? { value: initial } : {}),
      };
    }
    case 'files':
      return textInput(labelled, { ...control, type: 'paragraph' });
    case 'person': {
      const options = peopleOptions(context, control.initial);
      return choiceInput(labelled, styleOf(options, control.initial), options, control);
    }
    default: {
      const never: never = control;
      return never;
    }
  }
};

const missing = ({ type }: Control): string => {
  switch (type) {
    case 'line':
    case 'paragraph':
      return 'Please fill this in.';
    case 'radio':
    case 'menu':
    case 'search':
      return 'Please choose one.';
    case 'checkboxes':
      return 'Please tick at least one.';
    case 'date':
      return 'Please choose a date.';
    case 'person':
      return 'Please choose a person.';
    case 'files':
      return 'Please give at least one link.';
    default: {
      const never: never = type;
      return never;
    }
  }
};

/**
 * Draws an input. `insists`: the client itself asks for it where it is empty. Every button of a form checks that, so a
 * form of which a button takes half must not insist: "Save for later" would be refused.
 */
export const inputElement = (input: Input, context: TeamsContext, insists = false): CardInput => {
  const { name, control } = input;
  if (name === '' || name.length > TEAMS.input.name || TAKEN.includes(name)) {
    throw new CardFault('bad-name', 'The name of an input is empty, taken or longer than a card keeps.');
  }
  const label = inertLine(input.label, TEAMS.input.label);
  const required = insists && !input.optional && !input.follows;
  return element(
    {
      id: name,
      label: input.optional ? `${label} (optional)` : label,
      ...(required ? { isRequired: true, errorMessage: missing(control) } : {}),
    },
    control,
    context,
  );
};
