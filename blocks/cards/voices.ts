/** Answers `/deal report`: where misuse is reported (item C9 of the Guidance). The same for everybody, whatever they typed. */

import type { VoicesPlan } from '../../flows/organisation.ts';
import type { Block, Card } from '../card.ts';

const NOT_HERE =
  'Please don’t write it here: a chat is not anonymous. Your company, and who runs this chat, can see that you asked. A device and a network of your own are safer than those of your employer.';

const elsewhere = (voices: VoicesPlan | undefined): Block[] => {
  const { authorities = [] } = voices ?? {};
  if (authorities.length === 0) return [];
  return [
    { kind: 'text', text: 'You can also go to others, outside of the company:' },
    { kind: 'list', items: authorities },
  ];
};

export const voicesCard = (voices: VoicesPlan | undefined): Card => ({
  blocks: [
    { kind: 'title', text: 'Report harm' },
    voices?.address === undefined
      ? {
          kind: 'text',
          text: 'Your company has no page for reports in Clearthread yet. A lawyer, a public authority or an organisation for human rights can tell you where to go.',
        }
      : {
          kind: 'text',
          text: [
            'Has one of our products been used to harm somebody, or could it be? Tell it on this page, without your name if you like: ',
            { link: { url: voices.address, text: voices.address } },
          ],
        },
    { kind: 'text', text: NOT_HERE },
    ...elsewhere(voices),
    {
      kind: 'note',
      text: 'This answer is the same for everybody, and nobody is told that you asked. Nothing is kept of it.',
    },
  ],
});
