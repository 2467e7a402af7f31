/** The state of a deal, as this version knows it. */

import type { ConfirmedBefore } from '../deal/said-shapes.ts';
import type { DealState, StandingApproval } from '../deal/state.ts';
import { others } from './heard.ts';
import { flagEnded, flagOver, likeHeld, screened } from './screened.ts';
import type { Shape } from './shape.ts';
import {
  answer,
  condition,
  counselNote,
  countedFacts,
  decisionOutcome,
  details,
  difference,
  discardedBy,
  discardedVote,
  endUserKind,
  formerly,
  handOver,
  hold,
  home,
  licence,
  reassessment,
  renamed,
  renewalOf,
  route,
  saidOf,
  scopeConfirmed,
  scopeSaid,
  settled,
  source,
  acceptedOver,
  takenFrom,
  tier,
  vote,
  weight,
} from './shapes.ts';

const lighterKept = {
  answers: { has: { section: true, question: true, answer } },
  changes: { has: { of: { oneOf: { details: true, answers: true } }, by: true, at: true, why: true } },
} as const;
const confirmedBefore: Shape<ConfirmedBefore> = {
  has: { questions: true, by: true, at: true, since: true, over: { oneOf: { details: true, words: true } } },
};

const renewals = {
  has: { ...settled, dates: { has: { of: renewalOf, on: true, at: true, latest: true } } },
} as const;

const ownFlag = {
  has: {
    id: true,
    title: true,
    by: true,
    at: true,
    status: { oneOf: { pending: true, admitted: true, dismissed: true } },
    weight,
    reason: true,
    settledBy: true,
    settledAt: true,
    stops: { each: true },
    mayBe: true,
    denies: true,
    hit: true,
    like: likeHeld,
    ended: flagEnded,
    over: flagOver,
    waited: weight,
    heard: true,
    again: { has: { at: true, reason: true, settledBy: true, as: weight, reworded: true } },
  },
} as const;

const information = { by: true, at: true, text: true, sources: source } as const;

const evidence = { by: true, for: true, at: true, text: true, sources: source, of: saidOf } as const;

const request = {
  has: {
    id: true,
    step: true,
    round: true,
    holds: true,
    by: true,
    at: true,
    question: true,
    answer: { has: information },
    of: saidOf,
    before: { has: { ...information, of: saidOf } },
    again: true,
    takenBack: { has: { by: true, at: true, reason: true } },
  },
} as const;

const gap = {
  has: { ...settled, value: true, from: takenFrom, over: acceptedOver, until: true, acceptance: true },
} as const;

const basis: Shape<StandingApproval['basis']> = {
  has: {
    details,
    answers: { each: { each: answer } },
    ownFlags: ownFlag,
    requests: request,
    gaps: { each: gap },
    exceptions: { each: { has: settled } },
  },
};

const approval = {
  rule: true,
  route,
  decision: { has: { outcome: decisionOutcome, votes: vote, conditions: condition, at: true, tier } },
  conditions: {
    each: {
      has: {
        status: { oneOf: { open: true, met: true, accepted: true } },
        evidence: { has: evidence },
        returned: { has: { by: true, for: true, at: true, reason: true, first: true } },
        lifted: true,
        accepted: { has: { by: true, for: true, at: true, of: saidOf } },
        again: true,
        handed: { has: { to: true, by: true, at: true, reason: true } },
        handedBefore: { has: { to: true, by: true, at: true, reason: true } },
        returnedBefore: { has: { by: true, for: true, at: true, reason: true, first: true } },
      },
    },
  },
  suspended: { has: { at: true, joined: true, conditions: true, reassessments: true, why: true } },
  heldBackFor: true,
  lookPutOff: true,
  putOff: { each: true },
} as const;

