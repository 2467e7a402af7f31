/** The rep who opens a twin of a deal: what the other says counts, whatever was changed, withdrawn or called otherwise. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { lineBlocks } from '../../../blocks/cards/digest-lines.ts';
import { everBlocks } from '../../../blocks/cards/ever-words.ts';
import { detailsCorrectedTold } from '../../../blocks/cards/facts-lifecycle.ts';
import { digestRow } from '../../../blocks/digest-csv.ts';
import { detailsForm } from '../../../blocks/forms/open.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import { flagShown } from '../../../flows/deal/deciding/waiting-shown.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { columnsOf } from '../../../flows/lists/columns.ts';
import type { CompiledPolicy } from '../../../flows/policy/policy.ts';
import { silentLogger } from '../../../src/log.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { MOST_READ, writtenElsewhere } from '../../../src/route/written.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { voteOf } from '../../support/deal-lines.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';
import { answerPicture, atOncePolicy, pictureContext } from '../../support/picture-deal.ts';

const policy = (more: Partial<CompiledPolicy> = {}): CompiledPolicy => aPolicy({ lighter: 'confirm', ...more });
const RECORD = { 'q:H-RF1': 'no', 'q:H-RF3': 'no', 'q:H-RF5': 'no' };

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ policy: policy() });
});
afterEach(() => at.end());

let acts = 0;
const openDeal = async (details: Partial<DealDetails> = {}, person = 'rep-1'): Promise<string> => {
  acts += 1;
  const outcome = await at.deals.open(
    {
      type: 'OpenDeal',
      home: { platform: 'slack', channel: 'C0CLEAR' },
      details: { ...aDeal().details, endUser: { name: 'Bouvet State Security', kind: 'security' }, ...details },
    },
    { actor: person, cause: `twin-${acts}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};
const view = async (deal: string): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const section = async (deal: string, of: string, values: FormValues, person = 'rep-1'): Promise<void> => {
  const reply = await at.submit(person, 'deal.section', { deal, section: of }, values);
  if (reply.kind === 'errors') throw new Error(JSON.stringify(reply.errors));
};
const answer = async (deal: string, record: FormValues = RECORD, person = 'rep-1'): Promise<void> => {
  await section(deal, 'scope', { 'q:G1': 'yes' }, person);
  const isListed = (await view(deal)).deal.details.product.id !== 'other';
  const why = isListed ? {} : { why: 'It keeps nothing about anybody' };
  await section(deal, 'product', { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common', ...why }, person);
  await section(deal, 'record', record, person);
};
const correct = async (deal: string, changed: FormValues): Promise<void> => {
  const form = detailsForm(await view(deal));
  const values = { ...presets(form), reason: 'Typo.', ...changed };
  const reply = await at.ask('rep-1', { kind: 'submit', form: form.name, context: form.context, values });
  expect(reply.kind).toBe('done');
};
const tell = (): Promise<number> => tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
const shown = async (person: string, deal: string, name = 'deal.why'): Promise<string> =>
  wordsOf(formIn(await at.ask(person, { kind: 'click', name, value: deal })));
const root = async (deal: string): Promise<string> => {
  const card = await createLiveCard(at.deals)(deal, 'root');
  return card ? plain(card) : '';
};
const withdraw = async (deal: string): Promise<void> => {
  await at.submit('rep-1', 'deal.more', { deal }, { choice: 'withdraw', reason: 'No budget' });
  expect((await view(deal)).deal.status).toBe('withdrawn');
};
const waitingDealOf = async (details: Partial<DealDetails>): Promise<string> => {
  const deal = await openDeal(details);
  await answer(deal, { ...RECORD, 'q:H-RF1': 'yes' });
  await section(deal, 'record', { ...RECORD, why: 'Another agency was meant' });
  expect((await view(deal)).deal.lighterSaid).toBeDefined();
  return deal;
};

const waitingDeal = (): Promise<string> => waitingDealOf({});

describe('a deal that is withdrawn while a lighter answer waits', () => {
  it('says to its twin what was said first, and that it was withdrawn', async () => {
    const first = await waitingDeal();
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin);
    await tell();
    const words = await shown('compliance-1', twin, 'deal.review');
    expect(words).toContain(`${first} with the same end-user `);
    expect(words).toContain('compliance had not confirmed what was said to make it lighter');
    expect(words).toContain(`Answered otherwise in ${first}: `);
    expect(words).toContain('Are there reports of misuse by this end-user?');
    expect(await root(twin)).toContain('1 other deal with this end-user ended without approval');
  });

  it('is told to compliance', async () => {
    const first = await waitingDeal();
    await withdraw(first);
    const { version } = (await at.store.heads()).find(({ stream }) => stream === first)!;
    const last = await at.deals.viewAt(first, version);
    expect(JSON.stringify(last?.notices)).toMatch(
      /"person":"compliance-1".*"withdrawn"|"withdrawn".*"person":"compliance-1"/,
    );
  });

  it('says it also before it is withdrawn, and as who it was', async () => {
    const first = await waitingDeal();
    await correct(first, { endUserName: 'Bouvet Weather Office' });
    const twin = await openDeal();
    await answer(twin);
    await tell();
    expect(await shown('compliance-1', twin)).toContain(`Answered otherwise in ${first}: `);
  });

  it('says it after compliance refused the change, too', async () => {
    const first = await waitingDeal();
    const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-lighter', value: first }));
    const values = { verdict: 'refuse', reason: 'The report stands' };
    await at.ask('compliance-1', { kind: 'submit', form: form.name, context: form.context, values });
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin);
    await tell();
    const others = (await view(twin)).deal.others;
    expect(others?.ended).toMatchObject([{ deal: first, how: 'withdrawn', unconfirmed: true }]);
    expect(others?.otherwise).toMatchObject([{ question: 'H-RF1', deal: first }]);
  });

  it('says it also once compliance confirmed the change: that was one officer', async () => {
    const first = await waitingDeal();
    const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-lighter', value: first }));
    await at.ask('compliance-1', {
      kind: 'submit',
      form: form.name,
      context: form.context,
      values: { verdict: 'confirm' },
    });
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin);
    await tell();
    expect((await view(twin)).deal.others?.otherwise).toMatchObject([{ question: 'H-RF1', deal: first }]);
    expect(await shown('compliance-1', twin, 'deal.review')).toContain(`Answered otherwise in ${first}: `);
  });

  it('says it still when it is reopened', async () => {
    const first = await openDeal();
    await answer(first, { ...RECORD, 'q:H-RF1': 'yes' });
    await withdraw(first);
    await at.submit('rep-1', 'deal.more', { deal: first }, { choice: 'reopen', reason: 'It goes on.' });
    const twin = await openDeal();
    await answer(twin);
    await tell();
    expect((await view(twin)).deal.others?.otherwise).toMatchObject([{ question: 'H-RF1', deal: first }]);
  });
});

const handling =
  (deal: string) =>
  async (actor: string, command: DealCommand): Promise<void> => {
    acts += 1;
    const outcome = await at.deals.handle(deal, command, { actor, cause: `twin-${acts}` });
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  };

describe('words of a first deal', () => {
  const NOTE = 'Black Cube FZE, whose guards shot protesters in 2024';
  const withNote = async (more: Partial<DealDetails> = {}, person = 'rep-1'): Promise<string> => {
    const first = await openDeal(more, person);
    await section(first, 'scope', { 'q:G1': 'yes' }, person);
    await section(first, 'record', { ...RECORD, 'n:H-RF1': NOTE }, person);
    return first;
  };

  it('are shown to the approvers of a second one who may read the first, and stop nothing', async () => {
    const first = await withNote();
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin);
    await tell();
    for (const name of ['deal.review', 'deal.why']) {
      const words = await shown('compliance-1', twin, name);
      expect(words).toContain('Written in other deals that name this end-user, or one that may be the same');
      for (const part of [`${first}. `, `A note: “${NOTE}” `, 'To “Are there reports of misuse'])
        expect(words).toContain(part);
    }
    const { deal } = await view(twin);
    expect([deal.others, deal.ownFlags]).toEqual([undefined, []]);
    expect(await root(twin)).not.toContain('guards');
  });

  it('are shown of one that was heard of under a name that may be the same, before all that the rep’s own deals say', async () => {
    const ferry = { endUser: { name: 'Tolbun Ferry Bureau', kind: 'government' as const }, customer: 'Tolbun' };
    const near = await withNote(ferry, 'product-1');
    const twin = await openDeal();
    const one = await view(twin);
    const found = async (others: object): Promise<string[]> => {
      const heard = { ...one, deal: { ...one.deal, others } } as unknown as DealView;
      return (await writtenElsewhere(at.desk, heard, 'compliance-1', 60_000)).words.map(({ deal }) => deal);
    };
    expect(await found({ ended: [], otherwise: [] })).toEqual([]);
    const heard = { ended: [], otherwise: [], kinds: [{ deal: near, called: 'Tolbun Ferries' }] };
    expect(new Set(await found(heard))).toEqual(new Set([near]));
    const dummy = await withNote();
    const all = await found(heard);
    expect([all[0], all.at(-1)]).toEqual([near, dummy]);
    // Of one person, what was said of the very name comes first.
    const same = await openDeal({}, 'product-1');
    await section(same, 'scope', { 'q:G1': 'yes' }, 'product-1');
    await section(same, 'record', { ...RECORD, 'n:H-RF1': 'They hold ferrymen.' }, 'product-1');
    expect((await found(heard)).slice(0, 2)).toEqual([same, near]);
    // Beside it by the product alone, it is nobody of this deal.
    expect(await found({ ended: [], otherwise: [], worries: [{ deal: near, shares: 'product' }] })).not.toContain(near);
  });

  it('are shown before more deals than are read, of a friend of whoever sells it, under the very name', async () => {
    const near = { endUser: { name: 'Bouvet State Securitty', kind: 'security' as const }, customer: 'Tolbun Works' };
    const first = await openDeal(near, 'product-1');
    const gives = async (actor: string, to: string, reason: string): Promise<void> => {
      const outcome = await at.deals.handle(
        first,
        { type: 'ReassignOwner', to, reason },
        { actor, cause: `given-${actor}` },
      );
      expect(outcome.kind).toBe('accepted');
    };
    await gives('product-1', 'rep-1', 'Please look after it.');
    await gives('rep-1', 'product-1', 'A monk told me that their guards whip porters.');
    for (let n = 0; n < MOST_READ + 2; n += 1) await openDeal({}, 'product-1');
    const twin = await openDeal({}, 'chief-1');
    const { words, left } = await writtenElsewhere(at.desk, await view(twin), 'compliance-1', 60_000);
    expect(words.map(({ text }) => text)).toContain('A monk told me that their guards whip porters.');
    expect(left).toBe(3);
  });

  it.each([
    [
      'its end-user, wherever it goes',
      { endUser: { name: 'Bouvet State Securitty Ltd', kind: 'security' }, destination: 'KE' },
    ],
    ['its customer', { endUser: { name: 'Tolbun Ferries', kind: 'private' }, customer: 'Bouvet State Securitty' }],
    ['a company in between', { intermediaries: [{ name: 'Buovet State Security S.A.', role: 'reseller' }] }],
    ['its end-user, from the first letters on', { endUser: { name: 'Obuvet Satte Security', kind: 'security' } }],
  ] as const)('are shown of one that nothing else is heard of, where a name may be that of %s', async (_, details) => {
    const aside = { endUser: { name: 'Tolbun Ferries', kind: 'private' as const }, customer: 'Tolbun Works' };
    const first = await withNote({ ...aside, ...details } as Partial<DealDetails>);
    const found = async (one: string): Promise<string[]> =>
      (await writtenElsewhere(at.desk, await view(one), 'compliance-1', 60_000)).words.map(({ deal }) => deal);
    expect(new Set(await found(await openDeal()))).toEqual(new Set([first]));
    const nobody = { endUser: { name: 'Not known yet', kind: 'unknown' as const }, customer: 'Kolbun Works' };
    expect(await found(await openDeal(nobody))).toEqual([]);
  });

  it('are shown wherever somebody wrote them: a withdrawal, a hand-over, a recusal, a correction', async () => {
    const first = await openDeal();
    await answer(first);
    const handle = handling(first);
    const words = {
      handed: 'I was told that they jail reporters.',
      recused: 'My cousin runs their prison and told me what they do to strikers.',
      corrected: 'I know them from Yemen: they guard the prison there.',
      withdrawn: 'Their man told me that it is to arrest journalists.',
    };
    await handle('rep-1', { type: 'HandOverSection', section: 'record', to: 'product-1', note: words.handed });
    await handle('senior-1', { type: 'Recuse', reason: words.recused });
    const { details } = (await view(first)).deal;
    await handle('rep-1', {
      type: 'CorrectDetails',
      details: { ...details, customer: 'Sample Holding' },
      reason: words.corrected,
    });
    await handle('rep-1', { type: 'Withdraw', reason: words.withdrawn });
    const twin = await openDeal();
    await answer(twin);
    for (const name of ['deal.review', 'deal.why']) {
      const page = await shown('compliance-1', twin, name);
      for (const text of Object.values(words)) expect(page).toContain(text);
    }
    // Its own approvers read them when it goes on.
    await handle('rep-1', { type: 'Reopen', reason: 'They came back.' });
    await answer(first);
    const page = await shown('compliance-1', first);
    expect(page).toContain('Also written here');
    for (const text of Object.values(words)) expect(page).toContain(text);
  });

  it('are all read there, at least in short, however many others the same person writes', async () => {
    const handed = 'Between us: they will watch the square with it.';
    const first = await openDeal();
    await answer(first);
    const handle = handling(first);
    const handOver = async (note: string): Promise<void> => {
      await handle('rep-1', { type: 'HandOverSection', section: 'record', to: 'product-1', note });
      await handle('rep-1', { type: 'TakeSectionBack', section: 'record' });
    };
    for (let n = 0; n < 7; n += 1) await handOver(`You know this product best, part ${n}.`);
    await handOver(handed);
    for (let n = 7; n < 14; n += 1) await handOver(`You know this product best, part ${n}.`);
    const { details } = (await view(first)).deal;
    for (let n = 10; n < 24; n += 1)
      await handle('rep-1', {
        type: 'CorrectDetails',
        details: { ...details, expectedSigning: `2028-03-${n}` },
        reason: `Signing moved again, ${n}.`,
      });
    const page = await shown('compliance-1', first);
    for (const text of [handed, 'part 0.', 'part 13.', 'again, 10.', 'again, 23.']) expect(page).toContain(text);
  });

  it('are read in an approver’s question by those of the next step, too, who may not read the deal that was withdrawn under it', async () => {
    const [asked, raised] = ['Who answers for the three dead in their cells?', 'They hunt porters there.'];
    const first = await openDeal();
    await answer(first, { ...RECORD, 'q:H-RF3': 'yes' });
    const handle = handling(first);
    await handle('compliance-1', { type: 'AskForInformation', step: 0, question: asked });
    await handle('product-1', { type: 'RaiseFlag', title: raised });
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin, { ...RECORD, 'q:H-RF3': 'yes' });
    await tell();
    const { deal } = await view(twin);
    const flag = deal.ownFlags.at(-1)!.id;
    const seen = flagShown(await view(twin), deal.ownFlags.at(-1)!);
    const dismiss = { type: 'DismissFlag', flag, seen, reason: 'Said of another town.' } as const;
    await at.deals.handle(twin, dismiss, { actor: 'compliance-1', cause: 'dismissed' });
    const vote = voteOf(await view(twin));
    await at.deals.handle(twin, vote, { actor: 'compliance-1', cause: 'voted' });
    for (const name of ['deal.why', 'deal.review']) {
      const page = await shown('senior-1', twin, name);
      for (const text of [asked, raised]) expect(page).toContain(text);
      expect(page).not.toContain(first);
    }
    expect(await shown('rep-1', twin)).toContain(first);
  });

  it('are shown to an approver who may not read the first, without its number and without names', async () => {
    const first = await withNote();
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin, { ...RECORD, 'q:H-RF3': 'yes' });
    const shownTo = async (person: string): Promise<string> =>
      JSON.stringify(everBlocks(await view(twin), await writtenElsewhere(at.desk, await view(twin), person, 60_000)));
    const compliance = await shownTo('compliance-1');
    expect(compliance).toContain(first);
    const page = await shownTo('senior-1');
    expect(page).toContain(NOTE);
    expect(page).not.toContain(first);
    expect(page).not.toContain('rep-1');
    // Whoever asks for the deal learns nothing of others' by it.
    expect(await shownTo('product-1')).not.toContain(NOTE);
  });

  it('are shown also where they were replaced, and not where this deal says them', async () => {
    const first = await withNote();
    await section(first, 'record', { ...RECORD, 'n:H-RF1': 'A cleaning company', why: 'Mixed up' });
    const twin = await openDeal();
    await answer(twin);
    expect(await shown('compliance-1', twin)).toContain(`A note, replaced since: “${NOTE}”`);
    // Longer words may deny what they repeat, and words that were replaced here stand nowhere.
    for (const note of [`It is not so that ${NOTE}`, 'Nobody knows'])
      await section(twin, 'record', { ...RECORD, 'n:H-RF1': note, why: 'Read up' });
    expect(await shown('compliance-1', twin)).toContain(`A note, replaced since: “${NOTE}”`);
    await section(twin, 'record', { ...RECORD, 'n:H-RF1': `${NOTE.toUpperCase()}!`, why: 'Read up' });
    expect(await shown('compliance-1', twin)).not.toContain('A note, replaced since');
  });

  it('are counted for those who may not read them', async () => {
    await withNote({}, 'product-1');
    const twin = await openDeal();
    await answer(twin);
    const words = await shown('rep-1', twin);
    expect(words).not.toContain('guards');
    expect(words).toContain('1 deal that you cannot read has other words, too. Compliance can read those.');
  });

  it('are not those of a deal with which it shares a company in between alone', async () => {
    const intermediaries = [{ name: 'Nordic Resale', role: 'reseller' }];
    await withNote({ intermediaries, endUser: { name: 'Antarctic Telecom', kind: 'private' } });
    const twin = await openDeal({ intermediaries });
    expect(await shown('compliance-1', twin)).not.toContain('guards');
  });

  it('are said to be missing where there was no time to look', async () => {
    await withNote();
    const twin = await openDeal();
    const slow = {
      ...at.desk,
      index: Object.assign(() => new Promise<never>(() => {}), {
        newer: () => [],
        unread: () => [],
        columns: () => columnsOf([]),
        said: async () => new Map(),
      }),
    };
    expect(await writtenElsewhere(slow, await view(twin), 'compliance-1', 10)).toMatchObject({ late: true });
  });
});

describe('an end-user that is called another kind in a twin', () => {
  const NAME = 'Bouvet State Security';
  const kinds = async (): Promise<string[]> => {
    const deals: string[] = [];
    for (const kind of ['security', 'government', 'private'] as const) {
      const deal = await openDeal({ endUser: { name: NAME, kind } }, kind === 'security' ? 'product-1' : 'rep-1');
      await answer(deal, RECORD, kind === 'security' ? 'product-1' : 'rep-1');
      deals.push(deal);
    }
    await tell();
    return deals;
  };

  it('is shown as a contradiction: which deal and which kind, to those who may read it', async () => {
    const [gravest, milder, mildest] = (await kinds()) as [string, string, string];
    const says = `${gravest} says of the same end-user: `;
    for (const deal of [milder, mildest]) {
      const review = await shown('compliance-1', deal, 'deal.review');
      expect(review).toContain(says);
      expect(review).toContain('security, police or intelligence service');
      const rep = await shown('rep-1', deal);
      expect(rep).toContain('what kind of end-user it is.');
      expect(rep).not.toContain(gravest);
      expect(await root(deal)).toContain('Another deal says a graver kind of end-user');
      expect(await root(deal)).not.toContain(gravest);
    }
    expect((await view(gravest)).deal.others).toBeUndefined();
  });

  it('is told once, and a graver one again', async () => {
    const first = await openDeal({ endUser: { name: NAME, kind: 'private' } });
    await openDeal({ endUser: { name: NAME, kind: 'state-tied' } });
    await tell();
    await openDeal({ endUser: { name: NAME, kind: 'state-tied' } });
    await tell();
    expect((await view(first)).deal.others?.kinds).toHaveLength(1);
    await openDeal({ endUser: { name: NAME, kind: 'security' } });
    await tell();
    expect((await view(first)).deal.others?.kinds?.map(({ kind }) => kind)).toEqual(['state-tied', 'security']);
  });

  it('is not one where it is said not to be known, after a year, or of another end-user', async () => {
    await openDeal({ endUser: { name: NAME, kind: 'security' } });
    const unknown = await openDeal({ endUser: { name: NAME, kind: 'unknown' } });
    const other = await openDeal({ endUser: { name: 'Bouvet Weather Office', kind: 'private' } });
    await tell();
    expect((await view(unknown)).deal.others).toBeUndefined();
    expect((await view(other)).deal.others).toBeUndefined();
    await at.travel('2028-03-15T09:00:00.000Z');
    const late = await openDeal({ endUser: { name: NAME, kind: 'private' } });
    await tell();
    expect((await view(late)).deal.others).toBeUndefined();
  });

  it('goes when the kind is corrected to it', async () => {
    const [, milder] = (await kinds()) as [string, string, string];
    await correct(milder, { endUserKind: 'security' });
    expect(await root(milder)).not.toContain('graver kind');
  });

  it('counts as it was while a milder kind waits for compliance', async () => {
    const first = await openDeal();
    await answer(first);
    await correct(first, { endUserKind: 'private' });
    const twin = await openDeal({ endUser: { name: NAME, kind: 'private' } });
    await tell();
    expect((await view(twin)).deal.others?.kinds).toMatchObject([{ deal: first, kind: 'security' }]);
  });
});

describe('a confirmation of scope that others rest on', () => {
  const PRODUCTS = [{ id: 'analytics', name: 'Sample Analytics', category: 'Data analytics', able: false }];
  beforeEach(async () => {
    await at.end();
    at = atDesk({
      policy: policy({ confirmScope: 'able' }),
      organisation: anOrganisation({ products: PRODUCTS }),
    });
  });
  const office = (name: string): Partial<DealDetails> => ({ endUser: { name, kind: 'government' } });
  const saidOut = async (name: string): Promise<string> => {
    const deal = await openDeal(office(name));
    await section(deal, 'scope', { 'q:G1': 'no' });
    return deal;
  };
  const confirm = async (deal: string): Promise<void> => {
    const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: deal }));
    const values = { verdict: 'confirm' };
    const done = await at.ask('compliance-1', { kind: 'submit', form: form.name, context: form.context, values });
    expect(done).toEqual({ kind: 'done' });
  };
  const confirmed = async (): Promise<string> => {
    const deal = await saidOut('Antarctic Weather Office');
    await confirm(deal);
    expect((await view(deal)).deal.status).toBe('out of scope');
    return deal;
  };
  const status = async (deal: string): Promise<string> => (await view(deal)).deal.status;

  it('serves the next, and says by whom and for which deal', async () => {
    const first = await confirmed();
    const next = await saidOut('Antarctic Mapping Office');
    await tell();
    expect(await status(next)).toBe('out of scope');
    expect(await root(next)).toMatch(new RegExp(`As confirmed by .*compliance-1.* on 1 March 2027 for ${first}`));
    const line = { of: 'out of scope' as const, deal: next, people: ['rep-1'], days: 0 };
    const shownWith = { deals: new Map([[next, await view(next)]]), organisation: anOrganisation() };
    const words = `as confirmed by Sample Compliance for ${first}`;
    expect(plain({ blocks: lineBlocks(line, shownWith) })).toContain(words);
    expect(digestRow(line, shownWith).at(-1)).toBe(words);
  });

  it('does not stand where another deal says that the product is in scope', async () => {
    await confirmed();
    const inScope = await openDeal(office('Antarctic Telecom'), 'product-1');
    await answer(inScope, RECORD, 'product-1');
    const next = await saidOut('Antarctic Secret Police');
    await tell();
    expect(await status(next)).toBe('answering');
    expect(await root(next)).toContain('Said to be out of scope');
    const form = wordsOf(
      formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: next })),
    );
    expect(form).toContain(`Answered otherwise in ${inScope}: `);
    expect(await root(next)).not.toContain(inScope);
    expect(await root(next)).toContain('Compliance has heard otherwise');
    // Once compliance looked at it, later deals rest on that.
    await confirm(next);
    const later = await saidOut('Antarctic Mapping Office');
    await tell();
    expect(await status(later)).toBe('out of scope');
    expect(await root(later)).toContain(`for ${next}`);
  });

  it('is taken from those that rest on it where a later deal says so, once', async () => {
    await confirmed();
    const next = await saidOut('Antarctic Secret Police');
    await tell();
    expect(await status(next)).toBe('out of scope');
    const inScope = await openDeal(office('Antarctic Telecom'), 'product-1');
    await answer(inScope, RECORD, 'product-1');
    await tell();
    expect(await status(next)).toBe('answering');
    const before = await at.commits();
    await tell();
    expect(await at.commits()).toBe(before);
  });

  it('is looked at again where compliance sent a like deal back, by those alone that rest on it', async () => {
    const first = await confirmed();
    const next = await saidOut('Antarctic Mapping Office');
    await tell();
    expect(await status(next)).toBe('out of scope');
    at.downUntil('2027-04-01T09:00:00.000Z');
    const third = await openDeal(office('Antarctic Harbour Office'));
    await at.submit('rep-1', 'deal.raise-flag', { deal: third }, { title: 'The reseller was fined' });
    await section(third, 'scope', { 'q:G1': 'no' });
    const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: third }));
    const values = { verdict: 'refuse', reason: 'It gathers data on people' };
    await at.ask('compliance-1', { kind: 'submit', form: form.name, context: form.context, values });
    await tell();
    expect([await status(first), await status(next)]).toEqual(['out of scope', 'answering']);
    const asked = wordsOf(
      formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: next })),
    );
    expect(asked).toContain('The confirmation that it rested on was withdrawn on 1 April 2027.');
    await confirm(next);
    const before = await at.commits();
    await tell();
    expect([await at.commits(), await status(next)]).toEqual([before, 'out of scope']);
  });

  it('says why lighter answers about a product went back, to whoever confirms the next with it, whoever uses it there', async () => {
    await at.end();
    at = atDesk({ policy: atOncePolicy, organisation: pictureContext().organisation });
    const product = { id: 'other', name: 'Sample plough box' };
    const outside = async (name: string): Promise<string> => {
      const deal = await openDeal({ ...office(name), product });
      for (const of of ['scope', 'product']) {
        const [actor, command] = answerPicture(of);
        const why = of === 'product' ? { why: 'It sits on ploughs.' } : {};
        await at.deals.handle(deal, { ...command, ...why } as DealCommand, { actor, cause: `${deal}-${of}` });
      }
      return deal;
    };
    const formOf = async (deal: string) =>
      formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-lighter', value: deal }));
    const form = await formOf(await outside('Antarctic Road Office'));
    const values = { verdict: 'refuse', reason: 'Drivers carry it home.' };
    const { context } = form;
    expect(await at.ask('compliance-1', { kind: 'submit', form: form.name, context, values })).toEqual({
      kind: 'done',
    });
    const next = wordsOf(await formOf(await outside('Weddell Harbour Office')));
    expect(next).toContain('Drivers carry it home.');
    expect(next).toContain('was not confirmed to be lighter by what it answers of the product');
  });

  it('for a private company stands for the same customer and companies in between alone', async () => {
    await at.end();
    const products = [{ id: 'analytics', name: 'Sample Analytics', category: 'Data analytics' }];
    at = atDesk({ policy: policy({ confirmScope: 'able' }), organisation: anOrganisation({ products }) });
    const said = async (more: Partial<DealDetails>): Promise<string> => {
      const deal = await openDeal({ endUser: { name: 'Bouvet Road Ltd', kind: 'private' }, ...more });
      await section(deal, 'scope', { 'q:G1': 'no' });
      return deal;
    };
    const first = await said({ customer: 'Road Shop' });
    expect(await status(first)).toBe('answering');
    await confirm(first);
    expect(await status(await said({ customer: 'Road Shop' }))).toBe('out of scope');
    expect(await status(await said({ customer: 'Ministry of State Security' }))).toBe('answering');
    const between = [{ name: 'Procurement of the Ministry', role: 'buyer' }];
    expect(await status(await said({ customer: 'Road Shop', intermediaries: between }))).toBe('answering');
  });

  it('stands no more once a flag is raised on its own deal, or that is reopened', async () => {
    const first = await confirmed();
    const next = await saidOut('Antarctic Mapping Office');
    expect(await status(next)).toBe('out of scope');
    await at.submit('senior-1', 'deal.raise-flag', { deal: first }, { title: 'Its microphone hears the street' });
    await tell();
    expect(await status(next)).toBe('answering');
    expect(await root(next)).toContain('Said to be out of scope');
    expect(await status(await saidOut('Antarctic Secret Police'))).toBe('answering');
    const before = await at.commits();
    await tell();
    await tell();
    expect((await at.commits()) - before).toBeLessThanOrEqual(1);
  });

  it('stands no more once compliance reopened its own deal', async () => {
    const first = await confirmed();
    const next = await saidOut('Antarctic Mapping Office');
    await at.submit('compliance-1', 'deal.reopen', { deal: first }, { reason: 'It has a microphone' });
    await tell();
    expect(await status(next)).toBe('answering');
    expect(await status(await saidOut('Antarctic Secret Police'))).toBe('answering');
  });

  it('does not stand where a graver kind of this end-user is said elsewhere', async () => {
    await confirmed();
    await openDeal({ endUser: { name: 'Antarctic Secret Police', kind: 'security' } }, 'product-1');
    const next = await openDeal(office('Antarctic Secret Police'));
    await tell();
    await section(next, 'scope', { 'q:G1': 'no' });
    expect(await status(next)).toBe('answering');
  });

  it('does not stand for an end-user with a deal that ended', async () => {
    await confirmed();
    const honest = await waitingDealOf(office('Antarctic Secret Police'));
    await withdraw(honest);
    const next = await saidOut('Antarctic Secret Police');
    await tell();
    expect(await status(next)).toBe('answering');
  });

  it('does not stand for an end-user on hold', async () => {
    await confirmed();
    const hold = {
      type: 'PlaceHold' as const,
      on: { of: 'end-user' as const, name: 'Antarctic Secret Police' },
      stop: ['support' as const],
      because: 'inquiry' as const,
      reason: 'It is looked into',
      review: '2027-05-01',
      reach: { deals: 0, team: [] },
    };
    const placed = await at.desk.registers.holds.handle(hold, { actor: 'compliance-1', cause: 'hold' });
    expect(placed.kind).toBe('accepted');
    expect(await status(await saidOut('Antarctic Secret Police'))).toBe('answering');
    expect(await status(await saidOut('Antarctic Mapping Office'))).toBe('out of scope');
  });
});

describe('what a product of the catalogue can do', () => {
  it('is held against the answers of another deal with it, for a year', async () => {
    const able = await openDeal({ endUser: { name: 'Antarctic Telecom', kind: 'government' } }, 'product-1');
    await section(able, 'scope', { 'q:G1': 'yes' }, 'product-1');
    await section(able, 'product', { 'q:P1': 'yes', 'q:P2': 'no', 'q:P4': 'common' }, 'product-1');
    const mine = await openDeal();
    await answer(mine);
    const other = await openDeal({ product: { id: 'other', name: 'Sample Spectacles' } });
    await answer(other);
    const named = await openDeal({ product: { id: 'other', name: 'Analytics (Sample edition)' } });
    await answer(named);
    await tell();
    for (const deal of [mine, named])
      expect((await view(deal)).deal.others?.otherwise).toMatchObject([{ question: 'P1', deal: able }]);
    expect((await view(other)).deal.others).toBeUndefined();
  });

  it('is held against a product outside it that goes to the same end-user, by whatever name', async () => {
    const malta = { endUser: { name: 'Malta Pier Office', kind: 'government' as const }, destination: 'MT' };
    const able = await openDeal(malta);
    await section(able, 'scope', { 'q:G1': 'yes' });
    await section(able, 'product', { 'q:P1': 'yes', 'q:P2': 'no', 'q:P4': 'common' });
    await withdraw(able);
    const kit = { product: { id: 'other', name: 'Harbour gate kit' } };
    const [twin, elsewhere] = [await openDeal({ ...malta, ...kit }), await openDeal(kit)];
    for (const deal of [twin, elsewhere]) await answer(deal);
    await tell();
    const others = (await view(twin)).deal.others;
    expect(others?.otherwise).toEqual(
      expect.arrayContaining([expect.objectContaining({ question: 'P1', deal: able })]),
    );
    expect((await view(elsewhere)).deal.others).toBeUndefined();
    // And the other way around.
    const listed = await openDeal(malta);
    await answer(listed);
    const said = await openDeal({ ...malta, ...kit }, 'product-1');
    await section(said, 'scope', { 'q:G1': 'yes' }, 'product-1');
    await section(said, 'product', { 'q:P1': 'no', 'q:P2': 'yes', 'q:P4': 'common' }, 'product-1');
    await tell();
    expect((await view(listed)).deal.others?.otherwise).toContainEqual(
      expect.objectContaining({ question: 'P2', deal: said }),
    );
  });
});

describe('a name in letters of another alphabet', () => {
  it('meets the history of the one that it reads like', async () => {
    const first = await waitingDeal();
    await withdraw(first);
    const twin = await openDeal({ endUser: { name: 'Bouvet Stаte Security', kind: 'security' } });
    await answer(twin);
    await tell();
    expect((await view(twin)).deal.others).toMatchObject({ ended: [{ deal: first }], otherwise: [{ deal: first }] });
  });

  it('is another one that waits, and the thread says that it reads the same', async () => {
    const deal = await openDeal();
    await answer(deal);
    await correct(deal, { endUserName: 'Bouvet Stаte Security' });
    const now = await view(deal);
    expect(now.deal.lighterSaid).toBeDefined();
    const was = { ...now.deal.details, endUser: { name: 'Bouvet State Security', kind: 'security' as const } };
    const { blocks } = detailsCorrectedTold(now, { fact: 'details corrected', was }, false);
    expect(plain({ blocks })).toContain('(it reads the same, in letters of another alphabet)');
  });
});
