/** Several deals on one desk: each act is told to the other deals as the ticker does it. */

import { cpSync } from 'node:fs';
import type { Form, FormValues, Input } from '../../blocks/card.ts';
import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { OTHER_PRODUCT, type Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy, EndUserKind, FactValue } from '../../flows/policy/policy.ts';
import type { Reply } from '../../src/edge/interaction.ts';
import { silentLogger } from '../../src/log.ts';
import type { Registers } from '../../src/streams/registers.ts';
import type { Ask } from '../../src/streams/stream-kind.ts';
import { createLook } from '../../src/ticker/others.ts';
import { plain } from '../blocks/cards/plain.ts';
import { best } from '../flows/policy/deals.ts';
import { aDeal } from './deal-builders.ts';
import { atDesk } from './desk.ts';
import { atOncePolicy, pictureContext } from './picture-deal.ts';
import { sqliteFolder } from './sqlite.ts';

export const PRODUCTS = [
  { id: 'weather', name: 'Sample weather sensor', category: 'Sensors', able: false },
  { id: 'network', name: 'Sample network protection', category: 'Network security' },
  { id: 'recorder', name: 'Sample camera recorder', category: 'Other devices' },
];
const { organisation, policy } = pictureContext({ products: PRODUCTS }, atOncePolicy);
const legal = { id: 'legal-1', name: 'Sample Legal Adviser', slack: 'U0LEGAL1' };

/** `product`: an id of the catalogue, or the name of one outside it. */
export interface Parties {
  endUser: string;
  kind: EndUserKind;
  customer: string;
  between: readonly string[];
  product: string;
  destination: string;
}

export const detailsOf = ({ endUser, kind, customer, between, product, destination }: Parties): DealDetails => {
  const known = PRODUCTS.find(({ id }) => id === product);
  return {
    ...aDeal().details,
    customer,
    product: known ? { id: known.id, name: known.name } : { id: OTHER_PRODUCT, name: product },
    destination,
    endUser: { name: endUser, kind },
    intermediaries: between.map((name) => ({ name, role: 'reseller' })),
  };
};

const SOURCES = [
  { name: 'Sample report', year: 2026, url: 'https://reports.example.org/a' },
  { name: 'Another sample report', year: 2026, url: 'https://news.example.com/b' },
];

export const approverOf = (view: DealView): string | undefined =>
  view.deal.status === 'deciding' ? waitingFor(view).people[0] : undefined;

/** Answers to a section, well but for some, with a note below those. Undefined: one of them is not asked. */
export const answersTo = (
  { facts }: DealView,
  section: string,
  said: Readonly<Record<string, FactValue>> = {},
  note?: string,
): Record<string, GivenAnswer> | undefined => {
  const answers: Record<string, GivenAnswer> = {};
  for (;;) {
    const given = Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, value]));
    const now = { ...facts, answers: { ...facts.answers, ...given } };
    const question = policy.questionsFor(section, now).find(({ id }) => !answers[id]);
    if (!question) break;
    const { id, kind, options } = question;
    const well = section === policy.scopeSection ? 'no' : kind === 'choices' ? [options[0]!.value] : best(question);
    const value = said[id] ?? well;
    answers[id] = { value, ...(said[id] !== undefined && note !== undefined ? { note } : {}), sources: SOURCES };
  }
  return Object.keys(said).every((id) => answers[id]) ? answers : undefined;
};

/** A form from which a button leads to another. */
export interface Shown {
  name: string;
  context: string;
  /** What is typed in it as its button is pressed. */
  values?: FormValues;
}

/** What a form answers once it is sent. `form`: what it shows instead. */
export interface Sent {
  kind: Reply['kind'];
  form?: OpenedForm | undefined;
  /** What is wrong with it, or why it is refused. */
  errors: readonly string[];
}

/** As its reader sees it: `page` has all but its inputs. */
export interface OpenedForm extends Shown {
  page: string;
  inputs: readonly Input[];
  /** Without one it only shows. */
  submit: string | undefined;
  send(values: FormValues): Promise<Sent>;
  /** As it is drawn again once these were chosen. */
  chosen(values: FormValues, input: string): Promise<OpenedForm | undefined>;
  /** Tells whether it is done. */
  press(values: FormValues): Promise<boolean>;
}

interface DealsBefore {
  dir: string;
  opened: number;
  now: number;
}