export const dealState: Shape<DealState> = {
  has: {
    ...basis.has,
    ...approval,
    status: {
      oneOf: {
        none: true,
        answering: true,
        'out of scope': true,
        deciding: true,
        stopped: true,
        decided: true,
        withdrawn: true,
      },
    },
    id: true,
    home,
    requester: true,
    owned: true,
    owner: true,
    openedAt: true,
    waitingSince: true,
    policy: true,
    drafts: { each: { each: answer } },
    handOvers: { each: handOver },
    handedBack: {
      each: {
        each: {
          has: { how: { oneOf: { answered: true, 'taken back': true, 'handed on': true } }, by: true, at: true },
        },
      },
    },
    involved: true,
    team: true,
    round: true,
    baseline: basis,
    lastCorrection: { has: settled },
    elsewhereUntil: true,
    rested: { has: { deal: true, at: true, until: true } },
    formerly,
    lastVoided: {
      has: { voters: true, seats: { each: true }, differences: difference, at: true, because: discardedBy },
    },
    carried: discardedVote,
    pastVotes: discardedVote,
    lastNudge: true,
    objections: { has: { ...settled, questions: true } },
    counselAsked: { has: { by: true, at: true } },
    laws: counselNote,
    lastReopened: { has: settled },
    reminded: { each: true },
    snoozed: { each: true },
    answeringSince: true,
    ownedSince: true,
    standing: { has: { ...approval, basis, since: true, covers: true } },
    reassessed: true,
    oneCard: true,
    keepsWords: true,
    cardRound: true,
    renewals,
    renewalsHeld: renewals,
    licence: { has: { ...settled, licence, since: true } },
    licenceOpenFirst: true,
    reassessments: reassessment,
    alerts: true,
    pastApproval: { has: { at: true, ended: condition, by: true } },
    warned: true,
    screened,
    scopeRefused: { has: settled },
    lighterSaid: {
      has: {
        was: {
          has: {
            endUser: endUserKind,
            name: true,
            product: details.has.product,
            destination: true,
            intermediaries: details.has.intermediaries,
          },
        },
        before: countedFacts,
        ...lighterKept,
        at: true,
        again: confirmedBefore,
      },
    },
    lighterKept: { has: { ...lighterKept, again: confirmedBefore } },
    lighterConfirmed: { has: { ...lighterKept, by: true, at: true } },
    earlierSaid: { each: { each: answer } },
    lighterRefused: { has: settled },
    lastSaid: { each: { each: answer } },
    was: {
      has: { question: true, before: true, by: true, also: true, at: true, until: true, changedBy: true, why: true },
    },
    fell: { has: { flags: true, by: true, at: true, why: true } },
    remarks: {
      has: {
        of: {
          oneOf: {
            corrected: true,
            'handed over': true,
            withdrawn: true,
            reopened: true,
            recused: true,
            returned: true,
            set: true,
          },
        },
        text: true,
        by: true,
        at: true,
        moves: true,
      },
    },
    betweenBy: { has: { name: true, role: true, by: true, at: true, why: true } },
    putIn: { has: { name: true, role: true, by: true, at: true, why: true } },
    renamed: { has: { of: renamed, before: true, until: true, changedBy: true, why: true } },
    corrected: { has: { of: renamed, before: true, until: true, changedBy: true, why: true } },
    stops: { has: { rule: true, because: true, at: true, by: true, lifted: { has: settled } } },
    reopenings: { has: settled },
    reworded: {
      has: {
        question: true,
        value: true,
        note: true,
        sources: true,
        by: true,
        at: true,
        until: true,
        changedBy: true,
      },
    },
    endedAgainst: {
      has: {
        of: { oneOf: { hold: true, alert: true, report: true, suspension: true, gaps: true, decline: true } },
        why: true,
        from: true,
        by: true,
        at: true,
        reason: true,
        questions: true,
        hold: true,
        name: true,
        reopened: true,
      },
    },
    lowered: { has: { from: tier, to: tier, exception: true, gaps: true, by: true, at: true } },
    stood: { has: { of: { oneOf: { report: true, suspension: true } }, why: true, by: true, at: true } },
    others,
    authority: { has: { since: true, done: { has: { by: true, at: true, note: true } } } },
    holds: { each: hold },
    recused: { has: settled },
    noStake: true,
    gapsTakenBack: { each: { has: { ...settled, accepted: { has: settled }, forAll: true, byItself: true } } },
    changed: true,
    finding: {
      has: { since: true, until: true, nudge: true, nudged: true, over: true, sent: { has: { by: true, at: true } } },
    },
    scopeSaid,
    reasons: true,
    by: true,
    at: true,
    confirmed: scopeConfirmed,
    tier,
    step: true,
    votes: vote,
    passed: true,
    counted: { each: true },
    stepSince: true,
    tookBack: { each: true },
    full: true,
    short: true,
    reason: true,
  },
};
