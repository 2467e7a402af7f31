/** A play that stops right before somebody says what its row is about. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Registers } from '../../src/streams/registers.ts';
import type { Play } from './said-matrix-play.ts';
import { TOKEN } from './said-matrix-play.ts';
import { voteOf } from './story.ts';

/** What is said: a word of its own, or an answer or a name that others replace. */
const SAID = new RegExp(`${TOKEN}|"H-RF8":\\{"value":"yes"|"kind":"security"|"destination":"SE"`);

const isSaid = (act: unknown): boolean => SAID.test(JSON.stringify(act));

/** The same act on the deal as it is now. */
const onNow = (command: DealCommand, view: DealView): DealCommand => {
  if (command.type === 'CastVote') return voteOf(view, command.ballot);
  const { deal } = view;
  if (command.type === 'AskForInformation' && deal.status === 'deciding') return { ...command, step: deal.step };
  return command;
};

/** The same registers, each command as `told` makes it. */
export const registersTold = (registers: Registers, told: <T>(command: T) => T | Promise<T>): Registers =>
  new Proxy(registers, {
    get: (all, name: keyof Registers) => {
      const one = all[name];
      if (typeof one !== 'object' || !('handle' in one)) return one;
      const { handle } = one as { handle: (command: unknown, ask: unknown) => Promise<unknown> };
      return { ...one, handle: async (command: unknown, ask: unknown) => handle(await told(command), ask) };
    },
  });

/** `before`: what is done before it is said, and told what is said. */
export const stopping = (play: Play, before: (act: unknown) => Promise<void>): Play => {
  let done = false;
  const hears = async (act: unknown): Promise<boolean> => {
    if (done || !isSaid(act)) return false;
    done = true;
    await before(act);
    return true;
  };
  const commandFor: (command: Parameters<Play['does']>[1]) => Promise<DealCommand> = async (command) => {
    const make = async (): Promise<DealCommand> =>
      typeof command === 'function' ? command(await play.view()) : command;
    const made = await make();
    return (await hears(made)) ? onNow(await make(), await play.view()) : made;
  };
  const registersOf = (registers: Registers): Registers =>
    registersTold(registers, async (command) => {
      await hears(command);
      return command;
    });
  return {
    ...play,
    does: async (by, command) => play.does(by, await commandFor(command)),
    tries: async (by, command) => play.tries(by, await commandFor(command)),
    gives: async (...all) => {
      await hears(all);
      await play.gives(...all);
    },
    corrects: async (by, change, reason) => {
      await hears([change((await play.view()).deal.details), reason]);
      await play.corrects(by, change, reason);
    },
    register: (act, by) => play.register((registers, ask) => act(registersOf(registers), ask), by),
  };
};
