/** The pages of whoever has a receipt: answers, additions, and taking the report back (item C10 of the Guidance). */

import type { CaseEvent } from '../../../flows/voices/case.ts';
import { caseDays } from '../../../flows/voices/case.ts';
import { caseDue, type CaseClocks } from '../../../flows/voices/clocks.ts';
import type { Day } from '../../../flows/voices/days.ts';
import type { Receipt } from '../../../flows/voices/receipt.ts';
import type { Taken } from '../files/taking.ts';
import { filled, type TextKey, type Texts } from '../texts.ts';
import { chooseFiles, filesPart, type FileTicks } from './files.ts';
import { markup, type Html, type Part } from './html.ts';
import { problemPart } from './parts.ts';
import { MOST_CHARACTERS, type Around } from './report-form.ts';

/** An answer that was opened with the receipt. */
export interface Answer {
  day: Day;
  text: string;
}

export interface Conversation {
  day: Day;
  events: readonly CaseEvent[];
  answers: readonly Answer[];
}

const dayShown = ({ language }: Texts, day: Day): string =>
  // The day first, as everywhere else here, while a file says no more than “English”.
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

export const receiptForm = ({ texts }: Around, typed: string, problem?: string): Part => [
  problemPart(problem),
  markup`<p>${texts.againIntro}</p>
    <form method="post" action="answers" autocomplete="off">
      <div class="field">
        <label for="receipt">${texts.receipt}</label
        ><input
          type="text"
          id="receipt"
          name="receipt"
          inputmode="numeric"
          autocomplete="off"
          maxlength="200"
          value="${typed}"
          required
        />
      </div>
      <button type="submit">${texts.open}</button>
    </form>
    <p><a href="./">${texts.back}</a></p>`,
];

export const nothingPage = (around: Around, typed: string): Part => [
  markup`<p>${around.texts.nothing}</p>`,
  receiptForm(around, typed),
];

/** What the person is told of each event; of what handlers decide among themselves, nothing. */
const TOLD: Partial<Record<CaseEvent['kind'], TextKey>> = {
  acknowledged: 'acknowledged',
  added: 'added',
  closed: 'closedOn',
  withdrawn: 'takenBack',
};

const happened = (texts: Texts, { day, events, answers }: Conversation): Html[] => {
  const told = events.flatMap(({ kind, day: on }): { on: Day; part: Html }[] => {
    const key = TOLD[kind];
    return key === undefined ? [] : [{ on, part: markup`<p>${filled(texts[key], { day: dayShown(texts, on) })}</p>` }];
  });
  const said = answers.map(({ day: on, text }) => ({
    on,
    part: markup`<h2>${filled(texts.answerOf, { day: dayShown(texts, on) })}</h2>
      <div class="said">${text}</div>`,
  }));
  return [
    markup`<p>${filled(texts.arrived, { day: dayShown(texts, day) })}</p>`,
    ...[...told, ...said].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).map(({ part }) => part),
  ];
};

const waiting = (texts: Texts, conversation: Conversation, today: Day, clocks: CaseClocks): Part => {
  const due = caseDue(caseDays(conversation), today, clocks);
  const isAwaited = due?.what === 'acknowledge' || due?.what === 'feedback';
  if (!due || !isAwaited || conversation.answers.length > 0) return undefined;
  const key = due.left < 0 ? 'noAnswersLate' : 'noAnswers';
  return markup`<p>${filled(texts[key], { day: dayShown(texts, due.by) })}</p>`;
};

const hidden = (receipt: Receipt): Html => markup`<input type="hidden" name="receipt" value="${receipt}" />`;

/** What happened at the last press. */
export interface Told {
  problem?: string | undefined;
  typed?: string;
  ticks?: FileTicks;
  added?: boolean;
  taken?: Taken | undefined;
}

/** `problem`: why what was typed was not taken. `typed`: stands in the form again. `added`, `taken`: what arrived. */
export const conversationPage = (
  { texts }: Around,
  receipt: Receipt,
  conversation: Conversation,
  {
    today,
    clocks,
    problem,
    typed = '',
    ticks = { clean: 'yes', asItIs: '' },
    added = false,
    taken,
  }: { today: Day; clocks: CaseClocks } & Told,
): Part => {
  const isOver = conversation.events.some(({ kind }) => kind === 'withdrawn');
  return [
    problemPart(problem),
    added ? markup`<p role="status"><strong>${texts.addedNow}</strong></p>` : undefined,
    filesPart(texts, taken),
    happened(texts, conversation),
    waiting(texts, conversation, today, clocks),
    isOver
      ? undefined
      : markup`<p class="quiet">${texts.notShown}</p>
          <h2>${texts.addTitle}</h2>
          <form method="post" action="add" enctype="multipart/form-data" autocomplete="off">
            ${hidden(receipt)}
            <div class="field">
              <label for="words">${texts.add}</label
              ><textarea id="words" name="words" maxlength="${MOST_CHARACTERS}">
${typed}</textarea>
            </div>
            ${chooseFiles(texts, ticks)}
            <button type="submit">${texts.addSend}</button>
          </form>
          <h2>${texts.takeBackTitle}</h2>
          <p>${texts.takeBackMore}</p>
          <form method="post" action="take-back">
            ${hidden(receipt)}
            <label class="tick"
              ><input type="checkbox" name="sure" value="yes" /> <span>${texts.takeBackSure}</span></label
            >
            <button type="submit">${texts.takeBack}</button>
          </form>`,
    markup`<p><a href="./">${texts.back}</a></p>`,
  ];
};
