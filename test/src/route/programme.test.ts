/** The programme page in both chats, from the word to the record, and everybody who wants to see it. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionsOf, type FormValues } from '../../../blocks/card.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { plain, presses } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { defaultPolicy } from '../../flows/policy/deals.ts';
import { formIn } from '../../support/desk.ts';
import { openGovernmentDeal } from '../../support/own-part.ts';
import { reportedYear, toldNow } from '../../support/reported-year.ts';

const SLACK: Place = { platform: 'slack', channel: 'D0ME', direct: true };
const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };

let at: Awaited<ReturnType<typeof reportedYear>>;
beforeEach(async () => {
  at = await reportedYear(2, { policy: defaultPolicy });
});
afterEach(() => at.end());

const textOf = (reply: Reply): string =>
  reply.kind === 'tell'
    ? plain(reply.card)
    : reply.kind === 'form'
      ? JSON.stringify(reply.form.blocks)
      : reply.kind === 'errors'
        ? Object.entries(reply.errors).join(' ')
        : reply.kind;
const say = (person: string, words = 'programme', place = SLACK): Promise<Reply> =>
  at.ask(person, { kind: 'words', words, canOpen: true }, place);
const press = (person: string, name: string, value = ''): Promise<Reply> =>
  at.ask(person, { kind: 'click', name: `desk.${name}`, value }, SLACK);
const submit = (person: string, form: string, context: object, values: FormValues): Promise<Reply> =>
  at.submit(person, `desk.${form}`, context, values);

const VALUES = { text: 'We pay for what we had a part in.', person: 'counsel-1', until: '2027-09-01' };

describe('the page', () => {
  it.each([SLACK, TEAMS])('is short, in private, and says plainly what is missing (%o)', async (place) => {
    const reply = await say('compliance-1', 'programme', place);
    const text = textOf(reply);
    expect(text).toContain('# Human-rights programme');
    expect(text).toContain('0 of 9 parts stand.');
    expect(text).toContain('Human-rights policy: missing. No published policy is on record');
    expect(text).toContain('Making harm good: missing. It has no owner, next date and evidence yet.');
    expect(text.split('\n').length).toBeLessThan(18);
    expect(reply).not.toHaveProperty('open');
    expect(reply.kind === 'tell' && presses(reply.card)).toHaveLength(9);
  });

  it('opens its parts in a window: Teams shows a page without its buttons elsewhere', async () => {
    for (const words of ['programme', 'programme asked', 'programme effect', 'programme public']) {
      const reply = await say('chief-1', words);
      const actions = reply.kind === 'tell' ? actionsOf(reply.card) : [];
      expect(actions.length).toBeGreaterThan(1);
      expect(actions.filter(({ opens }) => opens !== 'form')).toEqual([]);
    }
  });

  it('opens a part by its word or the beginning of its name, and answers other ways to ask', async () => {
    expect(textOf(await say('chief-1', 'programme training'))).toContain('# Training');
    expect(textOf(await say('chief-1', 'programme how deals'))).toContain('# How deals are checked');
    expect(textOf(await say('chief-1', 'our human rights program'))).toContain('# Human-rights programme');
    expect(textOf(await press('chief-1', 'programme-part', 'process'))).toMatch(
      /Policy in use: .*version .*; \d+ questions, \d+ red flags\.[^]*Of the Guidance’s (\d+) points on single deals it names \1\./,
    );
    expect(textOf(await press('chief-1', 'programme-part', 'nothing'))).not.toContain('Guidance');
  });

  it('refuses everybody else with a clear word: by words, buttons and forged forms', async () => {
    const before = await at.commits();
    for (const person of ['rep-1', 'counsel-1', 'senior-1', 'auditor-1', 'stranger'])
      for (const reply of [
        await say(person),
        await say(person, 'programme remedy'),
        await press(person, 'programme'),
        await press(person, 'programme-part', 'remedy'),
        await press(person, 'programme-say', 'remedy'),
        await press(person, 'programme-asked'),
        await press(person, 'programme-asked-list', '1'),
        await press(person, 'programme-came', 'asked-1'),
        await press(person, 'programme-conflicts', '1'),
        await submit(person, 'programme-say', { element: 'remedy', from: 0 }, VALUES),
        await submit(
          person,
          'programme-asked',
          {},
          { who: 'A group', kind: 'rights', on: '2027-02-01', text: 'How it is used there' },
        ),
        await submit(person, 'programme-came', { asked: 'asked-1' }, { note: 'We changed the contract for it.' }),
      ])
        expect(textOf(reply)).toBe(
          '# Not done\nThe programme page is kept by compliance and the chief compliance officer (Sample Compliance, Sample Compliance Two, Sample Chief Compliance), and only they see it. Please ask them.',
        );
    expect(await at.commits()).toBe(before);
  });
});

describe('what is said', () => {
  it('stands on the page, and is not overwritten by who looked before', async () => {
    expect(textOf(await press('compliance-1', 'programme-say', 'remedy'))).toContain('How harm is made good');
    const saved = await submit('compliance-1', 'programme-say', { element: 'remedy', from: 0 }, VALUES);
    expect(textOf(saved)).toMatch(/# Making harm good[^]*It has no evidence\.[^]*> We pay for what we had a part in\./);
    const late = await submit(
      'chief-1',
      'programme-say',
      { element: 'remedy', from: 0 },
      { ...VALUES, text: 'Counsel pays at once.' },
    );
    expect(textOf(late)).toContain('Somebody saved something else meanwhile.');
    expect(presets(formIn(late))['text']).toBe('Counsel pays at once.');
    await submit(
      'chief-1',
      'programme-say',
      { element: 'remedy', from: 1 },
      { ...VALUES, note: 'Board minutes of May' },
    );
    expect(textOf(await say('compliance-1'))).toContain(
      'Making harm good: stands. @counsel-1 looks at it again by 1 September 2027.',
    );
    expect(textOf(await say('compliance-1'))).toContain('1 of 9 parts stand.');
    await at.travel('2027-09-02T12:00:00.000Z');
    const told = (await toldNow(at)).filter((text) => text.includes('Making harm good'));
    // The bot slept meanwhile: of two reminders that are due the last alone comes.
    expect(told.map((text) => text.split('\n')[0] ?? '').toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
      ['chief-1', 'compliance-1', 'compliance-2', 'counsel-1'].map((one) => `${one}: # Overdue: Making harm good`),
    );
    expect(textOf(await say('compliance-1'))).toContain(
      'Making harm good: missing. The next look was due on 1 September 2027.',
    );
  });

  it('asks for who and when together where the top spoke', async () => {
    const values = { ...VALUES, who: 'chief-1' };
    expect(textOf(await submit('compliance-1', 'programme-say', { element: 'support', from: 0 }, values))).toContain(
      'on,Please say both',
    );
    await submit(
      'compliance-1',
      'programme-say',
      { element: 'support', from: 0 },
      { ...values, on: '2026-02-27', note: 'Minutes' },
    );
    expect(textOf(await say('chief-1', 'programme top'))).toContain(
      'The top spoke for it last on 27 February 2026, more than a year ago.',
    );
  });

  it('lists who was asked, and what came of it later', async () => {
    expect(textOf(await say('compliance-1', 'programme asked'))).toContain(
      'Nobody outside was asked in the last 12 months',
    );
    const asked = { who: 'A rights group', kind: 'rights', on: '2027-02-01', text: 'How cameras are used there' };
    for (const kind of ['', 'somebody', 'constructor'])
      expect(textOf(await submit('compliance-1', 'programme-asked', {}, { ...asked, kind }))).toContain(
        'Please say who they are.',
      );
    const listed = await submit('compliance-1', 'programme-asked', {}, asked);
    expect(textOf(listed)).toContain('A rights group, 1 February 2027 (rights groups), on How cameras');
    expect(textOf(listed)).toContain('Nobody said yet what came of it.');
    const id = (await at.desk.registers.programme.now()).state.asked[0]?.id ?? '';
    expect(textOf(await press('chief-1', 'programme-came', id))).toContain('How cameras are used there');
    expect(
      textOf(await submit('chief-1', 'programme-came', { asked: id }, { note: 'We ask for the contract first.' })),
    ).toContain('What came of it: We ask for the contract first.');
  });
});

describe('our own part in harm', () => {
  it('lists deals that answered so, and what was done', async () => {
    expect(textOf(await press('chief-1', 'programme-conflicts', '1'))).toContain(
      'No deal says that we would cause harm',
    );
    const id = await openGovernmentDeal(at, 'contribute');
    const text = textOf(await press('chief-1', 'programme-conflicts', '1'));
    expect(text).toMatch(new RegExp(`${id} .*We would contribute to the harm ourselves\\. Done: Not decided`));
    expect(textOf(await say('chief-1', 'programme effect'))).toContain(
      'Deals in which we would cause or contribute to harm ourselves: 1.',
    );
  });
});
