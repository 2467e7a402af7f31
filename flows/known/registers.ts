/** Everything that this version knows of the stored registers. A new event or member goes in here too. */

import type { ReminderStage } from '../ids.ts';
import type { Passkey } from '../passkey.ts';
import type { AbsenceEvent, AbsencesState } from '../registers/absences.ts';
import type { CaseRoomEvent, CaseRoomState } from '../registers/case-room.ts';
import type { ChannelEvent, ChannelState } from '../registers/channel-review.ts';
import type { ErasureRequest, ErasuresEvent, ErasuresState } from '../registers/erasure-shapes.ts';
import type { FanOut, SpreadWent } from '../registers/fan-out.ts';
import type { GapsEvent, GapsState } from '../registers/gaps.ts';
import type { HoldEvent, HoldFanOut, HoldsState } from '../registers/hold-shapes.ts';
import type { PasskeyEvent, PasskeysState } from '../registers/passkeys.ts';
import type { ScopesEvent, ScopesState } from '../registers/scopes.ts';
import type { CourseDue, TrainingEvent, TrainingState } from '../registers/training/state.ts';
import type { ViewsEvent, ViewsState } from '../registers/views.ts';
import type { SentBackScope } from '../scope-confirmation.ts';
import type { Known, Members, Shape } from './shape.ts';
import {
  acceptedOf,
  acceptedOver,
  hold,
  liftedHold,
  plannedHold,
  scopeConfirmation,
  signed,
  withdrawnPlan,
} from './shapes.ts';

export const stage: Shape<ReminderStage> = {
  oneOf: { delegated: true, before: true, reminder: true, overdue: true, escalation: true, suspension: true },
};

const absence = { has: { person: true, delegate: true, from: true, until: true, said: true } } as const;

export const knownAbsences: Known<AbsencesState, AbsenceEvent> = {
  format: 1,
  state: { has: { absences: { each: absence } } },
  events: { AwaySet: { absence }, AwayEnded: { person: true, delegate: true } },
};

export const knownCaseRoom: Known<CaseRoomState, CaseRoomEvent> = {
  format: 1,
  state: { has: { begun: true, sent: true } },
  events: { SendingBegun: {}, SentForDay: { day: true, chief: true } },
};

export const knownChannelReview: Known<ChannelState, ChannelEvent> = {
  format: 1,
  state: {
    has: {
      since: true,
      reviewed: { has: { at: true, by: true, on: true, note: true } },
      reminded: { each: true },
      escalated: true,
      snoozed: { each: true },
    },
  },
  events: {
    ChannelAsked: {},
    ChannelReviewed: { on: true, note: true },
    ChannelReminded: { due: true, days: { each: true } },
    ChannelEscalated: { due: true, to: true },
    ChannelSnoozed: { until: true },
  },
};

export const spread = { id: true, after: true, reached: true, of: true, at: true } as const;
export const owners: Shape<FanOut<unknown>['owners']> = { each: { has: { deals: true, first: true } } };

export const spreadWent = {
  spread: true,
  from: true,
  after: true,
  passed: true,
  of: true,
  owners: { each: true },
  done: true,
} as const satisfies Record<Exclude<keyof SpreadWent, 'type' | 'at' | 'by'>, unknown>;

const holdFanOut: Shape<HoldFanOut> = {
  has: { of: { oneOf: { placed: true, lifted: true } }, hold, reason: true, by: true },
};

export const knownHolds: Known<HoldsState, HoldEvent> = {
  format: 2,
  state: {
    has: {
      holds: { each: hold },
      planned: { each: plannedHold },
      met: { each: true },
      withdrawn: withdrawnPlan,
      lifted: liftedHold,
      spreads: { each: { has: { ...spread, what: holdFanOut, owners } } },
      reminded: { each: true },
    },
  },
  events: {
    SpreadWent: spreadWent,
    HoldPlaced: { hold },
    HoldPlanned: { hold: plannedHold },
    PlannedMet: { hold: true, deals: true },
    HoldLifted: { hold, reason: true },
    ReviewMoved: { hold: true, review: true },
    HoldReminded: { hold: true, key: true, stage: true, of: stage, to: true },
  },
};

const back: Shape<NonNullable<SentBackScope['of']>> = { oneOf: { answers: true } };

