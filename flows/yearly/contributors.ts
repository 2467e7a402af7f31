/** Who knows of a deal: names that read alike are one customer, so that nobody counts as two. */

import { endUserKeys } from '../end-user.ts';
import type { Walk } from '../walk.ts';

export type WhoOf = (name: string) => string;

/** The keys of a name, as `endUserKeys` has them. */
export type KeysOf = (name: string) => readonly string[];

/**
 * Walks through these names, and returns a function that gives each an id: names that share a key, also by way of others, have
 * the same one. A name without letters or digits is everybody's of that kind.
 */
export function* contributorsWalk(names: Iterable<string>, keysOf: KeysOf = endUserKeys): Walk<WhoOf> {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
    parents.set(key, root);
    return root;
  };
  const firstKeys = new Map<string, string>();
  const add = (name: string): string => {
    const known = firstKeys.get(name);
    if (known !== undefined) return known;
    const [first = '', ...others] = keysOf(name);
    firstKeys.set(name, first);
    for (const key of others) parents.set(rootOf(key), rootOf(first));
    return first;
  };
  for (const name of names) {
    add(name);
    yield;
  }
  return (name) => rootOf(add(name));
}
