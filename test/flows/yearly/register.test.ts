/** Figures that were published: whoever wants others in their place. */

import { describe, expect, it } from 'vitest';
import { isKnown, isKnownEvent } from '../../../flows/known/shape.ts';
import { knownYearly } from '../../../flows/known/yearly.ts';
import type { YearlyFigures } from '../../../flows/yearly/published.ts';
import type { YearlyEvent, YearlyState } from '../../../flows/yearly/register-shapes.ts';
import { yearly } from '../../../flows/yearly/register.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';

/** A policy by which nobody approves: the figures are the operator's to publish. */
const context = { organisation: anOrganisation(), policy: aPolicy({ yearlyReport: { approvers: 'none' as const } }) };
const at = '2027-01-10T09:00:00.000Z';
const figures = (countedAt = at, least = 5): YearlyFigures =>
  ({ year: 2026, countedAt, least, tables: [], kinds: [] }) as unknown as YearlyFigures;
const publish = (given: YearlyFigures, state: YearlyState = yearly.none, actor = 'operator') =>
  yearly.decide({ type: 'PublishYear', figures: given }, state, { actor, at, id: 'x' } as never, context);

/** As the version before there was a route in chat wrote it. */
const OF_BEFORE =
  '{"at":"2027-01-10T09:00:00.000Z","by":"operator","type":"YearPublished","figures":{"year":2026,"countedAt":"2027-01-10T09:00:00.000Z","organisation":"Sample Company","least":5,"tables":[{"id":"outcome","title":"Decisions","unit":"deals","definition":"Deals.","guidance":["R1"],"total":12,"rows":[{"cells":["approved","declined"],"label":"Approved; Declined (together)","count":12}]}],"kinds":[],"daysToDecision":{"title":"Days to a decision","definition":"Days.","value":null},"policyChanges":{"title":"Changes of the policy","definition":"How often.","value":0}}}';

it('a year that was published before there was a route in chat is read as it was', () => {
  const event = JSON.parse(OF_BEFORE) as YearlyEvent;
  expect(isKnownEvent(knownYearly.events, event)).toBe(true);
  const state = yearly.evolve(yearly.none, event);
  expect(isKnown(knownYearly.state, state)).toBe(true);
  const { figures: published, at: then, by } = JSON.parse(OF_BEFORE) as YearlyEvent & { figures: YearlyFigures };
  expect(state.years).toEqual({ '2026': { figures: published, at: then, by } });
});

describe('the figures of a year', () => {
  it('are published once, and stay', () => {
    const first = publish(figures());
    if (first.kind === 'refused') throw new Error(first.refusal.text);
    const state = first.events.reduce(yearly.evolve, yearly.none);
    expect(state.years['2026']).toEqual({ figures: figures(), at, by: 'operator' });
    expect(publish(figures('2027-02-01T00:00:00.000Z', 6), state)).toMatchObject({
      kind: 'refused',
      refusal: { text: 'The figures of 2026 were published already, and stay as they are.' },
    });
  });

  it('are not published before it is over, nor by a person in chat', () => {
    expect(publish(figures('2026-12-31T23:59:59.999Z'))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'not now' },
    });
    expect(publish(figures('2027-01-01T00:00:00.000Z')).kind).toBe('accepted');
    expect(publish(figures(), yearly.none, 'chief-1')).toMatchObject({ refusal: { code: 'not allowed' } });
  });

  it('are published in chat alone, where people approve them', () => {
    const meta = { actor: 'operator', at, id: 'x' };
    for (const policy of [undefined, aPolicy(), aPolicy({ yearlyReport: { approvers: ['counsel'] } })])
      expect(
        yearly.decide({ type: 'PublishYear', figures: figures() }, yearly.none, meta, { ...context, policy }),
      ).toMatchObject({ refusal: { code: 'not allowed', text: expect.stringContaining('/deal report-year 2026') } });
  });
});
