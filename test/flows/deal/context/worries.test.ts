/** The rep who opens a second deal with the same end-user, because somebody said something against the first. */

import { describe, expect, it } from 'vitest';
import { ownFlagRaisedTold } from '../../../../blocks/cards/facts-asking.ts';
import { againstItems, allReadable, heardItems, othersCounted } from '../../../../blocks/cards/others-words.ts';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import { settleFlagForm } from '../../../../blocks/forms/flag.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { acceptableGaps } from '../../../../flows/deal/context/gaps.ts';
import { approvalHeld, holdsOn } from '../../../../flows/deal/context/holds.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { isWaiting, worriesOf } from '../../../../flows/deal/context/worries.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { Others } from '../../../../flows/deal/heard-shapes.ts';
import type { OpenedDeal } from '../../../../flows/deal/state.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { endUserKey } from '../../../../flows/end-user.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { aHold } from '../../../support/holds.ts';
import { answerPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, voteOf, type Line, type Story } from '../../../support/story.ts';
import { dealNamed as dealOf, noteOf, NOW, openNamed, told } from '../../../support/twins.ts';

const WITHDRAW = { type: 'Withdraw', reason: 'The customer postponed it' } as const;
const WORRY = { deal: 'D-F1RST1', of: 'country', by: 'rep-1', at: NOW } as const;
const FLAG = { type: 'RaiseFlag', title: 'They told me they will track journalists with it' } as const;
const CONTEXT = pictureContext();

const shown = (deal: Story): string => JSON.stringify(againstItems(deal.view, allReadable(deal.view)));

