/**
 * Four deals, played by people from the first question to the outcome. The script knows only what a person sees:
 * labels, buttons, words. `Hand` is a person, in a browser or without one.
 */

import { expect } from 'vitest';
import { REDRAWN, type Hand, type Told } from './chat-hand.ts';

export interface Cast {
  rep: Hand;
  legalAdviser: Hand;
  compliance: Hand;
  senior: Hand;
  senior2: Hand;
  counsel: Hand;
}

interface Opening {
  customer: string;
  product: string;
  country: string;
  endUser: string;
  kind: string;
  intermediaries?: string;
}

export const ok = (done: Told): void => {
  expect(done.error ?? JSON.stringify(done.errors ?? {})).toBe('{}');
};

/** Submits the page, and waits until the form is another one (or gone). */
export const save = async (hand: Hand): Promise<void> => ok(await hand.submit());

/** Fills in the form that opens a deal. */
export const fillDeal = async (hand: Hand, deal: Opening): Promise<void> => {
  await hand.fill('Customer', deal.customer);
  await hand.fill('Product or service', deal.product);
  await hand.fill('Destination country', deal.country);
  await hand.fill(/^End-user/, deal.endUser);
  await hand.fill('What is the end-user?', deal.kind);
  if (deal.intermediaries) await hand.fill('Intermediaries', deal.intermediaries);
};

export const openDeal = async (hand: Hand, deal: Opening): Promise<string> => {
  ok(await hand.newDeal());
  await fillDeal(hand, deal);
  await hand.look(`${deal.product.replace(/\W+/g, '-')}-open`);
  await save(hand);
  const root = await hand.reads(deal.customer);
  return root.ts;
};

const YES = 'Yes';
const NO = 'No';
const UNKNOWN = "I don't know";
const ALL = /^(No to all of these|Yes, all done)/;

/** Answers by words of the questions. The section's shortcut answers the others. */
type Answers = Record<string, string | string[]>;

export const shortcut = async (hand: Hand, label: string | RegExp, how: 'all' | 'one'): Promise<void> => {
  const wanted = how === 'all' ? ALL : /^One by one/;
  const options = await hand.options(label);
  const option = options.find((o) => wanted.test(o));
  if (option === undefined) throw new Error(`no shortcut among ${options.join(', ')}`);
  await hand.fill(label, option);
};

const answer = async (hand: Hand, answers: Answers): Promise<void> => {
  for (const [words, value] of Object.entries(answers)) await hand.fill(words, value);
};

/** Answers a run one by one: `named` as given, all others with `rest`. */
export const oneByOne = async (hand: Hand, prompt: string, named: Answers, rest: string = NO): Promise<void> => {
  await shortcut(hand, prompt, 'one');
  await answer(hand, named);
  for (const label of await hand.unanswered()) await hand.fill(label, rest);
};

/** Presses until the form opens: a card that is redrawn during the press is pressed again, as a person would. */
export const openBy = async (hand: Hand, label: string, where: { thread: string; in?: string }): Promise<void> => {
  for (let tries = 0; tries < 8; tries += 1) {
    const told = await hand.press(label, where);
    if (told.error !== REDRAWN) ok(told);
    if (await hand.hasView()) return;
  }
  throw new Error(`${label} opens no form`);
};

export const review = async (
  hand: Hand,
  thread: string,
  { outcome, conditions = [], until = 'end' }: { outcome: string; conditions?: string[]; until?: 'confirm' | 'end' },
): Promise<void> => {
  await openBy(hand, 'Review', { thread });
  for (let page = 0; page < 14; page += 1) {
    const words = await hand.words();
    await hand.look(`review-${hand.user}-${page + 1}`);
    if (words.includes('Review: confirm')) {
      for (const label of await hand.unanswered()) await hand.fill(label, [(await hand.options(label))[0] ?? '']);
      if (until === 'confirm') return;
      expect(words).toMatch(/End-user/);
      await save(hand);
      await hand.noView();
      return;
    }
    if (/Do(es)? (these|this) flags? stand/u.test(words)) {
      for (const label of await hand.unanswered()) await hand.fill(label, 'Uphold');
    } else if (words.includes('Review: weighing')) {
      for (const label of await hand.unanswered()) await hand.fill(label, (await hand.options(label))[1] ?? '');
    } else if (words.includes('Review: your decision')) {
      await hand.fill('What do you decide?', outcome);
      if (outcome === 'Ask for information') await hand.fill('What do you need to know?', conditions[0] ?? '');
      else {
        await hand.fill('Your reasons', 'The answers and safeguards support this decision.');
        for (const condition of conditions) await hand.fill(condition, [(await hand.options(condition))[0] ?? '']);
      }
    }
    // What became overdue is put off by nobody without a reason.
    if (words.includes('Why later, or somebody else’s?')) await hand.fill('Why later', 'They hand it in this month.');
    await save(hand);
  }
  throw new Error('the review has no end');
};

