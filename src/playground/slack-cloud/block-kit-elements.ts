import { z } from 'zod';
import { anyText, httpUrl, list, plainText, text } from './block-kit-texts.ts';

const confirm = z
  .strictObject({
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();

const shared = { action_id: text(255).optional(), confirm, focus_on_load: z.boolean().optional() };
const pressed = { action_id: text(255).optional(), confirm };
const placeholder = plainText(150).optional();

const menuOption = z.strictObject({ text: plainText(75), value: text(150), description: plainText(75).optional() });
const listedOption = z.strictObject({ text: anyText(75), value: text(150), description: anyText(75).optional() });
const overflowOption = menuOption.extend({ url: httpUrl.optional() });
const optionGroup = z.strictObject({ label: plainText(75), options: list(menuOption, 100) });

type Offered = { text: { text: string }; value: string };
const same = (a: Offered, b: Offered): boolean => a.value === b.value && a.text.text === b.text.text;
/** Tells whether each initial option is, word for word, one of the options; Slack refuses any other. */
const isOffered = (options: readonly Offered[], initial: readonly Offered[]): boolean =>
  initial.every((chosen) => options.some((option) => same(option, chosen)));
const unique = (options: readonly Offered[]): boolean => new Set(options.map((o) => o.value)).size === options.length;
const notOffered = { message: 'initial option not found in options', path: ['initial_option'] };

export const button = z.strictObject({
  type: z.literal('button'),
  ...pressed,
  text: plainText(75),
  value: text(2000).optional(),
  url: httpUrl.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: text(75).optional(),
});

export const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...shared,
    placeholder,
    options: list(menuOption, 100).optional(),
    option_groups: list(optionGroup, 100).optional(),
    initial_option: menuOption.optional(),
  })
  .refine((s) => (s.options === undefined) !== (s.option_groups === undefined), {
    message: 'must provide one of options or option_groups',
    path: ['options'],
  })
  .refine(
    (s) =>
      !s.initial_option || isOffered(s.options ?? s.option_groups?.flatMap((g) => g.options) ?? [], [s.initial_option]),
    notOffered,
  );

export const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...shared,
  placeholder,
  initial_option: menuOption.optional(),
  min_query_length: z.int().min(0).optional(),
});

export const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...shared,
  placeholder,
  initial_user: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/, 'invalid user')
    .optional(),
});

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...shared,
    options: list(listedOption, 10).refine(unique, 'option values must be unique'),
    initial_option: listedOption.optional(),
  })
  .refine((r) => !r.initial_option || isOffered(r.options, [r.initial_option]), notOffered);

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...shared,
    options: list(listedOption, 10).refine(unique, 'option values must be unique'),
    initial_options: list(listedOption, 10).optional(),
  })
  .refine((c) => isOffered(c.options, c.initial_options ?? []), { ...notOffered, path: ['initial_options'] });

export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: shared.action_id,
    focus_on_load: shared.focus_on_load,
    placeholder,
    initial_value: z.string().max(3000, 'must be less than 3001 characters').optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    dispatch_action_config: z
      .strictObject({
        trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).optional(),
      })
      .optional(),
  })
  .refine((i) => (i.min_length ?? 0) <= (i.max_length ?? 3000), {
    message: 'min_length must not exceed max_length',
    path: ['min_length'],
  })
  .refine((i) => (i.initial_value ?? '').length <= (i.max_length ?? 3000), {
    message: 'initial_value is longer than max_length',
    path: ['initial_value'],
  });

export const datePicker = z.strictObject({
  type: z.literal('datepicker'),
  ...shared,
  placeholder,
  initial_date: z.iso.date('must be a date in the format YYYY-MM-DD').optional(),
});

export const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: shared.action_id,
  filetypes: z.array(text(20)).optional(),
  max_files: z.int().min(1).max(10).optional(),
});

export const overflow = z.strictObject({ type: z.literal('overflow'), ...pressed, options: list(overflowOption, 5) });

/** An app's possible answers to a `block_suggestion`. */
export const suggestions = z.union([
  z.strictObject({ options: z.array(menuOption).max(100) }),
  z.strictObject({ option_groups: z.array(optionGroup).max(100) }),
]);
