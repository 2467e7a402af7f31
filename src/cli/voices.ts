/** `clearthread voices`: the page on which people report misuse, and its handlers. */

import { join, resolve } from 'node:path';
import { addDays } from 'date-fns/addDays';
import { z } from 'zod';
import type { Organisation } from '../../flows/organisation.ts';
import { dayOf } from '../../flows/voices/days.ts';
import { HANDLERS_NEEDED, isActive } from '../../flows/voices/vouching.ts';
import { listenAddress, pagesOrigin, type ListenAddress } from '../config/addresses.ts';
import { loadOrganisation, sampleOrganisationFile } from '../config/organisation-file.ts';
import { createLogger } from '../log.ts';
import { VoicesStoreProblem } from '../voices/database.ts';
import { cleaningProblem, createCleaner } from '../voices/files/cleaner.ts';
import { createHandlers } from '../voices/handlers.ts';
import { ownPrint } from '../voices/signed-receipt.ts';
import { openVoicesStore, type VoicesStore } from '../voices/store.ts';
import { ownTexts, textsIn, type Texts } from '../voices/texts.ts';
import { startVoices, VoicesStartProblem } from '../voices/voices.ts';
import { command, onlyWord, Unusable } from './command.ts';
import type { CliIo } from './io.ts';
import { printable } from './text.ts';

const SETTINGS = `Settings (environment variables)
  CLEARTHREAD_ORGANISATION         organisation file: name, products, and its part "voices". Unset: practice
  CLEARTHREAD_VOICES_DIR           folder of its store, apart from the bot's; unset: ./data/voices
  CLEARTHREAD_VOICES_PAGE          where the public page listens; unset: 127.0.0.1:3001
  CLEARTHREAD_VOICES_ROOM          where the case room listens; unset: 127.0.0.1:3002
  CLEARTHREAD_VOICES_ROOM_URL      the address at which handlers open it; unset: http://localhost:3002
  CLEARTHREAD_VOICES_TEXTS         words of the public page: en, es, or a file of your own like those; unset: en.
                                   Several, such as en,es: the first at its address, the others linked there`;

const HELP = `Usage: clearthread voices [--help]

Opens the page on which people report that a product is used to harm somebody, and the case room in which handlers read
and answer. It is a process of its own, never part of a bot, and keeps a store of its own.

Not for real reports until auditors from outside have looked at it.

Reports are taken once two handlers are there: "clearthread voices invite" first. Without an organisation file the page
is for practice, and says so.

${SETTINGS}

Exit code: 0 ended as told, 2 it could not start.`;

const INVITE_HELP = `Usage: clearthread voices invite --name NAME --role ROLE
       clearthread voices invite --again ID

Prints a link, good for seven days and for one person, with which they become a handler: they make a passkey and a key
of their own in their browser. Another handler compares the key and vouches for it; until then nothing is sealed to them.
People who report see the name and the role. While two handlers are there already, two have to vouch for a new one.

With --again that handler, who lost their key, passphrase or passkey, makes new ones under the same name. Once two other
handlers have compared the new key and vouched for it, the old one ends, and they seal the cases to the new one.

${SETTINGS}

Exit code: 0 invited, 1 there is no such handler, 2 it could not be done.`;

const HANDLERS_HELP = `Usage: clearthread voices handlers [--help]

Lists the handlers: who is vouched for by whom, and who left.

${SETTINGS}

Exit code: 0 reports can be taken, 1 fewer than two can read, 2 it could not be done.`;

const LEAVE_HELP = `Usage: clearthread voices leave ID

From now on nothing more is sealed to that handler, and they can't sign in. Their passkey opens nothing any more; whoever has a
copy of the store and their passphrase can still read what was sealed to them before.

${SETTINGS}

Exit code: 0 done, 1 there is no such handler or they left before, 2 it could not be done.`;

/** Reads one setting. Throws Unusable with what to set. */
const settingIn = <T>(schema: z.ZodType<T>, value: string): T => {
  const read = schema.safeParse(value);
  if (!read.success) throw new Unusable(read.error.issues[0]?.message ?? 'A setting is not understood.');
  return read.data;
};

const addressOf = (env: CliIo['env'], name: string, usual: string): ListenAddress =>
  settingIn(listenAddress(`Set ${name} to an address and a port, for example ${usual}.`), env[name]?.trim() || usual);