/** Where the rep looked. It is filled in again in the next section. */
export const SOURCE = 'Sample country report, 2026, https://reports.example.org/sample';

/** Says what the section's answers stand on. */
export const standsOn = (hand: Hand, source: string = SOURCE): Promise<void> =>
  hand.fill('What do these answers stand on?', source);

const saysWhatWasLookedAt = (counsel: Hand): Promise<void> =>
  counsel.fill('What was looked at?', 'Limits to free speech and privacy, access to messages, and who oversees it.');

/** Counsel's note on a country's laws, which serves every deal there. */
export const lawsNoted = async (counsel: Hand, country: string): Promise<void> => {
  // In Teams words open no form: the private answer has its button.
  if (!counsel.user.startsWith('U')) {
    ok(await counsel.say(`@Clearthread laws ${country}`));
    await counsel.readsDirect(/serves every deal there/);
    ok(await counsel.pressDirect('Write a note'));
    await saysWhatWasLookedAt(counsel);
    await save(counsel);
    await counsel.closeView();
    return;
  }
  ok(await counsel.say(`/deal laws ${country}`));
  await saysWhatWasLookedAt(counsel);
  await save(counsel);
  await counsel.noView();
};

/** 1. A weather sensor for a farm co-operative: out of scope, in a handful of clicks. */
export const weatherSensor = async ({ rep }: Cast): Promise<string> => {
  const root = await openDeal(rep, {
    customer: 'Sample Farm Co-operative',
    product: 'Sample weather sensor',
    country: 'Antarctica',
    endUser: 'Sample Farm Co-operative',
    kind: 'Private',
  });
  await answer(rep, { 'Can the product': NO, 'close to a foreign government': NO });
  await save(rep);
  await rep.noView();
  await rep.reads(/Out of scope/, root);
  await rep.reads(/Sample Farm Co-operative[\s\S]*Out of scope/);
  await rep.look('weather-sensor-outcome');
  return root;
};

/** Answers every section, for a product that protects and an end-user with a clean record: low. */
export const answerHarmless = async (rep: Hand): Promise<void> => {
  await rep.fill('Can the product', YES);
  await save(rep);
  await shortcut(rep, 'Does any of these hold for this product?', 'all');
  await standsOn(rep);
  await save(rep);
  await shortcut(rep, 'Have all of these been done?', 'all');
  await shortcut(rep, 'As far as the reports show', 'all');
  await save(rep);
  await shortcut(rep, 'Has counsel, in-house or outside', 'all');
  await shortcut(rep, 'Did counsel find', 'all');
  await save(rep);
  await rep.fill('What will the end-user', 'Protect the counting of votes against attacks.');
  await shortcut(rep, 'Does any of these hold?', 'all');
  await save(rep);
  await rep.fill('legitimate benefit', YES);
  await save(rep);
};

