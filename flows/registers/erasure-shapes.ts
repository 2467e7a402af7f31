/** The shapes of the register of erasures: its state, commands, events and facts. */

import type { DealId, Instant, PersonId } from '../ids.ts';

export type ErasureId = string;

export interface ErasureRequest {
  id: ErasureId;
  deals: DealId[];
  why: string;
  /** The policy keeps one of them longer, or others are told of it: the chief must be one of the two. */
  early: boolean;
  by: PersonId;
  at: Instant;
  /** Whoever agreed, in that order. */
  agreed: { by: PersonId; at: Instant }[];
  /** When the deals are erased; absent until two people have said so. */
  due?: Instant | undefined;
}

export interface ErasuresState {
  /** Those with deals that are neither erased nor kept, oldest first. */
  requests: Readonly<Record<ErasureId, ErasureRequest>>;
  /** When it was last counted what is kept no longer. Absent: never. */
  counted?: Instant | undefined;
}

/** A deal as the record has it when asked: never from a form. */
export interface DealToErase {
  deal: DealId;
  team: readonly PersonId[];
  /** Those who decided on it: they are told. */
  voters: readonly PersonId[];
  /** Why it can't be erased now. */
  keep?: string | undefined;
  /** The policy still keeps it, or new deals with its end-user are told of something in it. */
  early: boolean;
}

export type ErasuresCommand =
  | { type: 'AskErasure'; deals: DealToErase[]; why: string }
  | { type: 'AgreeErasure'; request: ErasureId; deals: DealToErase[] }
  | { type: 'StopErasure'; request: ErasureId; reason: string }
  /** Said of each deal, by the bot that does it. `version`, `hash`: of its last commit. */
  | { type: 'DealErased'; request: ErasureId; deal: DealId; version: number; hash: string }
  | { type: 'DealKept'; request: ErasureId; deal: DealId; why: string }
  /** A backup brought it back, and it was erased again. `listed`: when it was erased first. */
  | { type: 'ErasedAgain'; deal: DealId; version: number; hash: string; listed: Instant }
  | { type: 'CountKept'; deals: number };

export type ErasuresEvent = { at: Instant; by: PersonId } & (
  | { type: 'ErasureAsked'; request: ErasureId; deals: DealId[]; why: string; early: boolean; told: PersonId[] }
  | { type: 'ErasureAgreed'; request: ErasureId; due?: Instant | undefined; told: PersonId[] }
  | { type: 'ErasureStopped'; request: ErasureId; reason: string }
  | { type: 'DealErased'; request: ErasureId; deal: DealId; version: number; hash: string }
  | { type: 'DealKept'; request: ErasureId; deal: DealId; why: string }
  | { type: 'ErasedAgain'; deal: DealId; version: number; hash: string; listed: Instant }
  | { type: 'KeptCounted'; deals: number }
);

export type ErasuresFact =
  | { fact: 'erasure asked'; request: ErasureRequest }
  | { fact: 'erasure agreed'; request: ErasureRequest }
  | { fact: 'erasure stopped'; request: ErasureRequest; reason: string; by: PersonId }
  | { fact: 'deals kept'; request: ErasureRequest; deal: DealId; why: string }
  | { fact: 'deals erased'; request: ErasureRequest }
  | { fact: 'kept no longer'; deals: number };
