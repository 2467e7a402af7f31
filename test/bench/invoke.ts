/** Clearthread beside a bare Teams SDK app: the same dialogs sent, kept on disk before the answer, or only answered. */

import { compare, COMPARED, SENT_TO_EACH } from './compare.ts';
import { taken } from './dialogs.ts';
import type { TeamsBots } from './teams-bots.ts';

export async function invokeBench(bots: TeamsBots): Promise<string[]> {
  const send = await bots.sender();
  const lines = await compare(
    [
      { label: 'bare Teams SDK, only answers', bot: bots.bare, yardstick: 'bare one' },
      { label: 'Clearthread, invoke alone', bot: bots.alone },
      { label: 'Clearthread, outbox busy', bot: bots.sending },
    ],
    { send, accepted: taken },
  );
  const kept = await bots.kept();
  // One more was sent to try the dialog.
  const whole = kept.map((deals) =>
    deals === undefined ? 'A BROKEN RECORD' : `${deals} of ${SENT_TO_EACH + 1} deals`,
  );
  return [
    'Teams, durable invoke: token checked, commit on disk, answer out (aim: at most 2 x CPU)',
    `  ${COMPARED}`,
    ...lines,
    `  on disk afterwards: ${whole.join(' and ')}; sent meanwhile: ${bots.messages()} messages`,
  ];
}
