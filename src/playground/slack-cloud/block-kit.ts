/** Block Kit as strict as Slack: exactly the parts that the bot uses; everything else is refused. */

import { z } from 'zod';
import type { Block } from '../page/wire.ts';
import * as element from './block-kit-elements.ts';
import { richText } from './block-kit-rich-text.ts';
import { anyText, httpUrl, imageElement, list, plainText, text } from './block-kit-texts.ts';

const block_id = text(255).optional();

const input = z.discriminatedUnion('type', [
  element.staticSelect,
  element.externalSelect,
  element.usersSelect,
  element.radioButtons,
  element.checkboxes,
  element.plainTextInput,
  element.datePicker,
  element.fileInput,
]);

/** Without the text input, which is for input blocks only. */
const pressable = [
  element.button,
  element.staticSelect,
  element.externalSelect,
  element.usersSelect,
  element.radioButtons,
  element.checkboxes,
  element.datePicker,
  element.overflow,
] as const;

const block = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('section'),
      block_id,
      text: anyText(3000).optional(),
      fields: list(anyText(2000), 10).optional(),
      accessory: z.discriminatedUnion('type', [...pressable, imageElement]).optional(),
      expand: z.boolean().optional(),
    })
    .refine((s) => s.text !== undefined || s.fields !== undefined, {
      message: 'missing required field: text',
      path: ['text'],
    }),
  z.strictObject({ type: z.literal('header'), block_id, text: plainText(150) }),
  z.strictObject({
    type: z.literal('context'),
    block_id,
    elements: list(z.discriminatedUnion('type', [...anyText(3000).options, imageElement]), 10),
  }),
  z.strictObject({ type: z.literal('divider'), block_id }),
  z.strictObject({
    type: z.literal('actions'),
    block_id,
    elements: list(z.discriminatedUnion('type', [...pressable]), 25),
  }),
  z.strictObject({
    type: z.literal('input'),
    block_id,
    label: plainText(2000),
    element: input,
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  richText,
  z
    .strictObject({
      type: z.literal('image'),
      block_id,
      image_url: httpUrl.optional(),
      slack_file: z
        .strictObject({ id: text(255).regex(/^F[A-Z0-9]{8,}$/, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$') })
        .optional(),
      alt_text: text(2000),
      title: plainText(2000).optional(),
    })
    .refine((i) => (i.image_url === undefined) !== (i.slack_file === undefined), {
      message: 'must provide either image_url or slack_file',
      path: ['image_url'],
    }),
]);

const blocks = (max: number, min: number) => list(block, max, min).superRefine(noRepeatedIds);

const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    blocks: blocks(100, 1),
    private_metadata: z.string().max(3000, 'must be less than 3001 characters').optional(),
    callback_id: z.string().max(255, 'must be less than 256 characters').optional(),
    external_id: z.string().max(255, 'must be less than 256 characters').optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine((view) => view.submit !== undefined || view.blocks.every((b) => b.type !== 'input'), {
    message: 'missing required field: submit',
    path: ['submit'],
  })
  .refine((view) => elementsOf(view.blocks).filter((e) => 'focus_on_load' in e && e.focus_on_load).length <= 1, {
    message: 'only one element may have focus_on_load',
    path: ['blocks'],
  });

const home = z.strictObject({
  type: z.literal('home'),
  blocks: blocks(100, 0),
  private_metadata: z.string().max(3000, 'must be less than 3001 characters').optional(),
  callback_id: z.string().max(255, 'must be less than 256 characters').optional(),
  external_id: z.string().max(255, 'must be less than 256 characters').optional(),
});

export type Modal = z.infer<typeof modal>;
export type HomeView = z.infer<typeof home>;
type Elements = Extract<Block, { type: 'actions' }>['elements'];

export const elementsOf = (from: readonly Block[]): Elements =>
  from.flatMap((b) => {
    if (b.type === 'actions') return b.elements;
    if (b.type === 'input') return [b.element];
    return b.type === 'section' && b.accessory && b.accessory.type !== 'image' ? [b.accessory] : [];
  });

/** Checks ids. Slack: a block_id is unique in its message or view, an action_id in its block. */
function noRepeatedIds(found: readonly Block[], context: z.RefinementCtx): void {
  const blockIds = new Set<string>();
  for (const [at, each] of found.entries()) {
    if (each.block_id !== undefined && blockIds.has(each.block_id)) {
      const message = `\`block_id\` "${each.block_id}" already exists`;
      context.addIssue({ code: 'custom', message, path: [at, 'block_id'] });
    }
    if (each.block_id !== undefined) blockIds.add(each.block_id);
    const actionIds = new Set<string>();
    for (const [n, one] of elementsOf([each]).entries()) {
      if (one.action_id === undefined) continue;
      if (actionIds.has(one.action_id)) {
        const message = `\`action_id\` "${one.action_id}" already exists`;
        context.addIssue({ code: 'custom', message, path: [at, 'elements', n, 'action_id'] });
      }
      actionIds.add(one.action_id);
    }
  }
}

/** Writes lines like Slack's own: `must be less than 76 characters [json-pointer:/blocks/0/elements/1/text/text]`. */
const complaints = (error: z.ZodError, root: string): string[] =>
  error.issues.map((issue) => {
    const pointer = [root, ...issue.path.map(String)].join('/');
    if (issue.code === 'unrecognized_keys')
      return `unexpected field: ${issue.keys.join(', ')} [json-pointer:${pointer}]`;
    if (issue.code === 'invalid_union') return `unsupported type [json-pointer:${pointer}]`;
    if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('undefined'))
      return `missing required field: ${String(issue.path.at(-1))} [json-pointer:${pointer}]`;
    return `${issue.message} [json-pointer:${pointer}]`;
  });

export type Checked<T> = { ok: true; value: T } | { ok: false; messages: string[] };

const check =
  <T>(schema: z.ZodType<T>, root: string) =>
  (raw: unknown): Checked<T> => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, messages: complaints(parsed.error, root) };
  };

export const checkMessageBlocks: (raw: unknown) => Checked<Block[]> = check(blocks(50, 0), '/blocks');
export const checkModal: (raw: unknown) => Checked<Modal> = check(modal, '/view');
export const checkHome: (raw: unknown) => Checked<HomeView> = check(home, '/view');

/** Adds ids, as Slack does, to the blocks and elements that the app left without. */
export const withIds = (from: readonly Block[], newId: () => string): Block[] => {
  const named = <T extends { action_id?: string | undefined }>(e: T): T => ({
    ...e,
    action_id: e.action_id ?? newId(),
  });
  return from.map((raw) => {
    const b = { ...raw, block_id: raw.block_id ?? newId() };
    if (b.type === 'actions') return { ...b, elements: b.elements.map(named) };
    if (b.type === 'input') return { ...b, element: named(b.element) };
    if (b.type === 'section' && b.accessory && b.accessory.type !== 'image')
      return { ...b, accessory: named(b.accessory) };
    return b;
  });
};
