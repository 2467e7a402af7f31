/** Digests on demand, and the buttons on a digest. */

import { csvRow, csvText } from '../../blocks/csv.ts';
import { digestRow, DIGEST_COLUMNS } from '../../blocks/digest-csv.ts';
import { digestCsvForm, digestPageForm, linesOnPage, pagesOf } from '../../blocks/forms/digest.ts';
import { moreForm } from '../../blocks/forms/more.ts';
import { showForm } from '../../blocks/forms/show.ts';
import type { Digest } from '../../flows/digest/digest.ts';
import type { DigestsCommand } from '../../flows/digest/register.ts';
import type { PersonId } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, tell, type Desk, type OnClick, type OnDeskClick, type Words } from './desk.ts';
import { toType } from './opening.ts';
import { opens } from './submit.ts';

type DigestCommand = Exclude<DigestsCommand, { type: 'Make' }>;

const HERE = 'Your digest is on its way to your chat with me.';
const ON = 'You get your digest each working morning on which something waits.';
const OFF = 'You get no more digests of your own.';

const commandFor = (
  desk: Desk,
  { person, place }: Words,
  word: string,
): { command: DigestCommand; said: string } | undefined => {
  const chat = place?.platform;
  switch (word) {
    case 'on':
      return { command: { type: 'Begin', chat }, said: ON };
    case 'off':
      return { command: { type: 'End' }, said: OFF };
    case 'mine':
      return { command: { type: 'Ask', of: 'mine', chat }, said: HERE };
    case '':
      return {
        command: { type: 'Ask', of: isOfCompliance(desk.organisation(), person) ? 'compliance' : 'mine', chat },
        said: HERE,
      };
    default:
      return undefined;
  }
};

/** Answers `/deal digest` and `/deal digest mine | on | off`: the contents go to this person alone. */
export const onDigestWords = async (desk: Desk, act: Words): Promise<Reply> => {
  const [, word = ''] = act.words.trim().toLowerCase().split(/\s+/u);
  const asked = commandFor(desk, act, word);
  if (!asked) {
    const type = (words: string): string => toType(desk, act.place, words);
    return deny(`Please say ${type('digest')}, ${type('digest mine')}, ${type('digest on')} or ${type('digest off')}.`);
  }
  const outcome = await desk.digests.handle(act.person, asked.command, act.cause);
  return outcome.kind === 'refused' ? deny(outcome.refusal.text) : tell(asked.said);
};

const NOT_YOURS = 'Only compliance can open a digest of all deals.';

/** A digest of all deals that was sent, for a person who may read it; the button's value grants nothing. */
const sentTo = async (desk: Desk, person: PersonId, name: string): Promise<Digest | Reply> => {
  if (!isOfCompliance(desk.organisation(), person)) return deny(NOT_YOURS);
  const sent = await desk.digests.sent(name);
  return sent?.made.of === 'compliance' ? sent.made.digest : deny('This digest is not there any more.');
};

const isReply = (found: Digest | Reply): found is Reply => 'kind' in found;

export const onDigestAll: OnDeskClick = async (desk, { person, value }) => {
  const [, name = '', asked = '1'] = /^(.+)\/(\d{1,4})$/.exec(value) ?? [];
  const digest = await sentTo(desk, person, name);
  if (isReply(digest)) return digest;
  const page = Math.min(Math.max(1, Number(asked)), pagesOf(digest));
  const shownWith = await desk.digests.shownWith(linesOnPage(digest, page), { to: 'compliance' });
  return { kind: 'form', form: digestPageForm(digest, page, shownWith, name) };
};

export const onDigestCsv: OnDeskClick = async (desk, { person, value }) => {
  const digest = await sentTo(desk, person, value);
  if (isReply(digest)) return digest;
  const shownWith = await desk.digests.shownWith(digest.lines, { to: 'compliance' });
  const rows = digest.lines.map((line) => digestRow(line, shownWith));
  const file = { name: `digest-${digest.until.slice(0, 10)}.csv`, content: () => csvText([DIGEST_COLUMNS, ...rows]) };
  return { kind: 'file', file, form: digestCsvForm(csvRow(DIGEST_COLUMNS), rows.map(csvRow)) };
};

/** Shows the status of a deal from a list to this person alone. */
export const onShow: OnClick = async (desk, { person, place }, { view }) => ({
  kind: 'form',
  form: showForm(view, person, await desk.threadUrl(view.deal.id, view.deal.home, place?.platform)),
});

/** Opens the form that gives the deal to another owner. */
export const onAssign = opens('reassign owner', (view, _, person) =>
  moreForm(view, person, ['reassign'], { choice: 'reassign' }),
);
