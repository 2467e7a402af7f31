/** Words: the help of each role, a deal by its number or a name, why and export, and words that nobody knows. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { cardIn, PERSONAL, PLACES, SLACK, TEAMS } from '../../support/saying.ts';
import { TIMED } from '../../support/ticking.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy });
});
afterEach(() => at.end());

const say = (person: string, words: string, place: Place): Promise<Reply> =>
  at.ask(person, { kind: 'words', words, canOpen: place.platform === 'slack' }, place);
const told = async (person: string, words: string, place: Place = TEAMS): Promise<string> => {
  const reply = await say(person, words, place);
  if (reply.kind !== 'tell') throw new Error(JSON.stringify(reply));
  return plain(reply.card);
};

describe('help', () => {
  it('is short, and says what each role can do', async () => {
    const [rep, senior, compliance] = [
      await told('rep-1', 'help'),
      await told('senior-1', 'help'),
      await told('compliance-1', 'help'),
    ];
    for (const text of [rep, senior, compliance]) {
      for (const words of ['new deal', 'mine', 'find WORDS', 'status D-…', 'why D-…', 'digest']) {
        expect(text).toContain(`@Clearthread ${words}: `);
      }
    }
    expect([rep, senior, compliance].map((text) => text.includes('@Clearthread queue: '))).toEqual([false, true, true]);
    expect([rep, senior, compliance].map((text) => text.includes('@Clearthread alert '))).toEqual([false, false, true]);
    expect(rep.split('\n- ').length).toBeLessThan(14);
    expect(compliance.split('\n- ').length).toBeLessThan(24);
  });

  it('has buttons for what people need most', async () => {
    const buttonsOf = async (person: string): Promise<string[]> => {
      const reply = await say(person, 'help', SLACK);
      return reply.kind === 'tell' ? actionsOf(reply.card).map(({ label }) => label) : [];
    };
    expect(await buttonsOf('rep-1')).toEqual(['New deal', 'What waits for me', 'My deals']);
    expect(await buttonsOf('compliance-1')).toEqual(['New deal', 'What waits for me', 'My deals', 'My queue']);
    for (const name of ['desk.mine', 'desk.queue']) {
      const reply = await at.ask('compliance-1', { kind: 'click', name, value: '1' }, TEAMS);
      expect(reply.kind === 'form' && plain({ blocks: reply.form.blocks.filter((b) => b.kind !== 'input') })).toMatch(
        /You have no deals yet|Nothing waits for your decision/,
      );
    }
  });
});

describe.each(PLACES)('in %s', (_, place) => {
  it('the number alone is its status, with the way to its thread; in private', async () => {
    const deal = await at.openDeal();
    for (const words of [deal, deal.toLowerCase(), `status ${deal}`]) {
      const reply = await say('rep-1', words, place);
      expect(reply).toMatchObject({ kind: 'tell' });
      if (reply.kind !== 'tell') return;
      expect(reply.open).toBeUndefined();
      expect(plain(reply.card)).toContain('Waiting for @rep-1');
      expect(actionsOf(reply.card).find(({ name }) => name === 'deal.open-thread')?.url).toContain(deal);
    }
    expect(await told('boss-1', deal, place)).toContain('Only the deal team');
    expect(await told('boss-1', deal, place)).toContain('# You cannot open this deal');
    // Elsewhere nobody learns that it is there.
    const elsewhere = { ...place, channel: `${place.channel}2` };
    expect(await told('boss-1', 'D-0000000', elsewhere)).toBe(
      (await told('boss-1', deal, elsewhere)).replaceAll(deal, 'D-0000000'),
    );
  });

  it('why and export are words, for whoever may', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    const why = await say('rep-1', `why ${deal}`, place);
    if (place.platform === 'slack') expect(why).toMatchObject({ kind: 'form', form: { name: 'deal.why' } });
    else expect(why.kind === 'tell' && actionsOf(why.card)).toMatchObject([{ name: 'deal.why', value: deal }]);
    for (const verb of ['export', 'dossier', 'pdf']) {
      const given = await say('rep-1', `${verb} ${deal}`, place);
      if (place.platform === 'slack') expect(given).toMatchObject({ kind: 'file', file: { name: `${deal}.pdf` } });
      else
        expect(given.kind === 'tell' && actionsOf(given.card)).toMatchObject([{ name: 'deal.dossier', value: deal }]);
    }
    for (const verb of ['why', 'export']) {
      expect(await told('boss-1', `${verb} ${deal}`, place)).toContain('Only the deal team');
      expect(await told('rep-1', verb, place)).toContain(`${verb} D-…`);
    }
  });

  it('a name finds its deals for whoever may read them', async () => {
    const deal = await at.openDeal();
    for (const words of ['Sample Telecom', 'ministry']) {
      expect(await told('rep-1', words, place)).toMatch(new RegExp(`^# 1 deal for “${words}”[^]*${deal}`));
      const others = await told('boss-1', words, place);
      // What its card says to everybody there is told, and no more.
      if (place === SLACK)
        expect(others).toMatch(/^# 1 deal for “[^]*Waiting for @rep-1[^]*Their threads say who decided/);
      else expect(others).toContain(`I don't know “${words}”`);
    }
  });

  it.each([
    'Where is the Ministry deal?',
    'who has Sample Ministry',
    'Who is sitting on the Telecom deal right now?',
    "What's up with the deal to Norway?",
  ])('%j finds the deal', async (words) => {
    const deal = await at.openDeal();
    expect(await told('rep-1', words, place)).toMatch(new RegExp(`^# 1 deal for “[^]*${deal}`));
    const nothing = await told('boss-1', words, { ...place, channel: 'C0ELSE' });
    expect(nothing).toContain('No deal among those that you may read fits these words');
    expect(nothing).not.toMatch(/\b(?:hold|laws|away)\b/);
  });

  it('who decided says on which day, and of votes that were to be signed whether they were', async () => {
    await at.end();
    at = atDesk({
      organisation: TIMED.organisation,
      policy: aPolicy({ signature: { from: 'low', without: 'allow' } }),
    });
    const deal = await at.openDeal();
    await at.answerAll(deal);
    const view = await at.deals.view(deal);
    if (view?.deal.status !== 'deciding') throw new Error('not routed');
    const { factsHash } = view.deal.route;
    const outcome = await at.deals.handle(
      deal,
      {
        type: 'CastVote',
        step: 0,
        factsHash,
        ballot: {
          outcome: 'approve',
          flags: {},
          rationale: 'All of it is well, as far as we know.',
          noStake: true,
          conditions: [],
        },
      },
      { actor: 'compliance-1', cause: 'vote' },
    );
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    expect(await told('rep-1', `who approved ${deal}?`, place)).toMatch(
      /, 1 March 2027: approve\. Not signed\. “All of it is well, as far as we know\.”/,
    );
    // Why it was approved is what the approvers said.
    for (const words of [
      `why was ${deal} approved and by who`,
      `why was ${deal} approved?`,
      `why approved ${deal}`,
      `Why did they approve ${deal}`,
      `why is ${deal} ok`,
      `why ${deal}, and who says so?`,
      `${deal} why approved`,
      'why did they approve Telecom',
      'why approved telecom',
    ])
      expect([words, await told('rep-1', words, place)]).toEqual([
        words,
        await told('rep-1', `who approved ${deal} and on what`, place),
      ]);
    for (const words of [`why ${deal}`, `why ${deal}?`, `why does ${deal} need approval`])
      expect(await say('rep-1', words, place)).toEqual(await say('rep-1', `why ${deal}`, place));
  });

  it('a question about a decision is answered by name as by number, with several as a list, and is never "not done"', async () => {
    const deal = await at.openDeal();
    for (const words of [
      'is telecom approved yet?',
      'who approved Sample Telecom and on what basis?',
      'ministry approvals',
    ]) {
      expect(await told('rep-1', words, place)).toBe(await told('rep-1', deal, place));
      expect(await told('boss-1', words, place)).not.toContain(deal);
    }
    expect(await told('rep-1', 'why was telecom approved', place)).toBe(await told('rep-1', deal, place));
    const second = await at.openDeal();
    const several = await told('rep-1', 'who decided on Telecom?', place);
    expect(several).toMatch(/^# 2 deals for “Telecom”/);
    expect(several).toContain(second);
    for (const words of ['why', 'why was nobody approved', 'is foobar approved?'])
      expect(await told('rep-1', words, place)).not.toContain('Not done');
  });

  it('a number without its sign is that deal to whoever may read it, and any word to others', async () => {
    const deal = await at.openDeal();
    for (const [spelled, words] of [
      [deal.slice(2), deal],
      [deal.replace('-', ' ').toLowerCase(), deal],
      [`who approved ${deal.replace('-', '')}?`, `who approved ${deal}?`],
      [`find ${deal.slice(2)}`, `find ${deal}`],
    ] as const)
      expect([spelled, await told('rep-1', spelled, place)]).toEqual([spelled, await told('rep-1', words, place)]);
    expect((await told('boss-1', deal.slice(2), place)).replaceAll(deal.slice(2), '7K3QXM')).toBe(
      await told('boss-1', '7K3QXM', place),
    );
  });

  it('a question that finds nothing was understood all the same', async () => {
    await at.openDeal();
    for (const words of ['Where is Nordwetter?', 'any news on Nordwetter', 'what happened to the Nordwetter deal?']) {
      const text = await told('boss-1', words, place);
      expect([words, text]).toEqual([words, expect.stringMatching(/^# No deal found for “Nordwetter”/)]);
      if (text.includes('Ask there')) expect(text).toContain('“@Clearthread where is Nordwetter”');
    }
    expect(await told('boss-1', 'blub', place)).toMatch(/^# I don't know “blub”/);
  });

  it('where it is, who has it and since when, in one question', async () => {
    const deal = await at.openDeal();
    expect(await told('rep-1', 'where is the Telecom deal, who has it, since when?', place)).toContain(deal);
  });

  it('a word for where deals stand finds those that stand there, or says that there is none', async () => {
    const deal = await at.openDeal();
    expect(await told('rep-1', 'open deals', place)).toContain(deal);
    expect(await told('rep-1', 'approved', place)).toContain('No deal found');
    for (const words of ['overdue', 'show overdue deals', 'What is overdue?'])
      expect(await told('rep-1', words, place)).toContain('Read as: overdue: yes.');
  });

  it.each(['product sheet', 'my product', 'fill in product', 'I want to fill in what I know about my product once'])(
    '%j leads to the sheets',
    async (words) => {
      const text = await told('compliance-1', words, place);
      expect(text).toBe(await told('compliance-1', 'sheet', place));
      expect(text).toContain('Fill one in: ');
      expect(await told('boss-1', words, place)).toContain('Who fills them in: ');
    },
  );

  it.each(['note on Norway', 'law Norway', 'what I know about Norway'])(
    '%j leads to what is said of it',
    async (words) => {
      const same = words.startsWith('what') ? 'brief Norway' : 'laws Norway';
      for (const person of ['counsel-1', 'compliance-1', 'rep-1'])
        expect(await say(person, words, place)).toEqual(await say(person, same, place));
      expect(await told('rep-1', 'note on nowhere', place)).toContain("I don't know");
    },
  );

  it.each(['Who has my deal?', 'What is my next question?', 'How long will it take?', 'who has it'])(
    '%j is answered with the deals of whoever asks',
    async (words) => {
      await at.openDeal();
      expect(await told('rep-1', words, place)).toBe(await told('rep-1', 'mine', place));
    },
  );

  it.each([
    ['stauts', 'status D-…'],
    ['serach', 'find WORDS'],
    ['lists', 'find WORDS'],
    ['qeue', 'queue'],
    ['trainings', 'training'],
    ['alter Norway', 'alert COUNTRY why, source'],
  ])('%j is not known, and %s is the nearest of three', async (words, near) => {
    const text = await told('compliance-1', words, place);
    expect(text).toContain(`I don't know “${words}”`);
    const [, first = '', ...others] = text.split('\n- ');
    expect(first).toContain(near);
    expect(others.length).toBe(2);
    expect(text).toMatch(/help$/);
  });

  it('a slip of one letter offers the name that is near, to whoever may read its deals', async () => {
    const deal = await at.openDeal();
    for (const words of ['Telcom', 'where is Telecmo?', 'who approved ministri', 'MINISTTRY']) {
      const reply = await say('rep-1', words, place);
      if (reply.kind !== 'tell') throw new Error(words);
      expect(plain(reply.card)).toMatch(
        /(?:I don't know|No deal found for) “[^]*Did you mean “Sample (?:Telecom|Ministry)”\?/,
      );
      const near = actionsOf(reply.card).find(({ name }) => name === 'desk.find');
      expect(
        JSON.stringify(await at.ask('rep-1', { kind: 'click', name: 'desk.find', value: near?.value ?? '' })),
      ).toContain(deal);
      expect(await told('boss-1', words, place)).not.toMatch(/Did you mean “Sample/);
    }
    for (const words of ['Telcmo', 'Tele', 'Sampl3s'])
      expect(await told('rep-1', words, place)).not.toContain('Did you mean “Sample');
  });

  it('words that nobody knows get the ways to what waits, and to a search', async () => {
    for (const words of ['xyz', 'the weather on Mars']) {
      const reply = await say('rep-1', words, place);
      expect(reply.kind === 'tell' && actionsOf(reply.card).map(({ label }) => label)).toEqual([
        'What waits for me',
        'Find a deal',
      ]);
    }
  });
});

it('a refusal says where the card can be read and whom to ask, and of a deal no more than its channel shows', async () => {
  const deal = await at.openDeal();
  for (const place of [PERSONAL, TEAMS, { ...SLACK, channel: 'D0BOSS', direct: true as const }]) {
    for (const words of [`who approved ${deal}?`, `why ${deal}`, `export ${deal}`]) {
      const text = await told('boss-1', words, place);
      expect(text).toContain(
        `ask there: “@Clearthread status ${deal}”. Its card says where it stands, who decided and who owns it`,
      );
      expect(text).toContain('ask @compliance-1');
      // What helps is read first.
      expect(text.indexOf('ask there')).toBeLessThan(text.indexOf('Only the deal team'));
      expect(text).not.toMatch(/@rep-1|Telecom|Ministry/);
    }
  }
  // In its own channel everybody reads the card.
  const reply = await say('boss-1', `who approved ${deal}?`, SLACK);
  const card = cardIn(reply);
  expect(plain(card)).toContain('This stands on its card in the clearance channel.');
  expect(plain(card)).toContain('ask @compliance-1 of compliance.');
  expect(plain(card)).not.toMatch(/erased|mistyped/);
  expect(plain(card)).not.toMatch(/Telecom|Ministry/);
  expect(actionsOf(card).map(({ label }) => label)).toEqual(['Open the thread', 'Raise a flag']);
  // A channel that another company reads is none of those.
  expect(await told('boss-1', deal, { ...SLACK, shared: true })).not.toContain('@rep-1');
});

it('a refusal names the same person to ask wherever a button is pressed, and the card where it stands', async () => {
  const deal = await at.openDeal();
  const pressed = async (place: Place): Promise<string> => {
    const reply = await at.ask('boss-1', { kind: 'click', name: 'deal.why', value: deal }, place);
    if (reply.kind !== 'tell') throw new Error(JSON.stringify(reply));
    return plain(reply.card);
  };
  expect(await pressed(SLACK)).toMatch(
    /^# You cannot open this deal\n[^]*This stands on its card in the clearance channel\.[^]*ask @compliance-1 of compliance\.\n[^]*speaks against this deal\? Raise a flag[^]*$/,
  );
  const elsewhere = await pressed({ ...SLACK, channel: 'C0ELSE' });
  expect(elsewhere).toMatch(/ask @compliance-1 of compliance\.$/);
  expect(elsewhere).not.toContain('its card');
  const none = await at.ask('boss-1', { kind: 'click', name: 'deal.why', value: 'D-0000000' }, SLACK);
  expect(plain(cardIn(none))).toBe(elsewhere);
  // Once nothing is sold there is nothing to speak against.
  await at.deals.handle(deal, { type: 'Withdraw', reason: 'Another plan.' }, { actor: 'rep-1', cause: 'own' });
  const withdrawn = await pressed(SLACK);
  expect(withdrawn).toContain('This stands on its card in the clearance channel.');
  expect(withdrawn).not.toContain('Raise a flag');
});

it('words that nobody knows are answered even while the deals are counted', async () => {
  await at.end();
  at = atDesk({ listDeadlineMs: 0 });
  expect(await told('rep-1', 'xyz')).toContain("I don't know “xyz”");
});
