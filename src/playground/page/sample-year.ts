/** "Sample year": asks before it adds a year of made-up deals, and says how far it is. */

import { whenTravelled } from './business-clock.ts';
import { byId, el, redraw, run } from './dom.ts';
import { askAt, tellAt } from './server.ts';
import type { SampleYear } from './year-wire.ts';

const PATH = '/playground/year';
const AGAIN_MS = 700;
const PUBLIC = '/playground/public/';

let asks = false;
let again: number | undefined;
let said: SampleYear | undefined;

const button = (label: string, press: () => void): HTMLElement =>
  el('button', { type: 'button', 'data-press': label, onclick: press }, label);

const show = (to: SampleYear): void => {
  const was = said?.state;
  said = to;
  draw();
  clearTimeout(again);
  if (to.state === 'adding') again = setTimeout(() => run(look()), AGAIN_MS);
  // Announced once, not with each deal.
  if (was !== undefined && was !== to.state) byId('sample-year-news').textContent = news(to);
};

const look = async (): Promise<void> => {
  const now = await askAt<SampleYear>(PATH, {});
  // It was asked about another year.
  if (now.year !== said?.year) asks = false;
  show(now);
};

const news = ({ state, year, error }: SampleYear): string => {
  switch (state) {
    case 'adding':
      return `The sample year ${year} is being added.`;
    case 'there':
      return `The sample year ${year} is there.`;
    case 'failed':
      return error ?? 'It could not be added.';
    default:
      return '';
  }
};

const add = async (): Promise<void> => {
  asks = false;
  const done = await tellAt<SampleYear>(PATH, { year: said?.year });
  if ('state' in done) show(done);
  else if (said) show({ ...said, state: 'failed', error: done.error });
};

const ask = (to: boolean): void => {
  asks = to;
  draw();
  byId('sample-year').querySelector<HTMLElement>('button')?.focus();
};

const note = (text: string): HTMLElement => el('p', { class: 'note' }, text);

const parts = ({ state, year, done, all, error }: SampleYear): HTMLElement[] => {
  if (state === 'adding')
    return [
      note(all > 0 ? `Adding ${year}: deal ${Math.min(done + 1, all)} of ${all}.` : `Adding ${year}.`),
      el('progress', { max: all || 1, value: done, 'aria-label': `Sample year ${year}` }),
    ];
  const pages = el('p', { class: 'note' }, el('a', { href: PUBLIC, target: '_blank' }, 'What was published'));
  if (state === 'there')
    return [note(`The sample year ${year} is there. As compliance, say “programme”, or “report-year ${year}”.`), pages];
  if (asks)
    return [
      note(`This adds some 70 made-up deals of ${year}. They can’t be taken out again, and nobody is told of them.`),
      el(
        'div',
        { class: 'steps' },
        button(`Add ${year}`, () => run(add())),
        button('Not now', () => ask(false)),
      ),
    ];
  return [
    ...(error === undefined ? [] : [note(error)]),
    note('To see the programme and a yearly report with figures in them.'),
    el(
      'div',
      { class: 'steps' },
      button('Add a sample year', () => ask(true)),
    ),
    pages,
  ];
};

function draw(): void {
  const box = byId('sample-year-box');
  if (said) redraw(box, parts(said));
}

/** Draws it once for each page, below "Travel in time". */
export const drawSampleYear = (): void => {
  byId('sample-year').replaceChildren(
    el('h2', {}, 'Sample year'),
    el('span', { id: 'sample-year-news', class: 'visually-hidden', role: 'status' }),
    el('div', { id: 'sample-year-box' }),
  );
  run(look());
  whenTravelled(() => run(look()));
  // It may have been added from another window.
  addEventListener('focus', () => run(look()));
};
