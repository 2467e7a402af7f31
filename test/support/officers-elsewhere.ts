/** What stands on the forms of a deal after somebody said something of another country, product or end-user in a register, and named the deal. */

import type { OpenedForm } from './between-deals.ts';
import { OPENS, pressed, type Pressed } from './late-words.ts';
import { namingPlay, namingRegisters } from './naming-play.ts';
import { aDesk, type Desk } from './register-words-play.ts';
import { reviewOf, type Row } from './register-words.ts';
import { TOKEN } from './said-matrix-play.ts';
import { openedBy } from './said-matrix.ts';

/** Nothing in common with the deals of the registers' rows. */
export const NAMED = {
  endUser: 'Gulnar Rose Garden',
  customer: 'Bekzat Supply',
  between: ['Alma House'],
  product: 'recorder',
  destination: 'SE',
};
/** How the words name it. */
export const BY = { 'its end-user': NAMED.endUser, 'a company': 'Alma House', 'its product': 'Sample camera recorder' };
export type By = keyof typeof BY;

export const COLUMNS = ['page 1', 'scope', 'late review', 'late scope'] as const;
export type Column = (typeof COLUMNS)[number];

const SAID = new RegExp(TOKEN);
const OUT = { 'G1-capability': { value: 'no' as const } };

const namingDesk = (desk: Desk, names: string): Desk => ({
  ...desk,
  register: (by, act) => desk.register(by, (registers, ask) => act(namingRegisters(registers, names), ask)),
  before: namingPlay(desk.before, names),
  after: async (parties) => namingPlay(await desk.after(parties), names),
});

const shown = (page: string | undefined): string =>
  page === undefined ? 'n/a' : SAID.test(page) ? 'shown' : 'not shown';

/** One that is decided, and one that is said to be out of scope. */
export interface Start {
  desk: Desk;
  decided: string;
  out: string;
}
export const aStart = async (): Promise<Start> => {
  const desk = await aDesk();
  const [decided, out] = [await desk.after(NAMED), await desk.after({ ...NAMED, customer: 'Daulet Supply' })];
  await out.gives('rep-1', 'scope', OUT);
  return { desk, decided: (await decided.view()).deal.id, out: (await out.view()).deal.id };
};

/** `known`: it stood there before the form was opened. */
type Late = Pressed | 'known';

/** Returns what each form has of it; and what becomes of one that was opened before. */
export const namedElsewhere = async (row: Row, start: Start, by: By): Promise<Record<Column, string>> => {
  const desk = start.desk.fork();
  try {
    const said = namingDesk(desk, BY[by]);
    const [decided, out] = [desk.deal(start.decided), desk.deal(start.out)];
    const page1 = async (): Promise<string> => shown((await reviewOf(decided, row.by))[0]?.page);
    const scope = () => openedBy(out, row.by, 'deal.confirm-scope');
    await row.first?.(said);
    const isKnown = (await page1()) === 'shown';
    const [review, confirm] = [await OPENS.review(decided, row.by, ''), await scope()];
    await row.says(said);
    const found = { 'page 1': await page1(), scope: shown((await scope())?.page) };
    const late = async (form: OpenedForm | undefined, what: 'review' | 'scope'): Promise<Late> =>
      isKnown ? 'known' : form?.submit === undefined ? 'n/a' : pressed(form, what, SAID);
    return { ...found, 'late review': await late(review, 'review'), 'late scope': await late(confirm, 'scope') };
  } finally {
    await desk.end();
  }
};

/** Returns what an officer reads of it on the first page of a review, and what whoever sells the deal reads under “Why?”. */
export const readOf = async (row: Row, start: Start): Promise<{ officer: string; seller: string }> => {
  const desk = start.desk.fork();
  try {
    await row.says(namingDesk(desk, NAMED.endUser));
    const deal = desk.deal(start.decided);
    const [review] = await reviewOf(deal, row.by);
    const why = await deal.form('rep-1', 'deal.why');
    return { officer: review?.page ?? '', seller: why?.page ?? '' };
  } finally {
    await desk.end();
  }
};
