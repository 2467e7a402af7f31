/** Reads YAML that people write; every problem names the file, the line and the remedy. */

import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

type Path = readonly PropertyKey[];

export interface Problem {
  path: Path;
  message: string;
}

/** A file that can't be used. The message has one line for each problem, ready to show to the file's author. */
export class FileProblem extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.name = 'FileProblem';
    this.problems = problems;
  }
}

export interface YamlFile {
  /** Plain data; undefined where the text is no YAML. */
  data: unknown;
  /** Problems of the YAML itself, ready to show. */
  problems: readonly string[];
  /** Returns `default.yml:41: message`, at the line of the deepest part of the path that exists. */
  at: (problem: Problem) => string;
}

/** Reads a file. Throws FileProblem where it can't be read. */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : `it can't be read (${code ?? 'unknown reason'})`;
    throw new FileProblem([`${file}: ${why}.`], { cause });
  }
};

const offsetOf = (document: Document, path: Path): number => {
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === part);
      if (!pair) break;
      if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0];
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      const item = node.items[part];
      if (item === undefined) break;
      const { range } = item as { range?: [number, number, number] | null };
      if (range) offset = range[0];
      node = item;
    } else break;
  }
  return offset;
};

/** Parses YAML. `name` is the file's name in messages. */
export const parseYaml = (text: string, name: string): YamlFile => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = ({ path, message }: Problem): string =>
    `${name}:${Math.max(1, lines.linePos(offsetOf(document, path)).line)}: ${message}`;
  const broken = document.errors.map((e) => `${name}:${lines.linePos(e.pos[0]).line}: ${e.message.trim()}`);
  if (broken.length > 0) return { data: undefined, problems: broken, at };
  try {
    return { data: document.toJS({ maxAliasCount: 100 }), problems: [], at };
  } catch {
    return { data: undefined, problems: [`${name}:1: it repeats itself too often through aliases (&, *).`], at };
  }
};

const found = (data: unknown, path: Path): string => {
  let value = data;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[part];
  if (value === undefined) return '';
  const shown = JSON.stringify(value) ?? typeof value;
  return `; found ${shown.length > 60 ? `${shown.slice(0, 57)}...` : shown}`;
};

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** Returns "steps", or "questions, item 3". */
const pathWords = (path: Path): string => {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `${pathWords(path.slice(0, -1))}, item ${last + 1}` : String(last);
};

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
};

type Issue = z.core.$ZodIssue;

/** Returns the issues of the form that the writer most likely meant: the one whose own keys fit. */
const likeliestBranch = (branches: readonly Issue[][]): Issue[] | undefined =>
  branches.find((issues) => issues.length > 0 && issues.every((i) => i.path.length > 0 && !isMissing(i)));

const isMissing = (issue: Issue): boolean =>
  issue.code === 'invalid_type' && issue.path.length === 1 && issue.input === undefined;

const described = (issue: Issue, data: unknown, before: Path): Problem[] => {
  const path = [...before, ...issue.path];
  const name = pathWords(path);
  const say = (what: string): Problem[] => [{ path, message: `${name} ${what}${found(data, path)}.` }];
  switch (issue.code) {
    case 'invalid_union': {
      const branch = likeliestBranch(issue.errors);
      return branch ? branch.flatMap((i) => described(i, data, path)) : say(issue.message);
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `${key} is not a setting of ${name}. Remove it or check its spelling.`,
      }));
    case 'invalid_value':
      return say(`must be ${listed(issue.values.map(String))}`);
    case 'invalid_type': {
      const missing = found(data, path) === '';
      const type = TYPES[issue.expected] ?? issue.expected;
      return missing ? say(`is missing: add it as ${type}`) : say(`must be ${type}`);
    }
    case 'too_small':
      return issue.origin === 'string'
        ? say('must not be empty')
        : say(`must be at least ${issue.minimum}${issue.origin === 'array' ? ' long' : ''}`);
    case 'too_big':
      return say(`must be at most ${issue.maximum}`);
    case 'invalid_format':
      return say(issue.format === 'url' ? 'must be an https address' : issue.message);
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return say(issue.message);
    default: {
      const never: never = issue;
      return never;
    }
  }
};

/** Returns a schema's issues in words, each with its path. */
export const problemsOf = (error: z.ZodError, data: unknown): Problem[] =>
  error.issues.flatMap((issue) => described(issue, data, []));
