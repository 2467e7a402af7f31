/** The rep who opens a second deal with the end-user of a stopped one: other answers, or another product, go around no stop. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownFlagRaisedTold } from '../../../../blocks/cards/facts-asking.ts';
import { heardItems } from '../../../../blocks/cards/others-words.ts';
import { liftedStops } from '../../../../blocks/cards/said-before.ts';
import { readSettleFlagForm, settleFlagForm } from '../../../../blocks/forms/flag.ts';
import { reopenForm } from '../../../../blocks/forms/reopen.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { stopsNow } from '../../../../flows/deal/context/stopped.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { flagShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { OwnFlag } from '../../../../flows/deal/own-flag.ts';
import { scopeSaidOf } from '../../../../flows/deal/said/scope.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, weighed } from '../../../support/picture-deal.ts';
import { voteOf, type Line, type Story } from '../../../support/story.ts';
import { dealNamed, nextLine, noteOf, openNamed, told } from '../../../support/twins.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const REASON = 'It was another office of the same name';
const SECTION = defaultPolicy.question('K1')!.section;
const yes = answerPicture(SECTION, { K1: 'yes' })[1] as Extract<DealCommand, { type: 'AnswerSection' }>;

const begun = (id: string, details: Partial<DealDetails> = {}): Story =>
  openNamed(id, details).and('rep-1', answerPicture('scope', {}, details.endUser?.kind)[1]);
const STOPPED_AT = '2027-03-01T09:04:00.000Z';
/** Stopped by K1, whoever is named. */
const stopped = (id = 'D-ST0PP1', details: Partial<DealDetails> = {}): Story => begun(id, details).and('rep-1', yes);
const flagOf = ({ view }: Story, n = 0): OwnFlag => view.deal.ownFlags[n]!;
/** What waits, settled by somebody who has read all of it. */
const settled = (view: DealView) => {
  const flag = view.deal.ownFlags.find(({ status }) => status === 'pending')!;
  return { flag: flag.id, seen: flagShown(view, flag), reason: REASON };
};
const dismiss = (view: DealView): DealCommand => ({ type: 'DismissFlag', ...settled(view) });
const admit = (view: DealView): DealCommand => ({ type: 'AdmitFlag', weight: 'light', ...settled(view) });
const shown = (deal: Story): string => JSON.stringify(heardItems(deal.view));
const heardOf = (deal: Story): string[] =>
  deal.events.flatMap((event, n) =>
    factNoticesOf(event, n === 0 ? undefined : deal.view, deal.view).flatMap(([fact, targets]) =>
      fact.fact === 'own flag raised' || fact.fact === 'others noted'
        ? targets.flatMap((target) => (target.to === 'person' ? [target.person] : []))
        : [],
    ),
  );

