/** What must be answered is not called optional, in either chat; what may be left empty says so. */

import { describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { readSectionForm } from '../../../blocks/forms/section-read.ts';
import { sectionForm } from '../../../blocks/forms/section.ts';
import { slackView } from '../../../blocks/slack/slack.ts';
import { teamsForm } from '../../../blocks/teams/teams.ts';
import { inputsOf } from '../../support/adaptive-reading.ts';
import { aDeal, aView } from '../../support/deal-builders.ts';
import { aFormPolicy } from './support.ts';

const view = aView(aDeal(), { policy: aFormPolicy() });
const START: FormValues = { 'all:run': 'one', 'q:Q1': 'yes', 'q:Q2': 'no', 'q:Q3': 'no', 'q:FORMS': ['press'] };
const form = (values: FormValues): Form =>
  sectionForm(view, 'forms', { ...START, 'q:KIND': 'unique', 'q:MENU': 'm1', ...values });

/** Inputs that Slack calls optional. */
const inSlack = (values: FormValues): string[] =>
  slackView(form(values), () => undefined).blocks.flatMap((b) =>
    b.type === 'input' && b.optional ? [b.block_id] : [],
  );
/** The same in Teams. */
const inTeams = (values: FormValues): string[] =>
  inputsOf(
    teamsForm(form(values), { names: () => undefined, people: [] }, { surface: 'dialog', showing: 's' }),
  ).flatMap(({ id, label }) => (label.endsWith('(optional)') ? [id] : []));

describe.each([
  ['Slack', inSlack],
  ['Teams', inTeams],
])('in %s', (_, optional) => {
  it('a text that must be written is not optional until something is ticked in its place', () => {
    expect(optional({})).not.toContain('q:Q1-WHO');
    expect(optional({})).toContain('u:Q1-WHO');
    expect(optional({ 'u:Q1-WHO': ['unknown'] })).toContain('q:Q1-WHO');
  });

  it('nor are the boxes of a long list, until one of them is ticked', () => {
    const groups = ['q:TICKS', 'q:TICKS:2'];
    expect(optional({}).filter((name) => groups.includes(name))).toEqual([]);
    for (const ticked of [{ 'q:TICKS': ['m1'] }, { 'q:TICKS:2': ['m11'] }, { 'u:TICKS': ['unknown'] }]) {
      expect(optional(ticked)).toEqual(expect.arrayContaining(groups));
    }
  });

  it('and whatever may be left empty once it is filled in so can be saved', () => {
    const values = {
      ...START,
      'q:KIND': 'unique',
      'q:MENU': 'm1',
      'u:Q1-WHO': ['unknown'],
      'q:Q1-DEEP': 'no',
      'u:TICKS': ['unknown'],
    };
    expect(readSectionForm(view, 'forms', values)).toMatchObject({ ok: true });
    expect(optional(values)).toEqual(expect.arrayContaining(['q:Q1-WHO', 'q:TICKS', 'q:TICKS:2']));
  });
});
