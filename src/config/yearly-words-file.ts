/** What people write into a yearly report: a YAML file with a text for each part. */

import { basename } from 'node:path';
import { z } from 'zod';
import { namedIn, secretWords, type Secret, type YearlyWords } from '../../flows/yearly/words.ts';
import { FileProblem, parseYaml, problemsOf, readText } from './yaml-file.ts';

const MOST = 20_000;
const text = z
  .string()
  .trim()
  .min(1, 'Write a text, or leave the line out.')
  .max(MOST, `At most ${MOST} characters.`)
  .optional();

const document = z.strictObject({
  foreword: text,
  learned: text,
  change: text,
  mayName: z.array(z.string().trim().min(1)).optional(),
});

export interface YearlyWordsRead {
  words: YearlyWords;
  /** Names that somebody decided may stand there. */
  mayName: readonly string[];
}

/** Reads the file. Throws FileProblem with a line for each mistake, and for each name that must not stand there. */
export const loadYearlyWords = (file: string, secrets: () => Iterable<Secret>): YearlyWordsRead => {
  const name = basename(file);
  const { data, problems, at } = parseYaml(readText(file), name);
  if (problems.length > 0) throw new FileProblem(problems);
  const read = document.safeParse(data ?? {});
  if (!read.success) throw new FileProblem(problemsOf(read.error, data).map(at));
  const { mayName = [], ...words } = read.data;
  const named = namedIn(words, secrets(), mayName);
  if (named.length > 0)
    throw new FileProblem(
      named.map(({ part, ...secret }) =>
        at({
          path: [part],
          message: `"${part}" names ${secretWords(secret)}. Leave it out, or add it to "mayName" if it may be public.`,
        }),
      ),
    );
  return { words, mayName };
};
