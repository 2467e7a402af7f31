/** A tour of five steps for newcomers, in both panes. It can be closed, and does not come back by itself then. */

import { byId, el } from './dom.ts';
import { show } from './place.ts';
import { askAt, remember, remembered } from './server.ts';

interface Step {
  title: string;
  text: string;
  /** What it speaks of: it is outlined meanwhile, by the style sheet. */
  of: 'who' | 'channel' | 'side' | 'composer' | 'rail';
  /** The part that a narrow window shows for it. */
  pane: 'side' | 'channel';
}

const steps = (newDeal: string): readonly Step[] => [
  {
    title: 'You can be anybody here',
    text: 'These are the people of a sample company. Choose who you are, and you see what they see: their messages and their buttons. What each of them does stands beside the name.',
    of: 'who',
    pane: 'side',
  },
  {
    title: 'Three sample deals stand ready',
    text: 'One waits for an approval, one is being answered and has red flags already, one is approved and has a condition to keep. Open the replies of one to read how it went.',
    of: 'channel',
    pane: 'channel',
  },
  {
    title: 'Decide on one',
    text: 'Be Sample Senior Approver Two, open your messages with Clearthread, and press Review. Sample Rep can’t: nobody decides on their own deal.',
    of: 'side',
    pane: 'side',
  },
  {
    title: 'Clear a deal of your own',
    text: `Be Sample Rep, and write ${newDeal} in the clearance channel. The first questions take a minute.`,
    of: 'composer',
    pane: 'channel',
  },
  {
    title: 'The other chat, and later',
    text: 'The same deals stand in Slack and in Teams. Travel in time brings what comes later: reminders, due dates, the digest.',
    of: 'rail',
    pane: 'side',
  },
];

/** In the browser, not in the tab: whoever closed the tour has seen it. */
const SEEN = 'clearthread-tour';
/** The step of this tab, also after a change of pane. */
const AT = 'tour-step';

let offered = false;

/** Tells whether there is a tour: it speaks of the sample deals. */
export const hasTour = (): boolean => offered;

/** Shows the tour from a step on, counted from 0. `newDeal`: the words that begin a deal in this pane. */
export const showTour = (newDeal: string, first = 0): void => {
  const all = steps(newDeal);
  const box = byId('tour');
  let at = Math.min(Math.max(first, 0), all.length - 1);

  const title = el('strong', { class: 'tour-title' });
  const text = el('p', {});
  const close = (): void => {
    localStorage.setItem(SEEN, 'yes');
    remember(AT, '');
    box.hidden = true;
    delete document.body.dataset['tour'];
    document.getElementById('take-tour')?.focus();
  };
  const go = (by: number): void => {
    if (at + by >= all.length) return close();
    at += by;
    draw();
  };
  const back = el('button', { type: 'button', class: 'quiet', onclick: () => go(-1) }, 'Back');
  const next = el('button', { type: 'button', class: 'primary', onclick: () => go(1) });

  const draw = (): void => {
    const step = all[at];
    if (!step) return;
    remember(AT, String(at));
    title.textContent = `${at + 1} of ${all.length}: ${step.title}`;
    text.textContent = step.text;
    back.hidden = at === 0;
    next.textContent = at === all.length - 1 ? 'Done' : 'Next';
    show(step.pane);
    document.body.dataset['tour'] = step.of;
  };
  box.replaceChildren(
    el('div', { class: 'tour-words', 'aria-live': 'polite' }, title, text),
    el(
      'div',
      { class: 'tour-steps' },
      back,
      next,
      el('button', { type: 'button', class: 'quiet', onclick: close }, 'Close the tour'),
    ),
  );
  box.onkeydown = (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  box.hidden = false;
  draw();
};

/** Asks whether there is a tour, and shows it to whoever has not closed it yet. */
export const beginTour = async (newDeal: string, drawn: () => void): Promise<void> => {
  ({ offered } = await askAt<{ offered: boolean }>('/playground/tour', {}));
  if (!offered) return;
  drawn();
  if (localStorage.getItem(SEEN) === null) showTour(newDeal, Number(remembered(AT) ?? 0));
};

/** The button that shows the tour again. */
export const tourButton = (newDeal: string): HTMLElement =>
  el(
    'button',
    {
      type: 'button',
      id: 'take-tour',
      class: 'quiet',
      onclick: () => {
        showTour(newDeal);
        byId('tour').querySelector<HTMLElement>('button.primary')?.focus();
      },
    },
    'Take the tour',
  );
