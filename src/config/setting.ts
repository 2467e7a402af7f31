/** The value of one environment variable. */

import { z } from 'zod';

/** Makes a setting optional. An unset variable and an empty one (`PORT=` in a .env file) mean the same. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

export const text = z.string().trim();
