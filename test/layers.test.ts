import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { circles, importsAmong, roomCircles } from './support/circles.ts';
import { layerProblems } from './support/layers.ts';
import { importsOf, readSource } from './support/source-text.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const sources = ['src', 'flows', 'blocks', 'store'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
    .map((name) => `${room}/${name.replaceAll('\\', '/')}`),
);

describe('the sources', () => {
  it('are found in every room', () => {
    for (const room of ['src', 'flows', 'blocks', 'store']) {
      expect(sources.some((path) => path.startsWith(`${room}/`))).toBe(true);
    }
  });

  it('import one way only', () => {
    expect(sources.flatMap((path) => layerProblems(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it('stand in no circle, types counted: no file with another, and no room with what stands beside it', () => {
    const texts = sources
      .filter((path) => !/^src\/(?:playground|signing)\/page\//.test(path))
      .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
    const graph = importsAmong(new Map(texts));
    expect([...graph.values()].reduce((sum, targets) => sum + targets.size, 0)).toBeGreaterThan(1000);
    expect(circles(graph)).toEqual([]);
    expect(roomCircles(graph)).toEqual([]);
  });

  it('of the bot reach nothing of the voices: it can’t know whether there is a case', () => {
    const graph = importsAmong(new Map(sources.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const)));
    const reached = new Set(['src/start.ts']);
    for (const path of reached) for (const target of graph.get(path) ?? []) reached.add(target);
    expect(reached.size).toBeGreaterThan(300);
    expect(reached).toContain('flows/registers/case-room.ts');
    expect([...reached].filter((path) => /^(?:src|flows)\/voices\//.test(path))).toEqual([]);
  });

  it('parse addresses in one place: in Node 20, `URL.canParse` fails once it was called often (flows/url.ts)', () => {
    const asks = sources.filter(
      (path) =>
        path !== 'flows/url.ts' &&
        !path.startsWith('src/playground/page/') &&
        readFileSync(join(root, path), 'utf8').includes('URL.canParse'),
    );
    expect(asks).toEqual([]);
  });

  it('are few where they stand loose, and short enough for one look', () => {
    expect(sources.filter((path) => /^src\/[^/]+$/.test(path)).length).toBeLessThanOrEqual(10);
    const lines = sources.map((path) => [readFileSync(join(root, path), 'utf8').split('\n').length - 1, path] as const);
    expect(lines.filter(([count, path]) => count >= 330 && path.endsWith('.ts'))).toEqual([]);
  });
});

describe('the checker complains about', () => {
  it.each([
    ['flows/a.ts', "import { x } from '../store/event-store.ts';", 'store/event-store.ts'],
    ['flows/deal/a.ts', "import { x } from '../../blocks/card.ts';", 'blocks/card.ts'],
    ['flows/a.ts', "export * from '../src/config.ts';", 'src/config.ts'],
    ['flows/a.ts', "export { type A } from '../src/config.ts';", 'src/config.ts'],
    ['flows/a.ts', "import type { A } from '../src/config.ts';", 'src/config.ts'],
    ['flows/a.ts', "const c = await import('../src/config.ts');", 'src/config.ts'],
    ['flows/a.ts', 'const c = await import(`../src/config.ts`);', 'src/config.ts'],
    ['flows/a.ts', "type C = typeof import('../src/config.ts');", 'src/config.ts'],
    ['flows/a.ts', "import\n  '../src/config.ts'", 'src/config.ts'],
    ['flows/a.ts', 'import {\n  a, // why\n  b,\n} from "../src/config.ts"', 'src/config.ts'],
    ['flows/a.ts', 'const c = await import(name);', 'computes'],
    ['flows/a.ts', 'const c = await import(`../${room}/config.ts`);', 'computes'],
    ['flows/a.ts', "const fs = require('node:fs');", 'node:fs'],
    ['flows/a.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['flows/a.ts', "import { parse } from 'yaml';", 'yaml'],
    ['flows/a.ts', "import z from 'zodiac';", 'zodiac'],
    ['store/a.ts', "import { card } from '../blocks/card.ts';", 'blocks/card.ts'],
    ['store/a.ts', "import { log } from '../src/log.ts';", 'src/log.ts'],
    ['blocks/a.ts', "import { s } from '../store/event-store.ts';", 'store/event-store.ts'],
    ['blocks/a.ts', "import type { KnownBlock } from '@slack/types';", '@slack/types'],
    ['src/route.ts', "import { App } from '@slack/bolt';", '@slack/bolt'],
    ['src/playground/cloud.ts', "import { App } from '@slack/bolt';", '@slack/bolt'],
    ['src/playground/page/page.ts', "import { z } from 'zod';", 'zod'],
    ['src/a.ts', "import { builder } from '../test/support/builder.ts';", 'test/support/builder.ts'],
    ['flows/a.ts', 'const now = Date.now();', 'Date.now'],
    ['flows/a.ts', 'const now = new Date();', 'new Date'],
    ['flows/a.ts', 'const now = +new Date;', 'new Date'],
    ['flows/a.ts', 'const now = new Date(/* now */);', 'new Date'],
    ['flows/a.ts', "const now = TZDate.tz('Asia/Singapore');", 'TZDate.tz'],
    ['flows/a.ts', 'const text = Date();', 'Date()'],
    ['flows/a.ts', 'const n = Math.random();', 'Math.random'],
    ['flows/a.ts', 'const id = crypto.randomUUID();', 'random ids'],
    ['flows/a.ts', 'const { env } = process;', 'machine'],
    ['flows/a.ts', 'console.warn(1);', 'machine'],
    ['flows/a.ts', 'const line = `at ${Date.now()}`;', 'Date.now'],
    ['flows/a.ts', "import { isPast } from 'date-fns';", 'clock'],
    ['flows/a.ts', "const half = a / b; // it's\nconst n = Math.random(); // isn't", 'Math.random'],
    ['flows/a.ts', 'const r = /[\'"`/]/.test(a); const n = Math.random();', 'Math.random'],
    ['elsewhere/a.ts', '', 'no room'],
  ])('%s: %s', (path, source, complaint) => {
    expect(layerProblems(path, source).join('\n')).toContain(complaint);
  });
});

describe('the checker accepts', () => {
  it.each([
    [
      'flows/deal/a.ts',
      "import { z } from 'zod';\nimport { addDays } from 'date-fns/addDays';\nimport { tz } from '@date-fns/tz';",
    ],
    ['flows/deal/a.ts', "import { person } from '../organisation.ts';\nexport type { A } from './deal.ts';"],
    ['flows/a.ts', 'const due = new Date(at); const later = new TZDate(at, zone); const also = TZDate.tz(zone, at);'],
    ['flows/a.ts', '// console.log(Date.now()) and import x from "../src/config.ts"'],
    ['flows/a.ts', '/** Not `process.env`; see import("../src/config.ts"). */'],
    ['flows/a.ts', 'const text = \'import x from "../src/config.ts"; Date.now()\';'],
    ['flows/a.ts', 'interface Policy { process: string; console?: string } const p = policy.process;'],
    ['flows/a.ts', "const re = /import 'x'; Date.now()/g;"],
    ['flows/a.ts', "const from = 'a'; export const to = from; const s = { import: 'x' };"],
    ['store/a.ts', "import { createHash } from 'node:crypto';\nimport type { Json } from './event-store.ts';"],
    ['src/slack/inbound.ts', "import { App } from '@slack/bolt';"],
    ['src/playground/cloud.ts', "import type { View } from '@slack/web-api';"],
    [
      'src/main.ts',
      "import { a } from './config.ts';\nimport { b } from '../store/sqlite.ts';\nconst now = Date.now();",
    ],
  ])('%s: %s', (path, source) => {
    expect(layerProblems(path, source)).toEqual([]);
  });
});

it('the tests stand where what they test does', () => {
  const folders = readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(join(root, 'test'), join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((folder) => /^(?:src|flows|blocks|store)(?:\/|$)/.test(folder));
  expect(folders.length).toBeGreaterThan(20);
  expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
});

describe('a circle is seen', () => {
  const graph = (texts: Record<string, string>) => importsAmong(new Map(Object.entries(texts)));

  it('between files, of types too', () => {
    const two = graph({
      'flows/a.ts': "import { b } from './b.ts';",
      'flows/b.ts': "import type { A } from './a.ts';",
    });
    expect(circles(two)).toEqual([['flows/a.ts', 'flows/b.ts']]);
  });

  it('between a room and what stands beside it, where no two files need each other', () => {
    const rooms = graph({
      'src/a/one.ts': "import { b } from '../b.ts';",
      'src/b.ts': "import { two } from './a/two.ts';",
      'src/a/two.ts': '',
    });
    expect(circles(rooms)).toEqual([]);
    expect(roomCircles(rooms)).toEqual(['src: a, b.ts']);
  });
});

it('tells a type import from one that runs', () => {
  const source =
    "import type { A } from 'a'; import { type B } from 'b'; import type from 'c'; export type { D } from 'd';";
  expect(importsOf(readSource(source)).map((found) => [found.specifier, found.typeOnly])).toEqual([
    ['a', true],
    ['b', false],
    ['c', false],
    ['d', true],
  ]);
});
