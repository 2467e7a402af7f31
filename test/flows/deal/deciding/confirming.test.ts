import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import { dutiesOf } from '../../../../flows/deal/owing/duties.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import type { OpenedDeal } from '../../../../flows/deal/state.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import type { Organisation, Product } from '../../../../flows/organisation.ts';
import {
  TIERS,
  type Assessment,
  type CompiledPolicy,
  type EndUserKind,
  type Facts,
  type FactValue,
  type Question,
} from '../../../../flows/policy/policy.ts';
import type { ScopeConfirmation } from '../../../../flows/scope-confirmation.ts';
import { lawsNote, SOURCE } from '../../../support/basis-deals.ts';
import { aDeal, anOrganisation, answered, aPolicy } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, CONTEXT, open, story, type Line, type Story } from '../../../support/story.ts';
import { answeredAll } from '../../../support/twins.ts';
import { best, defaultPolicy, KINDS, wellBased } from '../../policy/deals.ts';

const ANALYTICS: Product = { id: 'analytics', name: 'Sample Analytics', category: 'Data analytics' };
const people = (): Organisation['people'] => [...anOrganisation().people, { id: 'compliance-2', name: 'Sample Two' }];

const organisationWith = (product: Partial<Product> = {}, more: Partial<Organisation> = {}): Organisation =>
  anOrganisation({
    people: people(),
    groups: anOrganisation().groups.map((group) =>
      group.id === 'compliance' ? { ...group, members: ['compliance-1', 'compliance-2'] } : group,
    ),
    products: [{ ...ANALYTICS, ...product }],
    ...more,
  });

const context = (policy: Partial<CompiledPolicy> = {}, organisation: Organisation = organisationWith()) => ({
  ...CONTEXT,
  policy: aPolicy({ confirmScope: 'able', ...policy }),
  organisation,
});

const opened = (kind: EndUserKind = 'security'): Line => {
  const [person, command] = open();
  if (command instanceof Function || command.type !== 'OpenDeal') throw new Error('no opening');
  const { details } = command;
  return [person, { ...command, details: { ...details, endUser: { ...details.endUser, kind } } }];
};

const NO = answer('scope', { G1: 'no' });
const said = (to = context(), kind: EndUserKind = 'security'): Story => story([opened(kind), NO], to);
const factsHash = ({ deal }: DealView): string =>
  (deal.status === 'answering' ? deal.scopeSaid?.factsHash : undefined) ?? '';
const confirm = (view: DealView) => ({ type: 'ConfirmScope', factsHash: factsHash(view) }) as const;
const sendBack = (view: DealView) =>
  ({ type: 'RefuseScope', factsHash: factsHash(view), reason: 'The catalogue says otherwise' }) as const;
const types = ({ events }: Story): string[] => events.map(({ type }) => type);

/** Who is told what, by the last command's events. */
const told = (before: Story, now: Story): Record<string, string[]> => {
  const at = (one: Story): DealView => one.view;
  return Object.fromEntries(
    now.events
      .slice(before.events.length)
      .flatMap((event) => factNoticesOf(event, at(before), at(now)))
      .map(([{ fact }, targets]) => [fact, targets.map((t) => (t.to === 'thread' ? 'thread' : t.person))]),
  );
};