describe('a second deal with an end-user', () => {
  const first = dealOf('D-F1RST1');
  const raised = first.and('senior-2', FLAG);
  const id = raised.view.deal.ownFlags[0]!.id;

  it('waits for compliance with the flag that somebody raised in the first, also once that is withdrawn', () => {
    const admitted = raised.and('compliance-2', { type: 'AdmitFlag', flag: id, weight: 'severe', reason: 'Credible' });
    for (const before of [raised, admitted, raised.and('rep-1', WITHDRAW), admitted.and('rep-1', WITHDRAW)]) {
      const twin = told(dealOf('D-TW1N11'), before);
      expect(twin.view.deal.ownFlags).toMatchObject([{ by: SYSTEM, status: 'pending' }]);
      expect(shown(twin)).toContain('D-F1RST1 with the same end-user');
      expect(shown(twin)).toContain(FLAG.title);
      expect(JSON.stringify(againstItems(twin.view))).not.toContain(FLAG.title);
      expect(othersCounted(twin.view)).toContain('something was said of 1 other deal with this end-user');
      twin
        .when('compliance-1', (view) => voteOf(view, weighed))
        .refused('not now', /must first admit or dismiss the flag/);
      const form = JSON.stringify(settleFlagForm(twin.view, twin.view.deal.ownFlags[0]!.id));
      expect(form).toContain('D-F1RST1');
    }
  });

  it('reads the words of who may decide before those on a dozen dummies of its owner and a colleague', () => {
    const dummies = Array.from({ length: 16 }, (_, n) =>
      dealOf(`D-DUMMY${n + 10}`).and(n % 2 === 0 ? 'rep-1' : 'product-1', {
        ...FLAG,
        title: `Paper jam ${n}, and again`,
      }),
    );
    const twin = told(dealOf('D-TW1N11'), ...dummies.slice(0, 8), raised, ...dummies.slice(8));
    const [first, second, third] = heardItems(twin.view).map((item) => JSON.stringify(item));
    expect(first).toContain(FLAG.title);
    // And of these, each of the two in turn.
    const by = (text: string | undefined) => Number(/Paper jam (\d+)/.exec(text ?? '')?.[1]) % 2;
    expect(by(second) + by(third)).toBe(1);
  });

  it('reads a colleague’s and an officer’s words in their turn, whatever the rep says of that deal later', () => {
    const road: DealCommand = { ...FLAG, title: 'The road is bad there in the winter' };
    const dummies = Array.from({ length: 14 }, (_, n) =>
      dealOf(`D-DUMMY${n + 10}`).and('rep-1', road, '2027-03-01T14:00:00.000Z'),
    );
    for (const by of ['product-1', 'senior-2']) {
      const raised = dealOf('D-F1RST1').and(by, FLAG).and('rep-1', road);
      const twin = told(dealOf('D-TW1N11'), raised, ...dummies);
      const items = heardItems(twin.view).map((item) => JSON.stringify(item));
      expect(items).toHaveLength(15);
      expect(items.findIndex((item) => item.includes(FLAG.title))).toBeLessThan(2);
    }
  });

  it('reads the one grave flag of compliance before a colleague’s many, and of another colleague too', () => {
    const grave = 'This bureau tortured prisoners found with our product';
    for (const judge of ['compliance-1', 'counsel-1']) {
      const slots = Array.from({ length: 20 }, (_, n) => `Delivery slot ${n} has to be checked`);
      const flagged = slots.reduce<Story>(
        (told, title) => told.and('senior-2', { type: 'RaiseFlag', title }),
        first.and(judge, { type: 'RaiseFlag', title: grave }),
      );
      expect(shown(told(dealOf('D-TW1N11'), flagged))).toContain(grave);
    }
  });

  it('reads what was answered otherwise before many deals that only go elsewhere', () => {
    const bad = dealOf('D-BAD111', { 'H-RF1': 'yes' });
    const dummies = Array.from({ length: 20 }, (_, n) => dealOf(`D-DU${n + 10}11`, {}, { destination: 'GR' }));
    const twin = told(dealOf('D-TW1N11'), ...dummies, bad);
    const lines = againstItems(twin.view, allReadable(twin.view)).map((line) => JSON.stringify(line));
    expect(lines.findIndex((line) => line.includes('Answered otherwise in D-BAD111'))).toBeLessThan(3);
    expect(lines.filter((line) => line.includes('another country')).length).toBeLessThanOrEqual(3);
    expect(lines.join(' ')).toContain('more deals of that kind');
  });

  it('is admitted as heavily there, and then needs the same approvers', () => {
    const twin = told(dealOf('D-TW1N11'), raised.and('rep-1', WITHDRAW));
    const [flag] = twin.view.deal.ownFlags;
    const severe = twin.and('compliance-2', {
      type: 'AdmitFlag',
      flag: flag!.id,
      weight: 'severe',
      reason: 'Credible',
    });
    const there = raised.and('compliance-2', { type: 'AdmitFlag', flag: id, weight: 'severe', reason: 'Credible' });
    expect(severe.view.assessment.tier).toBe(there.view.assessment.tier);
    // A flag that was only heard of is not told on: the third deal hears of the first.
    expect(saidElsewhere(severe.view).worries).toEqual([]);
  });

  it('waits no more once it was dismissed, and hears not twice of the same', () => {
    const dismissed = raised.and('compliance-2', { type: 'DismissFlag', flag: id, reason: 'It was another company' });
    const { customer } = dismissed.view.deal.details;
    const knows = told(dealOf('D-TW1N11', {}, { customer }), dismissed);
    expect(knows.view.deal.ownFlags).toEqual([]);
    expect(shown(knows)).toContain('A red flag was raised there, and dismissed');
    expect(noteOf(told(dealOf('D-TW1N11'), raised), raised)).toBeUndefined();
    // What stands is heard of however old it is.
    const years = '2029-03-02T09:00:00.000Z';
    const of = (deal: Story) =>
      newsOfOthers([saidElsewhere(dealOf('D-TW1N11').view), saidElsewhere(deal.view)], years).get('D-TW1N11')?.worries;
    expect(of(raised)).toMatchObject([{ of: 'flag' }]);
    expect(of(dismissed)).toBeUndefined();
    const third = raised.and('senior-2', { ...FLAG, title: 'And now somebody was arrested for it' });
    const again = told(told(dealOf('D-TW1N11'), raised), third);
    const hidden = raised.and('rep-1', { ...FLAG, title: 'The delivery may be late by a month' });
    expect(worriesOf(hidden.view)).toMatchObject([
      { text: `‘${FLAG.title}’; who asked for it: ‘The delivery may be late by a month’` },
    ]);
    // Also where the colleague was on its team once, or asked for the deal: whoever sells it comes last, in quotes of their own.
    const asked = dealOf('D-F1RST1').and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Their deal' });
    const back = asked.and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'Theirs' });
    const untrue = 'All is well’; a colleague: ❛Checked by compliance and found untrue';
    for (const [deal, seller, chair, colleague, theirs] of [
      [back, 'rep-1', 'who asked for it', 'product-1', 'its team'],
      [asked, 'product-1', 'who looks after it', 'rep-1', 'who asked for it'],
    ] as const)
      expect(worriesOf(deal.and(colleague, FLAG).and(seller, { ...FLAG, title: untrue }).view)[0]?.text).toBe(
        `${theirs}: ‘${FLAG.title}’; ${chair}: ‘${untrue.replace(/[‘’❛]/gu, "'")}’`,
      );
    // One waits already.
    expect(again.view.deal.ownFlags).toHaveLength(1);
  });

  it('says in the thread once what was heard, with the button that settles it', () => {
    const before = dealOf('D-TW1N11');
    const twin = told(before, raised);
    const noted = twin.events.find(({ type }) => type === 'OthersNoted')!;
    const flag = twin.events.find(({ type }) => type === 'FlagRaised')!;
    const inThread = [noted, flag].flatMap((event) =>
      factNoticesOf(event, before.view, twin.view).flatMap(([{ fact }, targets]) =>
        targets.some(({ to }) => to === 'thread') ? [fact] : [],
      ),
    );
    expect(inThread).toEqual(['own flag raised']);
    const card = JSON.stringify(
      ownFlagRaisedTold(twin.view, { fact: 'own flag raised', flag: twin.view.deal.ownFlags[0]!.id }),
    );
    expect(card).toContain('A red flag was raised there.');
    expect(card).not.toContain(FLAG.title);
  });

  it('shows the question that nobody has answered in the first, and tells whoever asked', () => {
    const asked = first.and('compliance-2', { type: 'AskForInformation', step: 0, question: 'Who would watch whom?' });
    const twin = told(dealOf('D-TW1N11'), asked);
    expect(shown(twin)).toContain('An approver asked something there');
    const answered = asked.and('rep-1', ({ deal }) => ({
      type: 'GiveInformation',
      request: deal.requests[0]!.id,
      text: 'Their own security service reads it.',
      sources: [],
    }));
    expect(shown(told(dealOf('D-TW1N11'), answered))).toContain('An approver asked something there');
    const people = factNoticesOf(
      twin.events.find(({ type }) => type === 'OthersNoted')!,
      undefined,
      twin.view,
    )
      .flatMap(([fact, targets]) => targets.map((target) => ({ fact, target })))
      .filter(({ target }) => target.to === 'person');
    expect(people).toMatchObject([{ fact: { asked: 'D-F1RST1' }, target: { person: 'compliance-2' } }]);
  });

  it('shows that an approver set conditions in the first', () => {
    const condition = { text: 'Log every search', owner: 'rep-1', due: '2027-06-01' };
    const set = dealOf('D-F1RST1', { 'H-RF1': 'yes', P1: 'yes' }).vote('compliance-1', {
      ...weighed,
      outcome: 'approve-with-conditions',
      conditions: [{ id: 'c1', ...condition }],
    });
    expect(set.state.status).toBe('deciding');
    expect(shown(told(dealOf('D-TW1N11'), set))).toContain('An approver set conditions there');
  });

  it('waits where the first is on hold', () => {
    const hold = { id: 'hold-1', on: { of: 'deal', deal: 'D-F1RST1' }, why: 'complaint', stops: ['support'] };
    const held = { ...hold, by: 'compliance-2', at: '2027-03-01T08:00:00.000Z', reason: 'A journalist was tracked' };
    const context = pictureContext({ holds: [held as never] });
    const twin = told(dealOf('D-TW1N11'), dealOf('D-F1RST1', {}, {}, context));
    expect(shown(twin)).toContain('Compliance put it on hold');
    expect(twin.view.deal.ownFlags).toMatchObject([{ by: SYSTEM, status: 'pending' }]);
  });

  it('waits where somebody reported a change of the first, or its approval is suspended', () => {
    const approved = dealOf('D-F1RST1').vote('compliance-1', weighed);
    expect(approved.state).toMatchObject({ status: 'decided' });
    const reported = approved.and('compliance-2', {
      type: 'ReportChange',
      what: 'major',
      why: 'They jam the phones of protesters with it',
    });
    const twin = told(dealOf('D-TW1N11'), reported);
    expect(shown(twin)).toContain('Somebody reported a change');
    expect(twin.view.deal.ownFlags).toMatchObject([{ by: SYSTEM, status: 'pending' }]);
    const suspended = { ...approved.view.deal, suspended: { at: NOW, conditions: ['c1'] } } as OpenedDeal;
    expect(worriesOf({ ...approved.view, deal: suspended })).toMatchObject([{ of: 'suspended' }]);
  });

  it('waits where an authority is of another country in the first, and shows it of a company', () => {
    const elsewhere = dealOf('D-F1RST1', {}, { destination: 'BY' }).and('rep-1', WITHDRAW);
    const twin = told(dealOf('D-TW1N11'), elsewhere);
    expect(shown(twin)).toContain('It goes to another country');
    expect(twin.view.deal.ownFlags).toHaveLength(1);
    const company = { endUser: { ...twin.view.deal.details.endUser, kind: 'private' as const } };
    expect(isWaiting({ deal: { ...twin.view.deal, details: { ...twin.view.deal.details, ...company } } }, WORRY)).toBe(
      false,
    );
    expect(isWaiting(twin.view, WORRY)).toBe(true);
  });

  it('hears what was said of who is involved, and of our part', () => {
    const worst = { G10: 'contribute', 'S-RF2': 'yes', S4: 'yes', 'H-RF1': 'yes' };
    const first = dealOf('D-F1RST1', worst).and('rep-1', WITHDRAW);
    const note = noteOf(dealOf('D-TW1N11', { 'H-RF1': 'yes' }), first);
    const heard = (note as Others | undefined)?.otherwise.map(({ question }) => question) ?? [];
    expect(heard).toEqual(expect.arrayContaining(['G10', 'S-RF2', 'S4']));
  });

  it('hears that the same sale is of higher risk there, whatever answers make it so', () => {
    const forms = { 'P-RF1': 'yes', P1: 'yes', 'H-RF2': 'yes', 'H-RF4': 'yes' };
    const high = dealOf('D-F1RST1', { ...forms, 'P-RF1-forms': ['dissent'] });
    const lower = dealOf('D-TW1N11', { ...forms, 'P-RF1-forms': ['privacy'] });
    expect([high.view.assessment.tier, lower.view.assessment.tier]).toEqual(['high', 'elevated']);
    for (const other of [high, high.and('rep-1', WITHDRAW)]) {
      const twin = told(lower, other);
      expect(shown(twin)).toContain('of higher risk');
      expect(twin.view.deal.ownFlags).toMatchObject([{ by: SYSTEM, status: 'pending' }]);
    }
    // Another product may well be of another tier; and so may one that is not answered yet.
    const product = { id: 'video', name: 'Sample Video' };
    const another = newsOfOthers(
      [saidElsewhere(lower.view), { ...saidElsewhere(high.view), products: [product.id] }],
      NOW,
    );
    expect(another.get('D-TW1N11')?.worries ?? []).toEqual([]);
    const half = dealOf('D-F1RST1').view;
    expect(saidElsewhere({ ...half, deal: { ...half.deal, answers: {} } as OpenedDeal }).tier).toBeUndefined();
  });

  it('hears what a product outside the catalogue was said to do, under the same name', () => {
    const other = { product: { id: 'other', name: 'FaceFinder' } };
    const bad = dealOf('D-F1RST1', { P1: 'yes', P2: 'yes' }, other).and('rep-1', WITHDRAW);
    const note = noteOf(dealOf('D-TW1N11', {}, { product: { id: 'other', name: 'Face Finder' } }), bad) as
      | Others
      | undefined;
    expect(note?.otherwise.map(({ question }) => question)).toEqual(expect.arrayContaining(['P1', 'P2']));
  });

  it('that is said to be out of scope hears that the first was in it', () => {
    const out = dealOf('D-TW1N11', {}, { product: { id: 'other', name: 'Picture box' } }).view;
    const scopeSaid = { ...saidElsewhere(out), scope: 'out' as const };
    const gone = saidElsewhere(first.and('rep-1', WITHDRAW).view);
    expect(newsOfOthers([scopeSaid, gone], NOW).get('D-TW1N11')?.worries).toMatchObject([{ of: 'scope' }]);
    expect(newsOfOthers([saidElsewhere(out), gone], NOW).get('D-TW1N11')).toBeUndefined();
  });

  it('hears what was said of its end-user under that name, though the first names another since', () => {
    // Nothing is answered yet.
    const opened = story(
      pictureDeal()
        .slice(0, 1)
        .map(([actor, command]): Line => [actor, { ...command, deal: 'D-F1RST1' } as DealCommand]),
      CONTEXT,
    );
    const { details } = opened.view.deal;
    const renamed = opened.and('senior-2', FLAG).and('rep-1', {
      type: 'CorrectDetails',
      details: { ...details, endUser: { ...details.endUser, name: 'Oslo Book Fair' } },
      reason: 'Another was meant',
    });
    expect(renamed.view.deal.renamed).toMatchObject([{ of: 'end-user', before: [details.endUser.name] }]);
    expect(told(dealOf('D-TW1N11'), renamed).view.deal.ownFlags).toHaveLength(1);
  });

  it('shows that a report on the first was taken back', () => {
    const reported = dealOf('D-F1RST1')
      .vote('compliance-1', weighed)
      .and('compliance-2', { type: 'ReportChange', what: 'major', why: 'They jam the phones of protesters with it' });
    const task = reported.view.deal.reassessments![0]!.id;
    const back = reported.and('chief-1', { type: 'TakeChangeBack', task, reason: 'Old news' });
    expect(JSON.stringify(saidBefore(back.view))).toMatch(/jam the phones[^]*compliance-2|Old news[^]*jam the phones/);
    expect(shown(told(dealOf('D-TW1N11'), back))).toContain('They jam the phones of protesters');
  });

  it('shows that a hold on the first was lifted', () => {
    const lifted = dealOf('D-F1RST1').view;
    const ended = { of: 'hold', why: 'A journalist was tracked', from: 'compliance-2', reason: 'Solved' } as const;
    const deal = { ...lifted.deal, endedAgainst: [{ ...ended, by: 'compliance-1', at: lifted.now }] };
    const [worry] = worriesOf({ ...lifted, deal });
    expect(worry).toMatchObject({ of: 'lifted', text: 'A journalist was tracked', by: 'compliance-1' });
    expect(isWaiting({ deal }, { deal: 'D-F1RST1', ...worry! })).toBe(false);
  });

  it('hears what a colleague saved for later in the first', () => {
    const [, saved] = answerPicture('end-user', { 'H-RF1': 'yes' });
    const open = dealOf('D-F1RST1').and('rep-1', { ...saved, type: 'SaveSectionForLater' } as DealCommand);
    const heard = noteOf(dealOf('D-TW1N11'), open.and('rep-1', WITHDRAW));
    expect(heard).toMatchObject({ otherwise: [{ question: 'H-RF1', deal: 'D-F1RST1' }] });
  });
});

