/** The Bot Connector's refusals: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis */

/** Answered as `{ error: { code, message } }`. */
export class ConnectorRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ConnectorRefusal';
    this.status = status;
    this.code = code;
  }
}

export const badSyntax = (message: string): ConnectorRefusal => new ConnectorRefusal(400, 'BadSyntax', message);

export const noConversation = (): ConnectorRefusal =>
  new ConnectorRefusal(404, 'ConversationNotFound', 'Conversation not found.');

export const noActivity = (): ConnectorRefusal =>
  new ConnectorRefusal(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.');

export const noMember = (): ConnectorRefusal =>
  new ConnectorRefusal(404, 'MemberNotFoundInConversation', 'The member was not found in the conversation.');

export const notInstalled = (): ConnectorRefusal =>
  new ConnectorRefusal(403, 'ForbiddenOperationException', 'The bot is not installed in the user’s personal scope.');

export const notInRoster = (): ConnectorRefusal =>
  new ConnectorRefusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');

export const notYours = (): ConnectorRefusal =>
  new ConnectorRefusal(403, 'NotEnoughPermissions', 'The bot may change its own messages only.');

export const tooBig = (): ConnectorRefusal => new ConnectorRefusal(413, 'MessageSizeTooBig', 'Message size too large.');
