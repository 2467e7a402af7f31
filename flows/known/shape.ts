/** Shapes of what is stored, as data: they tell what a newer version wrote. The compiler asks for every member. */

type Leaf = string | number | boolean;
type Item<T> = T extends readonly (infer E)[] ? E : T;
type KeyOf<T> = T extends unknown ? keyof T : never;
type At<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
type ShapeOf<T> = [T] extends [Leaf]
  ? [T] extends [string]
    ? string extends T
      ? true
      : { readonly oneOf: { readonly [V in T]: true } }
    : true
  : string extends KeyOf<T>
    ? { readonly each: Shape<At<T, string>> }
    : number extends KeyOf<T>
      ? { readonly each: Shape<At<T, number>> }
      : { readonly has: Members<T> };

/** Shape of a value; a list has the shape of its items, a union the members of all. `true`: any text, number or yes. */
export type Shape<T> = ShapeOf<Item<NonNullable<T>>>;
export type Members<T> = { readonly [K in KeyOf<T>]-?: Shape<At<T, K>> };
/** By type of event: its members besides `type`, `at` and `by`. */
export type EventShapes<Event extends { type: string }> = {
  readonly [T in Event['type']]: Members<Omit<Extract<Event, { type: T }>, 'type' | 'at' | 'by'>>;
};

/** A stream's events and state, as this version knows them. */
export interface Known<State, Event extends { type: string }> {
  /**
   * Counts the shapes of the state, from 1. Raise it with every change after which the same events make another state
   * (a member that is new, gone, renamed or computed another way): stored states are then rebuilt from their events.
   * Left as it was, deals go on with half a state, and `audit verify` calls every older one broken.
   */
  format: number;
  state: Shape<State>;
  events: EventShapes<Event>;
}

type AnyShape =
  | true
  | { readonly oneOf: Readonly<Record<string, true>> }
  | { readonly each: AnyShape }
  | { readonly has: Readonly<Record<string, AnyShape>> };

const has = <T>(record: Readonly<Record<string, T>>, key: string): boolean => Object.hasOwn(record, key);

const fits = (shape: AnyShape, value: unknown): boolean => {
  if (Array.isArray(value)) return value.every((item) => fits(shape, item));
  if (shape === true || value === null || value === undefined) return true;
  if ('oneOf' in shape) return typeof value === 'string' && has(shape.oneOf, value);
  if (typeof value !== 'object') return false;
  if ('each' in shape) return Object.values(value).every((item) => fits(shape.each, item));
  return Object.entries(value).every(
    ([key, item]) => item === undefined || (has(shape.has, key) && fits(shape.has[key] ?? true, item)),
  );
};

/** Tells whether a stored value has nothing that this version doesn't know. What is missing is none of its business. */
export const isKnown = <T>(shape: Shape<T>, value: unknown): boolean => fits(shape as AnyShape, value);

const EVERY = { type: true, at: true, by: true } as const;

export const isKnownType = <E extends { type: string }>(events: EventShapes<E>, type: string): boolean =>
  Object.hasOwn(events, type);

export const isKnownEvent = <E extends { type: string }>(events: EventShapes<E>, event: { type: string }): boolean =>
  isKnownType(events, event.type) &&
  fits({ has: { ...EVERY, ...(events as Record<string, Record<string, AnyShape>>)[event.type] } }, event);
