/** The company's human-rights policy: a YAML file that it writes. */

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import type { HumanRightsPolicy } from '../../blocks/yearly/policy.ts';
import { canonical } from '../../flows/canonical.ts';
import { parsedUrl } from '../../flows/url.ts';
import { FileProblem, parseYaml, problemsOf, readText } from './yaml-file.ts';

const line = z.string().trim().min(1).max(200);
/** With its frame the page stays below 200 kB in any script. */
const MOST = 40_000;

const document = z.strictObject({
  title: line.default('Human-rights policy'),
  version: z.union([line, z.number().transform(String)]),
  approvedBy: line,
  approvedOn: z.iso.date('must be a day, such as 2027-01-31'),
  address: line
    .refine((text) => parsedUrl(text)?.protocol === 'https:', 'must be an address that begins with https://')
    .optional(),
  instruments: z.array(line).max(30).default([]),
  text: z.string().trim().min(1).max(MOST),
});

export interface HumanRightsPolicyRead {
  policy: HumanRightsPolicy;
  /** Where the company puts it. */
  address: string | undefined;
  /** sha256 of all that the page says, in hex. */
  hash: string;
}

/** Parts begin with a line `## Heading`. */
const partsOf = (text: string): HumanRightsPolicy['parts'] =>
  text
    .split(/^(?=##[ \t]+\S)/mu)
    .map((part) => {
      const [, heading, rest = ''] = /^##[ \t]+([^\n]+)\n?([^]*)$/u.exec(part) ?? [];
      return heading === undefined ? { text: part.trim() } : { heading: heading.trim(), text: rest.trim() };
    })
    .filter(({ heading, text: said }) => heading !== undefined || said !== '');

/** Throws FileProblem with a line for each mistake. */
export const loadHumanRightsPolicy = (file: string, today: string): HumanRightsPolicyRead => {
  const { data, problems, at } = parseYaml(readText(file), basename(file));
  if (problems.length > 0) throw new FileProblem(problems);
  const read = document.safeParse(data ?? {});
  if (!read.success) throw new FileProblem(problemsOf(read.error, data).map(at));
  const { text, address, ...said } = read.data;
  if (said.approvedOn > today)
    throw new FileProblem([at({ path: ['approvedOn'], message: 'Nobody has approved it on a day to come.' })]);
  const policy = { ...said, parts: partsOf(text) };
  return { policy, address, hash: createHash('sha256').update(canonical(policy)).digest('hex') };
};
