/** A plan, done by the real code: reports by the page's own form, steps and commits by the stores. Then the files are read. */

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { decideOnCase, type CaseAction } from '../../../flows/voices/case.ts';
import { dayOf } from '../../../flows/voices/days.ts';
import { readReceipt } from '../../../flows/voices/receipt.ts';
import { createReceiptKeys } from '../../../src/voices/receipt-keys.ts';
import { seal } from '../../../src/voices/sealing.ts';
import { sqliteFolder } from '../sqlite.ts';
import { sampleCommit, sampleProjection } from '../store-samples.ts';
import { hiddenIn, openVoicesPage, type VoicesPage } from '../voices-page.ts';
import { DAY_MS, START, type Act, type Plan, type Report, type Step } from './plans.ts';
import {
  bodyOf,
  handlerId,
  handlerName,
  NAME_GIVEN,
  wordsOf,
  type Seen,
  type SeenCase,
  type SeenCommit,
} from './records.ts';

const DOES: Record<Step['kind'], CaseAction['do']> = {
  acknowledged: 'acknowledge',
  answered: 'answer',
  worked: 'work',
  feedback: 'feedback',
  closed: 'close',
};

const noon = (day: number): Date => new Date(START + day * DAY_MS + DAY_MS / 2);
const dayIn = (day: string): number => Math.round((Date.parse(`${day}T00:00:00Z`) - START) / DAY_MS);
const handlerIn = (id: string): number => Number(id.slice(2)) - 1;

const takesSteps = async (page: VoicesPage, { steps }: Report, lookup: string, on: number): Promise<void> => {
  for (const { day, by, kind, bytes } of steps.filter((step) => step.day === on)) {
    const found = page.store.caseAt(lookup);
    if (!found) throw new Error('no case');
    const handler = found.sealedTo[by % found.sealedTo.length] ?? '';
    const decided = decideOnCase(found, { do: DOES[kind] } as CaseAction, handler, dayOf(noon(day)));
    if ('refused' in decided) throw new Error(decided.refused);
    const recipients = page.readers.filter(({ id }) => found.sealedTo.includes(id)).map(({ recipient }) => recipient);
    const isForThem = kind !== 'worked' && kind !== 'closed';
    const message = {
      day: dayOf(noon(day)),
      by: handler,
      forHandlers: await seal(wordsOf(bytes), recipients),
      forReporter: isForThem ? await seal(wordsOf(bytes), [found.recipient]) : undefined,
    };
    if (!page.store.add(found.id, found.events.length, { message, event: decided.event })) throw new Error('not kept');
  }
};

/** Sends a report by the page's form, and all that follows of it. */
const reported = async (page: VoicesPage, report: Report): Promise<void> => {
  const { day, bytes, named, ticks, additions, steps } = report;
  page.is.now = noon(day);
  const form = await (await fetch(`${page.url}/`)).text();
  const receipt = hiddenIn(form, 'receipt');
  const sent = await page.post('/report', {
    receipt,
    readers: hiddenIn(form, 'readers'),
    what: 'x'.repeat(bytes),
    ...(named ? { who: NAME_GIVEN } : {}),
    ...(ticks === undefined ? {} : { concerns: handlerId(ticks) }),
  });
  if (!(await sent.text()).includes('Your report has arrived')) throw new Error('not taken');
  const read = readReceipt(receipt);
  if (typeof read !== 'string') throw new Error('no receipt');
  const { lookup } = await createReceiptKeys(page.store.salt)(read);
  const days = [...new Set([...additions, ...steps].map((one) => one.day))].toSorted((a, b) => a - b);
  for (const on of days) {
    page.is.now = noon(on);
    for (const addition of additions.filter((one) => one.day === on)) {
      const added = await page.post('/add', { receipt, words: 'x'.repeat(addition.bytes) });
      if (!(await added.text()).includes('It has arrived.')) throw new Error('not added');
    }
    await takesSteps(page, report, lookup, on);
  }
};

const casesIn = (folder: string): SeenCase[] => {
  const db = new Database(join(folder, 'voices.db'), { readonly: true });
  type Row = { id: string; day: string; sealed_to: string; events: string; who: number | null };
  type Message = { day: string; handler: string | null; mine: number; theirs: number | null };
  try {
    const cases = db.prepare<[], Row>('SELECT id, day, sealed_to, events, length(who) AS who FROM cases').all();
    const messages = db.prepare<[string], Message>(
      'SELECT day, handler, length(for_handlers) AS mine, length(for_reporter) AS theirs FROM messages WHERE case_id = ? ORDER BY number',
    );
    const ticked = db.prepare<[string], string>("SELECT handler FROM concerned WHERE case_id = ? AND handler <> ''");
    return cases.map(({ id, day, sealed_to, events, who }) => ({
      day: dayIn(day),
      sealedTo: (JSON.parse(sealed_to) as string[]).map(handlerIn),
      ticked: ticked.pluck().all(id).map(String).map(handlerIn),
      who: who ?? undefined,
      events: (JSON.parse(events) as { kind: string; day: string }[]).map(
        (event) => `${event.kind} ${dayIn(event.day)}`,
      ),
      messages: messages.all(id).map((message) => ({
        day: dayIn(message.day),
        by: message.handler === null ? undefined : handlerIn(message.handler),
        forHandlers: message.mine,
        forReporter: message.theirs ?? undefined,
      })),
    }));
  } finally {
    db.close();
  }
};

const committed = async (acts: readonly Act[]): Promise<SeenCommit[]> => {
  const folder = sqliteFolder();
  try {
    const store = folder.open();
    const versions = new Map<string, number>();
    for (const [n, { at, person, stream, bytes }] of acts.entries()) {
      const version = versions.get(stream) ?? 0;
      versions.set(stream, version + 1);
      const changes = { at: new Date(at).toISOString(), actor: person, cause: `act-${n}`, body: bodyOf(bytes) };
      await store.append(sampleCommit(stream, version, changes), sampleProjection(version + 1));
    }
    type Row = { at: string; actor: string; stream: string; bytes: number };
    return folder
      .raw()
      .prepare<[], Row>('SELECT at, actor, stream, length(body) AS bytes FROM commits ORDER BY place')
      .all()
      .map((row) => ({ ...row, at: Date.parse(row.at) }));
  } finally {
    await folder.remove();
  }
};

/** `logged`: what the page wrote into its log. */
export const writtenOf = async (plan: Plan): Promise<Pick<Seen, 'cases' | 'commits'> & { logged: string[] }> => {
  const page = await openVoicesPage();
  try {
    await page.reader(handlerId(2), handlerName(2));
    for (const report of plan.reports) await reported(page, report);
    return { cases: casesIn(page.folder), commits: await committed(plan.acts), logged: page.logged };
  } finally {
    await page.end();
  }
};
