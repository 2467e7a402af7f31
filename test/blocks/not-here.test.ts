/** People who are not in the organisation file any more, in every text: no id says who that was. */

import { expect, it } from 'vitest';
import type { Text } from '../../blocks/card.ts';
import { elementsOf } from '../../blocks/slack/text.ts';
import { notHere } from '../../blocks/words.ts';
import { pageBlocks } from '../../src/signing/page-words.ts';
import { anOrganisation } from '../support/deal-builders.ts';

const TEXT: Text = [{ person: 'u-9f3a' }, ' voted with ', { person: 'compliance-1' }];

it('reads as somebody who left where an id would stand', () => {
  const organisation = anOrganisation();
  const people = (id: string) => organisation.people.find((one) => one.id === id);
  const all = [
    JSON.stringify(elementsOf(TEXT, people)),
    JSON.stringify(pageBlocks([{ kind: 'text', text: TEXT }], organisation)),
  ];
  for (const shown of all) {
    expect(shown).toContain('somebody who left');
    expect(shown).not.toContain('u-9f3a');
  }
});

it('does not take the bot itself for somebody who left', () => {
  expect([notHere('system'), notHere('operator')]).toEqual(['Clearthread', 'the operator']);
});
