/** Hands of people at the route: they press, fill in what a form asks, send it, and every press is counted. */

import type { Form, FormBlock, FormValues, Input } from '../../../blocks/card.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { presets } from '../../blocks/forms/support.ts';
import { formIn, type AtDesk } from '../../support/desk.ts';

/** The answer to an input; undefined: it stays as it is shown. */
export type Filling = (input: Input, form: Form) => string | readonly string[] | undefined;

/** Called for each press, with the words that had to be typed and the options that had to be chosen for it. */
export type Count = (person: string, act: string, words: number, choices: number) => void;

export interface Hand {
  press(act: string, name: string, value: string, inForm?: { form: Form; filling: Filling }): Promise<Reply>;
  /** Types a command: sending it is one press. */
  say(act: string, words: string): Promise<Reply>;
  /** Fills in a form and sends it. */
  send(act: string, form: Form, filling: Filling): Promise<Reply>;
}

const isInput = (block: FormBlock): block is Input => block.kind === 'input';

const wordsIn = (text: string): number => text.split(/\s+/u).filter((word) => word !== '').length;

interface Filled {
  form: Form;
  values: FormValues;
  words: number;
  choices: number;
}

/** A follow-up may bring another one. */
const MOST_REDRAWN = 6;

export const createHands = (at: AtDesk, place: Place, count: Count): ((person: string) => Hand) => {
  const filled = async (person: string, first: Form, filling: Filling): Promise<Filled> => {
    let [form, words, choices] = [first, 0, 0];
    const typed = new Map<string, string | readonly string[]>();
    for (let n = 0; n < MOST_REDRAWN; n += 1) {
      const fresh = form.blocks.filter(isInput).filter(({ name }) => !typed.has(name));
      const given = fresh.flatMap((input) => {
        const value = filling(input, form);
        if (value === undefined) return [];
        typed.set(input.name, value);
        const isText = input.control.type === 'line' || input.control.type === 'paragraph';
        if (!isText) choices += [value].flat().length;
        else if (typeof value === 'string') words += wordsIn(value);
        return [input];
      });
      const changed = given.find(({ reactive }) => reactive);
      if (!changed) break;
      const values = { ...presets(form), ...Object.fromEntries(typed) };
      const { name, context } = form;
      form = formIn(await at.ask(person, { kind: 'change', form: name, context, values, input: changed.name }, place));
    }
    const names = new Set(form.blocks.filter(isInput).map(({ name }) => name));
    const values = { ...presets(first), ...presets(form), ...Object.fromEntries(typed) };
    return {
      form,
      words,
      choices,
      values: Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))),
    };
  };
  return (person) => ({
    press: async (act, name, value, inForm) => {
      const typed = inForm && (await filled(person, inForm.form, inForm.filling));
      count(person, act, typed?.words ?? 0, typed?.choices ?? 0);
      const form = typed && { name: typed.form.name, context: typed.form.context, values: typed.values };
      return at.ask(person, { kind: 'click', name, value, ...(form ? { form } : {}) }, place);
    },
    say: async (act, words) => {
      count(person, act, 0, 0);
      return at.ask(person, { kind: 'words', words, canOpen: true }, place);
    },
    send: async (act, first, filling) => {
      const { form, values, words, choices } = await filled(person, first, filling);
      count(person, act, words, choices);
      const { name, context } = form;
      const reply = await at.ask(person, { kind: 'submit', form: name, context, values }, place);
      if (reply.kind === 'errors') throw new Error(`${person}, ${name}: ${JSON.stringify([reply.errors, values])}`);
      return reply;
    },
  });
};
