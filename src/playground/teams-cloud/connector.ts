/** The Bot Connector's REST API, the part that the Teams SDK calls: https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference */

import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import type { Logger } from '../../log.ts';
import type { Activity } from './activities.ts';
import { checkCard } from './card-check.ts';
import type { TeamsCloud } from './cloud.ts';
import {
  badSyntax,
  ConnectorRefusal,
  noActivity,
  noConversation,
  noMember,
  notInRoster,
  notInstalled,
  notYours,
  tooBig,
} from './connector-answers.ts';
import { BOT, personalId, TENANT, type Conversation, type TeamsUser } from './directory.ts';
import type { Tokens } from './tokens.ts';

/** Teams takes about 100 KB, part of which is its own. */
const MOST_BYTES = 80 * 1024;
export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

const given = z.object({
  type: z.enum(['message', 'typing']),
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown', 'xml']).optional(),
  attachments: z
    .array(z.strictObject({ contentType: z.string(), content: z.unknown(), name: z.string().optional() }))
    .optional(),
  entities: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).optional(),
});

const wanted = z.object({
  members: z.array(z.object({ id: z.string() })).length(1),
  tenantId: z.string().optional(),
  channelData: z.object({ tenant: z.object({ id: z.string() }).optional() }).optional(),
  isGroup: z.literal(false).optional(),
  activity: z.unknown().optional(),
});

interface MessagePlace {
  conversation: Conversation;
  thread: string | undefined;
}

const apiMember = (user: TeamsUser): object => ({
  id: user.mri,
  objectId: user.id,
  aadObjectId: user.id,
  name: user.name,
  givenName: user.name.split(' ', 1)[0],
  surname: user.name.split(' ').slice(1).join(' '),
  email: user.email,
  userPrincipalName: user.userPrincipalName,
  tenantId: TENANT.id,
  userRole: user.guest ? 'guest' : 'user',
});

