/** MongoDB's wire protocol, as far as its driver uses it: OP_MSG, and the OP_QUERY that a handshake may begin with. */

import { BSON, type Document } from 'mongodb';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;

export interface Request {
  id: number;
  opCode: number;
  command: Document;
  /** False if the client expects no answer. */
  answered: boolean;
}

/** Cuts a stream of bytes into messages. */
export const messagesOf = (): ((bytes: Buffer) => Buffer[]) => {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const whole: Buffer[] = [];
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      whole.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return whole;
  };
};

const docAt = (message: Buffer, at: number): { doc: Document; end: number } => {
  const end = at + message.readInt32LE(at);
  return { doc: BSON.deserialize(message.subarray(at, end)), end };
};

const cstring = (message: Buffer, at: number): { text: string; end: number } => {
  const end = message.indexOf(0, at);
  return { text: message.toString('utf8', at, end), end: end + 1 };
};

const readMsg = (message: Buffer): Pick<Request, 'command' | 'answered'> => {
  const flags = message.readUInt32LE(HEADER);
  if ((flags & ~(MORE_TO_COME | EXHAUST_ALLOWED | CHECKSUM)) !== 0) throw new Error(`Unknown OP_MSG flags ${flags}.`);
  if ((flags & CHECKSUM) !== 0) throw new Error('Checksums are not read here.');
  let command: Document = {};
  for (let at = HEADER + 4; at < message.length;) {
    const kind = message[at];
    if (kind === 0) {
      const { doc, end } = docAt(message, at + 1);
      command = { ...doc, ...command };
      at = end;
    } else if (kind === 1) {
      const sectionEnd = at + 1 + message.readInt32LE(at + 1);
      const { text: name, end } = cstring(message, at + 5);
      const docs: Document[] = [];
      for (let next = end; next < sectionEnd;) {
        const read = docAt(message, next);
        docs.push(read.doc);
        next = read.end;
      }
      command[name] = docs;
      at = sectionEnd;
    } else throw new Error(`Unknown OP_MSG section ${kind}.`);
  }
  return { command, answered: (flags & MORE_TO_COME) === 0 };
};

export const readRequest = (message: Buffer): Request => {
  const id = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return { id, opCode, ...readMsg(message) };
  if (opCode !== OP_QUERY) throw new Error(`Unknown op code ${opCode}.`);
  const { end } = cstring(message, HEADER + 4);
  return { id, opCode, command: docAt(message, end + 8).doc, answered: true };
};

export const writeReply = (to: Request, reply: Document): Buffer => {
  const body = BSON.serialize(reply);
  const isMsg = to.opCode === OP_MSG;
  const head = Buffer.alloc(HEADER + (isMsg ? 5 : 20));
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(to.id, 8);
  head.writeInt32LE(isMsg ? OP_MSG : OP_REPLY, 12);
  if (!isMsg) head.writeInt32LE(1, HEADER + 16);
  return Buffer.concat([head, body]);
};
