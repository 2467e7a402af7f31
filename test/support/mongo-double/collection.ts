/** One collection of the double: documents in memory, unique indexes, and the few updates that the store makes. */

import { find } from 'mingo';
import { MongoServerError, type Document } from 'mongodb';

/** A failure as a server names it. */
export const refusal = (code: number, message: string): MongoServerError => {
  const error = new MongoServerError({ message });
  error.code = code;
  return error;
};

const FILTERS = new Set(['$lt', '$lte', '$gt', '$gte', '$ne', '$in', '$exists']);
const UPDATES = new Set(['$set', '$unset', '$setOnInsert']);

/** Accepts only filters that work on every server. */
const checkFilter = (filter: Document): void => {
  for (const [name, value] of Object.entries(filter)) {
    if (name.startsWith('$')) throw refusal(2, `The double knows no ${name} here.`);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) continue;
    for (const operator of Object.keys(value as object)) {
      if (!FILTERS.has(operator)) throw refusal(2, `The double knows no filter ${operator}.`);
    }
  }
};

const valueAt = (doc: Document, path: string): unknown => (path.includes('.') ? undefined : (doc[path] ?? null));

const applied = (doc: Document, update: Document, inserting: boolean): Document => {
  if (Array.isArray(update)) throw refusal(9, 'The double knows no pipeline updates.');
  const next = { ...doc };
  for (const [operator, members] of Object.entries(update as Record<string, Document>)) {
    if (!UPDATES.has(operator)) throw refusal(9, `The double knows no update ${operator}.`);
    if (operator === '$setOnInsert' && !inserting) continue;
    for (const [path, value] of Object.entries(members)) {
      if (path.includes('.') || path.startsWith('$')) throw refusal(9, `The double sets no ${path}.`);
      if (path === '_id' && !inserting) throw refusal(66, 'The _id of a document can not be changed.');
      if (operator === '$unset') delete next[path];
      else next[path] = value;
    }
  }
  return next;
};

export interface Index {
  name: string;
  key: Record<string, 1 | -1>;
  unique: boolean;
  partialFilterExpression?: Document | undefined;
}

/** Numbers and texts are different names. */
type Id = string | number;

const idOf = (doc: Document): Id => {
  const id: unknown = doc['_id'];
  if (typeof id === 'string' || Number.isSafeInteger(id)) return id as Id;
  throw refusal(2, 'The store names every document by a string or a whole number.');
};

export interface Updated {
  matched: number;
  modified: number;
  upserted?: unknown;
}

export class Collection {
  readonly #docs = new Map<Id, Document>();
  readonly #indexes = new Map<string, Index>();
  /** Document ids by value, for each unique index. */
  readonly #taken = new Map<string, Map<string, Id>>();
  /** Ids of the documents by the first field of an index, so that a look-up does not visit every document. */
  readonly #having = new Map<string, Map<unknown, Set<Id>>>();

