/** A person's page within the chats' limits, however much there is. */

import { describe, expect, it } from 'vitest';
import { slackHome, slackMessage } from '../../../blocks/slack/slack.ts';
import { homeProblems, messageProblems } from '../../src/slack/check-blocks.ts';
import { everyHomeCard, everyHomePage } from '../../support/every-home.ts';
import { plain } from './plain.ts';

const people = (id: string) => ({ name: id, slack: 'U0SAMPLE' });

describe('a page of its own', () => {
  it.each(everyHomePage())('%s, is one that Slack takes whole', (_, card) => {
    const home = slackHome(card, people);
    expect(homeProblems(home)).toEqual([]);
    expect(home.blocks.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(home)).not.toContain('did not fit here');
  });

  it('is really filled by these', () => {
    const most = Math.max(...everyHomePage().map(([, card]) => slackHome(card, people).blocks.length));
    expect(most).toBeGreaterThan(70);
  });
});

describe('as a message', () => {
  it.each(everyHomeCard())('%s, is one that Slack takes', (_, card) => {
    expect(messageProblems(slackMessage(card, people).blocks)).toEqual([]);
    expect(JSON.stringify(slackMessage(card, people).blocks)).not.toContain('did not fit here');
  });
});

it('says how many there are beyond those shown', () => {
  const [[, card] = []] = everyHomePage();
  if (!card) throw new Error('no page');
  const text = plain(card);
  expect(text).toContain('Your decision: 17 deals');
  expect(text).toContain(
    '12 more to decide: /deal queue · Not shown here: 17 open, 100 approved, 3 closed: /deal mine',
  );
  expect(text).toContain('2 more: they stand here as these are done');
});
