/** Answers of the deal team to approvers' questions, and questions that are taken back. */

import { requestContext } from '../../blocks/forms/context.ts';
import {
  informationForm,
  questionBackForm,
  readInformationForm,
  readQuestionBackForm,
} from '../../blocks/forms/information.ts';
import { refusedNow } from '../../flows/deal/refusing/refused.ts';
import { deny, type OnClick } from './desk.ts';
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
  words: ['text', 'sources'],
});

export const onTakeQuestionBack: OnClick = (_desk, { person }, { view, arg }) => {
  const no = refusedNow(view, person, { type: 'TakeQuestionBack', request: arg });
  return no === undefined ? { kind: 'form', form: questionBackForm(view, arg, person) } : deny(no.text);
};

export const onTakeQuestionBackSubmit = dealSubmit({
  context: requestContext,
  form: ({ view, request, person, values }) => questionBackForm(view, request, person, values),
  read: (values, { view, request, person }) =>
    readQuestionBackForm(values, view.deal.requests.find(({ id }) => id === request)?.by === person),
  command: (value, { request }) => ({ type: 'TakeQuestionBack', request, ...value }),
  refusedAt: 'reason',
});
