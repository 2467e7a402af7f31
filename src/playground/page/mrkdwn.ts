/** Draws Slack's markup as Slack does: anything smuggled into a text would show here as a live link or mention. */

import { el } from './dom.ts';
import { emoji } from './emoji.ts';
import { fetchable } from './file-links.ts';
import { channelOf, nameOf, session } from './session.ts';

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export const mention = (user: string): HTMLElement =>
  el('span', { class: user === session.user ? 'mention me' : 'mention', 'data-user': user }, `@${nameOf(user)}`);

/** Draws a link, live for web addresses only. */
export const link = (url: string, text: string): HTMLElement => {
  const safe = URL.canParse(url) && ['http:', 'https:', 'mailto:'].includes(new URL(url).protocol);
  return safe
    ? el('a', { href: fetchable(url), target: '_blank', rel: 'noopener noreferrer', title: url }, text)
    : el('span', {}, text);
};

const special = (inside: string): Node => {
  const [target = '', label] = inside.split('|', 2);
  if (/^@[UW][A-Z0-9]+$/.test(target)) return mention(target.slice(1));
  if (/^#C[A-Z0-9]+$/.test(target))
    return el('span', { class: 'mention' }, `#${channelOf(target.slice(1))?.name ?? label ?? 'channel'}`);
  const broadcast = /^!(here|channel|everyone)$/.exec(target);
  if (broadcast) return el('span', { class: 'mention broadcast' }, `@${broadcast[1] ?? ''}`);
  if (target.startsWith('!')) return el('span', { class: 'mention' }, unescaped(label ?? target));
  if (/^(https?:|mailto:)/i.test(target)) return link(unescaped(target), unescaped(label ?? target));
  return new Text(unescaped(`<${inside}>`));
};

const TOKEN = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<special>[^<>\\n]+)>',
    '(?<url>https?://[^\\s<>|]+)',
    '(?<![\\w*])\\*(?!\\s)(?<bold>[^*\\n]+?)(?<!\\s)\\*(?![\\w*])',
    '(?<![\\w_])_(?!\\s)(?<italic>[^_\\n]+?)(?<!\\s)_(?![\\w_])',
    '(?<![\\w~])~(?!\\s)(?<strike>[^~\\n]+?)(?<!\\s)~(?![\\w~])',
    ':(?<emoji>[a-z0-9_+-]+):',
  ].join('|'),
  'g',
);

const token = (groups: Record<string, string | undefined>, whole: string): Node => {
  const { code, bold, italic, strike, url } = groups;
  if (code !== undefined) return el('code', {}, unescaped(code));
  if (groups['special'] !== undefined) return special(groups['special']);
  if (url !== undefined) return link(unescaped(url), unescaped(url));
  if (bold !== undefined) return el('strong', {}, ...inline(bold));
  if (italic !== undefined) return el('em', {}, ...inline(italic));
  if (strike !== undefined) return el('s', {}, ...inline(strike));
  return new Text(emoji(groups['emoji'] ?? '') ?? whole);
};

function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) nodes.push(new Text(unescaped(text.slice(at, match.index))));
    nodes.push(token(match.groups ?? {}, match[0]));
    at = match.index + match[0].length;
  }
  if (at < text.length) nodes.push(new Text(unescaped(text.slice(at))));
  return nodes;
}

const lines = (text: string): Node[] => {
  const nodes: Node[] = [];
  let quote: HTMLElement | undefined;
  for (const [n, line] of text.split('\n').entries()) {
    const quoted = /^&gt; ?(.*)$/.exec(line);
    if (quoted) {
      if (quote) quote.append(el('br'));
      else nodes.push((quote = el('blockquote')));
      quote.append(...inline(quoted[1] ?? ''));
      continue;
    }
    if (n > 0 && !quote) nodes.push(el('br'));
    quote = undefined;
    nodes.push(...inline(line));
  }
  return nodes;
};

export const drawMrkdwn = (text: string): HTMLElement => {
  const parts = text.split('```');
  const fenced = parts.length % 2 === 1;
  const nodes = fenced
    ? parts.flatMap((part, n) => (n % 2 === 1 ? [el('pre', {}, unescaped(part.replace(/^\n/, '')))] : lines(part)))
    : lines(text);
  return el('div', { class: 'mrkdwn' }, ...nodes);
};
