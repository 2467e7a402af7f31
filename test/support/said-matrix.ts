/** What stands on each form that an officer can press after one person said one thing, and where it does not. */

import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { pictureContext } from './picture-deal.ts';
import {
  TOKEN,
  approves,
  movesOn,
  oneOf,
  settles,
  votes,
  type From,
  type Kind,
  type Play,
  type Starts,
} from './said-matrix-play.ts';

/** Forms that somebody of compliance presses alone, and an approver's review: `page 1` of it, and all of it. */
export const COLUMNS = [
  'flag',
  'gaps',
  'page 1',
  'review',
  'lighter',
  'lighter, several',
  'scope',
  'scope, several',
  'stopped',
  'evidence',
  'lift',
  'approved',
  'declined',
  'exception',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface Row {
  by: string;
  /** How else a line may say it. */
  or?: RegExp;
  /** How far the deal is before they say it. */
  from?: From;
  /** Of what deal it is, where not of both. */
  of?: Kind;
  says(play: Play): Promise<void>;
}

/** `shown`, `no name`, `not shown` or `n/a`. */
export type Cells = Partial<Record<Column, string>>;

export interface Pages {
  cells: Cells;
  pages: Partial<Record<Column, string>>;
}

const NAMES = new Map(pictureContext().organisation.people.map(({ id, name }) => [id, name]));
export const OFFICERS = ['compliance-2', 'compliance-1', 'chief-1', 'senior-1', 'senior-2', 'counsel-1'];
/** A form with nothing to press. */
const NOTHING = /Nothing waits|Nothing is left|is not suspended|is accepted already|this condition is open/;
/** Somebody else is to press it. */
const NOT_THEIRS = 'Not yours to confirm';

/** Tells whether a page has it, and beside it who said it: in that line, below it, or around a quotation. */
export const isBy = (page: string, said: RegExp, by: string): boolean => {
  // The name of one person begins another's.
  const author = new RegExp(`@${by}\\b|${NAMES.get(by)}(?! [A-Z])`);
  const lines = page.split('\n');
  return lines.some((line, i) => {
    const [before = '', after = ''] = [lines[i - 1], lines[i + 1]];
    const beside = line.startsWith('>') ? `${before} ${after}` : after.startsWith('Said by ') ? after : '';
    return said.test(line) && (author.test(line) || author.test(beside));
  });
};

type Opened = Awaited<ReturnType<Play['form']>>;

/** As somebody other than its author who can press it sees it, or else as anybody does. */
export const openedBy = async (play: Play, author: string, name: string, about?: string): Promise<Opened> => {
  let first: Opened;
  for (const officer of OFFICERS) {
    if (officer === author) continue;
    const form = await play.form(officer, name, about);
    if (form === undefined || NOTHING.test(form.page)) continue;
    first ??= form;
    if (!form.page.includes(NOT_THEIRS)) return form;
  }
  return first;
};

export const playedRow = async (row: Row, starts: Starts): Promise<Pages> => {
  const said = row.or ?? new RegExp(TOKEN);
  const cells: Cells = {};
  const pages: Pages['pages'] = {};
  const look = (column: Column, page: string | undefined): void => {
    if (cells[column] !== undefined && cells[column] !== 'n/a') return;
    if (page !== undefined) pages[column] = page;
    cells[column] =
      page === undefined ? 'n/a' : isBy(page, said, row.by) ? 'shown' : said.test(page) ? 'no name' : 'not shown';
  };
  const looks = async (play: Play, column: Column, name: string, about?: string): Promise<void> =>
    look(column, (await openedBy(play, row.by, name, about))?.page);
  /** Of several in one press: what is to be read first cannot be ticked there. */
  const looksAtAll = async (play: Play, column: Column): Promise<void> => {
    const form = await openedBy(play, row.by, 'desk.confirm');
    const isTickable = form !== undefined && form.context.includes((await play.view()).deal.id);
    look(column, isTickable ? form.page : undefined);
  };
  /** Its other pages matter where the first has it not. */
  const reviews = async (play: Play): Promise<void> => {
    for (const officer of OFFICERS) {
      const first = officer === row.by ? undefined : await play.form(officer, 'deal.review');
      if (!first) continue;
      const { deal } = await play.view();
      const step = deal.status === 'deciding' ? deal.step : 0;
      const all = [first];
      look('page 1', first.page);
      const count = cells['page 1'] === 'shown' ? 1 : Number(/Page 1 of (\d+)/.exec(first.page)?.[1]);
      for (let page = 2; page <= count; page += 1)
        all.push((await play.form(officer, 'deal.review-back', `${step}/${page}`, all.at(-1)))!);
      look('review', all.map(({ page }) => page).join('\n'));
      return;
    }
    look('page 1', undefined);
    look('review', undefined);
  };
  const ends: Play[] = [];
  const fork = (play: Play): Play => {
    const other = play.fork();
    ends.push(other);
    return other;
  };
  const saysIn = async (kind: Kind): Promise<Play> => {
    const play = fork(starts[kind][row.from ?? 'opened']);
    await row.says(play);
    const { deal } = await play.view();
    if (deal.status === 'stopped') await looks(play, 'stopped', 'deal.reopen');
    if (deal.status === 'decided' && deal.decision.outcome === 'declined') await looks(play, 'declined', 'deal.reopen');
    return play;
  };
  const officers = ['compliance-2', 'compliance-1'].toSorted((a, b) => Number(a === row.by) - Number(b === row.by));
  const undecided = async (play: Play): Promise<void> => {
    const { owner } = (await play.view()).deal;
    const raiser = row.by === 'senior-2' ? 'senior-1' : 'senior-2';
    await play.does(raiser, { type: 'RaiseFlag', title: 'They may beat people there.' });
    const flag = (await play.view()).deal.ownFlags.at(-1)!.id;
    await looks(play, 'flag', 'deal.settle-flag', flag);
    await oneOf(play, officers, { type: 'DismissFlag', flag, reason: 'It is hearsay.' });
    await looks(play, 'gaps', 'deal.accept-gaps');
    await reviews(play);
    await play.gives(owner, 'end-user', { 'H-RF1': { value: 'no' } });
    await looks(play, 'lighter', 'deal.confirm-lighter');
    await looksAtAll(play, 'lighter, several');
    await play.gives(owner, 'scope', { 'G1-capability': { value: 'no' }, G2: { value: 'no' } });
    await looks(play, 'scope', 'deal.confirm-scope');
    await looksAtAll(play, 'scope, several');
    const { factsHash } = scopeSaidOf((await play.view()).deal) ?? {};
    if (factsHash !== undefined)
      await oneOf(play, officers, { type: 'RefuseScope', factsHash, reason: 'It can do more than that.' });
    await play.gives(owner, 'scope', { 'G1-capability': { value: 'yes' }, G2: { value: 'yes' } });
    await play.gives(owner, 'end-user', { K1: { value: 'yes' } });
    await looks(play, 'stopped', 'deal.reopen');
  };
  const approved = async (play: Play): Promise<void> => {
    if (!isApproved(await play.view())) await approves(play, row.by);
    await play.tries('rep-1', { type: 'MeetCondition', condition: 'c-1', text: 'They told us.', sources: [] });
    await looks(play, 'evidence', 'deal.settle-condition', 'c-1');
    const returns = { type: 'ReturnCondition', condition: 'c-1', reason: 'That is not enough.' } as const;
    await oneOf(play, officers, returns).catch(() => {});
    await play.later(80);
    await looks(play, 'lift', 'deal.lift-suspension');
    await looks(play, 'approved', 'deal.reopen');
  };
  const declined = async (play: Play): Promise<void> => {
    await settles(play, row.by);
    await votes(play, row.by, { outcome: 'decline', rationale: 'They would misuse it there.' });
    await looks(play, 'declined', 'deal.reopen');
  };
  const excepted = async (play: Play): Promise<void> => {
    await movesOn(play);
    const { assessment } = await play.view();
    const isFit = assessment.placed?.exception?.confirmed === false;
    if (isFit) await looks(play, 'exception', 'deal.accept-gaps');
    else look('exception', undefined);
    if (row.of === 'collects') await reviews(play);
  };
  try {
    if (row.of !== 'collects') {
      const play = await saysIn('ordinary');
      const inForce = isApproved(await play.view()) ? fork(play) : undefined;
      await movesOn(play);
      await approved(inForce ?? fork(play));
      await declined(fork(play));
      await undecided(play);
    }
    if (row.of !== 'ordinary') await excepted(await saysIn('collects'));
  } finally {
    for (const play of ends) await play.end();
  }
  return { cells, pages };
};

const isApproved = ({ deal }: DealView): boolean => deal.status === 'decided' && deal.decision.outcome !== 'declined';
