/** What is said in registers against a country, a product or an end-user, and what somebody else does over it, one thing in each row. */

import * as play from './register-words-play.ts';
import type { Desk } from './register-words-play.ts';
import type { Row } from './register-words.ts';
import { TOKEN } from './said-matrix-play.ts';

const WHY = `${TOKEN} They listen in there without a court.`;
const FINE = 'We looked at it again and it is fine.';

const LAWS = { country: 'NO', note: FINE };
const OTHER = { endUser: 'Kesvar Rail Office', customer: 'Odrin Retail' };
/** The end-user of the deal that comes after. */
const NEXT = 'Tolbun Ferry Bureau';
const LATER = '2027-03-20';

export const OF_LAWS: Readonly<Record<string, Row>> = {
  'laws noted': {
    by: 'counsel-1',
    over: ['laws'],
    late: { laws: LAWS },
    says: (desk) => play.notesLaws(desk, 'counsel-1', WHY),
  },
  'laws noted, replaced': {
    by: 'counsel-1',
    over: ['laws'],
    late: {},
    says: async (desk) => {
      await play.notesLaws(desk, 'counsel-1', WHY);
      await play.notesLaws(desk, 'counsel-2', FINE);
    },
  },
  'laws noted, by whom the deal asks': {
    by: 'counsel-1',
    over: ['laws'],
    says: async (desk) => {
      await play.notesLaws(desk, 'counsel-1', WHY);
      await desk.before.does('compliance-1', { type: 'HandOverSection', section: 'laws', to: 'counsel-1' });
    },
  },
  'laws noted, run out': {
    by: 'counsel-1',
    over: ['laws'],
    says: async (desk) => {
      await play.notesLaws(desk, 'counsel-1', WHY);
      await desk.later(390);
    },
  },
  'laws noted, and a brief': {
    by: 'counsel-1',
    over: ['laws'],
    says: async (desk) => {
      await play.notesLaws(desk, 'counsel-1', WHY);
      await play.saves(desk, 'counsel-2', 'country');
    },
  },
};

export const OF_GAPS: Readonly<Record<string, Row>> = {
  'gap accepted': {
    by: 'compliance-1',
    over: ['end gap'],
    late: {},
    says: (desk) => play.accepts(desk, 'compliance-1', WHY),
  },
  'gap ended': {
    by: 'compliance-1',
    over: [],
    late: {},
    first: (desk) => play.accepts(desk, 'compliance-2', FINE),
    says: (desk) => play.endsGap(desk, 'compliance-1', WHY),
  },
  'gap ended, accepted anew': {
    by: 'compliance-1',
    over: ['end gap'],
    first: (desk) => play.accepts(desk, 'compliance-2', FINE),
    says: async (desk) => {
      await play.endsGap(desk, 'compliance-1', WHY);
      await play.accepts(desk, 'compliance-2', FINE);
    },
  },
  'gap ended, accepted anew after its day': {
    by: 'compliance-1',
    over: ['end gap'],
    first: (desk) => play.accepts(desk, 'compliance-2', FINE, '2027-03-05'),
    says: async (desk) => {
      await play.endsGap(desk, 'compliance-1', WHY);
      await desk.later(10);
      await play.accepts(desk, 'compliance-2', FINE);
    },
  },
  'gap taken back on another deal': {
    by: 'compliance-1',
    over: ['end gap'],
    late: {},
    first: (desk) => play.accepts(desk, 'compliance-2', FINE),
    says: async (desk) => {
      const other = await desk.after(OTHER);
      await other.does('compliance-1', { type: 'TakeGapsBack', questions: ['H-RF4'], reason: WHY });
    },
  },
};

export const OF_SCOPES: Readonly<Record<string, Row>> = {
  'scope sent back on another deal': {
    by: 'compliance-1',
    over: [],
    says: async (desk) => play.judgesScope(await desk.after(OTHER), 'compliance-1', WHY),
  },
  'scope confirmed, then sent back on another deal': {
    by: 'compliance-1',
    over: [],
    first: async (desk) =>
      play.judgesScope(await desk.after({ ...OTHER, endUser: 'Umbal Weather Service' }), 'compliance-2'),
    says: async (desk) => {
      const other = await desk.after(OTHER);
      await other.does('senior-2', { type: 'RaiseFlag', title: 'They may beat people there.' });
      await play.judgesScope(other, 'compliance-1', WHY);
    },
  },
};