describe('a deal whose end-user may be that of a stopped one', () => {
  const guard = (name: string, more: Partial<DealDetails> = {}): Partial<DealDetails> => ({
    endUser: { name, kind: 'security' },
    ...more,
  });
  const other = { product: { id: 'other' as const, name: 'Sample network shield' } };

  it.each([
    ['a part of it', 'Papa State Guard, Border Unit', {}],
    ['a part of it, named first', 'Border Unit of the Papa State Guard', other],
    ['a plural', 'Papa State Guards', { destination: 'SE' }],
    ['a shorter name', 'Papa Guard', {}],
  ] as const)('waits for the chief alone, called by %s', (_what, name, more) => {
    const twin = told(dealNamed('D-TW1N11', {}, guard(name, more)), stopped('D-ST0PP1', guard('Papa State Guard')));
    expect(flagOf(twin)).toMatchObject({ status: 'pending', weight: 'severe', stops: { 'D-ST0PP1': STOPPED_AT } });
    expect(flagOf(twin).title).toContain('may be the same');
    expect(twin.view.assessment.tier).toBe('high');
    expect(heardOf(twin)).toContain('chief-1');
    twin.when('compliance-1', dismiss).refused('not allowed', /chief compliance officer/);
    expect(shown(twin)).toContain('may be the same');
    expect(shown(twin)).toContain('There it is called “Papa State Guard”.');
    const done = twin.and('chief-1', dismiss);
    expect(flagOf(done)).toMatchObject({ status: 'dismissed', reason: REASON });
    expect(done.view.assessment.tier).toBe('low');
    expect(noteOf(done, stopped('D-ST0PP1', guard('Papa State Guard')))).toBeUndefined();
  });

  it('waits where the stopped one has the longer name, and where it is another party here', () => {
    const base = stopped('D-ST0PP1', guard('Papa State Guard, Border Unit'));
    expect(flagOf(told(dealNamed('D-TW1N11', {}, guard('Papa State Guard')), base)).stops).toBeDefined();
    const between = guard('Oslo Book Fair', { customer: 'Papa State Guard' });
    expect(flagOf(told(dealNamed('D-TW1N11', {}, between), base)).stops).toBeDefined();
  });

  it.each(['Papa Weather Office', 'Sierra State Guard', 'State Guard', 'Papa Trade Co'])(
    'hears nothing as %s',
    (name) => {
      expect(
        noteOf(
          dealNamed('D-TW1N11', {}, guard(name, { destination: 'SE', ...other })),
          stopped('D-ST0PP1', guard('Papa State Guard')),
        ),
      ).toBeUndefined();
    },
  );

  it('waits for compliance where somebody only saved “yes”, and the chief is told', () => {
    const said = begun('D-ST0PP1', guard('Papa State Guard')).and('rep-1', {
      ...yes,
      type: 'SaveSectionForLater',
    } as DealCommand);
    const twin = told(dealNamed('D-TW1N11', {}, guard('Papa State Guard, Border Unit')), said);
    expect(flagOf(twin)).toMatchObject({ status: 'pending', title: 'Another deal says “yes” to what stops a deal' });
    expect(heardOf(twin)).toContain('chief-1');
  });

  it('waits again once it has the very name, whatever was heard or dismissed before', () => {
    const base = stopped('D-ST0PP1', guard('Papa State Guard', { customer: 'Papa Co' }));
    const rename = ({ deal }: DealView): DealCommand => ({
      type: 'CorrectDetails',
      details: { ...deal.details, endUser: { ...deal.details.endUser, name: 'Papa State Guard' } },
      reason: 'The authority gave us its right name',
    });
    for (const name of ['Papa State Guard, Border Unit', 'Oslo Book Fair']) {
      const first = told(dealNamed('D-TW1N11', {}, guard(name, { customer: 'Papa Co' })), base);
      const done = first.view.deal.ownFlags.length > 0 ? first.and('chief-1', dismiss) : first;
      const renamed = told(done.and('rep-1', rename), base);
      expect(renamed.view.deal.ownFlags.at(-1)).toMatchObject({
        status: 'pending',
        title: 'Another deal with this end-user was stopped',
      });
      expect(noteOf(renamed, base)).toBeUndefined();
    }
  });
});