describe('the rep who says “No” to the first question', () => {
  it('gets facial recognition for a security service past nobody', () => {
    const waiting = said();
    expect(types(waiting).slice(-2)).toEqual(['SectionAnswered', 'ScopeSaid']);
    expect(waiting.state).toMatchObject({ status: 'answering', scopeSaid: { by: 'rep-1', rules: [] } });
    waiting.when('rep-1', confirm).refused('not allowed', /Only compliance/);
    waiting.when('senior-1', confirm).refused('not allowed', /Only compliance/);
  });

  it('needs no press for a private end-user with a product that is marked as not able, and for nothing else', () => {
    const able = (kind: EndUserKind, product: Partial<Product>): string | undefined =>
      types(said(context({}, organisationWith(product)), kind)).at(-1);
    expect(able('private', { able: false })).toBe('FoundOutOfScope');
    expect(able('private', {})).toBe('ScopeSaid');
    expect(able('private', { able: true })).toBe('ScopeSaid');
    for (const kind of ['government', 'security', 'state-tied', 'unknown'] as const) {
      expect(able(kind, { able: false })).toBe('ScopeSaid');
    }
  });

  it('is held where the category contradicts the mark', () => {
    const to = context({ ableCategories: ['Data analytics'] }, organisationWith({ able: false }));
    const waiting = said(to, 'private');
    expect(waiting.state).toMatchObject({ scopeSaid: { contradicts: [expect.stringContaining('Data analytics')] } });
  });

  it.each([
    ['always', 'private', { able: false }, 'ScopeSaid'],
    ['never', 'security', { able: true }, 'FoundOutOfScope'],
    [undefined, 'security', { able: true }, 'FoundOutOfScope'],
  ] as const)('with confirmScope %s, %s: %j', (confirmScope, kind, product, last) => {
    expect(types(said(context({ confirmScope }, organisationWith(product)), kind)).at(-1)).toBe(last);
  });

  it('is sent back with a sentence, and asked the scope again', () => {
    const back = said().when('compliance-1', sendBack).then('ScopeRefused');
    expect(back.state).toMatchObject({
      status: 'answering',
      answers: {},
      drafts: { scope: { G1: { value: 'no' } } },
      scopeRefused: { by: 'compliance-1', reason: 'The catalogue says otherwise' },
    });
    back.when('compliance-1', confirm).refused('not now', /Nothing waits/);
    said()
      .when('compliance-1', (view) => ({ ...sendBack(view), reason: ' ' }))
      .refused('not valid', /why it goes back/, 'reason');
    const again = back.and('rep-1', answer('scope', { G1: 'yes' })[1]);
    expect(types(again).at(-1)).toBe('FoundInScope');
    const repeated = back.and('rep-1', NO[1]);
    expect(repeated.state).toMatchObject({ status: 'answering', scopeSaid: { by: 'rep-1' } });
    // Whoever looks next, perhaps a milder one, reads why it went back.
    expect(contradictions(repeated.view)[0]).toBe(
      'Sample Compliance sent it back before: “The catalogue says otherwise”',
    );
  });

  it('cannot confirm as compliance on the own deal, nor through a delegate on the team', () => {
    const own = story(
      [
        ['compliance-1', open()[1]],
        ['compliance-1', NO[1]],
      ],
      context(),
    );
    own.when('compliance-1', confirm).refused('not allowed', /on the deal team/);
    expect(own.and('compliance-2', confirm).state).toMatchObject({ status: 'out of scope', by: 'compliance-1' });
  });

  it('cannot swap the facts under the press', () => {
    const waiting = said();
    const before = factsHash(waiting.view);
    const details = { ...aDeal().details, endUser: { name: 'Another agency', kind: 'security' as const } };
    const swapped = waiting.and('rep-1', { type: 'CorrectDetails', details, reason: 'A typo' });
    expect(types(swapped).at(-1)).toBe('ScopeSaid');
    swapped.when('compliance-1', { type: 'ConfirmScope', factsHash: before }).refused('facts changed');
    swapped.when('compliance-1', confirm).then('ScopeConfirmed', 'FoundOutOfScope');
  });

  it('takes it back by answering again, and the deal goes on', () => {
    const on = said().and('rep-1', answer('scope', { G1: 'yes' })[1]);
    expect(on.view.deal).not.toHaveProperty('scopeSaid');
    on.when('compliance-1', confirm).refused('not now');
  });

  it('goes back in scope where a correction does it', () => {
    const policy = aPolicy({
      confirmScope: 'able',
      sectionsFor: () => aPolicy().sections,
      evaluate: (facts: Facts) =>
        aPolicy().evaluate(
          facts.endUser === 'unknown' ? { ...facts, answers: { ...facts.answers, G1: 'yes' } } : facts,
        ),
    });
    const waiting = said(context(policy));
    const details = { ...aDeal().details, endUser: { name: 'Sample Ministry', kind: 'unknown' as const } };
    waiting
      .when('rep-1', { type: 'CorrectDetails', details, reason: 'Nobody found its kind' })
      .then('DetailsCorrected', 'FoundInScope');
  });
});

describe('what compliance sees', () => {
  it('names the mark, the alert, other answers and raised flags', () => {
    const alert = {
      id: 'alert-1',
      country: 'NO',
      why: 'Elections were called off',
      on: '2027-02-01',
      by: 'compliance-1',
      at: '2027-02-01T09:00:00.000Z',
    };
    const to = context({}, organisationWith({ able: true }, { alerts: [alert] }));
    const lines: Line[] = [
      opened(),
      answer('scope', { G1: 'yes' }),
      answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' }),
      ['rep-1', { type: 'RaiseFlag', title: 'The reseller was fined' }],
      NO,
    ];
    const { scopeSaid } = story(lines, to).view.deal as Extract<OpenedDeal, { status: 'answering' }>;
    expect(scopeSaid?.contradicts).toEqual([
      'The catalogue says that this product can gather or analyse data about people.',
      'Other answers raise red flags: Reported misuse.',
      expect.stringMatching(/^Raised by Sample .*: “The reseller was fined”\.$/),
      'A country alert stands: “Elections were called off”',
    ]);
  });

  it('is told to compliance and the voters, and the deal waits for compliance', () => {
    const before = story([opened()], context());
    const now = said();
    expect(told(before, now)).toMatchObject({ 'scope said': ['thread', 'compliance-1', 'compliance-2'] });
    expect(dutiesOf(now.view).map(({ owed, person }) => [owed.kind, person])).toEqual(
      expect.arrayContaining([
        ['scope', 'compliance-1'],
        ['scope', 'compliance-2'],
      ]),
    );
    const confirmed = now.and('compliance-1', confirm);
    expect(told(now, confirmed)['out of scope']).toEqual(expect.arrayContaining(['thread', 'rep-1']));
    const refused = now.and('compliance-1', sendBack);
    expect(told(now, refused)['scope refused']).toEqual(['thread', 'rep-1']);
  });

  it('reaches the chief where all of compliance are on the deal', () => {
    const lone = organisationWith({}, { groups: anOrganisation().groups });
    const waiting = story(
      [
        ['compliance-1', open()[1]],
        ['compliance-1', NO[1]],
      ],
      context({}, lone),
    );
    expect(dutiesOf(waiting.view)).toEqual(expect.arrayContaining([expect.objectContaining({ person: 'chief-1' })]));
    waiting.when('chief-1', confirm).then('ScopeConfirmed', 'FoundOutOfScope');
  });
});

