/** The app package: valid by Microsoft's schema, with the icons that Teams requires, and the same bytes each time. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { TEAMS_COMMANDS } from '../../../src/playground/teams-cloud/shown.ts';
import { teamsPackage } from '../../../src/teams/package.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const APP = {
  clientId: '00000000-0000-4000-8000-0000000000BB',
  version: '1.2.3',
  developer: 'Sample "Co" \\ ${{TERMS_URL}}',
  websiteUrl: 'https://clearance.sample.example/help',
  privacyUrl: 'https://clearance.sample.example/privacy',
  termsUrl: 'https://clearance.sample.example/terms',
};
const ID = APP.clientId.toLowerCase();

const zip = teamsPackage(APP);
const files = unzipSync(zip);
const fileOf = (name: string): Uint8Array => {
  const content = files[name];
  if (!content) throw new Error(`${name} is not in the package`);
  return content;
};
const text = strFromU8(fileOf('manifest.json'));
const manifest = JSON.parse(text);

const schemaFile = join(
  root,
  'node_modules/@microsoft/app-manifest/build/json-schemas/teams',
  `v${manifest.manifestVersion}/MicrosoftTeams.schema.json`,
);
const noSchema = existsSync(schemaFile)
  ? ''
  : ' (not checked: @microsoft/app-manifest, which has it, is not installed)';

interface Image {
  width: number;
  height: number;
  /** Red, green, blue, alpha. */
  pixels: number[][];
}

/** 8 bits a channel, RGB or RGBA, not interlaced: the icons' format. https://www.w3.org/TR/png-3/ */
const readPng = (bytes: Uint8Array): Image => {
  const view = Buffer.from(bytes);
  expect(view.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)];
  const [depth, kind, , , interlaced] = view.subarray(24, 29);
  expect({ depth, interlaced }).toEqual({ depth: 8, interlaced: 0 });
  const channels = kind === 6 ? 4 : 3;
  expect(kind).toBe(channels === 4 ? 6 : 2);
  const parts: Buffer[] = [];
  for (let at = 8; at < view.length; at += 12 + view.readUInt32BE(at)) {
    const end = at + 8 + view.readUInt32BE(at);
    if (view.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(view.subarray(at + 8, end));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const row = width * channels;
  const flat = new Uint8Array(row * height);
  const seen = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (flat[y * row + x] ?? 0));
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x += 1) {
      const left = x < channels ? 0 : seen(x - channels, y);
      const [up, corner] = [seen(x, y - 1), x < channels ? 0 : seen(x - channels, y - 1)];
      const guess = left + up - corner;
      const [nearest] = [left, up, corner].sort((a, b) => Math.abs(guess - a) - Math.abs(guess - b));
      const added = [0, left, up, (left + up) >> 1, nearest ?? 0][filter ?? 0] ?? 0;
      flat[y * row + x] = (raw[y * (row + 1) + 1 + x] ?? 0) + added;
    }
  }
  const pixels = Array.from({ length: width * height }, (_, i) =>
    Array.from({ length: 4 }, (__, channel) => (channel < channels ? (flat[i * channels + channel] ?? 0) : 255)),
  );
  return { width, height, pixels };
};

