/** The public page of the voices: a report, its receipt, and the conversation behind a receipt. It keeps nothing of who asks. */

import { Router, type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { createConversing } from './conversing.ts';
import { deskOf, newReceipt, type PublicOptions } from './desk.ts';
import { formsWithFiles, paced } from './files/form.ts';
import { receiptForm } from './page/answers.ts';
import { HEADERS, type InLanguage } from './page/frame.ts';
import { closedPage, NOTHING_TYPED } from './page/report-form.ts';
import { createReporting } from './reporting.ts';
import type { Texts } from './texts.ts';

const addressOf = (texts: Texts, languages: readonly Texts[]): string =>
  texts === languages[0] ? '' : `${texts.language}/`;

/** The same page in the other languages, from where it is. */
const elsewhere = (here: Texts, languages: readonly Texts[], page: string): InLanguage[] =>
  languages
    .filter((texts) => texts !== here)
    .map((texts) => {
      const up = addressOf(here, languages) === '' ? './' : '../';
      return { texts, href: `${up}${addressOf(texts, languages)}${page}` };
    });

/** The page in one language, and what is said where there is nothing, or something failed. */
const pagesIn = (
  options: PublicOptions,
  texts: Texts,
): { pages: Router; nowhere: RequestHandler; failed: ErrorRequestHandler } => {
  const pages = Router();
  const desk = deskOf(options, texts);
  const linksTo = (page: string): InLanguage[] => elsewhere(texts, options.languages, page);
  const { around, show } = desk;
  const { isOpen, showForm, takeReport } = createReporting(desk);
  const { look, add, takeBack } = createConversing(desk);
  const withForm = formsWithFiles(() => options.files.begin());
  pages.get('/', (_request, response) =>
    isOpen()
      ? showForm(response, NOTHING_TYPED, newReceipt(), { links: linksTo('') })
      : show(response, texts.closedTitle, closedPage(around()), { status: 503, links: linksTo('') }),
  );
  pages.get('/answers', (_request, response) =>
    show(response, texts.againTitle, receiptForm(around(), ''), { links: linksTo('answers') }),
  );
  pages.post('/report', (request, response, next) =>
    isOpen()
      ? withForm(takeReport)(request, response, next)
      : show(response, texts.closedTitle, closedPage(around()), { status: 503 }),
  );
  pages.post('/answers', withForm(look));
  pages.post('/add', withForm(add));
  pages.post('/take-back', withForm(takeBack));
  return {
    pages,
    nowhere: (_request, response) => show(response, texts.notHere, undefined, { status: 404 }),
    failed: (error: unknown, _request, response, _next) => {
      const { problem, status } = desk.problemOf(error);
      show(response, texts.againTitle, receiptForm(around(), '', problem), { status });
    },
  };
};

export const mountPublic = (app: Express, options: PublicOptions): void => {
  app.use(async (_request, response, next) => {
    response.set(HEADERS);
    await options.look?.();
    next();
  });
  app.set('etag', false);
  app.use(paced(options.pace));
  const [first, ...others] = options.languages;
  if (!first) throw new Error('The page has no language.');
  const own = pagesIn(options, first);
  app.use(own.pages);
  for (const texts of others) {
    const theirs = pagesIn(options, texts);
    // Its links and forms are relative: they need the slash.
    app.use(`/${texts.language}`, (request, response, next) =>
      request.originalUrl === `/${texts.language}` ? response.redirect(308, `${texts.language}/`) : next(),
    );
    app.use(`/${texts.language}`, theirs.pages, theirs.nowhere, theirs.failed);
  }
  app.use(own.nowhere, own.failed);
};
