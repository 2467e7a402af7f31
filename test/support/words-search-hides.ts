/** What the rep, or a friend, does in a generated play with what a colleague wrote. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { givesAll, movesOn } from './said-matrix-play.ts';
import { changed, pick, PLACES, taken, writes, type Turn } from './words-search-acts.ts';
import type { Written } from './words-search-said.ts';

/** The same words, so that they say something else, or look the same. */
const ALTERED: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll(': no, ', '. No. ').replaceAll('!', '?'),
  (text) => text.toUpperCase(),
  (text) => text.replaceAll('e', 'е').replaceAll('a', 'а'),
  (text) => `${text} That was long ago.`,
  (text) => text.replaceAll(' ', '  '),
  (text) => text.replaceAll(',', ''),
  (text) => text,
];
/** A capital mark is still one. */
const markKept = (text: string): string => text.replaceAll(/ZQ(\d+)X/g, 'zq$1x').replaceAll(/zq(\d+)х/g, 'zq$1x');
const altered = (text: string, m: number): string => markKept(pick(ALTERED, m)(text));

const OWN = { name: 'A report of our own', year: 2026, url: 'https://own.example.org/y' };

/** Where the words of somebody else than the rep stand under an answer. */
const placesOf = (view: DealView, written: readonly Written[]): [section: string, question: string][] =>
  view.policy.sections.flatMap(({ id }) =>
    Object.entries({ ...view.deal.answers[id], ...view.deal.drafts[id] }).flatMap(
      ([question, answer]): [string, string][] => {
        const text = JSON.stringify(answer);
        return written.some((one) => text.includes(JSON.stringify(one.text).slice(1, -1))) ? [[id, question]] : [];
      },
    ),
  );

const mapSources = (
  one: GivenAnswer,
  to: (source: GivenAnswer['sources'][number]) => GivenAnswer['sources'],
): GivenAnswer => ({
  ...one,
  sources: one.sources.flatMap(to),
  ...(one.basis?.sources ? { basis: { ...one.basis, sources: one.basis.sources.flatMap(to) } } : {}),
});

/** What is made of an answer that has words of another. */
const OVER: Readonly<Record<string, (one: GivenAnswer, m: number) => GivenAnswer>> = {
  alter: (one, m) => ({
    ...mapSources(one, (source) => [{ ...source, name: altered(source.name, m) }]),
    ...(one.note === undefined ? {} : { note: altered(one.note, m) }),
    ...(typeof one.value === 'string' && one.value.includes('zq') ? { value: altered(one.value, m) } : {}),
  }),
  'drop note': ({ note: _note, ...one }) => one,
  'own note': (one) => ({ ...one, note: 'They told us that all is well.' }),
  'own source': (one) => ({ ...one, sources: [OWN] }),
  'no source': (one) => ({ ...one, sources: [] }),
  'add source': (one, m) => ({ ...one, sources: m % 2 === 0 ? [...one.sources, OWN] : [OWN, ...one.sources] }),
  'to basis': ({ sources, ...one }) => ({ ...one, sources: [], basis: { sources } }),
  'from basis': ({ basis, ...one }) => ({ ...one, sources: [...one.sources, ...(basis?.sources ?? [])] }),
  'other year': (one, m) =>
    mapSources(
      one,
      ({ url, ...source }) => [{ ...source, year: 2020, ...(m % 2 === 0 ? { url } : {}) }] as GivenAnswer['sources'],
    ),
  'twelve sources': (one) => ({
    ...one,
    sources: [...Array.from({ length: 12 }, (_, i) => ({ name: `Our report ${i}`, year: 2026 })), ...one.sources],
  }),
  value: (one) =>
    typeof one.value === 'string' && one.value.includes('zq')
      ? { ...one, value: 'They count cars.' }
      : { ...one, value: one.value === 'no' ? 'unknown' : 'no' },
  yes: (one) => ({ ...one, value: 'yes' }),
  'told by': (one) => ({ ...one, sources: [], basis: { told: 'senior-2' } }),
};

const over =
  (name: string) =>
  async (turn: Turn): Promise<void> => {
    const { play, act, written } = turn;
    const view = await play.view();
    const places = placesOf(view, written);
    const [section, question] = places.length === 0 ? pick(PLACES, act.n) : pick(places, act.n);
    await writes(
      turn,
      act.who,
      section,
      changed(question, (one) => OVER[name]!(one, act.m)),
      act.m % 5 === 4,
    );
  };

