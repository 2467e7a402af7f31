/** Opens the bot's dialog, fills it by the kinds of its inputs alone, and sends it as often as wanted. */

import { randomUUID } from 'node:crypto';
import type { Agent } from 'node:http';
import { OURS } from '../../blocks/teams/data.ts';
import { post, type Answer } from './load.ts';
import { CLIENT_ID, TENANT_ID } from './tokens.ts';

export interface Teamster {
  /** Entra object id. */
  account: string;
  /** The channel where the deal is opened. */
  channel: string;
  serviceUrl: string;
  token: string;
}

/** Elements of an Adaptive Card that are filled in or pressed. */
interface Element {
  type?: string;
  id?: string;
  value?: string;
  isMultiline?: boolean;
  isMultiSelect?: boolean;
  choices?: { value: string }[];
  data?: Record<string, unknown>;
}

/** An invoke as Teams sends it. */
export function invoke(
  port: number,
  name: string,
  data: object,
  n: number,
  by: Teamster,
  agent?: Agent,
): Promise<Answer> {
  const { account, channel, serviceUrl, token } = by;
  const body = JSON.stringify({
    name,
    type: 'invoke',
    id: `f:${randomUUID()}`,
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:bench', name: 'Sample Rep', aadObjectId: account },
    conversation: { isGroup: true, conversationType: 'channel', tenantId: TENANT_ID, id: `${channel};messageid=${n}` },
    recipient: { id: `28:${CLIENT_ID}`, name: 'Clearthread' },
    entities: [{ locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London', type: 'clientInfo' }],
    channelData: { channel: { id: channel }, team: { id: channel }, tenant: { id: TENANT_ID } },
    locale: 'en-GB',
    value: { data, context: { theme: 'default' } },
  });
  const headers = { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` };
  return post({ port, path: '/api/messages', headers, body, agent });
}

/** Tells whether it was answered, and not with the same form again: the deal is open, and its first section comes. */
export const taken = ({ status, body }: Answer): boolean => status === 200 && !body.includes('"name":"deal.open"');

const elementsOf = (value: unknown): Element[] => {
  if (Array.isArray(value)) return value.flatMap(elementsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(elementsOf)];
};

/** Undefined for an element without an input. */
const valueOf = ({ type, value, isMultiline, isMultiSelect, choices }: Element): string | undefined => {
  switch (type) {
    case 'Input.Text':
      return isMultiline ? '' : 'Sample words';
    case 'Input.ChoiceSet':
      return isMultiSelect ? '' : (value ?? choices?.[0]?.value ?? 'SG');
    case 'Input.Date':
      return '2031-03-14';
    default:
      return undefined;
  }
};

interface Showing {
  form: { showing: string };
}

/** Data of a submission for each n, each of its own showing. */
export async function submissions(port: number, by: Teamster): Promise<(n: number) => object> {
  const press = { [OURS]: { do: 'click', name: 'deal.new', value: by.channel } };
  const { status, body } = await invoke(port, 'task/fetch', { ...press, msteams: { type: 'task/fetch' } }, 0, by);
  if (status !== 200) throw new Error(`the dialog was answered with ${status} ${body}`);
  const elements = elementsOf(JSON.parse(body || '{}'));
  const submit = elements.find(({ data }) => JSON.stringify(data?.[OURS] ?? {}).includes('"do":"submit"'));
  if (!submit?.data) throw new Error(`no form came: ${body.slice(0, 300)}`);
  const ours = submit.data[OURS] as Showing;
  const values = elements.flatMap((element) => {
    const value = valueOf(element);
    return element.id === undefined || value === undefined ? [] : [[element.id, value] as const];
  });
  const filled = { ...submit.data, ...Object.fromEntries(values) };
  return () => ({ ...filled, [OURS]: { ...ours, form: { ...ours.form, showing: randomUUID() } } });
}
