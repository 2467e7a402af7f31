/** The visible parts of an Adaptive Card: its words in reading order, its inputs, its buttons. */

import { z } from 'zod';
import type { CardJson } from '../../src/playground/page/teams/wire.ts';

const choice = z.object({ title: z.string(), value: z.string() });
const input = z.object({
  type: z.string().startsWith('Input.'),
  id: z.string(),
  label: z.string().default(''),
  value: z.string().optional(),
  choices: z.array(choice).optional(),
  isMultiSelect: z.boolean().optional(),
});
const button = z.object({
  type: z.enum(['Action.Execute', 'Action.Submit', 'Action.OpenUrl']),
  title: z.string(),
  style: z.string().optional(),
  tooltip: z.string().optional(),
  verb: z.string().optional(),
  data: z.record(z.string(), z.unknown()).default({}),
});
const run = z.object({ text: z.string(), color: z.string().optional() });
const rich = z.object({ type: z.literal('RichTextBlock'), inlines: z.array(z.union([z.string(), run])) });
const block = z.object({ type: z.literal('TextBlock'), text: z.string() });

export type CardInput = z.infer<typeof input>;
export type CardButton = z.infer<typeof button>;

/** Members whose contents are not shown. */
const UNSEEN = new Set(['data', 'fallback', 'refresh', 'msteams', 'choices', 'inlines']);

const isNode = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Every node of the card in reading order. */
const nodesOf = (value: unknown): Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [value, ...Object.entries(value).flatMap(([key, inside]) => (UNSEEN.has(key) ? [] : nodesOf(inside)))];
};

const matching = <T>(card: CardJson | undefined, schema: z.ZodType<T>): T[] =>
  nodesOf(card).flatMap((node) => {
    const parsed = schema.safeParse(node);
    return parsed.success ? [parsed.data] : [];
  });

export const inputsOf = (card: CardJson | undefined): CardInput[] => matching(card, input);
/** By what it shows, or by its spoken name where several show the same. */
export const isCalled = ({ title, tooltip }: CardButton, label: string): boolean =>
  title === label || tooltip === label;
/** Of a card that asks for several sections: the button above which it says that this person has it. */
export const nthOf = (text: string, me: string): number =>
  (text.split(`${me} has it`)[0] ?? '').split('Who might know?').length - 1;

export const buttonsOf = (card: CardJson | undefined): CardButton[] => matching(card, button);

const wordsOf = (node: Record<string, unknown>): string[] => {
  const text = block.safeParse(node);
  if (text.success) return [text.data.text];
  const runs = rich.safeParse(node);
  if (runs.success) return [runs.data.inlines.map((r) => (typeof r === 'string' ? r : r.text)).join('')];
  const asked = input.safeParse(node);
  if (asked.success) return [asked.data.label];
  const pressed = button.safeParse(node);
  return pressed.success ? [pressed.data.title] : [];
};

/** Returns the card's words from top to bottom. */
export const readCard = (card: CardJson | undefined): string => nodesOf(card).flatMap(wordsOf).join(' ');

/** Returns the lines in the attention colour. */
export const errorsIn = (card: CardJson | undefined): string[] =>
  matching(card, rich).flatMap(({ inlines }) => {
    const red = inlines.filter((r) => typeof r !== 'string' && r.color === 'Attention');
    return red.length === 0 ? [] : [inlines.map((r) => (typeof r === 'string' ? r : r.text)).join('')];
  });

const sends = z.object({ clearthread: z.object({ do: z.literal('submit') }) });

/** Returns the button that sends the inputs; a card without one is no form. */
export const submitOf = (card: CardJson | undefined): CardButton | undefined =>
  buttonsOf(card).find(({ data }) => sends.safeParse(data).success);