describe('a confirmation', () => {
  const kept = (): ScopeConfirmation => {
    const done = said().and('compliance-1', confirm);
    const event = done.events.find((e) => e.type === 'ScopeConfirmed');
    if (event?.type !== 'ScopeConfirmed' || !event.keeps) throw new Error('nothing is kept');
    return event.keeps;
  };
  const later = (
    scopes: ScopeConfirmation[],
    kind: EndUserKind = 'security',
    more: Partial<Organisation> = {},
  ): Story => said(context({}, organisationWith({}, { scopes, ...more })), kind);

  it('stands twelve months for that product and kind of end-user in that country', () => {
    expect(kept()).toMatchObject({ product: 'analytics', kind: 'security', until: '2028-03-01', by: 'compliance-1' });
    const out = later([kept()]);
    expect(types(out).at(-1)).toBe('FoundOutOfScope');
    expect(out.state).toMatchObject({
      status: 'out of scope',
      by: 'rep-1',
      confirmed: { by: 'compliance-1', deal: kept().deal },
    });
    expect(types(later([kept()], 'government')).at(-1)).toBe('ScopeSaid');
    expect(types(later([{ ...kept(), until: '2027-02-28' }])).at(-1)).toBe('ScopeSaid');
    expect(types(later([{ ...kept(), product: 'other' }])).at(-1)).toBe('ScopeSaid');
    // A parks office in one country says nothing of a ministry in another.
    expect(types(later([{ ...kept(), destination: 'SE' }])).at(-1)).toBe('ScopeSaid');
    const { destination: _any, ...older } = kept();
    expect(types(later([older])).at(-1)).toBe('FoundOutOfScope');
  });

  it('of a kind that nobody knows stands for that end-user alone, and an older one that names nobody for none', () => {
    const done = said(context(), 'unknown').and('compliance-1', confirm);
    const event = done.events.find((e) => e.type === 'ScopeConfirmed');
    if (event?.type !== 'ScopeConfirmed' || !event.keeps) throw new Error('nothing is kept');
    const { endUser: _name, parties: _parties, ...nameless } = event.keeps;
    expect(types(later([event.keeps], 'unknown')).at(-1)).toBe('FoundOutOfScope');
    expect(types(later([{ ...event.keeps, endUser: 'sample secret police' }], 'unknown')).at(-1)).toBe('ScopeSaid');
    expect(types(later([nameless], 'unknown')).at(-1)).toBe('ScopeSaid');
  });

  it.each([
    [
      'of a product that may be able: stands for that end-user alone, no decoy opens the way to another',
      {},
      'ScopeSaid',
    ],
    ['of one that is marked as not able: stands for the kind', { able: false }, 'FoundOutOfScope'],
  ] as const)('%s', (_, mark, ends) => {
    const named = (name: string, scopes: ScopeConfirmation[]): Story => {
      const [person, command] = opened('government');
      if (command instanceof Function || command.type !== 'OpenDeal') throw new Error('no opening');
      const { details } = command;
      const first: Line = [person, { ...command, details: { ...details, endUser: { ...details.endUser, name } } }];
      return story([first, NO], context({}, organisationWith(mark, { scopes })));
    };
    const event = named('National Library Archive', [])
      .and('compliance-1', confirm)
      .events.find((e) => e.type === 'ScopeConfirmed');
    if (event?.type !== 'ScopeConfirmed' || !event.keeps) throw new Error('nothing is kept');
    expect(types(named('Secret Police Department Two', [event.keeps])).at(-1)).toBe(ends);
    expect(types(named('National Library Archive', [event.keeps])).at(-1)).toBe('FoundOutOfScope');
    // One of before names nobody.
    const { endUser: _name, parties: _parties, between: _between, ...nameless } = event.keeps;
    expect(types(named('Secret Police Department Two', [nameless])).at(-1)).toBe(ends);
  });

  it('of a private end-user does not stand for others in between, or in other parts', () => {
    const line = (name: string, role: string) => ({ name, role, country: 'NO' });
    const between = (...intermediaries: ReturnType<typeof line>[]): Line => {
      const [person, command] = opened('private');
      if (command instanceof Function || command.type !== 'OpenDeal') throw new Error('no opening');
      return [person, { ...command, details: { ...command.details, intermediaries } }];
    };
    const able = { able: true };
    const of = (first: Line, scopes: ScopeConfirmation[]): Story =>
      story([first, answer('scope', { G1: 'no' })], context({}, organisationWith(able, { scopes })));
    const carrier = line('Sample Line', 'parcel carrier');
    const done = of(between(carrier), []).and('compliance-1', confirm);
    const event = done.events.find((e) => e.type === 'ScopeConfirmed');
    if (event?.type !== 'ScopeConfirmed' || !event.keeps) throw new Error('nothing is kept');
    const { between: _parts, ...older } = event.keeps;
    const ends = (first: Line, keeps = event.keeps!): string | undefined => types(of(first, [keeps])).at(-1);
    expect(ends(between(carrier))).toBe('FoundOutOfScope');
    expect(ends(between({ ...carrier, role: 'Parcel carrier.' }))).toBe('FoundOutOfScope');
    expect(ends(between())).toBe('FoundOutOfScope');
    expect(ends(between(line('Sample Line', 'runs the cameras for the secret police')))).toBe('ScopeSaid');
    expect(ends(between(carrier, line('Another Line', 'parcel carrier')))).toBe('ScopeSaid');
    expect(ends(between(carrier), older)).toBe('ScopeSaid');
  });

  it('does not stand where something new speaks against it, or where compliance sent the deal back', () => {
    const alert = {
      id: 'a',
      country: 'NO',
      why: 'A coup',
      on: '2027-02-01',
      by: 'compliance-1',
      at: '2027-02-01T09:00:00.000Z',
    };
    expect(types(later([kept()], 'security', { alerts: [alert] })).at(-1)).toBe('ScopeSaid');
    const back = said().and('compliance-1', sendBack);
    const to = context({}, organisationWith({}, { scopes: [kept()] }));
    const again = story([], to);
    expect(again.events).toEqual([]);
    expect(back.view.deal.scopeRefused).toBeDefined();
  });

  it('is kept for no product outside the catalogue', () => {
    const [person, command] = open();
    if (command instanceof Function || command.type !== 'OpenDeal') throw new Error('no opening');
    const other = { ...command, details: { ...command.details, product: { id: 'other', name: 'A thing' } } };
    const done = story([[person, other], NO], context()).and('compliance-1', confirm);
    expect(done.events.find((e) => e.type === 'ScopeConfirmed')).not.toHaveProperty('keeps');
  });
});

