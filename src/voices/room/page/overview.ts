/** What is due, who reads here, and who waits to be vouched for. */

import type { CaseDue } from '../../../../flows/voices/clocks.ts';
import { countIn, yearLines } from '../../../../flows/voices/counting.ts';
import { draw, element } from '../../../signing/page/draw.ts';
import { signWith } from '../../../signing/page/passkey.ts';
import { open } from '../../sealing.ts';
import type { CaseLine, Colleague, Named, Overview, ToVouch, Vouched } from '../wire.ts';
import { ask, trying } from './ask.ts';
import type { Me } from './entering.ts';
import { bytesOf } from './keys.ts';
import { newKeyCard } from './letting-in.ts';
import { ABOUT } from './step-words.ts';
import { button, buttons, card, dayWords, field, form, say, show, words } from './view.ts';

const DUE: Record<CaseDue['what'], string> = {
  acknowledge: 'say that it arrived',
  feedback: 'say what came of it',
  work: 'look at what has to be done',
  ask: 'ask how it went on for them',
};

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What has to be done in a case, and until when. */
export const dueWords = ({ due, over, erasedOn }: CaseLine): string => {
  const since = over === undefined ? [] : [`Over since ${dayWords(over)}.`];
  const gone = erasedOn === undefined ? [] : [`It is erased on ${dayWords(erasedOn)}.`];
  return [...since, ...(over !== undefined && !due ? [] : [stillDue(due)]), ...gone].join(' ');
};

const stillDue = (due: CaseDue | undefined): string => {
  if (!due) return 'Nothing is due.';
  const what = DUE[due.what];
  if (due.left < 0) return `Overdue: ${what}. It was due by ${dayWords(due.by)}, ${days(-due.left)} ago.`;
  if (due.left === 0) return `Today is the last day: ${what}.`;
  return `${capital(what)} by ${dayWords(due.by)}: ${days(due.left)} left.`;
};

export const isLate = ({ due }: CaseLine): boolean => due !== undefined && due.left < 0;

/** Within so many days it is said at the top. */
const SOON = 7;

const summary = (cases: readonly CaseLine[]): string => {
  const open = cases.filter(({ over, due }) => over === undefined || due !== undefined);
  const late = open.filter(isLate).length;
  const soon = open.filter(({ due }) => due !== undefined && due.left >= 0 && due.left <= SOON).length;
  const wrote = open.filter(({ newest }) => newest !== undefined).length;
  const parts = [
    ...(late > 0 ? [`${late} overdue`] : []),
    ...(soon > 0 ? [`${soon} due within ${SOON} days`] : []),
    ...(wrote > 0 ? [`${wrote} with something new from who reported it`] : []),
  ];
  if (parts.length > 0) return `Cases: ${parts.join(', ')}.`;
  return open.length > 0 ? 'Nothing is due this week.' : 'Nothing waits for you.';
};

const lineOf = (line: CaseLine, open: (id: string) => void): HTMLElement => {
  const press = button(line.id, () => open(line.id), 'wide');
  press.append(
    element('span', { text: `Arrived on ${dayWords(line.day)}.`, className: 'quiet' }),
    element('span', { text: dueWords(line), className: isLate(line) ? 'late' : 'quiet' }),
  );
  if (line.newest !== undefined) {
    press.append(element('span', { text: `They wrote again on ${dayWords(line.newest)}.`, className: 'quiet' }));
  }
  return element('li', {}, press);
};

const STATES: Record<Colleague['state'], string> = {
  active: 'reports are sealed to them',
  waits: 'waits to be vouched for',
  left: 'left',
  altered:
    'not the person, key or passkey for which somebody vouched, so nothing is sealed to them. Tell the others, by voice',
};

const people = ({ me, others }: Overview): HTMLElement =>
  element(
    'ul',
    {},
    ...[me, ...others].map(({ id, name, role, state, by, hasNewKey }) =>
      element('li', {
        text: `${name}, ${role}${id === me.id ? ' (you)' : ''}${hasNewKey ? ', with a new key' : ''}: ${STATES[state]}${by.length > 0 && (state === 'active' || state === 'waits') ? `; ${by.join(' and ')} vouched for them${state === 'waits' ? ', and another one has to' : ''}` : ''}.`,
      }),
    ),
  );

