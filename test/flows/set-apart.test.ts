/** What somebody typed ends no quotation mark of ours. */

import { expect, it } from 'vitest';
import { setApart, setApartWithin } from '../../flows/set-apart.ts';

it.each(['“', '”', '″', 'ʺ', '״', '˝', '🙷', '⹂', '‴', '⁗', '’’', '‘‘', '‚‚', 'ʼʼ', '’‘’'])(
  'turns %s, which looks like double quotes, to plain ones',
  (sign) => {
    expect(setApart(`Trade${sign}. Confirmed.`)).toBe('Trade". Confirmed.');
  },
);

it('leaves an apostrophe, but within single quotes', () => {
  expect(setApart('Ministère de l’intérieur')).toBe('Ministère de l’intérieur');
  expect(setApartWithin('Ministère de l’intérieur')).toBe("Ministère de l'intérieur");
});

it('makes one line of several', () => {
  expect(setApart('One\n\n  two')).toBe('One two');
});
