import { describe, expect, it } from 'vitest';
import { board } from '../../../blocks/dossier/board.ts';
import { dossier } from '../../../blocks/dossier/dossier.ts';
import { markdownOf } from '../../../blocks/dossier/markdown.ts';
import type { Condition, Vote } from '../../../flows/deal/deal.ts';
import type { DealFact } from '../../../flows/deal/events.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { dealsNamed } from '../../../src/dossier/dossier-file.ts';
import { aDeal, aRoute, aView } from '../../support/deal-builders.ts';

const condition = (id: string, text: string): Condition => ({ id, text, owner: 'rep-1', due: '2027-06-01' });

const vote = (by: string, more: Partial<Vote> = {}): Vote => ({
  by,
  step: 0,
  at: '2027-03-12T09:00:00.000Z',
  factsHash: 'f',
  outcome: 'approve-with-conditions',
  rationale: 'The safeguards answer what worries us.',
  flags: {},
  conditions: [],
  ...more,
});

const decided = (votes: Vote[], conditions: Condition[] = [], more: object = {}): OpenedDeal =>
  ({
    ...aDeal(),
    status: 'decided',
    route: aRoute('high'),
    round: 1,
    decision: {
      outcome: 'approved with conditions',
      votes,
      conditions,
      at: '2027-03-12T10:00:00.000Z',
      tier: 'high',
    },
    conditions: {},
    ...more,
  }) as unknown as OpenedDeal;

const pageOf = (deal: OpenedDeal): string => markdownOf(board(aView(deal)));

describe('the first page', () => {
  it('says what, who and where, the decision, its conditions and that nobody disagreed', () => {
    const page = pageOf(decided([vote('senior-1')], [condition('c1', 'End access on misuse')]));
    expect(page).toContain('# Deal D-7K3QXM: Sample Telecom');
    for (const words of [
      '- **Product:** ',
      '- **Customer:** “Sample Telecom”',
      '- **End-user:** ',
      '- **Destination:** Norway',
      '- **Decision:** Approved with conditions, 12 March 2027',
      '  - Sample Senior One: Approve with conditions, 12 March 2027',
      'not an export licence',
      '- **Conditions:** 1 condition',
      '  - End access on misuse (Sample Rep, 1 June 2027: open)',
      '- **Dissent:** none recorded',
    ])
      expect(page).toContain(words);
  });

  it('names who voted against it, who upheld what another cleared, what was left out, dismissed and denied', () => {
    const page = pageOf(
      decided(
        [
          vote('senior-1', {
            flags: { 'H-RF1': { opinion: 'clear', reason: 'It was another agency.' } },
            leftOut: [{ condition: condition('c2', 'Audit each year'), askedBy: 'compliance-1', reason: 'Too dear.' }],
          }),
          vote('compliance-1', {
            outcome: 'decline',
            rationale: 'The misuse is recent.',
            flags: { 'H-RF1': { opinion: 'uphold' } },
          }),
        ],
        [],
        {
          ownFlags: [
            {
              id: 'o',
              title: 'A cousin of the minister',
              by: 'product-1',
              at: '',
              status: 'dismissed',
              weight: 'light',
            },
          ],
          objections: [{ by: 'product-1', at: '', reason: 'I never said so.', questions: ['H-RF1'] }],
        },
      ),
    );
    const [, dissent = ''] = page.split('- **Dissent:**');
    for (const words of [
      'Sample Compliance voted to decline: The misuse is recent.',
      'upheld by Sample Compliance; cleared by Sample Senior One',
      'Sample Compliance asked for “Audit each year”; Sample Senior One did without: Too dear.',
      'raised “A cousin of the minister”; compliance dismissed it',
      'denied having said what 1 answer stood on: I never said so.',
    ])
      expect(dissent).toContain(words);
  });

  it('names what waits or counts as less, and what a colleague reported', () => {
    const flag = { id: 'o', title: 'They read the letters of strikers', by: 'product-1', at: '', weight: 'light' };
    const [open, light] = [
      { status: 'pending' },
      { status: 'admitted', waited: 'moderate', settledBy: 'compliance-1', reason: 'It was years ago.' },
    ].map((more) => pageOf(decided([vote('senior-1')], [], { ownFlags: [{ ...flag, ...more }] })));
    expect(open).toContain('raised “They read the letters of strikers”; it waits for compliance');
    expect(light).toContain('; Sample Compliance counted it as light: It was years ago.');
    const report = { id: 'r', trigger: 'use', why: 'It is used on students.', since: '', due: '2027-04-01' };
    const of = (by: string): string => pageOf(decided([vote('senior-1')], [], { reassessments: [{ ...report, by }] }));
    expect(of('product-1')).toContain('reported a change: “It is used on students.”; it is not settled');
    expect(of('rep-1')).toContain('- **Dissent:** none recorded');
    // Approvers first, and each author in turn.
    const all = Array.from({ length: 6 }, (_, i) => ({ by: 'product-1', why: `They moved desk ${i}.` }));
    const reassessments = [...all, { by: 'compliance-2', why: 'A ministry runs their cells.' }].map((one, i) => ({
      ...report,
      id: `r${i}`,
      ...one,
    }));
    const full = pageOf(
      decided([vote('senior-1')], [], { reassessments, ownFlags: [{ ...flag, by: 'rep-2', status: 'pending' }] }),
    );
    for (const words of ['A ministry runs their cells.', 'They read the letters of strikers', 'They moved desk 0.'])
      expect(full).toContain(words);
  });

  it('stays short, whatever was written', () => {
    const long = 'a'.repeat(3000);
    const many = Array.from({ length: 30 }, (_, i) => condition(`c${i}`, long));
    const page = pageOf(
      decided(
        Array.from({ length: 12 }, () => vote('senior-1', { outcome: 'decline', rationale: long })),
        many,
      ),
    );
    expect(page).toContain('and 25 more conditions, in the whole dossier');
    expect(page).toContain('and 7 more points, in the whole dossier');
    expect(page.length).toBeLessThan(5000);
  });

  it('says where nothing is decided', () => {
    expect(pageOf(aDeal())).toContain('- **Decision:** Questions are still open. Nothing is decided.');
    expect(pageOf(aDeal())).not.toContain('Dissent');
  });
});

