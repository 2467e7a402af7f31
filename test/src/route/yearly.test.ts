/** A yearly report in chat, from the word to the record: its way, and everybody who wants around it. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { slackMessage, slackView } from '../../../blocks/slack/slack.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { plain, presses } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { atDesk, formIn } from '../../support/desk.ts';
import { REPORTING, reportedYear, toldNow, withdrawnDeal } from '../../support/reported-year.ts';
import { sqliteFolder } from '../../support/sqlite.ts';
import { complaintText, firm } from '../../support/yearly.ts';

const SLACK: Place = { platform: 'slack', channel: 'D0ME', direct: true };
const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };
const WORDS = { foreword: 'This is our first report.', learned: 'We ask earlier now.' };
/** What ended on 1 March 2027, where the clock of the desk stands, is of 2027. */
const YEAR = 2027;
const OVER = '2028-02-01T09:00:00.000Z';

let at: Awaited<ReturnType<typeof reportedYear>>;
beforeEach(async () => {
  at = await reportedYear(30);
  await at.travel(OVER);
});
afterEach(() => at.end());

const textOf = (reply: Reply): string =>
  reply.kind === 'tell'
    ? plain(reply.card)
    : reply.kind === 'form'
      ? JSON.stringify(reply.form.blocks)
      : reply.kind === 'errors'
        ? Object.values(reply.errors).join(' ')
        : reply.kind;
const say = (person: string, words = 'report-year', place = SLACK): Promise<Reply> =>
  at.ask(person, { kind: 'words', words, canOpen: true }, place);
const press = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name: `desk.${name}`, value }, SLACK);
const submit = (person: string, form: string, context: object, values: FormValues): Promise<Reply> =>
  at.submit(person, `desk.${form}`, context, values);
const state = async () => (await at.desk.registers.yearly.now()).state;
const draft = async () => (await state()).drafts[YEAR];
const hash = async (): Promise<string> => (await draft())?.sent?.hash ?? 'none';
const write = (person: string, values: FormValues = WORDS, from = 0): Promise<Reply> =>
  submit(person, 'year-words', { year: YEAR, from }, values);
const send = async (person: string): Promise<Reply> =>
  press(person, 'year-send', `${YEAR}/${(await draft())?.text?.version ?? 0}`);
const SURE = { sure: ['sure'] };
const approve = (person: string, of: string): Promise<Reply> =>
  submit(person, 'year-approve', { year: YEAR, hash: of }, SURE);
const publish = (person: string, of: string): Promise<Reply> =>
  submit(person, 'year-publish', { year: YEAR, hash: of }, SURE);
const sent = async (): Promise<string> => {
  expect(textOf(await write('compliance-1'))).toContain('Saved.');
  expect(textOf(await send('compliance-1'))).toContain('It waits for:');
  await toldNow(at);
  return hash();
};

