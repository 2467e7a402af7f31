/** The Guidance point by point (`guidance.yml`), checked, and how each point is cited. */

import { z } from 'zod';

const line = z.string().min(1).max(200);
const kind = z.enum([
  'question',
  'flag',
  'rule',
  'safeguard',
  'reference',
  'reassess',
  'follow-up',
  'programme',
  'report',
]);

const nth = z.int().min(1).max(20);
/** The place of a point: see `guidance.yml`. */
const place = z.union([
  z.strictObject({ heading: z.string() }),
  z.strictObject({ section: nth, redFlag: nth }),
  z.strictObject({ section: nth, bullet: nth, sub: nth.optional(), item: nth.optional() }),
]);

const item = z.strictObject({
  id: z.string().regex(/^[A-Z](?:-RF)?[1-9]\d*$/),
  at: place,
  kind,
  text: line,
  /** What we add; the Guidance does not say it. */
  house: line.optional(),
});

export const guidanceDocument = z.strictObject({
  name: z.string().min(1),
  date: z.iso.date(),
  link: z.url({ protocol: /^https$/ }),
  note: z.string().min(1),
  /** `cite`: the words of the heading that a citation shows. */
  headings: z.array(z.strictObject({ id: z.string(), title: line, cite: line })),
  sections: z.array(z.strictObject({ number: nth, letter: z.string().regex(/^[A-Z]$/), title: line, heading: line })),
  items: z.array(item),
});

export type Guidance = z.output<typeof guidanceDocument>;

const cited = ({ headings }: Guidance, at: Guidance['items'][number]['at']): string => {
  if ('heading' in at) return `Guidance, ${headings.find(({ id }) => id === at.heading)?.cite ?? at.heading}`;
  if ('redFlag' in at) return `Guidance ${at.section}, red flag ${at.redFlag}`;
  const inner = at.sub !== undefined ? `, sub-bullet ${at.sub}` : at.item !== undefined ? `, item ${at.item}` : '';
  return `Guidance ${at.section}, bullet ${at.bullet}${inner}`;
};

/** Returns the citation of each point, by its id: "Guidance 2, red flag 3". Several points can share one. */
export const citationsOf = (guidance: Guidance): ReadonlyMap<string, string> =>
  new Map(guidance.items.map(({ id, at }) => [id, cited(guidance, at)]));