describe('the owner who answers a reassessment away', () => {
  const approved = (policy: Partial<CompiledPolicy>): Story =>
    story(answeredDeal(), context(policy))
      .vote('compliance-1')
      .and('rep-1', { type: 'ReportChange', what: 'service', why: 'A new module' })
      .and('rep-1', { type: 'StartReassessment' });

  it.each(['always', 'able', 'never'] as const)('ends no approval alone, with confirmScope %s', (confirmScope) => {
    const away = approved({ confirmScope }).and('rep-1', NO[1]);
    expect(away.state).toMatchObject({ status: 'answering', scopeSaid: {}, standing: { rule: 'tier-low' } });
    expect(away.and('compliance-1', confirm).view.deal).toMatchObject({ status: 'out of scope', standing: undefined });
    expect(away.and('compliance-1', sendBack).view.deal.standing).toBeDefined();
  });
  it('does as before under a policy without that part', () => {
    expect(approved({ confirmScope: undefined }).and('rep-1', NO[1]).state.status).toBe('out of scope');
  });
});

const prohibits = (facts: Facts) => ({
  ...aPolicy().evaluate(facts),
  ...(facts.answers['H-RF5'] === 'yes' ? { tier: 'prohibited' as const, rule: 'known-repression' } : {}),
});
const stopping = (policy: Partial<CompiledPolicy> = {}, marked = true) =>
  context({
    sections: aPolicy().sections.map((section) => ({
      ...section,
      questions: section.questions.map((q) => (marked && q.id === 'H-RF5' ? { ...q, stops: true } : q)),
    })),
    questionsFor: aPolicy().questionsFor,
    evaluate: prohibits,
    lighter: 'reason',
    ...policy,
  });
const K1 = (value: string, why?: string): Line => {
  const [person, command] = answer('record', { 'H-RF1': 'no', 'H-RF3': 'no', 'H-RF5': value });
  return [person, { ...(command as object), ...(why === undefined ? {} : { why }) } as Line[1]];
};

