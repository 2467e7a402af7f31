/** An open channel or direct message: its messages, and the box below them. */

import { composer } from './composer.ts';
import { drawPlace, emptyPlace, invitation } from './place.ts';
import { ask, session } from './session.ts';
import { timeline, type Timeline } from './timeline.ts';
import { typing } from './typing.ts';
import type { ShownChannel, ShownMessage } from './wire.ts';

export interface ChannelView {
  channel: string;
  list: Timeline;
  load(): Promise<void>;
  draw(): void;
}

export const channelView = (known: ShownChannel, openThread: (message: ShownMessage) => void): ChannelView => {
  const { id: channel, kind, name, clearance, shared } = known;
  const title = kind === 'dm' ? name : `#${name}`;
  const box = composer('say', `Message ${title}`, typing({ channel }));
  const empty = (): HTMLElement => {
    if (!clearance) return emptyPlace();
    const typed = session.start.commands[0]?.command ?? '/deal';
    const button = `Put ${typed} in the message box`;
    return invitation({ heading: 'Clear a deal in this channel', typed, button }, (text) => box.fill(text));
  };
  const list = timeline(`Messages in ${title}`, { openThread, inThread: false }, empty);

  return {
    channel,
    list,
    load: () => list.load(() => ask<ShownMessage[]>('messages', { channel })),
    draw: () => {
      const where = shared ? 'shared with another company' : undefined;
      drawPlace({ title, rail: 'Show channels', where }, list.element, box.element);
      document.title = `${title} · Clearthread playground`;
      list.element.scrollTop = list.element.scrollHeight;
    },
  };
};
