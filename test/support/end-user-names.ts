/** Names of authorities and companies, generated as they are called in life: each is another's. The same in each run. */

import { COUNTRY_CODES, countryName } from '../../flows/countries.ts';
import { chance } from '../bench/deals.ts';

const STARTS = 'Ka Lo Mi Ber Zan Tor Ve Shi Na Gur Pel Dov Ra Sten Qui Mo Fal Ha Bri Jun Wey Op Es Ul'.split(' ');
const MIDDLES = 'lom ba ri tan go vel shi du ner ka po lis men to ra fi zu'.split(' ');
const ENDS = 'bero da ton ville rik mar sk ova gard ne lia bu han stan dorf wick'.split(' ');
const TASKS =
  'Police,Border Guard,Army,Customs,Coast Guard,Ministry of Interior,Prison Service,Frontier Rangers,Marines,Telecom,Port Authority,City Council,University Hospital,Intelligence Service,Road Agency,Gendarmerie'.split(
    ',',
  );
const TRADES = 'Trading,Telecom,Systems,Security,Airports,Logistics,Bank,Water,Energy,Media'.split(',');
const FORMS = ['Royal', 'National', 'State', 'Federal', 'Central', 'General Directorate of the', 'Sample'];

/** Returns so many names, no two of which are of one body: they differ in a place, a name of their own, or a task. */
export const endUserNames = (count: number): string[] => {
  const random = chance(7);
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const town = (): string => `${one(STARTS)}${one(MIDDLES)}${one(ENDS)}`;
  const country = (): string => countryName(one(COUNTRY_CODES)) ?? '';
  const kinds: readonly (() => [identity: string, name: string])[] = [
    () => {
      const [where, task] = [town(), one(TASKS)];
      return [`${where} ${task}`, `${where} ${task}`];
    },
    () => {
      const [where, task] = [country(), one(TASKS)];
      return [`${where} ${task}`, `${one(FORMS)} ${task} of ${where}`];
    },
    () => {
      const [where, task, first] = [town(), one(TASKS), one(FORMS)];
      return [`${where} ${task}`, `${first} ${task}, ${where}`];
    },
    () => {
      const [own, other, trade] = [town(), town(), one(TRADES)];
      return [`${own} ${other} ${trade}`, `${own} ${other} ${trade} ${one(['Ltd', 'Group', 'GmbH', ''])}`.trim()];
    },
  ];
  const names = new Map<string, string>();
  while (names.size < count) {
    const [identity, name] = one(kinds)();
    if (!names.has(identity)) names.set(identity, name);
  }
  return [...names.values()];
};
