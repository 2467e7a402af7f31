/** Number of consecutive waits of a click for MongoDB. At 500 ms each, four are too many for 2.5 s. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Interaction, Reply } from '../../../src/edge/interaction.ts';
import { traced } from '../../../src/trace.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { mongoInTurns, type InTurns } from '../../support/mongo-turns.ts';
import { sampleCommit, sampleProjection, write } from '../../support/store-samples.ts';

let mongo: InTurns;
let at: AtDesk;
let deal: string;
beforeAll(async () => {
  mongo = await mongoInTurns();
  at = atDesk({ store: mongo.store });
  deal = await at.openDeal();
});
afterAll(async () => {
  await at.end();
  await mongo.close();
});

let [acts, requests] = [0, 0];
/** Works like an edge: reads ahead while it finds out whether the request came before. */
const click = (about: string, asked: object, cause?: string): (() => Promise<Reply>) => {
  acts += 1;
  const act = { person: 'rep-1', place: undefined, cause: `act-${acts}`, trace: `T${acts}`, ...asked } as Interaction;
  return () =>
    traced(act.trace, async () => {
      at.route.lookAhead?.(about, cause);
      await mongo.store.firstTime(`request ${(requests += 1)}`, '2099-01-01T00:00:00.000Z');
      return at.route(act);
    });
};
const submit = (form: string, context: object, values: object, cause = `view:${(acts += 1)}`) => {
  const text = JSON.stringify(context);
  return click(text, { kind: 'submit', form, context: text, values, cause }, cause);
};
const press = (name: string, value: string) => click(value, { kind: 'click', name, value });

const OPENING = {
  customer: 'Sample Telecom',
  product: 'analytics',
  destination: 'NO',
  endUserName: 'Sample Ministry',
  endUserKind: 'government',
  exportLicence: 'pending',
};

describe('a click waits for MongoDB', () => {
  it('once to see a deal; for “Why?” it looks at other deals, too, and at those that changed', async () => {
    await at.desk.index();
    expect(await mongo.turns(press('deal.why', deal))).toBe(2);
    expect(await mongo.turns(press('deal.why', deal))).toBe(2);
    expect(await mongo.turns(click(`status ${deal}`, { kind: 'words', words: `status ${deal}` }))).toBe(1);
  });

  it('twice for a form with what was typed before', async () => {
    expect(await mongo.turns(press('deal.answer', `${deal}/product`))).toBe(2);
  });

  it('twice to answer a section, and four times where that was answered already', async () => {
    const answer = submit('deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
    expect(await mongo.turns(answer)).toBe(2);
    expect((await at.deals.view(deal))?.deal.answers['scope']?.['G1']?.value).toBe('yes');
    expect(await mongo.turns(answer)).toBeLessThanOrEqual(4);
    expect((await mongo.store.read(deal)).length).toBe(2);
  });

  it('three times to open a deal, whose key is made first, and four times where that was opened already', async () => {
    const before = await at.commits();
    const open = submit('deal.open', { channel: anOrganisation().clearanceChannels[0]?.id }, OPENING);
    expect(await mongo.turns(open)).toBe(3);
    expect(await at.commits()).toBe(before + 1);
    expect(await mongo.turns(open)).toBeLessThanOrEqual(4);
    expect(await at.commits()).toBe(before + 1);
  });
});

describe('a store on MongoDB is waited for', () => {
  it('once to load a stream, and once to append to it then', async () => {
    const { store } = mongo;
    expect(await mongo.turns(() => store.load(deal))).toBe(1);
    expect(await mongo.turns(() => store.byCause(deal, 'x'))).toBe(1);
    expect(await mongo.turns(() => store.draft(deal, 'x'))).toBe(1);
    expect(await mongo.turns(() => at.desk.registers.organisation())).toBe(1);
    expect(await mongo.turns(() => write(store, 'D-SAMPLE2'))).toBe(3);
    expect(await mongo.turns(() => write(store, 'D-SAMPLE2'))).toBe(2);
    // Without a load before it, an append asks for the version first.
    expect(await mongo.turns(() => store.append(sampleCommit('D-SAMPLE2', 2), sampleProjection(3)))).toBe(2);
  });
});
