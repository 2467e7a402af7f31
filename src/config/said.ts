/** What the two files say, as it is recorded: all of it, but of an e-mail address only a hash. */

import type { Organisation } from '../../flows/organisation.ts';
import { saidIn, type Said } from '../../flows/registers/said.ts';
import type { Json } from '../../store/event-store.ts';
import { accountKey } from './accounts.ts';

const COMPLIANCE_DIGEST = 'compliance';

export const saysOf = ({ people, digests, ...rest }: Organisation): Said =>
  saidIn(
    {
      ...rest,
      hash: undefined,
      people: people.map((one) => ({ ...one, email: one.email && accountKey('email', one.email) })),
      digests: digests?.map(({ channel, ...digest }) => ({ id: channel ?? COMPLIANCE_DIGEST, ...digest })),
    },
    { ordered: false },
  );

/** `document`: the checked policy. */
export const policySays = (document: Json): Said => saidIn(document as object, { ordered: true });
