/** Compliance takes back what it accepted as not known, or confirmed. */

import { describe, expect, it } from 'vitest';
import { acceptGapsForm } from '../../../../blocks/forms/gaps.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { acceptableGaps, gapsToTakeBack } from '../../../../flows/deal/context/gaps.ts';
import { factsText } from '../../../../flows/deal/deciding/facts.ts';
import { endersOf } from '../../../../flows/deal/rights/set-aside.ts';
import { scopeSaidOf } from '../../../../flows/deal/said/scope.ts';
import { noticesFor } from '../../../../flows/deal/telling/telling.ts';
import type { GapAcceptance } from '../../../../flows/gap-acceptance.ts';
import { openPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

const REASON = 'Nobody publishes on this small agency.';
const WHY = 'A report on them came out last week.';
const accept = (...questions: string[]): DealCommand => ({ type: 'AcceptGaps', questions, reason: REASON });
const takeBack = (...questions: string[]): DealCommand => ({ type: 'TakeGapsBack', questions, reason: WHY });

const unknown = { P1: 'yes', 'H3-targeted': 'unknown' };
const accepted = (): Story => story(pictureDeal(unknown), pictureContext()).and('compliance-1', accept('H3-targeted'));

describe('taking an accepted gap back', () => {
  it('makes the deal as heavy as before, with who, when and why', () => {
    const before = story(pictureDeal(unknown), pictureContext());
    expect(accepted().state).toMatchObject({ status: 'deciding', tier: 'elevated' });
    const told = accepted().when('compliance-2', takeBack('H3-targeted')).then('GapsTakenBack', 'DealRouted');
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(told.view.deal.gaps).toBeUndefined();
    expect(told.view.deal.gapsTakenBack).toMatchObject({ 'H3-targeted': { by: 'compliance-2', reason: WHY } });
    expect(factsText(told.view)).toBe(factsText(before.view));
    expect(told.view.deal.team).toEqual(['rep-1']);
  });

  it('voids the votes on it, and tells the voters what changed', () => {
    const voted = accepted().vote('compliance-2', weighed);
    const told = voted.when('compliance-1', takeBack('H3-targeted')).then('GapsTakenBack', 'VotesVoided', 'DealRouted');
    expect(told.events.find((e) => e.type === 'VotesVoided')).toMatchObject({
      voters: ['compliance-2'],
      differences: [
        { what: 'gap', id: 'H3-targeted', before: `accepted by compliance: “${REASON}”`, after: 'not accepted' },
      ],
    });
  });

  it('is told in the thread, to the owner, and to who accepted it', () => {
    const before = accepted();
    const told = before.when('compliance-2', takeBack('H3-targeted')).then('GapsTakenBack', 'DealRouted');
    const event = told.events.filter((e) => e.type === 'GapsTakenBack');
    const facts = noticesFor(before.view, told.view, event, 'c').flatMap((n) => (n.kind === 'fact' ? [n] : []));
    expect(facts.map(({ target }) => (target.to === 'thread' ? 'thread' : target.person))).toEqual([
      'thread',
      'rep-1',
      'compliance-1',
    ]);
    expect(facts[0]?.fact).toEqual({
      fact: 'gaps taken back',
      by: 'compliance-2',
      reason: WHY,
      questions: ['H3-targeted'],
    });
  });

  it('is for compliance off the deal team, as accepting is', () => {
    for (const person of ['rep-1', 'senior-1']) {
      accepted()
        .when(person, takeBack('H3-targeted'))
        .refused('not allowed', /Only compliance can take back/);
    }
    const { groups } = pictureContext().organisation;
    const sells = groups.map((g) => (g.id === 'compliance' ? { ...g, members: [...g.members, 'rep-1'] } : g));
    story(pictureDeal(unknown), pictureContext({ groups: sells }))
      .and('compliance-1', accept('H3-targeted'))
      .when('rep-1', takeBack('H3-targeted'))
      .refused('not allowed', /on the deal team/);
    accepted()
      .and('compliance-1', { type: 'Recuse', reason: 'I own shares of theirs.' })
      .when('compliance-1', takeBack('H3-targeted'))
      .refused('not allowed');
  });

  it('needs something accepted, a reason, and an open deal', () => {
    accepted()
      .when('compliance-1', takeBack('H-RF1'))
      .refused('not now', /taken back already/);
    accepted().when('compliance-1', takeBack('constructor')).refused('not now');
    accepted()
      .when('compliance-1', takeBack())
      .refused('not valid', /choose/);
    accepted()
      .when('compliance-1', { ...takeBack('H3-targeted'), reason: ' no ' } as DealCommand)
      .refused('not valid', /why/, 'reason');
    accepted()
      .and('compliance-1', takeBack('H3-targeted'))
      .when('compliance-2', takeBack('H3-targeted'))
      .refused('not now', /taken back already/);
    accepted()
      .and('rep-1', { type: 'Withdraw', reason: 'Lost' })
      .when('compliance-1', takeBack('H3-targeted'))
      .refused('not now', /withdrawn/);
  });

  it('can be accepted again, by name', () => {
    const back = accepted().and('compliance-1', takeBack('H3-targeted'));
    expect(acceptableGaps(back.view).map(({ id }) => id)).toEqual(['H3-targeted']);
    const again = back.when('compliance-2', accept('H3-targeted')).then('GapsAccepted', 'DealRouted');
    expect(again.state).toMatchObject({ tier: 'elevated' });
    expect(again.view.deal.gapsTakenBack).toBeUndefined();
  });

  it('takes a confirmed exception back too', () => {
    const hospital = { P1: 'yes', G8: 'yes', 'H-RF4': 'yes', 'H-RF5-oversight': 'yes', 'L-RF1': 'yes' };
    const told = story(pictureDeal(hospital), pictureContext()).and('compliance-1', {
      ...accept(),
      confirm: 'clean-benefit',
    } as DealCommand);
    expect(gapsToTakeBack(told.view)).toMatchObject({ gaps: [], exceptions: [{ id: 'clean-benefit' }] });
    const back = told
      .when('compliance-2', { ...takeBack(), exceptions: ['clean-benefit'] } as DealCommand)
      .then('GapsTakenBack', 'DealRouted');
    expect(back.state).toMatchObject({ tier: 'high' });
    expect(back.view.deal.exceptions).toBeUndefined();
    back
      .when('compliance-2', { ...takeBack(), exceptions: ['clean-benefit'] } as DealCommand)
      .refused('not now', /taken back already/);
  });

  it('leaves a deal that is said to be out of scope waiting', () => {
    const told = story(pictureDeal({ 'H3-targeted': 'unknown' }), pictureContext());
    const said = told.and('compliance-1', accept('H3-targeted')).and('rep-1', {
      type: 'AnswerSection',
      section: 'scope',
      answers: { 'G1-capability': { value: 'no', sources: [], note: 'As they told us.' } },
      why: 'It was a mistake',
    });
    const back = said.and('compliance-1', takeBack('H3-targeted'));
    expect(scopeSaidOf(back.view.deal)).toMatchObject({ by: 'rep-1', at: scopeSaidOf(said.view.deal)?.at });
  });
});

describe('an acceptance for a country that the deal took', () => {
  const ofNorway: GapAcceptance = {
    id: 'gap-1',
    on: { of: 'country', country: 'NO' },
    questions: ['H-RF3-conflict', 'L-RF1'],
    reason: REASON,
    until: '2027-09-01',
    by: 'compliance-2',
    at: '2027-02-01T09:00:00.000Z',
  };
  const repressive = { P1: 'yes', 'H-RF3-conflict': 'unknown', 'H-RF4': 'unknown', 'L-RF1': 'unknown' };
  const taking = (): Story => story(pictureDeal(repressive), pictureContext({ acceptances: [ofNorway] }));

  it('is taken back there, and is not taken again by what the rep does', () => {
    const told = taking();
    expect(Object.keys(told.view.deal.gaps ?? {})).toEqual(['H-RF3-conflict', 'L-RF1']);
    const back = told.when('compliance-1', takeBack('H-RF3-conflict')).then('GapsTakenBack', 'DealRouted');
    const kept = (of: Story): string[] => Object.keys(of.view.deal.gaps ?? {});
    expect(kept(back)).toEqual(['L-RF1']);
    expect(kept(back.and('rep-1', { type: 'RaiseFlag', title: 'A sample worry of ours' }))).toEqual(['L-RF1']);
    const reopened = back
      .and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' })
      .and('rep-1', { type: 'Reopen', reason: 'They asked once more' });
    expect(kept(reopened)).toEqual(['L-RF1']);
    const { details } = back.view.deal;
    const moved = back
      .and('rep-1', { type: 'CorrectDetails', details: { ...details, destination: 'SE' }, reason: 'A typo' })
      .and('rep-1', { type: 'CorrectDetails', details, reason: 'It was right' });
    expect(kept(moved)).not.toContain('H-RF3-conflict');
  });

  it('is taken by other deals, until it is ended', () => {
    const other = story(
      [openPicture(), ...pictureDeal(repressive).slice(1)],
      pictureContext({ acceptances: [ofNorway] }),
    );
    expect(Object.keys(other.view.deal.gaps ?? {})).toHaveLength(2);
  });
});

describe('what a colleague took back and another accepts again', () => {
  const context = pictureContext();
  const taken = (): Story =>
    story(pictureDeal(unknown), { ...context, policy: { ...context.policy, managerAlone: false } })
      .and('compliance-1', accept('H3-targeted'))
      .and('compliance-2', takeBack('H3-targeted'));

  it('is said before it is accepted, stays visible, and is not decided alone by who accepted it', () => {
    expect(JSON.stringify(acceptGapsForm(taken().view))).toContain(WHY);
    const again = taken().and('compliance-1', accept('H3-targeted'));
    expect(again.view.deal.endedAgainst).toMatchObject([
      { of: 'gaps', why: WHY, from: 'compliance-2', by: 'compliance-1', reason: REASON },
    ]);
    expect(JSON.stringify(whyForm(again.view))).toContain(WHY);
    const voted = again.vote('compliance-1', weighed);
    expect(voted.state).toMatchObject({ status: 'deciding', step: 0 });
    expect(voted.vote('compliance-2', weighed).state).not.toMatchObject({ status: 'deciding', step: 0 });
  });
  it('stays visible also where whoever took it back accepts it again, and bars nobody who set aside only their own word', () => {
    const again = taken().and('compliance-2', accept('H3-targeted'));
    expect(again.view.deal.endedAgainst).toMatchObject([
      { of: 'gaps', from: 'compliance-2', by: 'compliance-2', questions: ['H3-targeted'] },
    ]);
    expect(endersOf(again.view.deal)).toEqual([]);
  });
});
