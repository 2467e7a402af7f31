import { expect, it } from 'vitest';
import { helpCard } from '../../../blocks/cards/help.ts';
import { changeCard, noticeCard, refusalCard } from '../../../blocks/cards/status.ts';
import { aView } from '../../support/deal-builders.ts';
import { plain, presses } from './plain.ts';

it('help lists what to type', () => {
  expect(plain(helpCard([{ words: '/deal', does: 'Start a deal.' }]))).toContain('- /deal: Start a deal.');
});

it('a refusal says what was not done; a notice just says it', () => {
  expect(plain(refusalCard('Ask compliance to add you.'))).toBe('# Not done\nAsk compliance to add you.');
  expect(plain(noticeCard([{ person: 'rep-1' }, ' was told.']))).toBe('@rep-1 was told.');
});

it('a mention that wants a change is given the button', () => {
  const card = changeCard(aView());
  expect(plain(card)).toContain('D-7K3QXM · “Sample Ministry”, Norway · customer “Sample Telecom”');
  expect(presses(card)).toEqual(['deal.more D-7K3QXM']);
});
