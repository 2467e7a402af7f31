/** The pause to find out as somebody uses it who wants time, or wants no time: nothing ends in their favour meanwhile. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { summaryBlocks } from '../../../../blocks/forms/review-summary.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import type { GapAcceptance } from '../../../../flows/gap-acceptance.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerLighter, findingPolicy, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';

const unknown = { P1: 'yes', 'H3-targeted': 'unknown' };
const TICK: DealCommand = { type: 'Tick' };
const OVER = '2027-03-04T12:00:00.000Z';
const asking = (more: Partial<Organisation> = {}, changed: Record<string, string> = unknown): Story =>
  story(pictureDeal(changed), pictureContext(more, findingPolicy));
/** In a company that changed meanwhile. */
const among = (told: Story, more: Partial<Organisation>): Story =>
  story([], pictureContext(more, findingPolicy)).resume(told);
const types = (before: Story, after: Story): string[] => after.events.slice(before.events.length).map((e) => e.type);

/** The first page of the review. */
const summary = ({ view }: Story): string => {
  const { deal } = view;
  const draft = startReview(view, 0);
  if (deal.status !== 'deciding' || !draft) throw new Error('nobody decides on it');
  return JSON.stringify(summaryBlocks(view, deal, draft, []));
};

describe('waiting in the pause', () => {
  it('outlives no acceptance and no note that ends in it', () => {
    const acceptance: GapAcceptance = {
      id: 'gap-1',
      on: { of: 'country', country: 'NO' },
      questions: ['H-RF3-conflict'],
      reason: 'Nobody publishes on this.',
      until: '2027-03-03',
      by: 'compliance-2',
      at: '2027-02-01T09:00:00.000Z',
    };
    const counselNotes = pictureContext().organisation.counselNotes!.map((n) => ({ ...n, until: '2027-03-03' }));
    const deal = asking({ acceptances: [acceptance], counselNotes }, { ...unknown, 'H-RF3-conflict': 'unknown' });
    expect(deal.view.deal).toMatchObject({ gaps: { 'H-RF3-conflict': {} }, laws: { until: '2027-03-03' } });
    const sent = deal.and('system', TICK, OVER);
    expect(types(deal, sent)).toEqual(['SentOn', 'BasisEnded', 'DealRouted']);
    const open = sent.view.assessment.openQuestions.filter(({ accepted }) => !accepted).map(({ id }) => id);
    expect(open).toEqual(expect.arrayContaining(['H3-targeted', 'H-RF3-conflict', 'L1']));
    // Sent on in time they serve.
    expect(types(deal, deal.and('rep-1', { type: 'SendOn' }))).toEqual(['SentOn', 'DealRouted']);
  });

  it('hears of a country alert as any deal does, and counts it', () => {
    const alert = {
      id: 'alert-1',
      country: 'NO',
      why: 'Elections were called off.',
      on: '2027-03-01',
      by: 'compliance-1',
      at: '2027-03-01T12:00:00.000Z',
    };
    const deal = asking();
    const told = among(deal, { alerts: [alert] }).and(
      'system',
      { type: 'NoteAlert', alert },
      '2027-03-02T09:00:00.000Z',
    );
    expect(told.view.facts.alert).toBe(true);
    const sent = told.and('system', TICK, OVER);
    expect(sent.view.facts.alert).toBe(true);
    expect(sent.state).toMatchObject({ status: 'deciding', tier: 'high' });
  });

  it('is on hold with its end-user, and is approved by nobody after it', () => {
    const hold = {
      id: 'hold-1',
      on: { of: 'deal' as const, deal: 'D-7K3QXM' },
      stop: ['support' as const],
      because: 'complaint' as const,
      reason: 'A complaint that we look into',
      review: '2027-03-03',
      by: 'compliance-1',
      at: '2027-03-01T12:00:00.000Z',
    };
    const sent = among(asking(), { holds: [hold] }).and('system', TICK, OVER);
    expect(sent.view.deal.holds).toHaveProperty('hold-1');
    // Its review date passes, and it stays.
    sent
      .when('compliance-2', (view) => ({
        type: 'CastVote',
        step: 0,
        factsHash: view.deal.status === 'deciding' ? view.deal.route.factsHash : '',
        ballot: {
          outcome: 'approve',
          flags: {},
          conditions: [],
          rationale: 'The use is narrow and agreed.',
          ...weighed,
        },
      }))
      .refused('not now', /hold/);
  });

  it('is as long whoever is away: an absence neither ends it nor prolongs it', () => {
    const absences = [{ person: 'rep-1', delegate: 'product-1', from: '2027-03-01', until: '2027-03-31' }];
    const deal = asking();
    const away = among(deal, { absences });
    expect(away.view.deal.finding).toEqual(deal.view.deal.finding);
    expect(away.and('system', TICK, OVER).state.status).toBe('deciding');
  });

  it('is not begun again by saying that the deal is out of scope, and that it is not', () => {
    const kind = 'private' as const;
    const lines = pictureDeal(unknown, kind);
    const at = lines.findIndex(([, c]) => c.type === 'AnswerSection' && c.section === 'scope');
    const products = pictureContext().organisation.products?.map((p) => ({ ...p, able: false }));
    const deal = story(lines, pictureContext(products ? { products } : {}, findingPolicy));
    expect(deal.events.at(-1)?.type).toBe('FindingOut');
    const scope = lines[at]![1] as Extract<DealCommand, { type: 'AnswerSection' }>;
    const no: Line = [
      'rep-1',
      {
        ...scope,
        why: 'It can do none of it',
        answers: Object.fromEntries(Object.entries(scope.answers).map(([id, a]) => [id, { ...a, value: 'no' }])),
      },
    ];
    let told = deal.and(...no);
    if (told.view.deal.status === 'answering') {
      told = told.and('compliance-1', (view) => ({
        type: 'ConfirmScope',
        factsHash: view.deal.status === 'answering' ? (view.deal.scopeSaid?.factsHash ?? '') : '',
      }));
    }
    expect(told.state.status).toBe('out of scope');
    const back = told
      .and('rep-1', { type: 'Reopen', reason: 'It can after all' }, '2027-03-10T09:00:00.000Z')
      .and('rep-1', scope, '2027-03-10T09:00:00.000Z');
    expect(back.events.filter((e) => e.type === 'FindingOut')).toHaveLength(1);
    expect(back.state.status).toBe('deciding');
  });
});

