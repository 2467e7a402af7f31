/** The made-up company's programme: what compliance says of each part, who was asked, the policy, the channel's review. */

import { fileURLToPath } from 'node:url';
import { addDays } from '../../../flows/calendar.ts';
import type { Day, PersonId } from '../../../flows/ids.ts';
import { OPERATOR } from '../../../flows/organisation.ts';
import type { AskedKind } from '../../../flows/programme/asked-kinds.ts';
import { ELEMENTS, type ElementId } from '../../../flows/programme/elements.ts';
import { loadHumanRightsPolicy } from '../../config/human-rights-policy-file.ts';
import type { Registers } from '../../streams/registers.ts';
import { SampleRefused } from './answering.ts';
import { YEAR_COUNTRIES } from './year-plan.ts';

const SAID: Readonly<Record<ElementId, string>> = {
  commitment: 'Sample: we check before we sell, and say no where people would be harmed.',
  support: 'Sample: the chief told everybody in the yearly meeting that no sale is worth a person’s harm.',
  training: 'Sample: a course of an hour, each year; new people take it in their first month.',
  process: 'Sample: what is sold by partners is checked with us, not by them alone.',
  working: 'Sample: many deals were declined late, so sales now asks compliance before an offer.',
  asked: 'Sample: two embassies and a rights group, each year; people on the spot we do not reach yet.',
  channel: 'Sample: the address stands in each contract and on the box.',
  remedy: 'Sample: the chief decides with counsel; a fund of the company pays.',
  reporting: 'Sample: on the website under “Human rights”, and in the annual report.',
};

/** How long ago, in days, and what came of it. */
const ASKED = [
  [
    'A sample embassy',
    'public',
    300,
    'how an election office is supervised',
    'We ask for an observer now, before we deliver.',
  ],
  ['A sample rights group', 'rights', 160, 'reports on how protests are watched', 'Two deals were declined.'],
  ['A sample trade union', 'workers', 40, 'cameras at the places where its members work', undefined],
] as const;

/** In the year of the report: so many of each kind, each another one. */
const ASKED_THEN: readonly (readonly [AskedKind, number])[] = [
  ['rights', 7],
  ['public', 6],
  ['affected', 2],
];

const SAMPLE_ASKED = ['Avelline', 'Borduran', 'Cascovar', 'Drelmont', 'Esquilor', 'Fandrake', 'Gollimar'];

export const SAMPLE_POLICY = fileURLToPath(new URL('sample-human-rights-policy.yml', import.meta.url));

export interface Saying {
  year: number;
  today: Day;
  compliance: PersonId;
  chief: PersonId;
  cause: (step: string) => string;
}

type Handled = { kind: 'accepted' } | { kind: 'refused'; refusal: { text: string } };
const must = (what: string, done: Handled): void => {
  if (done.kind === 'refused') throw new SampleRefused(what, done.refusal.text);
};

/** What people said already stays as they said it. */
export const sayProgramme = async (
  { programme, channelReview, countries }: Pick<Registers, 'programme' | 'channelReview' | 'countries'>,
  { year, today, compliance, chief, cause }: Saying,
): Promise<void> => {
  const { state } = await programme.now();
  const ask = (step: string, actor = compliance) => ({ actor, cause: cause(step) });
  for (const [n, element] of ELEMENTS.entries()) {
    if (state.entries[element]) continue;
    const top = element === 'support' ? { who: chief, on: addDays(today, -60) } : {};
    const said = {
      owner: compliance,
      next: addDays(today, 200 + 10 * n),
      evidence: 'Sample folder of the compliance team',
    };
    must(
      element,
      await programme.handle(
        { type: 'SayElement', element, from: 0, text: SAID[element], ...said, ...top },
        ask(element),
      ),
    );
  }
  if (state.asked.length === 0) {
    for (const [who, kind, ago, about, came] of ASKED) {
      const recorded = { who, kind, on: addDays(today, -ago), about, ...(came === undefined ? {} : { came }) };
      must(who, await programme.handle({ type: 'RecordAsked', ...recorded }, ask(`asked:${ago}`)));
    }
  }
  for (const [kind, many] of ASKED_THEN) {
    for (let n = 0; n < many; n += 1) {
      const who = `Sample ${SAMPLE_ASKED[n % SAMPLE_ASKED.length]} ${kind === 'affected' ? 'residents' : kind === 'rights' ? 'rights watch' : 'embassy'}`;
      const on = `${year}-${String(2 + n).padStart(2, '0')}-15`;
      if (state.asked.some((one) => one.who === who && one.on === on)) continue;
      const recorded = { who, kind, on, about: 'what they know of the agency', came: 'It was taken into the review.' };
      must(who, await programme.handle({ type: 'RecordAsked', ...recorded }, ask(`asked:${kind}:${n}`)));
    }
  }
  if (!state.policy) {
    const { policy, address, hash } = loadHumanRightsPolicy(SAMPLE_POLICY, today);
    const { version, approvedBy, approvedOn, instruments } = policy;
    const published = {
      version,
      approvedBy,
      approvedOn,
      hash,
      instruments: [...instruments],
      ...(address === undefined ? {} : { address }),
    };
    must('policy', await programme.handle({ type: 'PublishPolicy', policy: published }, ask('policy', OPERATOR)));
  }
  if (!(await channelReview.now()).state.reviewed) {
    const note = 'Sample review: nobody waited longer than a week for the first answer.';
    must('channel', await channelReview.handle({ type: 'ReviewChannel', note }, ask('channel')));
  }
  const [country = ''] = YEAR_COUNTRIES;
  const note = 'Sample look: nothing changed there.';
  // Nobody watches a country of which no deal was counted yet.
  await countries.handle({ type: 'SayLooked', country, found: 'nothing new', note }, ask(`looked:${country}`));
};
