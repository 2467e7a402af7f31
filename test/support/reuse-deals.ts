/** Two deals with the same end-user at a desk: an approved one, and one whose sections are being answered. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import type { Ballot, DealDetails } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import { aDeal } from './deal-builders.ts';
import { atDesk, type AtDesk } from './desk.ts';
import { answerPicture, atOncePolicy, pictureContext, weighed } from './picture-deal.ts';
import { voteOf } from './story.ts';

export const GOVERNMENT = { name: 'Sample Harbour Office', kind: 'government' } as const;
export const OLD_SOURCES = [
  { name: 'Sample report', year: 2026, url: 'https://reports.example.org/a' },
  { name: 'Another sample report', year: 2026, url: 'https://news.example.com/b' },
];
const SECTIONS = ['scope', 'product', 'end-user', 'laws', 'stakeholders', 'context'];
const VOTERS = ['compliance-1', 'compliance-2', 'senior-1', 'counsel-1', 'senior-2'];

export interface Reusing extends AtDesk {
  view(deal: string): Promise<DealView>;
  run(deal: string, actor: string, command: DealCommand): Promise<void>;
  open(details?: Partial<DealDetails>, actor?: string): Promise<string>;
  /** Opened, answered in the best way but for some, and as far as it goes approved. */
  approved(of?: {
    details?: Partial<DealDetails>;
    answers?: Readonly<Record<string, FactValue>>;
    by?: string;
    /** Changes what is sent for a section. */
    given?: (command: DealCommand) => DealCommand;
    ballot?: Partial<Ballot>;
  }): Promise<string>;
  vote(deal: string, ballot?: Partial<Ballot>): Promise<void>;
}

export const reusing = (): Reusing => {
  const { organisation } = pictureContext();
  const people = [...organisation.people, { id: 'rep-2', name: 'Sample Rep Two', slack: 'U0REP2' }];
  const at = atDesk({ organisation: { ...organisation, people }, policy: atOncePolicy });
  let acts = 0;
  const cause = (): string => `reuse-${(acts += 1)}`;
  const view = async (deal: string): Promise<DealView> => {
    const found = await at.deals.view(deal);
    if (!found) throw new Error(`no deal ${deal}`);
    return found;
  };
  const run = async (deal: string, actor: string, command: DealCommand): Promise<void> => {
    const outcome = await at.deals.handle(deal, command, { actor, cause: cause() });
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  };
  const here: Reusing = {
    ...at,
    view,
    run,
    open: async (details = {}, actor = 'rep-1') => {
      const outcome = await at.deals.open(
        {
          type: 'OpenDeal',
          home: { platform: 'slack', channel: 'C0CLEAR' },
          details: { ...aDeal().details, endUser: GOVERNMENT, ...details },
        },
        { actor, cause: cause() },
      );
      if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
      return outcome.view.deal.id;
    },
    approved: async ({
      details = {},
      answers = {},
      by = 'rep-2',
      given = (command: DealCommand): DealCommand => command,
      ballot,
    } = {}) => {
      const deal = await here.open(details, by);
      const between = (details.intermediaries ?? []).length > 0;
      const kind = (details.endUser ?? GOVERNMENT).kind;
      for (const section of SECTIONS) {
        const [, command] = answerPicture(section, answers, kind, atOncePolicy, between);
        if (typeof command === 'function') throw new Error('no command');
        await run(deal, by, given(command));
      }
      await here.vote(deal, ballot);
      return deal;
    },
    vote: async (deal, ballot = {}) => {
      for (const voter of VOTERS) {
        const now = await view(deal);
        if (now.deal.status !== 'deciding') return;
        await at.deals.handle(deal, voteOf(now, { ...weighed, ...ballot }), { actor: voter, cause: cause() });
      }
    },
  };
  return here;
};

/** Everything in the best way, as `answerPicture` has it. */
export const sectionLine = (section: string, changed: Readonly<Record<string, FactValue>> = {}): DealCommand => {
  const [, command] = answerPicture(section, changed, 'government', atOncePolicy);
  if (typeof command === 'function') throw new Error('no command');
  return command;
};
