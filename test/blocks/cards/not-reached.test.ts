import { expect, it } from 'vitest';
import { notReachedCard, placeGoneCard } from '../../../blocks/cards/not-reached.ts';
import { plain } from './plain.ts';

it('says who was not reached and what helps', () => {
  const card = plain(notReachedCard('counsel-1', { install: 'teams' }));
  expect(card).toContain('A message about this deal did not get to @counsel-1.');
  expect(card).toContain('Ask them to install Clearthread in Teams, or tell them yourself.');
});

it('asks nobody to install what would not help', () => {
  const card = plain(notReachedCard('counsel-1', { install: undefined }));
  expect(card).toContain('Please tell them yourself.');
  expect(card).not.toContain('install');
});

it('says of which deal, in which chat, and how to mend it', () => {
  const card = plain(placeGoneCard('D-7K3QXM', 'teams', { elsewhere: true }));
  expect(card).toContain("D-7K3QXM can't be shown in Teams");
  expect(card).toContain('add Clearthread to it again');
});
