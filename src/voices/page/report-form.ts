/** The report's form, what it is read into, and the pages around it (items C9 and C10 of the Guidance). */

import { z } from 'zod';
import type { HandlerId } from '../../../flows/voices/case.ts';
import { spokenReceipt, type Receipt } from '../../../flows/voices/receipt.ts';
import type { Taken } from '../files/taking.ts';
import type { Fillings, Texts } from '../texts.ts';
import { filled } from '../texts.ts';
import { chooseFiles, filesPart } from './files.ts';
import { markup, type Html, type Part } from './html.ts';
import { field, list, problemPart, tick } from './parts.ts';

/** Characters of one field. */
export const MOST_CHARACTERS = 40_000;

export interface Reader {
  id: HandlerId;
  name: string;
  role: string;
}

/** What the pages know of the company. */
export interface Around {
  texts: Texts;
  fillings: Fillings;
  products: readonly string[];
  authorities: readonly string[];
  readers: readonly Reader[];
  /** Who opens what concerns all readers. */
  outside: string | undefined;
}

const lines = z.string().max(MOST_CHARACTERS).default('');
const several = z
  .union([z.string().max(100), z.array(z.string().max(100)).max(100)])
  .default([])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const ticked = z.string().max(10).default('');

/** How files are taken: see FileTicks. */
export const fileTicks = { clean: ticked, asItIs: ticked };

/** As a browser sends it. Fields that are too long make a problem; unknown ones are dropped. */
export const reportShape = z.object({
  receipt: z.string().max(100).default(''),
  readers: z.string().max(4000).default(''),
  what: lines,
  where: lines,
  when: lines,
  product: z.string().max(300).default(''),
  others: lines,
  concerns: several,
  who: lines,
  safe: z.enum(['yes', 'no', '']).catch('').default(''),
  how: lines,
  meeting: ticked,
  ...fileTicks,
});

export type Typed = z.infer<typeof reportShape>;

export const NOTHING_TYPED: Typed = reportShape.parse({ clean: 'yes' });

/** Names who reads, in a form: a reader who came meanwhile could not be ticked. */
export const readersMark = (readers: readonly Reader[]): string => readers.map(({ id }) => id).join(' ');

const area = (name: string, value: string, hinted: boolean, more?: Html): Html =>
  markup`<textarea
    id="${name}"
    name="${name}"
    maxlength="${MOST_CHARACTERS}"
    ${hinted ? markup` aria-describedby="${name}-hint"` : undefined}${more}
  >
${value}</textarea>`;

const othersPart = ({ texts, fillings, authorities }: Around): Part => [
  markup`<h2>${filled(texts.authorities, fillings)}</h2>`,
  authorities.length === 0 ? undefined : list(authorities),
  markup`<p>${texts.noAuthorities}</p>`,
];

const readersPart = ({ texts, fillings, readers, outside }: Around): Part => [
  markup`<h2>${texts.readers}</h2>`,
  list([
    ...readers.map(({ name, role }) => markup`<strong>${name}</strong>, ${role}`),
    ...(outside === undefined ? [] : [markup`<strong>${outside}</strong>, ${filled(texts.outsideReader, fillings)}`]),
  ]),
];

const formPart = ({ texts, products, readers }: Around, typed: Typed, receipt: Receipt): Html =>
  markup` <form method="post" action="report" enctype="multipart/form-data" autocomplete="off">
    <input type="hidden" name="receipt" value="${receipt}" />
    <input type="hidden" name="readers" value="${readersMark(readers)}" />
    ${field(texts, texts.what, 'what', texts.whatHint, area('what', typed.what, true, markup` class="long" required`), true)}
    ${field(texts, texts.where, 'where', undefined, area('where', typed.where, false))}
    ${field(texts, texts.when, 'when', texts.whenHint, area('when', typed.when, true))}
    ${field(
      texts,
      texts.product,
      'product',
      undefined,
      markup`<select id="product" name="product">
        <option value="">${texts.productOther}</option>
        ${products.map(
          (name) =>
            markup`<option value="${name}" ${name === typed.product ? markup` selected` : undefined}>${name}</option>`,
        )}
      </select>`,
    )}
    ${field(texts, texts.others, 'others', undefined, area('others', typed.others, false))}
    <fieldset class="field">
      <legend>${texts.concerns}</legend>
      <span class="hint">${texts.concernsHint}</span>
      ${readers.map(({ id, name, role }) => tick('checkbox', 'concerns', id, typed.concerns.includes(id), `${name}, ${role}`))}
    </fieldset>
    ${chooseFiles(texts, typed)}
    ${field(texts, texts.who, 'who', texts.whoHint, area('who', typed.who, true))}
    <fieldset class="field">
      <legend>${texts.safe}</legend>
      ${tick('radio', 'safe', 'yes', typed.safe === 'yes', texts.safeYes)}
      ${tick('radio', 'safe', 'no', typed.safe === 'no', texts.safeNo)}
    </fieldset>
    ${field(texts, texts.safeHow, 'how', undefined, area('how', typed.how, false))}
    <div class="field">${tick('checkbox', 'meeting', 'yes', typed.meeting !== '', texts.meeting)}</div>
    <button type="submit">${texts.send}</button>
  </form>`;

/** The first page. `problem`: why what was typed was not taken; it stands in the form again. */
export const reportPage = (around: Around, typed: Typed, receipt: Receipt, problem?: string): Part => {
  const { texts, fillings } = around;
  return [
    problemPart(problem),
    markup`<p>${filled(texts.intro, fillings)}</p>
      <p><a href="#report">${texts.toForm}</a></p>
      <p><a href="answers">${texts.returning}</a></p>`,
    markup`<h2>${texts.whatHappens}</h2>`,
    list(
      texts.steps.map((step) => filled(step, fillings)),
      true,
    ),
    markup`<h2>${texts.cannot}</h2>`,
    list(texts.cannotMore.map((line) => filled(line, fillings))),
    readersPart(around),
    othersPart(around),
    markup`<h2 id="report">${texts.formTitle}</h2>`,
    formPart(around, typed, receipt),
  ];
};

/** `signed`: proves the report later, to whom its author shows it. */
export const receiptPage = (
  { texts, fillings }: Around,
  { receipt, wasThere, signed, taken }: { receipt: Receipt; wasThere: boolean; signed: string; taken: Taken },
): Part => [
  wasThere ? markup`<p>${texts.again}</p>` : undefined,
  markup`<p>${texts.receiptIntro}</p>
    <p class="digits">${spokenReceipt(receipt)}</p>
    <p>${texts.receiptCare}</p>
    ${filesPart(texts, taken)}
    <p>${filled(texts.receiptNext, fillings)}</p>
    <form method="post" action="answers">
      <input type="hidden" name="receipt" value="${receipt}" /><button type="submit">${texts.receiptOpen}</button>
    </form>
    <details>
      <summary>${texts.proof}</summary>
      <p>${filled(texts.proofMore, fillings)}</p>
      <p><strong>${texts.proofCare}</strong></p>
      <pre>${signed}</pre>
    </details>`,
];

/** Where nobody can read reports yet. */
export const closedPage = (around: Around): Part => [
  markup`<p>${filled(around.texts.closed, around.fillings)}</p>`,
  othersPart(around),
];
