/** Forms as Adaptive Cards, in a dialog or in place of a card, with errors above each input. */

import type { Block, Form, FormBlock, Input } from '../card.ts';
import { fallbackText } from '../fallback.ts';
import { isInput } from '../forms/inputs.ts';
import { CardFault, clip, TEAMS } from '../limits.ts';
import { roomiest, type Fit } from '../room.ts';
import { bytesOf, plainLine } from '../text.ts';
import { actionRows, backButton, formButton, submitButton, type Surface } from './actions.ts';
import type { CardElement, RichText, TextRun } from './adaptive-card.ts';
import type { HeldForm } from './data.ts';
import { divided, drawBlock, headingElement, skippedLine, subtle, type Drawing } from './draw.ts';
import { inputElement } from './inputs.ts';
import { runsOf } from './text.ts';
import { wholeCard, type AdaptiveCard, type Refresh, type TeamsContext } from './whole.ts';

type Errors = Readonly<Record<string, string>>;

/** Bytes of JSON that the frame, the title and the form's fallback text may take. */
const FRAME = 12_000;

const GROWS = 'Some answers bring a further question. You see it before anything is saved.';

const holds = (form: Form, inputs: readonly Input[], showing: string): HeldForm => {
  if (new Set(inputs.map(({ name }) => name)).size < inputs.length) {
    throw new CardFault('same-name', `Two inputs of the form ${form.name} have the same name.`);
  }
  if (inputs.length > 0 && form.submit === undefined) {
    throw new CardFault('no-submit', `The form ${form.name} has inputs and no way to send them.`);
  }
  if (form.context.length > TEAMS.form.context || form.name.length > TEAMS.form.name) {
    throw new CardFault('context-too-long', `The context of the form ${form.name} is longer than a card keeps.`);
  }
  if (inputs.length > TEAMS.input.most) {
    throw new CardFault('too-many-inputs', `The form ${form.name} has more inputs than a card keeps.`);
  }
  return {
    name: form.name,
    context: form.context,
    showing,
    inputs: inputs.map(({ name }) => name),
    lists: inputs.filter(({ control }) => control.type === 'checkboxes').map(({ name }) => name),
  };
};

const paragraph = (inlines: TextRun[], spacing: 'Small' | 'Medium'): RichText => ({
  type: 'RichTextBlock',
  inlines,
  spacing,
});

const errorLine = (words: string): RichText =>
  paragraph(
    runsOf(`⚠️ ${clip(plainLine(words), TEAMS.input.error)}`, { color: 'Attention', weight: 'Bolder' }),
    'Medium',
  );

/** Room for the name of one input in the line that names those in error. */
const NAMED = 60;

/** Draws which inputs need attention, and the errors that have no input. A form can be many screens long. */
const topLines = (errors: Errors, inputs: readonly Input[]): RichText[] => {
  const all = Object.entries(errors);
  if (all.length === 0) return [];
  const without = all.filter(([name]) => !inputs.some((input) => input.name === name));
  const count = all.length === 1 ? '1 thing needs a look' : `${all.length} things need a look`;
  const labels = inputs
    .filter(({ name }) => Object.hasOwn(errors, name))
    .map(({ label }) => clip(plainLine(label), NAMED));
  const names = labels.map((label) => `“${label}”`).join(', ');
  return [
    errorLine(names === '' ? `${count}.` : `${count}: ${names}`),
    ...without.map(([, words]) => errorLine(words)),
  ];
};

/** A file is a link here, so that nothing is said of what a chat keeps of it. */
const hintOf = ({ control, hint }: Input): string | undefined => (control.type === 'files' ? control.links : hint);

