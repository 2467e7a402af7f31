/** One case: what was written, opened in this browser, and what happened in it. */

import { filesIn } from '../../../../flows/voices/files.ts';
import { workOf, type Step } from '../../../../flows/voices/steps.ts';
import { element } from '../../../signing/page/draw.ts';
import type { ShownCase } from '../wire.ts';
import { whatNext, type Draft } from './acting.ts';
import { did, partsIn } from './case-words.ts';
import type { Me } from './entering.ts';
import type { Headings } from './export-words.ts';
import { exporting, type ExportBegun } from './exporting.ts';
import { fileList } from './files.ts';
import { lettingIn } from './letting-in.ts';
import type { Opening } from './opening.ts';
import { dueWords, isLate } from './overview.ts';
import { headingsOf, openedBy, readCase, type ReadPart } from './reading-case.ts';
import { drawnParts } from './report-list.ts';
import { button, buttons, card, dayWords, say, show, words } from './view.ts';
import { working } from './working.ts';

const CANT_OPEN = 'This can’t be opened with your key. Somebody changed it, or it was never sealed to you.';

/** `id`: of the case. */
const drawn = (id: string, opened: ReadPart['opened'], headings: Headings): HTMLElement[] =>
  opened
    ? [...drawnParts(partsIn(opened.value, headings)), ...fileList(id, filesIn(opened.value))]
    : [words(CANT_OPEN, 'late')];

const UNSAFE = 'They said that an answer is not safe for them.';

/** Closed, or taken back: no step is taken. */
const isGone = ({ over }: ShownCase): boolean => over !== undefined;

/** Opened by a press of its own: who does not look can't let it slip. */
const whoCard = (id: string, who: string, opening: Opening): HTMLElement => {
  const place = element('div');
  const press = button('Show who they are', () => {
    void openedBy(opening, 'who', who).then((opened) => {
      place.replaceChildren(...drawn(id, opened, new Map()));
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

/** What somebody had written when it turned out that they had not seen everything. */
type Kept = Draft | Step | ExportBegun;

export const showCase = async (id: string, me: Me, back: () => void, kept?: Kept): Promise<void> => {
  const read = await readCase(id, me);
  const { shown, opening, parts, safe, taken } = read;
  const headings = headingsOf(read);
  const messages = parts.map(({ heading, opened }) => card(heading, ...drawn(id, opened, headings)));
  const concerns = new Set([...shown.concerns, ...read.ticked.map(({ name }) => name)]);
  const again = async (said: string, kept?: Kept): Promise<void> => {
    await showCase(id, me, back, kept);
    say(said);
  };
  // A step stands above, with what it was.
  const happened = shown.events
    .filter(({ kind }) => kind !== 'worked')
    .map((event) => element('li', { text: `${dayWords(event.day)}: ${did(event, shown.names)}.` }));
  const late = isLate(shown);
  const others = lettingIn(shown, opening, again);
  const begun = kept && 'kind' in kept && kept.kind === 'asked' ? kept : undefined;
  const goesOut = exporting(read, { me, begun, again });
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
          draft: kept && 'kind' in kept && kept.kind !== 'asked' ? kept : undefined,
          again,
        })),
    whatNext(shown, {
      me,
      safe,
      work: workOf(taken, [...concerns]),
      draft: kept && 'does' in kept ? kept : undefined,
      again,
    }),
    ...(goesOut === undefined ? [] : [goesOut]),
    ...(others === undefined ? [] : [others]),
  );
};
