/** Plays in which whatever is said names somebody, or something, beside it. */

import type { Registers } from '../../src/streams/registers.ts';
import { registersTold } from './late-words-heard.ts';
import { TOKEN, type Play } from './said-matrix-play.ts';

const TO_TOKEN = new RegExp(`(?:[\\w.]+ ){0,14}${TOKEN}`, 'g');

const naming =
  (names: string) =>
  <T>(said: T): T =>
    JSON.parse(JSON.stringify(said), (_, one) =>
      typeof one === 'string' ? one.replace(TO_TOKEN, `${TOKEN} ${names}`) : one,
    ) as T;

/** The same registers, where whatever is said names them. */
export const namingRegisters = (registers: Registers, names: string): Registers =>
  registersTold(registers, naming(names));

export const namingPlay = (play: Play, names: string): Play => {
  const named = naming(names);
  return {
    ...play,
    does: (by, command) =>
      play.does(by, typeof command === 'function' ? (view) => named(command(view)) : named(command)),
    tries: (by, command) => play.tries(by, named(command)),
    gives: (by, section, change = {}, type, why) =>
      play.gives(by, section, named(change), type, why === undefined ? why : named(why)),
    corrects: (by, change, reason) => play.corrects(by, (now) => named(change(now)), named(reason)),
    register: (act, by) => play.register((registers, ask) => act(namingRegisters(registers, names), ask), by),
  };
};
