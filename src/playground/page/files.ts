/** An input for files: uploaded as soon as they are chosen, listed below it, and removed one by one. */

import { el, run } from './dom.ts';
import { upload } from './session.ts';

/** Names of uploaded files, by id: a form that is drawn again knows only the ids. */
const names = new Map<string, string>();

const MOST_BYTES = 5_000_000;

export const fileInput = ({
  id,
  most,
  name,
  describedBy,
  held,
  change,
}: {
  id: string;
  most: number;
  name: string | undefined;
  describedBy: string | undefined;
  held: readonly string[];
  change: (ids: string[]) => void;
}): HTMLElement => {
  let ids = [...held];
  const list = el('ul', { class: 'files' });
  const problem = el('p', { class: 'error', role: 'alert', hidden: true });
  const field = el('input', {
    id,
    type: 'file',
    multiple: most > 1,
    'aria-label': name,
    'aria-describedby': describedBy,
  });
  const complain = (text: string | undefined): void => {
    problem.hidden = text === undefined;
    problem.textContent = text ?? '';
  };
  const draw = (): void => {
    list.replaceChildren(
      ...ids.map((file) => {
        const known = names.get(file) ?? file;
        const remove = (): void => put(ids.filter((other) => other !== file));
        const button = { type: 'button', class: 'quiet', 'aria-label': `Remove ${known}`, onclick: remove };
        return el('li', {}, known, el('button', button, '×'));
      }),
    );
  };
  const put = (next: string[]): void => {
    ids = next;
    change(ids);
    draw();
  };
  const take = async (chosen: readonly File[]): Promise<void> => {
    complain(undefined);
    if (ids.length + chosen.length > most) return complain(`Please choose at most ${most} files.`);
    field.setAttribute('aria-busy', 'true');
    for (const file of chosen) {
      if (file.size > MOST_BYTES) {
        complain(`${file.name} is too large for the playground: 5 MB at most.`);
        continue;
      }
      const done = await upload(file);
      if ('error' in done) complain(done.error);
      else {
        names.set(done.id, done.name);
        put([...ids, done.id]);
      }
    }
    field.removeAttribute('aria-busy');
    field.value = '';
  };
  field.addEventListener('change', () => run(take([...(field.files ?? [])])));
  draw();
  return el('div', { class: 'file-input' }, field, list, problem);
};
