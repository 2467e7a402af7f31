import { z } from 'zod';
import { parsedUrl } from '../../../flows/url.ts';

/** Slack's documented lengths, with the words of its Web API. */
export const text = (max: number, min = 1) =>
  z
    .string()
    .min(min, `must be more than ${min - 1} characters`)
    .max(max, `must be less than ${max + 1} characters`);

export const list = <T extends z.ZodType>(item: T, max: number, min = 1) =>
  z.array(item).min(min, `no fewer than ${min} items allowed`).max(max, `no more than ${max} items allowed`);

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() });

const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

export const httpUrl = text(3000).refine((value) => {
  return ['http:', 'https:', 'mailto:'].includes(parsedUrl(value)?.protocol ?? '');
}, 'must be a valid URL');

export const imageElement = z.strictObject({ type: z.literal('image'), image_url: httpUrl, alt_text: text(2000) });
