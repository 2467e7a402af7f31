/** Whoever changes what goes with an approval reads on that form what others said of it, in their names. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInput } from '../../blocks/forms/inputs.ts';
import { moreForm } from '../../blocks/forms/more.ts';
import { plain } from '../blocks/cards/plain.ts';
import { CONDITION, startsOf, type Play } from '../support/said-matrix-play.ts';

let start: Play;
let all: Awaited<ReturnType<typeof startsOf>>;
beforeAll(async () => {
  all = await startsOf('ordinary');
  start = all.approved;
});
afterAll(async () => {
  for (const play of Object.values(all)) await play.end();
});

const WHY = 'Guards say that men are hunted there.';

/** The product manager is on the deal team then. */
const joins = async (play: Play): Promise<void> => {
  await play.does('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away.' });
  await play.does('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'They are back.' });
};

const on = async (does: (play: Play) => Promise<string | undefined>): Promise<string> => {
  const play = start.fork();
  try {
    return (await does(play)) ?? '';
  } finally {
    await play.end();
  }
};

it('shows whoever sets a renewal date which were set before, by whom and why', async () => {
  const page = await on(async (play) => {
    await joins(play);
    await play.does('product-1', { type: 'SetRenewals', contract: '2027-04-20' });
    await play.does('product-1', { type: 'SetRenewals', contract: '2027-04-10', reason: WHY });
    await play.does('rep-1', { type: 'SetRenewals', contract: '2027-06-01', reason: 'It was a slip of the pen.' });
    return (await play.form('compliance-1', 'deal.renewals'))?.page;
  });
  expect(page).toMatch(/@product-1, .*: contract renewed on 10 April 2027\. “Guards say that men are hunted there\.”/);
  expect(page).toMatch(/@product-1, .*: contract renewed on 20 April 2027\./);
});

it('shows whoever says where the licence stands what was said of it', async () => {
  const page = await on(async (play) => {
    await play.does('compliance-2', { type: 'SetLicence', licence: 'not-determined', reason: WHY });
    await play.does('rep-1', { type: 'SetLicence', licence: 'granted', reason: 'Number 7.' });
    return (await play.form('compliance-1', 'deal.licence'))?.page;
  });
  expect(page).toMatch(/@compliance-2, .*: not determined\. “Guards say that men are hunted there\.”/);
  expect(page).toMatch(/@rep-1, .*: granted\. “Number 7\.”/);
});

it('shows whoever hands a condition over why it was handed over and returned', async () => {
  const { id: condition } = CONDITION;
  const page = await on(async (play) => {
    await play.does('compliance-2', { type: 'HandOverCondition', condition, to: 'product-1', reason: WHY });
    await play.does('product-1', { type: 'MeetCondition', condition, text: 'They told us.', sources: [] });
    await play.does('compliance-1', { type: 'ReturnCondition', condition, reason: 'That is not enough.' });
    return (await play.form('compliance-1', 'deal.hand-over-condition', condition))?.page;
  });
  expect(page).toContain(`Handed over on 1 March 2027 by @compliance-2 from @rep-1 to @product-1: “${WHY}”`);
  expect(page).toMatch(/@compliance-1 returned it on .*\n.*That is not enough\./);
});

it('shows whoever takes a report back all of it, and who reported it', async () => {
  const long = `They grow a little, in the north and in the south, and have more people. ${WHY}`;
  const page = await on(async (play) => {
    await play.does('senior-2', { type: 'ReportChange', what: 'major', why: long });
    await play.does('rep-1', { type: 'ReportChange', what: 'activity', why: 'They grow.' });
    const form = moreForm(await play.view(), 'compliance-1', ['take-change-back'], { choice: 'take-change-back' });
    return plain({ blocks: form.blocks.flatMap((block) => (isInput(block) ? [] : [block])) });
  });
  expect(page).toContain(`“${long}” @senior-2`);
  expect(page.indexOf('@senior-2')).toBeLessThan(page.indexOf('@rep-1'));
});

it('shows an officer the date that a colleague gave without a reason, once another took its place', async () => {
  const page = await on(async (play) => {
    await joins(play);
    await play.does('product-1', { type: 'SetRenewals', contract: '2027-04-20' });
    await play.does('rep-1', { type: 'SetRenewals', contract: '2028-02-01', reason: 'It was a slip of the pen.' });
    return (await play.form('compliance-1', 'deal.reopen'))?.page;
  });
  expect(page).toMatch(/Licence or renewals: contract renewed on 20 April 2027\. @product-1/);
});