/** 2. Network protection for an election commission under independent oversight: low. */
export const electionCommission = async ({
  rep,
  compliance,
  counsel,
}: Cast): Promise<{ root: string; clicks: number }> => {
  await lawsNoted(counsel, 'Bouvet Island');
  const before = rep.clicks;
  const root = await openDeal(rep, {
    customer: 'Sample Election Commission',
    product: 'Sample network protection',
    country: 'Bouvet Island',
    endUser: 'Sample Election Commission',
    kind: 'Government agency',
  });
  await answerHarmless(rep);
  const clicks = rep.clicks - before;
  await rep.noView();
  await rep.reads(/Sample Election Commission[\s\S]*Tier: low/i);
  await review(compliance, root, { outcome: 'Approve' });
  await rep.reads(/Approved/, root);
  await rep.look('election-commission-outcome');
  // What called for a vote says what came of it, and asks for nothing any more.
  const called = await compliance.readsDirect(/Sample Election Commission[\s\S]*You approved\./);
  expect(called.text).not.toContain('Review');
  return { root, clicks };
};

/** 3. Data analytics for a part state-owned telecom: elevated. Interrupted midway; one section is handed over. */
export const stateTelecom = async (
  { rep, legalAdviser, compliance, senior2, counsel }: Cast,
  restart: () => Promise<void>,
): Promise<string> => {
  await lawsNoted(counsel, 'Heard & McDonald Islands');
  const root = await openDeal(rep, {
    customer: 'Sample Telecom',
    product: 'Sample data analytics',
    country: 'Heard',
    endUser: 'Sample Telecom',
    kind: 'State-owned or closely tied to the state',
  });
  await rep.fill('Can the product', YES);
  await save(rep);
  await shortcut(rep, 'Does any of these hold for this product?', 'one');
  await rep.fill('Does it collect sensitive data', NO);
  await rep.fill('Does it analyse data', YES);
  await rep.pressInView('Save for later');
  await rep.words();
  await restart();
  await rep.closeView();
  await openBy(rep, 'Answer: Product', { thread: root });
  for (const label of await rep.unanswered()) {
    if (/Which rights|How could it/.test(label)) continue;
    await rep.fill(label, /Could it be misused/.test(label) ? YES : NO);
  }
  await standsOn(rep);
  await rep.fill('Which rights', ['Privacy']);
  await rep.fill('How could it be misused', 'By learning who calls whom.');
  await save(rep);
  await shortcut(rep, 'Have all of these been done?', 'all');
  await shortcut(rep, 'As far as the reports show', 'all');
  await rep.fill('Which forms could misuse take', ['Intruding on privacy']);
  await save(rep);
  // She does not know the laws: she hands them over and continues with the next section.
  await rep.closeView();
  await openBy(rep, 'Who might know? Hand over Laws', { thread: root });
  await rep.fill('Hand it to', 'Sample Legal Adviser');
  await save(rep);
  await rep.fill('What will the end-user', 'Plan the capacity of its network.');
  await oneByOne(rep, 'Does any of these hold?', {
    'Might work with the product be contracted out': UNKNOWN,
    'own part of the end-user': YES,
  });
  await save(rep);
  await rep.fill('legitimate benefit', YES);
  await rep.fill('how would we stand to it', 'Linked by the sale, no more');
  await answerRest(rep);
  await save(rep);
  await rep.noView();
  await openBy(legalAdviser, 'Answer: Laws', { thread: root });
  await shortcut(legalAdviser, 'Has counsel, in-house or outside', 'all');
  await oneByOne(legalAdviser, 'Did counsel find', {
    'kept inside the country': YES,
    'total or significant control': YES,
  });
  await standsOn(legalAdviser);
  await save(legalAdviser);
  await legalAdviser.noView();
  await rep.reads(/Sample Telecom[\s\S]*Tier: elevated/i);
  await rep.look('state-telecom-routed');
  await review(compliance, root, { outcome: 'Approve' });
  // Their manager's vote alone would not do.
  await senior2.reads(/Senior approvers/, root);
  await review(senior2, root, {
    outcome: 'Approve with conditions',
    conditions: ['Collect and keep less data', 'Rules for the data'],
  });
  await rep.reads(/Sample Telecom[\s\S]*Approved with conditions/);
  await rep.reads(/Collect and keep less data|least data/, root);
  await rep.look('state-telecom-outcome');
  return root;
};

const answerRest = async (hand: Hand): Promise<void> => {
  for (const label of await hand.unanswered()) {
    const options = await hand.options(label);
    await hand.fill(label, options.find((o) => o === NO) ?? options[0] ?? '');
  }
};