describe('sending it on early', () => {
  const many = {
    P1: 'yes',
    ...Object.fromEntries(['H3-targeted', 'H-RF1', 'H-RF3-conflict', 'H-RF4'].map((id) => [id, 'unknown'])),
  };
  const sent = asking({}, many).and('rep-1', { type: 'SendOn' });

  it('shows every approver what is not known, and that it was sent on before its day, by whom', () => {
    const form = summary(sent);
    const open = sent.view.assessment.openQuestions;
    expect(open.length).toBeGreaterThanOrEqual(4);
    for (const { text } of open) expect(form).toContain(text.slice(0, 60));
    expect(form).toMatch(/Sent on with this by .*rep-1.*, before 4 March 2027/);
  });

  it('lightens nothing', () => {
    const late = asking({}, many).and('system', TICK, OVER);
    expect(sent.state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(late.state).toMatchObject({ status: 'deciding', tier: 'high' });
    const form = summary(late);
    expect(form).not.toMatch(/Sent on with this/);
    expect(nextDueAt(sent.view)).not.toBeNull();
  });

  it('says so in the thread, with the count', () => {
    expect(plain(factCard(sent.view, { fact: 'sent on', by: 'rep-1' }, {}, { to: 'thread' }))).toMatch(
      /@rep-1 sent the deal on with what is not known \(\d+ things\)/,
    );
  });

  it('does not keep somebody who holds a section from answering it', () => {
    const handed = asking()
      .and('rep-1', { type: 'HandOverSection', section: 'end-user', to: 'product-1' })
      .and('rep-1', { type: 'SendOn' });
    const [, answer] = answerLighter('end-user', { ...unknown, 'H3-targeted': 'yes' });
    expect(handed.and('product-1', answer).state).toMatchObject({ status: 'deciding', tier: 'high' });
  });
});
