/** Everything that this version knows of the stored register of the files. A new event or member goes in here too. */

import type { FileRefusal, FilesEvent, FilesState, ProductChange, SeatChange } from '../registers/files.ts';
import type { MovedAccount } from '../registers/organisation-changes.ts';
import type { Change, FileOf, Said, Since } from '../registers/said.ts';
import type { Known, Shape } from './shape.ts';
import { everyChat } from './shapes.ts';

const fileOf: Shape<FileOf> = { oneOf: { organisation: true, policy: true } };
const taken = { has: { hash: true, at: true } } as const;
const refused: Shape<FileRefusal> = { has: { text: true, problems: true, at: true } };
const seat: Shape<SeatChange> = { has: { person: true, group: true, is: { oneOf: { gained: true, lost: true } } } };
const movedAccount: Shape<MovedAccount> = {
  has: { account: { oneOf: { ...everyChat, email: true } }, from: true, to: true },
};
const productChange: Shape<ProductChange> = {
  has: {
    product: true,
    name: true,
    is: { oneOf: { added: true, removed: true, renamed: true, changed: true } },
    was: true,
  },
};

const said: Shape<Said> = { each: true };
const change: Shape<Change> = { has: { path: true, item: true, was: true, is: true, since: true } };
const saidOf = { has: { hash: true, said } } as const;
const since: Shape<Since> = { each: true };

export const knownFiles: Known<FilesState, FilesEvent> = {
  format: 3,
  state: {
    has: {
      taken: { has: { organisation: taken, policy: taken } },
      refused: { has: { organisation: refused, policy: refused } },
      accounts: { each: true },
      places: {
        has: {
          at: true,
          person: true,
          is: { oneOf: { joined: true, left: true, account: true, managed: true } },
          group: true,
          was: true,
        },
      },
      reach: { has: { full: true, short: true } },
      says: { has: { organisation: saidOf, policy: saidOf } },
      since: { has: { organisation: since, policy: since } },
    },
  },
  events: {
    ReachNoted: { full: true, short: true },
    FileTaken: {
      of: fileOf,
      hash: true,
      changes: change,
      says: said,
      seats: seat,
      moved: movedAccount,
      products: productChange,
      first: true,
      corrected: true,
      accounts: { each: true },
      forgotten: true,
    },
    FileRefused: { of: fileOf, text: true, problems: true },
  },
};
