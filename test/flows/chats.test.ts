import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ALL_CHATS, chatOf, CHATS, chatWith } from '../../flows/chats.ts';
import { readSource } from '../support/source-text.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe("a conversation's chat", () => {
  it.each([
    ['C0CLEARANCE1', 'slack'],
    ['D0123', 'slack'],
    ['19:dealclearance@thread.tacv2', 'teams'],
    ['19:one_two@unq.gbl.spaces', 'teams'],
    ['a:1Vf-x', 'teams'],
  ])('%s is of %s', (id, chat) => {
    expect(chatOf(id)).toBe(chat);
    expect(ALL_CHATS.filter((each) => CHATS[each].conversation.test(id))).toEqual([chat]);
  });

  it.each(['', 'general', 'c0clearance1', '!room:matrix.example', '__proto__'])('%j is of none, and a fault', (id) => {
    expect(chatWith(id)).toBeUndefined();
    expect(() => chatOf(id)).toThrow('no known chat');
  });
});

describe('a chat is spelled', () => {
  /** Code of one chat may spell its name freely. */
  const OWN =
    /^(?:src\/(?:slack|teams|playground)\/|blocks\/(?:slack|teams)\/|src\/cli\/teams\.ts$|src\/config\/(?:slack|teams)\.ts$)/;
  const SPELLED = [
    /(['"`])(?:slack|teams)\1/,
    // A member of that name, but not the host of a link or a file's name.
    /(?<![\w-])(?:slack|teams)\??:(?!\/)/,
    /[\w\])]\??\.(?:slack|teams)\b(?!\.(?:ts|com|microsoft))/,
  ];
  const spelling = ['src', 'flows', 'blocks', 'store'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .map((name) => `${room}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts') && !OWN.test(path))
      .filter((path) => {
        const { code, strings } = readSource(readFileSync(join(root, path), 'utf8'));
        return SPELLED.some((pattern) => pattern.test(code)) || strings.some((text) => /^(?:slack|teams)$/.test(text));
      }),
  );

  it('in one table, and where the compiler asks for one of each', () => {
    expect(spelling.toSorted()).toEqual([
      'flows/chats.ts',
      'src/chats.ts',
      'src/config/config.ts',
      'src/config/organisation-file.ts',
      'src/startup/playground.ts',
    ]);
  });
});