describe('a deal that is approved', () => {
  const approved = dealOf('D-TW1N11').vote('compliance-1', weighed);

  it('hears that another with its end-user was declined, or is doubted, and compliance is told', () => {
    expect(approved.state).toMatchObject({ status: 'decided' });
    const declined = dealOf('D-F1RST1').vote('compliance-1', { ...weighed, outcome: 'decline' });
    const flagged = dealOf('D-F1RST1').and('senior-2', FLAG);
    for (const other of [declined, flagged]) {
      const after = told(approved, other);
      expect(after.view.deal).toMatchObject({ status: 'decided', ownFlags: [] });
      expect(othersCounted(after.view).length).toBeGreaterThan(othersCounted(approved.view).length);
      const people = factNoticesOf(after.events.at(-1)!, approved.view, after.view).flatMap(([, targets]) => targets);
      expect(people).toContainEqual({ to: 'person', person: 'compliance-2' });
      expect(noteOf(after, other)).toBeUndefined();
    }
  });

  it('hears no answers and no questions of others', () => {
    const other = dealOf('D-F1RST1', { 'H-RF8': 'yes', S5: 'yes' });
    const asked = other.and('compliance-2', { type: 'AskForInformation', step: 0, question: 'Who would watch whom?' });
    expect(noteOf(approved, asked)).toBeUndefined();
  });
});

