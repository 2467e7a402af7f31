/** The public page of the voices: a report, its receipt, and the conversation behind a receipt. It keeps nothing of who asks. */

import type { Express, NextFunction, Request, Response } from 'express';
import { createConversing } from './conversing.ts';
import { deskOf, newReceipt, type PublicOptions } from './desk.ts';
import { formsWithFiles, paced } from './files/form.ts';
import { receiptForm } from './page/answers.ts';
import { HEADERS } from './page/frame.ts';
import { closedPage, NOTHING_TYPED } from './page/report-form.ts';
import { createReporting } from './reporting.ts';

export const mountPublic = (app: Express, options: PublicOptions): void => {
  const desk = deskOf(options);
  const { texts } = options;
  const { around, show } = desk;
  const { isOpen, showForm, takeReport } = createReporting(desk);
  const { look, add, takeBack } = createConversing(desk);
  app.use(async (_request, response, next) => {
    response.set(HEADERS);
    await options.look?.();
    next();
  });
  app.set('etag', false);
  app.use(paced(options.pace));
  const withForm = formsWithFiles(() => options.files.begin());
  app.get('/', (_request, response) =>
    isOpen()
      ? showForm(response, NOTHING_TYPED, newReceipt())
      : show(response, texts.closedTitle, closedPage(around()), 503),
  );
  app.get('/answers', (_request, response) => show(response, texts.againTitle, receiptForm(around(), '')));
  app.post('/report', (request, response, next) =>
    isOpen()
      ? withForm(takeReport)(request, response, next)
      : show(response, texts.closedTitle, closedPage(around()), 503),
  );
  app.post('/answers', withForm(look));
  app.post('/add', withForm(add));
  app.post('/take-back', withForm(takeBack));
  app.use((_request, response) => show(response, texts.notHere, undefined, 404));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const { problem, status } = desk.problemOf(error);
    show(response, texts.againTitle, receiptForm(around(), '', problem), status);
  });
};
