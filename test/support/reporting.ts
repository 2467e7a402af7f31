/** A yearly report from its first word to its publication, by people in both chats. */

import type { Hand } from './chat-hand.ts';
import { ok, save } from './four-deals.ts';

export interface ReportCast {
  /** Writes, sends and publishes it. */
  compliance: Hand;
  /** Asks about a figure, and approves it in the other chat. */
  counsel: Hand;
  chief: Hand;
}

/** Of a year without deals: 2025, which is over. */
export const reportOnYear = async ({ compliance, counsel, chief }: ReportCast): Promise<void> => {
  ok(await compliance.say('/deal report-year 2025'));
  await compliance.reads(/Yearly report of 2025[\s\S]*Nobody has written words yet/);
  ok(await compliance.press('Write the words'));
  await compliance.fill('Foreword', 'We sold <b>nothing</b> in 2025, *and* <!channel> say so.');
  await compliance.fill('What we learned', 'We learned what the Guidance asks for.');
  await compliance.look('report-words');
  await save(compliance);
  await compliance.noView();
  await compliance.reads(/Saved\.[\s\S]*What we learned/);
  await compliance.look('report-draft');
  ok(await compliance.press('Send for approval'));
  await compliance.reads(/sent it for approval[\s\S]*It waits for/);
  const asked = 'Please approve the yearly report of 2025';
  await chief.readsDirect(asked);
  await chief.look('report-to-approve-slack');
  // Who is in both chats is told in Slack; in Teams they ask.
  ok(await counsel.say('@Clearthread report-year 2025'));
  const shown = /Yearly report of 2025[\s\S]*It waits for/;
  await counsel.readsDirect(shown);
  await counsel.look('report-teams');
  ok(await counsel.pressDirect('Ask about a figure', shown));
  await counsel.fill('Which table?', 'Decisions');
  await counsel.fill('Your question', 'Why is nothing of this published?');
  await counsel.look('report-ask-teams');
  await save(counsel);
  await counsel.look('report-asked-teams');
  await counsel.closeView();
  const question = /a question[\s\S]*Why is nothing of this published/;
  await compliance.readsDirect(question);
  ok(await compliance.pressDirect('Answer', question));
  await compliance.fill('Your answer', 'We decided on no deal in that year.');
  await save(compliance);
  await compliance.noView();
  ok(await counsel.say('@Clearthread report-year 2025'));
  const answered = /Yearly report of 2025[\s\S]*We decided on no deal in that year/;
  await counsel.readsDirect(answered);
  for (const [hand, within, name] of [
    [counsel, answered, 'report-approve-teams'],
    [chief, asked, 'report-approve-slack'],
  ] as const) {
    ok(await hand.pressDirect('Read and approve', within));
    await hand.fill('Can this be published?', ['I read figures and words']);
    await hand.look(name);
    await save(hand);
    // In Teams the answer stands in the window.
    if (hand === counsel) await hand.closeView();
    else await hand.noView();
  }
  await compliance.readsDirect('Everybody approved it: it can be published.');
  ok(await compliance.pressDirect('Publish', 'Everybody approved it'));
  await compliance.fill('Publish it?', ['Yes, as it stands here']);
  await compliance.look('report-publish');
  await save(compliance);
  await compliance.noView();
  await chief.readsDirect('The yearly report of 2025 is published');
  await chief.look('report-published-slack');
  ok(await counsel.say('@Clearthread report-year 2025'));
  await counsel.readsDirect(/Published on[\s\S]*Approved by/);
  await counsel.look('report-published-teams');
};