it('a grave answer stands before three harmless ones of the same deal', () => {
  const other = dealOf('D-F1RST1', { P1: 'yes', P4: 'yes', P5: 'yes', 'H-RF1': 'yes' });
  const twin = told(dealOf('D-TW1N11'), other.and('rep-1', WITHDRAW));
  expect(twin.view.deal.others?.otherwise.map(({ question }) => question)).toEqual(
    expect.arrayContaining(['P1', 'P4', 'P5', 'H-RF1']),
  );
  const [, named = ''] = shown(twin).split('Answered otherwise in D-F1RST1: ');
  expect(named.indexOf(twin.view.policy.question('H-RF1')!.text)).toBeLessThan(20);
  expect(named).toContain(twin.view.policy.question('H-RF1')!.text);
  expect(shown(twin)).toContain('and 1 more');
});

describe('what is not known in one deal, and known in another', () => {
  const knows = dealOf('D-F1RST1', { S5: 'yes', 'H-RF8': 'yes' }).and('rep-1', WITHDRAW);
  const ignorant = dealOf('D-TW1N11', { S5: 'unknown', 'H-RF8': 'unknown' });

  it('is said in both, and cannot be accepted as a gap', () => {
    expect(acceptableGaps(ignorant.view).map(({ id }) => id)).toEqual(['H-RF8', 'S5']);
    const twin = told(ignorant, knows);
    expect(acceptableGaps(twin.view)).toEqual([]);
    expect(shown(twin)).toContain('Answered otherwise in D-F1RST1');
    twin
      .when('compliance-2', { type: 'AcceptGaps', questions: ['S5'], reason: 'Nobody publishes on it' })
      .refused('not now', /Nothing here can be accepted now/);
  });

  it('counts no more as accepted, and votes on that end', () => {
    const worse = dealOf('D-TW1N11', { S5: 'unknown', 'H-RF8': 'unknown', 'H-RF1': 'yes', P1: 'yes' });
    const questions = acceptableGaps(worse.view).map(({ id }) => id);
    const reason = 'Nobody publishes on it';
    const voted = worse.and('compliance-2', { type: 'AcceptGaps', questions, reason }).vote('compliance-1', weighed);
    expect(voted.view.assessment.openQuestions.every(({ accepted }) => accepted)).toBe(true);
    const twin = told(voted, knows);
    expect(twin.view.assessment.openQuestions.filter(({ accepted }) => !accepted)).toHaveLength(questions.length);
    expect(twin.events.map(({ type }) => type)).toContain('VotesVoided');
  });
});

