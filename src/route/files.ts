/** All that changed with a file: for compliance and the chief, those of before it among them. */

import { filePages, filesPageForm } from '../../blocks/forms/files.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { allChanges } from '../../flows/registers/files-telling.ts';
import { ownersIn } from '../../flows/registers/organisation-changes.ts';
import { deny, type OnDeskClick } from './desk.ts';

const NOT_YOURS = 'Only compliance and the chief can read all that changed.';
const GONE = 'This change is not there any more.';

export const onFilesAll: OnDeskClick = async ({ registers: { files }, organisation }, { person, value }) => {
  const [, name = '', version = '', asked = '1'] = /^(register:files\/(\d{1,9}))\/(\d{1,4})$/.exec(value) ?? [];
  const [before, now] =
    Number(version) > 1 ? await Promise.all([files.at(Number(version) - 1), files.at(Number(version))]) : [];
  const were = before?.says?.organisation ? ownersIn(before.says.organisation.said) : [];
  if (!isOfCompliance(organisation(), person) && !were.includes(person)) return deny(NOT_YOURS);
  const all = before && now && allChanges(before, now);
  if (!all) return deny(GONE);
  const page = Math.min(Math.max(1, Number(asked)), filePages(all.changes));
  return { kind: 'form', form: filesPageForm({ ...all, name }, page) };
};