export const connector = (cloud: TeamsCloud, tokens: Tokens, trouble: RequestHandler, logger: Logger): Router => {
  /** Parses `{id}` or, in a channel, `{id};messageid={root}`. */
  const placeOf = (raw: string): MessagePlace => {
    const [, id = raw, thread] = /^(.*?);messageid=(\d+)$/.exec(raw) ?? [];
    const conversation = cloud.conversation(id);
    if (!conversation) throw noConversation();
    if (thread !== undefined && (conversation.kind !== 'channel' || !cloud.activities.get(id, thread))) {
      throw noConversation();
    }
    const [owner] = conversation.kind === 'personal' ? conversation.members : [];
    if (owner !== undefined && !cloud.isIn(conversation, owner)) throw noConversation();
    if (owner !== undefined && cloud.users.get(owner)?.hasApp !== true) throw notInRoster();
    return { conversation, thread };
  };

  const contentOf = (raw: unknown): Pick<Activity, 'text' | 'card'> & { typing: boolean } => {
    const parsed = given.safeParse(raw);
    if (!parsed.success) throw badSyntax(`Bad activity: ${z.prettifyError(parsed.error)}`);
    const { type, text = '', attachments = [], entities = [] } = parsed.data;
    const [first, ...more] = attachments;
    if (type === 'typing') return { text: '', card: undefined, typing: true };
    if (text === '' && !first) throw badSyntax('Activity must have text or attachments.');
    if (more.length > 0) throw badSyntax('The playground shows one card a message.');
    for (const entity of entities) {
      if (entity.type === 'mention' && !text.includes(entity.text ?? '\0')) {
        throw badSyntax('Mention text must occur in the text of the message.');
      }
    }
    if (!first) return { text, card: undefined, typing: false };
    if (first.contentType !== CARD_TYPE) throw badSyntax(`Unknown attachment type ${first.contentType}.`);
    const checked = checkCard(first.content, 'message');
    if (!checked.ok) {
      logger.warn('playground.teams-card-refused', { count: checked.problems.length });
      throw badSyntax(`Failed to parse the card: ${checked.problems.join('; ')}`);
    }
    return { text, card: checked.card, typing: false };
  };

  const post = ({ conversation, thread }: MessagePlace, raw: unknown): string => {
    const { typing, ...content } = contentOf(raw);
    if (typing) return cloud.activities.newId();
    return cloud.post({ conversation: conversation.id, author: BOT.id, thread, ...content }).id;
  };

  const own = (request: Request<{ conversation: string; activity: string }>): Activity => {
    const { conversation } = placeOf(request.params.conversation);
    const found = cloud.activities.get(conversation.id, request.params.activity);
    if (!found) throw noActivity();
    if (found.author !== BOT.id) throw notYours();
    return found;
  };

  const membersOf = ({ conversation }: MessagePlace): TeamsUser[] =>
    [...cloud.users.values()].filter((u) => cloud.isIn(conversation, u.id));

  const router = express.Router();
  router.use((request, response, next) => {
    const token = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    if (token !== undefined && tokens.isBots(token)) next();
    else response.status(401).json({ error: { code: 'Unauthorized', message: 'Authorization has been denied.' } });
  });
  router.use(trouble);
  router.use(express.json({ limit: MOST_BYTES }));

  router.post('/v3/conversations', (request, response) => {
    const parsed = wanted.safeParse(request.body);
    if (!parsed.success) throw badSyntax(`Bad conversation: ${z.prettifyError(parsed.error)}`);
    const { members, tenantId, channelData, activity } = parsed.data;
    if ((tenantId ?? channelData?.tenant?.id) !== TENANT.id) throw badSyntax('Unknown tenant.');
    const user = cloud.user(members[0]?.id ?? '');
    if (!user || user.left) throw new ConnectorRefusal(404, 'UserNotFound', 'The user was not found in the tenant.');
    if (!user.hasApp) throw notInstalled();
    const id = personalId(user.id);
    const activityId = activity === undefined ? undefined : post(placeOf(id), activity);
    response.status(201).json({ id, activityId });
  });
  router.post('/v3/conversations/:conversation/activities', (request, response) => {
    response.status(201).json({ id: post(placeOf(request.params.conversation), request.body) });
  });
  router.put('/v3/conversations/:conversation/activities/:activity', (request, response) => {
    const found = own(request);
    const { text, card, typing } = contentOf(request.body);
    if (typing) throw badSyntax('Only messages can be edited.');
    cloud.edit({ ...found, text, card });
    response.json({ id: found.id });
  });
  router.delete('/v3/conversations/:conversation/activities/:activity', (request, response) => {
    cloud.remove(own(request));
    response.json({});
  });
  router.get('/v3/conversations/:conversation/members', (request, response) => {
    response.json(membersOf(placeOf(request.params.conversation)).map(apiMember));
  });
  router.get('/v3/conversations/:conversation/pagedMembers', (request, response) => {
    const { pageSize = 200, continuationToken = 0 } = z
      .object({ pageSize: z.coerce.number().int().min(1), continuationToken: z.coerce.number().int().min(0) })
      .partial()
      .parse(request.query);
    const all = membersOf(placeOf(request.params.conversation));
    const end = continuationToken + Math.min(Math.max(pageSize, 50), 500);
    response.json({
      members: all.slice(continuationToken, end).map(apiMember),
      ...(end < all.length && { continuationToken: String(end) }),
    });
  });
  router.get('/v3/conversations/:conversation/members/:member', (request, response) => {
    const { conversation } = placeOf(request.params.conversation);
    const user = cloud.user(request.params.member);
    if (!user || !cloud.isIn(conversation, user.id)) throw noMember();
    response.json(apiMember(user));
  });
  router.use((request, response) => {
    response.status(404).json({ error: { code: 'NotFound', message: `No such operation: ${request.method}.` } });
  });

  const failed: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const bad = z.object({ status: z.int().min(400).max(499) }).safeParse(error);
    const refusal =
      error instanceof ConnectorRefusal
        ? error
        : bad.data?.status === 413
          ? tooBig()
          : bad.success
            ? badSyntax('The request cannot be read.')
            : new ConnectorRefusal(500, 'InternalServerError', 'An error has occurred.');
    if (refusal.status === 500) logger.error('playground.connector-failed', { error });
    response.status(refusal.status).json({ error: { code: refusal.code, message: refusal.message } });
  };
  router.use(failed);
  return router;
};
