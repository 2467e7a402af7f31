/** Looking up by an id from outside: every object answers to `constructor` and `__proto__`, and they name nothing. */
export const own = <T>(record: Readonly<Record<string, T>> | undefined, id: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, id) ? record[id] : undefined;
