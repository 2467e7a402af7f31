/** What officers said in a register stays to be read for a year, whatever another of them does there next. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { officersWords } from '../../flows/deal/context/officers-words.ts';
import { aStart, type Start } from '../support/officers-elsewhere.ts';
import {
  accepts,
  alerts,
  asks,
  disputes,
  endsAlert,
  endsGap,
  endsHold,
  judges,
  notesLaws,
  saves,
  saysWhatCame,
  settlesDispute,
  type Desk,
} from '../support/register-words-play.ts';
import { OF_COUNTRIES, OF_GAPS, OF_HOLDS, OF_LAWS, OF_PROGRAMME, OF_SHEETS } from '../support/register-words-rows.ts';
import { TOKEN } from '../support/said-matrix-play.ts';

const ROWS = { ...OF_LAWS, ...OF_GAPS, ...OF_SHEETS, ...OF_COUNTRIES, ...OF_HOLDS, ...OF_PROGRAMME };
/** Deals hear nothing of these; or it is said of a deal, and not in a register. */
const UNHEARD = [
  'something new',
  'something new, then nothing new',
  'hold planned',
  'hold planned on a deal',
  'hold planned, withdrawn',
  'hold planned, why withdrawn',
  'gap taken back on another deal',
];
const NEW = 'It is looked at anew, and all is well.';
const OTHERS = ['compliance-2', 'compliance-3', 'chief-1', 'counsel-2'];

/** What another of them may do next. */
const NEXT: Readonly<Record<string, (desk: Desk, by: string) => Promise<void>>> = {
  'ends the gap': (desk, by) => endsGap(desk, by, NEW),
  'accepts another': (desk, by) => accepts(desk, by, NEW),
  'saves the product sheet': (desk, by) => saves(desk, by, 'product', {}, {}, NEW),
  'saves the brief': (desk, by) => saves(desk, by, 'country', {}, {}, NEW),
  'confirms the product sheet': (desk, by) => judges(desk, by, 'product'),
  'confirms the brief': (desk, by) => judges(desk, by, 'country'),
  'sends the product sheet back': (desk, by) => judges(desk, by, 'product', NEW),
  'sends the brief back': (desk, by) => judges(desk, by, 'country', NEW),
  'settles what is disputed of the product': (desk, by) => settlesDispute(desk, by, 'product', NEW),
  'settles what is disputed of the country': (desk, by) => settlesDispute(desk, by, 'country', NEW),
  disputes: (desk, by) => disputes(desk, by, 'product', 'P2', NEW),
  'notes the laws': (desk, by) => notesLaws(desk, by, NEW),
  alerts: (desk, by) => alerts(desk, by, NEW),
  'ends the alert': (desk, by) => endsAlert(desk, by, NEW),
  'ends the hold': (desk, by) => endsHold(desk, by, NEW),
  'says what came': (desk, by) => saysWhatCame(desk, by, NEW),
  asks: (desk, by) => asks(desk, by, NEW, NEW),
};

/** The act that is of the same register as a row: without it nothing is shown. */
const OWN = {
  'gap accepted': 'ends the gap',
  gap: 'accepts another',
  sheet: 'saves the product sheet',
  brief: 'saves the brief',
  alert: 'ends the alert',
  hold: 'ends the hold',
  asked: 'says what came',
  laws: 'notes the laws',
} satisfies Record<string, keyof typeof NEXT>;
const own = (row: string): string | undefined => Object.entries(OWN).find(([of]) => row.startsWith(of))?.[1];

let start: Start;
beforeAll(async () => {
  start = await aStart();
});
afterAll(() => start.desk.end());

const isSaid = async (desk: Desk): Promise<boolean> =>
  officersWords(await desk.before.view()).some(({ text }) => text.includes(TOKEN));

it.each(Object.entries(ROWS).filter(([name]) => !UNHEARD.includes(name)))('%s', async (name, row) => {
  const desk = start.desk.fork();
  try {
    await row.first?.(desk);
    await row.says(desk);
    expect(await isSaid(desk)).toBe(true);
    const lost: string[] = [];
    const done: string[] = [];
    for (const [act, next] of Object.entries(NEXT)) {
      const then = desk.fork();
      let isDone = false;
      for (const by of OTHERS) {
        isDone = await next(then, by).then(
          () => true,
          () => false,
        );
        if (isDone) break;
      }
      if (isDone) done.push(act);
      if (isDone && !(await isSaid(then))) lost.push(act);
      await then.end();
    }
    expect(done).toContain(own(name));
    expect(lost).toEqual([]);
  } finally {
    await desk.end();
  }
});
