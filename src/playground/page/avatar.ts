import { el } from './dom.ts';

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

const hue = (id: string): number => [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 8, 0);

/** Draws the picture next to somebody's message. */
export const avatar = ({ id, name, bot }: { id: string; name: string; bot: boolean }): HTMLElement =>
  el(
    'span',
    { class: bot ? 'avatar bot' : `avatar hue-${hue(id)}`, 'aria-hidden': 'true' },
    bot ? 'C' : initials(name),
  );
