/** `clearthread teams package`: makes the file that an administrator uploads to Microsoft Teams. */

import { writeFileSync } from 'node:fs';
import { teamsApp, teamsPackage, type TeamsApp } from '../teams/package.ts';
import { command, Unusable, type Given } from './command.ts';
import type { CliIo } from './io.ts';
import { printable } from './text.ts';

const PACKAGE_HELP = `Usage: clearthread teams package --name NAME --website URL [options]

Writes the app package for Microsoft Teams: a zip with the manifest and two icons. It holds no secret.

  --name NAME          who runs it, as Teams shows it: your company, 32 characters at most
  --website URL        where people find help with it; https
  --privacy URL        your privacy page, https (else the website)
  --terms URL          your terms of use, https (else the website)
  --client-id ID       Application (client) ID of the bot (else TEAMS_CLIENT_ID)
  --app-version X.Y.Z  raise it when you replace a package that is in Teams already (else 1.0.0)
  --out FILE           write it to this file (else clearthread-teams.zip)
  --force              replace a file that is there

Exit code: 0 written, 1 the file is there already or can't be written, 2 the command was not understood.`;

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  name: TEXT,
  website: TEXT,
  privacy: TEXT,
  terms: TEXT,
  'client-id': TEXT,
  'app-version': TEXT,
  out: TEXT,
  force: { type: 'boolean' },
} as const;

type Options = Given<typeof OPTIONS>['values'];

const appOf = (options: Options, io: CliIo): TeamsApp => {
  const clientId = options['client-id'] ?? io.env['TEAMS_CLIENT_ID']?.trim();
  if (!clientId) {
    throw new Unusable('Set TEAMS_CLIENT_ID to the Application (client) ID of your bot, or give it with --client-id.');
  }
  const { name, website } = options;
  if (name === undefined) throw new Unusable('Say who runs it with --name, such as --name "Sample Company".');
  if (website === undefined) throw new Unusable('Say where people find help with --website https://….');
  const parsed = teamsApp.safeParse({
    clientId,
    version: options['app-version'] ?? '1.0.0',
    developer: name,
    websiteUrl: website,
    privacyUrl: options.privacy ?? website,
    termsUrl: options.terms ?? website,
  });
  if (!parsed.success) throw new Unusable(parsed.error.issues[0]?.message ?? 'These words are not understood.');
  return parsed.data;
};

const write = (file: string, content: Uint8Array, force: boolean, io: CliIo): boolean => {
  try {
    writeFileSync(file, content, { flag: force ? 'w' : 'wx' });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const there = code === 'EEXIST' ? 'is there already: give --force to replace it' : `can't be written (${code})`;
    io.err(`${printable(file)} ${there}.`);
    return false;
  }
};

const run = (options: Options, io: CliIo): number => {
  const file = options.out ?? 'clearthread-teams.zip';
  const app = appOf(options, io);
  if (!write(file, teamsPackage(app), options.force === true, io)) return 1;
  const missing = (['privacy', 'terms'] as const).filter((name) => options[name] === undefined);
  if (missing.length > 0) io.err(`The website stands in for what was not given: --${missing.join(' and --')}.`);
  io.out(`Upload ${printable(file)}: Teams admin center, Teams apps, Manage apps, Upload new app.`);
  io.out('Then, in Teams: Apps, Built for your org, Clearthread, Add to a team; choose your clearance channel.');
  return 0;
};

export const teamsPackageCommand = command({
  help: PACKAGE_HELP,
  options: OPTIONS,
  read: ({ values }): Options => values,
  run,
});