describe('knowing that it is meant for repression', () => {
  const lines: Line[] = [opened(), answer('scope', { G1: 'yes' }), K1('yes')];

  it('stops the deal although other sections are open, and all of them hear of it', () => {
    const before = story(lines.slice(0, -1), stopping());
    const stopped = story(lines, stopping());
    expect(types(stopped).slice(-2)).toEqual(['SectionAnswered', 'DealStopped']);
    expect(stopped.state).toMatchObject({
      status: 'stopped',
      rule: 'known-repression',
      stops: [{ because: ['H-RF5'] }],
    });
    expect(told(before, stopped)['stopped']?.toSorted()).toEqual(
      ['chief-1', 'compliance-1', 'compliance-2', 'counsel-1', 'rep-1', 'thread'].toSorted(),
    );
  });

  it('waits for the last section where the policy marks no such question', () => {
    expect(story(lines, stopping({}, false)).state.status).toBe('answering');
  });

  it('is taken back by the chief alone, with a reason that stays, and the old answer stays too', () => {
    const stopped = story(lines, stopping());
    for (const person of ['rep-1', 'compliance-1', 'senior-1']) {
      stopped.when(person, { type: 'Reopen', reason: 'A mistake' }).refused('not allowed', /chief/);
    }
    stopped.when('chief-1', { type: 'Reopen', reason: ' ' }).refused('not valid');
    const again = stopped.and('chief-1', { type: 'Reopen', reason: 'Another agency was meant' });
    expect(Object.keys(again.view.deal.answers)).toEqual(['scope']);
    again.when(...K1('no')).refused('not valid', /why/, 'why');
    const on = again.and(...K1('no', 'It was another agency'));
    expect(on.view.deal.stops).toMatchObject([{ lifted: { by: 'chief-1', reason: 'Another agency was meant' } }]);
    expect(on.view.deal.was).toMatchObject([
      { question: 'H-RF5', before: 'yes', by: 'rep-1', changedBy: 'rep-1', why: 'It was another agency' },
    ]);
    expect(again.and(...K1('yes')).state.status).toBe('stopped');
  });

  it('starts a duty to notify the authority on the next business day, for exporters from the EU alone', () => {
    expect(story(lines, stopping()).view.deal.authority).toBeUndefined();
    const stopped = story(lines, stopping({ euExporter: true }));
    const duties = dutiesOf(stopped.view).filter(({ owed }) => owed.kind === 'authority');
    expect(duties.flatMap(({ person }) => person ?? [])).toEqual(['compliance-1', 'compliance-2']);
    // Monday, 1 March 2027.
    expect(duties[0]?.stages[0]?.at.slice(0, 10)).toBe('2027-03-02');
    const note = { type: 'NoteAuthority', note: 'Sent to the authority today' } as const;
    stopped.when('rep-1', note).refused('not allowed');
    stopped.when('compliance-1', { ...note, note: '' }).refused('not valid', /what was notified/);
    const done = stopped.when('compliance-1', note).then('AuthorityNoted');
    expect(dutiesOf(done.view).filter(({ owed }) => owed.kind === 'authority')).toEqual([]);
    done.when('compliance-1', note).refused('not now');
    // The chief's taking back of the stop is no notice.
    const again = stopped.and('chief-1', { type: 'Reopen', reason: 'Another agency was meant' });
    expect(dutiesOf(again.view).some(({ owed }) => owed.kind === 'authority')).toBe(true);
  });

  it('starts that duty too where a rule of the policy stops the deal for it, and not where it is another rule', () => {
    const about = (source: string) => {
      const sections = aPolicy().sections.map((section) => ({
        ...section,
        questions: section.questions.map((q) => (q.id === 'H-RF5' ? { ...q, sources: [source] } : q)),
      }));
      return story(
        [...lines, answer('product', { P1: 'no', P2: 'no', P4: 'common' })],
        stopping({ euExporter: true, sections }, false),
      );
    };
    expect(about('K1').state).toMatchObject({ status: 'stopped', authority: { since: expect.any(String) } });
    expect(about('H-RF5').state.status).toBe('stopped');
    expect(about('H-RF5').view.deal.authority).toBeUndefined();
  });

  it('keeps a stop from before stops were kept', () => {
    const stopped = story(lines, stopping()).state as OpenedDeal;
    const { stops: _stops, ...older } = stopped;
    const view = dealView(older as OpenedDeal, stopping().policy, stopping().organisation, '2027-03-02T09:00:00.000Z');
    expect(view.deal.stops).toBeUndefined();
  });
});

