/** Posting to a response_url: without a token, a few times, for half an hour. */

import express, { type Router } from 'express';
import { checkMessageBlocks, withIds } from './block-kit.ts';
import type { Cloud } from './cloud.ts';
import { BOT } from './directory.ts';
import { commandAnswer } from './saying.ts';

const accept = (cloud: Cloud, id: string, raw: unknown): string | undefined => {
  const answer = commandAnswer.safeParse(raw);
  if (!answer.success) return 'invalid_payload';
  const { text = '', blocks, response_type, replace_original, delete_original, thread_ts } = answer.data;
  const checked = blocks === undefined ? undefined : checkMessageBlocks(blocks);
  if (checked?.ok === false) return 'invalid_blocks';
  if (text === '' && checked === undefined && delete_original !== true) return 'no_text';
  const ticket = cloud.tickets.useResponse(id);
  if (typeof ticket === 'string') return ticket;
  const original = ticket.original === undefined ? undefined : cloud.messages.get(ticket.channel, ticket.original);
  const content = { text, blocks: checked && withIds(checked.value, () => cloud.newId()) };
  if (delete_original === true) {
    if (original) cloud.remove(original);
  } else if (replace_original === true && original) {
    cloud.edit({
      ...original,
      ...content,
      edited: original.onlyFor === undefined ? cloud.messages.newTs() : undefined,
    });
  } else {
    const onlyFor = response_type === 'in_channel' ? undefined : ticket.user;
    cloud.post({ channel: ticket.channel, author: BOT.user, thread: thread_ts ?? ticket.thread, onlyFor, ...content });
  }
  return undefined;
};

export const responseUrls = (cloud: Cloud): Router => {
  const router = express.Router();
  router.post('/:id', express.json({ limit: '1mb' }), (request, response) => {
    const problem = accept(cloud, request.params.id, request.body);
    if (problem === undefined) response.type('text').send('ok');
    else
      response
        .status(problem.endsWith('_url') ? 404 : 400)
        .type('text')
        .send(problem);
  });
  return router;
};