describe('an end-user that is named in another part of the deal', () => {
  const NAME = 'Sample Interior Ministry';
  const parts: [string, Partial<DealDetails>][] = [
    ['as the customer', { customer: NAME }],
    [
      'in between',
      { customer: 'Sample customer', intermediaries: [{ name: 'Interior Ministry (sample)', role: 'buyer' }] },
    ],
  ];
  /** Nothing is answered yet. */
  const opened = (details: Partial<DealDetails>, context = CONTEXT): Story => {
    const [[actor, command] = []] = pictureDeal();
    const open = command as Extract<DealCommand, { type: 'OpenDeal' }>;
    return story([[actor!, { ...open, deal: 'D-TW1N11', details: { ...open.details, ...details } }]], context);
  };

  it.each(parts)('%s is on hold there too', (_, details) => {
    const hold = { id: 'hold-1', on: { of: 'end-user', name: NAME }, why: 'breach', stops: ['support'] };
    const held = { ...hold, by: 'compliance-2', at: '2027-03-01T08:00:00.000Z', reason: 'It was misused' };
    const { view } = opened(details, pictureContext({ holds: [held as never] }));
    expect(holdsOn(view)).toHaveLength(1);
    expect(approvalHeld(view)).toContain(`${NAME} on hold`);
  });

  it.each(parts)('%s brings its declines with it', (_, details) => {
    const declined = dealOf('D-F1RST1', {}, { endUser: { name: NAME, kind: 'government' } }).vote('compliance-1', {
      ...weighed,
      outcome: 'decline',
    });
    expect(declined.state.status).toBe('decided');
    expect(noteOf(opened(details), declined)).toMatchObject({
      ended: [{ deal: 'D-F1RST1', how: 'declined' }],
    });
  });
});

