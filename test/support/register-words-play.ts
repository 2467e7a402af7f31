/** What stands outside a deal, on a desk with a deal of before: what officers do in registers, and a deal that comes after. */

import type { AcceptedOf } from '../../flows/gap-acceptance.ts';
import type { Source } from '../../flows/ids.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import type { Registers } from '../../src/streams/registers.ts';
import type { Ask } from '../../src/streams/stream-kind.ts';
import { severalDeals, type Parties, type SeveralDeals } from './between-deals.ts';
import { pictureContext } from './picture-deal.ts';
import { movesOn, playOf, type Play } from './said-matrix-play.ts';
import { FINE, MILD, SHEET_SOURCE } from './sheets.ts';

export const BEFORE: Parties = {
  endUser: 'Nazar Loom House',
  kind: 'government',
  customer: 'Askar Trade',
  between: [],
  product: 'weather',
  destination: 'NO',
};
/** Another end-user, of the same kind, product and country. */
const AFTER: Parties = { ...BEFORE, endUser: 'Tolbun Ferry Bureau', customer: 'Borim Supply' };

export const COUNTRY: AcceptedOf = { of: 'country', country: 'NO' };
export const PRODUCT: AcceptedOf = { of: 'product', product: 'weather', name: 'Sample weather sensor' };

type Act = (registers: Registers, ask: Ask) => Promise<{ kind: string }>;

export interface Desk extends Pick<SeveralDeals, 'form' | 'later' | 'record'> {
  /** An act in a register, which the deals then hear of. */
  register(by: string, act: Act): Promise<void>;
  /** A register as it is. */
  see<T>(of: (registers: Registers) => Promise<T>): Promise<T>;
  /** The deal that was there before. */
  before: Play;
  /** A deal with another end-user that comes after it, with all answers. */
  after(parties?: Partial<Parties>): Promise<Play>;
  /** Another that is there. */
  deal(id: string): Play;
  fork(): Desk;
  end(): Promise<void>;
}

const { organisation } = pictureContext();

const MORE: Readonly<Record<string, string>> = { counsel: 'counsel-2', compliance: 'compliance-3' };

/** A second counsel, and a third of compliance. */
export const COMPANY = {
  people: [
    ...organisation.people,
    { id: 'legal-1', name: 'Sample Legal Adviser', slack: 'U0LEGAL1' },
    { id: 'compliance-3', name: 'Sample Compliance Three', slack: 'U0COMPLIANCE3' },
    { id: 'counsel-2', name: 'Sample Counsel Two', slack: 'U0COUNSEL2' },
  ],
  groups: organisation.groups.map((group) =>
    MORE[group.id] ? { ...group, members: [...group.members, MORE[group.id]!] } : group,
  ),
};

export const deskOf = (deals: SeveralDeals, before: string): Desk => ({
  form: (...all) => deals.form(...all),
  later: (days) => deals.later(days),
  record: (deal) => deals.record(deal),
  register: (by, act) => deals.register(act, by),
  see: async (of) => {
    let seen: unknown;
    await deals.register(async (registers) => {
      seen = await of(registers);
      return { kind: 'accepted' };
    }, 'compliance-1');
    return seen as Awaited<ReturnType<typeof of>>;
  },
  before: playOf(deals, before, 'ordinary'),
  after: async (parties = {}) => {
    const play = playOf(deals, await deals.open({ ...AFTER, ...parties }), 'ordinary');
    await movesOn(play);
    return play;
  },
  deal: (id) => playOf(deals, id, 'ordinary'),
  fork: () => deskOf(deals.fork(), before),
  end: () => deals.end(),
});

export const aDesk = async (): Promise<Desk> => {
  const deals = severalDeals({}, undefined, COMPANY);
  const desk = deskOf(deals, await deals.open(BEFORE));
  await movesOn(desk.before);
  return desk;
};

type Values = Readonly<Record<string, FactValue>>;
type Notes = Readonly<Record<string, string>>;

/** Saves a product sheet (`of: 'product'`) or a country brief over whatever stands. */
export const saves = async (
  desk: Pick<Desk, 'register'>,
  by: string,
  of: 'product' | 'country',
  change: Values = {},
  notes: Notes = {},
  why?: string,
  source: Source = SHEET_SOURCE,
): Promise<void> => {
  const on = of === 'product' ? PRODUCT : COUNTRY;
  const id = of === 'product' ? 'product:weather' : 'country:NO';
  await desk.register(by, async ({ sheets }, ask) => {
    const { state } = await sheets.now();
    const from = state.sheets[id]?.version ?? 0;
    const answers = Object.fromEntries(
      Object.entries({ ...(of === 'product' ? MILD : FINE), ...change }).map(([question, value]) => [
        question,
        { value, sources: [source], ...(notes[question] === undefined ? {} : { note: notes[question] }) },
      ]),
    );
    return sheets.handle({ type: 'SaveSheet', on, from, answers, ...(why === undefined ? {} : { why }) }, ask);
  });
};