describe('the rep who shops for lighter answers', () => {
  const shopping = () => context({ lighter: 'reason' });
  const heavy = (): Story => story(answeredDeal({ 'H-RF1': 'yes', 'H-RF3': 'yes' }), shopping());
  const lighter = (why?: string) =>
    ({
      ...(answer('record', { 'H-RF1': 'no', 'H-RF3': 'yes', 'H-RF5': 'no' })[1] as object),
      ...(why === undefined ? {} : { why }),
    }) as Line[1];

  it('says why, and what was said stays with who, when and why', () => {
    heavy()
      .when('rep-1', lighter())
      .refused('not valid', /lighter/, 'why');
    heavy()
      .when('rep-1', lighter('  '))
      .refused('not valid', /lighter/, 'why');
    const done = heavy().and('rep-1', lighter('The report was about another agency'));
    expect(done.view.deal).toMatchObject({
      was: [{ question: 'H-RF1', before: 'yes', by: 'rep-1', why: 'The report was about another agency' }],
      fell: [{ flags: ['H-RF1'], by: 'rep-1' }],
    });
    expect(done.view.deal.was).toHaveLength(1);
  });
  it('may make it heavier without a word, and answers for the first time without one', () => {
    const light = story(answeredDeal(), shopping());
    expect(light.view.deal.was).toBeUndefined();
    expect(
      light.and('rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' })[1]).state,
    ).toMatchObject({
      status: 'deciding',
      tier: 'high',
    });
  });
  it('says why to leave the scope', () => {
    heavy()
      .when('rep-1', NO[1])
      .refused('not valid', /lighter/, 'why');
  });
  it('hides nothing by a withdrawal and a reopening', () => {
    const again = heavy()
      .and('rep-1', { type: 'Withdraw', reason: 'They went away' })
      .and('rep-1', { type: 'Reopen', reason: 'They came back' });
    expect(again.view.deal.reopenings).toMatchObject([{ by: 'rep-1', reason: 'They came back' }]);
    again.when('rep-1', lighter()).refused('not valid', /lighter/, 'why');
  });
  it('says which flags fell by a correction of the details', () => {
    const kinds = context({
      lighter: 'reason',
      evaluate: (facts: Facts) =>
        aPolicy().evaluate(
          facts.endUser === 'private' ? { ...facts, answers: { ...facts.answers, 'H-RF1': 'no' } } : facts,
        ),
    });
    const details = { ...aDeal().details, endUser: { name: 'Sample Ministry', kind: 'private' as const } };
    const done = story(answeredDeal({ 'H-RF1': 'yes' }), kinds).and('rep-1', {
      type: 'CorrectDetails',
      details,
      reason: 'It is a company',
    });
    expect(done.view.deal.fell).toMatchObject([{ flags: ['H-RF1'], why: 'It is a company' }]);
  });
  it('is asked nothing under a policy without that part', () => {
    expect(story(answeredDeal({ 'H-RF1': 'yes' }), context()).and('rep-1', lighter()).state.status).toBe('deciding');
  });
});