const ROOM_WORDS =
  'Set CLEARTHREAD_VOICES_ROOM_URL to the address at which handlers open the case room, such as https://cases.example.com, without a path. It must be a name, and https (http only at localhost or an onion service).';

interface Where {
  folder: string;
  page: ListenAddress;
  room: ListenAddress;
  roomOrigin: string;
  organisationFile: string | undefined;
  /** Languages or files, with commas between them. */
  texts: string;
}

const whereIn = (env: CliIo['env']): Where => {
  const room = addressOf(env, 'CLEARTHREAD_VOICES_ROOM', '127.0.0.1:3002');
  return {
    folder: resolve(env['CLEARTHREAD_VOICES_DIR']?.trim() || join(env['DATA_DIR']?.trim() || 'data', 'voices')),
    page: addressOf(env, 'CLEARTHREAD_VOICES_PAGE', '127.0.0.1:3001'),
    room,
    roomOrigin: settingIn(
      pagesOrigin(ROOM_WORDS, { onion: true }),
      env['CLEARTHREAD_VOICES_ROOM_URL']?.trim() || `http://localhost:${room.port}`,
    ),
    organisationFile: env['CLEARTHREAD_ORGANISATION']?.trim() || undefined,
    texts: env['CLEARTHREAD_VOICES_TEXTS']?.trim() || 'en',
  };
};

/** Turns what can go wrong with the store or a port into a sentence. */
const asked = async <T>(run: () => Promise<T> | T): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof VoicesStoreProblem || error instanceof VoicesStartProblem) throw new Unusable(error.message);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^(?:E[A-Z]+|SQLITE_[A-Z_]+)$/.test(code)) {
      throw new Unusable(
        `The store of the voices could not be opened (${code}). Set CLEARTHREAD_VOICES_DIR to a folder that you may write.`,
      );
    }
    throw error;
  }
};

const withVoices = <T>({ folder }: Where, use: (store: VoicesStore) => T): Promise<T> =>
  asked(() => {
    const store = openVoicesStore(folder);
    try {
      return use(store);
    } finally {
      store.close();
    }
  });

const organisationIn = ({ organisationFile }: Where): Organisation =>
  loadOrganisation(organisationFile ?? sampleOrganisationFile);

/** Throws Unusable, and FileProblem. */
const textsFor = (asked: string, own: readonly Texts[]): Texts => {
  const found = own.find(({ language }) => language === asked);
  if (found) return found;
  if (/\.ya?ml$/i.test(asked)) return textsIn(resolve(asked));
  throw new Unusable(
    `Set CLEARTHREAD_VOICES_TEXTS to ${own.map(({ language }) => language).join(', ')}, or to a file of your own such as voices-fr.yml.`,
  );
};

const languagesFor = (asked: string): Texts[] => {
  const own = ownTexts();
  const all = asked.split(',').map((one) => textsFor(one.trim(), own));
  const twice = all.find(({ language }, n) => all.findIndex((other) => other.language === language) < n);
  if (twice) throw new Unusable(`CLEARTHREAD_VOICES_TEXTS names ${twice.language} twice.`);
  return all;
};

const NOT_AUDITED = 'Not for real reports until auditors from outside have looked at it.';

const ended = (): Promise<void> =>
  new Promise((resolve_) => {
    process.once('SIGTERM', () => resolve_());
    process.once('SIGINT', () => resolve_());
  });

const run = async (where: Where, io: CliIo): Promise<number> => {
  const practice = where.organisationFile === undefined;
  const languages = languagesFor(where.texts);
  const voices = await asked(() =>
    startVoices({
      folder: where.folder,
      organisation: organisationIn(where),
      page: where.page,
      room: where.room,
      roomOrigin: where.roomOrigin,
      practice,
      languages,
      logger: createLogger('info', undefined, { time: 'day' }),
    }),
  );
  io.err(`People report at ${voices.pageUrl}`);
  io.err(`Handlers work at ${where.roomOrigin} (${voices.roomUrl})`);
  io.err(practice ? 'Practice: nobody reads this.' : NOT_AUDITED);
  for (const { unread } of languages) if (unread !== undefined) io.err(printable(unread));
  const problem = await cleaningProblem(createCleaner());
  if (problem !== undefined) io.err(problem);
  await ended();
  await voices.stop();
  return 0;
};

export const voicesStart = command({ help: HELP, options: {}, read: (_given, env) => whereIn(env), run });

