/** The sample organisation with many clearance channels: the bot always has one that it may send to. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { BOT } from '../../src/slack/web-api.ts';
import { PEOPLE } from '../../support/playing.ts';
import type { Company } from './bot-process.ts';
import { MASTS } from './own-sale.ts';

export const CHANNELS = Array.from({ length: 100 }, (_, n) => `C0TORTURE${String(n).padStart(3, '0')}`);

/** Makes its file and the channels in Slack; returns the file's path. */
export const organisationIn = (company: Company): string => {
  const sample = parse(readFileSync(sampleOrganisationFile, 'utf8')) as { products: object[] };
  const file = join(company.dataDir, 'organisation.yml');
  writeFileSync(file, stringify({ ...sample, products: [...sample.products, ...MASTS], clearanceChannels: CHANNELS }));
  for (const channel of CHANNELS) company.api.channels[channel] = { members: [...Object.values(PEOPLE), BOT.user] };
  return file;
};