describe('answers that wait for compliance', () => {
  const questions = defaultPolicy.sections.flatMap((section) => section.questions);
  const values = fc.record({
    kind: fc.constantFrom(...KINDS),
    /** Mostly good: where all is bad nothing gets lighter. */
    bad: fc.subarray(questions, { maxLength: 6 }),
    open: fc.subarray(questions, { maxLength: 3 }),
    based: fc.boolean(),
  });
  type Said = typeof values extends fc.Arbitrary<infer T> ? T : never;
  const factsOf = ({ kind, bad, open, based }: Said): Facts => {
    const of = (q: Question): FactValue =>
      open.includes(q)
        ? 'unknown'
        : q.kind !== 'yes-no'
          ? best(q)
          : bad.includes(q)
            ? best(q) === 'no'
              ? 'yes'
              : 'no'
            : best(q);
    const answers = Object.fromEntries(questions.map((q) => [q.id, of(q)]));
    return { endUser: kind, intermediaries: false, answers, based: based ? wellBased : {} };
  };

  const SOURCES = [SOURCE, { ...SOURCE, name: 'Another report', url: 'https://news.example.com/b' }];
  const given = ({ answers }: Facts, based: boolean): Record<string, GivenAnswer> =>
    Object.fromEntries(
      Object.entries(answers).map(([id, value]) => [
        id,
        { value, sources: [], ...(based ? { basis: { sources: SOURCES } } : {}) } as GivenAnswer,
      ]),
    );

  it('are never lighter than those before, whatever was said then and is said now', () => {
    const found = { lighter: 0, heavier: 0 };
    fc.assert(
      fc.property(values, values, (then, now) => {
        const [earlierFacts, saidFacts] = [factsOf(then), factsOf(now)];
        const was = { endUser: then.kind, product: aDeal().details.product };
        const { endUser, answers, intermediaries, based } = earlierFacts;
        const deal = aDeal({
          details: { ...aDeal().details, intermediaries: [], endUser: { name: 'Sample', kind: now.kind } },
          answers: { all: answered(given(saidFacts, now.based)) },
          laws: lawsNote(),
          lighterSaid: {
            was,
            before: [{ endUser, answers, intermediaries, based }],
            answers: [],
            changes: [],
            at: '2027-03-01T09:00:00.000Z',
          },
        });
        const view = dealView(deal, defaultPolicy, anOrganisation(), '2027-03-01T09:00:00.000Z');
        const rank = ({ tier }: Assessment): number => (tier === null ? -1 : TIERS.indexOf(tier));
        const [earlier, said] = [defaultPolicy.evaluate(earlierFacts), defaultPolicy.evaluate(view.facts)];
        if (rank(said) < rank(earlier)) found.lighter += 1;
        if (rank(said) > rank(earlier)) found.heavier += 1;
        expect(rank(view.assessment)).toBeGreaterThanOrEqual(Math.max(rank(earlier), rank(said)));
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(found.lighter, found.heavier)).toBeGreaterThan(100);
  });
});

describe('a correction that makes flags fall', () => {
  const confirming = (policy: Partial<CompiledPolicy> = {}, organisation?: Organisation) =>
    context({ lighter: 'confirm', ...policy }, organisation);
  const heavy = (policy: Partial<CompiledPolicy> = {}): Story =>
    story(answeredDeal({ 'H-RF1': 'yes' }), confirming(policy));
  const record = (values: Record<string, string>): Line[1] =>
    ({
      ...(answer('record', { 'H-RF1': 'no', 'H-RF3': 'no', 'H-RF5': 'no', ...values })[1] as object),
      why: 'The report was about another agency',
    }) as Line[1];
  const asOf = ({ deal }: DealView): string => deal.lighterSaid?.at ?? '';
  const confirm = (view: DealView) => ({ type: 'ConfirmLighter', asOf: asOf(view) }) as const;
  const refuse = (view: DealView) =>
    ({ type: 'RefuseLighter', asOf: asOf(view), reason: 'The report names them' }) as const;
  const security = aDeal().details;
  const company = { ...security, endUser: { ...security.endUser, kind: 'private' as const } };
  const another = { ...security, product: { id: 'other', name: 'Another thing' } };

  it('is recorded, and the heavier answers count until compliance confirms them', () => {
    const changed = heavy().and('rep-1', record({}));
    expect(changed.view.deal).toMatchObject({
      status: 'deciding',
      tier: 'high',
      lighterSaid: { changes: [{ by: 'rep-1' }] },
    });
    expect(changed.view.assessment.flags.map(({ id }) => id)).toEqual(['H-RF1']);
    expect(changed.view.facts.answers['H-RF1']).toBe('no');
    expect(told(heavy(), changed)['lighter said']).toEqual(['thread', 'compliance-1', 'compliance-2']);
    expect(
      dutiesOf(changed.view)
        .filter(({ owed }) => owed.kind === 'lighter')
        .flatMap(({ person }) => person ?? []),
    ).toEqual(['compliance-1', 'compliance-2']);
    for (const person of ['rep-1', 'senior-1', 'counsel-1']) changed.when(person, confirm).refused('not allowed');
    const confirmed = changed.and('compliance-1', confirm);
    expect(confirmed.view.deal).toMatchObject({ status: 'deciding', tier: 'low' });
    expect(confirmed.view.deal.lighterSaid).toBeUndefined();
    expect(confirmed.view.assessment.flags).toEqual([]);
  });

  it('goes back with a sentence, and what was said before counts again', () => {
    const back = heavy().and('rep-1', record({})).and('compliance-1', refuse);
    expect(back.view.deal).toMatchObject({
      tier: 'high',
      answers: { record: { 'H-RF1': { value: 'yes', by: 'rep-1' } } },
      lighterRefused: { by: 'compliance-1', reason: 'The report names them' },
    });
    heavy()
      .and('rep-1', record({}))
      .when('compliance-1', (view) => ({ ...refuse(view), reason: '' }))
      .refused('not valid', /why it goes back/, 'reason');
  });

  it('cannot be swapped under the press, nor settled twice', () => {
    const first = heavy().and('rep-1', record({}));
    const seen = asOf(first.view);
    const second = first.and('rep-1', { type: 'CorrectDetails', details: another, reason: 'Another one' });
    second.when('compliance-1', { type: 'ConfirmLighter', asOf: seen }).refused('facts changed');
    second.and('compliance-1', confirm).when('compliance-1', { type: 'ConfirmLighter', asOf: seen }).refused('not now');
  });

  it('keeps the oldest facts over several corrections, and a withdrawal hides none of it', () => {
    const twice = heavy()
      .and('rep-1', record({ 'H-RF1': 'unknown' }))
      .and('rep-1', record({}))
      .and('rep-1', { type: 'Withdraw', reason: 'They went away' })
      .and('rep-1', { type: 'Reopen', reason: 'They came back' });
    expect(twice.view.deal).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(twice.view.deal.lighterSaid?.answers.map(({ answer: { value } }) => value)).toEqual(['yes']);
  });

  it('counts a heavier answer beside it at once', () => {
    const policy = {
      evaluate: (facts: Facts) =>
        aPolicy().evaluate(
          facts.endUser === 'private' ? { ...facts, answers: { ...facts.answers, 'H-RF1': 'no' } } : facts,
        ),
    };
    const on = story([open(), answer('scope', { G1: 'yes' })], confirming(policy))
      .and('rep-1', { type: 'CorrectDetails', details: company, reason: 'It is a company' })
      .and('rep-1', answer('product', { P1: 'no', P2: 'no', P4: 'common' })[1])
      .and('rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' })[1]);
    // The security service of before with the misuse of now.
    expect(on.view.deal).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(on.and('compliance-1', confirm).view.deal).toMatchObject({ status: 'deciding', tier: 'low' });
  });

  it('waits for another kind of end-user and another product, whatever was answered until then', () => {
    const kind = { type: 'CorrectDetails', details: company, reason: 'It is a company' } as const;
    const product = { type: 'CorrectDetails', details: another, reason: 'Another one' } as const;
    expect(heavy().and('rep-1', kind).view.deal.lighterSaid).toMatchObject({ was: { endUser: 'security' } });
    expect(heavy().and('rep-1', product).view.deal.lighterSaid).toMatchObject({
      was: { product: { id: 'analytics' } },
    });
    expect(story([open()], confirming()).and('rep-1', kind).view.deal.lighterSaid).toMatchObject({
      was: { endUser: 'security' },
    });
    const typo = { ...kind, details: { ...security, customer: 'Sample Telecoms' } };
    expect(heavy().and('rep-1', typo).view.deal.lighterSaid).toBeUndefined();
    const back = heavy().and('rep-1', kind).and('rep-1', product).and('compliance-1', refuse);
    expect(back.view.deal.details).toMatchObject({ endUser: { kind: 'security' }, product: { id: 'analytics' } });
  });

  it('waits for another product outside the catalogue too, and not for another spelling of its name', () => {
    const thermometer = { ...security, product: { id: 'other', name: 'A thermometer' } };
    const [person, opening] = opened();
    const deal = answeredAll(
      [[person, { ...opening, details: thermometer } as Line[1]], ...answeredDeal().slice(1)],
      confirming(),
    );
    const to = (name: string): Line => [
      'rep-1',
      { type: 'CorrectDetails', details: { ...thermometer, product: { id: 'other', name } }, reason: 'A wrong line' },
    ];
    const other = deal.and(...to('Facial recognition'));
    expect(other.view.deal.lighterSaid?.was.product.name).toBe('A thermometer');
    expect(deal.and(...to('A Thermometer ')).view.deal.lighterSaid).toBeUndefined();
  });

  it('sends “Private, and not close to a government” past nobody', () => {
    const policy = {
      evaluate: (facts: Facts) => {
        const found = aPolicy().evaluate({ ...facts, answers: { ...facts.answers, G1: 'yes' } });
        return facts.endUser === 'private'
          ? { ...found, scope: 'out' as const, tier: null, flags: [], scopeReasons: ['Private'] }
          : found;
      },
    };
    const organisation = organisationWith({ able: false });
    const away = story(answeredDeal({ 'H-RF1': 'yes' }), confirming(policy, organisation)).and('rep-1', {
      type: 'CorrectDetails',
      details: company,
      reason: 'It is a company',
    });
    expect(away.state).toMatchObject({
      status: 'answering',
      scopeSaid: {
        contradicts: expect.arrayContaining(['The end-user was said to be of another kind: security, by Sample Rep.']),
      },
    });
    expect(
      away.and('compliance-1', (view) => ({ type: 'ConfirmScope', factsHash: factsHash(view) })).view.deal,
    ).toMatchObject({
      status: 'out of scope',
      lighterSaid: undefined,
    });
  });

  it('waits for nothing where an open question was answered, nor under an older policy', () => {
    const unknown = story(answeredDeal({ 'H-RF1': 'unknown' }), confirming());
    const known = unknown.and('rep-1', record({}));
    expect(known.view.deal.lighterSaid).toBeUndefined();
    expect(known.view.deal).toMatchObject({ tier: 'low' });
    expect(story(answeredDeal({ 'H-RF1': 'yes' }), context()).and('rep-1', record({})).view.deal).toMatchObject({
      tier: 'low',
    });
  });

  it('is over when the deal is decided by what was heavier', () => {
    const declined = heavy()
      .and('rep-1', record({}))
      .vote('compliance-1', { outcome: 'decline', rationale: 'The misuse is on the record, whatever is said now.' });
    expect(declined.view.deal).toMatchObject({ status: 'decided', decision: { tier: 'high' } });
    expect(declined.view.deal.lighterSaid).toBeUndefined();
  });
});
