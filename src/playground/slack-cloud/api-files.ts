/** An app's upload of a file to Slack: https://docs.slack.dev/messaging/working-with-files/#upload */

import express, { type Router } from 'express';
import { z } from 'zod';
import { ApiRefusal, channelFor, json, read, threadFor, writableFor, type Call } from './api-arguments.ts';
import type { Cloud } from './cloud.ts';
import { BOT } from './directory.ts';
import { apiFile } from './files.ts';

/** Slack takes more; no file here is as large. */
const MOST_BYTES = 5_000_000;
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  csv: 'text/csv',
  pdf: 'application/pdf',
  txt: 'text/plain',
};

const typeOf = (name: string): string => TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';

/** https://docs.slack.dev/reference/methods/files.info */
export const info = (call: Call): object => {
  const { file: id } = read(z.object({ file: z.string() }), call);
  const file = call.cloud.files.get(id);
  if (!file) throw new ApiRefusal('file_not_found');
  const at = `${call.baseUrl}/playground/files/${id}/${encodeURIComponent(file.name)}`;
  return { file: { ...apiFile(file), url_private_download: at } };
};

export const getUploadUrl = (call: Call): object => {
  const { filename, length } = read(
    z.object({ filename: z.string().min(1).max(255), length: z.coerce.number().int() }),
    call,
  );
  if (length < 1 || length > MOST_BYTES)
    throw new ApiRefusal(length < 1 ? 'invalid_arguments' : 'file_upload_size_restricted');
  const file_id = call.cloud.newId('F');
  call.cloud.uploads.set(file_id, { name: filename, length });
  return { file_id, upload_url: `${call.baseUrl}/playground/upload/${file_id}` };
};

export const completeUpload = (call: Call): object => {
  const args = read(
    z.object({
      files: json.pipe(z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1)),
      channel_id: z.string().optional(),
      initial_comment: z.string().optional(),
      thread_ts: z.string().optional(),
    }),
    call,
  );
  const { cloud } = call;
  const found = args.files.map(({ id, title }) => {
    const upload = cloud.uploads.get(id);
    if (upload?.bytes?.length !== upload?.length || !upload?.bytes) throw new ApiRefusal('file_not_found');
    return { id, title: title ?? upload.name, name: upload.name, bytes: upload.bytes };
  });
  // A person's id names no channel here: the app opens the conversation first.
  const channel = args.channel_id === undefined ? undefined : writableFor(call, channelFor(call, args.channel_id).id);
  const thread = channel && threadFor(call, channel, args.thread_ts);
  for (const { id, name, bytes } of found) {
    cloud.files.put({ id, user: BOT.user, name, mimetype: typeOf(name) }, bytes);
    cloud.uploads.delete(id);
  }
  if (channel) {
    const files = found.map(({ id, name }) => ({ id, name }));
    cloud.post({ channel: channel.id, author: BOT.user, text: args.initial_comment ?? '', thread, files });
  }
  return { files: found.map(({ id, title }) => ({ id, title })) };
};

/** `POST /:id`: the file's bytes, raw or as a form. */
export const uploadRoutes = (cloud: Cloud): Router => {
  const router = express.Router();
  router.post('/:id', express.raw({ type: () => true, limit: MOST_BYTES }), async (request, response) => {
    const upload = cloud.uploads.get(request.params.id);
    const body: unknown = request.body;
    if (!upload || !Buffer.isBuffer(body)) {
      response.status(404).type('text').send('not found');
      return;
    }
    const type = request.get('content-type') ?? '';
    const form = type.startsWith('multipart/form-data')
      ? await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
      : undefined;
    const part = form && [...form.values()][0];
    const bytes = typeof part === 'object' ? Buffer.from(await part.arrayBuffer()) : body;
    upload.bytes = bytes;
    response.type('text').send(`OK - ${bytes.length}`);
  });
  return router;
};
