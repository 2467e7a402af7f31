/** Makes the app package that an administrator uploads: the manifest with the organisation's own words, two icons. */

import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';

const address = (what: string) =>
  z
    .url({
      protocol: /^https$/,
      hostname: z.regexes.domain,
      error: `${what} must be a web address that begins with https://.`,
    })
    .max(2048);

/** https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema: all of these are mandatory. */
export const teamsApp = z.object({
  /** Client id of the bot's Entra app; the app in Teams has the same id. */
  clientId: z.guid(
    'The client id must be the Application (client) ID of the bot, such as 00000000-0000-4000-8000-000000000000.',
  ),
  /** Raised for each upload that replaces an earlier one. */
  version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'The version must be three numbers, such as 1.0.1.'),
  /** The operator, as Teams shows it. */
  developer: z
    .string()
    .trim()
    .min(1, 'The name must not be empty.')
    .max(32, 'The name may have 32 characters at most.'),
  websiteUrl: address('The website'),
  privacyUrl: address('The privacy page'),
  termsUrl: address('The terms of use page'),
});

export type TeamsApp = z.infer<typeof teamsApp>;

/** Reads a file that is next to this one in the sources, and is copied next to it in dist/. */
const packaged = (name: string): Buffer => readFileSync(new URL(`app-package/${name}`, import.meta.url));

/** Maps placeholders to values; in the manifest each is a whole string. */
const filled = (app: TeamsApp): ReadonlyMap<unknown, string> =>
  new Map([
    ['${{CLIENT_ID}}', app.clientId.toLowerCase()],
    ['${{VERSION}}', app.version],
    ['${{DEVELOPER_NAME}}', app.developer],
    ['${{WEBSITE_URL}}', app.websiteUrl],
    ['${{PRIVACY_URL}}', app.privacyUrl],
    ['${{TERMS_URL}}', app.termsUrl],
  ]);

/** Makes the zip, byte for byte the same for the same app. */
export const teamsPackage = (app: TeamsApp): Uint8Array => {
  const values = filled(app);
  const text = packaged('manifest.json').toString('utf8');
  const manifest: unknown = JSON.parse(text, (_, value: unknown) => values.get(value) ?? value);
  return zipSync(
    {
      'manifest.json': strToU8(`${JSON.stringify(manifest, undefined, 2)}\n`),
      'color.png': packaged('color.png'),
      'outline.png': packaged('outline.png'),
    },
    // The earliest time that a zip can hold; read as local time, so that the bytes are the same everywhere.
    { mtime: new Date(1980, 0, 1) },
  );
};
