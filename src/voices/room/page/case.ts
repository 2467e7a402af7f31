/** One case: what was written, opened in this browser, and what happened in it. */

import type { CaseEvent } from '../../../../flows/voices/case.ts';
import { countIn } from '../../../../flows/voices/counting.ts';
import { filesIn } from '../../../../flows/voices/files.ts';
import { stepIn, workOf, type Step, type Taken } from '../../../../flows/voices/steps.ts';
import { element } from '../../../signing/page/draw.ts';
import type { ShownCase, ShownMessage } from '../wire.ts';
import { whatNext, type Draft } from './acting.ts';
import { ask } from './ask.ts';
import type { Me } from './entering.ts';
import { fileList } from './files.ts';
import { lettingIn } from './letting-in.ts';
import { openingOf, tickedIn, type Opening } from './opening.ts';
import { dueWords, isLate } from './overview.ts';
import { isWithheld, partsOf, safeAfter, type Part, type Safe } from './report.ts';
import { countParts, STEP_TITLES, stepParts } from './step-words.ts';
import { button, buttons, card, dayWords, say, show, words } from './view.ts';
import { working } from './working.ts';

/** In the direction of its own script. */
const text = (name: 'p' | 'dd', words: string): HTMLElement => {
  const made = element(name, { text: words, className: 'words' });
  made.dir = 'auto';
  return made;
};

const drawn = (parts: readonly Part[]): HTMLElement[] => {
  const loose = parts.filter(({ label }) => label === undefined).map((part) => text('p', part.text));
  const named = parts.filter(({ label }) => label !== undefined);
  if (named.length === 0) return loose.length > 0 ? loose : [words('There is nothing in it.', 'quiet')];
  const list = element('dl');
  for (const part of named) list.append(element('dt', { text: part.label ?? '' }), text('dd', part.text));
  return [...loose, list];
};

interface Opened {
  parts: HTMLElement[];
  /** Undefined where it can't be opened. */
  value: unknown;
}

/** `id`: of the case. */
const opened = async (id: string, opening: Opening, part: string, sealed: string): Promise<Opened> => {
  try {
    const value = await opening.open(part, sealed);
    const step = stepIn(value);
    const count = countIn(value);
    const shown = step ? stepParts(step) : count ? countParts(count) : partsOf(value);
    return { parts: [...drawn(shown), ...fileList(id, filesIn(value))], value };
  } catch {
    const failed = 'This can’t be opened with your key. Somebody changed it, or it was never sealed to you.';
    return { parts: [words(failed, 'late')], value: undefined };
  }
};

const headingOf = (
  { number, by, toReporter, day }: ShownMessage,
  names: ShownCase['names'],
  value: unknown,
): string => {
  const when = dayWords(day);
  if (by === undefined) return number === 1 ? `The report, ${when}` : `They wrote, ${when}`;
  const name = names[by] ?? by;
  const step = stepIn(value);
  if (step) return `${STEP_TITLES[step.kind]}: ${name}, ${when}`;
  if (countIn(value)) return `Closed by ${name}, ${when}`;
  if (isWithheld(value)) return `${name}, not sent since that is not safe for them, ${when}`;
  return toReporter ? `${name} to them, ${when}` : `Note by ${name}, for handlers alone, ${when}`;
};

const did = (event: CaseEvent, names: ShownCase['names']): string => {
  const name = 'by' in event ? (names[event.by] ?? event.by) : '';
  switch (event.kind) {
    case 'acknowledged':
      return `${name} said that it arrived`;
    case 'answered':
      return `${name} wrote to them`;
    case 'feedback':
      return `${name} said what came of it`;
    case 'closed':
      return `${name} closed the case`;
    case 'opened again':
      return `${name} opened the case again`;
    case 'worked':
      return `${name} went on with it`;
    case 'asked':
      return `${name} looked whether anybody harmed them for it`;
    case 'found':
      return `${name} found it: ${event.as}`;
    case 'let in':
      return `${name} let ${names[event.reader] ?? event.reader} read what was there`;
    case 'added':
      return 'They wrote again';
    case 'withdrawn':
      return 'They took it back, and what they had sent was erased';
    default: {
      const never: never = event;
      return never;
    }
  }
};

