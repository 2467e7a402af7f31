/** The rep who wants facial recognition past everybody, in both chats: out of scope, lighter answers, K1. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hand } from '../support/chat-hand.ts';
import { oneByOne, ok, openBy, openDeal, save, shortcut } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';

let playing: Playing;
beforeAll(async () => {
  playing = await play();
});
afterAll(() => playing.end());

type Who = 'rep' | 'compliance' | 'chief' | 'counsel';
const CHATS = {
  Slack: {
    hand: (who: Who): Hand => playing.hand(who),
    /** `compliance`: a hand of this chat. */
    confirm: async (compliance: Hand): Promise<void> => ok(await compliance.say('/deal confirm')),
  },
  Teams: {
    hand: (who: Who): Hand => playing.teamsHand(who),
    confirm: async (compliance: Hand): Promise<void> => {
      const speaks = playing.teamsHand('compliance');
      const channel = await speaks.personalChat();
      await speaks.sayIn(channel, 'confirm');
      ok(await compliance.press('To confirm', { channel }));
    },
  },
};

const REPORTS = 'As far as the reports show';
const MEANT = 'repress people';

describe.each(Object.entries(CHATS))('in %s', (chat, { hand, confirm }) => {
  const [customer, weather] = [`State Police ${chat}`, `Weather Office ${chat}`];
  let thread = '';

  it('“No” to the first question waits for compliance, against what the catalogue says', async () => {
    const rep = hand('rep');
    thread = await openDeal(rep, {
      customer,
      product: 'Sample facial recognition',
      country: 'Bouvet Island',
      endUser: customer,
      kind: 'Security',
    });
    await rep.fill('Can the product', 'No');
    expect(await rep.words()).toMatch(/(Known already|Please check)\.[\s\S]*this product analyses/);
    await save(rep);
    await rep.noView();
    await rep.reads(/Said to be out of scope/, thread);
    await rep.reads(new RegExp(`${customer}[\\s\\S]*Said to be out of scope`));
  });

  it('goes back with a sentence', async () => {
    const [rep, compliance] = [hand('rep'), hand('compliance')];
    const there = (await compliance.reads(customer)).ts;
    await openBy(compliance, 'Confirm or send back', { thread: there });
    expect(await compliance.words()).toContain('What speaks against it');
    await compliance.fill('Is it out of scope?', 'Send back');
    await compliance.fill('Why does it go back?', 'It matches faces.');
    await save(compliance);
    await compliance.noView();
    await rep.reads(/Sent back[\s\S]*It matches faces/, thread);
  });

  it('stops at once when the rep says that it is meant for repression, and all hear of it', async () => {
    const rep = hand('rep');
    await openBy(rep, 'Answer', { thread, in: 'Sent back' });
    await rep.fill('Can the product', 'Yes');
    // It was "no": nothing gets lighter, and nobody asks why.
    await save(rep);
    await shortcut(rep, 'Does any of these hold for this product?', 'all');
    // The organisation file says that the product analyses.
    await rep.submit();
    await rep.fill('Why does it analyse nothing', 'This one only counts cars.');
    await save(rep);
    await shortcut(rep, 'Have all of these been done?', 'all');
    await oneByOne(rep, REPORTS, { [MEANT]: 'Yes' });
    await save(rep);
    expect(await rep.words()).toContain('Save again to say so.');
    await save(rep);
    await rep.noView();
    await rep.reads(/Stopped[\s\S]*house rule/, thread);
    for (const who of ['chief', 'counsel', 'compliance'] as const) {
      const told = playing.hand(who);
      // A person in both chats is told where the deal is; Teams learns of a person when they speak.
      if (chat === 'Slack') await told.readsDirect(new RegExp(`${customer}[\\s\\S]*Stopped`));
    }
  });

  it('is taken back by the chief, asks the rep why, and shows what was said', async () => {
    const [rep, chief] = [hand('rep'), hand('chief')];
    const there = (await chief.reads(customer)).ts;
    await openBy(chief, 'Reopen', { thread: there });
    await chief.fill('Why', 'Another agency was meant.');
    await save(chief);
    await chief.noView();
    await openBy(rep, 'Answer: End-user', { thread });
    await rep.fill(MEANT, 'No');
    await rep.fill('Why do these answers change?', 'It was said of another agency.');
    await save(rep);
    await rep.words();
    await rep.closeView();
    await rep.reads(new RegExp(`${customer}[\\s\\S]*Another agency was meant[\\s\\S]*3 answers were heavier before`));
    await openBy(rep, 'Why?', { thread });
    expect(await rep.words()).toMatch(/Was yes until[\s\S]*It was said of another agency/);
    await rep.closeView();
  });

  it('“confirm” lists what waits, and confirms what is ticked', async () => {
    const [rep, compliance] = [hand('rep'), hand('compliance')];
    const root = await openDeal(rep, {
      customer: weather,
      product: 'Sample weather sensor',
      country: 'Bouvet Island',
      endUser: weather,
      // A confirmation of one chat stands in the other: each asks for another kind.
      kind: chat === 'Slack' ? 'Government agency' : 'State-owned',
    });
    await rep.fill('Can the product', 'No');
    await save(rep);
    await rep.reads(/Said to be out of scope/, root);
    await confirm(compliance);
    expect(await compliance.words()).toContain(weather);
    const [offered = ''] = (await compliance.options('Confirm these')).filter((label) => label.includes(weather));
    await compliance.fill('Confirm these', [offered]);
    await save(compliance);
    expect(await compliance.words()).toContain('Confirmed: D-');
    await compliance.closeView();
    await rep.reads(new RegExp(`${weather}[\\s\\S]*Out of scope`));
  });
});
