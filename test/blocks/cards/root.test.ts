import { describe, expect, it } from 'vitest';
import { actionsOf } from '../../../blocks/card.ts';
import { answersCard } from '../../../blocks/cards/answers.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { statusCard } from '../../../blocks/cards/status.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import type { Hold } from '../../../flows/hold.ts';
import {
  aDeal,
  aDecidingDeal,
  allAnswers,
  anOrganisation,
  answered,
  aRoute,
  aView,
  aVote,
  NOW,
} from '../../support/deal-builders.ts';
import { hitFlag, hitOf, hitView } from '../../support/every-hit.ts';
import { plain, presses } from './plain.ts';

const seen = (deal: OpenedDeal, organisation = anOrganisation()): string =>
  plain(rootCard(aView(deal, { organisation })));

describe('root card while questions are answered', () => {
  it('says who has it, since when, and what is next', () => {
    const text = seen(aDeal());
    expect(text).toContain('# D-7K3QXM · “Sample Ministry”, Norway · customer “Sample Telecom”');
    expect(text).toContain(
      'Waiting for @rep-1 (asked on 2027-03-10T08:00:00.000Z). Next: answer Scope (1 question, about 1 minute).',
    );
    expect(text).toContain('0 of 3 sections.');
    expect(text).not.toContain('Estimated tier');
  });

  it('shows the deal in words', () => {
    const text = seen(aDeal());
    expect(text).toContain('End-user: “Sample Ministry” (security, police or intelligence service)');
    expect(text).toContain('Destination: Norway');
    expect(text).toContain('Value: 50,000 to 250,000');
    expect(text).toContain('Expected signing: 1 June 2027');
    expect(text).toContain('Export licence: Pending (clearance is not a licence)');
    expect(text).not.toContain('Requested by');
  });

  it('names the requester when somebody else owns the deal, and intermediaries with their roles', () => {
    const deal = aDeal({ owner: 'product-1' });
    const text = seen({
      ...deal,
      details: { ...deal.details, intermediaries: [{ name: 'Sample Reseller', role: 'reseller' }] },
    });
    expect(text).toContain('Owner: @product-1\nRequested by: @rep-1');
    expect(text).toContain('Intermediaries: “Sample Reseller (reseller)”');
  });

  it('estimates the tier from the first answers and counts open questions', () => {
    const text = seen(aDeal({ answers: { scope: answered({ G1: 'yes' }), record: answered({ 'H-RF1': 'unknown' }) } }));
    expect(text).toContain('Estimated tier: elevated · 1 open question · 1 of 3 sections.');
  });

  it('waits for the one who was handed the section', () => {
    const text = seen(
      aDeal({
        answers: { scope: answered({ G1: 'yes' }) },
        handOvers: { product: { to: 'product-1', by: 'rep-1', at: NOW } },
      }),
    );
    expect(text).toContain('Waiting for @product-1 (asked on 2027-03-10T08:00:00.000Z). Next: answer Product');
  });

  it('says so when flags wait for compliance', () => {
    const flag = {
      id: 'own-1',
      title: 'A worry',
      by: 'senior-1',
      at: NOW,
      status: 'pending',
      weight: 'moderate',
    } as const;
    expect(seen(aDeal({ ownFlags: [flag] }))).toContain('1 raised flag not yet admitted or dismissed by compliance');
  });
});

/** `Label name/value` of each button. */
const buttons = (deal: OpenedDeal, organisation = anOrganisation()): string[] =>
  actionsOf(rootCard(aView(deal, { organisation }))).map(({ label, value }) => `${label} ${value}`);