const UNSAFE = 'They said that an answer is not safe for them.';

/** Closed, or taken back: no step is taken. */
const isGone = ({ over }: ShownCase): boolean => over !== undefined;

/** Opened by a press of its own: who does not look can't let it slip. */
const whoCard = (id: string, who: string, opening: Opening): HTMLElement => {
  const place = element('div');
  const press = button('Show who they are', () => {
    void opened(id, opening, 'who', who).then(({ parts }) => {
      place.replaceChildren(...parts);
      place.tabIndex = -1;
      place.focus();
    });
  });
  place.append(buttons(press));
  return card(
    'Who they are',
    words(
      'They gave this in an envelope of its own. Open it only if you need it to help them or to find out more: what you have not seen, you can’t let slip.',
    ),
    place,
  );
};

/** `draft`: what somebody had written when it turned out that they had not seen everything. */
export const showCase = async (id: string, me: Me, back: () => void, draft?: Draft | Step): Promise<void> => {
  const shown = await ask<ShownCase>('case', { id });
  const opening = await openingOf(shown, me);
  const messages: HTMLElement[] = [];
  const taken: Taken[] = [];
  // By the server, and by the report itself: nobody outside of it could take them out.
  const concerns = new Set(shown.concerns);
  let safe: Safe = 'unsaid';
  for (const message of shown.messages) {
    const { parts, value } = await opened(id, opening, String(message.number), message.sealed);
    const { by, number } = message;
    if (by === undefined) {
      safe = safeAfter(safe, value);
      for (const { name } of tickedIn(value)) concerns.add(name);
    }
    const step = by === undefined ? undefined : stepIn(value);
    if (step && by !== undefined) taken.push({ number, by, step });
    messages.push(card(headingOf(message, shown.names, value), ...parts));
  }
  const again = async (said: string, kept?: Draft | Step): Promise<void> => {
    await showCase(id, me, back, kept);
    say(said);
  };
  // A step stands above, with what it was.
  const happened = shown.events
    .filter(({ kind }) => kind !== 'worked')
    .map((event) => element('li', { text: `${dayWords(event.day)}: ${did(event, shown.names)}.` }));
  const late = isLate(shown);
  const others = lettingIn(shown, opening, again);
  show(
    id,
    element(
      'div',
      { className: late ? 'card urgent' : 'card' },
      words(`Arrived on ${dayWords(shown.day)}. ${dueWords(shown)}`, late ? 'late' : undefined),
      ...(safe === 'no' ? [words(UNSAFE, 'late')] : []),
      words(`Sealed to ${[...new Set(shown.sealedTo.map((one) => shown.names[one] ?? one))].join(' and ')}.`, 'quiet'),
      ...(shown.concerns.length > 0
        ? [
            words(
              `Not sealed to ${shown.concerns.join(' or ')}: it concerns them. Please do not speak of it to them.`,
              'note',
            ),
          ]
        : []),
      buttons(button('All cases', back)),
    ),
    ...messages,
    ...(shown.who === undefined ? [] : [whoCard(id, shown.who, opening)]),
    card('What was done', happened.length > 0 ? element('ul', {}, ...happened) : words('Nothing yet.', 'quiet')),
    ...(isGone(shown)
      ? []
      : working(shown, {
          me,
          taken,
          concerns: [...concerns],
          draft: draft && 'kind' in draft ? draft : undefined,
          again,
        })),
    whatNext(shown, {
      me,
      safe,
      work: workOf(taken, [...concerns]),
      draft: draft && 'does' in draft ? draft : undefined,
      again,
    }),
    ...(others === undefined ? [] : [others]),
  );
};