describe('a deal that is on hold under a name that it had', () => {
  const named = (name: string) => ({ endUser: { name, kind: 'private' }, customer: 'Sample Peat Board' }) as const;
  const reason = 'They burned the huts of those who dig peat.';
  const HOLD = aHold({
    on: { of: 'end-user', name: 'Sample Moor Rangers', key: endUserKey('Sample Moor Rangers') },
    reason,
  });
  const context = pictureContext({ holds: [HOLD] });
  const corrected = (name: string): Story =>
    openNamed('D-F1RST1', named(name), context).and('rep-1', ({ deal }) => ({
      type: 'CorrectDetails',
      details: { ...deal.details, ...named('Sample Fen Office') },
      reason: 'That is who uses it.',
    }));

  it('makes the next under its present name wait, with the reason', () => {
    expect(worriesOf(openNamed('D-F1RST1', named('Sample Moor Rangers'), context).view)).toEqual([]);
    const twin = told(openNamed('D-TW1N11', named('Sample Fen Office'), context), corrected('Sample Moor Rangers'));
    expect(twin.view.deal.ownFlags).toMatchObject([{ by: SYSTEM, status: 'pending' }]);
    expect(shown(twin)).toContain(reason);
  });

  it('shows the next that somebody there may be on hold, until that is said', () => {
    const asked = corrected('Sample Moor Ranger');
    expect(asked.view.deal.ownFlags).toMatchObject([{ hit: true, status: 'pending' }]);
    const twin = told(openNamed('D-TW1N11', named('Sample Fen Office'), context), asked);
    expect(shown(twin)).toContain('Somebody there may be on a list, or on hold');
  });
});
