/** The reminder that an element of the programme is to be looked at again. */

import type { PersonId } from '../../flows/ids.ts';
import { isOfCompliance, membersOf } from '../../flows/organisation.ts';
import { ELEMENT } from '../../flows/programme/elements.ts';
import type { ProgrammeFact, ProgrammeState } from '../../flows/programme/shapes.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import type { Card, Span } from '../card.ts';
import { dayWords } from '../words.ts';
import { elementButton, sayElementButton } from './actions-programme.ts';
import { row } from './actions.ts';
import { people } from './spans.ts';

/** Of G9, under which all elements stand. */
const CITATION = 'Guidance, Integrating Human Rights Due Diligence';

export const programmeFactCard = (
  { reminder: { element, next, stage } }: ProgrammeFact,
  { entries }: ProgrammeState,
  { organisation, reader }: RegisterContext & { reader: PersonId | undefined },
): Card => {
  const { title, asks } = ELEMENT[element];
  const owner = entries[element]?.owner;
  const isOwner = reader !== undefined && reader === owner;
  const keeps = reader !== undefined && isOfCompliance(organisation, reader);
  const late = stage > 1;
  const ask: Span[] = [
    '. Please tell compliance how it stands: ',
    ...people(membersOf(organisation, organisation.roles.compliance)),
    '.',
  ];
  return {
    blocks: [
      {
        kind: 'title',
        text: late ? `Overdue: ${title}` : `Please look at it again: ${title}`,
        tone: late ? 'attention' : 'neutral',
      },
      {
        kind: 'text',
        text: [
          late
            ? `This part of the programme was to be looked at by ${dayWords(next)}`
            : `This part of the programme is to be looked at by ${dayWords(next)}`,
          ...(keeps ? ['.'] : ask),
        ],
      },
      { kind: 'text', text: `${asks}.` },
      ...row(keeps && sayElementButton(element, 'Change'), keeps && elementButton(element, 'Show')),
      {
        kind: 'note',
        text: `You get this because ${isOwner ? 'you look after it' : 'you keep the programme'}, and a programme is looked at again and again (${CITATION}).`,
      },
    ],
  };
};
