/** Everything that this version knows of the stored register of the programme. A new event or member goes in here too. */

import type { ElementId } from '../programme/elements.ts';
import type { Asked, ElementEntry, ProgrammeEvent, ProgrammeState, PublishedPolicy } from '../programme/shapes.ts';
import type { Known, Members, Shape } from './shape.ts';

const said: Members<Omit<ElementEntry, 'by' | 'at'>> = {
  version: true,
  text: true,
  owner: true,
  next: true,
  evidence: true,
  who: true,
  on: true,
};
const policy: Members<Omit<PublishedPolicy, 'at'>> = {
  version: true,
  approvedBy: true,
  approvedOn: true,
  hash: true,
  address: true,
  instruments: true,
};
const asked: Members<Omit<Asked, 'by' | 'at' | 'before' | 'said'>> = {
  id: true,
  who: true,
  kind: { oneOf: { affected: true, rights: true, public: true, workers: true, other: true } },
  on: true,
  about: true,
  country: true,
  product: true,
  came: true,
};

const each = <T>(value: T): { readonly [Id in ElementId]: T } => ({
  commitment: value,
  support: value,
  training: value,
  process: value,
  working: value,
  asked: value,
  channel: value,
  remedy: value,
  reporting: value,
});
const element: Shape<ElementId> = { oneOf: each(true) };

export const knownProgramme: Known<ProgrammeState, ProgrammeEvent> = {
  format: 2,
  state: {
    has: {
      entries: { has: each({ has: { ...said, by: true, at: true } }) },
      policy: { has: { ...policy, at: true } },
      asked: {
        has: {
          ...asked,
          by: true,
          at: true,
          before: { has: { came: true, by: true, at: true } },
          said: { has: { by: true, at: true } },
        },
      },
      reminded: { has: each(true) },
    },
  },
  events: {
    ElementSaid: { element, ...said },
    AskedRecorded: asked,
    WhatCameSaid: { asked: true, came: true },
    PolicyPublished: policy,
    ElementReminded: { element, next: true, stage: true },
  },
};