export const judges = async (desk: Desk, by: string, of: 'product' | 'country', reason?: string): Promise<void> => {
  const sheet = of === 'product' ? 'product:weather' : 'country:NO';
  await desk.register(by, async ({ sheets }, ask) => {
    const asOf = (await sheets.now()).state.sheets[sheet]!.waits!.at;
    return reason === undefined
      ? sheets.handle({ type: 'ConfirmSheet', sheet, asOf }, ask)
      : sheets.handle({ type: 'RefuseSheet', sheet, asOf, reason }, ask);
  });
};

export const disputes = (desk: Desk, by: string, of: 'product' | 'country', question: string, reason: string) =>
  desk.register(by, ({ sheets }, ask) =>
    sheets.handle(
      {
        type: 'DisputeSheet',
        sheet: of === 'product' ? 'product:weather' : 'country:NO',
        questions: [question],
        reason,
      },
      ask,
    ),
  );

export const settlesDispute = (desk: Desk, by: string, of: 'product' | 'country', reason: string) =>
  desk.register(by, async ({ sheets }, ask) => {
    const sheet = of === 'product' ? 'product:weather' : 'country:NO';
    const dispute = (await sheets.now()).state.sheets[sheet]!.disputes[0]!.id;
    return sheets.handle({ type: 'SettleDispute', sheet, dispute, reason }, ask);
  });

export const notesLaws = (desk: Desk, by: string, looked: string, country = 'NO') =>
  desk.register(by, ({ countries }, ask) => countries.handle({ type: 'NoteLaws', country, looked }, ask));

export const accepts = (desk: Desk, by: string, reason: string, until = '2027-08-01', questions = ['H-RF4']) =>
  desk.register(by, ({ gaps }, ask) => gaps.handle({ type: 'AcceptGap', on: COUNTRY, questions, reason, until }, ask));

export const endsGap = (desk: Desk, by: string, reason: string) =>
  desk.register(by, async ({ gaps }, ask) => {
    const acceptance = Object.keys((await gaps.now()).state.acceptances)[0]!;
    return gaps.handle({ type: 'EndGap', acceptance, reason }, ask);
  });

export const alerts = (desk: Desk, by: string, why: string) =>
  desk.register(by, ({ countries }, ask) =>
    countries.handle({ type: 'IssueAlert', country: 'NO', why, on: '2027-03-01' }, ask),
  );

export const endsAlert = (desk: Desk, by: string, reason: string) =>
  desk.register(by, async ({ countries }, ask) => {
    const alert = Object.keys((await countries.now()).state.alerts)[0]!;
    return countries.handle({ type: 'EndAlert', alert, reason, team: [] }, ask);
  });

export const looks = (desk: Desk, by: string, found: 'nothing new' | 'something new', note: string) =>
  desk.register(by, ({ countries }, ask) => countries.handle({ type: 'SayLooked', country: 'NO', found, note }, ask));

export const watches = (desk: Desk, watcher: string) =>
  desk.register('compliance-1', ({ countries }, ask) =>
    countries.handle({ type: 'AssignWatcher', country: 'NO', watcher }, ask),
  );

/** Somebody outside was asked of that. */
export const asks = (desk: Pick<Desk, 'register'>, by: string, about: string, came: string) =>
  desk.register(by, ({ programme }, ask) =>
    programme.handle(
      { type: 'RecordAsked', who: 'A rights group', kind: 'rights', on: '2027-02-01', about, came },
      ask,
    ),
  );
export const saysWhatCame = (desk: Desk, by: string, came: string) =>
  desk.register(by, async ({ programme }, ask) => {
    const asked = (await programme.now()).state.asked[0]!.id;
    return programme.handle({ type: 'SayWhatCame', asked, came }, ask);
  });

/** Of an end-user, or of a deal. `from`: it is planned. */
export const holds = (
  desk: Desk,
  by: string,
  reason: string,
  { from, ...on }: ({ name: string } | { deal: string }) & { from?: string },
) =>
  desk.register(by, ({ holds: register }, ask) =>
    register.handle(
      {
        type: 'PlaceHold',
        on: 'deal' in on ? { of: 'deal', deal: on.deal } : { of: 'end-user', name: on.name },
        stop: ['support'],
        because: 'inquiry',
        reason,
        review: '2027-12-01',
        ...(from === undefined ? {} : { from }),
        reach: { deals: 1, team: [] },
      },
      ask,
    ),
  );

export const endsHold = (desk: Desk, by: string, reason: string) =>
  desk.register(by, async ({ holds: register }, ask) => {
    const { holds: all, planned = {} } = (await register.now()).state;
    const hold = [...Object.keys(all), ...Object.keys(planned)][0]!;
    return register.handle({ type: 'LiftHold', hold, reason, reach: { deals: 1, team: [] } }, ask);
  });

/** The deal is said to be out of scope, and an officer confirms that on its form, or sends it back. */
export const judgesScope = async (deal: Play, by: string, reason?: string): Promise<void> => {
  await deal.gives('rep-1', 'scope', { 'G1-capability': { value: 'no' } });
  const form = await deal.form(by, 'deal.confirm-scope');
  const done = await form?.press(reason === undefined ? { verdict: 'confirm' } : { verdict: 'refuse', reason });
  if (!done) throw new Error(`the scope is not judged: ${JSON.stringify(form?.inputs)}`);
};
