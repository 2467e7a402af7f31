/** What becomes of a press on a form that was opened before somebody said something. */

import type { FormValues, Input } from '../../blocks/card.ts';
import { acceptableGaps } from '../../flows/deal/context/gaps.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { OpenedForm } from './between-deals.ts';
import { stopping } from './late-words-heard.ts';
import {
  approves,
  movesOn,
  oneOf,
  TOKEN,
  settles,
  votes,
  type Pair,
  type Play,
  type Starts,
} from './said-matrix-play.ts';
import { openedBy, type Row } from './said-matrix.ts';

/** Forms that are open while something is said: those of one line at once. */
const TOGETHER = [
  ['gaps', 'review', 'flag'],
  ['lighter', 'lighter, several'],
  ['scope', 'scope, several'],
  ['stopped'],
  ['declined'],
  ['lift'],
  ['evidence'],
  ['exception'],
] as const;
export type Late = (typeof TOGETHER)[number][number];
export const LATE: readonly Late[] = TOGETHER.flat();

/**
 * `counts`; `back` with what was said, or refused with other words; `silent`: back without it; `known`: the form had it. `n/a`: nobody
 * can say it while that form is open, or the form does not open then. `mistaken`: it was not filled as it asks.
 */
export type Pressed = 'counts' | 'back' | 'silent' | 'known' | 'mistaken' | 'n/a';

/** Says why no form would do. */
const OVER = /^This (?:deal|flag|condition|approval) (?:is|was) /;

type Opens = (play: Play, author: string, act: string) => Promise<OpenedForm | undefined>;

const OUT = { 'G1-capability': { value: 'no' as const }, G2: { value: 'no' as const } };
const LIGHTER = { 'H-RF1': { value: 'no' as const } };
const STOPS = { K1: { value: 'yes' as const } };
const OFFICERS = ['compliance-2', 'compliance-1'];

const WHY = 'We looked at all that stands here.';
const GIVEN: FormValues = {
  outcome: 'approve',
  rationale: WHY,
  noCondition: WHY,
  reason: WHY,
  verdict: 'confirm',
};

const valueOf = ({ name, control }: Input, given: FormValues): FormValues[string] | undefined => {
  if (given[name] !== undefined) return given[name];
  if ('options' in control && control.options.some(({ value }) => value === 'leave')) return 'leave';
  const before = 'initial' in control ? control.initial : undefined;
  if (typeof before === 'string' || (Array.isArray(before) && before.length > 0)) return before;
  if (control.type === 'checkboxes') return control.options.map(({ value }) => value);
  if ('options' in control) return control.options[0]?.value;
  return control.type === 'paragraph' ? WHY : undefined;
};

/** All that a form asks for, in the way that makes the deal lighter. */
export const filled = ({ inputs }: OpenedForm, given: FormValues = {}): FormValues => {
  const values: Record<string, FormValues[string]> = {};
  for (const input of inputs) {
    const value = valueOf(input, { ...GIVEN, ...given });
    if (value === undefined) continue;
    values[input.name] = value;
    // The form grows by it.
    if (value === 'leave') values[input.name.replace(/^v:/, 'vr:')] = WHY;
  }
  return 'outcome' in values ? { ...GIVEN, ...values } : values;
};

const form = (play: Play, author: string, name: string, about?: string): Promise<OpenedForm | undefined> =>
  openedBy(play, author, name, about);

const OF_CONDITION = '"condition":"c-1"';

/** Of several in one press: what is to be read first cannot be ticked there. */
const several: Opens = async (play, author) => {
  const opened = await form(play, author, 'desk.confirm');
  return opened?.context.includes((await play.view()).deal.id) ? opened : undefined;
};

const saysLighter = async (play: Play): Promise<void> => {
  await movesOn(play);
  const { deal, lighterSaid } = await play.view();
  if (!lighterSaid) await play.gives(deal.owner, 'end-user', LIGHTER);
};

const saysOut = async (play: Play): Promise<void> => {
  if (scopeSaidOf((await play.view()).deal)) return;
  await movesOn(play);
  await play.gives((await play.view()).deal.owner, 'scope', OUT);
};

const gaps: Opens = async (play, author) => {
  await movesOn(play);
  return form(play, author, 'deal.accept-gaps');
};