/** The other one reads out their characters; the passkey here signs their key. */
const compare = async ({ id }: Named, back: () => Promise<void>): Promise<void> => {
  const { name, role, text, options } = await ask<ToVouch>('vouch/begin', { id });
  const typed = field('input', `The 12 characters that ${name} reads to you`, 'Capitals and spaces do not matter.');
  typed.box.className = 'code';
  typed.box.autocomplete = 'off';
  typed.box.spellcheck = false;
  typed.box.maxLength = 40;
  const submit = async (): Promise<void> => {
    if (typed.box.value.replace(/[\s-]/g, '').length !== 12) {
      say('Please type all 12 characters first.');
      typed.box.focus();
      return;
    }
    say('Your device asks you now…');
    const credential = await signWith(options);
    const { counts } = await ask<Vouched>('vouch/finish', { id, typed: typed.box.value, credential });
    await back();
    say(`Thank you. You vouched for ${name}.${counts ? '' : ' They count once another handler does so as well.'}`);
  };
  const signs = element('pre', { text });
  signs.tabIndex = 0;
  show(
    `Is it ${name}?`,
    card(
      `${name}, ${role}`,
      words(`Call ${name}, or go to them. They sign in here, and read 12 characters to you from their own screen.`),
      words('Never take them from a chat or a mail, or from anybody whose voice or face you do not know.', 'note'),
      form(
        'It is them: sign',
        [...typed.parts, element('details', {}, element('summary', { text: 'Exactly what is signed' }), signs)],
        () => trying(submit),
        button('Not now', () => void trying(back)),
      ),
    ),
  );
};

/** Opened by a press: each takes a moment. */
const countCard = ({ counts, year }: Overview, me: Me): HTMLElement => {
  const place = element('div');
  const count = async (of: number): Promise<void> => {
    say('One moment…');
    const opened = await Promise.all(
      counts.map((sealed) =>
        open(bytesOf(sealed), me.identity).then(
          (value) => countIn(value),
          () => undefined,
        ),
      ),
    );
    const found = opened.flatMap((one) => one ?? []);
    place.replaceChildren(
      element('ul', {}, ...yearLines(found, of).map((line) => element('li', { text: line }))),
      words(
        'Of cases that you could read, also of erased ones. Give it on by voice or paper, not from an account that shows who reads here.',
        'hint',
      ),
    );
    say('');
  };
  return card(
    'For the yearly report',
    words('Closed cases by range, without a word of what they were about.'),
    buttons(
      button(`Count ${year}`, () => void trying(() => count(year))),
      button(`Count ${year - 1}`, () => void trying(() => count(year - 1))),
    ),
    place,
  );
};

export const showOverview = async (self: Me, toCase: (id: string) => void): Promise<void> => {
  const room = await ask<Overview>('room');
  const { missing, spoken, toVouch, newKeys, cases, me } = room;
  const back = (): Promise<void> => showOverview(self, toCase);
  const parts: HTMLElement[] = [];
  if (missing > 0) {
    parts.push(
      card(
        'No report is taken yet',
        words(
          missing === 1
            ? 'One more handler has to be vouched for: two have to be here, so that no report depends on one person alone.'
            : `${missing} handlers have to be vouched for: two have to be here, so that no report depends on one person alone.`,
        ),
      ),
    );
  }
  if (spoken !== undefined) {
    parts.push(
      card(
        'Your 12 characters',
        ...draw([{ kind: 'heading', text: spoken }]),
        words(
          me.hasNewKey || me.by.length > 0
            ? 'Read them to two other handlers: by phone, or in person. They type them, and vouch for you.'
            : 'Read them to another handler: by phone, or in person. They type them, and vouch for you.',
        ),
        words('Please never send them in a chat or a mail.', 'note'),
      ),
    );
  }
  if (toVouch.length > 0) {
    parts.push(
      card(
        'They wait for you',
        element(
          'ul',
          { className: 'plain' },
          ...toVouch.map((named) =>
            element(
              'li',
              {},
              button(
                named.hasNewKey ? `Compare with ${named.name}, who has a new key` : `Compare with ${named.name}`,
                () => void trying(() => compare(named, back)),
                'wide',
              ),
            ),
          ),
        ),
      ),
    );
  }
  parts.push(...newKeys.map((key) => newKeyCard(key, self, back)));
  const late = cases.some(isLate);
  const list =
    cases.length > 0
      ? element('ul', { className: 'plain' }, ...cases.map((line) => lineOf(line, toCase)))
      : words('No report was sealed to you yet.');
  show(
    'Cases',
    element('div', { className: late ? 'card urgent' : 'card' }, words(summary(cases), late ? 'late' : undefined)),
    ...parts,
    card('Sealed to you', list),
    ...(room.counts.length > 0 ? [countCard(room, self)] : []),
    card('Who reads here', people(room), words(ABOUT.open, 'hint'), words(ABOUT.sealed, 'hint')),
  );
};