describe('the word', () => {
  it.each([SLACK, TEAMS])('shows the figures of the year that is over in sentences, in private (%o)', async (place) => {
    const reply = await say('compliance-1', 'report-year', place);
    expect(textOf(reply)).toContain(`# Yearly report of ${YEAR}`);
    expect(textOf(reply)).toMatch(/Ended without a decision, or after an approval: 30 deals\./);
    expect(textOf(reply)).toMatch(/Not published: none, or so few.*That is so of: Decisions;/);
    expect(reply).not.toHaveProperty('open');
    expect(reply.kind === 'tell' && presses(reply.card)).toEqual([
      `desk.year-words ${YEAR}`,
      `desk.year-complaints ${YEAR}`,
    ]);
    for (const secret of [firm(1), firm(13), at.ids[0]!]) expect(JSON.stringify(reply)).not.toContain(secret);
  });

  it('takes a year, and other ways to ask; from December it is the year that runs', async () => {
    expect(textOf(await say('chief-1', 'report-year 2026'))).toContain('# Yearly report of 2026');
    expect(textOf(await say('chief-1', 'yearly report of 2026?'))).toContain('# Yearly report of 2026');
    expect(textOf(await say('chief-1', 'report-year 2029'))).toContain(
      '2029 has not begun. For example: /deal report-year 2026',
    );
    expect(textOf(await say('chief-1', 'report-year soon'))).toContain('Please name a year.');
    expect(textOf(await say('chief-1', 'report-year 2028'))).toContain(
      '2028 is not over: these are the figures so far.',
    );
    await at.travel('2028-12-01T00:00:00.000Z');
    expect(textOf(await say('chief-1'))).toContain('# Yearly report of 2028');
  });

  it('tells others who can, and nothing of a draft: not by words, buttons or forged forms', async () => {
    const of = await sent();
    const before = await at.commits();
    const question = { year: YEAR, question: 'question-1' };
    for (const person of ['rep-1', 'senior-1', 'product-1', 'stranger'])
      for (const reply of [
        await say(person),
        await press(person, 'year', `${YEAR}`),
        await press(person, 'year-words', `${YEAR}`),
        await press(person, 'year-send', `${YEAR}/1`),
        await press(person, 'year-approve', `${YEAR}/${of}`),
        await press(person, 'year-take-back', `${YEAR}/question-1`),
        await press(person, 'year-publish', `${YEAR}/${of}`),
        await write(person, WORDS, 1),
        await approve(person, of),
        await submit(person, 'year-return', { year: YEAR, hash: of }, { reason: 'I do not like it.' }),
        await submit(person, 'year-ask', { year: YEAR, hash: of }, { table: 'ended', text: 'Why is that so?' }),
        await submit(person, 'year-answer', question, { text: 'Because it is so.' }),
        await publish(person, of),
      ])
        expect(textOf(reply)).toBe(
          '# Not done\nThe yearly report is written by compliance (Sample Compliance, Sample Compliance Two), and approved by Sample Chief Compliance, Sample Counsel. Until it is published only they, counsel and auditors see it. Please ask them.',
        );
    expect(await at.commits()).toBe(before);
    const auditor = await say('auditor-1');
    expect(textOf(auditor)).toContain('It waits for:');
    expect(auditor.kind === 'tell' && presses(auditor.card)).toEqual([]);
  });

  it('says that it is counting while the deals are not read', async () => {
    const folder = sqliteFolder();
    const store = { ...folder.open(), list: () => new Promise<never>(() => {}) };
    const slow = await reportedYear(0, { folder, store, listDeadlineMs: 20 });
    expect(textOf(await slow.ask('chief-1', { kind: 'words', words: 'report-year 2027' }, SLACK))).toContain(
      'I am still counting the deals. Please ask again in a moment: /deal report-year 2027',
    );
    expect(textOf(await slow.submit('compliance-1', 'desk.year-words', { year: YEAR, from: 0 }, WORDS))).toContain(
      'still counting the deals. Nothing was recorded',
    );
    expect((await slow.desk.registers.yearly.now()).version).toBe(0);
    await slow.end();
  });
});

