/** What officers write for the whole company, in registers: alerts, notes on laws, holds, sheets and briefs, gaps accepted. In words. */

import type { AskedOutside } from '../../asked-outside.ts';
import type { CounselNote } from '../../counsel-note.ts';
import type { CountryAlert } from '../../country-alert.ts';
import type { AcceptedOf } from '../../gap-acceptance.ts';
import type { Hold, Plan } from '../../hold.ts';
import type { Instant, PersonId, Source } from '../../ids.ts';
import { perObject } from '../../per-object.ts';
import type { Sheet, SheetAnswer } from '../../sheet.ts';
import type { DealView } from '../view.ts';

export interface OfficersWords {
  of: 'alert' | 'laws' | 'hold' | 'sheet' | 'waits' | 'dispute' | 'gaps' | 'asked';
  text: string;
  by: PersonId;
  at: Instant;
  /** The country or the product that they are of. Absent: a hold, which is of a deal or an end-user. */
  on?: AcceptedOf;
  /** Whom a hold is on, by name. Absent: it is on a deal. */
  whom?: string;
  /** It ended or was replaced since, or they say why. */
  over?: true;
  /** The name of a source. */
  title?: true;
}

type Said = Pick<OfficersWords, 'text' | 'by' | 'at' | 'title'>;

const said = (
  of: OfficersWords['of'],
  on: AcceptedOf | undefined,
  { text, by, at, title }: Said,
  over = false,
): OfficersWords => ({
  of,
  text,
  by,
  at,
  ...(on ? { on } : {}),
  ...(over ? { over: true } : {}),
  ...(title ? { title } : {}),
});

const ofCountry = (country: string): AcceptedOf => ({ of: 'country', country });

/** What stands under an answer, and in one that is a text: an option is one word. */
const answerWords = (answer: SheetAnswer): Said[] => {
  const { value, note, sources, by, at, noted = answer, sourced = answer, named = [] } = answer;
  return [
    ...(typeof value === 'string' && /\s/u.test(value.trim()) ? [{ text: value, by, at }] : []),
    ...(note === undefined ? [] : [{ text: note, by: noted.by, at: noted.at }]),
    ...sources.map(({ name, url }) => {
      const whose = named.find((one) => one.name === name && one.url === url) ?? sourced;
      return { text: name, by: whose.by, at: whose.at, title: true as const };
    }),
  ];
};

/** There may be hundreds, and each deal looks through them. */
const sheetWords = perObject((sheet: Sheet): readonly OfficersWords[] => {
  const { on, answers, said: ever, reworded = [], waits, refused = [], disputes, settled = [] } = sheet;
  const now = Object.values(answers).flatMap(answerWords);
  const before = [
    ...ever.flatMap(({ note, by, at }) => (note === undefined ? [] : [{ text: note, by, at }])),
    ...reworded.flatMap(({ note, sources = [], by, at }) => [note, ...sources].map((text) => ({ text, by, at }))),
    ...refused.map(({ reason: text, by, at }) => ({ text, by, at })),
  ];
  const waiting = [
    ...Object.values(waits?.answers ?? {}).flatMap(answerWords),
    ...(waits ? [{ text: waits.why, by: waits.by, at: waits.at }] : []),
  ];
  const left = settled.flatMap(({ settled: { reason: text, by, at } }) =>
    text === undefined ? [] : [{ text, by, at }],
  );
  return [
    ...now.map((one) => said('sheet', on, one)),
    ...waiting.map((one) => said('waits', on, one)),
    ...before.map((one) => said('sheet', on, one, true)),
    ...disputes.map(({ reason: text, ...one }) => said('dispute', on, { text, ...one })),
    ...[...settled.map(({ reason: text, ...one }) => ({ text, ...one })), ...left].map((one) =>
      said('dispute', on, one, true),
    ),
  ];
});

const titled = (source: Source | undefined, { by, at }: Pick<Said, 'by' | 'at'>): Said[] =>
  source ? [{ text: source.name, by, at, title: true }] : [];

const alertWords = (alert: CountryAlert, over: boolean): OfficersWords[] =>
  [{ text: alert.why, by: alert.by, at: alert.at }, ...titled(alert.source, alert)].map((one) =>
    said('alert', ofCountry(alert.country), one, over),
  );

const lawsWords = (note: CounselNote, over: boolean): OfficersWords[] =>
  [{ text: note.looked, by: note.by, at: note.at }, ...titled(note.source, note)].map((one) =>
    said('laws', ofCountry(note.country), one, over),
  );

const holdWords = (
  { on }: Hold,
  { reason: text, by, at }: Pick<Hold, 'reason' | 'by' | 'at'>,
  over: boolean,
): OfficersWords => ({
  ...said('hold', undefined, { text, by, at }, over),
  ...(on.of === 'end-user' ? { whom: on.name } : {}),
});

/** Why somebody plans a hold, and why somebody withdrew one: compliance alone may read it. */
export const planWords = ({ hold, withdrawn }: Plan): OfficersWords[] => [
  holdWords(hold, hold, withdrawn !== undefined),
  ...(withdrawn ? [holdWords(hold, withdrawn, true)] : []),
];

/** Who outside was asked, of what, and what came of it. */
const askedWords = ({ who, about, came, country, said: last, before = [], by, at }: AskedOutside): OfficersWords[] => {
  const on = country === undefined ? undefined : ofCountry(country);
  return [
    ...[who, about].map((text) => said('asked', on, { text, by, at })),
    ...(came === undefined ? [] : [said('asked', on, { text: came, ...(last ?? { by, at }) })]),
    ...before.map(({ came: text, ...then }) => said('asked', on, { text, ...then }, true)),
  ];
};

/** Returns all that stands in them, and what ended or was replaced and is still kept. */
export const officersWords = ({ organisation }: Pick<DealView, 'organisation'>): OfficersWords[] => {
  const {
    alerts = [],
    alertsEnded = [],
    counselNotes = [],
    notesReplaced = [],
    holds = [],
    lifted = [],
  } = organisation;
  const { sheets = [], acceptances = [], acceptancesOver = [], acceptancesEnded = [], asked = [] } = organisation;
  return [
    ...alerts.flatMap((one) => alertWords(one, false)),
    ...alertsEnded.flatMap(({ alert, reason, by, at }) => [
      ...alertWords(alert, true),
      said('alert', ofCountry(alert.country), { text: reason, by, at }, true),
    ]),
    ...counselNotes.flatMap((one) => lawsWords(one, false)),
    ...notesReplaced.flatMap(({ note }) => lawsWords(note, true)),
    ...holds.map((hold) => holdWords(hold, hold, false)),
    ...lifted.flatMap(({ hold, ...end }) => [holdWords(hold, hold, true), holdWords(hold, end, true)]),
    ...sheets.flatMap(sheetWords),
    ...acceptances.map(({ on, reason: text, ...one }) => said('gaps', on, { text, ...one })),
    ...acceptancesOver.map(({ on, reason: text, ...one }) => said('gaps', on, { text, ...one }, true)),
    ...acceptancesEnded.flatMap(({ on, was, ...ended }) =>
      [...(was ? [was] : []), ended].map(({ reason: text, ...one }) => said('gaps', on, { text, ...one }, true)),
    ),
    ...asked.flatMap(askedWords),
  ];
};
