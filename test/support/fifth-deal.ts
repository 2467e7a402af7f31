/** The fifth deal, in both chats: opened and answered in one, decided in the other, posted in both. */

import type { Hand } from './chat-hand.ts';
import { answerForPolice, ok, openBy, openDeal, review, save } from './four-deals.ts';

const CUSTOMER = 'Sample Station Works';

export interface BothCast {
  /** Opens and answers in Slack. */
  rep: Hand;
  /** These three decide in Teams. */
  compliance: Hand;
  senior: Hand;
  counsel: Hand;
}

/** The root message of one deal, in each chat. */
export interface BothRoots {
  slack: string;
  teams: string;
}

/** High tier: compliance, then two senior approvers of whom one is counsel. */
export const fifthDeal = async ({ rep, compliance, senior, counsel }: BothCast): Promise<BothRoots> => {
  const slack = await openDeal(rep, {
    customer: CUSTOMER,
    product: 'Sample location tracker',
    country: 'Bouvet Island',
    endUser: 'Sample Station Police',
    kind: 'Security, police or intelligence service',
    intermediaries: 'Sample Station Works, reseller',
  });
  const teams = (await compliance.reads(CUSTOMER)).ts;
  await answerForPolice(rep);
  for (const hand of [rep, compliance]) await hand.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Tier: high`, 'i'));
  // Everybody finds it, each in their own chat and in private.
  ok(await rep.say('/deal mine'));
  await rep.reads(/Your deals: 1[\s\S]*Sample Station Police[\s\S]*Waiting for/);
  ok(await rep.say('/deal find 布韦岛 high'));
  await rep.reads(/1 deal for “布韦岛 high”[\s\S]*Sample Station Police/);
  ok(await compliance.say('@Clearthread queue'));
  await compliance.readsDirect(/1 deal waits for your decision[\s\S]*Sample Station Police[\s\S]*Your vote/);
  await compliance.look('both-chats-queue');
  // A flag that an approver raises is pending until compliance admits it: raised and settled in Teams, read in Slack.
  await openBy(senior, 'Raise a flag', { thread: teams });
  await senior.fill('What worries you', 'The tracker can follow people who protest.');
  await save(senior);
  await senior.noView();
  await rep.reads('The tracker can follow people who protest.', slack);
  await openBy(compliance, 'Admit or dismiss', { thread: teams });
  await compliance.fill('Does it count?', 'Admit it');
  await compliance.fill('Reason', 'Its data sheet says so.');
  await save(compliance);
  await compliance.noView();
  await rep.reads('Its data sheet says so.', slack);

  await review(compliance, teams, { outcome: 'Approve' });
  await rep.reads(/Sample Compliance[\s\S]*pprove/, slack);
  // The rep answers in Slack what an approver asks in Teams.
  await senior.reads(/Senior approvers/, teams);
  await review(senior, teams, { outcome: 'Ask for information', conditions: ['Who holds the keys?'] });
  await rep.reads('Who holds the keys?', slack);
  await openBy(rep, 'Answer', { thread: slack, in: 'Who holds the keys?' });
  await rep.fill('Your answer', 'The operator of the stations holds them.');
  await save(rep);
  await rep.noView();
  await senior.reads('The operator of the stations holds them.', teams);
  // An answer is new evidence: those who voted vote again.
  await compliance.reads('Votes no longer counted', teams);
  await review(compliance, teams, { outcome: 'Approve' });
  await senior.reads(/Senior approvers/, teams);
  await review(senior, teams, { outcome: 'Approve' });
  await review(counsel, teams, { outcome: 'Approve with conditions', conditions: ['Human-rights clauses'] });
  for (const hand of [rep, counsel]) {
    await hand.reads(new RegExp(`${CUSTOMER}[\\s\\S]*Approved with conditions`));
  }
  await rep.reads(/Who decided, and why[\s\S]*Sample Counsel/, slack);
  await counsel.reads(/Who decided, and why[\s\S]*Sample Counsel/, teams);
  await rep.look('both-chats-slack');
  await counsel.look('both-chats-teams');
  return { slack, teams };
};
