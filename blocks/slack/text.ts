/** Spans as rich_text elements: the one kind of Slack text in which typed text cannot become a mention or a link. */

import type { PersonId } from '../../flows/ids.ts';
import { parsedUrl } from '../../flows/url.ts';
import type { Span, Text } from '../card.ts';
import { momentOf, sinceWords, spansOf } from '../fallback.ts';
import { clip, SLACK, split } from '../limits.ts';
import { plain, plainLine } from '../text.ts';
import { dayWords, notHere } from '../words.ts';
import type { RichElement, PlainText } from './block-kit.ts';

export interface People {
  (id: PersonId): { slack?: string | undefined; name: string } | undefined;
  /** Tells whether somebody can be chosen who is not in Slack: then people are found by name. */
  elsewhere?: (() => boolean) | undefined;
}

const SLACK_USER = /^[UW][A-Z0-9]{2,20}$/;
const NAME = 100;
const LINK_TEXT = 200;
/** The cost of a mention, a link or a date to a message's allowance, besides its text. */
const CONTAINER = 40;

export const slackUser = (people: People, id: PersonId): string | undefined => {
  const slack = people(id)?.slack;
  return slack !== undefined && SLACK_USER.test(slack) ? slack : undefined;
};

/** Slack refuses an empty text. */
export const plainText = (text: string, max: number): PlainText => ({
  type: 'plain_text',
  text: clip(plainLine(text), max) || '–',
  emoji: false,
});

/** Parses a source that may be live: https, without a name or password in front of the host. */
export const liveUrl = (url: string, max: number): URL | undefined => {
  const parsed = parsedUrl(url);
  if (parsed?.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') return undefined;
  return parsed.href.length <= max ? parsed : undefined;
};

const textElements = (text: string, style?: 'bold' | 'italic'): RichElement[] =>
  split(plain(text), SLACK.text).map((piece) => ({
    type: 'text',
    text: piece,
    ...(style === undefined ? {} : { style: { [style]: true } }),
  }));

const linkElements = ({ url, text }: { url: string; text: string }): RichElement[] => {
  const live = liveUrl(url, SLACK.button.url);
  if (!live) return textElements(`${plainLine(text)} (${plainLine(url)})`);
  const host = `(${live.host})`;
  const words = clip(plainLine(text), LINK_TEXT);
  return [{ type: 'link', url: live.href, text: words.endsWith(host) ? words : `${words} ${host}`.trim() }];
};

const sinceElements = (instant: string): RichElement[] => {
  const date = momentOf(instant);
  if (!date) return textElements(sinceWords(instant));
  const timestamp = Math.floor(date.getTime() / 1000);
  // How long ago says little of a day that somebody has to name.
  return [
    { type: 'date', timestamp, format: '{ago}', fallback: sinceWords(instant) },
    ...textElements(`, ${dayWords(date.toISOString())}`),
  ];
};

const spanElements = (span: Span, people: People): RichElement[] => {
  if (typeof span === 'string') return textElements(span);
  if ('strong' in span) return textElements(span.strong, 'bold');
  if ('quiet' in span) return textElements(span.quiet, 'italic');
  if ('link' in span) return linkElements(span.link);
  if ('since' in span) return sinceElements(span.since);
  const user = slackUser(people, span.person);
  if (user !== undefined) return [{ type: 'user', user_id: user }];
  return textElements(clip(plainLine(people(span.person)?.name ?? notHere(span.person)), NAME));
};

export const elementsOf = (text: Text, people: People): RichElement[] =>
  spansOf(text).flatMap((span) => spanElements(span, people));

const cost = (element: RichElement): number => {
  if (element.type === 'text') return element.text.length;
  return element.type === 'link' ? element.text.length + element.url.length + CONTAINER : CONTAINER;
};

const costOf = (elements: readonly RichElement[]): number => elements.reduce((sum, e) => sum + cost(e), 0);

export const isBlank = (elements: readonly RichElement[]): boolean =>
  elements.every((e) => e.type === 'text' && e.text.trim() === '');

/** The room left in a message or view. Drawing takes from it, so that the whole stays within Slack's limits. */
export interface Allowance {
  /** Characters. */
  left: number;
  /** Blocks that long texts may take beyond one each. */
  spare: number;
  /** Parts for which there was no room. */
  skipped: number;
}

const more = (left: readonly RichElement[]): RichElement => {
  const count = costOf(left);
  return { type: 'text', text: `… (${count} more characters)`, style: { italic: true } };
};

/** Takes as many elements as there is room for; a cut says how much is missing. */
export const take = (elements: readonly RichElement[], allowance: Allowance): RichElement[] => {
  const taken: RichElement[] = [];
  for (const [i, element] of elements.entries()) {
    const price = cost(element);
    if (price <= allowance.left) {
      allowance.left -= price;
      taken.push(element);
      continue;
    }
    const room = Math.max(allowance.left, 0);
    allowance.left = 0;
    const rest = elements.slice(i + 1);
    if (element.type !== 'text' || room < 2) return [...taken, more([element, ...rest])];
    const kept = clip(element.text, room).slice(0, -1);
    const cut: RichElement = { type: 'text', text: element.text.slice(kept.length) };
    return [...taken, ...(kept === '' ? [] : [{ ...element, text: kept }]), more([cut, ...rest])];
  }
  return taken;
};

/** Groups elements that each fit one block; past the spare blocks, the rest is cut and counted. */
export const inBlocks = (elements: readonly RichElement[], allowance: Allowance): RichElement[][] => {
  const groups: RichElement[][] = [[]];
  let size = 0;
  for (const [i, element] of elements.entries()) {
    const price = cost(element);
    if (size > 0 && size + price > SLACK.text) {
      if (allowance.spare === 0) {
        groups.at(-1)?.push(more(elements.slice(i)));
        return groups;
      }
      allowance.spare -= 1;
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(element);
    size += price;
  }
  return groups;
};
