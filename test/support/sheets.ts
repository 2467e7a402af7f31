/** Product sheets and country briefs of a test: the register's own events, from what people do. */

import type { Organisation } from '../../flows/organisation.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import type { SheetGiven, SheetsCommand, SheetsEvent, SheetsState } from '../../flows/registers/sheet-shapes.ts';
import { sheets } from '../../flows/registers/sheets.ts';
import type { Sheet, SheetOf } from '../../flows/sheet.ts';
import { pictureContext } from './picture-deal.ts';

export const SHEET_AT = '2027-02-01T09:00:00.000Z';
export const SHEET_SOURCE = { name: 'Sample datasheet', year: 2026, url: 'https://makers.example.org/sheet' };
export const PRODUCT: SheetOf = { of: 'product', product: 'analytics', name: 'Sample Analytics' };
export const COUNTRY: SheetOf = { of: 'country', country: 'NO' };

/** The company, with `product-1` as the manager of its one product. */
export const sheetOrganisation = (more: Partial<Organisation> = {}): Organisation => {
  const { organisation } = pictureContext();
  return {
    ...organisation,
    people: [...organisation.people, { id: 'rep-2', name: 'Sample Rep Two', slack: 'U0REP2' }],
    products: organisation.products.map((product) => ({ ...product, manager: 'product-1' })),
    ...more,
  };
};

/** The catalogue after the product's manager left. */
export const withoutManager = (): Organisation['products'] =>
  sheetOrganisation().products.map((product) => ({ ...product, manager: undefined }));

export const sheetContext = (more: Partial<Organisation> = {}): RegisterContext => ({
  organisation: sheetOrganisation(more),
  policy: pictureContext().policy,
});

export const givenAll = (
  values: Readonly<Record<string, FactValue>>,
  sources: SheetGiven['sources'] = [SHEET_SOURCE],
): Record<string, SheetGiven> =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, sources }]));

/** What a harmless product says. */
export const MILD = { P1: 'no', P2: 'no', P3: 'no', P4: 'no', P5: 'no', P6: 'no', 'P-RF1': 'no' };
/** What is said of a country in which all is well. */
export const FINE = {
  ...Object.fromEntries(['H-RF2', 'H-RF3-conflict', 'H-RF4', 'H-RF5-oversight'].map((id) => [id, 'no'])),
  ...Object.fromEntries(['L1', 'L2', 'L3', 'L4'].map((id) => [id, 'yes'])),
  ...Object.fromEntries(
    ['L-RF1', 'L-RF2', 'L-RF3', 'L-RF4-arbitrary', 'L-RF5-oversight', 'L-RF6', 'L-RF7', 'L-RF8-control'].map((id) => [
      id,
      'no',
    ]),
  ),
};

/** The register, as commands make it, each a minute after the one before. */
export interface SheetPlay {
  state: SheetsState;
  events: readonly SheetsEvent[];
  /** Throws where it is refused. */
  and(actor: string, command: SheetsCommand, at?: string): SheetPlay;
  refused(actor: string, command: SheetsCommand, at?: string): string;
  save(
    actor: string,
    on: SheetOf,
    values: Readonly<Record<string, FactValue>>,
    more?: { why?: string; at?: string; from?: number },
  ): SheetPlay;
  of(on: SheetOf): Sheet;
  all(): Sheet[];
}

const idOf = (on: SheetOf): string => (on.of === 'country' ? `country:${on.country}` : `product:${on.product}`);

export const sheetPlay = (
  context: RegisterContext = sheetContext(),
  state: SheetsState = sheets.none,
  events: readonly SheetsEvent[] = [],
): SheetPlay => {
  const when = (at?: string): string => at ?? new Date(Date.parse(SHEET_AT) + events.length * 60_000).toISOString();
  const decide = (actor: string, command: SheetsCommand, at?: string) =>
    sheets.decide(command, state, { actor, at: when(at), id: `id${events.length}` }, context);
  const play: SheetPlay = {
    state,
    events,
    and: (actor, command, at) => {
      const decided = decide(actor, command, at);
      if (decided.kind === 'refused') throw new Error(decided.refusal.text);
      return sheetPlay(context, decided.events.reduce(sheets.evolve, state), [...events, ...decided.events]);
    },
    refused: (actor, command, at) => {
      const decided = decide(actor, command, at);
      return decided.kind === 'refused' ? decided.refusal.text : decided.kind;
    },
    save: (actor, on, values, { why, at, from = state.sheets[idOf(on)]?.version ?? 0 } = {}) =>
      play.and(
        actor,
        { type: 'SaveSheet', on, from, answers: givenAll(values), ...(why === undefined ? {} : { why }) },
        at,
      ),
    of: (on) => {
      const found = state.sheets[idOf(on)];
      if (!found) throw new Error('no such sheet');
      return found;
    },
    all: () => Object.values(state.sheets),
  };
  return play;
};
