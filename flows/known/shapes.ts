/** Shapes that events and state share. */

import { ALL_CHATS, type Chat } from '../chats.ts';
import type { CounselNote } from '../counsel-note.ts';
import type { CountryAlert, EndedAlert } from '../country-alert.ts';
import type { Answer } from '../deal/answer-shapes.ts';
import type {
  Ballot,
  Condition,
  DealDetails,
  DealRoute,
  Decision,
  Difference,
  ExportLicence,
  HandOver,
  Home,
  LeftOut,
  Reassessment,
  ReassessmentTrigger,
  Renewal,
  VoteOutcome,
} from '../deal/deal.ts';
import type { DiscardedBy, DiscardedVote } from '../deal/discarded-vote.ts';
import type { CountedFacts, Renamed, ScopeConfirmed, ScopeSaid } from '../deal/said-shapes.ts';
import type { Formerly } from '../deal/state.ts';
import type { UnreadBecause } from '../evidence-file.ts';
import type { TakenFrom } from '../gap-acceptance.ts';
import type { Hold } from '../hold.ts';
import type { Source } from '../ids.ts';
import type { Signed, VoteSignature } from '../passkey.ts';
import type { EndUserKind, Tier, Weight } from '../policy/policy.ts';
import type { ScopeConfirmation } from '../scope-confirmation.ts';
import type { TakenSheet } from '../sheet.ts';
import type { Members, Shape } from './shape.ts';

export const all = <T extends string>(values: { readonly [V in T]: true }): { oneOf: { readonly [V in T]: true } } => ({
  oneOf: values,
});

export const tier = all<Tier>({ low: true, elevated: true, high: true, prohibited: true });
export const weight = all<Weight>({ light: true, moderate: true, heavy: true, severe: true });
export const endUserKind = all<EndUserKind>({
  government: true,
  security: true,
  'state-tied': true,
  private: true,
  unknown: true,
});

/** What something was said of. */
export const saidOf = {
  has: {
    product: { has: { id: true, name: true } },
    destination: true,
    endUser: { has: { name: true, kind: endUserKind } },
    customer: true,
    intermediaries: { has: { name: true, role: true } },
  },
} as const;
export const licence = all<ExportLicence>({
  'not-needed': true,
  pending: true,
  granted: true,
  'not-determined': true,
});
export const discardedBy = all<DiscardedBy>({ withdrawn: true, reopened: true, ended: true, recused: true });
export const decisionOutcome = all<Decision['outcome']>({
  approved: true,
  'approved with conditions': true,
  declined: true,
});
const voteOutcome = all<VoteOutcome>({ approve: true, 'approve-with-conditions': true, decline: true });
const trigger = all<ReassessmentTrigger>({ A2: true, A3: true, A4: true, A5: true, house: true });

const unread = all<UnreadBecause>({ chat: true, gone: true, slow: true, failed: true });
export const source: Shape<Source> = {
  has: { name: true, year: true, url: true, file: { has: { sha256: true, size: true, unread } } },
};
export const settled = { by: true, at: true, reason: true } as const;

export const everyChat = Object.fromEntries(ALL_CHATS.map((chat) => [chat, true])) as Record<Chat, true>;

export const home: Shape<Home> = {
  has: {
    platform: all(everyChat),
    channel: true,
  },
};

export const details: Shape<DealDetails> = {
  has: {
    customer: true,
    product: { has: { id: true, name: true } },
    destination: true,
    endUser: { has: { name: true, kind: endUserKind } },
    intermediaries: { has: { name: true, role: true } },
    valueBand: all({ 'under-50k': true, '50k-250k': true, '250k-1m': true, '1m-10m': true, 'over-10m': true }),
    expectedSigning: true,
    exportLicence: licence,
  },
};

/** What a deal was of. */
export const formerly: Shape<Formerly> = {
  has: {
    until: true,
    product: details.has.product,
    destination: true,
    endUser: details.has.endUser,
    intermediaries: details.has.intermediaries,
    customer: true,
  },
};

/** Of an answer that was taken from a product sheet or a country brief. */
export const takenSheet: Shape<TakenSheet> = {
  has: { id: true, version: true, by: true, at: true, until: true, also: true, counsel: true },
};

/** Of an answer and of a draft. */
export const answer: Shape<Answer> = {
  has: {
    value: true,
    note: true,
    sources: source,
    basis: {
      has: { sources: source, told: true, sheet: takenSheet, earlier: { has: { deal: true, by: true, at: true } } },
    },
    checklist: true,
    first: { has: { by: true, at: true } },
    also: true,
    noted: { has: { by: true, at: true } },
    sourced: { has: { by: true, at: true } },
    named: { has: { ...source.has, by: true, at: true } },
    by: true,
    at: true,
  },
};

export const handOver: Shape<HandOver> = { has: { to: true, by: true, at: true, note: true } };

export const counselNote: Shape<CounselNote> = {
  has: { id: true, country: true, looked: true, source, by: true, at: true, until: true },
};

export const alert: Shape<CountryAlert> = {
  has: { id: true, country: true, why: true, source, on: true, by: true, at: true },
};

