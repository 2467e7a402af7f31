/** The words of the public pages, from files: a language is a file. */

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { FileProblem, parseYaml, problemsOf, readText } from '../config/yaml-file.ts';

const words = z.string().trim().min(1);
const list = z.array(words).min(1);

const KEYS = [
  'title',
  'practice',
  'practiceMore',
  'leave',
  'leaveMore',
  'intro',
  'toForm',
  'returning',
  'whatHappens',
  'cannot',
  'readers',
  'outsideReader',
  'authorities',
  'noAuthorities',
  'formTitle',
  'needed',
  'optional',
  'what',
  'whatHint',
  'where',
  'when',
  'whenHint',
  'product',
  'productOther',
  'others',
  'concerns',
  'concernsHint',
  'files',
  'filesHint',
  'clean',
  'cleanHint',
  'asItIs',
  'asItIsHint',
  'filesArrived',
  'filesAsTheyAre',
  'filesNotTaken',
  'filesHow',
  'filesAgain',
  'fileTooBig',
  'fileTooMany',
  'fileSendingFull',
  'fileCaseFull',
  'fileStoreFull',
  'fileCrowded',
  'fileNoPhoto',
  'filePhoto',
  'who',
  'whoHint',
  'safe',
  'safeYes',
  'safeNo',
  'safeHow',
  'meeting',
  'send',
  'receiptTitle',
  'receiptIntro',
  'receiptCare',
  'receiptNext',
  'receiptOpen',
  'proof',
  'proofMore',
  'proofCare',
  'again',
  'againTitle',
  'againIntro',
  'receipt',
  'open',
  'back',
  'receiptLength',
  'receiptCheck',
  'nothingTitle',
  'nothing',
  'conversation',
  'arrived',
  'added',
  'acknowledged',
  'closedOn',
  'takenBack',
  'answerOf',
  'notShown',
  'noAnswers',
  'noAnswersLate',
  'addTitle',
  'add',
  'addSend',
  'addedNow',
  'takeBackTitle',
  'takeBack',
  'takeBackMore',
  'takeBackSure',
  'takeBackTick',
  'missing',
  'tooLong',
  'newReader',
  'nobody',
  'sendAnew',
  'crowded',
  'full',
  'broken',
  'unreadable',
  'closedTitle',
  'closed',
  'notHere',
] as const;

export type TextKey = (typeof KEYS)[number];

const textsDocument = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z]+)*$/, 'must be a language such as en or pt-BR'),
  direction: z.enum(['ltr', 'rtl']),
  /** Said at the start, to who runs it: nobody whose language it is has read them yet. */
  unread: words.optional(),
  steps: list,
  cannotMore: list,
  ...(Object.fromEntries(KEYS.map((key) => [key, words])) as Record<TextKey, typeof words>),
});

export type Texts = z.infer<typeof textsDocument>;

export type Fillings = Partial<
  Record<'company' | 'days' | 'months' | 'number' | 'day' | 'files' | 'size' | 'together' | 'tick', string | number>
>;

/** Fills in what stands in braces; a brace without a filling stays as it is. */
export const filled = (text: string, fillings: Fillings): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(fillings[name as keyof Fillings] ?? whole));

export const readTexts = (source: string, name: string): Texts => {
  const yaml = parseYaml(source, name);
  if (yaml.problems.length > 0) throw new FileProblem(yaml.problems);
  const parsed = textsDocument.safeParse(yaml.data, { reportInput: true });
  if (!parsed.success) throw new FileProblem(problemsOf(parsed.error, yaml.data).map(yaml.at));
  return parsed.data;
};

/** Reads texts from a company's own file. Throws FileProblem. */
export const textsIn = (file: string): Texts => readTexts(readText(file), basename(file));

/** Reads the texts that come with Clearthread. Throws FileProblem, one line for each problem. */
export const ownTexts = (folder = fileURLToPath(new URL('texts/', import.meta.url))): Texts[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .toSorted()
    .map((name) => textsIn(join(folder, name)));
