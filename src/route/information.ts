/** Answers of the deal team to approvers' questions. */

import { requestContext } from '../../blocks/forms/context.ts';
import { informationForm, readInformationForm } from '../../blocks/forms/information.ts';
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
