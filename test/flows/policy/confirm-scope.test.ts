import { expect, test } from 'vitest';
import { confirmsScope } from '../../../flows/policy/confirm-scope.ts';
import { defaultPolicy, KINDS } from './deals.ts';

const deal = { endUser: 'private', able: false, contradicted: false } as const;

test('only a private end-user and a product marked not able need nobody, and nothing may speak against it', () => {
  expect(confirmsScope(defaultPolicy, deal)).toBe(false);
  expect(confirmsScope(defaultPolicy, { ...deal, able: true })).toBe(true);
  expect(confirmsScope(defaultPolicy, { ...deal, contradicted: true })).toBe(true);
  const others = KINDS.filter((kind) => kind !== 'private');
  expect(others.map((endUser) => confirmsScope(defaultPolicy, { ...deal, endUser }))).toEqual([true, true, true, true]);
});

test('a policy may always ask, or never; an older one never does', () => {
  expect(confirmsScope({ confirmScope: 'always' }, deal)).toBe(true);
  const able = { endUser: 'security', able: true, contradicted: true } as const;
  expect([confirmsScope({ confirmScope: 'never' }, able), confirmsScope({}, able)]).toEqual([false, false]);
});
