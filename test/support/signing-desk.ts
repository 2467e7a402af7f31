/** The desk with pages of its own, and people with passkeys in software in front of it. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { FormValues } from '../../blocks/card.ts';
import type { Ballot } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { SignatureRule } from '../../flows/policy/policy.ts';
import type { Shown } from '../../src/signing/page/wire.ts';
import { names, presets } from '../blocks/forms/support.ts';
import { anOrganisation, aPolicy } from './deal-builders.ts';
import { ballot } from './deal-lines.ts';
import { atDesk, formIn, type AtDesk } from './desk.ts';
import { SITE, softPasskey, type SoftPasskey } from './soft-passkey.ts';

export interface SigningDesk {
  at: AtDesk;
  url: string;
  /** Sends to the page, as a browser does. */
  post(path: 'look' | 'finish', body: object, headers?: Record<string, string>): Promise<Response>;
  look(url: string): Promise<Shown>;
  finish(url: string, body: object): Promise<Shown>;
  /** Makes a key, and returns it with the 12 characters that its page shows. */
  propose(person: string): Promise<{ soft: SoftPasskey; spoken: string }>;
  vouch(by: SoftPasskey, person: string, key: string, typed: string): Promise<Shown>;
  /** Two of compliance, then the others: each with a passkey that counts. */
  enrolAll(people: readonly string[]): Promise<Record<string, SoftPasskey>>;
  highDeal(): Promise<{ deal: string; view: DealView }>;
  /** The link on which that person signs that vote. */
  voteUrl(person: string, deal: string, more?: Partial<Ballot>, absent?: string): Promise<string>;
  /** Presses through the review with these values and what each page presets: the address to sign on, and all that was shown before. */
  reviewed(
    person: string,
    at: { deal: string; step: number },
    given: FormValues,
  ): Promise<{ url: string; shown: string }>;
  /** Signs what the page shows. */
  sign(url: string, soft: SoftPasskey): Promise<Shown>;
  end(): Promise<void>;
}

export const tokenOf = (url: string): string => new URL(url).hash.slice(1);

export const signatureOf = (shown: Shown, soft: SoftPasskey): object => {
  if (shown.does !== 'sign') throw new Error(`nothing to sign: ${JSON.stringify(shown)}`);
  const { key, ...made } = soft.sign(shown.text ?? '');
  const { clientData, authenticatorData, signature } = made;
  return { id: key, response: { clientDataJSON: clientData, authenticatorData, signature } };
};

/** Which text a new key's page has its maker sign is known from its challenge alone, so it is asked for as it is. */
const challenged = (soft: SoftPasskey, challenge: string) => soft.registration('', { client: { challenge } });

const withTwo = (): Organisation => {
  const usual = anOrganisation();
  const groups = usual.groups.map((g) =>
    g.id === 'compliance' ? { ...g, members: ['compliance-1', 'product-1'] } : g,
  );
  return { ...usual, groups };
};

export const signingDesk = async ({
  signature = { from: 'high', without: 'wait' } as SignatureRule,
  organisation = withTwo(),
  policy = aPolicy({ signature }),
} = {}): Promise<SigningDesk> => {
  const at = atDesk({ policy, organisation, site: SITE });
  const app = express();
  at.desk.signing?.mount(app);
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let acts = 0;
  const post: SigningDesk['post'] = (path, body, headers = { origin: SITE.origin }) =>
    fetch(`${url}/passkey/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const shown = async (response: Promise<Response>): Promise<Shown> => (await (await response).json()) as Shown;
  const desk: SigningDesk = {
    at,
    url,
    post,
    look: (link) => shown(post('look', { token: tokenOf(link) })),
    finish: (link, body) => shown(post('finish', { token: tokenOf(link), ...body })),
    propose: async (person) => {
      const soft = softPasskey(person);
      const link = at.desk.signing?.newKeyUrl(person) ?? '';
      const page = await desk.look(link);
      if (page.does !== 'make') throw new Error(JSON.stringify(page));
      const done = await desk.finish(link, { credential: challenged(soft, page.options.challenge) });
      const [code] = done.blocks;
      return { soft, spoken: code?.kind === 'heading' ? code.text : '' };
    },
    vouch: async (by, person, key, typed) => {
      const link = at.desk.signing?.vouchUrl(person, key) ?? '';
      const page = await desk.look(link);
      return page.does === 'sign' ? desk.finish(link, { credential: signatureOf(page, by), typed }) : page;
    },
    enrolAll: async ([first = '', second = '', ...others]) => {
      const [a, b] = [await desk.propose(first), await desk.propose(second)];
      await desk.vouch(a.soft, first, b.soft.key.id, b.spoken);
      await desk.vouch(b.soft, second, a.soft.key.id, a.spoken);
      const keys: Record<string, SoftPasskey> = { [first]: a.soft, [second]: b.soft };
      for (const person of others) {
        const { soft, spoken } = await desk.propose(person);
        const done = await desk.vouch(a.soft, first, soft.key.id, spoken);
        if (done.does !== 'nothing' || !done.good) throw new Error(JSON.stringify(done));
        keys[person] = soft;
      }
      return keys;
    },
    highDeal: async () => {
      const deal = await at.openDeal();
      await at.answerAll(deal, { 'H-RF1': 'yes' });
      const view = await at.deals.view(deal);
      if (!view) throw new Error('no deal');
      return { deal, view };
    },
    voteUrl: async (person, deal, more = {}, absent) => {
      const view = await at.deals.view(deal);
      if (view?.deal.status !== 'deciding') throw new Error('not deciding');
      const { step, route } = view.deal;
      const vote = { step, factsHash: route.factsHash, ballot: ballot(view, more), absent };
      const asked = await at.desk.signing?.voteUrl(view, vote, { actor: person, cause: `sign-${(acts += 1)}` });
      if (!asked || !('url' in asked)) throw new Error(JSON.stringify(asked));
      return asked.url;
    },
    reviewed: async (person, { deal, step }, given) => {
      let form = formIn(await at.ask(person, { kind: 'click', name: 'deal.review', value: `${deal}/${step}` }));
      let shown = '';
      for (let pages = 0; pages < 10; pages += 1) {
        shown += JSON.stringify(form.blocks);
        const link = /https?:[^"\s]*\/passkey#[^"\s]*/u.exec(JSON.stringify(form))?.[0];
        if (link !== undefined) return { url: link, shown };
        const asked = Object.fromEntries(Object.entries(given).filter(([name]) => names(form).includes(name)));
        const values = { ...presets(form), ...asked };
        form = formIn(await at.ask(person, { kind: 'submit', form: form.name, context: form.context, values }));
      }
      throw new Error('no address to sign on');
    },
    sign: async (link, soft) => {
      const page = await desk.look(link);
      return page.does === 'sign' ? desk.finish(link, { credential: signatureOf(page, soft) }) : page;
    },
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await at.end();
    },
  };
  return desk;
};