/** The same words of a product sheet, or of a country brief. */
const ofSheet = (of: 'product' | 'country'): Readonly<Record<string, Row>> => {
  const [name, over, judge] =
    of === 'product' ? (['sheet', 'sheet', 'judge sheet'] as const) : (['brief', 'brief', 'judge brief'] as const);
  const question = of === 'product' ? 'P2' : 'H-RF3-conflict';
  const [author, other] =
    of === 'product' ? (['compliance-1', 'compliance-2'] as const) : (['counsel-1', 'counsel-2'] as const);
  const saved = (desk: Desk): Promise<void> => play.saves(desk, author, of);
  const heavier = (desk: Desk): Promise<void> => play.saves(desk, author, of, { [question]: 'yes' });
  const lighter = (desk: Desk): Promise<void> => play.saves(desk, other, of, {}, {}, FINE);
  const disputed = (desk: Desk, by = 'senior-2', why = WHY): Promise<void> =>
    play.disputes(desk, by, of, question, why);
  const bothDone = (desk: Desk): Promise<void> => saved(desk).then(() => disputed(desk));
  // Each answer of theirs has its own source.
  const late = { [over]: { 'b:sources': '' } };
  return {
    [`${name}, lighter not confirmed`]: {
      by: 'compliance-1',
      over: [over],
      late,
      first: async (desk) => {
        await heavier(desk);
        await lighter(desk);
      },
      says: (desk) => play.judges(desk, 'compliance-1', of, WHY),
    },
    [`${name}, lighter not confirmed, given again`]: {
      by: 'compliance-1',
      over: [over, judge],
      late: {},
      first: async (desk) => {
        await heavier(desk);
        await lighter(desk);
      },
      says: async (desk) => {
        await play.judges(desk, 'compliance-1', of, WHY);
        await lighter(desk);
      },
    },
    [`${name}, note`]: {
      by: author,
      over: [over],
      late,
      first: saved,
      says: (desk) => play.saves(desk, author, of, {}, { [question]: WHY }),
    },
    [`${name}, note replaced`]: {
      by: author,
      over: [over],
      late: {},
      first: (desk) => play.saves(desk, author, of, {}, { [question]: WHY }),
      says: (desk) => play.saves(desk, other, of),
    },
    [`${name}, heavier before`]: {
      by: author,
      over: [over, judge],
      first: (desk) => play.saves(desk, author, of, { [question]: 'yes' }, { [question]: WHY }),
      says: lighter,
    },
    [`${name}, heavier before, made lighter`]: {
      by: author,
      over: [over],
      first: (desk) => play.saves(desk, author, of, { [question]: 'yes' }, { [question]: WHY }),
      says: async (desk) => {
        await lighter(desk);
        await play.judges(desk, 'compliance-3', of);
      },
    },
    [`${name}, note replaced, disputed`]: {
      by: author,
      over: ['settle'],
      first: (desk) => play.saves(desk, author, of, {}, { [question]: WHY }),
      says: async (desk) => {
        await play.saves(desk, other, of);
        await disputed(desk, 'legal-1', 'The word is wrong.');
      },
    },
    [`${name}, disputed`]: {
      by: 'senior-2',
      over: [over, 'settle'],
      late,
      first: saved,
      says: (desk) => disputed(desk),
    },
    [`${name}, disputed by two`]: {
      by: 'senior-2',
      over: [over, 'settle'],
      late: { settle: { reason: FINE } },
      first: async (desk) => {
        await saved(desk);
        await disputed(desk, 'legal-1', 'The word is wrong.');
      },
      says: async (desk) => {
        await disputed(desk);
        await disputed(desk, 'senior-1', 'The word is wrong, I think.');
      },
    },
    [`${name}, disputed, left, disputed again`]: {
      by: 'senior-2',
      over: [over, 'settle'],
      first: bothDone,
      says: async (desk) => {
        await play.settlesDispute(desk, of === 'product' ? 'compliance-2' : 'counsel-2', of, FINE);
        await disputed(desk, 'legal-1', 'The word is wrong.');
      },
    },
    [`${name}, disputed and renewed`]: {
      by: 'senior-2',
      over: [over],
      first: bothDone,
      says: async (desk) => {
        await desk.later(200);
        await play.saves(desk, other, of);
      },
    },
  };
};

export const OF_SHEETS: Readonly<Record<string, Row>> = { ...ofSheet('product'), ...ofSheet('country') };

