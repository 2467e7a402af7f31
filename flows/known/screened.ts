/** What a deal stores of a comparison with lists. */

import type { LikeHeld, SaidElsewhereOf } from '../deal/own-flag.ts';
import type {
  ComparedList,
  DealHit,
  GoneHit,
  PartyHit,
  PartyName,
  PartyRole,
  Screened,
} from '../deal/screened-shapes.ts';
import type { EntryType } from '../screening/entry.ts';
import type { Shape } from './shape.ts';
import { endUserKind } from './shapes.ts';

const entryType: { oneOf: { readonly [T in EntryType]: true } } = {
  oneOf: { person: true, organisation: true, vessel: true, aircraft: true, unknown: true },
};
export const goneWhy: { oneOf: { readonly [W in GoneHit['why']]: true } } = {
  oneOf: { removed: true, changed: true, list: true },
};
const hitOver: { oneOf: { readonly [W in NonNullable<DealHit['gone']>['why']]: true } } = {
  oneOf: { ...goneWhy.oneOf, 'not named': true },
};
export const flagOver = {
  has: { of: { oneOf: { flag: true, hold: true, report: true } }, from: true, deal: true, hold: true },
} as const satisfies Shape<SaidElsewhereOf>;
export const partyRole: { oneOf: { readonly [R in PartyRole]: true } } = { oneOf: { customer: true, between: true } };
export const partyName = { has: { name: true, country: true, together: true } } as const satisfies Shape<PartyName>;
export const comparedList = { has: { name: true, sha256: true, asOf: true } } as const satisfies Shape<ComparedList>;
export const partyHit = {
  has: {
    id: true,
    list: true,
    entry: {
      has: {
        id: true,
        hash: true,
        name: true,
        type: entryType,
        countries: true,
        addresses: true,
        programmes: true,
        source: true,
        url: true,
      },
    },
    matched: true,
    isAlias: true,
    score: true,
    parts: { has: { name: true, country: true, type: true, address: true } },
    why: true,
  },
} as const satisfies Shape<PartyHit>;

const dealHit = {
  has: {
    ...partyHit.has,
    party: partyName,
    flag: true,
    at: true,
    before: true,
    asked: { has: { role: partyRole, part: true, destination: true } },
    gone: { has: { why: hitOver, at: true } },
  },
} as const satisfies Shape<DealHit>;

export const screened: Shape<Screened> = {
  has: {
    parties: { has: { ...partyName.has, lists: comparedList, nothing: true, more: true } },
    hits: dealHit,
  },
};

const likePart: { oneOf: { readonly [P in LikeHeld['as'][number]]: true } } = {
  oneOf: { 'end-user': true, customer: true, between: true, together: true },
};
export const flagEnded = { has: { of: { oneOf: { hold: true, alert: true } }, id: true } } as const;

export const likeHeld = {
  has: {
    hold: true,
    party: true,
    as: likePart,
    destination: true,
    kind: endUserKind,
  },
} as const;
