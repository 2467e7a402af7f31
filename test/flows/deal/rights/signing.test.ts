import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Ballot } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { textOfVote, signingOf, signedWords } from '../../../../flows/deal/rights/signing.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { knownDeal } from '../../../../flows/known/deal.ts';
import { isKnownEvent } from '../../../../flows/known/shape.ts';
import { expiryOf, type Passkey } from '../../../../flows/passkey.ts';
import { anOrganisation, aPolicy } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, ballot, sha256, story, voteOf, type Story } from '../../../support/story.ts';

const keyOf = (person: string, deviceBound = true): Passkey => ({
  id: `key-${person}`,
  publicKey: 'AA',
  person,
  rpId: 'localhost',
  deviceBound,
  transports: [],
});
const PEOPLE = ['compliance-1', 'senior-1', 'senior-2', 'counsel-1'];

const context = (
  signature: Partial<NonNullable<DealContext['policy']['signature']>> = {},
  keys: readonly Passkey[] | null = PEOPLE.map((id) => keyOf(id)),
  more: Partial<DealContext['organisation']> = {},
): DealContext => ({
  policy: aPolicy({ signature: { from: 'high', without: 'wait', ...signature } }),
  organisation: anOrganisation({ ...(keys ? { passkeys: { rpId: 'localhost', keys } } : {}), ...more }),
  hash: sha256,
});

const high = (around = context()): Story => story(answeredDeal({ 'H-RF1': 'yes' }), around);
const low = (around = context()): Story => story(answeredDeal(), around);

interface Cheat {
  voter?: string;
  absent?: string;
  key?: string;
  expires?: string;
  ballot?: Partial<Ballot>;
  over?: (text: string) => string;
}

/** A vote that is signed as the page would have it signed, now. */
const signedVote =
  (voter: string, { more = {}, ...cheat }: Cheat & { more?: Partial<Ballot> } = {}) =>
  (view: DealView): DealCommand => {
    const { deal } = view;
    if (deal.status !== 'deciding') throw new Error('not deciding');
    const made = {
      log: 'clearthread/log/1',
      head: { version: 4, hash: 'aa' },
      expires: cheat.expires ?? expiryOf(view.now),
      nonce: 'n',
    };
    const asked = { voter: cheat.voter ?? voter, absent: cheat.absent };
    const text = textOfVote(deal, { ballot: ballot(view, cheat.ballot ?? more), ...asked }, made);
    const signature = {
      ...made,
      key: cheat.key ?? `key-${voter}`,
      clientData: 'c',
      authenticatorData: 'a',
      signature: 's',
      over: (cheat.over ?? ((same) => same))(text),
    };
    return { ...voteOf(view, more), signature, ...(cheat.absent ? { for: cheat.absent } : {}) } as DealCommand;
  };

describe('a vote on a deal of a tier that the policy names', () => {
  it('is not cast without a signature where its voter has a key, whatever the policy says of those who have none', () => {
    for (const without of ['wait', 'allow'] as const) {
      high(context({ without }))
        .when('compliance-1', voteOf)
        .refused('not now', /signed with your passkey/);
    }
  });
  it('waits, or counts and is shown as not signed, where its voter has none', () => {
    for (const keys of [null, []]) {
      high(context({}, keys))
        .when('compliance-1', voteOf)
        .refused('not now', /signed with a passkey/);
      const told = high(context({ without: 'allow' }, keys))
        .when('compliance-1', voteOf)
        .then('VoteCast', 'StepCompleted');
      const { deal } = told.view;
      expect(deal.status === 'deciding' && deal.votes.map((vote) => signedWords(told.view, vote))).toEqual([
        'Not signed',
      ]);
    }
  });
  it('says in words what is missing', () => {
    const why = (around: DealContext) => signingOf(high(around).view, 'compliance-1');
    expect(why(context({}, null))).toMatchObject({
      kind: 'waits',
      why: expect.stringContaining('CLEARTHREAD_PUBLIC_URL'),
    });
    expect(why(context({ passkeys: 'device-bound' }, [keyOf('compliance-1', false)]))).toMatchObject({
      kind: 'waits',
      why: expect.stringContaining('copied'),
    });
    expect(why(context({ passkeys: 'device-bound' }))).toMatchObject({ kind: 'sign' });
  });
  it('is cast with its signature, which is kept, and known to this version', () => {
    const told = high().when('compliance-1', signedVote('compliance-1')).then('VoteCast', 'StepCompleted');
    const cast = told.events.find(({ type }) => type === 'VoteCast');
    expect(cast).toMatchObject({ signature: { key: 'key-compliance-1', nonce: 'n', head: { version: 4 } } });
    expect(cast).not.toHaveProperty('signature.over');
    expect(cast && isKnownEvent(knownDeal.events, cast)).toBe(true);
    const { deal } = told.view;
    expect(deal.status === 'deciding' && deal.votes.map((vote) => signedWords(told.view, vote))).toEqual([
      'Signed with a passkey',
    ]);
  });
  it('needs none below that tier, and takes none that nobody asked for', () => {
    low().when('compliance-1', voteOf).then('VoteCast', 'StepCompleted', 'DealDecided');
    low().when('compliance-1', signedVote('compliance-1')).refused('not now');
    expect(signingOf(low(context({ from: 'low' })).view, 'compliance-1').kind).toBe('sign');
    expect(signingOf(story(answeredDeal({ 'H-RF1': 'yes' })).view, 'compliance-1').kind).toBe('none');
  });
});