describe('reports of misuse', () => {
  it('are handed over by compliance alone, stand in the figures, and void what was approved', async () => {
    const values = { text: complaintText(YEAR) };
    for (const person of ['counsel-1', 'auditor-1']) {
      expect(textOf(await press(person, 'year-complaints', `${YEAR}`))).toContain('Only compliance');
      expect(textOf(await submit(person, 'year-complaints', { year: YEAR }, values))).toContain('Only compliance');
    }
    expect(textOf(await submit('rep-1', 'year-complaints', { year: YEAR }, values))).toContain('Please ask them.');
    expect(textOf(await press('compliance-1', 'year-complaints', `${YEAR}`))).toContain(
      'Guidance 8, bullet 2. Not recounted',
    );
    const wrong = await submit('compliance-1', 'year-complaints', { year: YEAR }, { text: complaintText(YEAR - 1) });
    expect(textOf(wrong)).toContain(`These lines are of ${YEAR - 1}.`);
    const of = await sent();
    await approve('chief-1', of);
    const saved = textOf(await submit('compliance-1', 'year-complaints', { year: YEAR }, values));
    expect(saved).toContain(
      'Arrived in the year, and closed: 10 to 24; Found credible: 5 to 9; Substantiated, at least in part: fewer than 5;',
    );
    expect(saved).toContain('Reports of misuse, Found credible: no row → 5 to 9');
    expect((await toldNow(at)).find((text) => text.startsWith('chief-1'))).toContain(
      'Arrived in the year, and closed: no row → 10 to 24',
    );
    expect(textOf(await approve('counsel-1', of))).not.toContain('You approved it.');
    await send('compliance-1');
    for (const person of ['chief-1', 'counsel-1']) await approve(person, await hash());
    expect(textOf(await publish('compliance-1', await hash()))).toContain('Published.');
    expect((await state()).years[YEAR]?.figures.complaints?.rows[1]?.range).toBe('5 to 9');
  });
});

describe('the way of a report', () => {
  it('is written, sent, approved and published, each told to those who are next', async () => {
    const form = formIn(await press('compliance-1', 'year-words', `${YEAR}`));
    expect(presets(form)['foreword']).toContain(`Sample Instruments looked after human rights in its sales in ${YEAR}`);
    expect(textOf(await write('compliance-1'))).toContain('Saved.');
    expect(textOf(await send('compliance-1'))).toContain('- Counsel: @counsel-1');
    const told = await toldNow(at);
    expect(told.map((text) => text.split('\n')[0])).toEqual([
      `counsel-1: # Please approve the yearly report of ${YEAR}`,
      `chief-1: # Please approve the yearly report of ${YEAR}`,
    ]);
    expect(told[0]).toContain('> This is our first report.');
    const of = await hash();
    expect(textOf(await press('chief-1', 'year-approve', `${YEAR}/${of}`))).toContain('We ask earlier now.');
    expect(textOf(await submit('chief-1', 'year-approve', { year: YEAR, hash: of }, {}))).toContain('Please tick it');
    expect(textOf(await approve('chief-1', of))).toContain('You approved it.');
    expect(textOf(await publish('compliance-1', of))).toContain('It still waits for Counsel.');
    await approve('counsel-1', of);
    const afterwards = await toldNow(at);
    expect(afterwards.filter((text) => text.includes('Everybody approved it: it can be published.'))).toHaveLength(2);
    expect(textOf(await publish('compliance-2', of))).toContain('Published. Figures and words stay as they are now.');
    expect((await state()).years[YEAR]).toMatchObject({ by: 'compliance-2', words: WORDS, hash: of });
    expect((await toldNow(at)).map((text) => text.split(':')[0] ?? '').toSorted()).toEqual([
      'chief-1',
      'compliance-1',
      'counsel-1',
    ]);
    expect(textOf(await say('counsel-1'))).toContain('Approved by @chief-1, @counsel-1.');
  });

  it('of a form of before nothing is overwritten: both are shown', async () => {
    await write('compliance-1');
    const reply = await write('compliance-2', { foreword: 'Mine is better.' });
    const form = formIn(reply);
    expect(JSON.stringify(form.blocks)).toContain('Somebody saved other words meanwhile.');
    expect(JSON.stringify(form.blocks)).toContain('This is our first report.');
    expect(presets(form)).toEqual({ foreword: 'Mine is better.' });
    expect((await draft())?.text?.by).toBe('compliance-1');
    expect(
      textOf(
        await submit('compliance-2', 'year-words', JSON.parse(form.context) as object, { foreword: 'Mine is better.' }),
      ),
    ).toContain('Saved.');
    expect((await draft())?.text).toMatchObject({ words: { foreword: 'Mine is better.' }, version: 2 });
  });

  it('a running year can be written, and not be sent', async () => {
    await submit('compliance-1', 'year-words', { year: 2028, from: 0 }, WORDS);
    expect(textOf(await press('compliance-1', 'year-send', '2028/1'))).toContain('send it from 1 January 2029');
  });
});