export const knownScopes: Known<ScopesState, ScopesEvent> = {
  format: 1,
  state: {
    has: {
      scopes: scopeConfirmation,
      dropped: { has: { product: true, kind: true, at: true } },
      back: { has: { product: true, kind: true, of: back, name: true, deal: true, reason: true, by: true, at: true } },
    },
  },
  events: {
    ScopeKept: { scope: scopeConfirmation },
    ScopeDropped: { product: true, kind: true, why: { has: { of: back, name: true, deal: true, reason: true } } },
  },
};

const savedView = { id: true, name: true, query: true } as const;

export const knownViews: Known<ViewsState, ViewsEvent> = {
  format: 1,
  state: { has: { views: { each: { has: { ...savedView, by: true, at: true } } } } },
  events: { ViewSaved: { view: { has: savedView } }, ViewDeleted: { view: true } },
};

const erasureRequest: Shape<ErasureRequest> = {
  has: {
    id: true,
    deals: true,
    why: true,
    early: true,
    by: true,
    at: true,
    agreed: { has: { by: true, at: true } },
    due: true,
  },
};
const erased = { deal: true, version: true, hash: true } as const;

export const knownErasures: Known<ErasuresState, ErasuresEvent> = {
  format: 1,
  state: { has: { requests: { each: erasureRequest }, counted: true } },
  events: {
    ErasureAsked: { request: true, deals: true, why: true, early: true, told: true },
    ErasureAgreed: { request: true, due: true, told: true },
    ErasureStopped: { request: true, reason: true },
    DealErased: { request: true, ...erased },
    DealKept: { request: true, deal: true, why: true },
    ErasedAgain: { ...erased, listed: true },
    KeptCounted: { deals: true },
  },
};

const acceptance = {
  has: { id: true, questions: true, reason: true, until: true, by: true, at: true, on: acceptedOf, over: acceptedOver },
} as const;

export const knownGaps: Known<GapsState, GapsEvent> = {
  format: 3,
  state: {
    has: {
      acceptances: { each: acceptance },
      ended: {
        each: {
          has: {
            on: acceptedOf,
            until: true,
            by: true,
            at: true,
            reason: true,
            kept: true,
            was: { has: { reason: true, by: true, at: true } },
          },
        },
      },
    },
  },
  events: { GapAccepted: { acceptance }, GapEnded: { acceptance: true, reason: true, kept: true } },
};

const passkey = {
  id: true,
  publicKey: true,
  person: true,
  rpId: true,
  deviceBound: true,
  transports: true,
} as const satisfies Members<Passkey>;

export const knownPasskeys: Known<PasskeysState, PasskeyEvent> = {
  format: 1,
  state: {
    has: {
      keys: {
        each: {
          has: {
            ...passkey,
            fingerprint: true,
            at: true,
            vouched: { has: { by: true, with: true, at: true } },
            from: true,
            first: true,
            revoked: { has: { by: true, at: true, reason: true } },
          },
        },
      },
    },
  },
  events: {
    KeyProposed: { key: { has: passkey }, fingerprint: true },
    KeyVouchedFor: { key: true, signature: { has: signed } },
    KeyEnrolled: { key: true, from: true, first: true },
    KeyRevoked: { key: true, reason: true },
  },
};

const byCourse = { each: { each: true } } as const;
const courseDue = { course: true, title: true, until: true, taken: true } as const satisfies Record<
  keyof CourseDue,
  true
>;

export const knownTraining: Known<TrainingState, TrainingEvent> = {
  format: 1,
  state: {
    has: {
      taken: { each: { each: { has: { on: true, how: { oneOf: { acknowledged: true, imported: true } } } } } },
      since: byCourse,
      onDeals: { each: true },
      reminded: byCourse,
      escalated: byCourse,
      snoozed: { each: true },
    },
  },
  events: {
    TrainingTaken: { course: true, title: true, on: true },
    TrainingImported: { taken: byCourse },
    TeamsSeen: { people: true },
    TrainingNeeded: { began: { each: true }, ended: { each: true } },
    TrainingReminded: { reminders: { has: { to: true, day: true, courses: { has: courseDue } } } },
    TrainingEscalated: { told: { has: { to: true, about: { has: { ...courseDue, person: true } } } } },
    TrainingSnoozed: { until: true },
  },
};
