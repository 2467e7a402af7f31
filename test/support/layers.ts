/** Allowed directions of imports, and what the pure rooms must not use. */

import { posix } from 'node:path';
import { importsOf, readSource } from './source-text.ts';

const ROOMS: Record<string, readonly string[]> = {
  flows: ['flows'],
  store: ['store', 'flows'],
  blocks: ['blocks', 'flows'],
  src: ['src', 'store', 'blocks', 'flows'],
};

/** `any-ascii` and `unhomoglyph` are tables of letters. */
const PACKAGES_OF_FLOWS = ['zod', 'date-fns', '@date-fns/tz', 'any-ascii', 'unhomoglyph'];

/** Ways for the outside to enter a pure decision: a clock, chance, the machine. */
const IMPURE: readonly [RegExp, string][] = [
  [/(?<![.\w$])Date\s*\.\s*now\b/, 'Date.now'],
  [/(?<![.\w$])new\s+(?:TZ)?Date\s*(?:\(\s*\)|(?!\s*[(\w$]))/, 'new Date without an argument'],
  [/(?<![.\w$]|new\s{1,9})Date\s*\(/, 'Date() as a function'],
  [/(?<![.\w$])TZDate\s*\.\s*tz\s*\([^,()]*\)/, 'TZDate.tz without a time'],
  [/(?<![\w$])Math\s*\.\s*random\b/, 'Math.random'],
  [/(?<![\w$])(?:randomUUID|getRandomValues|randomBytes|randomInt)\b/, 'random ids'],
  [/(?<![.\w$])(?:process|console|globalThis|performance|crypto)(?![\w$]|\s*\??:)/, 'the machine around it'],
  [/(?<![.\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask|fetch)\s*\(/, 'timers or the network'],
  // These functions of date-fns read the clock by themselves.
  [
    /(?<![.\w$])(?:isPast|isFuture|is(?:Today|Tomorrow|Yesterday)|isThis[A-Z]\w+|formatDistanceToNow\w*|(?:start|end)Of(?:Today|Tomorrow|Yesterday)|constructNow)\b/,
    'a date-fns function that reads the clock',
  ],
];

const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** The complaints about one source file; `path` is relative to the repository, with forward slashes. */
export function layerProblems(path: string, source: string): string[] {
  const room = path.split('/')[0] ?? '';
  const allowed = ROOMS[room];
  if (!allowed) return [`${path} is in no room`];
  const text = readSource(source);
  const problems: string[] = [];

  for (const { specifier, typeOnly } of importsOf(text)) {
    if (specifier === undefined) {
      problems.push(`${path} computes what it imports`);
      continue;
    }
    if (specifier.startsWith('.') || specifier.startsWith('/')) {
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      if (!allowed.some((other) => within(target, other))) problems.push(`${path} must not import ${target}`);
      continue;
    }
    const name = packageOf(specifier);
    if (room === 'flows' && !PACKAGES_OF_FLOWS.includes(name)) problems.push(`${path} must not import ${name}`);
    if (name.startsWith('@slack/') && !within(path, 'src/slack') && !(within(path, 'src/playground') && typeOnly)) {
      problems.push(`${path} must not import ${name}: Slack's SDK stays in src/slack`);
    }
    if (within(path, 'src/playground/page') && !typeOnly) {
      problems.push(`${path} must not import ${name}: no browser finds a package by its name`);
    }
  }
  if (room === 'flows') {
    for (const [pattern, what] of IMPURE) if (pattern.test(text.code)) problems.push(`${path} uses ${what}`);
  }
  return problems;
}
