import { el } from './dom.ts';
import { emoji } from './emoji.ts';
import { drawMrkdwn } from './mrkdwn.ts';
import type { AnyText } from './wire.ts';

const named = (text: string): string =>
  text.replaceAll(/:([a-z0-9_+-]+):/g, (whole, name: string) => emoji(name) ?? whole);

/** Returns plain text as characters. Slack turns emoji names in it into emoji unless told not to. */
export const plain = ({ text, emoji: wanted }: { text: string; emoji?: boolean | undefined }): string =>
  wanted === false ? text : named(text);

export const drawText = (text: AnyText): HTMLElement =>
  text.type === 'mrkdwn' ? drawMrkdwn(text.text) : el('div', { class: 'plain' }, plain(text));
