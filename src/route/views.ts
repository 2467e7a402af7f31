/** Views that compliance saved of its board. */

import { readContext, saveViewContext, viewContext } from '../../blocks/forms/context.ts';
import { reader } from '../../blocks/forms/reading.ts';
import { deleteViewForm, saveViewForm, viewsForm } from '../../blocks/forms/views.ts';
import { quoted } from '../../blocks/words.ts';
import { own } from '../../flows/own.ts';
import { MOST_NAME, savedViews, type SavedView } from '../../flows/registers/views.ts';
import { boardInWindow, notForBoard } from './board.ts';
import { deny, gone, type Desk, type OnDeskClick, type OnSubmit } from './desk.ts';
import { askedOf } from './fitting.ts';
import { submitted } from './submit.ts';

const allViews = async (desk: Desk): Promise<SavedView[]> => savedViews((await desk.registers.views.now()).state);

export const onViews: OnDeskClick = async (desk, { person, place }) =>
  notForBoard(desk, { person, place }) ?? { kind: 'form', form: viewsForm(await allViews(desk)) };

export const onSaveView: OnDeskClick = async (desk, { person, place, value }) => {
  const no = notForBoard(desk, { person, place });
  if (no) return no;
  const read = (await askedOf(desk, person)).read(value);
  if (!read.ok) return deny(read.text);
  return { kind: 'form', form: saveViewForm(value) };
};

export const onSaveViewSubmit: OnSubmit = submitted({
  about: (desk, { context, person, place }) =>
    notForBoard(desk, { person, place }) ?? readContext(saveViewContext, context) ?? gone(),
  form: ({ query, values }) => saveViewForm(query, values),
  read: (values) => {
    const form = reader(values);
    return form.done({ name: form.required('title', 'Please give it a name.') });
  },
  send: ({ desk, query }, { name }, ask) => desk.registers.views.handle({ type: 'SaveView', name, query }, ask),
  refusedAt: 'title',
  next: (_outcome, { desk, person, place, query }) => boardInWindow(desk, { person, place }, query),
});

const GONE = 'This view was deleted already.';

export const onDeleteView: OnDeskClick = async (desk, { person, place, value }) => {
  const no = notForBoard(desk, { person, place });
  if (no) return no;
  const view = own((await desk.registers.views.now()).state.views, value);
  return { kind: 'form', form: view ? deleteViewForm(view) : viewsForm(await allViews(desk), GONE) };
};

export const onDeleteViewSubmit: OnSubmit = async (desk, { context, person, place, cause }) => {
  const no = notForBoard(desk, { person, place });
  const target = readContext(viewContext, context);
  if (no || !target) return no ?? gone();
  const view = own((await desk.registers.views.now()).state.views, target.view);
  const outcome = await desk.registers.views.handle(
    { type: 'DeleteView', view: target.view },
    { actor: person, cause },
  );
  const done = view ? `${quoted(view.name, MOST_NAME)} is deleted.` : GONE;
  const said = outcome.kind === 'refused' ? outcome.refusal.text : done;
  return { kind: 'form', form: viewsForm(savedViews(outcome.state), said) };
};