/** Answers every section, for a surveillance product that a police force with a bad record wants: high. */
export const answerForPolice = async (rep: Hand): Promise<void> => {
  await rep.fill('Can the product', YES);
  await save(rep);
  await oneByOne(rep, 'Does any of these hold for this product?', {
    'Does it collect sensitive data': YES,
    'Does it analyse data': YES,
    'Is it something few others sell': YES,
    'Could it be misused against free speech': YES,
    'Which rights': ['Privacy', 'Peaceful protest'],
    'How could it be misused': 'By following people who protest.',
    'Are there reports that a product like this': YES,
    'Which forms has misuse of products': ['Stifling dissent'],
  });
  await save(rep);
  await shortcut(rep, 'Have all of these been done?', 'all');
  await oneByOne(rep, 'As far as the reports show', {
    'used products like this for something other': YES,
    'reports that this end-user misused': YES,
    'being abused or locked up': YES,
    'Which forms could misuse take': ['Stifling dissent'],
    'Whom did you ask': 'The embassy, which knows of the reports.',
  });
  await save(rep);
  await shortcut(rep, 'Has counsel, in-house or outside', 'all');
  await shortcut(rep, 'Did counsel find', 'all');
  await save(rep);
  await rep.fill('What will the end-user', 'Find wanted people in stations.');
  await rep.fill('each company in between', YES);
  await shortcut(rep, 'Does any of these hold?', 'all');
  await save(rep);
  await rep.fill('legitimate benefit', UNKNOWN);
  await rep.fill('how would we stand to it', 'Linked by the sale, no more');
  await answerRest(rep);
  await save(rep);
  await rep.noView();
};

/** Custom facial recognition for the police of an interior ministry. */
export const POLICE = {
  customer: 'Sample Integrator',
  product: 'Sample facial recognition',
  country: 'Bouvet Island',
  endUser: 'Sample Interior Ministry, police',
  kind: 'Security, police or intelligence service',
  intermediaries: 'Sample Integrator, reseller',
};

/** 4. Custom facial recognition for an interior ministry's police: high. Votes are voided once; one card is stale. */
export const interiorMinistry = async (cast: Cast): Promise<string> => {
  const { rep, compliance, senior, counsel } = cast;
  const root = await openDeal(rep, POLICE);
  await answerForPolice(rep);
  await rep.reads(/Sample Integrator[\s\S]*Tier: high/i);
  await rep.reads(/red flag/i, root);
  await rep.look('interior-ministry-routed');
  await review(compliance, root, { outcome: 'Approve' });
  await senior.reads(/Senior approvers/, root);
  await review(senior, root, { outcome: 'Approve' });
  // A changed answer voids exactly these two votes.
  await openBy(rep, 'Change: Laws', { thread: root });
  await oneByOne(rep, 'Did counsel find', { 'gather data on them arbitrarily': YES });
  await save(rep);
  await rep.noView();
  await compliance.reads('Votes no longer counted', root);
  await compliance.look('interior-ministry-voided');
  await review(compliance, root, { outcome: 'Approve' });
  await counsel.reads(/Senior approvers/, root);
  // Counsel reads up to the confirmation; meanwhile another approver votes: counsel reads that, and signs once more.
  await review(counsel, root, {
    outcome: 'Approve with conditions',
    conditions: ['Human-rights clauses'],
    until: 'confirm',
  });
  await review(senior, root, { outcome: 'Approve' });
  await save(counsel);
  const shown = await counsel.words();
  if (
    !/Others decided while you were reading[\s\S]*What others decided[\s\S]*safeguards support[\s\S]*Your reasons/.test(
      shown,
    )
  )
    throw new Error(`the vote that came meanwhile is not shown: ${shown}`);
  await counsel.look('interior-ministry-voted-meanwhile');
  await save(counsel);
  await counsel.noView();
  await rep.reads(/Sample Integrator[\s\S]*Approved with conditions/);
  await rep.reads(/Sample Counsel/, root);
  await rep.look('interior-ministry-outcome');
  return root;
};