describe('a deal with the end-user of a stopped one', () => {
  const HARMLESS = { product: { id: 'other', name: 'Sample network shield' } };

  it.each([
    ['of the same product', {}],
    ['of another product', HARMLESS],
    ['in another country', { destination: 'SE' }],
  ] as const)('%s is of high risk, and waits for the chief alone', (_which, details) => {
    const twin = told(dealNamed('D-TW1N11', {}, details), stopped());
    const flags = twin.view.deal.ownFlags.filter(({ stops }) => stops);
    expect(flags).toMatchObject([
      { by: SYSTEM, status: 'pending', weight: 'severe', stops: { 'D-ST0PP1': STOPPED_AT } },
    ]);
    expect(twin.view.assessment.tier).toBe('high');
    expect((twin.view.deal as DecidingDeal).tier).toBe('high');
    for (const person of ['compliance-1', 'compliance-2', 'senior-1', 'counsel-1', 'rep-1']) {
      const settle = { type: 'DismissFlag' as const, flag: flags[0]!.id, reason: REASON };
      twin.when(person, settle).refused('not allowed', /chief compliance officer/);
      twin.when(person, { ...settle, type: 'AdmitFlag', weight: 'light' }).refused('not allowed', /chief/);
    }
    expect(shown(twin)).toContain('It was stopped: “Do we know, or have we been told');
    expect(shown(twin)).toContain('{"person":"rep-1"}');
    expect(heardOf(twin)).toContain('chief-1');
  });

  it('raises one flag for a stop, not another for its answers', () => {
    expect(told(dealNamed('D-TW1N11'), stopped()).view.deal.ownFlags).toHaveLength(1);
  });

  it('cannot be approved before the chief settles it, with a reason that stays', () => {
    const twin = told(dealNamed('D-TW1N11'), stopped());
    const voted = twin.vote('compliance-1', weighed).vote('senior-1', weighed);
    voted.when('counsel-1', (view) => voteOf(view, weighed)).refused('not now', /The chief compliance officer must/);
    twin.when('chief-1', (view) => ({ ...dismiss(view), reason: '.' }) as DealCommand).refused('not valid');
    twin.when('chief-1', (view) => ({ ...admit(view), reason: undefined }) as DealCommand).refused('not valid');
    const dismissed = voted.and('chief-1', dismiss);
    expect(flagOf(dismissed)).toMatchObject({ status: 'dismissed', reason: REASON, settledBy: 'chief-1' });
    // What was voted was voted on other facts.
    expect((dismissed.view.deal as DecidingDeal).votes).toEqual([]);
    expect(dismissed.view.assessment.tier).toBe('low');
  });

  it('stays of high risk where the chief says that it counts, and goes on then', () => {
    const voted = told(dealNamed('D-TW1N11'), stopped()).vote('compliance-1', weighed).vote('senior-1', weighed);
    const admitted = voted.and('chief-1', admit);
    expect(flagOf(admitted)).toMatchObject({ status: 'admitted', weight: 'severe', reason: REASON });
    expect(admitted.view.assessment.tier).toBe('high');
    expect(admitted.vote('counsel-1', weighed).view.deal.status).toBe('decided');
  });

  it('is not found out of scope before the chief settles it', () => {
    const details = { endUser: { name: 'Bouvet Trade House', kind: 'government' as const } };
    const out = told(openNamed('D-TW1N11', details), stopped('D-ST0PP1', details)).and(
      'rep-1',
      answerPicture('scope', { 'G1-capability': 'no' })[1],
    );
    const confirm = ({ deal }: DealView): DealCommand => ({
      type: 'ConfirmScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
    });
    expect(out.view.deal.status).toBe('answering');
    out.when('compliance-1', confirm).refused('not now', /chief compliance officer/);
    expect(out.and('chief-1', dismiss).and('compliance-1', confirm).view.deal.status).toBe('out of scope');
  });

  it('waits again for a stop that came after, and not for one that was heard', () => {
    const first = stopped();
    const done = told(dealNamed('D-TW1N11'), first).and('chief-1', dismiss);
    expect(noteOf(done, first)).toBeUndefined();
    const again = told(done, first, stopped('D-ST0PP2'));
    expect(flagOf(again, 1)).toMatchObject({ status: 'pending', stops: { 'D-ST0PP2': STOPPED_AT } });
  });

  it('waits once it is open again, where it heard of the stop before', () => {
    const approved = dealNamed('D-TW1N11').vote('compliance-1', weighed);
    expect(approved.view.deal.status).toBe('decided');
    const heard = told(approved, stopped());
    expect(heard.view.deal.ownFlags).toEqual([]);
    const reopened = heard.and('compliance-2', { type: 'Reopen', reason: 'Its end-user was stopped elsewhere' });
    expect(reopened.view.deal.ownFlags).toMatchObject([{ status: 'pending', stops: { 'D-ST0PP1': STOPPED_AT } }]);
  });

  it('waits for no stop that the chief took back before it came, and not for another end-user’s', () => {
    const lifted = stopped().and('chief-1', { type: 'Reopen', reason: 'The answer was about somebody else' });
    const twin = dealNamed('D-TW1N11');
    expect(told(twin, lifted).view.deal.ownFlags.filter(({ stops }) => stops)).toEqual([]);
    const other = stopped('D-ST0PP1', { endUser: { name: 'Somebody else', kind: 'government' } });
    expect(noteOf(twin, other)).toBeUndefined();
  });

  it('makes no twin of its own end-user graver than it is by itself', () => {
    const one = told(dealNamed('D-TW1N11'), stopped());
    const done = told(dealNamed('D-TW1N22'), stopped()).and('chief-1', dismiss);
    expect(noteOf(done, one)).toBeUndefined();
  });

  it('says in the thread who settles it, and has a form without a weight', () => {
    const twin = told(dealNamed('D-TW1N11'), stopped());
    const { id } = flagOf(twin);
    const card = JSON.stringify(ownFlagRaisedTold(twin.view, { fact: 'own flag raised', flag: id }));
    expect(card).toContain('Another deal with this end-user was stopped');
    expect(card).toContain('chief-1');
    expect(card).not.toContain('D-ST0PP1');
    const form = JSON.stringify(settleFlagForm(twin.view, id, { verdict: 'admit' }));
    expect(form).not.toContain('How heavy');
    expect(form).toContain('D-ST0PP1');
    expect(readSettleFlagForm({ verdict: 'admit', reason: REASON }, flagOf(twin))).toMatchObject({ ok: true });
    expect(readSettleFlagForm({ verdict: 'admit' }, flagOf(twin))).toMatchObject({ ok: false });
  });
});