describe('the pages that follow', () => {
  it('say of each flag who upheld and who cleared it, and of each vote whether it was signed', () => {
    const page = markdownOf(
      dossier(
        aView(
          decided([
            vote('senior-1', { signedWith: 'key-1', flags: { 'H-RF1': { opinion: 'uphold' } } }),
            vote('compliance-1', { flags: { 'H-RF1': { opinion: 'clear', reason: 'It was another agency.' } } }),
          ]),
        ),
        { commits: [] },
      ),
    );
    expect(page).toContain('  - **Signature:** Signed with a passkey, key-1');
    expect(page).toContain('  - **Cleared:** ');
  });

  it('name another deal to its readers alone', () => {
    const outOfScope = (readable?: Set<string>): string =>
      markdownOf(
        dossier(
          aView({
            ...aDeal(),
            status: 'out of scope',
            reasons: ['It watches nobody.'],
            confirmed: { by: 'compliance-1', at: '2027-03-12T09:00:00.000Z', deal: 'D-0THER1' },
          } as unknown as OpenedDeal),
          { commits: [], readable },
        ),
      );
    expect(outOfScope()).toContain('Rests on the confirmation on D-0THER1');
    expect(outOfScope(new Set(['D-0THER1']))).toContain('D-0THER1');
    expect(outOfScope(new Set())).toContain('Rests on the confirmation on an earlier deal');
  });

  it('name another deal in the history to its readers alone, too', () => {
    const noted: DealFact = {
      type: 'OthersNoted',
      ended: [{ deal: 'D-0THER1', how: 'declined', at: '2027-03-01T09:00:00.000Z' }],
      otherwise: [{ question: 'H-RF5', deal: 'D-0THER2', at: '2027-03-02T09:00:00.000Z' }],
      kinds: [{ deal: 'D-0THER3', kind: 'security', at: '2027-03-02T09:00:00.000Z' }],
      worries: [{ deal: 'D-0THER4', of: 'flag', by: 'senior-1', at: '2027-03-02T09:00:00.000Z' }],
    };
    const at = '2027-03-12T09:00:00.000Z';
    const { details } = aDeal();
    const home = { platform: 'slack', channel: 'C0CLEAR' } as const;
    const facts: DealFact[] = [
      { type: 'DealOpened', deal: 'D-7K3QXM', home, owner: 'rep-1', details, policy: 'policy-hash' },
      noted,
    ];
    const commits = facts.map((fact, i) => ({
      version: i + 1,
      at,
      actor: 'rep-1',
      hash: 'abc',
      events: [{ ...fact, by: 'rep-1', at }],
    }));
    const view = aView(aDeal());
    expect(dealsNamed(view, commits)).toEqual(['D-0THER1', 'D-0THER2', 'D-0THER3', 'D-0THER4']);
    const named = (readable?: Set<string>): string[] => [
      ...new Set(markdownOf(dossier(view, { commits, readable })).match(/D-0THER\d/gu)),
    ];
    expect(named()).toEqual(['D-0THER1', 'D-0THER2', 'D-0THER3', 'D-0THER4']);
    expect(named(new Set(['D-0THER2']))).toEqual(['D-0THER2']);
  });

  it('end with the head of the record, and the proof where there is one', () => {
    const commits = [{ version: 3, at: '2027-03-12T09:00:00.000Z', actor: 'rep-1', hash: 'abc', events: [] }];
    const without = markdownOf(dossier(aView(aDeal()), { commits }));
    expect(without).toMatch(/## Proof\n\n- \*\*Head of the record:\*\* version 3, abc/);
    expect(without).toContain('clearthread deal export D-7K3QXM');
    expect(markdownOf(dossier(aView(aDeal()), { commits, proof: 'c2sp.org/tlog-proof@v1\nindex 3\n' }))).toContain(
      '```text\nc2sp.org/tlog-proof@v1\nindex 3\n```',
    );
  });
});