  index(index: Index): void {
    const there = this.#indexes.get(index.name);
    if (there && JSON.stringify(there) !== JSON.stringify(index)) {
      throw refusal(86, `The index ${index.name} is there with other options.`);
    }
    if (there) return;
    if (index.unique && index.partialFilterExpression) throw refusal(67, 'The double knows no unique partial index.');
    this.#indexes.set(index.name, index);
    const [first = '_id'] = Object.keys(index.key);
    if (!first.includes('.') && !this.#having.has(first)) {
      this.#having.set(first, new Map());
      for (const [id, doc] of this.#docs) this.#enter(id, doc, [first]);
    }
    if (!index.unique) return;
    const taken = new Map<string, Id>();
    for (const doc of this.#docs.values()) {
      if (taken.has(valueOf(index, doc))) throw duplicate(index.name);
      taken.set(valueOf(index, doc), idOf(doc));
    }
    this.#taken.set(index.name, taken);
  }

  dropIndex(name: string): void {
    const index = this.#indexes.get(name);
    if (!index) throw refusal(27, `index not found with name [${name}]`);
    if (index.unique) throw refusal(67, 'The double drops no unique index.');
    this.#indexes.delete(name);
  }

  indexes(): Document[] {
    const id = { v: 2, key: { _id: 1 }, name: '_id_' };
    return [
      id,
      ...[...this.#indexes.values()].map(({ unique, ...index }) => ({ v: 2, ...index, ...(unique ? { unique } : {}) })),
    ];
  }

  /** Returns copies: what a client has read does not change. */
  find(filter: Document, sort: Document, skip: number, limit: number, projection: Document): Document[] {
    checkFilter(filter);
    const cursor = find(this.#among(filter), filter);
    const sorted = Object.keys(sort).length > 0 ? cursor.sort(sort as Record<string, 1 | -1>) : cursor;
    const found = (sorted.all() as Document[]).slice(skip, limit > 0 ? skip + limit : undefined);
    return found.map((doc) => structuredClone(projected(doc, projection)));
  }

  insert(doc: Document): void {
    const id = idOf(doc);
    if (this.#docs.has(id)) throw duplicate('_id_');
    this.#put(id, doc);
  }

  update(filter: Document, update: Document, upsert: boolean, multi = false): Updated {
    const found = this.find(filter, {}, 0, multi ? 0 : 1, {});
    let modified = 0;
    for (const doc of found) {
      const next = applied(doc, update, false);
      if (JSON.stringify(next) !== JSON.stringify(doc)) modified += 1;
      this.#put(idOf(doc), next);
    }
    if (found.length > 0) return { matched: found.length, modified };
    if (!upsert) return { matched: 0, modified: 0 };
    const equal = Object.entries(filter).filter(([, value]) => value === null || typeof value !== 'object');
    const made = applied(Object.fromEntries(equal), update, true);
    this.insert(made);
    return { matched: 0, modified: 0, upserted: made['_id'] };
  }

  delete(filter: Document, limit: number): number {
    const found = this.find(filter, {}, 0, limit, {});
    for (const doc of found) {
      this.#docs.delete(idOf(doc));
      this.#leave(idOf(doc), doc);
      for (const [name, taken] of this.#taken) taken.delete(valueOf(this.#indexes.get(name), doc));
    }
    return found.length;
  }

  #put(id: Id, doc: Document): void {
    const before = this.#docs.get(id);
    for (const [name, taken] of this.#taken) {
      const rival = taken.get(valueOf(this.#indexes.get(name), doc));
      if (rival !== undefined && rival !== id) throw duplicate(name);
    }
    for (const [name, taken] of this.#taken) {
      const index = this.#indexes.get(name);
      if (before) taken.delete(valueOf(index, before));
      taken.set(valueOf(index, doc), id);
    }
    if (before) this.#leave(id, before);
    this.#enter(id, doc);
    this.#docs.set(id, structuredClone(doc));
  }

  #enter(id: Id, doc: Document, paths: Iterable<string> = this.#having.keys()): void {
    for (const path of paths) {
      const values = this.#having.get(path);
      const ids = values?.get(valueAt(doc, path)) ?? new Set();
      values?.set(valueAt(doc, path), ids.add(id));
    }
  }

  #leave(id: Id, doc: Document): void {
    for (const [path, values] of this.#having) {
      const ids = values.get(valueAt(doc, path));
      ids?.delete(id);
      if (ids?.size === 0) values.delete(valueAt(doc, path));
    }
  }

  /** Documents in order of insertion, at least those that the filter finds. */
  #among(filter: Document): Document[] {
    const id: unknown = filter['_id'];
    const path = [...this.#having.keys()].find((each) => ['string', 'boolean'].includes(typeof filter[each]));
    const several = (id as { $in?: Id[] } | undefined)?.$in;
    const ids =
      typeof id === 'string' || typeof id === 'number'
        ? [id]
        : Array.isArray(several)
          ? new Set(several)
          : path && (this.#having.get(path)?.get(filter[path]) ?? []);
    if (ids === undefined || ids === '') return [...this.#docs.values()];
    return [...ids].map((each) => this.#docs.get(each)).filter((doc) => doc !== undefined);
  }
}

/** A missing member counts as null. */
const valueOf = (index: Index | undefined, doc: Document): string =>
  JSON.stringify(Object.keys(index?.key ?? {}).map((path) => valueAt(doc, path)));

const duplicate = (name: string): MongoServerError => refusal(11000, `E11000 duplicate key error index: ${name}`);

const projected = (doc: Document, projection: Document): Document => {
  const asked = Object.entries(projection);
  if (asked.length === 0) return doc;
  const kept = asked.filter(([, wanted]) => wanted === 1).map(([path]) => path);
  if (kept.length === 0 || kept.some((path) => path.includes('.'))) {
    throw refusal(2, 'The double projects top-level members by name.');
  }
  const names = projection['_id'] === 0 ? kept : ['_id', ...kept];
  return Object.fromEntries(names.filter((name) => name in doc).map((name) => [name, doc[name]]));
};
