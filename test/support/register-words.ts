/** What stands on the forms of registers, and of deals, after somebody said something in a register and somebody else acted on it. */

import type { FormValues } from '../../blocks/card.ts';
import type { OpenedForm } from './between-deals.ts';
import { filled, OPENS, pressed, type Pressed } from './late-words.ts';
import type { Desk } from './register-words-play.ts';
import { nextReview, TOKEN, type Play } from './said-matrix-play.ts';
import { isBy, OFFICERS, openedBy } from './said-matrix.ts';

/** `senior`: page 1 of whoever decides after compliance. `old`: of a deal that was there before; else of one that comes after, with another end-user, in the same country, of the same product. */
export const OF_DEALS = [
  'gaps',
  'page 1',
  'review',
  'scope',
  'senior',
  'old gaps',
  'old page 1',
  'old review',
  'old senior',
] as const;
const OF_REGISTERS = [
  'laws',
  'sheet',
  'brief',
  'judge sheet',
  'judge brief',
  'settle',
  'end gap',
  'end alert',
  'looked',
  'lift hold',
  'review hold',
] as const;
export type OfRegister = (typeof OF_REGISTERS)[number];
export type Column = (typeof OF_DEALS)[number] | OfRegister;
/** What becomes of a form that was opened before. */
export type Late = `late ${'gaps' | 'review' | OfRegister}`;

export interface Row {
  by: string;
  /** Forms of registers that can be pressed over it. */
  over: readonly OfRegister[];
  /** It is said last: forms that were opened before are pressed after it, those of a deal and these, with what is typed. */
  late?: Partial<Record<OfRegister, FormValues>>;
  /** What was there before; forms are opened after it. */
  first?(desk: Desk): Promise<void>;
  says(desk: Desk): Promise<void>;
}

const PEOPLE = ['compliance-2', 'compliance-3', 'compliance-1', 'counsel-2', 'counsel-1', 'product-1'];
const SAID = new RegExp(TOKEN);

const first = (all: object | undefined): string => Object.keys(all ?? {})[0] ?? '';

/** The name of a form, and the value of the button that opens it. */
const buttonOf = (desk: Desk, column: OfRegister): Promise<readonly [string, string]> =>
  desk.see(async ({ sheets, gaps, countries, holds }) => {
    switch (column) {
      case 'laws':
        return ['desk.laws', 'NO'] as const;
      case 'sheet':
        return ['desk.sheet', 'product/weather'] as const;
      case 'brief':
        return ['desk.sheet', 'country/NO'] as const;
      case 'judge sheet':
        return ['desk.judge-sheet', 'product:weather'] as const;
      case 'judge brief':
        return ['desk.judge-sheet', 'country:NO'] as const;
      case 'settle': {
        const all = Object.values((await sheets.now()).state.sheets);
        const sheet = all.find(({ disputes }) => disputes.length > 0);
        return ['desk.settle-dispute', `${sheet?.disputes.at(-1)?.id}/${sheet?.id}`] as const;
      }
      case 'end gap':
        return ['desk.end-gap', first((await gaps.now()).state.acceptances)] as const;
      case 'end alert':
        return ['desk.end-alert', first((await countries.now()).state.alerts)] as const;
      case 'looked':
        return ['desk.looked', 'NO'] as const;
      case 'lift hold':
      case 'review hold': {
        const { holds: standing, planned } = (await holds.now()).state;
        const hold = first(standing) || first(planned);
        return [column === 'lift hold' ? 'desk.lift-hold' : 'desk.hold-review', hold] as const;
      }
      default: {
        const never: never = column;
        return never;
      }
    }
  });

/** As somebody other than its author who can press it sees it. */
const opened = async (desk: Desk, author: string, column: OfRegister): Promise<OpenedForm | undefined> => {
  const button = await buttonOf(desk, column);
  for (const person of PEOPLE.filter((one) => one !== author)) {
    const form = await desk.form(person, ...button);
    if (form?.submit !== undefined) return form;
  }
  return undefined;
};