export const OPENS: Readonly<Record<Late, Opens>> = {
  // What else is said does not concern the flag.
  flag: async (play, author, act) => {
    const flag = /"flag":"([^"]+)"/.exec(act)?.[1];
    return flag === undefined ? undefined : form(play, author, 'deal.settle-flag', flag);
  },
  gaps: async (play, author, act) => {
    const opened = await gaps(play, author, act);
    return acceptableGaps(await play.view()).length > 0 ? opened : undefined;
  },
  review: async (play, author) => {
    await movesOn(play);
    let opened = await form(play, author, 'deal.review');
    for (let page = 0; page < 9 && opened && !opened.context.includes('"signs"'); page += 1)
      opened = (await opened.send(filled(opened))).form;
    return opened;
  },
  lighter: async (play, author) => {
    await saysLighter(play);
    return form(play, author, 'deal.confirm-lighter');
  },
  'lighter, several': async (play, ...all) => {
    await saysLighter(play);
    return several(play, ...all);
  },
  scope: async (play, author) => {
    await saysOut(play);
    return form(play, author, 'deal.confirm-scope');
  },
  'scope, several': async (play, ...all) => {
    await saysOut(play);
    return several(play, ...all);
  },
  stopped: async (play, author) => {
    await movesOn(play);
    await play.gives((await play.view()).deal.owner, 'end-user', STOPS);
    return form(play, author, 'deal.reopen');
  },
  declined: async (play, author) => {
    await movesOn(play);
    await settles(play, author);
    await votes(play, author, { outcome: 'decline', rationale: 'They would misuse it there.' });
    return form(play, author, 'deal.reopen');
  },
  // What else is said does not concern the condition.
  evidence: async (play, author, act) => {
    if (!act.includes(OF_CONDITION)) return undefined;
    await play.tries('rep-1', { type: 'MeetCondition', condition: 'c-1', text: 'They told us.', sources: [] });
    const opened = await form(play, author, 'deal.settle-condition', 'c-1');
    if (act.includes('"MeetCondition"'))
      await oneOf(play, OFFICERS, { type: 'ReturnCondition', condition: 'c-1', reason: 'That is not enough.' });
    return opened;
  },
  lift: async (play, author) => {
    const { deal } = await play.view();
    if (deal.status !== 'decided') {
      await movesOn(play);
      await approves(play, author);
    }
    await play.later(80);
    return form(play, author, 'deal.lift-suspension');
  },
  exception: gaps,
};

const VERDICTS: Partial<Record<Late, FormValues>> = { flag: { verdict: 'dismiss' }, evidence: { verdict: 'accept' } };

/** Presses it as it was drawn. */
export const pressed = async (opened: OpenedForm, column: Late, said: RegExp): Promise<Pressed> => {
  const { kind, form: next, errors } = await opened.send(filled(opened, VERDICTS[column]));
  if (errors.some((text) => text.startsWith('Please '))) return 'mistaken';
  if (kind === 'done' || next?.page.startsWith('Confirmed: ')) return said.test(opened.page) ? 'known' : 'counts';
  return next?.submit === undefined || OVER.test(next.page) || said.test(next.page) ? 'back' : 'silent';
};

const isCounted = (what: Pressed): boolean => what === 'counts' || what === 'known';

type Found = Partial<Record<Late, Pressed>>;
type Hears = (act: string) => void;

/** Opens all of them, has it said, and presses each until one counts. */
const playedOnce = async (row: Row, columns: readonly Late[], play: Play, hears: Hears): Promise<Found> => {
  const open = new Map<Late, OpenedForm>();
  const stops = stopping(play, async (said) => {
    const act = JSON.stringify(said);
    hears(act);
    for (const column of columns) {
      const opened = await OPENS[column](play, row.by, act);
      if (opened?.submit !== undefined) open.set(column, opened);
    }
    if (open.size === 0) throw new Error('no form opens');
  });
  try {
    await row.says(stops);
  } catch {
    // Refused, or not asked for then: nobody can say it.
    return {};
  }
  const found: Found = {};
  for (const [column, opened] of open) {
    const what = await pressed(opened, column, row.or ?? new RegExp(TOKEN));
    found[column] = what;
    if (isCounted(what)) break;
  }
  return found;
};

const playedFrom = async (row: Row, columns: readonly Late[], start: Play, hears: Hears): Promise<Found> => {
  const play = start.fork();
  try {
    return await playedOnce(row, columns, play, hears);
  } finally {
    await play.end();
  }
};

/** What becomes of each old form. */
export const pressedLate = async (row: Row, starts: Starts): Promise<Found> => {
  const found: Found = {};
  let act = '';
  for (const all of TOGETHER) {
    const kind = all[0] === 'exception' || (all[0] === 'gaps' && row.of === 'collects') ? 'collects' : 'ordinary';
    if ((row.of !== undefined && row.of !== kind) || (all[0] === 'evidence' && !act.includes(OF_CONDITION))) continue;
    // Where the deal is further on, more forms open.
    const start = starts[kind][row.from ?? 'deciding'];
    let left: readonly Late[] = all;
    let counted = true;
    while (counted && left.length > 0) {
      const more = await playedFrom(row, left, start, (said) => {
        act = said;
      });
      Object.assign(found, more);
      left = left.filter((column) => more[column] === undefined);
      counted = Object.values(more).some(isCounted);
    }
  }
  return found;
};

/** What becomes of a form over which nothing is said. */
export const pressedAtOnce = async (column: Late, starts: Starts): Promise<Pressed | undefined> => {
  const start =
    column === 'exception'
      ? starts.collects.deciding
      : starts.ordinary[column === 'evidence' ? 'approved' : 'deciding'];
  const play = start.fork();
  try {
    if (column === 'flag') await play.does('senior-2', { type: 'RaiseFlag', title: 'They may beat people there.' });
    const flag = (await play.view()).deal.ownFlags.at(-1)?.id;
    const act = JSON.stringify({ flag, condition: 'c-1' });
    const opened = await OPENS[column](play, 'rep-1', act);
    return opened && (await pressed(opened, column, new RegExp(TOKEN)));
  } finally {
    await play.end();
  }
};

/** What becomes of a form while somebody writes in another deal. */
export const pressedElsewhere = async (column: Late, start: Pair): Promise<Pressed> => {
  const pair = start.fork();
  try {
    const opened = await OPENS[column](pair.play, 'legal-1', '');
    await pair.says();
    return opened?.submit === undefined ? 'n/a' : await pressed(opened, column, new RegExp(TOKEN));
  } finally {
    await pair.end();
  }
};