export const OF_COUNTRIES: Readonly<Record<string, Row>> = {
  alert: { by: 'compliance-1', over: ['end alert'], late: {}, says: (desk) => play.alerts(desk, 'compliance-1', WHY) },
  'alert, ended, another': {
    by: 'compliance-1',
    over: ['end alert'],
    first: (desk) => play.alerts(desk, 'compliance-1', WHY),
    says: async (desk) => {
      await play.endsAlert(desk, 'compliance-2', FINE);
      await play.alerts(desk, 'compliance-2', 'There is unrest.');
    },
  },
  'alert, why ended, another': {
    by: 'compliance-1',
    over: ['end alert'],
    late: {},
    first: (desk) => play.alerts(desk, 'compliance-2', 'There is unrest.'),
    says: async (desk) => {
      await play.endsAlert(desk, 'compliance-1', WHY);
      await play.alerts(desk, 'compliance-2', 'There is unrest.');
    },
  },
  'something new': {
    by: 'legal-1',
    over: ['looked', 'end alert'],
    late: { looked: { found: 'nothing new' } },
    first: async (desk) => {
      await play.watches(desk, 'legal-1');
      await play.alerts(desk, 'compliance-1', 'There is unrest.');
    },
    says: (desk) => play.looks(desk, 'legal-1', 'something new', WHY),
  },
  'something new, then nothing new': {
    by: 'legal-1',
    over: ['looked', 'end alert'],
    first: async (desk) => {
      await play.watches(desk, 'legal-1');
      await play.alerts(desk, 'compliance-1', 'There is unrest.');
    },
    says: async (desk) => {
      await play.looks(desk, 'legal-1', 'something new', WHY);
      await play.looks(desk, 'compliance-1', 'nothing new', FINE);
    },
  },
};

export const OF_PROGRAMME: Readonly<Record<string, Row>> = {
  'asked outside': {
    by: 'compliance-1',
    over: [],
    late: {},
    says: (desk) => play.asks(desk, 'compliance-1', 'What guards do in Norway', WHY),
  },
  'asked outside, said otherwise': {
    by: 'compliance-1',
    over: [],
    late: {},
    says: async (desk) => {
      await play.asks(desk, 'compliance-1', 'What guards do in Norway', WHY);
      await play.saysWhatCame(desk, 'compliance-2', FINE);
    },
  },
};

export const OF_HOLDS: Readonly<Record<string, Row>> = {
  hold: {
    by: 'compliance-1',
    over: ['lift hold', 'review hold'],
    says: (desk) => play.holds(desk, 'compliance-1', WHY, { name: NEXT }),
  },
  'hold, lifted, another': {
    by: 'compliance-1',
    over: ['lift hold', 'review hold'],
    first: (desk) => play.holds(desk, 'compliance-1', WHY, { name: NEXT }),
    says: async (desk) => {
      await play.endsHold(desk, 'compliance-2', FINE);
      await play.holds(desk, 'compliance-2', FINE, { name: NEXT });
    },
  },
  'hold, why lifted, another': {
    by: 'compliance-1',
    over: ['lift hold', 'review hold'],
    first: (desk) => play.holds(desk, 'compliance-2', FINE, { name: NEXT }),
    says: async (desk) => {
      await play.endsHold(desk, 'compliance-1', WHY);
      await play.holds(desk, 'compliance-2', FINE, { name: NEXT });
    },
  },
  'hold planned': {
    by: 'compliance-1',
    over: ['lift hold'],
    says: (desk) => play.holds(desk, 'compliance-1', WHY, { name: NEXT, from: LATER }),
  },
  'hold planned on a deal': {
    by: 'compliance-1',
    over: ['lift hold'],
    says: async (desk) =>
      play.holds(desk, 'compliance-1', WHY, { deal: (await desk.before.view()).deal.id, from: LATER }),
  },
  'hold planned, withdrawn': {
    by: 'compliance-1',
    over: [],
    first: (desk) => play.holds(desk, 'compliance-1', WHY, { name: NEXT, from: LATER }),
    says: (desk) => play.endsHold(desk, 'compliance-2', FINE),
  },
  'hold planned, why withdrawn': {
    by: 'compliance-1',
    over: [],
    first: (desk) => play.holds(desk, 'compliance-2', FINE, { name: NEXT, from: LATER }),
    says: (desk) => play.endsHold(desk, 'compliance-1', WHY),
  },
};