describe('the app package for Teams', () => {
  it('holds the manifest and the two icons that it names, and nothing else', () => {
    expect(new Set(Object.keys(files))).toEqual(
      new Set(['manifest.json', manifest.icons.color, manifest.icons.outline]),
    );
    expect(Object.keys(files)).toHaveLength(3);
  });

  it.skipIf(noSchema)(`is valid by Microsoft's schema${noSchema}`, () => {
    const ajv = new Ajv.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const valid = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
    expect(valid(manifest), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ ...manifest, accentColor: 'blue' })).toBe(false);
  });

  it('names its schema, and keeps the limits of Teams', () => {
    expect(manifest.$schema).toContain(`/v${manifest.manifestVersion}/`);
    expect(manifest.name.short.length).toBeLessThanOrEqual(30);
    expect(manifest.name.full.length).toBeLessThanOrEqual(100);
    expect(manifest.description.short.length).toBeLessThanOrEqual(80);
    expect(manifest.composeExtensions[0].commands[0].title.length).toBeLessThanOrEqual(32);
  });

  it('is filled in: one id, and the words of the organisation exactly as given', () => {
    expect([manifest.id, manifest.bots[0].botId, manifest.composeExtensions[0].botId]).toEqual([ID, ID, ID]);
    expect(manifest.version).toBe(APP.version);
    expect(manifest.developer).toEqual({
      name: APP.developer,
      websiteUrl: APP.websiteUrl,
      privacyUrl: APP.privacyUrl,
      termsOfUseUrl: APP.termsUrl,
    });
    expect(text.replace(JSON.stringify(APP.developer), '')).not.toContain('${{');
  });

  it('asks for little: no files, no domains, no sign-in, no Graph permission', () => {
    const [bot] = manifest.bots;
    expect(bot.scopes).toEqual(['team', 'groupChat', 'personal']);
    expect(bot.supportsFiles).toBe(false);
    expect(manifest.permissions).toEqual(['identity', 'messageTeamMembers']);
    expect(manifest.validDomains).toEqual([]);
    expect(Object.keys(manifest)).not.toContain('authorization');
    expect(Object.keys(manifest)).not.toContain('webApplicationInfo');
  });

  it('offers the words and the message action that the bot knows, wherever it can be', () => {
    const lists: { scopes: string[]; commands: { title: string; description: string }[] }[] =
      manifest.bots[0].commandLists;
    for (const scope of manifest.bots[0].scopes) {
      const offered = lists.filter((list) => list.scopes.includes(scope)).flatMap((list) => list.commands);
      expect(offered.map(({ title }) => title)).toEqual([
        'new deal',
        'home',
        'mine',
        'queue',
        'find',
        'status',
        'change',
        'away',
        'training',
        'help',
      ]);
      // As the playground shows them.
      expect(offered.map(({ title, description }) => ({ words: title, hint: description }))).toEqual(TEAMS_COMMANDS);
    }
    expect(manifest.composeExtensions[0].commands).toEqual([
      expect.objectContaining({ id: 'newDeal', type: 'action', context: ['message'], fetchTask: true }),
      expect.objectContaining({ id: 'findDeal', type: 'query', context: ['compose', 'commandBox'], initialRun: true }),
    ]);
  });

  it('has the colour of the Slack app', () => {
    const slack = parse(readFileSync(join(root, 'manifest.yml'), 'utf8'));
    expect(manifest.accentColor).toBe(slack.display_information.background_color);
  });

  it('has a colour icon of 192 pixels, full to the edge', () => {
    const { width, height, pixels } = readPng(fileOf('color.png'));
    expect({ width, height }).toEqual({ width: 192, height: 192 });
    expect(pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
    const ground = [0x1f, 0x3a, 0x4d, 255];
    expect([pixels[0], pixels.at(-1)]).toEqual([ground, ground]);
    expect(pixels.some((pixel) => pixel.join() !== ground.join())).toBe(true);
  });

  it('has an outline icon of 32 pixels, white on nothing', () => {
    const { width, height, pixels } = readPng(fileOf('outline.png'));
    expect({ width, height }).toEqual({ width: 32, height: 32 });
    const drawn = pixels.filter(([, , , alpha = 0]) => alpha > 0);
    expect(drawn.length).toBeGreaterThan(100);
    expect(drawn.length).toBeLessThan(500);
    expect(drawn.filter(([, , , alpha]) => alpha === 255).every((pixel) => pixel.join() === '255,255,255,255')).toBe(
      true,
    );
    expect(drawn.every(([red = 0, green = 0, blue = 0]) => Math.min(red, green, blue) > 250)).toBe(true);
  });

  it('is the same, byte for byte, whenever and wherever it is made', () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Auckland';
    try {
      expect(Buffer.compare(teamsPackage(APP), zip)).toBe(0);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
    expect(Buffer.compare(teamsPackage({ ...APP, version: '1.2.4' }), zip)).not.toBe(0);
  });
});
