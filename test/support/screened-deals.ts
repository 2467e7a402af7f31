/** Deals whose parties are compared with a made-up list at a desk of its own. */

import { createHash } from 'node:crypto';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { ListEntry } from '../../flows/screening/entry.ts';
import { importList } from '../../src/screening/lists.ts';
import { aDeal, anOrganisation } from './deal-builders.ts';
import { atDesk, type AtDesk } from './desk.ts';

export const anEntry = (id: string, name: string, more: Partial<ListEntry> = {}): ListEntry => ({
  id,
  name,
  aliases: [],
  type: 'person',
  countries: [],
  addresses: [],
  programmes: ['Made-up sanctions'],
  ...more,
});

/** Names that nobody has. */
export const QORVATH = anEntry('MU-1', 'QORVATH, Ilmaras', {
  aliases: ['Ilmaras Qorvath'],
  countries: ['NO'],
  addresses: ['7 Made-up Street, Nowhere'],
  url: 'https://lists.example.com/MU-1',
});
export const ZEVRANKA = anEntry('MU-2', 'Zevranka Dynamics Group', { type: 'organisation' });
const ENOUGH = ['Ostrel Vamdin', 'Kyrlet Obasfen', 'Drumevka Palstir'].map((name, n) => anEntry(`MU-9${n}`, name));

/** Two of compliance, so that one may be on a deal. */
export const screenedOrganisation = (): Organisation => {
  const { people, groups } = anOrganisation();
  return anOrganisation({
    people: [...people, { id: 'compliance-2', name: 'Sample Compliance Two', slack: 'U0COMPLIANCE2' }],
    groups: groups.map((group) =>
      group.id === 'compliance' ? { ...group, members: [...group.members, 'compliance-2'] } : group,
    ),
  });
};

let acts = 0;
const next = (): string => `screened-act-${(acts += 1)}`;

export interface ScreenedDesk extends AtDesk {
  /** Takes a version of the list into use; entries that match nobody are added. */
  take(entries: readonly ListEntry[], list?: string): Promise<void>;
  /** Opens a deal with other names. */
  openWith(details: Partial<DealDetails>, by?: string): Promise<string>;
  act(deal: string, actor: string, command: DealCommand): Promise<string>;
  view(deal: string): Promise<DealView>;
  /** Corrects details as the deal's owner. */
  rename(deal: string, details: Partial<DealDetails>): Promise<void>;
  /** Brings a changed list to all deals, page by page. */
  spread(): Promise<void>;
}

export const screenedDesk = (options: Parameters<typeof atDesk>[0] = {}): ScreenedDesk => {
  const at = atDesk({ organisation: screenedOrganisation(), ...options });
  const view = async (deal: string): Promise<DealView> => {
    const found = await at.deals.view(deal);
    if (!found) throw new Error('no such deal');
    return found;
  };
  const act = async (deal: string, actor: string, command: DealCommand): Promise<string> => {
    const outcome = await at.deals.handle(deal, command, { actor, cause: next() });
    return outcome.kind === 'refused' ? outcome.refusal.text : 'accepted';
  };
  return {
    ...at,
    take: async (given, list = 'made-up') => {
      const entries = [...given, ...ENOUGH];
      const { store, desk } = at;
      await importList(
        { store, register: desk.registers.screening, clock: desk.clock },
        {
          name: list,
          asOf: desk.clock().toISOString(),
          from: 'made-up.csv',
          file: {
            form: 'simple',
            entries,
            rows: entries.length,
            badRows: 0,
            bad: [],
            sha256: createHash('sha256')
              .update(JSON.stringify([entries, next()]))
              .digest('hex'),
          },
          older: true,
          shorter: true,
        },
        { actor: 'operator', cause: next() },
      );
    },
    openWith: async (details, by = 'rep-1') => {
      const outcome = await at.deals.open(
        {
          type: 'OpenDeal',
          home: { platform: 'slack', channel: 'C0CLEAR' },
          details: { ...aDeal().details, ...details },
        },
        { actor: by, cause: next() },
      );
      if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
      return outcome.view.deal.id;
    },
    act,
    view,
    rename: async (deal, details) => {
      const { details: now } = (await view(deal)).deal;
      const said = await act(deal, 'rep-1', {
        type: 'CorrectDetails',
        details: { ...now, ...details },
        reason: 'The name was spelled wrong in the contract.',
      });
      if (said !== 'accepted') throw new Error(said);
    },
    spread: async () => {
      const { screening } = at.desk.registers;
      for (let page = 0; page < 50; page += 1) {
        const { state } = await screening.read();
        if (Object.keys(state.spreads).length === 0) return;
        await at.spreading.tickScreening(screening.stream, at.desk.clock().toISOString());
      }
      throw new Error('it goes round and round');
    },
  };
};

/** Who is met, and how it stands. */
export const hitsIn = ({ screened, ownFlags }: OpenedDeal): string[] =>
  (screened?.hits ?? []).map(({ party, entry, flag, gone }) => {
    const status = ownFlags.find(({ id }) => id === flag)?.status;
    return `${party.name} = ${entry.id}: ${gone ? `gone, ${gone.why}` : status}`;
  });
