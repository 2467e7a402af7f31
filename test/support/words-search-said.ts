/** What was written in a play, and by whom: recorded from every act that was accepted. */

import { sheetIdOf } from '../../flows/registers/sheet-owners.ts';
import type { SheetOf } from '../../flows/sheet.ts';
import type { Registers } from '../../src/streams/registers.ts';
import type { SeveralDeals } from './between-deals.ts';
import { TOKEN } from './said-matrix-play.ts';

export interface Written {
  text: string;
  /** Who wrote it first, sign for sign. */
  by: string;
  deal: string;
  /** Where in the command it stood: `answers.G8.note`. */
  at: string;
  nth: number;
  section: string | undefined;
  type: string;
  /** Of which condition, or of which sheet. */
  about: string | undefined;
  /** Who wrote the same somewhere else. */
  copiedBy: string[];
  /** What it stood in: a source of another year is another one. */
  whole: string;
  /** Its author corrected it. */
  isGivenUp: boolean;
}

const MARK = /zq\d+x/;

/** All texts that have a mark of the search, with where they stand. */
const markedIn = (value: unknown, at = '', whole: unknown = value): [at: string, text: string, whole: string][] => {
  if (typeof value === 'string') return MARK.test(value) ? [[at, value, JSON.stringify(whole)]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => markedIn(one, at === '' ? key : `${at}.${key}`, value));
};

/** As a page has it: spaces are one there. */
export const plainly = (text: string): string => text.replaceAll(/\s+/g, ' ').toLowerCase();

const withMark = <T>(value: T, mark: string): T => JSON.parse(JSON.stringify(value).replaceAll(TOKEN, mark)) as T;

/** The same deals: what is written there with the usual token gets one of its own in each step. */
export interface Recorded {
  deals: SeveralDeals;
  written: Written[];
  /** Begins a step. */
  step(nth: number): void;
}

export const recorded = (deals: SeveralDeals): Recorded => {
  const written: Written[] = [];
  let nth = 0;
  /** When each deal's details became others last: who gives words of before again says them of these. */
  const moved = new Map<string, number>();
  const mark = (): string => `zq${nth}x: no, men`;
  const notes = (command: object, by: string, deal: string): void => {
    // One's own details are one's own to correct.
    const all = JSON.stringify(command);
    const { section, type, condition, sheet, on } = command as {
      section?: string;
      type: string;
      condition?: string;
      sheet?: string;
      on?: unknown;
    };
    if (type === 'CorrectDetails') moved.set(deal, nth);
    const about = condition ?? sheet ?? (type === 'SaveSheet' ? sheetIdOf(on as SheetOf) : undefined);
    const isOwn = (one: Written): boolean => type === 'CorrectDetails' && one.at.startsWith('details.');
    for (const one of written)
      if (one.by === by && one.deal === deal && isOwn(one))
        one.isGivenUp = !all.includes(JSON.stringify(one.text).slice(1, -1));
    for (const [at, text, whole] of markedIn(command)) {
      const known = written.find((one) => plainly(one.text) === plainly(text));
      // Left where it stood it is still theirs; put elsewhere it is somebody else's, too.
      if (
        known &&
        known.by !== by &&
        (known.deal !== deal ||
          known.at !== at ||
          known.text !== text ||
          (moved.get(deal) ?? -1) >= known.nth ||
          (at.includes('sources') && known.whole !== whole))
      )
        known.copiedBy.push(by);
      if (!known)
        written.push({
          text,
          by,
          deal,
          at,
          nth,
          section,
          isGivenUp: false,
          type,
          about,
          copiedBy: [],
          whole,
        });
    }
  };
  const registersOf = (registers: Registers, by: string): Registers =>
    new Proxy(registers, {
      get: (all, name) => {
        const register = Reflect.get(all, name) as { handle?: (...args: unknown[]) => Promise<{ kind: string }> };
        if (typeof register?.handle !== 'function') return register;
        return {
          ...register,
          handle: async (command: object, ...more: unknown[]) => {
            const marked = withMark(command, mark());
            const outcome = await register.handle!(marked, ...more);
            if (outcome.kind === 'accepted') notes(marked, by, '');
            return outcome;
          },
        };
      },
    });
  return {
    written,
    step: (now) => {
      nth = now;
    },
    deals: {
      ...deals,
      act: async (deal, actor, command) => {
        const marked = withMark(command, mark());
        const isDone = await deals.act(deal, actor, marked);
        if (isDone) notes(marked, actor, deal);
        return isDone;
      },
      open: async (parties, by = 'rep-1') => {
        const marked = withMark(parties, mark());
        const id = await deals.open(marked, by);
        notes({ type: 'OpenDeal', ...marked }, by, id);
        return id;
      },
      register: (act, by) => deals.register((registers, ask) => act(registersOf(registers, by), ask), by),
    },
  };
};