/** Puts the error above its input and the hint below, as in Slack: the question is read first. */
const withErrorAndHint = (input: Input, element: CardElement, errors: Errors): CardElement[] => {
  const error = Object.hasOwn(errors, input.name) ? errors[input.name] : undefined;
  const hint = clip(plainLine(hintOf(input) ?? ''), TEAMS.input.hint);
  return [
    ...(error === undefined ? [] : [errorLine(error)]),
    { ...element, spacing: error === undefined ? 'Medium' : 'Small' },
    ...(hint === '' ? [] : [paragraph(subtle(runsOf(hint)), 'Small')]),
  ];
};

/** Returns the form's last row of buttons, which stands next to its submit button. */
const lastRow = (blocks: readonly FormBlock[]): [FormBlock[], Extract<FormBlock, { kind: 'actions' }> | undefined] => {
  const last = blocks.at(-1);
  return last?.kind === 'actions' ? [blocks.slice(0, -1), last] : [[...blocks], undefined];
};

/** Tells whether a block has a button that takes the form as far as it is filled in. */
const takesHalf = (block: FormBlock): boolean =>
  block.kind === 'actions' && block.actions.some(({ url }) => url === undefined);

const asWords = (block: FormBlock): Block => (isInput(block) ? { kind: 'text', text: block.label } : block);

/**
 * Draws a form. A dialog has a title bar of its own; on a card the title is drawn. Errors without an input come first.
 * `back` leads from a form in place of a live card to the person's usual version of it. Throws CardFault for a form
 * that its builder made impossible, and for one that is over 80 KB with the typed values.
 */
export const teamsForm = (
  form: Form,
  context: TeamsContext,
  shown: { surface: Surface; showing: string; errors?: Errors | undefined; refresh?: Refresh; back?: boolean },
): AdaptiveCard => {
  const { surface, errors = {} } = shown;
  const inputs = form.blocks.filter(isInput);
  const held = holds(form, inputs, shown.showing);
  const insists = !(shown.back && shown.refresh) && !form.blocks.some(takesHalf);
  const asked = new Map(inputs.map((i) => [i, withErrorAndHint(i, inputElement(i, context, insists), errors)]));
  const top = topLines(errors, inputs);
  const button = formButton(surface, held);
  const [blocks, row] = lastRow(form.blocks);
  const buttons = actionRows([
    ...(form.submit === undefined ? [] : [submitButton(surface, form.submit, held)]),
    ...(row?.actions ?? []).flatMap(button),
    ...(shown.back && shown.refresh ? [backButton(shown.refresh)] : []),
  ]);
  const between = blocks.flatMap((block) => (block.kind === 'actions' ? block.actions.flatMap(button) : []));
  const taken = bytesOf([...asked.values(), top, between, buttons]) + FRAME;
  const left = Math.min(TEAMS.text.form, TEAMS.card.bytes - taken);
  const draw = (drawing: Drawing): CardElement[] =>
    blocks.flatMap((block) => (isInput(block) ? divided(asked.get(block) ?? [], drawing) : drawBlock(block, drawing)));
  const drawingOf = (fit: Fit, room: number): Drawing => ({
    names: context.names,
    allowance: { left: room, skipped: 0 },
    button,
    divide: false,
    fit,
  });
  const fits = (fit: Fit): boolean => {
    const trial = drawingOf(fit, left);
    draw(trial);
    return trial.allowance.left > 0;
  };
  const drawing = drawingOf(roomiest(fits), left);
  const { allowance } = drawing;
  const drawn = draw(drawing);
  const body = [
    ...(surface === 'card' ? [headingElement('', form.title, 'Large')] : []),
    ...top,
    ...drawn,
    ...skippedLine(allowance),
    ...(inputs.some(({ reactive }) => reactive) ? [paragraph(subtle(runsOf(GROWS)), 'Medium')] : []),
    ...divided(buttons, drawing),
  ];
  const words = fallbackText(
    { blocks: [{ kind: 'title', text: form.title }, ...form.blocks.map(asWords)] },
    (id) => context.names(id)?.name,
  );
  return wholeCard(body, words, { refresh: shown.refresh, message: false });
};
