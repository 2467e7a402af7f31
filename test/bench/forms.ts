/** Fills the bot's form by the kinds of its inputs alone, and sends it as often as wanted. */

import { sendSigned } from './signed.ts';
import type { Block, Element, View } from './web-api.ts';

export interface Sender {
  user: string;
  channel: string;
}

const envelope = ({ user, channel }: Sender, n: number) => ({
  team: { id: 'T1', domain: 'sample' },
  user: { id: user, team_id: 'T1' },
  channel: { id: channel, name: 'deals' },
  api_app_id: 'A1',
  trigger_id: `${Date.now()}.${n}.bench`,
});

/** Typed into each required field, with the number of a customer: a few deals each, as somewhere real. */
const WORDS = 'Sample words';
const CUSTOMERS = 1000;

/** `/deal`, typed by `sender`. */
export const slashCommand = (port: number, command: string, sender: Sender) =>
  sendSigned(port, {
    command,
    text: '',
    user_id: sender.user,
    channel_id: sender.channel,
    channel_name: 'deals',
    team_id: 'T1',
    api_app_id: 'A1',
    trigger_id: `${Date.now()}.0.bench`,
    response_url: '',
  });

async function valueOf(port: number, view: View, block: Block, element: Element, sender: Sender): Promise<object> {
  const { type } = element;
  const first = element.initial_option ?? element.options?.[0];
  switch (type) {
    case 'plain_text_input':
      return { type, value: block.optional ? null : WORDS };
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: first };
    case 'external_select': {
      const ask = {
        type: 'block_suggestion',
        ...envelope(sender, 0),
        action_id: element.action_id,
        block_id: block.block_id,
      };
      const { body } = await sendSigned(port, {
        payload: JSON.stringify({ ...ask, value: 'sin', view: { ...view, id: 'VBENCH', hash: '0.bench' } }),
      });
      return { type, selected_option: (JSON.parse(body || '{}') as { options?: object[] }).options?.[0] ?? null };
    }
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: [] };
    case 'datepicker':
      return { type, selected_date: '2031-03-14' };
    default:
      return { type, value: null };
  }
}

/** A view_submission for each n, each of its own view, channel after channel. `view` was shown in the sender's. */
export async function submissions(
  port: number,
  view: View,
  sender: Sender,
  channels: readonly string[],
): Promise<(n: number) => object> {
  const values: Record<string, Record<string, object>> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || !block.element) continue;
    values[block.block_id] = { [block.element.action_id]: await valueOf(port, view, block, block.element, sender) };
  }
  const typed = JSON.stringify(values);
  const valuesOf = (n: number): unknown => JSON.parse(typed.replaceAll(WORDS, `${WORDS} ${n % CUSTOMERS}`));
  return (n) => {
    const channel = channels[n % channels.length] ?? sender.channel;
    const private_metadata = view.private_metadata?.replaceAll(sender.channel, channel);
    return {
      type: 'view_submission',
      ...envelope({ ...sender, channel }, n),
      view: {
        ...view,
        private_metadata,
        id: `VBENCH${n}`,
        hash: `${n}.bench`,
        team_id: 'T1',
        state: { values: valuesOf(n) },
      },
    };
  };
}
