import { z } from 'zod';
import { httpUrl, list, text } from './block-kit-texts.ts';

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional();

/** https://docs.slack.dev/reference/block-kit/block-elements/date-element: a text around at least one of its tokens. */
const TOKENS =
  /\{(?:day_divider_pretty|date_num|date_slash|date_long|date_long_full|date_long_pretty|date|date_pretty|date_short|date_short_pretty|time|time_secs|ago)\}/;

const inline = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: text(Number.MAX_SAFE_INTEGER), style }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/, 'invalid user'), style }),
  z.strictObject({ type: z.literal('link'), url: httpUrl, text: text(3000).optional(), style }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int('must provide an integer'),
    format: text(3000).regex(TOKENS, 'must contain a date token'),
    timezone: text(100).optional(),
    url: httpUrl.optional(),
    fallback: text(3000).optional(),
    style,
  }),
  z.strictObject({ type: z.literal('emoji'), name: text(100), unicode: z.string().optional() }),
]);

const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline) });
const border = z.int().min(0).max(1).optional();

export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: text(255).optional(),
  elements: list(
    z.discriminatedUnion('type', [
      section,
      z.strictObject({
        type: z.literal('rich_text_list'),
        style: z.enum(['bullet', 'ordered']),
        elements: z.array(section).min(1, 'no fewer than 1 items allowed'),
        indent: z.int().min(0).max(8).optional(),
        offset: z.int().min(0).optional(),
        border,
      }),
      z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(inline), border }),
    ]),
    Number.MAX_SAFE_INTEGER,
  ),
});