export interface SeveralDeals {
  view(deal: string): Promise<DealView>;
  /** Tells whether it was accepted. */
  act(deal: string, actor: string, command: DealCommand): Promise<boolean>;
  open(parties: Parties, by?: string): Promise<string>;
  /** Undefined: none opens. `value`: of its button. */
  form(person: string, name: string, deal: string, value?: string, from?: Shown): Promise<OpenedForm | undefined>;
  /** All that was ever said in a deal, as it is kept. */
  record(deal: string): Promise<string>;
  /** So many days pass, and what is due is told. */
  later(days: number): Promise<void>;
  /** An act in a register, which the deals then hear of. Throws where it is refused. */
  register(act: (registers: Registers, ask: Ask) => Promise<{ kind: string }>, by: string): Promise<void>;
  /** The same deals on a desk of their own, to go on otherwise with. */
  fork(): SeveralDeals;
  end(): Promise<void>;
}

/** `more`: what else the policy says; `before`: what they were; `company`: what else the organisation file says. */
export const severalDeals = (
  more: Partial<CompiledPolicy> = {},
  before?: DealsBefore,
  company: Partial<Organisation> = {},
): SeveralDeals => {
  const folder = sqliteFolder();
  if (before) cpSync(before.dir, folder.dir, { recursive: true });
  const at = atDesk({
    organisation: { ...organisation, people: [...organisation.people, legal], ...company },
    policy: { ...policy, ...more },
    folder,
  });
  const { index, registers, clock } = at.desk;
  const lookAtAll = createLook({ index, registers, deals: at.deals, clock, logger: silentLogger });
  let opened = before?.opened ?? 0;
  /** A deal alone hears of nobody. */
  const look = async (): Promise<void> => {
    if (opened > 1) await lookAtAll();
  };
  let now = before?.now ?? clock().getTime();
  at.downUntil(new Date(now).toISOString());
  const next = (): string => {
    now += 60_000;
    at.downUntil(new Date(now).toISOString());
    return `act-${now}`;
  };
  const drawn = (person: string, form: Form): OpenedForm => {
    const { name, context } = form;
    const send = async (values: FormValues): Promise<Sent> => {
      const reply = await at.ask(person, { kind: 'submit', form: name, context, values }, undefined, next());
      await look();
      return {
        kind: reply.kind,
        form: reply.kind === 'form' ? drawn(person, reply.form) : undefined,
        errors: reply.kind === 'errors' ? Object.values(reply.errors) : [],
      };
    };
    return {
      name,
      context,
      page: plain({ blocks: form.blocks.flatMap((block) => (block.kind === 'input' ? [] : [block])) }),
      inputs: form.blocks.flatMap((block) => (block.kind === 'input' ? [block] : [])),
      submit: form.submit,
      send,
      chosen: async (values, input) => {
        const reply = await at.ask(person, { kind: 'change', form: name, context, values, input }, undefined, next());
        return reply.kind === 'form' ? drawn(person, reply.form) : undefined;
      },
      press: async (values) => (await send(values)).kind === 'done',
    };
  };
  return {
    view: async (deal) => {
      const view = await at.deals.view(deal);
      if (!view) throw new Error(`there is no ${deal}`);
      return view;
    },
    act: async (deal, actor, command) => {
      const { kind } = await at.deals.handle(deal, command, { actor, cause: next() });
      await look();
      return kind === 'accepted';
    },
    open: async (parties, by = 'rep-1') => {
      const outcome = await at.deals.open(
        { type: 'OpenDeal', home: { platform: 'slack', channel: 'C0CLEAR' }, details: detailsOf(parties) },
        { actor: by, cause: next() },
      );
      if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
      opened += 1;
      await look();
      return outcome.view.deal.id;
    },
    form: async (person, name, deal, value = deal, from) => {
      const click = {
        kind: 'click',
        name,
        value,
        ...(from ? { form: { ...from, values: from.values ?? {} } } : {}),
      } as const;
      const reply = await at.ask(person, click, undefined, next());
      if (reply.kind !== 'form') return undefined;
      return drawn(person, reply.form);
    },
    record: async (deal) => JSON.stringify(await at.deals.events(deal)),
    later: async (days) => {
      now += days * 86_400_000;
      await at.travel(new Date(now).toISOString());
    },
    register: async (act, by) => {
      const outcome = await act(registers, { actor: by, cause: next() });
      if (outcome.kind !== 'accepted') throw new Error(`it is ${JSON.stringify(outcome)}`);
      now += 60_000;
      await at.travel(new Date(now).toISOString());
      await look();
    },
    fork: () => severalDeals(more, { dir: folder.dir, opened, now }, company),
    end: () => at.end(),
  };
};
