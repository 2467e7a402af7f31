/**
 * Markdown as far as Teams takes it in a TextBlock: bold, italic, lists, links
 * (https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format). Anything smuggled
 * into such a text would show here as a live link.
 */

import { el } from '../dom.ts';
import { fetchable } from '../file-links.ts';

const TOKEN = new RegExp(
  [
    '\\[(?<words>[^\\]\\n]+)\\]\\((?<target>[^()\\s]+)\\)',
    '(?<url>https?://[^\\s<>"]+)',
    '(?<strong>\\*\\*|__)(?=\\S)(?<bold>.+?)(?<=\\S)\\k<strong>',
    '(?<![\\w*_])(?<soft>[*_])(?=\\S)(?<italic>[^*_\\n]+?)(?<=\\S)\\k<soft>(?![\\w*_])',
  ].join('|'),
  'g',
);

/** Draws a link, live for web and mail addresses only. */
const link = (url: string, ...words: Node[]): HTMLElement => {
  const safe = URL.canParse(url) && ['http:', 'https:', 'mailto:'].includes(new URL(url).protocol);
  return safe
    ? el('a', { href: fetchable(url), target: '_blank', rel: 'noopener noreferrer' }, ...words)
    : el('span', {}, ...words);
};

const token = (groups: Record<string, string | undefined>): Node => {
  const { words, target, url, bold, italic } = groups;
  if (words !== undefined && target !== undefined) return link(target, ...inline(words));
  if (url !== undefined) return link(url, new Text(url));
  if (bold !== undefined) return el('strong', {}, ...inline(bold));
  return el('em', {}, ...inline(italic ?? ''));
};

function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) nodes.push(new Text(text.slice(at, match.index)));
    nodes.push(token(match.groups ?? {}));
    at = match.index + match[0].length;
  }
  if (at < text.length) nodes.push(new Text(text.slice(at)));
  return nodes;
}

const ITEM = /^\s*(?:(?<bullet>[-*+])|(?<number>\d{1,9})[.)])\s+(?<words>.*)$/;

/** Returns HTML in which only our own elements are markup. */
export const markdownHtml = (text: string): string => {
  const holder = el('div');
  let list: HTMLElement | undefined;
  for (const line of text.split(/\r?\n/)) {
    const { bullet, number, words = '' } = ITEM.exec(line)?.groups ?? {};
    if (bullet === undefined && number === undefined) {
      list = undefined;
      holder.append(el('p', {}, ...inline(line)));
      continue;
    }
    const tag = bullet === undefined ? 'ol' : 'ul';
    if (list?.localName !== tag) holder.append((list = el(tag, { start: number })));
    list.append(el('li', {}, ...inline(words)));
  }
  return holder.innerHTML;
};
