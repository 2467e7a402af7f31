/** Holds for tests: on the sample deal, and on its end-user. */

import type { Hold } from '../../flows/hold.ts';

export const dealHold: Hold = {
  id: 'hold-1',
  on: { of: 'deal', deal: 'D-7K3QXM' },
  stop: ['upgrades', 'support'],
  because: 'breach',
  reason: 'Clause 12 was breached: the data went to another agency.',
  review: '2027-04-01',
  by: 'compliance-1',
  at: '2027-03-01T09:00:00.000Z',
};

/** A hold like that, but for what is said of it. */
export const aHold = (more: Partial<Hold> = {}): Hold => ({ ...dealHold, ...more });

export const endUserHold: Hold = {
  ...dealHold,
  id: 'hold-2',
  on: { of: 'end-user', name: 'Sample Ministry', key: 'sampleministry' },
  stop: ['upgrades', 'updates', 'support', 'training', 'access'],
  because: 'inquiry',
  reason: 'Its use is being looked into.',
};
