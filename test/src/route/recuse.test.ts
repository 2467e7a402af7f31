/** An approver with a stake: from the word or the review to a recusal; a voter without one says so where they sign. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import type { Notice } from '../../../flows/deal/telling/notices.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { names, wordsOf } from '../../blocks/forms/support.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };
const APPROVE: FormValues = { outcome: 'approve', rationale: 'The safeguards answer what was found here.' };

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk({ policy: aPolicy({ declareStake: true }) });
  deal = await at.openDeal();
  await at.answerAll(deal);
});
afterEach(() => at.end());

const toldIn = (reply: Reply): string => (reply.kind === 'tell' ? plain(reply.card) : JSON.stringify(reply));
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value });
const send = (person: string, form: Form, values: FormValues): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: form.name, context: form.context, values });
const card = async (key: string): Promise<string> => {
  const found = await createLiveCard(at.deals)(deal, key);
  return found ? plain(found) : '';
};
const toTheEnd = async (person: string): Promise<Form> => {
  const first = formIn(await click(person, 'deal.review', `${deal}/0`));
  const decision = formIn(await send(person, first, {}));
  return formIn(await send(person, decision, APPROVE));
};

describe('recusing', () => {
  it('begins with a word or in the review, needs a reason, and is shown', async () => {
    const word = await at.ask('compliance-1', { kind: 'words', words: `recuse ${deal}` }, TEAMS);
    expect(word.kind === 'tell' && actionsOf(word.card)).toMatchObject([{ name: 'deal.recuse', value: deal }]);
    expect(toldIn(await at.ask('compliance-1', { kind: 'words', words: 'recuse' }, TEAMS))).toContain('name the deal');
    expect(toldIn(await at.ask('compliance-1', { kind: 'words', words: 'help' }, TEAMS))).toContain('recuse D-…');

    const form = formIn(await click('compliance-1', 'deal.recuse', deal));
    const before = wordsOf(form);
    expect(before).toContain('This is final, in later rounds too: nobody can take it back');
    expect(before).toContain('Without you, step 1 cannot be completed: then somebody has to be added to Compliance.');
    const nothing = await send('compliance-1', form, {});
    expect(nothing).toMatchObject({ kind: 'errors', errors: { reason: expect.stringContaining('why') } });
    expect(await send('compliance-1', form, { reason: 'My brother works there' })).toEqual({ kind: 'done' });

    const why = '@compliance-1 recused themself and decides nothing on this deal. My brother works there.';
    expect(await card('root')).toContain(why);
    expect(await card('review:1:0')).toContain(why);
    expect(await card('review:1:0')).toContain('cannot be completed yet');
    const view = await at.deals.view(deal);
    const notices = (await at.store.read(deal)).flatMap(({ body }) => body.notices as unknown as Notice[]);
    const chief = notices.find((n) => n.kind === 'fact' && n.target.to === 'person' && n.target.person === 'chief-1');
    const said = view && chief?.kind === 'fact' ? plain(factCard(view, chief.fact, {}, chief.target)) : '';
    expect(said).toContain('@compliance-1 recused themself from this deal, so others decide on it.');
    expect(said).toContain('cannot be completed yet');

    expect(toldIn(await click('compliance-1', 'deal.review', `${deal}/0`))).toContain('You recused yourself');
    expect(toldIn(await click('compliance-1', 'deal.recuse', deal))).toContain('already');
  });

  it('is one of the things under More, for those who decide', async () => {
    const more = (person: string) =>
      click(person, 'deal.more', deal).then((reply) => JSON.stringify(reply.kind === 'form' && reply.form.blocks));
    expect(await more('compliance-1')).toContain('"recuse"');
    expect(await more('rep-1')).not.toContain('"recuse"');
    const picked = await at.submit('compliance-1', 'deal.more', { deal }, { choice: 'recuse' });
    expect(formIn(picked).name).toBe('deal.recuse');
  });

  it('is refused to the deal team with a sentence', async () => {
    expect(toldIn(await click('rep-1', 'deal.recuse', deal))).toContain('You are on the deal team');
  });
});

describe('a first vote', () => {
  it('is signed with a word that its voter has no stake, at that input', async () => {
    const last = await toTheEnd('compliance-1');
    expect(names(last)).toContain('noStake');
    expect(await send('compliance-1', last, {})).toMatchObject({
      kind: 'errors',
      errors: { noStake: expect.stringContaining('If you have one, recuse yourself') },
    });
    expect((await at.deals.view(deal))?.deal.status).toBe('deciding');
    expect(await send('compliance-1', last, { noStake: ['none'] })).toEqual({ kind: 'done' });
    expect((await at.deals.view(deal))?.deal).toMatchObject({
      status: 'decided',
      decision: { votes: [{ by: 'compliance-1', noStake: true }] },
    });
    // Said once for this deal.
    await at.submit('compliance-1', 'deal.reopen', { deal }, { reason: 'New law' });
    expect(names(await toTheEnd('compliance-1'))).not.toContain('noStake');
  });
});
