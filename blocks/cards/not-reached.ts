/** Said in the deal's thread when a notice did not get to somebody, so that a colleague can tell them. */
import type { PersonId } from '../../flows/organisation.ts';
import type { Card } from '../card.ts';

/** `install`: they are known in Teams, so installing the app there mends it. */
export const notReachedCard = (person: PersonId, { install }: { install: boolean }): Card => ({
  blocks: [
    { kind: 'title', text: 'Somebody could not be reached', tone: 'attention' },
    { kind: 'text', text: ['A message about this deal did not get to ', { person }, '.'] },
    {
      kind: 'note',
      text: install
        ? 'Ask them to install Clearthread in Teams, or tell them yourself.'
        : 'Please tell them yourself. Their chat account is missing or closed: whoever runs Clearthread can mend that.',
    },
  ],
});
