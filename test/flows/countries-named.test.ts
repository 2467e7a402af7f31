import { describe, expect, it } from 'vitest';
import { countriesNamed } from '../../flows/countries-named.ts';

describe('countries that a text names', () => {
  it.each([
    ['In Estonia the police reads mail', ['EE']],
    ['Estonian and Iraqi officers, and Senegalese ones', ['EE', 'IQ', 'SN']],
    ['sold to Papua New Guinea, not to Guinea-Bissau', ['PG', 'GW']],
    ['Bosnia and Herzegovina; Burma; Hong Kong, Côte d’Ivoire and Turkey', ['BA', 'MM', 'HK', 'CI', 'TR']],
    ['Norway, NORWAY', ['NO']],
    ['it goes to norway and estonia', ['NO', 'EE']],
    ['They resell to russia, says Bob. Mail of ours. British and Czech ones', ['RU', 'GB', 'CZ']],
    ['They chat in the Indian summer of Omaha, Maliciously', ['IN']],
    [
      'The Egyptian, Turkish and Chinese armies, Iranians, Belarusians, Afghan and Palestinian guards',
      ['EG', 'TR', 'CN', 'IR', 'BY', 'AF', 'PS'],
    ],
    ['Saudi police; the South Korean one; Эстония; Deutschland', ['SA', 'KR', 'EE', 'DE']],
    ['Nobody there has a human right to anything, and its women do not either', []],
    ['The Dutch, French and American ones in French Polynesia', ['NL', 'FR', 'US', 'PF']],
    ['No country at all', []],
  ])('%s', (text, codes) => {
    expect([...countriesNamed(text)].toSorted()).toEqual(codes.toSorted());
  });
});
