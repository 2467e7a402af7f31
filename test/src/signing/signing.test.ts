/** The pages behind the links, from enrolment to a signed vote, and what a cheat tries at each. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DealEvent } from '../../../flows/deal/events.ts';
import { passkeys } from '../../../flows/registers/passkeys.ts';
import { createLinks } from '../../../src/signing/links.ts';
import { signatureWarnings } from '../../../src/signing/signing.ts';
import { signatureOf, signingDesk, tokenOf, type SigningDesk } from '../../support/signing-desk.ts';
import { SITE, softPasskey, type SoftPasskey } from '../../support/soft-passkey.ts';

const PEOPLE = ['compliance-1', 'chief-1', 'senior-1', 'senior-2', 'counsel-1'];

let desk: SigningDesk;
let keys: Record<string, SoftPasskey>;
const keyOf = (person: string): SoftPasskey => keys[person] ?? softPasskey('nobody');
beforeAll(async () => {
  desk = await signingDesk();
  keys = await desk.enrolAll(PEOPLE);
});
afterAll(() => desk.end());

const castIn = async (deal: string): Promise<DealEvent[]> =>
  (await desk.at.store.read(deal))
    .flatMap(({ body }) => body.events as unknown as DealEvent[])
    .filter(({ type }) => type === 'VoteCast');

describe('enrolment', () => {
  it('makes keys that count, one after the other, with 12 characters that no chat shows', async () => {
    const organisation = await desk.at.deals.view((await desk.highDeal()).deal);
    expect(organisation?.organisation.passkeys?.keys.map(({ person }) => person)).toEqual(PEOPLE);
    const { spoken } = await desk.propose('rep-1');
    expect(spoken).toMatch(/^[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}$/);
    const stored = await desk.at.store.read('register:passkeys');
    expect(JSON.stringify(stored.flatMap(({ body }) => body.notices))).not.toContain(spoken.replaceAll(' ', ''));
    const reply = await desk.at.ask('compliance-1', { kind: 'words', words: 'passkey', canOpen: false });
    expect(reply).toMatchObject({ kind: 'tell' });
    expect(reply).not.toHaveProperty('open');
    expect(JSON.stringify(reply)).not.toContain(spoken.slice(0, 4));
    expect(JSON.stringify(reply)).toContain('Compare it');
  });
  it('takes only the characters of that key, and forgives how people type', async () => {
    const { soft, spoken } = await desk.propose('product-1');
    expect(await desk.vouch(keyOf('chief-1'), 'chief-1', soft.key.id, 'ABCDEFGHJKMN')).toMatchObject({
      title: expect.stringContaining('not the characters'),
    });
    const lazy = spoken.toLowerCase().replaceAll(' ', '-').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(await desk.vouch(keyOf('chief-1'), 'chief-1', soft.key.id, lazy)).toMatchObject({ good: true });
  });
  it('takes nothing signed with a key that does not count', async () => {
    const { soft, spoken } = await desk.propose('rep-1');
    const link = desk.at.desk.signing?.vouchUrl('compliance-1', soft.key.id) ?? '';
    const page = await desk.look(link);
    for (const cheat of [softPasskey('compliance-1'), soft, keyOf('chief-1')]) {
      expect(await desk.finish(link, { credential: signatureOf(page, cheat), typed: spoken })).toMatchObject({
        title: 'Not signed',
      });
    }
  });
  it('shows who may not vouch why', async () => {
    const { soft } = await desk.propose('rep-1');
    const link = (person: string) => desk.at.desk.signing?.vouchUrl(person, soft.key.id) ?? '';
    expect(await desk.look(link('senior-1'))).toMatchObject({ does: 'nothing', title: 'Not now' });
    expect(await desk.look(link('rep-1'))).toMatchObject({ does: 'nothing', title: 'Not now' });
    const pressed = await desk.at.ask('compliance-1', { kind: 'click', name: 'desk.vouch', value: soft.key.id });
    expect(JSON.stringify(pressed)).toContain(`${SITE.origin}/passkey#`);
    expect(await desk.at.ask('senior-1', { kind: 'click', name: 'desk.vouch', value: soft.key.id })).toMatchObject({
      kind: 'tell',
    });
  });
  it('shows its maker the characters again, while it waits', async () => {
    const { spoken } = await desk.propose('senior-2');
    const again = await desk.look(desk.at.desk.signing?.newKeyUrl('senior-2') ?? '');
    expect(JSON.stringify(again)).toContain(spoken);
    expect(JSON.stringify(await desk.look(desk.at.desk.signing?.newKeyUrl('counsel-1') ?? ''))).not.toMatch(
      /[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}/,
    );
  });
  it('takes each new key once', async () => {
    const link = desk.at.desk.signing?.newKeyUrl('rep-1') ?? '';
    const page = await desk.look(link);
    if (page.does !== 'make') throw new Error('nothing to make');
    const make = () =>
      desk.finish(link, {
        credential: softPasskey('rep-1').registration('', { client: { challenge: page.options.challenge } }),
      });
    expect(await make()).toMatchObject({ good: true });
    expect(await make()).toMatchObject({ title: 'This link is over' });
    expect(await desk.finish(link, { credential: softPasskey('x').registration('y') })).toMatchObject({
      title: 'Not made',
    });
  });
  it('revokes with a reason: what a key signed stands, and it signs nothing more', async () => {
    const { soft, spoken } = await desk.propose('product-1');
    await desk.vouch(keyOf('chief-1'), 'chief-1', soft.key.id, spoken);
    const revoke = (key: string, reason = 'It fell into the sea.') =>
      desk.at.submit('product-1', 'desk.revoke-passkey', {}, { key, reason });
    expect(await desk.at.ask('product-1', { kind: 'click', name: 'desk.revoke-passkey', value: '' })).toMatchObject({
      kind: 'form',
    });
    expect(await revoke(soft.key.id, '.')).toMatchObject({ kind: 'errors' });
    expect(await revoke(soft.key.id)).toMatchObject({ kind: 'tell' });
    expect(await revoke('nothing')).toMatchObject({ kind: 'errors' });
  });
});

describe('a vote', () => {
  it('is cast by its voter’s key, once, and the thread goes on', async () => {
    const { deal } = await desk.highDeal();
    const link = await desk.voteUrl('compliance-1', deal);
    const page = await desk.look(link);
    expect(page).toMatchObject({
      does: 'sign',
      options: {
        allowCredentials: [{ id: keyOf('compliance-1').key.id }],
        rpId: 'localhost',
        userVerification: 'required',
      },
    });
    const text = JSON.stringify(page);
    for (const words of [
      deal,
      'Tier',
      'High',
      'Reported misuse',
      'Your reasons',
      'Fingerprint of the facts',
      'not an export licence',
    ])
      expect(text).toContain(words);
    expect(await castIn(deal)).toEqual([]);
    expect(await desk.sign(link, keyOf('compliance-1'))).toMatchObject({ good: true, title: 'Your vote is cast' });
    const [cast] = await castIn(deal);
    expect(cast).toMatchObject({ by: 'compliance-1', signature: { key: keyOf('compliance-1').key.id } });
    const view = await desk.at.deals.view(deal);
    expect(view?.deal).toMatchObject({ status: 'deciding', step: 1 });
    // Again: the same answer, and no second vote.
    expect(await desk.sign(link, keyOf('compliance-1'))).toMatchObject({ title: 'Your vote is cast' });
    expect(await castIn(deal)).toHaveLength(1);
  });

  it('comes from the review’s last page, which gives its voter the link', async () => {
    const { deal } = await desk.highDeal();
    const opened = await desk.at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` });
    const values = { outcome: 'decline', rationale: 'Not with this buyer, and not now.', 'f:H-RF1': 'uphold' };
    let reply = opened;
    for (let page = 0; page < 8 && reply.kind === 'form' && reply.form.name === 'deal.review'; page += 1) {
      const { context, blocks } = reply.form;
      const names = blocks.flatMap((block) => (block.kind === 'input' ? [block.name] : []));
      const menus = blocks.flatMap((b) =>
        b.kind === 'input' && (b.control.type === 'radio' || b.control.type === 'menu')
          ? [[b.name, b.control.options[0]?.value ?? ''] as const]
          : [],
      );
      const asked = {
        ...Object.fromEntries(menus),
        ...Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name))),
      };
      reply = await desk.at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context, values: asked });
    }
    const text = JSON.stringify(reply);
    const url = /http:\/\/localhost:3000\/passkey#[\w-]+/.exec(text)?.[0] ?? '';
    expect(url.length).toBeLessThan(3000);
    expect(text).toContain('not cast yet');
    expect(url).not.toContain(deal);
    expect(await castIn(deal)).toEqual([]);
    expect(await desk.sign(url, keyOf('compliance-1'))).toMatchObject({ good: true });
    expect(await castIn(deal)).toMatchObject([{ ballot: { outcome: 'decline' } }]);
  });

  it('is not cast for another key, another text, or what is no signature', async () => {
    const { deal } = await desk.highDeal();
    const link = await desk.voteUrl('compliance-1', deal);
    const page = await desk.look(link);
    const other = await desk.look(await desk.voteUrl('compliance-1', (await desk.highDeal()).deal));
    const cheats: unknown[] = [
      signatureOf(page, keyOf('senior-1')),
      signatureOf(page, softPasskey('compliance-1')),
      signatureOf(other, keyOf('compliance-1')),
      {},
      'x',
      null,
      {
        id: keyOf('compliance-1').key.id,
        response: { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' },
      },
      { id: 'constructor', response: { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' } },
    ];
    for (const credential of cheats)
      expect(await desk.finish(link, { credential })).toMatchObject({ title: 'Not signed' });
    expect(await castIn(deal)).toEqual([]);
    // None of that used it up.
    expect(await desk.sign(link, keyOf('compliance-1'))).toMatchObject({ good: true });
  });

  it('is refused with the difference where facts changed meanwhile', async () => {
    const { deal } = await desk.highDeal();
    const link = await desk.voteUrl('compliance-1', deal);
    const page = await desk.look(link);
    await desk.at.answerAll(deal, { 'H-RF1': 'yes', 'H-RF3': 'yes' });
    const told = await desk.finish(link, { credential: signatureOf(page, keyOf('compliance-1')) });
    expect(told).toMatchObject({ title: 'The facts changed meanwhile' });
    expect(JSON.stringify(told)).toContain('Is there a conflict in the region?');
    expect(await castIn(deal)).toEqual([]);
  });

  it('has one link at a time, for ten minutes', async () => {
    const { deal } = await desk.highDeal();
    const old = await desk.voteUrl('compliance-1', deal);
    const link = await desk.voteUrl('compliance-1', deal);
    expect(await desk.look(old)).toMatchObject({ title: 'This link is over' });
    const page = await desk.look(link);
    const now = desk.at.desk.clock().getTime();
    await desk.at.travel(new Date(now + 10 * 60_000 + 1).toISOString());
    expect(await desk.look(link)).toMatchObject({ title: 'This link is over' });
    expect(await desk.finish(link, { credential: signatureOf(page, keyOf('compliance-1')) })).toMatchObject({
      title: 'This link is over',
    });
    expect(await castIn(deal)).toEqual([]);
  });

  it('says before a link is made what keeps the vote from being cast', async () => {
    const { deal, view } = await desk.highDeal();
    if (view.deal.status !== 'deciding') throw new Error('not deciding');
    await expect(desk.voteUrl('compliance-1', deal, { rationale: 'short' })).rejects.toThrow(/reasons/);
    await expect(desk.voteUrl('rep-1', deal)).rejects.toThrow(/own deal|nobody decides/);
  });

  it('is not cast from the chat alone', async () => {
    const { deal, view } = await desk.highDeal();
    if (view.deal.status !== 'deciding') throw new Error('not deciding');
    const { step, route } = view.deal;
    const outcome = await desk.at.deals.handle(
      deal,
      {
        type: 'CastVote',
        step,
        factsHash: route.factsHash,
        ballot: {
          outcome: 'decline',
          flags: { 'H-RF1': { opinion: 'uphold' } },
          conditions: [],
          rationale: 'Not with this buyer, and not now.',
          weighing: { leverage: 'a', crucial: 'a', scale: 'a', scope: 'a', irremediability: 'a', ending: 'a' },
        },
      },
      { actor: 'compliance-1', cause: 'chat' },
    );
    expect(outcome).toMatchObject({
      kind: 'refused',
      refusal: { text: expect.stringContaining('signed with your passkey') },
    });
  });
});

describe('the page', () => {
  it('shows and uses up nothing on GET, may not be framed, and is kept by nobody', async () => {
    const { deal } = await desk.highDeal();
    const link = await desk.voteUrl('compliance-1', deal);
    for (const path of ['/passkey', '/passkey/', `/passkey?${tokenOf(link)}`]) {
      const got = await fetch(`${desk.url}${path}`);
      expect(got.status).toBe(200);
      const text = await got.text();
      expect(text).not.toContain(deal);
      expect(got.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(got.headers.get('x-frame-options')).toBe('DENY');
      expect(got.headers.get('cache-control')).toBe('no-store');
      expect(got.headers.get('referrer-policy')).toBe('no-referrer');
    }
    expect((await fetch(`${desk.url}/passkey/look`)).status).toBe(404);
    expect(await desk.look(link)).toMatchObject({ does: 'sign' });
    expect(await castIn(deal)).toEqual([]);
  });
  it('answers its own origin alone', async () => {
    const link = await desk.voteUrl('compliance-1', (await desk.highDeal()).deal);
    const body = { token: tokenOf(link) };
    const strange: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:3001' },
      { origin: 'https://localhost:3000' },
      { origin: SITE.origin, 'content-type': 'text/plain' },
    ];
    for (const headers of strange) expect((await desk.post('look', body, headers)).status).toBe(403);
  });
  it('knows no link that it did not make, and says the same of all of them', async () => {
    const link = {
      for: 'vote' as const,
      deal: 'D-1',
      person: 'compliance-1',
      expires: '2999-01-01T00:00:00.000Z',
      nonce: 'n',
    };
    const good = tokenOf(await desk.voteUrl('compliance-1', (await desk.highDeal()).deal));
    const cut = good.slice(0, -1) + (good.endsWith('A') ? 'B' : 'A');
    const other = createLinks(Buffer.alloc(32, 1)).seal(link);
    for (const token of ['x', cut, other, good.slice(4), createLinks(Buffer.alloc(32, 7)).seal(link)]) {
      const said = await (await desk.post('look', { token })).json();
      expect(said).toMatchObject({ title: 'This link is over' });
    }
    for (const body of [{}, { token: 1 }, { token: 'x'.repeat(5000) }, { token: good, more: 1 }]) {
      expect(await (await desk.post('look', body)).json()).toMatchObject({ title: 'This link is over' });
    }
    expect((await desk.post('finish', { token: good, credential: 'x'.repeat(100_000) })).status).toBe(400);
  });
});

describe('at the start', () => {
  const none = passkeys.none;
  it('says that votes can’t be signed without an address', () => {
    expect(signatureWarnings({ signature: { from: 'high', without: 'wait' } }, undefined, none)[0]).toMatch(
      /wait.*CLEARTHREAD_PUBLIC_URL/,
    );
    expect(signatureWarnings({ signature: { from: 'high', without: 'allow' } }, undefined, none)[0]).toMatch(
      /not signed/,
    );
    expect(signatureWarnings({}, undefined, none)).toEqual([]);
  });
  it('says that keys of another address no longer count', async () => {
    const { state } = await desk.at.desk.registers.passkeys.now();
    expect(signatureWarnings({}, SITE, state)).toEqual([]);
    expect(signatureWarnings({}, { ...SITE, rpId: 'other' }, state)[0]).toMatch(/localhost do not count at other/);
  });
});
