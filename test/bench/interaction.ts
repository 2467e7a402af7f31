/** Clearthread, a bare Bolt app, and one that keeps what it gets: the same signed submissions. */

import type { Bots } from './bots.ts';
import { compare, COMPARED, SENT_TO_EACH } from './compare.ts';
import { accepted, sendSigned } from './signed.ts';

export async function interactionBench(bots: Bots): Promise<string[]> {
  const payload = await bots.payload();
  const lines = await compare(
    [
      { label: 'bare Bolt, only acks', bot: bots.bare, yardstick: 'bare one' },
      { label: 'durable Bolt, one insert each', bot: bots.durable, yardstick: 'durable one' },
      { label: 'Clearthread, interaction alone', bot: bots.alone },
      { label: 'Clearthread, outbox busy', bot: bots.sending },
    ],
    { send: (port, n, agent) => sendSigned(port, { payload: JSON.stringify(payload(n)) }, agent), accepted },
  );
  const kept = await bots.kept();
  // One more was sent to try the form.
  const whole = kept.map((deals) =>
    deals === undefined ? 'A BROKEN RECORD' : `${deals} of ${SENT_TO_EACH + 1} deals`,
  );
  return [
    `Durable interaction: signed request in, commit on disk, ack out (aim: at most 2 x CPU of the bare one; of the durable one 1.8 x CPU, and its rate at 50 in flight)`,
    `  ${COMPARED}`,
    ...lines,
    `  on disk afterwards: ${whole.join(' and ')}; sent meanwhile: ${bots.messages()} messages`,
  ];
}