describe('a “yes” to what stops a deal that was only saved for later', () => {
  const saved = begun('D-DRAFT1')
    .and('rep-1', { type: 'HandOverSection', section: SECTION, to: 'product-1' })
    .and('product-1', { type: 'SaveSectionForLater', section: SECTION, answers: { K1: yes.answers['K1']! } });
  const withdrawn = saved.and('rep-1', { type: 'Withdraw', reason: 'The customer has no budget' });
  const changed = saved
    .and('rep-1', { type: 'TakeSectionBack', section: SECTION })
    .and('rep-1', { ...(answerPicture(SECTION)[1] as typeof yes), why: 'It was a slip of the mouse' });

  it.each([
    ['and is there still', saved],
    ['and the deal withdrawn', withdrawn],
    ['and changed since', changed],
  ])('%s waits for compliance in a twin, with its cause and its author', (_which, first) => {
    const twin = told(dealNamed('D-TW1N11', {}, { product: { id: 'other', name: 'Sample network shield' } }), first);
    expect(twin.view.deal.ownFlags).toMatchObject([{ by: SYSTEM, status: 'pending', title: /“yes”/ }]);
    expect(flagOf(twin).stops).toBeUndefined();
    expect(shown(twin)).toContain('answered “yes” there to what stops a deal: “Do we know, or have we been told');
    expect(shown(twin)).toContain('{"person":"product-1"}');
    expect(heardOf(twin)).toEqual(expect.arrayContaining(['compliance-1', 'chief-1']));
    twin.when('compliance-2', (view) => voteOf(view, weighed)).refused('not now', /must first admit or dismiss/);
    expect(twin.and('compliance-1', dismiss).vote('compliance-2', weighed).view.deal.status).toBe('decided');
  });
});

it('names whoever said “yes”, and not whoever of compliance sent a “no” back', () => {
  const back = begun('D-ST0PP1')
    .and('rep-1', { type: 'SaveSectionForLater', section: SECTION, answers: { K1: yes.answers['K1']! } })
    .and('rep-1', { ...(answerPicture(SECTION)[1] as typeof yes), why: 'It was a slip of the mouse' })
    .and('compliance-1', (view) => ({
      type: 'RefuseLighter',
      asOf: view.lighterSaid?.at ?? '',
      reason: 'We were told that they will',
    }));
  expect(back.state.status).toBe('stopped');
  expect(stopsNow(back.view)).toMatchObject([{ by: 'rep-1' }]);
});

