/** Opens Clearthread's own pages, if it has an address. */

import type { Express } from 'express';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { loadDataKey } from '../../store/keys.ts';
import type { Config } from '../config/config.ts';
import type { Desk } from '../route/desk.ts';
import { isWrittenSince } from '../route/written.ts';
import { createSigning, signatureWarnings, siteOf, type Signing, type SigningOptions } from '../signing/signing.ts';
import type { Site } from '../signing/verify.ts';

/** The playground's own pages are at the machine's name for itself: an IP address can't have passkeys. */
export const siteFor = ({ publicUrl, mode }: Config, port: number): Site | undefined => {
  const url = publicUrl ?? (mode === 'playground' ? `http://localhost:${port}` : undefined);
  return url === undefined ? undefined : siteOf(url);
};

interface Opening {
  site: Site | undefined;
  config: Config;
  env: NodeJS.ProcessEnv;
  policy: CompiledPolicy | undefined;
}

/** `warnings`: what stands in the way of signed votes. */
export const openSigning = async (
  app: Express,
  { site, config, env, policy }: Opening,
  { index, ...options }: Omit<SigningOptions, 'site' | 'dataKey' | 'writtenSince'> & Pick<Desk, 'index'>,
): Promise<{ signing: Signing | undefined; warnings: string[] }> => {
  const { state } = await options.registers.passkeys.now();
  const warnings = signatureWarnings(policy, site, state);
  if (!site) return { signing: undefined, warnings };
  const dataKey = loadDataKey(env['CLEARTHREAD_DATA_KEY'], config.dataDir);
  const writtenSince: SigningOptions['writtenSince'] = (...asked) =>
    isWrittenSince({ index, deals: options.deals, registers: options.registers }, ...asked);
  const signing = createSigning({ ...options, site, dataKey, writtenSince });
  signing.mount(app);
  return { signing, warnings };
};
