/** Channels in which deals are cleared, in words for whoever may not open a deal: its card there says how it stands. */

import { elsewhereWords, othersWords } from '../../blocks/cards/help.ts';
import { ALL_CHATS, CHATS } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import { searchesIn } from '../../flows/lists/plain-questions.ts';
import {
  clearanceChannelsIn,
  isClearanceChannel,
  membersOf,
  mirrorOf,
  readsAll,
  type Organisation,
} from '../../flows/organisation.ts';
import type { Place } from '../edge/interaction.ts';

interface Channel {
  id: string;
  name: string;
}

const [FIRST_CHAT] = ALL_CHATS;

/** `the channel deals`, or `one of these channels: deals, tenders`; no ids, which say nothing to people. */
export const channelWords = (channels: readonly Channel[]): string => {
  const names = channels.filter(({ id, name }) => id !== name).map(({ name }) => name);
  if (names.length === 0 || names.length < channels.length) return 'the clearance channel';
  return names.length === 1 ? `the channel ${names.join()}` : `one of these channels: ${names.join(', ')}`;
};

const cleared = (organisation: Organisation, place: Place | undefined): Channel[] =>
  clearanceChannelsIn(organisation, place?.platform ?? FIRST_CHAT);

/** Those of the chat that the person asks in; where it has none, those of another one. */
export const channelsFor = (organisation: Organisation, place: Place | undefined): string => {
  const here = cleared(organisation, place);
  if (here.length > 0) return channelWords(here);
  const there = ALL_CHATS.find((chat) => clearanceChannelsIn(organisation, chat).length > 0);
  return there === undefined
    ? channelWords(here)
    : `${channelWords(clearanceChannelsIn(organisation, there))} in ${CHATS[there].fullName}`;
};

/** Names the channel of a place, which may be answered in another one. */
export const channelOf = (organisation: Organisation, place: Place | undefined): string =>
  channelWords(cleared(organisation, place).filter(({ id }) => id === place?.channel));

const MOST_WORDS = 3;
const MOST_NAME = 40;

/** What was looked for, as a name to ask by; undefined where it is none. */
const nameIn = (said: string): string | undefined => {
  const name = searchesIn(said).at(-1) ?? '';
  const isName =
    name !== '' && name.length <= MOST_NAME && name.split(/\s+/u).length <= MOST_WORDS && !/[:：]/u.test(name);
  return isName ? name : undefined;
};

/**
 * Where a deal's card may stand that the person may not open, and how to ask there; whom to ask where it was asked by no name.
 * Empty for whoever reads all.
 */
export const elsewhereFor = (
  organisation: Organisation,
  { person, place }: { person: PersonId; place: Place | undefined },
  said: string,
  mayBeName = true,
): string => {
  if (readsAll(organisation, person)) return '';
  const name = mayBeName ? nameIn(said) : undefined;
  if (name === undefined) {
    const [helper] = membersOf(organisation, organisation.roles.compliance);
    return othersWords(organisation.people.find(({ id }) => id === helper)?.name);
  }
  const isHere = place && !place.direct && !place.shared && isClearanceChannel(organisation, place.channel);
  const here = isHere ? [place.channel, mirrorOf(organisation, place.channel)] : [];
  const others = cleared(organisation, place).filter(({ id }) => !here.includes(id));
  const named = others.length > 0 ? channelWords(others) : isHere ? undefined : channelsFor(organisation, place);
  return elsewhereWords(isHere === true, named, name);
};

/** Says at its input that a search found nothing. `mayBeName`: not all of it was recognised as something else. */
export const nothingWords = (
  organisation: Organisation,
  asker: { person: PersonId; place: Place | undefined },
  query: string,
  mayBeName = true,
): string => {
  const fewer = mayBeName && /\s/u.test(query) ? ' Every word has to: please try fewer.' : '';
  return `No deal among those that you may read fits.${fewer}${elsewhereFor(organisation, asker, query, mayBeName)}`;
};
