/** One mild colleague on the rep's side: what strict ones said must still be seen, and they must still be asked. */

import { describe, expect, it } from 'vitest';
import { ownFlagRaisedTold } from '../../../../blocks/cards/facts-asking.ts';
import { decidedTold, reviewWantedTold } from '../../../../blocks/cards/facts-deciding.ts';
import { reviewCard } from '../../../../blocks/cards/review.ts';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { whoDecidedItems } from '../../../../blocks/cards/who-decided.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { gapsToTake } from '../../../../flows/deal/context/gaps.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { againstShown, gapsShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { dutiesOf } from '../../../../flows/deal/owing/duties.ts';
import { managersOf } from '../../../../flows/deal/rights/close.ts';
import { standingOf, standingWith } from '../../../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { isAsked } from '../../../../flows/deal/telling/asks.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Hold } from '../../../../flows/hold.ts';
import { turnsOf } from '../../../../flows/lists/waits.ts';
import { SYSTEM, type Person } from '../../../../flows/organisation.ts';
import { countries } from '../../../../flows/registers/countries.ts';
import { holds } from '../../../../flows/registers/holds.ts';
import type { SheetDispute } from '../../../../flows/sheet.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { aPolicy, aVote } from '../../../support/deal-builders.ts';
import { pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { awayIn, noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';
import { dealNamed, told } from '../../../support/twins.ts';

const FLAG: DealCommand = { type: 'RaiseFlag', title: 'Their director told me that they will find union members' };
const elevated = (context: DealContext = TIMED): Story => story(answeredDeal({ 'H-RF3': 'yes' }), context);
const settle = (told: Story, command: Partial<Extract<DealCommand, { type: 'AdmitFlag' }>> = {}): DealCommand => ({
  type: 'AdmitFlag',
  flag: told.view.deal.ownFlags[0]!.id,
  weight: 'severe',
  ...command,
});
const reassign = (to: string): DealCommand => ({ type: 'ReassignOwner', to, reason: 'Wrong name picked' });

describe('a flag that was raised and dismissed', () => {
  it('is read by whoever decides after that', () => {
    const raised = elevated().and('compliance-2', FLAG);
    const [{ id } = { id: '' }] = raised.view.deal.ownFlags;
    const { view } = raised
      .and('compliance-1', { type: 'DismissFlag', flag: id, reason: 'A rumour' })
      .vote('compliance-1');
    for (const form of [reviewForm(view, 1, startReview(view, 1)!, 1), whyForm(view)]) {
      const text = JSON.stringify(form);
      expect(text).toContain('they will find union members');
      expect(text).toContain('A rumour');
      expect(text).not.toContain('No red flags were raised');
    }
  });
});

describe('a flag on what one colleague approved', () => {
  const approved = (context: DealContext = TIMED): Story =>
    story(answeredDeal(), context).vote('compliance-1').and('senior-2', FLAG);
  const dismiss = (told: Story): DealCommand => ({
    type: 'DismissFlag',
    flag: told.view.deal.ownFlags[0]!.id,
    reason: 'They did say so at lunch',
  });

  it('is dismissed by another colleague, while one is here', () => {
    const flagged = approved();
    expect(flagged.view.deal.status).toBe('decided');
    flagged
      .when('compliance-1', dismiss(flagged))
      .refused('not allowed', /a colleague dismisses .*Sample Compliance Two/);
    flagged.when('compliance-2', dismiss(flagged)).then('FlagDismissed');
  });
  it('also while the deal is reassessed', () => {
    const begun = approved().and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want a second office' });
    const asked = begun.and('rep-1', { type: 'StartReassessment' });
    asked.when('compliance-1', dismiss(asked)).refused('not allowed', /a colleague dismisses/);
    asked.when('compliance-1', settle(asked)).then('FlagAdmitted');
  });
  it('is not dismissed by who completed the step alone, while a later one is open', () => {
    const raised = elevated().vote('compliance-1').and('compliance-2', FLAG);
    expect(raised.view.deal.status).toBe('deciding');
    raised.when('compliance-1', dismiss(raised)).refused('not allowed', /Sample Chief/);
  });
  it('is dismissed by the chief where the only colleague raised it', () => {
    const raised = story(answeredDeal(), TIMED).vote('compliance-1').and('compliance-2', FLAG);
    raised.when('compliance-1', dismiss(raised)).refused('not allowed', /Sample Chief/);
    raised.when('compliance-2', dismiss(raised)).refused('not allowed', /You raised/);
    raised.when('chief-1', dismiss(raised)).then('FlagDismissed');
  });
  it('is asked at once of who can settle it, and of nobody who cannot', () => {
    const asked = (before: Story, by: string): { told: string[]; asked: string[]; words: string; waits: string[] } => {
      const raised = before.and(by, FLAG);
      const flag = raised.view.deal.ownFlags[0]!;
      const fact = { fact: 'own flag raised', flag: flag.id } as const;
      const told = toldOf(noticesBetween(before, raised), 'own flag raised');
      const all = raised.view.organisation.people.map(({ id }) => id);
      return {
        told,
        asked: told.filter((id) => id !== 'thread' && isAsked(raised.view, { kind: 'flag', flag: flag.id }, id)),
        words: JSON.stringify(ownFlagRaisedTold(raised.view, fact)),
        waits: all.filter((id) => turnsOf(raised.view, id).some(({ wait }) => wait.of === 'flag')),
      };
    };
    const decided = story(answeredDeal(), TIMED).vote('compliance-1');
    const alone = asked(decided, 'compliance-2');
    expect(alone.asked).toEqual(['chief-1']);
    expect(alone.waits).toEqual(['chief-1']);
    expect(alone.words).toMatch(/"person":"chief-1"\},": please admit or dismiss it/u);
    expect(alone.words).not.toMatch(/compliance-1"\},?.*please admit or dismiss/u);
    const owed = dutiesOf(decided.and('compliance-2', FLAG).view).filter((duty) => duty.owed.kind === 'flag');
    expect(owed.flatMap(({ person }) => person ?? [])).toEqual(['chief-1']);
    // Somebody else's is the colleague's, who did not approve.
    expect(asked(decided, 'senior-2').asked).toEqual(['compliance-2']);
    // While a later step is open, whoever voted may still admit it.
    const open = elevated().vote('compliance-1');
    expect(asked(open, 'compliance-2').asked.toSorted()).toEqual(['chief-1', 'compliance-1']);
    // Before anybody voted nothing is different.
    expect(asked(elevated(), 'senior-2').asked.toSorted()).toEqual(['compliance-1', 'compliance-2']);
  });
  it('is the chief’s also while the colleague who raised it is away', () => {
    const context = awayIn({ 'compliance-2': ['senior-1', '2027-03-01', '2027-06-01'] });
    const raised = story(answeredDeal(), TIMED).vote('compliance-1').and('compliance-2', FLAG);
    const away = story([], context).resume(raised);
    away.when('compliance-1', dismiss(away)).refused('not allowed', /Sample Chief/);
  });
  it('is the chief’s while the colleague who did not approve is away, and of whoever approved where nobody else is there', () => {
    const days: [string, string] = ['2027-02-01', '2027-06-01'];
    const away = approved(awayIn({ 'compliance-2': ['chief-1', ...days] }));
    away.when('compliance-1', dismiss(away)).refused('not allowed', /Sample Chief/);
    away.when('chief-1', dismiss(away)).then('FlagDismissed');
    const recused = approved(TIMED).and('compliance-2', { type: 'Recuse', reason: 'My brother sells it.' });
    recused.when('compliance-1', dismiss(recused)).refused('not allowed', /Sample Chief/);
    const both = approved(awayIn({ 'compliance-2': ['senior-1', ...days], 'chief-1': ['senior-2', ...days] }));
    both.when('compliance-1', dismiss(both)).then('FlagDismissed');
    const { groups } = TIMED.organisation;
    const one = groups.map((group) => (group.id === 'compliance' ? { ...group, members: ['compliance-1'] } : group));
    const alone = approved({ ...TIMED, organisation: { ...TIMED.organisation, groups: one } });
    alone.when('compliance-1', dismiss(alone)).then('FlagDismissed');
  });
});

describe('what was said of another deal with the same end-user', () => {
  it('is not called no flag while it waits', () => {
    const flagged = told(dealNamed('D-TW1N11'), dealNamed('D-F1RST1').and('senior-2', FLAG));
    expect(flagged.view.deal.ownFlags).toMatchObject([{ status: 'pending', by: SYSTEM }]);
    const said = JSON.stringify(reviewWantedTold(flagged.view, { fact: 'review wanted', step: 0 }, true, undefined));
    expect(said).toContain('One that was raised waits for compliance to admit or dismiss it.');
    expect(said).not.toContain('No red flags were raised');
  });

  it('is dismissed by no officer alone in silence: their colleagues are told', () => {
    const flagged = told(dealNamed('D-TW1N11'), dealNamed('D-F1RST1').and('senior-2', FLAG));
    const { id: flag } = flagged.view.deal.ownFlags[0]!;
    const after = flagged.and('compliance-1', { type: 'DismissFlag', flag, reason: 'A rumour' });
    expect(toldOf(noticesBetween(flagged, after), 'own flag settled')).toEqual(['thread', 'compliance-2']);
  });
});

describe('a review that was opened before something was said', () => {
  it('shows it before it is signed', () => {
    const before = elevated();
    const draft = startReview(before.view, 0)!;
    const ended = [{ deal: 'D-0THER1', how: 'declined', at: before.view.now } as const];
    const after = before.and(SYSTEM, { type: 'NoteOthers', ended, otherwise: [] });
    expect(againstShown(before.view)).toBeUndefined();
    const now = startReview(after.view, 0, draft)!;
    expect(now).toMatchObject({ changed: true, factsHash: draft.factsHash });
    expect(now.against).not.toBe(draft.against);
    expect(startReview(after.view, 0, now)!.against).toBe(now.against);
  });

  const HOLD: Hold = {
    id: 'hold-1',
    on: { of: 'deal', deal: elevated().view.deal.id },
    stop: ['updates'],
    because: 'complaint',
    reason: 'A source inside says that the police tortures with it',
    review: '2027-04-01',
    by: 'compliance-2',
    at: '2027-03-01T09:00:00.000Z',
  };
  const PLACED = { ...TIMED, organisation: { ...TIMED.organisation, holds: [HOLD] } };
  const QUESTION = 'Did their minister say so?';
  it.each<[string, (open: Story) => Story, string]>([
    [
      'a hold that was lifted',
      (open) =>
        story([], TIMED)
          .resume(story([], PLACED).resume(open).and(SYSTEM, { type: 'NoteHold', hold: HOLD }))
          .and(SYSTEM, { type: 'NoteRelease', hold: HOLD.id, reason: 'A misunderstanding', by: 'compliance-2' }),
      HOLD.reason,
    ],
    [
      'a question that was taken back',
      (open) =>
        open
          .and('compliance-2', { type: 'AskForInformation', step: 0, question: QUESTION })
          .and('compliance-2', ({ deal }) => ({ type: 'TakeQuestionBack', request: deal.requests[0]!.id })),
      QUESTION,
    ],
  ])('comes back with %s meanwhile, once', (_what, meanwhile, words) => {
    const before = elevated();
    const draft = startReview(before.view, 0)!;
    const after = meanwhile(before);
    const now = startReview(after.view, 0, draft)!;
    expect(now).toMatchObject({ changed: true, factsHash: draft.factsHash });
    expect(JSON.stringify(reviewForm(after.view, 0, now, 0))).toContain(words);
    expect(startReview(after.view, 0, now)!.against).toBe(now.against);
  });
});

describe('words of a colleague who gives the deal back', () => {
  it('are told to whoever voted before, and to nobody where the rep gives it away', () => {
    const voted = elevated().vote('compliance-1');
    const given = voted.and('rep-1', reassign('product-1'));
    const told = (before: Story, after: Story): string[] => toldOf(noticesBetween(before, after), 'owner reassigned');
    expect(told(voted, given)).toEqual(['thread', 'product-1']);
    expect(told(given, given.and('product-1', reassign('rep-1')))).toEqual(['thread', 'rep-1', 'compliance-1']);
  });
  it('are told to compliance once nobody votes on it any more, also where its rep gives it away', () => {
    const approved = elevated().vote('compliance-1').vote('senior-1');
    expect(approved.view.deal.status).toBe('decided');
    const told = toldOf(noticesBetween(approved, approved.and('rep-1', reassign('product-1'))), 'owner reassigned');
    expect(told).toEqual(['thread', 'product-1', 'compliance-1', 'compliance-2']);
  });
});

describe('compliance that puts the others on the deal team', () => {
  it('leaves somebody else to decide, and not only a manager of the seller', () => {
    const last = elevated();
    last.when('compliance-1', reassign('compliance-2')).refused('not allowed', /too few could decide/, 'to');
    const one = last.and('compliance-1', reassign('senior-1'));
    expect(JSON.stringify(toldOf(noticesBetween(last, one), 'owner reassigned'))).toContain('senior-1');
    const bossContext: DealContext = {
      ...TIMED,
      organisation: {
        ...TIMED.organisation,
        groups: TIMED.organisation.groups.map((g) =>
          g.id === 'senior' ? { ...g, members: ['boss-1', 'senior-1'] } : g,
        ),
      },
    };
    elevated(bossContext)
      .when('compliance-1', reassign('senior-1'))
      .refused('not allowed', /too few could decide/);
  });

  it('does not end the wait of whoever asked by making them the owner', () => {
    const people = [...TIMED.organisation.groups];
    const three: DealContext = {
      ...TIMED,
      organisation: {
        ...TIMED.organisation,
        groups: people.map((g) => (g.id === 'compliance' ? { ...g, members: [...g.members, 'product-1'] } : g)),
      },
    };
    const asked = elevated(three).and('compliance-2', {
      type: 'AskForInformation',
      step: 0,
      question: 'Who would operate it?',
    });
    const told = asked
      .and('rep-1', ({ deal }) => ({
        type: 'GiveInformation',
        request: deal.requests[0]!.id,
        text: 'We will find out.',
        sources: [],
      }))
      .and('compliance-1', reassign('compliance-2'))
      .and('compliance-1', reassign('rep-1'));
    told.when('compliance-1', (v) => voteOf(v)).refused('not now', /looks at it first/);
  });
});

describe('whoever is named as having said what the answers say', () => {
  /** The deal as its team left it: every answer stands on the word of these. */
  const saidBy = (named: Story, ids: readonly string[]): Story => {
    const { view } = named;
    const answers = Object.fromEntries(
      Object.entries(view.deal.answers).map(([section, given]) => [
        section,
        Object.fromEntries(
          Object.entries(given).map(([id, answer], i) => [id, { ...answer, basis: { told: ids[i % ids.length]! } }]),
        ),
      ]),
    );
    return { ...named, view: { ...view, deal: { ...view.deal, answers } } };
  };
  const context: DealContext = { ...TIMED, policy: aPolicy({ managerAlone: false }) };
  const standing = (ids: readonly string[]) => {
    const { view } = saidBy(elevated(context), ids);
    return { view, deal: view.deal as DecidingDeal };
  };
  const votes = ({ view, deal }: ReturnType<typeof standing>, ...by: string[]) =>
    standingWith(view, deal, {
      votes: by.map((id) => ({ ...aVote(id, 0), factsHash: deal.route.factsHash })),
      step: 0,
      away: [],
    });

  it('does not judge that word alone while a colleague is here, and is asked all the same', () => {
    const named = standing(['compliance-1']);
    expect(votes(named, 'compliance-1')).toMatchObject({ outcome: 'open', missing: 1, people: ['compliance-2'] });
    expect(votes(named, 'compliance-2').outcome).toBe('passed');
    expect(votes(named, 'compliance-1', 'compliance-2').outcome).toBe('passed');
    expect(votes(named).people).toContain('compliance-1');
    expect(missingWords(named.view, named.deal)).toBe(
      '1 more vote from somebody who is not named as having said the answers',
    );
  });
  it('is asked where their report opened the deal and handed it to the seller', () => {
    const { organisation } = context;
    const people = organisation.people.map((p) => (p.id === 'product-1' ? { ...p, manager: 'senior-1' } : p));
    const opened = (requester: string) => {
      const { view } = elevated({ ...context, organisation: { ...organisation, people } }).vote('compliance-1');
      const moved: DealView = { ...view, deal: { ...view.deal, requester, owner: 'rep-1', involved: ['rep-1'] } };
      return standingOf(moved, moved.deal as DecidingDeal).people;
    };
    expect(opened('rep-1')).toContain('senior-1');
    expect(opened('product-1')).toContain('senior-1');
  });
  it('is one of two where the whole group is named', () => {
    const all = standing(['compliance-1', 'compliance-2']);
    expect(votes(all, 'compliance-1')).toMatchObject({ outcome: 'open', missing: 1 });
    expect(votes(all, 'compliance-1', 'compliance-2').outcome).toBe('passed');
  });
});

describe('the manager of the requester', () => {
  const withBoss = (context: DealContext): DealContext => ({
    ...context,
    policy: aPolicy({ managerAlone: false }),
    organisation: {
      ...context.organisation,
      groups: context.organisation.groups.map((g) =>
        g.id === 'senior' ? { ...g, members: ['boss-1', 'senior-1', 'counsel-1'] } : g,
      ),
    },
  });
  const YEAR: [string, string] = ['2027-02-01', '2027-12-31'];
  const second = (stands: Parameters<typeof awayIn>[0]): Story =>
    elevated(withBoss(awayIn(stands))).vote('compliance-1');

  it('is not enough while somebody stands in for a colleague who is away', () => {
    second({ 'senior-1': ['boss-1', ...YEAR], 'counsel-1': ['senior-2', ...YEAR] })
      .when('boss-1', (v) => voteOf(v))
      .then('VoteCast');
  });
  it('is not enough where the answers stand on the word of somebody of theirs', () => {
    // Another colleague opens the deal, whose manager is nobody here.
    const context = withBoss(TIMED);
    const told = elevated(context).vote('compliance-1').view;
    const moved: DealView = {
      ...told,
      deal: { ...told.deal, requester: 'product-1', owner: 'product-1', involved: [] },
    };
    expect(managersOf(moved)).toEqual([]);
    const [section = '', answers = {}] = Object.entries(moved.deal.answers).at(-1) ?? [];
    const named = Object.fromEntries(
      Object.entries(answers).map(([id, answer]) => [id, { ...answer, basis: { told: 'rep-1' } }]),
    );
    const on = { ...moved, deal: { ...moved.deal, answers: { ...moved.deal.answers, [section]: named } } };
    expect(managersOf(on)).toEqual(['boss-1']);
  });
  it('decides alone where nobody else is here, and whoever reads it sees that', () => {
    const shown = ({ view }: Story): string => JSON.stringify([decidedTold(view, false), whoDecidedItems(view)]);
    const alone = second({ 'senior-1': ['rep-1', ...YEAR], 'counsel-1': ['rep-1', ...YEAR] }).vote('boss-1');
    expect(alone.view.deal.status).toBe('decided');
    const said = shown(alone);
    expect(said.match(/Nobody voted in Senior approvers who stands apart from the deal/g)).toHaveLength(2);
    expect(said).toContain('manages Sample Rep');
    expect(shown(second({}).vote('boss-1').vote('senior-1'))).not.toContain('stands apart');
    expect(shown(second({}).vote('senior-1'))).not.toContain('stands apart');
  });
  it('is asked all the same: it may decline', () => {
    const { view } = elevated(withBoss(TIMED)).vote('compliance-1');
    const asked = (of: Partial<DealView['deal']>): string[] => {
      const deal = { ...view.deal, ...of } as DecidingDeal;
      return standingOf({ ...view, deal }, deal).people.toSorted();
    };
    // Who opens it is the team's choice, too.
    for (const of of [{ requester: 'rep-1' }, { owner: 'rep-1' }, { involved: ['rep-1'] }])
      expect(asked({ requester: 'product-1', owner: 'product-1', involved: [], ...of })).toEqual([
        'boss-1',
        'counsel-1',
        'senior-1',
      ]);
  });
  it('is not enough where the requester is not in the organisation file any more', () => {
    const context = withBoss(TIMED);
    const { organisation } = context;
    const gone = {
      ...context,
      organisation: { ...organisation, people: organisation.people.filter(({ id }) => id !== 'rep-1') },
    };
    const voted = elevated(context).vote('compliance-1');
    const left = story([], gone).resume(voted);
    const once = left.and('boss-1', (v) => voteOf(v));
    expect(once.view.deal.status).toBe('deciding');
    expect(missingWords(once.view, once.view.deal as DecidingDeal)).toBe(
      '1 more vote (who manages somebody that sells it is not known, so one voter alone is not enough)',
    );
    // “1 of 1” would read as done.
    expect(plain(reviewCard(once.view, 1))).toContain('1 of 2 votes. Still needed: 1 more vote (who manages');
    expect(once.vote('senior-1').view.deal.status).toBe('decided');
  });
  it('is not enough where the organisation file names a manager of others, and none of the requester', () => {
    const context = withBoss(TIMED);
    const { organisation } = context;
    const people: Person[] = organisation.people.map(({ manager, ...p }) =>
      p.id === 'rep-1' || manager === undefined ? p : { ...p, manager },
    );
    const once = elevated({ ...context, organisation: { ...organisation, people } })
      .vote('compliance-1')
      .and('boss-1', (v) => voteOf(v));
    expect(once.view.deal.status).toBe('deciding');
    expect(missingWords(once.view, once.view.deal as DecidingDeal)).toMatch(/who manages somebody .* is not known/);
    expect(once.vote('senior-1').view.deal.status).toBe('decided');
    // Whoever manages others and has no manager is at the top of the line; a file without managers has no lines.
    const top = people.map((p) => (p.id === 'senior-1' ? { ...p, manager: 'rep-1' } : p));
    const none = people.map(({ manager: _manager, ...p }) => p);
    for (const file of [top, none]) {
      const alone = elevated({ ...context, organisation: { ...organisation, people: file } });
      expect(alone.vote('compliance-1').vote('counsel-1').view.deal.status).toBe('decided');
    }
  });
  it('is enough where only they stand in, or nobody', () => {
    second({ 'senior-1': ['boss-1', ...YEAR], 'counsel-1': ['boss-1', ...YEAR] })
      .when('boss-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });
});

describe('an exception that compliance confirmed', () => {
  const HOSPITAL = { P1: 'yes', G8: 'yes', 'H-RF4': 'yes', 'H-RF5-oversight': 'yes', 'L-RF1': 'yes' };
  const reason = 'A clean record, and a clear benefit';
  const confirm: DealCommand = { type: 'AcceptGaps', questions: [], reason, confirm: 'clean-benefit' };
  const hospital = story(pictureDeal(HOSPITAL), pictureContext());

  it('ends with a flag that is admitted, an alert, and what another deal says', () => {
    const confirmed = hospital.and('compliance-1', confirm);
    expect(confirmed.view.assessment.tier).toBe('elevated');
    const flagged = confirmed.and('senior-2', FLAG);
    expect(flagged.view.assessment.tier).toBe('elevated');
    const admitted = flagged.and('compliance-2', settle(flagged));
    expect(admitted.view.deal.exceptions).toBeUndefined();
    expect(admitted.view.assessment.tier).toBe('high');
    const ended = [{ deal: 'D-0THER1', how: 'declined', at: hospital.view.now } as const];
    const heard = confirmed.and(SYSTEM, { type: 'NoteOthers', ended, otherwise: [] });
    expect(heard.view.deal.exceptions).toBeUndefined();
    expect(heard.view.assessment.tier).toBe('high');
  });

  it('is not confirmed from a form that was opened before somebody raised a flag', () => {
    const seen = gapsShown(hospital.view);
    const raised = hospital.and('senior-2', FLAG);
    raised.when('compliance-1', { ...confirm, seen } as DealCommand).refused('facts changed');
    raised
      .when('compliance-1', { ...confirm, seen: gapsShown(raised.view) } as DealCommand)
      .then('GapsAccepted', 'DealRouted');
  });
});

/** What compliance accepted of a country. */
const accepted = (question: string) => ({
  id: 'gap-1',
  on: { of: 'country' as const, country: 'NO' },
  questions: [question],
  reason: 'Nobody publishes on it.',
  until: '2027-09-01',
  by: 'compliance-2',
  at: '2027-02-01T09:00:00.000Z',
});

describe('an acceptance of what is not known of a country', () => {
  it('is taken by no deal after an alert for that country', () => {
    const unknown = story(pictureDeal({ S5: 'unknown' }), pictureContext());
    const acceptance = accepted('S5');
    const alert = {
      id: 'alert-1',
      country: 'NO',
      why: 'Journalists were locked up',
      on: '2027-02-02',
      by: 'compliance-1',
    };
    const view = (at: string) => ({
      ...unknown.view,
      organisation: {
        ...unknown.view.organisation,
        acceptances: [acceptance],
        alerts: [{ ...alert, at }],
      },
    });
    expect(gapsToTake(view('2027-02-02T09:00:00.000Z'))).toEqual([]);
    expect(gapsToTake(view('2027-01-15T09:00:00.000Z'))).toHaveLength(1);
  });
});

describe('an acceptance of what is not known', () => {
  const acceptance = accepted('H-RF4');
  const { view } = story(pictureDeal({ 'H-RF4': 'unknown' }), pictureContext());
  /** A brief on which somebody writes to a question that others left open. */
  const taken = (question: string, by: string, at: string, disputes: SheetDispute[] = []) => {
    const note = 'A clerk told me whom they will lock up with it.';
    const answer = { value: 'unknown', note, sources: [], by, at };
    const sheet = {
      id: 'country:NO' as const,
      on: { of: 'country' as const, country: 'NO' },
      version: 2,
      by,
      at,
      until: '2028-01-01',
      answers: { [question]: answer },
      changes: [],
      said: [],
      disputes,
    };
    const organisation = { ...view.organisation, acceptances: [acceptance], sheets: [sheet] };
    return gapsToTake({ ...view, organisation }).flatMap(({ questions }) => questions);
  };
  it('is taken by no deal over what somebody wrote to that question since', () => {
    expect(taken('H-RF4', 'counsel-1', '2027-02-02T09:00:00.000Z')).toEqual([]);
  });
  it('is taken by no deal over what somebody held against that answer since', () => {
    const at = (day: string) => {
      const dispute = {
        id: 'd',
        version: 1,
        questions: ['H-RF4'],
        reason: 'They lock up clerks.',
        by: 'counsel-1',
        at: day,
      };
      return taken('S5', 'counsel-1', '2027-01-15T09:00:00.000Z', [dispute]);
    };
    expect(at('2027-02-02T09:00:00.000Z')).toEqual([]);
    expect(at('2027-01-15T09:00:00.000Z')).toEqual(['H-RF4']);
  });
  it('is taken over what was written before it, or to another question; not over what who sells the deal wrote for all deals', () => {
    expect(taken('H-RF4', 'counsel-1', '2027-01-15T09:00:00.000Z')).toEqual(['H-RF4']);
    expect(taken('S5', 'counsel-1', '2027-02-02T09:00:00.000Z')).toEqual(['H-RF4']);
    expect(taken('H-RF4', view.deal.owner, '2027-02-02T09:00:00.000Z')).toEqual([]);
  });
});

describe('a hold or an alert that a colleague ends', () => {
  const hold = {
    id: 'hold-1',
    on: { of: 'end-user', name: story(answeredDeal()).view.deal.details.endUser.name },
    why: 'breach',
    stops: ['support'],
    reason: 'They gave the data to the police',
    by: 'compliance-2',
    at: '2027-02-20T09:00:00.000Z',
  } as unknown as Hold;
  const alert = {
    id: 'alert-1',
    country: 'NO',
    why: 'Soldiers shoot at journalists',
    on: '2027-02-20',
    by: 'compliance-2',
    at: '2027-02-20T09:00:00.000Z',
  };

  it('stays visible in the deal, with who made it, why, and who ended it', () => {
    const with_ = { ...TIMED, organisation: { ...TIMED.organisation, holds: [hold], alerts: [alert] } };
    const held = elevated(with_);
    expect(Object.keys(held.view.deal.holds ?? {})).toEqual(['hold-1']);
    const ended = story([], TIMED)
      .resume(held)
      .and(SYSTEM, { type: 'NoteRelease', hold: 'hold-1', reason: 'Solved', by: 'compliance-1' })
      .and(SYSTEM, {
        type: 'NoteAlertEnd',
        alert: 'alert-1',
        reason: 'It is over',
        by: 'compliance-1',
        why: alert.why,
        from: alert.by,
      });
    for (const form of [reviewForm(ended.view, 0, startReview(ended.view, 0)!, 1), whyForm(ended.view)]) {
      const text = JSON.stringify(form);
      for (const said of ['They gave the data to the police', 'Solved', 'Soldiers shoot at journalists', 'It is over'])
        expect(text).toContain(said);
    }
  });

  it('is told to whoever made it, and to the chief', () => {
    const context = { organisation: TIMED.organisation, policy: undefined };
    const stamp = { at: '2027-03-01T09:00:00.000Z', by: 'compliance-1' };
    const who = (told: readonly (readonly [unknown, readonly { to: string; person?: string }[]])[]) =>
      told.flatMap(([, targets]) => targets.map(({ person }) => person));
    const lifted = { ...stamp, type: 'HoldLifted' as const, hold, reason: 'Solved' };
    expect(who(holds.tell(lifted, holds.none, context, holds.none))).toEqual(['compliance-2', 'chief-1']);
    const over = { ...stamp, type: 'CountryAlertEnded' as const, alert, reason: 'It is over' };
    expect(who(countries.tell(over, countries.none, context, countries.none))).toEqual(['compliance-2', 'chief-1']);
  });
});

describe('a report that asked for a new review', () => {
  it('tells its author what came of it', () => {
    const reported = story(answeredDeal(), TIMED)
      .vote('compliance-1')
      .and('compliance-2', { type: 'ReportChange', what: 'major', why: 'They jam the phones of protesters with it' });
    const sections = ['scope', 'product', 'record'];
    const again = sections.reduce(
      (told, section) => told.and('rep-1', { type: 'ConfirmSection', section }),
      reported.and('rep-1', { type: 'StartReassessment' }),
    );
    expect(again.state).toMatchObject({ status: 'deciding' });
    const invited = reviewWantedTold(again.view, { fact: 'review wanted', step: 0 }, true, undefined);
    expect(JSON.stringify(invited)).toContain('They jam the phones of protesters with it');
    const decided = again.vote('compliance-1');
    expect(decided.state).toMatchObject({ status: 'decided' });
    expect(toldOf(noticesBetween(again, decided), 'decided')).toContain('compliance-2');
  });
});
