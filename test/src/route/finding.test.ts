/** Finding deals by words and filters, in either chat: in private, page by page, and as a file. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stateBlocks } from '../../../blocks/cards/root.ts';
import type { Place } from '../../../src/edge/interaction.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { buttons, cardIn, PERSONAL, PLACES, sayingAt, shown, SLACK, TEAMS } from '../../support/saying.ts';
import { voteOf } from '../../support/story.ts';
import { TIMED } from '../../support/ticking.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy });
});
afterEach(() => at.end());

const { say, told, press } = sayingAt(() => at);

const opened = async (customer: string, cause: string): Promise<string> => {
  const outcome = await at.deals.open(
    {
      type: 'OpenDeal',
      home: { platform: 'slack', channel: 'C0CLEAR' },
      details: { ...aDeal().details, customer },
    },
    { actor: 'rep-1', cause },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};

describe('find', () => {
  it.each(PLACES)('in %s finds by several words, in private', async (_, place) => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    for (const words of ['find ministry norway high', 'search TELECOM', 'list high deals to Norway', 'find 挪威']) {
      const card = cardIn(await say('senior-1', words, place));
      expect([words, plain(card)]).toEqual([words, expect.stringMatching(/^# 1 deal for “/)]);
      expect(buttons(card)).toEqual([
        `deal.show ${deal}`,
        `deal.open-thread ${deal}`,
        `desk.list-csv ${words.slice(words.indexOf(' ') + 1)}`,
      ]);
    }
    // What waits for the reader has its button here too.
    expect(buttons(cardIn(await say('compliance-1', 'find ministry', place)))[0]).toBe(`deal.review ${deal}/0`);
  });

  it.each([
    'list all deals with tier high going to Norway flagged H-RF1',
    'find high-risk deals to Norway with H-RF1',
    'Show me high deals going to Norway with H-RF1',
    'status of Telecom',
    'what is the status of the Telecom deal?',
  ])('%j finds what is meant, whatever words make a sentence of it', async (words) => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    const card = cardIn(await say('senior-1', words, PERSONAL));
    expect(plain(card)).toMatch(/^# 1 deal for “/);
    expect(buttons(card)[0]).toBe(`deal.show ${deal}`);
  });

  it('keeps every word of a name, where it fits with them', async () => {
    const [shows] = [await opened('Going Flagged Shows', 'one'), await opened('Sample Telecom', 'two')];
    const card = cardIn(await say('compliance-1', 'find going flagged shows', PERSONAL));
    expect(plain(card)).toMatch(/^# 1 deal for “going flagged shows”/);
    expect(buttons(card)[0]).toBe(`deal.show ${shows}`);
  });

  it('says what can be searched, where nothing was found and where nothing was asked', async () => {
    await at.openDeal();
    const nothing = await told('rep-1', 'find Nordwetter', TEAMS);
    expect(nothing).toContain('No deal among those that you may read fits “Nordwetter”');
    expect(nothing).toContain('@Clearthread find high Vietnam 2026 or @Clearthread find tier:high country:Vietnam');
    expect(nothing).toContain('Filters are exact: country: product:');
    expect(await told('rep-1', 'find')).toContain('What are you looking for?');
  });

  it('says that others may be hidden, to whoever does not read all', async () => {
    await at.openDeal();
    for (const words of ['find nowhere', 'nowhere', 'status of nowhere?']) {
      for (const place of [PERSONAL, { ...SLACK, channel: 'D0BOSS', direct: true as const }])
        expect([words, await told('boss-1', words, place)]).toEqual([
          words,
          expect.stringContaining('Ask there: “@Clearthread where is nowhere”.'),
        ]);
      // Where all cards stand that there are, none is called so.
      expect(await told('boss-1', words)).toContain('No card in this channel has that name, either.');
      expect(await told('boss-1', words)).not.toContain('Cards of other deals');
      expect(await told('compliance-1', words, PERSONAL)).not.toContain('Cards of other deals');
    }
    for (const words of ['find tier:high country:Norway', 'find high Norway 2025', 'high deals to Norway in 2025']) {
      for (const place of [PERSONAL, SLACK]) {
        const text = await told('boss-1', words, place);
        expect([words, text]).toEqual([
          words,
          expect.stringContaining('are found by the name of a customer or an end-user alone. For all others, ask '),
        ]);
        // Nobody is sent to where it would be answered with nothing.
        expect(text).not.toMatch(/Ask there|has that name/);
      }
      expect(await told('compliance-1', words, PERSONAL)).not.toContain('that you may not open');
    }
    expect(await told('rep-1', 'find ministry')).toContain('Of the deals that you may read.');
    expect(await told('compliance-1', 'find ministry')).not.toContain('Of the deals that you may read.');
  });

  it.each([
    ['a direct conversation', { ...SLACK, channel: 'D0BOSS', direct: true as const }],
    ['a personal chat', PERSONAL],
    ['another channel', { ...SLACK, channel: 'C0ELSE' }],
    ['its own channel, once that is shared', { ...SLACK, shared: true }],
  ])('shows nothing to whoever may not read it, in %s, not even that it is there', async (_, place) => {
    await at.openDeal();
    for (const words of ['find ministry', 'ministry', 'where is the ministry deal?']) {
      expect(await told('boss-1', words, place)).toBe(
        (await told('boss-1', words.replace('ministry', 'nowhere'), place)).replaceAll('nowhere', 'ministry'),
      );
    }
  });

  it('leads whoever may not read it to its card, in the channel that shows it, by a name and by nothing else', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    for (const words of ['find ministry', 'ministry', 'where is the ministry deal?', 'find the ministry deal']) {
      const card = cardIn(await say('boss-1', words));
      expect([words, plain(card)]).toEqual([words, expect.stringMatching(/^# 1 deal for “/)]);
      expect(plain(card)).toContain('Sample Ministry');
      expect(buttons(card)).toEqual([`deal.open-thread ${deal}`]);
    }
    for (const words of ['find H-RF1', 'find high', 'find ministry high', 'find rep-1']) {
      expect([words, await told('boss-1', words)]).toEqual([words, expect.stringMatching(/^# No deal found/)]);
    }
    // Who may read it is answered as ever.
    expect(await told('rep-1', 'find ministry')).toContain('# 1 deal for “ministry”');
  });

  it('does so in the channel of the other chat that mirrors it, and a refusal there speaks of the card, too', async () => {
    const { organisation } = TIMED;
    const mirrored = organisation.clearanceChannels.map((one) =>
      one.id === SLACK.channel ? { ...one, mirror: TEAMS.channel } : one,
    );
    await at.end();
    at = atDesk({
      organisation: {
        ...organisation,
        clearanceChannels: mirrored.filter(({ id }) => id !== TEAMS.channel),
      },
      policy: TIMED.policy,
    });
    const deal = await at.openDeal();
    const card = cardIn(await say('boss-1', 'where is the ministry deal?', TEAMS));
    expect(plain(card)).toContain('# 1 deal for “');
    expect(buttons(card)).toEqual([`deal.open-thread ${deal}`]);
    expect(plain(cardIn(await press('boss-1', 'deal.why', deal, TEAMS)))).toContain(
      'This stands on its card in the clearance channel.',
    );
    expect(plain(cardIn(await say('boss-1', `status ${deal}`, TEAMS)))).toContain(
      'This stands on its card in the clearance channel.',
    );
  });

  it('counts those whose cards it does not name one by one', async () => {
    for (let n = 0; n < 5; n += 1) await at.openDeal();
    const card = cardIn(await say('boss-1', 'find ministry'));
    expect(plain(card)).toContain('# 5 deals for “ministry”');
    expect(plain(card)).toContain('And 2 more.');
    expect(buttons(card)).toHaveLength(3);
  });

  it('goes on in a window with the same words', async () => {
    for (let n = 0; n < 9; n += 1) await at.openDeal();
    const card = cardIn(await say('rep-1', 'find Sample/Ministry 2027'));
    expect(plain(card)).toContain('9 deals for “Sample/Ministry 2027”');
    const more = actionsOf(card).find(({ label }) => label === 'More');
    const last = shown(await press('rep-1', 'desk.find', more?.value ?? ''));
    expect(buttons(last).filter((one) => one.startsWith('deal.show')).length).toBe(1);
    expect(plain(last)).toContain('9 deals for “Sample/Ministry 2027”. Read as: Sample/Ministry · 2027. Page 2 of 2.');
    // Nobody else sees more by the button.
    expect(buttons(shown(await press('boss-1', 'desk.find', '2/sample')))).toEqual([]);
  });
});

describe('a deal to paste', () => {
  const seek = async (person: string, query: string, place: Place = TEAMS) => {
    const reply = await at.ask(person, { kind: 'suggest', source: 'deals', query }, place);
    if (reply.kind !== 'options') throw new Error(JSON.stringify(reply));
    return reply;
  };

  it('that is not found is asked for in a channel that is named, by its name; what is near is said', async () => {
    await at.end();
    const { organisation } = TIMED;
    const clearanceChannels = organisation.clearanceChannels.map((one, i) => ({ ...one, name: `deals-${i}` }));
    at = atDesk({ organisation: { ...organisation, clearanceChannels }, policy: TIMED.policy });
    await at.openDeal();
    for (const place of [TEAMS, PERSONAL, { ...TEAMS, channel: '19:elsewhere@thread.v2' }]) {
      expect((await seek('boss-1', 'ministry', place)).nothing).toMatch(
        /in the channel deals-\d(?: in Slack)?\. Ask there: “@Clearthread where is ministry”\.$/,
      );
      expect((await seek('rep-1', 'ministri', place)).nothing).toMatch(/ Did you mean “Sample Ministry”\?$/);
    }
    expect((await seek('boss-1', 'ministri')).nothing).not.toContain('Did you mean');
    expect((await seek('boss-1', 'tier:high')).nothing).toContain('For all others, ask ');
    expect((await seek('compliance-1', 'nowhere')).nothing).toBe('No deal among those that you may read fits.');
    expect((await seek('rep-1', 'ministry')).nothing).toBeUndefined();
  });
});

describe('a deal that the asker may not open', () => {
  beforeEach(async () => {
    await at.end();
    const { organisation } = TIMED;
    const clearanceChannels = organisation.clearanceChannels.map((one, i) => ({ ...one, name: `deals-${i}` }));
    at = atDesk({ organisation: { ...organisation, clearanceChannels }, policy: TIMED.policy });
  });

  it('is asked for by its name where its card stands: the channel is named, in a chat and in the form', async () => {
    const deal = await at.openDeal();
    const there = /in the channel deals-\d(?: in Slack)?\. Ask there: “@Clearthread where is ministry”\./;
    for (const place of [PERSONAL, { ...SLACK, channel: 'D0BOSS', direct: true as const }]) {
      for (const words of ['ministry', 'status ministry?', 'who has ministry now', 'find ministry'])
        expect([words, await told('boss-1', words, place)]).toEqual([words, expect.stringMatching(there)]);
      expect(await told('boss-1', `who approved ${deal}?`, place)).toMatch(
        new RegExp(
          `If it was cleared in the channel deals-\\d(?: in Slack)?, ask there: “@Clearthread status ${deal}”\\.`,
        ),
      );
    }
    const formFor = async (words: string): Promise<string> =>
      JSON.stringify(await at.submit('boss-1', 'desk.find-form', {}, { words }));
    expect(await formFor('ministry')).toMatch(there);
    expect(await formFor('ministry')).not.toContain('fewer');
    expect(await formFor('ministry norway')).toContain('please try fewer');
  });

  it('is answered where its card stands, with what that says to everybody there', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    const view = await at.deals.view(deal);
    if (!view) throw new Error('no deal');
    const says = plain({ blocks: stateBlocks(view) });
    expect(says).toContain('Waiting for @compliance-1');
    expect(await told('boss-1', 'where is ministry')).toContain('Waiting for @compliance-1');
    for (const words of [deal, `who okayed ${deal}, based on what`, `status ${deal}`]) {
      const text = await told('boss-1', words);
      expect(text).toContain(says);
      expect(text).toMatch(/This stands on its card in the channel deals-\d\./);
    }
    // No other place says so.
    expect(await told('boss-1', deal, PERSONAL)).not.toContain('Waiting');
    expect(await told('boss-1', deal, { ...SLACK, shared: true })).not.toContain('Waiting');
  });
});

describe('words that are no data', () => {
  const flaggedAndNot = async (): Promise<[string, string]> => {
    const flagged = await at.openDeal();
    await at.answerAll(flagged, { 'H-RF1': 'yes' });
    const other = await at.openDeal();
    await at.answerAll(other);
    return [flagged, other];
  };

  it.each([
    ['list every high deal to Norway flagged H-RF1 in 2027', []],
    ['all high risk norway deals with H-RF1 this year', []],
    ['which high-tier deals to Norway have H-RF1?', []],
    ['give me everything involving H-RF1 going to norway', []],
    ['find every high Norway H-RF1', []],
    ['list the wobbly high deals to Norway with H-RF1 whatsoever', ['wobbly', 'whatsoever']],
    ['find tier:high country:Norway wobbly', ['wobbly']],
    ['find tier:high country:Norway every', []],
    ['find high Norway detained', ['detained']],
    ['find high norway Foobar Networks', ['Foobar', 'Networks']],
    ['gibberish about high deals to Norway', ['gibberish']],
    ['any work in Norway that is high', ['work']],
    ['open items in Norway with H-RF1', ['items']],
    ['norway + high + hrf1 + 2027', []],
    ['find norway - h rf1 ?', []],
    ['find Norway flag:h-rf-1', []],
    ['H RF1 norway high', []],
  ])('%j finds what the rest of it asks for, and names the words that no deal has', async (words, left) => {
    const [flagged, other] = await flaggedAndNot();
    for (const place of [undefined, TEAMS]) {
      const text = await told('compliance-1', words, place);
      expect(text).toMatch(/^# 1 deal for “/);
      expect(text).toContain(flagged);
      expect(text).not.toContain(other);
      const named = left.map((word) => `“${word}”`).join(', ');
      if (left.length === 0) expect(text).not.toContain('No deal has');
      else
        expect(text).toContain(
          left.length === 1
            ? `No deal has the word ${named} as well; without it: 1 deal.`
            : `No deal has the words ${named} as well; without them: 1 deal.`,
        );
    }
  });

  it('are searched where they stand in a name, and signs alone ask for nothing', async () => {
    const works = await opened('Geyser Power Works', 'works');
    expect(await told('rep-1', 'find work')).toContain(works);
    expect(await told('rep-1', 'any work in Norway')).toContain(works);
    for (const words of ['find +', 'find - ?'])
      expect(await told('rep-1', words)).toContain('What are you looking for?');
  });

  it('are named where the rest fits nothing either, and never read as a red flag', async () => {
    await flaggedAndNot();
    const none = await told('compliance-1', 'find every prohibited deal to Norway wobbly');
    expect(none).toContain('No deal found');
    expect(none).toContain('Without “wobbly” there is none either.');
    for (const words of ['find deals this year', 'find deals you have', 'find last year', 'find similar things'])
      expect([words, await told('compliance-1', words)]).toEqual([words, expect.not.stringMatching(/Read as:.*-RF\d/)]);
    expect(await told('compliance-1', 'find deals that they have')).toContain('What are you looking for?');
    expect(await told('compliance-1', 'find high deals this year')).toMatch(/^# 1 deal for [^]*Read as: 2027 · high/);
    expect(await told('compliance-1', 'find high deals last year')).toContain('Read as: 2026 · high');
  });

  it('that were all recognised are named where they keep everything out, with what fits without them', async () => {
    const [flagged] = await flaggedAndNot();
    for (const words of [
      'high deals norway H-RF1 2025',
      'find high norway hrf1 2025',
      'any high Norway H-RF1 in 2025?',
    ]) {
      for (const place of [SLACK, PERSONAL]) {
        const card = cardIn(await say('compliance-1', words, place));
        expect(plain(card)).toMatch(/^# No deal found\n[^]*- Without “2025”: 1 deal/);
        const [button = ''] = buttons(card);
        expect(button).toMatch(/^desk\.find 1\/high norway H-RF1$/i);
        const found = await press('compliance-1', 'desk.find', button.replace('desk.find ', ''), place);
        expect(plain(shown(found))).toContain(flagged);
      }
    }
    // Nobody learns so of deals that they may not read.
    for (const place of [SLACK, PERSONAL]) {
      const text = await told('boss-1', 'high deals norway H-RF1 2025', place);
      expect(text).toContain('No deal');
      expect(text).not.toMatch(/Without|1 deal/);
    }
  });

  it('that turn the question round are not passed over in silence', async () => {
    const [flagged] = await flaggedAndNot();
    for (const word of ['without', 'no', 'not', 'except']) {
      const text = await told('compliance-1', `find high deals to Norway ${word} H-RF1`);
      expect(text).toContain(flagged);
      expect(text).toContain(`“${word}” leaves nothing out here: these are the deals that have the rest.`);
    }
  });

  it('are left out of the next page, the file and the form too', async () => {
    for (let n = 0; n < 9; n += 1) await at.openDeal();
    const card = cardIn(await say('rep-1', 'find Norway wobbly'));
    expect(plain(card)).toContain('without it: 9 deals.');
    const more = actionsOf(card).find(({ label }) => label === 'More');
    expect(plain(shown(await press('rep-1', 'desk.find', more?.value ?? '')))).toMatch(
      /^9 deals for “Norway”\. No deal has the word “wobbly” as well; without it: 9 deals\.[^]*Page 2 of 2\./,
    );
    const csv = await press('rep-1', 'desk.list-csv', buttons(card).at(-1)?.replace('desk.list-csv ', '') ?? '');
    expect(
      csv.kind === 'file' &&
        String(await csv.file.content())
          .trimEnd()
          .split('\r\n'),
    ).toHaveLength(10);
    const form = await at.submit('rep-1', 'desk.find-form', {}, { words: 'Norway wobbly' });
    expect(JSON.stringify(form)).toContain('No deal has the word “wobbly” as well; without it: 9 deals.');
  });

  it('are near to one that deals have: it is offered beside the others', async () => {
    const [flagged] = await flaggedAndNot();
    for (const [words, near] of [
      ['find high Norwey', 'high Norway'],
      ['high deals to Norwey', 'high Norway'],
      ['find high telecmo', 'high Sample Telecom'],
      ['find ministri high H-RF1', 'high H-RF1 Sample Ministry'],
    ] as const) {
      const card = cardIn(await say('compliance-1', words));
      expect(plain(card)).toMatch(/without it: \d deals?\.\nDid you mean “(?:Norway|Sample (?:Telecom|Ministry))”\?/);
      const offered = actionsOf(card).find(({ value }) => value === `1/${near}`);
      expect([words, offered?.label]).toEqual([words, expect.stringMatching(/^(?:Norway|Sample)/)]);
      expect(JSON.stringify(await press('compliance-1', 'desk.find', offered?.value ?? ''))).toContain(flagged);
      // What nobody may read is near to nothing.
      for (const place of [SLACK, PERSONAL]) expect(await told('boss-1', words, place)).not.toContain('Did you mean');
    }
    const form = (words: string, person = 'compliance-1') =>
      at.submit(person, 'desk.find-form', {}, { words }).then((reply) => JSON.stringify(reply));
    expect(await form('Telecmo')).toContain('Did you mean “Sample Telecom”?');
    expect(await form('Telecmo', 'boss-1')).not.toContain('Did you mean');
    expect(await form('high Norway 2025')).toContain('Without “2025”: ');
    expect(await form('high Norway 2025', 'boss-1')).not.toContain('Without');
  });

  it('say nothing of deals that the reader may not read', async () => {
    await flaggedAndNot();
    expect(await told('boss-1', 'find high Norway wobbly')).toContain('No deal found');
  });
});

describe('red flags', () => {
  it('that are searched stand in each row as they were weighed, and no others', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes', 'H-RF3': 'yes' });
    for (const words of ['find high H-RF1', 'find flag:h-rf1', 'find misuse']) {
      const text = await told('compliance-1', words);
      expect([words, text]).toEqual([words, expect.stringContaining('H-RF1: not weighed')]);
      expect(text).not.toContain('H-RF3: ');
    }
    expect(await told('compliance-1', 'find high')).not.toContain('H-RF1: ');
    const view = await at.deals.view(deal);
    if (!view) throw new Error('no deal');
    const vote = voteOf(view, {
      outcome: 'approve',
      flags: { 'H-RF1': { opinion: 'clear', reason: 'A sample reason.' }, 'H-RF3': { opinion: 'uphold' } },
    });
    const outcome = await at.deals.handle(deal, vote, { actor: 'compliance-1', cause: 'vote' });
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    expect(await told('compliance-1', 'find high H-RF1')).toContain('H-RF1: cleared by 1 of 1');
    expect(await told('compliance-1', 'find high H-RF3')).toContain('H-RF3: upheld');
  });

  const TITLE = TIMED.policy.flagTitle('H-RF1') ?? '';

  it.each([
    'find misuse',
    'find Norway MISUSE 2027',
    'find red flag 1',
    'find Guidance 2, red flag 1',
    'find flag:misuse',
    'find flag:H-RF1',
    'high deals to Norway with a flag about misuse',
    'misuse Norway',
    'which deals have red flag 1?',
  ])('%j finds them by words, and says which was meant', async (words) => {
    const flagged = await at.openDeal();
    await at.answerAll(flagged, { 'H-RF1': 'yes' });
    const other = await at.openDeal();
    await at.answerAll(other);
    for (const place of [undefined, TEAMS]) {
      const text = await told('compliance-1', words, place);
      expect(text).toContain(flagged);
      expect(text).not.toContain(other);
      expect(text).toMatch(/Read as: /);
      expect(text).toContain(`H-RF1 (${TITLE})`);
    }
  });

  it('that several titles name are all searched, and all named', async () => {
    const [first, second] = [await at.openDeal(), await at.openDeal()];
    await at.answerAll(first, { 'H-RF1': 'yes' });
    await at.answerAll(second, { 'H-RF3': 'yes' });
    const text = await told('compliance-1', 'find flag:"reported misuse"');
    expect(text).toContain(first);
    expect(await told('compliance-1', 'find high Norway 2027 red flag 1')).toContain(
      `Read as: H-RF1 (${TITLE}) · high · Norway · 2027.`,
    );
    expect(text).not.toContain(second);
  });

  it('come after names: a customer who is called so is who is meant', async () => {
    const flagged = await at.openDeal();
    await at.answerAll(flagged, { 'H-RF1': 'yes' });
    await opened('Misuse Watch', 'vega');
    const text = await told('compliance-1', 'find misuse');
    expect(text).toContain('Misuse Watch');
    expect(text).not.toContain(flagged);
    expect(await told('compliance-1', 'find flag misuse')).toContain(flagged);
  });

  it('are there to choose from in the filter of the board', async () => {
    const card = await press('compliance-1', 'desk.board-filter', 'flag:h-rf1 flag:H-RF3');
    if (card.kind !== 'form') throw new Error(JSON.stringify(card));
    const input = card.form.blocks.find((block) => block.kind === 'input' && block.name === 'flag');
    expect(input).toMatchObject({ control: { type: 'menu', initial: 'H-RF1' } });
    expect(JSON.stringify(input)).toContain(`H-RF1 · ${TITLE}`);
    expect(JSON.stringify(card.form)).toContain('"flag:H-RF3"');
  });
});

it('puts who is just called so first, then whole words, then beginnings; open ones before others', async () => {
  const [begins, word, exact] = [
    await opened('Nordwetterdienst', 'a'),
    await opened('Nordwetter Partner', 'b'),
    await opened('Nordwetter', 'c'),
  ];
  await at.submit('rep-1', 'deal.more', { deal: exact }, { choice: 'withdraw', reason: 'They went elsewhere.' });
  const open = await opened('NORDWETTER', 'd');
  for (const words of ['Nordwetter', 'find nordwetter', 'find nordwetter Norway', 'Where is the Nordwetter deal?']) {
    const found = buttons(cardIn(await say('rep-1', words))).filter((one) => one.startsWith('deal.show'));
    expect([words, found]).toEqual([words, [open, exact, word, begins].map((id) => `deal.show ${id}`)]);
  }
  const sorted = buttons(cardIn(await say('rep-1', 'find nordwetter sort:oldest')));
  expect(sorted.find((one) => one.startsWith('deal.show'))).not.toBe(`deal.show ${open}`);
});

describe('filters', () => {
  it('answer what an auditor asks, in one command, however it is typed', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    await at.openDeal();
    for (const words of [
      'find all high deals to Norway with flag H-RF1 in 2027',
      'list tier:high country:Norway flag:h-rf1 year:2027',
      'find tier:high country:“Norway” waiting:compliance owner:@rep status:in-review',
    ]) {
      expect([words, await told('compliance-1', words, TEAMS)]).toEqual([
        words,
        expect.stringMatching(/^# 1 deal for “/),
      ]);
    }
  });

  it('that are not understood are named, with what is near', async () => {
    await at.openDeal();
    expect(await told('rep-1', 'find contry:Norway')).toContain('Did you mean country:?');
    expect(await told('rep-1', 'list tier:hgih')).toContain('Did you mean high?');
    // A flag of a deal that they may not read is no flag to them; today's policy names its own.
    expect(await told('boss-1', 'find flag:X-RF1')).toContain('There is no flag “X-RF1”');
  });
});

it('a name with a colon is found by itself, and is no filter on the next page', async () => {
  for (let n = 0; n < 9; n += 1) await opened('Vega: Security', `vega ${n}`);
  const card = cardIn(await say('rep-1', 'Vega: security'));
  const more = actionsOf(card).find(({ label }) => label === 'More');
  expect(plain(shown(await press('rep-1', 'desk.find', more?.value ?? '')))).toContain('Page 2 of 2.');
});

describe('list', () => {
  it.each(PLACES)('in %s shows all that may be read, and to others nothing', async (_, place) => {
    const [first, second] = [await at.openDeal(), await at.openDeal()];
    await at.submit('rep-1', 'deal.more', { deal: second }, { choice: 'withdraw', reason: 'They went elsewhere.' });
    for (const words of ['list', 'all deals', 'List deals']) {
      const card = cardIn(await say('compliance-2', words, place));
      expect(plain(card)).toContain('Deals that you may read: 2');
      expect(buttons(card)).toEqual([
        `deal.show ${first}`,
        `deal.open-thread ${first}`,
        `deal.show ${second}`,
        `deal.open-thread ${second}`,
        'desk.list-csv ',
      ]);
    }
    const empty = cardIn(await say('boss-1', 'list', place));
    expect(plain(empty)).toContain('There are no deals that you may read');
    expect(buttons(empty)).toEqual(['deal.new ']);
  });

  it('goes on in a window', async () => {
    for (let n = 0; n < 9; n += 1) await at.openDeal();
    const card = cardIn(await say('rep-1', 'list'));
    expect(plain(card)).toMatch(/type “[^”]*list status:open tier:high”\. Page 1 of 2\./);
    expect(plain(card)).toContain('· “Sample Ministry”, Norway · customer “Sample Telecom”\n');
    expect(buttons(card).slice(-2)).toEqual(['desk.find 2', 'desk.list-csv ']);
    expect(plain(shown(await press('rep-1', 'desk.find', '2')))).toContain('9 deals that you may read. Page 2 of 2.');
  });
});

describe('the file of a list', () => {
  const fileFor = async (person: string, query: string): Promise<string[]> => {
    const reply = await press(person, 'desk.list-csv', query);
    if (reply.kind !== 'file') throw new Error(JSON.stringify(reply));
    return String(await reply.file.content())
      .trimEnd()
      .split('\r\n');
  };

  it('has what the list shows, however long it is, and nothing that a spreadsheet computes', async () => {
    for (let n = 0; n < 9; n += 1) await at.openDeal();
    const evil = await at.deals.open(
      {
        type: 'OpenDeal',
        home: { platform: 'slack', channel: 'C0CLEAR' },
        details: { ...aDeal().details, customer: '=HYPERLINK("x")', endUser: { name: '+1, "x"', kind: 'private' } },
      },
      { actor: 'rep-1', cause: 'evil' },
    );
    if (evil.kind === 'refused') throw new Error(evil.refusal.text);
    const rows = await fileFor('compliance-1', '');
    expect(rows).toHaveLength(11);
    expect(rows[0]).toMatch(/^\uFEFFdeal,status,tier,customer,end-user/);
    expect(rows.find((row) => row.includes(evil.view.deal.id))).toContain(
      `,"'=HYPERLINK(""x"")","'+1, ""x""",private,NO,`,
    );
    expect(await fileFor('compliance-1', 'kind:private')).toHaveLength(2);
    expect(await fileFor('boss-1', '')).toHaveLength(1);
    expect((await press('rep-1', 'desk.list-csv', 'contry:x')).kind).toBe('tell');
  });

  it('stands in a window to copy, with the command that writes it', async () => {
    await at.openDeal();
    const reply = await press('rep-1', 'desk.list-csv', "owner:me o'x", PERSONAL);
    if (reply.kind !== 'file') throw new Error(JSON.stringify(reply));
    expect(JSON.stringify(reply.form.blocks)).toContain("clearthread deals list --where 'owner:me o x' --csv");
  });
});