describe('what waits for me', () => {
  const home = async (person: string): Promise<string> => textOf(await say(person, 'home'));

  it('names a report to those whose word it waits for, and to nobody else', async () => {
    expect(await home('chief-1')).not.toContain('Yearly report');
    const of = await sent();
    for (const person of ['chief-1', 'counsel-1'])
      expect(await home(person)).toContain(`Yearly report of ${YEAR} · waits for your word, sent on`);
    for (const person of ['compliance-1', 'rep-1', 'auditor-1'])
      expect(await home(person)).not.toContain('Yearly report');
    await approve('chief-1', of);
    expect(await home('chief-1')).not.toContain('Yearly report');
    await submit('counsel-1', 'year-ask', { year: YEAR, hash: of }, { table: 'ended', text: 'Why did so many end?' });
    expect(await home('counsel-1')).not.toContain('Yearly report');
    const [question] = (await draft())?.questions ?? [];
    await submit(
      'compliance-1',
      'year-answer',
      { year: YEAR, question: question?.id },
      { text: 'They chose other suppliers.' },
    );
    expect(await home('counsel-1')).toContain(`Yearly report of ${YEAR}`);
  });
});

describe('who wants around it', () => {
  it('the chief who wrote the words does not approve them', async () => {
    await write('chief-1');
    expect(textOf(await send('compliance-1'))).toContain('Nobody of Chief compliance could approve it');
    const two = {
      ...REPORTING,
      groups: REPORTING.groups.map((one) =>
        one.id === 'chief' ? { ...one, members: ['chief-1', 'compliance-2'] } : one,
      ),
    };
    await at.end();
    at = await reportedYear(30, { organisation: two });
    await at.travel(OVER);
    await write('chief-1');
    await send('compliance-1');
    const of = await hash();
    for (const reply of [await press('chief-1', 'year-approve', `${YEAR}/${of}`), await approve('chief-1', of)])
      expect(textOf(reply)).toContain('You wrote or sent some of it, and nobody approves their own report.');
    expect(textOf(await approve('compliance-2', of))).toContain('You approved it.');
  });

  it('a voter with an old card, after a deal was erased: nothing counts, and the difference is said', async () => {
    const of = await sent();
    await approve('chief-1', of);
    await toldNow(at);
    await at.store.erase(at.ids[4]!);
    const reply = await approve('counsel-1', of);
    expect(textOf(reply)).toContain('Not done: it is counted otherwise than what was sent');
    expect(textOf(reply)).toContain('Ended without a decision, or after an approval, All: 30 → 29');
    const told = await toldNow(at);
    expect(told.map((text) => text.split(':')[0] ?? '').toSorted()).toEqual([
      'chief-1',
      'compliance-1',
      'compliance-2',
    ]);
    for (const text of told) expect(text).toContain('All: 30 → 29');
    expect(textOf(await approve('chief-1', of))).toContain('It changed since you looked');
    expect(textOf(await press('chief-1', 'year-approve', `${YEAR}/${of}`))).toContain('It changed since you looked');
    expect(textOf(await publish('compliance-1', of))).toContain('Nobody approved it yet');
    const events = (await at.store.read('register:yearly')).flatMap(({ body }) => body.events as { type: string }[]);
    expect(events.at(-1)?.type).toBe('YearVotesVoided');
    await send('compliance-2');
    const next = await hash();
    expect(next).not.toBe(of);
    await approve('chief-1', next);
    await approve('counsel-1', next);
    expect(textOf(await publish('compliance-1', next))).toContain('Published.');
  });

  it('a deal that is erased between the last vote and publishing voids the votes, too', async () => {
    const of = await sent();
    await approve('chief-1', of);
    await approve('counsel-1', of);
    await at.store.erase(at.ids[4]!);
    const card = await say('compliance-1');
    expect(textOf(card)).toContain('Today it would be counted otherwise.');
    expect(textOf(await publish('compliance-1', of))).toContain('Not done: it is counted otherwise');
    expect((await state()).years).toEqual({});
  });

  it('two who press at once: one publishes, and it is published once', async () => {
    const of = await sent();
    await Promise.all([approve('chief-1', of), approve('counsel-1', of)]);
    const both = await Promise.all([publish('compliance-1', of), publish('compliance-2', of)]);
    expect(both.map(textOf).filter((text) => text.includes('Published. Figures'))).toHaveLength(1);
    const types = (await at.store.read('register:yearly')).flatMap(({ body }) =>
      (body.events as { type: string }[]).map(({ type }) => type),
    );
    expect(types.filter((type) => type === 'YearPublished')).toHaveLength(1);
  });

  it('two bots on one record: both press, and it is published once', async () => {
    const other = atDesk({ organisation: REPORTING, folder: at.folder, store: at.store });
    await other.travel(OVER);
    const of = await sent();
    await approve('chief-1', of);
    expect(textOf(await other.submit('counsel-1', 'desk.year-approve', { year: YEAR, hash: of }, SURE))).toContain(
      'You approved it.',
    );
    const both = await Promise.all([
      publish('compliance-1', of),
      other.submit('compliance-2', 'desk.year-publish', { year: YEAR, hash: of }, SURE),
    ]);
    const texts = both.map(textOf);
    expect(texts.filter((text) => text.includes('Published. Figures'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('published already'))).toHaveLength(1);
  });

  it('a name stops it wherever it is written, hidden or not', async () => {
    const hidden = [...firm(2)].join('\u200B');
    const reply = await write('compliance-1', { ...WORDS, change: `We will ask ${hidden} first.` });
    expect(reply.kind === 'errors' && reply.errors).toEqual({
      change: expect.stringContaining(`This names “${firm(2)}”, which is a customer.`),
    });
    const number = await write('compliance-1', { ...WORDS, change: `As in D\u2013\u200B${at.ids[0]!.slice(2)}.` });
    expect(textOf(number)).toContain('which is the number of a deal');
    expect(textOf(await write('compliance-1', { ...WORDS, change: 'We left Norway.' }))).toContain(
      'Norway”, which is a country',
    );
    expect(textOf(await write('compliance-1', { ...WORDS, change: 'We left Norway.', mayName: 'Norway' }))).toContain(
      'Saved.',
    );
    await send('compliance-1');
    const of = await hash();
    const ask = (text: string): Promise<Reply> =>
      submit('counsel-1', 'year-ask', { year: YEAR, hash: of }, { table: 'ended', text });
    const asked = await ask(`Is it ${hidden} again that we see here?`);
    expect(textOf(asked)).toMatch(
      /^Please write it without names of customers, end-users, people, small countries and deals/,
    );
    expect(textOf(asked)).not.toContain('is a customer');
    expect(
      textOf(
        await submit('counsel-1', 'year-return', { year: YEAR, hash: of }, { reason: `Say nothing of ${firm(2)}.` }),
      ),
    ).toContain('without names');
    expect((await draft())?.questions).toEqual([]);
  });

  it('a name that becomes one later stops the publishing', async () => {
    await write('compliance-1', { foreword: 'We thank Zyxwvut Instruments for the paper.' });
    await send('compliance-1');
    const of = await hash();
    await approve('chief-1', of);
    await approve('counsel-1', of);
    const details = { ...(await at.deals.view(at.ids[0]!))!.deal.details, customer: 'Zyxwvut Instruments' };
    await at.deals.open(
      { type: 'OpenDeal', home: { platform: 'slack', channel: 'C0CLEAR' }, details },
      { actor: 'rep-1', cause: 'new' },
    );
    expect(textOf(await publish('compliance-1', of))).toContain('“Zyxwvut Instruments”, which is a customer');
  });

  it('words are text, never markup', async () => {
    const text = '<!channel> *bold* <https://example.com|here> @everyone';
    await write('compliance-1', { foreword: text });
    await send('compliance-1');
    const people = () => undefined;
    const card = await say('chief-1');
    const form = formIn(await press('chief-1', 'year-approve', `${YEAR}/${await hash()}`));
    for (const drawn of [
      card.kind === 'tell' ? slackMessage(card.card, people).blocks : undefined,
      slackView(form, people).blocks,
    ]) {
      const all = JSON.stringify(drawn);
      expect(all).toContain('<!channel> *bold*');
      expect(all).not.toMatch(/"type":"(?:mrkdwn|broadcast|link)"/);
    }
  });
});

describe('a question on one figure', () => {
  it('holds the approval until it is answered, and both are told', async () => {
    const of = await sent();
    const form = formIn(await press('counsel-1', 'year-ask', `${YEAR}/${of}`));
    expect(JSON.stringify(form.blocks)).toContain('"value":"ended"');
    const asked = await submit(
      'counsel-1',
      'year-ask',
      { year: YEAR, hash: of },
      { table: 'ended', text: 'Why did so many end?' },
    );
    expect(textOf(asked)).toContain('Asked. You are told when compliance answers.');
    expect((await toldNow(at)).map((text) => text.split('\n')[0])).toEqual([
      `compliance-1: # Yearly report of ${YEAR}: a question`,
      `compliance-2: # Yearly report of ${YEAR}: a question`,
    ]);
    expect(textOf(await approve('chief-1', of))).toContain('A question on it is open.');
    const held = await say('chief-1');
    expect(textOf(held)).toContain('A question on it is open, and holds it. It waits for:');
    expect(held.kind === 'tell' && presses(held.card)).not.toContain(`desk.year-approve ${YEAR}/${of}`);
    const [question] = (await draft())!.questions;
    const answering = await press('compliance-1', 'year-answer', `${YEAR}/${question!.id}`);
    expect(textOf(answering)).toContain('Why did so many end?');
    const answer = { year: YEAR, question: question!.id };
    expect(textOf(await submit('compliance-1', 'year-answer', answer, { text: 'Since many chose others.' }))).toContain(
      'Answered',
    );
    expect((await toldNow(at))[0]).toContain(`counsel-1: # Yearly report of ${YEAR}: your question is answered`);
    expect(textOf(await approve('chief-1', of))).toContain('You approved it.');
  });

  it('is taken back by who asked', async () => {
    const of = await sent();
    await submit('counsel-1', 'year-ask', { year: YEAR, hash: of }, { table: 'ended', text: 'Why did so many end?' });
    const [question] = (await draft())!.questions;
    expect(textOf(await press('compliance-1', 'year-take-back', `${YEAR}/${question!.id}`))).toContain(
      'Only the person who asked',
    );
    expect(textOf(await press('counsel-1', 'year-take-back', `${YEAR}/${question!.id}`))).toContain('Taken back.');
    expect(textOf(await approve('chief-1', of))).toContain('You approved it.');
  });
});

it('where the policy asks nobody, the operator publishes it', async () => {
  const none = await reportedYear(10, { policy: aPolicy({ yearlyReport: { approvers: 'none' } }) });
  await none.travel(OVER);
  const card = await none.ask('compliance-1', { kind: 'words', words: 'report-year' }, SLACK);
  expect(textOf(card)).toContain('The policy asks nobody to approve it: the bot’s operator publishes it');
  expect(card.kind === 'tell' && presses(card.card)).toEqual([]);
  await none.end();
});

it('figures that a damaged deal would make wrong are not shown', async () => {
  await withdrawnDeal(at, 99);
  const { index } = at.desk;
  Object.assign(index, { unread: () => ['D-BROKEN'] });
  expect(textOf(await say('chief-1'))).toContain("A deal can't be read, so the figures would be wrong.");
});
