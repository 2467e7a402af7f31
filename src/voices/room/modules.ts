/**
 * The modules that a page runs: those that its first one imports, one after the other, and no other file. A browser gets
 * packages by an import map; nothing is bundled.
 */

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';

export interface Modules {
  /** Texts by address, such as `/modules/age-encryption@0.3.1/dist/index.js`. */
  texts: ReadonlyMap<string, string>;
  /** Address of the first one. */
  main: string;
  /** JSON for `<script type="importmap">`. */
  importMap: string;
}

/** Imports and exports of compiled modules begin a line. */
const IMPORTS = /^(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*["']([^"']+)["']/gm;

const packageShape = z.object({
  name: z.string(),
  version: z.string(),
  exports: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** The folder of the package to which a file belongs, and what it is called: two copies of one are the same to a browser. */
const packageOf = (file: string): { folder: string; label: string; exported: Record<string, unknown> | undefined } => {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      // Some packages have one within that only says which kind of modules these are.
      const read = packageShape.safeParse(JSON.parse(readFileSync(manifest, 'utf8')));
      if (read.success) {
        const { name, version, exports } = read.data;
        return { folder, label: `${name}@${version}`, exported: exports };
      }
    }
    if (folder === dirname(folder)) throw new Error('A module belongs to no package.');
  }
};

/** What a package gives to who imports it in a browser; Node's own `resolve` gives what is required instead. */
const importedBy = (exported: unknown): string | undefined => {
  if (typeof exported === 'string') return exported;
  if (typeof exported !== 'object' || exported === null) return undefined;
  const found = Object.entries(exported).find(([condition]) => ['browser', 'import', 'default'].includes(condition));
  return found && importedBy(found[1]);
};

/** The file of a package's own name, without a path within it: that of its `import`, where it has several. */
const fileOf = (specifier: string, from: string): string => {
  const required = createRequire(from).resolve(specifier);
  const { folder, exported } = packageOf(required);
  const own = importedBy(exported?.['.']);
  return specifier.split('/').length === (specifier.startsWith('@') ? 2 : 1) && own !== undefined
    ? join(folder, own)
    : required;
};

/** Reads them all. Throws where one is missing. `main`: a file, absolute. */
export const readModules = (main: string): Modules => {
  const texts = new Map<string, string>();
  const scopes: Record<string, Record<string, string>> = {};
  const visit = (file: string): string => {
    const { folder, label } = packageOf(file);
    const address = `/modules/${label}/${relative(folder, file).split(sep).join('/')}`;
    if (texts.has(address)) return address;
    const text = readFileSync(file, 'utf8');
    texts.set(address, text);
    for (const [, specifier = ''] of text.matchAll(IMPORTS)) {
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
      else (scopes[`/modules/${label}/`] ??= {})[specifier] = visit(fileOf(specifier, file));
    }
    return address;
  };
  return { main: visit(main), texts, importMap: JSON.stringify({ scopes }) };
};