export const endedAlert: Shape<EndedAlert> = { has: { alert, reason: true, by: true, at: true } };

const holdMembers: Members<Hold> = {
  id: true,
  on: { has: { of: all({ deal: true, 'end-user': true }), deal: true, name: true, key: true } },
  stop: all({ upgrades: true, updates: true, support: true, training: true, access: true }),
  because: all({ breach: true, inquiry: true, complaint: true }),
  reason: true,
  review: true,
  by: true,
  at: true,
};
/** `since`: a hold that a register brings to a deal says when its review date was set. */
const since = true as const;
export const hold = { has: { ...holdMembers, since } };
export const liftedHold = { has: { hold, reason: true, by: true, at: true } } as const;
export const plannedHold = { has: { ...hold.has, from: true } } as const;
export const withdrawnPlan = { has: { ...liftedHold.has, hold: plannedHold } } as const;

export const acceptedOf: Shape<TakenFrom['on']> = {
  has: { of: all({ country: true, product: true }), country: true, product: true, name: true },
};

export const acceptedOver = { has: { kind: true, row: true, can: true } } as const;

export const takenFrom: Shape<TakenFrom> = {
  has: { id: true, on: acceptedOf, by: true, until: true, over: acceptedOver },
};

export const scopeConfirmation: Shape<ScopeConfirmation> = {
  has: {
    product: true,
    kind: true,
    destination: true,
    endUser: true,
    parties: true,
    between: { has: { name: true, role: true } },
    heardOf: true,
    rules: true,
    contradicts: true,
    heard: true,
    words: true,
    deal: true,
    by: true,
    at: true,
    until: true,
  },
};

export const scopeConfirmed: Shape<ScopeConfirmed> = { has: { by: true, at: true, deal: true } };

export const scopeSaid: Shape<ScopeSaid> = {
  has: { reasons: true, contradicts: true, rules: true, factsHash: true, why: true, by: true, at: true },
};

export const countedFacts: Shape<CountedFacts> = {
  has: { endUser: endUserKind, answers: { each: true }, intermediaries: true, alert: true, based: { each: true } },
};

export const condition: Shape<Condition> = {
  has: {
    id: true,
    text: true,
    safeguard: true,
    owner: true,
    due: true,
    first: { has: { owner: true, due: true } },
    askedBy: true,
    dueBy: true,
    ownerBy: true,
    askedAlso: true,
    askedAt: true,
  },
};

const leftOut: Shape<LeftOut> = {
  has: { condition, askedBy: true, reason: true, at: true, instead: { has: { owner: true, due: true } } },
};

const ballotMembers = {
  outcome: voteOutcome,
  flags: { each: { has: { opinion: all({ uphold: true, clear: true }), reason: true } } },
  weighing: {
    has: {
      leverage: true,
      crucial: true,
      scale: true,
      scope: true,
      irremediability: true,
      ending: true,
      safeguardsOffered: true,
    },
  },
  conditions: condition,
  rationale: true,
  noCondition: true,
  leftOut,
  noStake: true,
} as const;

export const ballot: Shape<Ballot> = { has: ballotMembers };
export const vote: Shape<Decision['votes']> = {
  has: { ...ballotMembers, step: true, by: true, for: true, at: true, factsHash: true, signedWith: true },
};

export const signed = {
  key: true,
  clientData: true,
  authenticatorData: true,
  signature: true,
  log: true,
  expires: true,
  nonce: true,
} as const satisfies Members<Signed>;
export const voteSignature: Shape<VoteSignature> = { has: { ...signed, head: { has: { version: true, hash: true } } } };

export const discardedVote: Shape<DiscardedVote> = {
  has: {
    by: true,
    for: true,
    at: true,
    outcome: voteOutcome,
    rationale: true,
    conditions: condition,
    leftOut,
    noCondition: true,
    flags: ballotMembers.flags,
    weighing: ballotMembers.weighing,
    back: { has: { reason: true } },
    isVoid: true,
  },
};

export const difference: Shape<Difference> = {
  has: {
    what: all({ answer: true, evidence: true, flag: true, details: true, gap: true, exception: true, alert: true }),
    id: true,
    before: true,
    after: true,
  },
};

export const route: Shape<DealRoute> = {
  has: {
    tier,
    steps: { has: { group: true, quorum: true, including: { has: { group: true, atLeast: true } } } },
    weighing: true,
    factsHash: true,
    shortfalls: { has: { step: true, group: true, needed: true, available: true } },
  },
};

export const renamed = all<Renamed>({
  'end-user': true,
  customer: true,
  intermediaries: true,
  roles: true,
  kind: true,
  product: true,
  destination: true,
  valueBand: true,
  expectedSigning: true,
  exportLicence: true,
});

export const renewalOf = all<Renewal['of']>({ licence: true, contract: true });

const task = { id: true, trigger, why: true, source, due: true } as const;
export const reassessmentTask: Shape<Omit<Reassessment, 'by' | 'since'>> = { has: task };
export const reassessment: Shape<Reassessment> = { has: { ...task, by: true, since: true } };