const correcting = (change: (now: DealDetails, m: number) => DealDetails) => async (turn: Turn) => {
  await taken(turn, 'scope');
  await turn.play.corrects(turn.act.who, (now) => change(now, turn.act.m), 'A slip of the pen.');
};

const BOXES = Array.from({ length: 12 }, (_, i) => ({ name: `House ${i}`, role: `carries the boxes ${i}` }));

/** What the rep, or a friend, does then. */
export const HIDES: Readonly<Record<string, (turn: Turn) => Promise<void>>> = {
  ...Object.fromEntries(Object.keys(OVER).map((name) => [name, over(name)])),
  'alter details': correcting((now, m) => ({
    ...now,
    customer: altered(now.customer, m),
    endUser: { ...now.endUser, name: altered(now.endUser.name, m) },
    intermediaries: now.intermediaries.map(({ name, role }) => ({
      name: m % 2 === 0 ? altered(name, m) : name,
      role: altered(role, m),
    })),
  })),
  'twelve before': correcting((now) => ({ ...now, intermediaries: [...BOXES, ...now.intermediaries].slice(0, 20) })),
  'nobody between': correcting((now) => ({ ...now, intermediaries: [] })),
  'other role': correcting((now) => ({
    ...now,
    intermediaries: now.intermediaries.map(({ name }) => ({ name, role: 'reseller' })),
  })),
  'other name': correcting((now) => ({
    ...now,
    intermediaries: now.intermediaries.map(({ role }, i) => ({ name: `Kairat ${i}`, role })),
  })),
  'other customer': correcting((now) => ({ ...now, customer: 'Bekzat Supply' })),
  'other end-user': correcting((now) => ({ ...now, endUser: { ...now.endUser, name: 'Nazar Mill' } })),
  'usual end-user': correcting((now) => ({ ...now, endUser: { ...now.endUser, name: 'Nazar Loom House' } })),
  'other product': correcting((now) => ({ ...now, product: { id: 'network', name: 'Sample network protection' } })),
  'usual product': correcting((now) => ({ ...now, product: { id: 'weather', name: 'Sample weather sensor' } })),
  'other kind': correcting((now) => ({
    ...now,
    endUser: { ...now.endUser, kind: now.endUser.kind === 'private' ? 'government' : 'private' },
  })),
  'copy elsewhere': async (turn) => {
    const { act, written } = turn;
    if (written.length === 0) return;
    const { text } = pick(written, act.n);
    const [section, question] = pick(PLACES, act.m);
    const words = altered(text, act.m);
    await writes(
      turn,
      act.who,
      section,
      changed(question, (one) =>
        act.n % 2 === 0 ? { ...one, note: words } : { ...one, sources: [{ name: words, year: 2026 }] },
      ),
      false,
    );
  },
  'copy as role': async ({ play, act, written }) => {
    if (written.length === 0) return;
    const words = altered(pick(written, act.n).text, act.m);
    await play.corrects(
      act.who,
      (now) => ({ ...now, intermediaries: [...now.intermediaries, { name: 'Alma House', role: words }] }),
      'A slip.',
    );
  },
  'hand over': async ({ play, act }) =>
    play.does((await play.view()).deal.owner, {
      type: 'HandOverSection',
      section: pick(PLACES, act.n)[0],
      to: act.m % 2 === 0 ? 'legal-1' : 'product-1',
      note: 'Please look.',
    }),
  'take back': async ({ play, act }) =>
    play.does((await play.view()).deal.owner, { type: 'TakeSectionBack', section: pick(PLACES, act.n)[0] }),
  'save as it is': (turn) =>
    writes(turn, turn.act.who, pick(PLACES, turn.act.n)[0], (all) => all, turn.act.m % 2 === 0),
  'all well': ({ play }) => givesAll(play),
  owner: async ({ play, act }) => {
    const { owner } = (await play.view()).deal;
    await play.does(owner, {
      type: 'ReassignOwner',
      to: owner === 'rep-1' ? pick(['legal-1', 'rep-2', 'product-1'], act.m) : 'rep-1',
      reason: 'I am away.',
    });
  },
  withdraw: async ({ play }) => {
    const { owner } = (await play.view()).deal;
    await play.does(owner, { type: 'Withdraw', reason: 'We have another plan.' });
    await play.does(owner, { type: 'Reopen', reason: 'They came back to us.' });
  },
  'move on': ({ play }) => movesOn(play),
  'end it': async ({ play }) => {
    const { owner } = (await play.view()).deal;
    await play.does(owner, { type: 'Withdraw', reason: 'We have another plan.' });
  },
  later: ({ play, act }) => play.later(pick([1, 8, 40], act.m)),
};
