/** Who manages whom, and which product: every manager is one of the people. */

import type { Person, Product } from '../../flows/organisation.ts';
import type { Problem } from './yaml-file.ts';

type People = readonly Pick<Person, 'id' | 'manager'>[];
type Products = readonly Pick<Product, 'id' | 'manager'>[];

/** Yields somebody's manager, that manager's manager, and so on; ends before a repetition. */
function* managersAbove(people: People, who: string): Generator<string> {
  const managers = new Map(people.map(({ id: of, manager }) => [of, manager]));
  const seen = new Set<string>();
  for (let above = managers.get(who); above !== undefined && !seen.has(above); above = managers.get(above)) {
    seen.add(above);
    yield above;
  }
}

/** Finds managers of people and products who are not there, and circles: an escalation in a circle reaches nobody new. */
export function* managerProblems(people: People, products: Products): Generator<Problem> {
  const known = new Set(people.map((p) => p.id));
  for (const [p, { id: product, manager }] of products.entries()) {
    if (manager === undefined || known.has(manager)) continue;
    const message = `${product} has the manager ${manager}, who is not among the people: add that person or correct the id.`;
    yield { path: ['products', p, 'manager'], message };
  }
  const told = new Set<string>();
  for (const [i, { id: who, manager }] of people.entries()) {
    if (manager === undefined) continue;
    const problem = (message: string): Problem => ({ path: ['people', i, 'manager'], message });
    if (!known.has(manager)) {
      yield problem(
        `${who} has the manager ${manager}, who is not among the people: add that person or correct the id.`,
      );
      continue;
    }
    if (manager === who) {
      yield problem(`${who} can't be their own manager: name another or remove it.`);
      continue;
    }
    const above = [...managersAbove(people, who)];
    if (!above.includes(who) || told.has(who)) continue;
    for (const one of above) told.add(one);
    yield problem(`${[who, ...above].join(' → ')}: these managers go round in a circle. Remove one of them.`);
  }
}