const shortText = z.string().trim().min(1).max(80);

type Invited = { name: string; role: string } | { again: string };

const invite = ({ where, who }: { where: Where; who: Invited }, io: CliIo): Promise<number> =>
  withVoices(where, (store) => {
    const handlers = createHandlers(store);
    const before = 'again' in who ? handlers.active().find(({ id }) => id === who.again) : undefined;
    if ('again' in who && !before) {
      io.err(
        printable(
          `There is no handler ${who.again} to whom reports are sealed. "clearthread voices handlers" lists them.`,
        ),
      );
      return 1;
    }
    const { name, role } = 'again' in who ? { name: '', role: '', ...before } : who;
    const until = dayOf(addDays(new Date(), 7));
    const { id, token } = handlers.invite({ name, role, until, instead: before?.id });
    io.out(`${where.roomOrigin}/#invite=${token}`);
    io.err(printable(`For ${name} alone (${id}), until ${until}. Send it on a way that nobody else reads.`));
    return 0;
  });

export const voicesInvite = command({
  help: INVITE_HELP,
  options: { name: { type: 'string' }, role: { type: 'string' }, again: { type: 'string' } },
  read: ({ values }, env) => {
    const where = whereIn(env);
    if (values.again !== undefined && values.name === undefined && values.role === undefined) {
      return { where, who: { again: values.again } };
    }
    const name = shortText.safeParse(values.name ?? '');
    const role = shortText.safeParse(values.role ?? '');
    if (values.again !== undefined || !name.success || !role.success) {
      throw new Unusable(
        'Say who: --name "Sample Handler" --role "Ombudsperson", at most 80 characters each; or --again h-3f9a2b alone.',
      );
    }
    return { where, who: { name: name.data, role: role.data } };
  },
  run: invite,
});

const list = (where: Where, io: CliIo): Promise<number> =>
  withVoices(where, (store) => {
    const handlers = createHandlers(store);
    const all = handlers.all();
    const nameOf = (id: string): string => all.find((one) => one.id === id)?.name ?? id;
    for (const handler of all) {
      const { id, name, role, enrolled, vouched, also, instead, left } = handler;
      const by = [vouched, also].flatMap((one) => (one ? `${nameOf(one.by)} on ${one.day}` : []));
      const words = by.length > 0 ? `vouched for by ${by.join(' and ')}` : 'nobody has vouched for them yet';
      const anew = instead === undefined ? '' : `, in place of ${instead}`;
      const state = `${words}${by.length > 0 && !isActive(handler) ? ', and another one has to' : ''}${anew}`;
      io.out(
        printable(`${id}  ${name}, ${role}: since ${enrolled}, ${left === undefined ? state : `left on ${left}`}`),
      );
    }
    const ready = handlers.active().length;
    if (ready < HANDLERS_NEEDED)
      io.err(`Reports are taken once two can read them; ${ready === 1 ? 'one can' : 'nobody can yet'}.`);
    return ready < HANDLERS_NEEDED ? 1 : 0;
  });

export const voicesHandlers = command({
  help: HANDLERS_HELP,
  options: {},
  read: (_given, env) => whereIn(env),
  run: list,
});

const leave = ({ where, id }: { where: Where; id: string }, io: CliIo): Promise<number> =>
  withVoices(where, (store) => {
    if (!createHandlers(store).leave(id, dayOf(new Date()))) {
      io.err(printable(`There is no handler ${id}, or they left before. "clearthread voices handlers" lists them.`));
      return 1;
    }
    io.out(printable(`${id} left. Nothing more is sealed to them.`));
    return 0;
  });

export const voicesLeave = command({
  help: LEAVE_HELP,
  options: {},
  words: true,
  read: (given, env) => ({ where: whereIn(env), id: onlyWord(given, 'Name one handler, such as h-3f9a2b.') }),
  run: leave,
});

const KEY_HELP = `Usage: clearthread voices key [--help]

Prints the print of the key that signs receipts. Publish it where it can't be changed unseen: with it, anybody can check a
receipt by "clearthread voices verify-receipt".

${SETTINGS}

Exit code: 0 printed, 2 it could not be done.`;

export const voicesKey = command({
  help: KEY_HELP,
  options: {},
  read: (_given, env) => whereIn(env),
  run: (where, io) =>
    withVoices(where, ({ receiptKey }) => {
      io.out(ownPrint(receiptKey));
      return 0;
    }),
});
