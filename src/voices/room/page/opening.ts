/** Opening what is in a case with one's own key, or with the keys that another handler sealed for whoever came later. */

import type { CaseId } from '../../../../flows/voices/case.ts';
import type { Ticked } from '../../../../flows/voices/reading.ts';
import { fileKeyOf, open, openBy, seal, type FileKey } from '../../sealing.ts';
import type { ShownCase } from '../wire.ts';
import type { Me } from './entering.ts';
import { base64Of, bytesOf } from './keys.ts';

/** A part of a case that is sealed by itself: a message's number, or `who`. */
export type PartName = string;

/** What is sealed to a handler who is let in. */
interface CaseKeys {
  kind: 'keys';
  case: CaseId;
  keys: Readonly<Record<PartName, FileKey>>;
}

const isCaseKeys = (value: unknown, id: CaseId): value is CaseKeys =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'keys' &&
  'case' in value &&
  value.case === id;

const partsOf = ({ messages, who }: ShownCase): [PartName, string][] => [
  ...messages.map(({ number, sealed }): [PartName, string] => [String(number), sealed]),
  ...(who === undefined ? [] : [['who', who] satisfies [PartName, string]]),
];

const given = async ({ id, keys }: ShownCase, me: Me): Promise<CaseKeys['keys']> => {
  if (keys === undefined) return {};
  const value = await open(bytesOf(keys), me.identity).catch(() => undefined);
  return isCaseKeys(value, id) ? value.keys : {};
};

export interface Opening {
  /** Opens a part. Throws where it can't be opened with what one has. */
  open(part: PartName, sealed: string): Promise<unknown>;
  /** Seals the keys of all that one can open here, for another one: base64. */
  keysFor(recipient: string): Promise<string>;
}

export const openingOf = async (shown: ShownCase, me: Me): Promise<Opening> => {
  const had = await given(shown, me);
  const keyOf = async (part: PartName, sealed: string): Promise<FileKey | undefined> =>
    fileKeyOf(bytesOf(sealed), me.identity).catch(() => had[part]);
  return {
    open: async (part, sealed) => {
      const key = await keyOf(part, sealed);
      if (key === undefined) throw new Error('It was never sealed to this key.');
      return openBy(bytesOf(sealed), key);
    },
    keysFor: async (recipient) => {
      const keys: Record<PartName, FileKey> = {};
      for (const [part, sealed] of partsOf(shown)) {
        const key = await keyOf(part, sealed);
        if (key !== undefined) keys[part] = key;
      }
      return base64Of(await seal({ kind: 'keys', case: shown.id, keys } satisfies CaseKeys, [recipient]));
    },
  };
};

const isTickedShape = (value: unknown): value is Ticked =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value && typeof value.name === 'string';

/** Returns whom a report concerns, as it says itself: nobody outside of it could take them out. */
export const tickedIn = (value: unknown): Ticked[] =>
  typeof value === 'object' && value !== null && 'concerns' in value && Array.isArray(value.concerns)
    ? value.concerns.filter(isTickedShape)
    : [];