describe('whoever names the end-user of a stopped deal', () => {
  const NAME = 'Bouvet Guards';
  const PRODUCTS = [
    { id: 'analytics', name: 'Sample Analytics' },
    { id: 'other', name: 'FaceFinder' },
  ];
  const SPELT = [NAME, 'BOUVET  guards', 'Guards of Bouvet', 'Вouvet Guards'];
  const partOf = (part: number, name: string): Partial<DealDetails> => {
    if (part === 0) return { endUser: { name, kind: 'security' } };
    if (part === 1) return { customer: name, endUser: { name: 'Oslo Book Fair', kind: 'private' } };
    return {
      endUser: { name: 'Oslo Book Fair', kind: 'private' },
      intermediaries: [{ name, role: 'reseller' }],
    };
  };

  it('approves nothing without the chief, whatever part, spelling, product, country and order of acts', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2 }),
        fc.nat({ max: 2 }),
        fc.constantFrom(...SPELT),
        fc.constantFrom('NO', 'SE'),
        fc.constantFrom(...PRODUCTS),
        fc.boolean(),
        (theirs, mine, name, destination, product, late) => {
          // That both only name the same company in between is nothing.
          fc.pre(theirs === 0 || mine === 0);
          const first = stopped('D-ST0PP1', partOf(theirs, NAME));
          const details = { ...partOf(mine, name), destination, product };
          const opened = openNamed('D-TW1N11', details);
          const twin = late ? told(dealNamed('D-TW1N11', {}, details), first) : dealAfter(told(opened, first), details);
          const people = ['compliance-1', 'compliance-2', 'senior-1', 'senior-2', 'counsel-1'];
          const tried = people.reduce<Story>((deal, person) => attempted(deal, person, dismiss), twin);
          const voted = people.reduce<Story>(
            (deal, person) => attempted(deal, person, (v) => voteOf(v, weighed)),
            tried,
          );
          expect(voted.view.deal.status).not.toBe('decided');
          expect((voted.view.deal as DecidingDeal).tier).toBe('high');
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);
});

/** The rest of the deal's answers, in the best way. */
const dealAfter = (opened: Story, details: Partial<DealDetails>): Story => {
  const { events } = dealNamed('D-TW1N11', {}, details);
  return events
    .flatMap((event) => (event.type === 'SectionAnswered' ? [event] : []))
    .map(({ section, answers }): Line => ['rep-1', { type: 'AnswerSection', section, answers }])
    .reduce<Story>((deal, line) => nextLine(deal, line), opened);
};

/** Does it where it is not refused. */
const attempted = (deal: Story, person: string, command: (view: DealView) => DealCommand): Story => {
  try {
    return deal.and(person, command);
  } catch (error) {
    expect(String(error)).toMatch(/refused|undefined/);
    return deal;
  }
};

it('names whoever says “yes” as well: what the first says later covers them not', () => {
  const saved: DealCommand = { type: 'SaveSectionForLater', section: SECTION, answers: { K1: yes.answers['K1']! } };
  const both = begun('D-ST0PP1')
    .and('rep-1', saved)
    .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away.' })
    .and('product-1', yes);
  expect(stopsNow(both.view).map(({ by }) => by)).toEqual(['rep-1', 'product-1']);
  const words = (deal: Story): string =>
    plain({ blocks: reopenForm(deal.view).blocks.filter((b) => b.kind !== 'input') });
  expect(words(both)).toMatch(/by @rep-1 on [^@]*, as did @product-1/);
  const lifted = both.and('chief-1', { type: 'Reopen', reason: 'It was another office' });
  expect(plain({ blocks: liftedStops(lifted.view) })).toContain(', by @rep-1, as did @product-1.');
  expect(words(stopped())).not.toContain('as did');
});
