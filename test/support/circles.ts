/** Circles of imports: between files, and between the rooms and files side by side in one folder. */

import { posix } from 'node:path';
import { importsOf, readSource } from './source-text.ts';

/** Imported paths by path, types too. Paths are relative to the repository. */
export type Imports = ReadonlyMap<string, ReadonlySet<string>>;

export const importsAmong = (sources: ReadonlyMap<string, string>): Imports =>
  new Map(
    [...sources].map(([path, text]) => {
      const targets = importsOf(readSource(text))
        .flatMap(({ specifier }) => (specifier?.startsWith('.') ? [specifier] : []))
        .map((specifier) => posix.normalize(posix.join(posix.dirname(path), specifier)));
      return [path, new Set(targets.filter((target) => sources.has(target)))];
    }),
  );

/** Tarjan's strongly connected components, those with more than one node. */
export const circles = (graph: Imports): string[][] => {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const found: string[][] = [];
  const visit = (node: string): void => {
    const mine = order.size;
    order.set(node, mine);
    lowest.set(node, mine);
    stack.push(node);
    open.add(node);
    const reach = (other: number): void => void lowest.set(node, Math.min(lowest.get(node) ?? mine, other));
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) {
        visit(next);
        reach(lowest.get(next) ?? mine);
      } else if (open.has(next)) reach(order.get(next) ?? mine);
    }
    if (lowest.get(node) !== mine) return;
    const circle = stack.splice(stack.indexOf(node));
    for (const each of circle) open.delete(each);
    if (circle.length > 1) found.push(circle.toSorted());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
};

/** Graph of a `folder`: each of its rooms is one node, each of its own files another. */
const sideBySide = (graph: Imports, folder: string): Imports => {
  const childOf = (path: string): string | undefined =>
    path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).split('/')[0] : undefined;
  const children = new Map<string, Set<string>>();
  for (const [path, targets] of graph) {
    const child = childOf(path);
    if (child === undefined) continue;
    const others = children.get(child) ?? new Set<string>();
    children.set(child, others);
    for (const target of targets) {
      const other = childOf(target);
      if (other !== undefined && other !== child) others.add(other);
    }
  }
  return children;
};

/** Neighbours in one folder that need each other: one of them is in the wrong place. */
export const roomCircles = (graph: Imports): string[] => {
  const folders = new Set(
    [...graph.keys()].flatMap((path) => {
      const parts = path.split('/').slice(0, -1);
      return parts.map((_, n) => parts.slice(0, n + 1).join('/'));
    }),
  );
  return [...folders]
    .toSorted()
    .flatMap((folder) => circles(sideBySide(graph, folder)).map((circle) => `${folder}: ${circle.join(', ')}`));
};