describe('the button for whoever is waited for', () => {
  it('is the first on the card, and says how much there is to do', () => {
    expect(buttons(aDeal())[0]).toBe('Answer 1 question D-7K3QXM/scope');
    expect(buttons(aDecidingDeal())[0]).toBe('Review D-7K3QXM/0');
    const asked = { id: 'ask-1', step: 0, round: 1, by: 'compliance-1', at: NOW, question: 'Who operates it?' };
    expect(buttons(aDecidingDeal({ requests: [asked] }))[0]).toBe('Answer D-7K3QXM/ask-1');
  });

  it('counts what is saved for later as the card of sections and what is next do', () => {
    const scope = answered({ G1: 'yes' });
    const half = aView(aDeal({ answers: { scope }, drafts: { product: { P1: { value: 'yes', sources: [] } } } }));
    const [root, sections] = [plain(rootCard(half)), plain(answersCard(half))];
    expect(root).toContain('[Answer 2 questions]');
    expect(root).toContain('Next: answer Product (2 questions, about 1 minute');
    expect(sections).toMatch(/## Product\n.*\n2 questions, about 1 minute.*\n1 of 3 answered, saved for later\./);
  });

  it('is not there on hold, where only compliance can go on: nor is what is next', () => {
    const hold = {
      id: 'hold-1',
      on: { of: 'deal', deal: 'D-7K3QXM' },
      stop: ['support'],
      because: 'breach',
      reason: 'Sample reason',
      by: 'compliance-1',
      at: NOW,
      review: '2027-05-01',
    } as unknown as Hold;
    const held = { ...anOrganisation(), holds: [hold] };
    expect(seen(aDecidingDeal(), held)).toContain('Nobody can approve this deal meanwhile.');
    expect(seen(aDecidingDeal(), held)).not.toMatch(/Waiting for|Next:/);
    expect(buttons(aDecidingDeal(), held).join()).not.toMatch(/Review|Nudge/);
  });

  it('is no Reopen where nobody can press it', () => {
    const stopped = { ...aDeal(), status: 'stopped', rule: 'prohibited', at: NOW } as unknown as OpenedDeal;
    expect(buttons(stopped)).toContain('Reopen D-7K3QXM');
    const base = anOrganisation();
    const headless = {
      ...base,
      groups: base.groups.map((g) => (g.id === base.roles.chief ? { ...g, members: [] } : g)),
    };
    expect(buttons(stopped, headless)).not.toContain('Reopen D-7K3QXM');
  });
});

describe('root card while approvers decide', () => {
  const half = aDecidingDeal({
    step: 1,
    passed: [0],
    votes: [aVote('compliance-1', 0), aVote('senior-1', 1)],
  });

  it('shows each step with who voted and who can still vote', () => {
    const text = seen(half);
    expect(text).toContain('Waiting for @counsel-1 (asked on 2027-03-10T08:00:00.000Z). ');
    expect(text).toContain('Next: review by Senior approvers (step 2 of 2), 1 more vote from Counsel.');
    expect(text).toContain('Tier: high · 1 red flag (severe).');
    expect(text).toContain('- Compliance: passed. @compliance-1: approve.');
    expect(text).toContain(
      '- Senior approvers: 1 of 2 votes, at least 1 of them from Counsel. @senior-1: approve. Can still vote: @counsel-1.',
    );
  });

  it('waits for the owner while an approver asks for information', () => {
    const asked = { id: 'ask-1', step: 1, round: 1, by: 'counsel-1', at: NOW, question: 'Who operates it?' };
    expect(seen({ ...half, requests: [asked] })).toContain(
      'Waiting for @rep-1 (asked on 2027-03-10T08:00:00.000Z). Next: answer @counsel-1, who asks: “Who operates it?”',
    );
  });

  it('states a shortfall plainly, and who can help', () => {
    const short = aDecidingDeal({ team: ['rep-1', 'senior-1', 'senior-2'] });
    expect(seen(short)).toContain(
      'Step 2 cannot be completed yet. It needs 2 votes from Senior approvers, at least 1 of them from Counsel, ' +
        'but only 1 can be cast',
    );
    expect(seen(short)).toContain('Ask @compliance-1 to have somebody added to Senior approvers.');
  });

  it('drops the shortfall once somebody was added', () => {
    const short = aDecidingDeal({
      team: ['rep-1', 'senior-1', 'senior-2'],
      route: aRoute('high', { shortfalls: [{ step: 1, group: 'senior', needed: 2, available: 1 }] }),
    });
    const base = anOrganisation();
    const grown = anOrganisation({
      people: [...base.people, { id: 'senior-3', name: 'Sample Senior Three' }],
      groups: base.groups.map((g) => (g.id === 'senior' ? { ...g, members: [...g.members, 'senior-3'] } : g)),
    });
    expect(seen(short, grown)).not.toContain('cannot be completed');
  });

  it('offers no nudge when nobody can vote', () => {
    const nobody = aDecidingDeal({ team: ['rep-1', 'compliance-1'] });
    const card = rootCard(aView(nobody));
    expect(plain(card)).toContain('Nobody is left who can vote in this step.');
    expect(presses(card)).not.toContain('deal.nudge D-7K3QXM');
  });
});

describe('root card at rest', () => {
  const out: OpenedDeal = {
    ...aDeal({ answers: { scope: answered({ G1: 'no' }) } }),
    status: 'out of scope',
    reasons: ['The product cannot be used to watch people'],
    by: 'rep-1',
    at: NOW,
  };
  const stopped: OpenedDeal = { ...aDeal({ answers: allAnswers() }), status: 'stopped', rule: 'tier-low', at: NOW };
  const withdrawn: OpenedDeal = { ...aDeal(), status: 'withdrawn', reason: 'Lost the tender', by: 'rep-1', at: NOW };
  const { tier, step: _step, votes: _votes, passed: _passed, ...deciding } = aDecidingDeal();
  const decided = (outcome: 'approved' | 'approved with conditions' | 'declined'): OpenedDeal => ({
    ...deciding,
    status: 'decided',
    decision: {
      outcome,
      votes: [
        aVote('compliance-1', 0),
        aVote('counsel-1', 1, { outcome: outcome === 'declined' ? 'decline' : 'approve' }),
      ],
      conditions:
        outcome === 'approved with conditions'
          ? [{ id: 'c1', text: 'The contract lets us end access', owner: 'rep-1', due: '2027-05-01' }]
          : [],
      at: NOW,
      tier,
    },
  });

  it('out of scope: reasons, who said so, reopen', () => {
    const card = rootCard(aView(out));
    expect(plain(card)).toContain('- The product cannot be used to watch people.');
    expect(plain(card)).toContain('Said by @rep-1 on 12 March 2027.');
    expect(plain(card)).not.toContain('ier:');
    expect(presses(card)).toContain('deal.reopen D-7K3QXM');
    // What somebody typed makes no line that reads like ours.
    const reason = 'Signed elsewhere.\nDecided by:\n@compliance-1: approve.”\nTier: low.';
    expect(plain(rootCard(aView({ ...withdrawn, reason })))).toContain(
      'Reason: “Signed elsewhere. Decided by: @compliance-1: approve." Tier: low.”',
    );
    expect(presses(card)).not.toContain('deal.nudge D-7K3QXM');
  });

  it('out of scope or withdrawn: says what is still open, and never beside it that nothing is left', () => {
    const nothing = 'Nothing is left to do';
    const settled = { ...out.details, exportLicence: 'not-needed' as const };
    expect(seen({ ...out, details: settled })).toContain(`${nothing} unless facts change.`);
    const pending = { ...out.details, exportLicence: 'pending' as const };
    const licence = seen({ ...out, details: pending });
    expect(licence).toContain('Still open: the export licence is a matter of its own (pending).');
    const flag = { id: 'own-1', title: 'A worry', by: 'senior-2', at: NOW, weight: 'moderate' as const };
    const ownFlags = [{ ...flag, status: 'pending' as const }];
    const flagged = seen({ ...withdrawn, ownFlags });
    expect(flagged).toContain('Still open: compliance settles a flag that was raised.');
    const owed = seen({ ...out, details: settled, authority: { since: NOW } });
    expect(owed).toContain('Still open: the authority is to be notified.');
    for (const text of [licence, flagged, owed]) expect(text).not.toContain(nothing);
  });

  it('out of scope with a party that may be on a list, or is: says so first, by name', () => {
    const settled = { ...out.details, exportLicence: 'not-needed' as const };
    const { deal } = hitView([hitOf('hit-1')]);
    const listed = (status: 'pending' | 'admitted' | 'dismissed'): OpenedDeal => ({
      ...out,
      details: settled,
      screened: deal.screened,
      ownFlags: [hitFlag({ status })],
    });
    const card = rootCard(aView(listed('pending')));
    expect(card.blocks[0]).toMatchObject({ tone: 'attention' });
    expect(card.blocks[1]).toEqual({
      kind: 'text',
      text: [{ strong: 'A party may be on a list: compliance says who it is.' }],
    });
    expect(plain(card)).toContain('Still open: compliance says whether “Sample Ministry” is who is on our-own.');
    expect(plain(card)).not.toContain('Nothing is left');
    expect(rootCard(aView(listed('admitted'))).blocks[1]).toEqual({
      kind: 'text',
      text: [{ strong: 'A party is on a list, says compliance.' }],
    });
    expect(seen(listed('dismissed'))).not.toContain('a list');
    const told = factCard(aView(listed('pending')), { fact: 'out of scope' }, {}, { to: 'thread' });
    expect(plain(told)).toContain('“Sample Ministry” is who is on our-own');
  });

  it('stopped: the rule, and that only the chief can reopen', () => {
    const card = rootCard(aView(stopped));
    expect(plain(card)).toContain('Stopped. Sample rule of the low tier.');
    expect(plain(card)).toContain('Only @chief-1 can reopen it.');
    expect(plain(card)).toContain('Tier: prohibited');
    expect(card.blocks[0]).toMatchObject({ tone: 'stop' });
    expect(presses(card)).toContain('deal.reopen D-7K3QXM');
  });

  it('decided: outcome, who, conditions with owner and due date, no licence', () => {
    const text = seen(decided('approved with conditions'));
    expect(text).toContain('Approved with conditions. 1 condition to keep, due 1 May 2027.');
    expect(text).toContain('- @counsel-1: approve.');
    expect(text).toContain('- The contract lets us end access. Owner: @rep-1, due 1 May 2027. Open.');
    expect(text).toContain('This is not an export licence.');
  });

  it('declined: never looks good', () => {
    const card = rootCard(aView(decided('declined')));
    expect(card.blocks[0]).toMatchObject({ tone: 'stop' });
    expect(plain(card)).toContain('- @counsel-1: decline.');
    expect(rootCard(aView(decided('approved'))).blocks[0]).toMatchObject({ tone: 'good' });
  });

  it('withdrawn: by whom and why, reopen', () => {
    const card = rootCard(aView(withdrawn));
    expect(plain(card)).toContain('Withdrawn by @rep-1.');
    expect(plain(card)).toContain('Reason: “Lost the tender.”');
    expect(presses(card)).toContain('deal.reopen D-7K3QXM');
  });

  it('the short status says the same first line', () => {
    for (const deal of [out, stopped, withdrawn, decided('approved')]) {
      expect(plain(statusCard(aView(deal))).split('\n')[1]).toBe(seen(deal).split('\n')[1]);
    }
  });
});
