/** All that changed with a file, page by page. */

import type { Instant } from '../../flows/ids.ts';
import type { Change, FileOf } from '../../flows/registers/said.ts';
import type { Form } from '../card.ts';
import { row } from '../cards/actions.ts';
import { changeWords, type Names } from '../cards/file-changes.ts';
import { policyChangeBlocks } from '../cards/policy-changes.ts';
import { dayWords } from '../words.ts';
import { makeForm } from './inputs.ts';

const ON_PAGE = 20;

export const filePages = (changes: readonly Change[]): number => Math.max(1, Math.ceil(changes.length / ON_PAGE));

export interface AllChanges {
  of: FileOf;
  /** Most grave first. */
  changes: readonly Change[];
  names: Names;
  at: Instant;
  /** The commit's name on buttons. */
  name: string;
}

/** `page` from 1. */
export const filesPageForm = ({ of, changes, names, at, name }: AllChanges, page: number): Form => {
  const pages = filePages(changes);
  const here = changes.slice((page - 1) * ON_PAGE, page * ON_PAGE);
  const what = of === 'policy' ? 'The policy' : 'The organisation file';
  return makeForm({
    name: 'desk.files-all',
    title: 'All changes',
    close: 'Close',
    context: {},
    blocks: [
      { kind: 'heading', text: `${what}, ${dayWords(at)}, page ${page} of ${pages}` },
      ...(of === 'policy'
        ? policyChangeBlocks(here).filter((block) => block.kind !== 'title')
        : [{ kind: 'list' as const, items: here.map((change) => changeWords(change, names, at)) }]),
      ...(page < pages
        ? row({ name: 'desk.files-all', value: `${name}/${page + 1}`, label: 'More', opens: 'form' })
        : []),
    ],
  });
};
