/** Answers of the deal team to approvers' questions, and questions that are taken back. */

import { requestContext } from '../../blocks/forms/context.ts';
import { informationForm, readInformationForm } from '../../blocks/forms/information.ts';
import { press, type OnClick } from './desk.ts';
import { withFiles } from './evidence.ts';
import { dealSubmit, opens } from './submit.ts';

export const onGiveInformation = opens('give information', (view, request) => informationForm(view, request));

export const onGiveInformationSubmit = dealSubmit({
  context: requestContext,
  form: ({ view, request, values }) => informationForm(view, request, values),
  read: readInformationForm,
  complete: withFiles,
  command: ({ files, ...value }, { request }) => ({
    type: 'GiveInformation',
    request,
    ...value,
    sources: [...value.sources, ...files],
  }),
  refusedAt: 'text',
});

export const onTakeQuestionBack: OnClick = (desk, click, { view, arg }) =>
  press(desk, click, view.deal.id, { type: 'TakeQuestionBack', request: arg });
