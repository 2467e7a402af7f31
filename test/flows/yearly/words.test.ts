import { describe, expect, it } from 'vitest';
import { countriesExcept, namedIn, type Secret } from '../../../flows/yearly/words.ts';

const secrets: Secret[] = [
  { name: 'Nordwetter GmbH', as: 'customer' },
  { name: 'Ministry of Sample Affairs', as: 'end-user' },
  { name: 'Sample Compliance', as: 'person' },
  ...countriesExcept(new Set(['DE'])),
];
const found = (learned: string, mayName: string[] = []): string[] =>
  namedIn({ learned }, secrets, mayName).map(({ name, as }) => `${as}: ${name}`);

describe('words of a report', () => {
  it.each([
    ['A customer such as Nordwetter taught us much.', 'customer: Nordwetter GmbH'],
    ['what NORDWETTER, GmbH asked', 'customer: Nordwetter GmbH'],
    ['what Nоrdwеtter asked', 'customer: Nordwetter GmbH'],
    ['the ministry of\nsample affairs', 'end-user: Ministry of Sample Affairs'],
    ['thanks to Sample Compliance', 'person: Sample Compliance'],
    ['We left Vietnam.', 'country with few deals: Vietnam'],
    ['We left Burma.', 'country with few deals: Burma'],
    ['as in D-K7Q2M9X', 'deal: D-K7Q2M9X'],
  ])('that name somebody are found: %s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each(['We sold in Germany.', 'It helped us, and the sample was small.', 'A ministry asked.', 'Nordwetterlage'])(
    'that name nobody pass: %s',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it('may name whom somebody said they may', () => {
    expect(found('Sample Compliance looked at Vietnam', ['Vietnam'])).toEqual(['person: Sample Compliance']);
  });
});