describe('a signature of something else does not count:', () => {
  const other = (from: string, to: string) => (text: string) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  };
  it.each<[string, Cheat]>([
    ['another deal', { over: other('"deal":"D-7K3QXM"', '"deal":"D-7K3QXN"') }],
    ['another policy', { over: other('"policy":"', '"policy":"0') }],
    ['another tier', { over: other('"tier":"high"', '"tier":"low"') }],
    ['another step', { over: other('"step":0', '"step":1') }],
    ['other facts', { over: other('"factsHash":"', '"factsHash":"0') }],
    ['another log', { over: other('clearthread/log/1', 'clearthread/log/2') }],
    ['another head', { over: other('"version":4', '"version":5') }],
    ['another time', { over: other('"expires":"2027', '"expires":"2028') }],
    ['another kind of statement', { over: other('clearthread vote 1', 'clearthread passkey 1') }],
    ['a decline', { ballot: { outcome: 'decline' } }],
    ['other reasons', { ballot: { rationale: 'Something else that is long enough.' } }],
    ['other flags', { ballot: { flags: { 'H-RF1': { opinion: 'clear', reason: 'No' } } } }],
    ['conditions', { ballot: { conditions: [{ id: 'c', text: 'Limit use', owner: 'rep-1', due: '2027-06-01' }] } }],
    ['another person’s vote', { voter: 'senior-1' }],
    ['another person’s key', { key: 'key-senior-1' }],
    ['a key that nobody enrolled', { key: 'key-unknown' }],
    ['a link that is over', { expires: '2027-03-01T09:03:59.000Z' }],
    ['a link that lasts too long', { expires: '2027-03-01T09:17:00.001Z' }],
    ['nothing', { over: () => '' }],
  ])('%s', (_name, cheat) => {
    high().when('compliance-1', signedVote('compliance-1', cheat)).refused('not now');
  });

  it('facts that changed meanwhile', () => {
    const before = high();
    const command = signedVote('compliance-1')(before.view);
    before
      .and(...answer('record', { 'H-RF1': 'yes', 'H-RF3': 'yes', 'H-RF5': 'no' }))
      .when('compliance-1', command)
      .refused('facts changed');
  });
  it('a vote that was taken back since, of the same facts and step', () => {
    const start = high().and('compliance-1', signedVote('compliance-1'));
    const one = signedVote('senior-1')(start.view);
    const back = start.and('senior-1', one).and('senior-1', { type: 'TakeVoteBack', step: 1 });
    back.when('senior-1', one).refused('not now', /ended since/);
    back.when('senior-1', signedVote('senior-1')).then('VoteCast');
  });
  it('a vote that was voided since, where the facts are the same again', () => {
    const start = high().and('compliance-1', signedVote('compliance-1'));
    const one = signedVote('senior-1')(start.view);
    const voided = start
      .and('senior-1', one)
      .and(...answer('record', { 'H-RF1': 'yes', 'H-RF3': 'yes', 'H-RF5': 'no' }))
      .and(...answer('record', { 'H-RF1': 'yes', 'H-RF3': 'no', 'H-RF5': 'no' }));
    const { deal } = voided.view;
    const { deal: then } = start.view;
    expect(
      deal.status === 'deciding' && then.status === 'deciding' && deal.route.factsHash === then.route.factsHash,
    ).toBe(true);
    voided
      .when('compliance-1', signedVote('compliance-1'))
      .then('VoteCast', 'StepCompleted')
      .when('senior-1', one)
      .refused('not now', /ended since/);
  });
});

describe('who acts for somebody', () => {
  const absences = [{ person: 'compliance-1', delegate: 'senior-2', from: '2027-02-01', until: '2027-04-01' }];
  it('signs with their own key, never with that of whom they act for', () => {
    const around = () =>
      high(context({}, null, { absences, passkeys: { rpId: 'localhost', keys: PEOPLE.map((id) => keyOf(id)) } }));
    around()
      .when('senior-2', signedVote('senior-2', { absent: 'compliance-1', key: 'key-compliance-1' }))
      .refused('not now');
    around()
      .when('senior-2', signedVote('senior-2', { absent: 'compliance-1', voter: 'compliance-1' }))
      .refused('not now');
    around()
      .when('senior-2', (view) => ({ ...signedVote('senior-2')(view), for: 'compliance-1' }) as DealCommand)
      .refused('not now');
    around()
      .when('senior-2', signedVote('senior-2', { absent: 'compliance-1' }))
      .then('VoteCast', 'StepCompleted');
  });
});