/** All pages of a review; where the first one has it, that alone. */
export const reviewOf = async (play: Play, author: string): Promise<OpenedForm[]> => {
  for (const officer of OFFICERS) {
    const page1 = officer === author ? undefined : await play.form(officer, 'deal.review');
    if (!page1) continue;
    const { deal } = await play.view();
    const step = deal.status === 'deciding' ? deal.step : 0;
    const all = [page1];
    const count = SAID.test(page1.page) ? 1 : Number(/Page 1 of (\d+)/.exec(page1.page)?.[1]);
    for (let page = 2; page <= count; page += 1)
      all.push((await play.form(officer, 'deal.review-back', `${step}/${page}`, all.at(-1)))!);
    return all;
  }
  return [];
};

/** `shown`, `no name`, `not shown` or `n/a`. */
export type Cells = Partial<Record<Column, string>>;
export type Pages = Partial<Record<Column, string>>;

const OUT = { 'G1-capability': { value: 'no' as const } };

export const playedRow = async (row: Row, start: Desk): Promise<{ cells: Cells; pages: Pages }> => {
  const cells: Cells = {};
  const pages: Pages = {};
  const look = (column: Column, page: string | undefined): void => {
    if (page !== undefined) pages[column] = page;
    cells[column] =
      page === undefined ? 'n/a' : isBy(page, SAID, row.by) ? 'shown' : SAID.test(page) ? 'no name' : 'not shown';
  };
  const looks = async (play: Play, old: '' | 'old '): Promise<void> => {
    look(`${old}gaps`, (await openedBy(play, row.by, 'deal.accept-gaps'))?.page);
    look(`${old}senior`, await nextReview(play, row.by, async (next) => (await reviewOf(next, row.by))[0]?.page));
    const review = await reviewOf(play, row.by);
    look(`${old}page 1`, review[0]?.page);
    look(`${old}review`, review.length === 0 ? undefined : review.map(({ page }) => page).join('\n'));
  };
  const desk = start.fork();
  try {
    await row.first?.(desk);
    await row.says(desk);
    for (const column of row.over) look(column, (await opened(desk, row.by, column))?.page);
    await looks(desk.before, 'old ');
    const after = await desk.after();
    await looks(after, '');
    await after.gives('rep-1', 'scope', OUT);
    look('scope', (await openedBy(after, row.by, 'deal.confirm-scope'))?.page);
  } finally {
    await desk.end();
  }
  return { cells, pages };
};

/** A register thanks for what it took. */
const sentLate = async (form: OpenedForm, values: FormValues): Promise<Pressed> => {
  const { kind, form: next, errors } = await form.send(filled(form, values));
  if (errors.length > 0) return 'mistaken';
  if (kind === 'tell') return SAID.test(form.page) ? 'known' : 'counts';
  return next && SAID.test(next.page) ? 'back' : 'silent';
};

/** Opens forms, has it said, and presses them. */
export const pressedLate = async (row: Row, start: Desk): Promise<Partial<Record<Late, Pressed>>> => {
  const found: Partial<Record<Late, Pressed>> = {};
  if (!row.late) return found;
  const columns = ['gaps', 'review', ...(Object.keys(row.late) as OfRegister[])] as const;
  let left: readonly (typeof columns)[number][] = columns;
  while (left.length > 0) {
    const desk = start.fork();
    try {
      await row.first?.(desk);
      const forms = new Map<(typeof columns)[number], OpenedForm | undefined>();
      for (const column of left)
        forms.set(
          column,
          column === 'gaps' || column === 'review'
            ? await OPENS[column](desk.before, row.by, '')
            : await opened(desk, row.by, column),
        );
      await row.says(desk);
      const done = new Set<string>();
      for (const [column, form] of forms) {
        const values = column === 'gaps' || column === 'review' ? undefined : row.late?.[column];
        const what =
          form?.submit === undefined ? 'n/a' : await (values ? sentLate(form, values) : pressed(form, 'gaps', SAID));
        found[`late ${column}`] = what;
        done.add(column);
        // What counts changes what others show.
        if (what === 'counts' || what === 'known') break;
      }
      left = left.filter((column) => !done.has(column));
    } finally {
      await desk.end();
    }
  }
  return found;
};
