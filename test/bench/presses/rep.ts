/** A rep who answers honestly, and does no more than is asked. */

import type { Form, Input } from '../../../blocks/card.ts';
import type { CompiledPolicy, FactValue, Question } from '../../../flows/policy/policy.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { formIn } from '../../support/desk.ts';
import { type Filling, type Hand } from './hand.ts';
import type { Plan } from './market.ts';

/** Two publishers, so that it serves in a high deal too. */
const SOURCES = [
  'Sample country report, 2026, https://reports.example.org/country',
  'Sample rights watch, 2026, https://watch.example.com/report',
].join('\n');
const WHY = 'We looked again, and the report was about another agency.';

/** What this rep says at first, mistakes included. */
const sayingOf = ({ truth, mistake }: Plan): Readonly<Record<string, FactValue>> =>
  mistake && 'question' in mistake ? { ...truth, [mistake.question]: mistake.first } : truth;

/** The answer where nothing speaks against a deal in scope. */
const usual = ({ id, kind, options }: Question, policy: CompiledPolicy): FactValue => {
  switch (kind) {
    case 'text':
      return 'Counting cars at the main gate.';
    case 'choice':
      return options[0]?.value ?? 'unknown';
    case 'choices':
      return [(options.find(({ value }) => value === 'none') ?? options[0])?.value ?? 'unknown'];
    case 'yes-no':
      return /^G[12]\b/u.test(id) || policy.isBenign(id, 'yes') ? 'yes' : 'no';
    default: {
      const never: never = kind;
      return never;
    }
  }
};

const answerTo = (question: Question, plan: Plan, policy: CompiledPolicy): FactValue =>
  sayingOf(plan)[question.id] ?? usual(question, policy);

const buttonIn = ({ blocks }: Form, name: string) =>
  blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : [])).find((action) => action.name === name);

/** Fills in a section: the shortcut where all of its answers are the usual ones, else one by one. */
const sectionFilling =
  (policy: CompiledPolicy, plan: Plan): Filling =>
  ({ name, optional, control }: Input) => {
    const [sign, rest = ''] = name.split(/:(.*)/su);
    const id = rest.replace(/:\d+$/u, '');
    switch (sign) {
      case 'all': {
        const list = policy.sections.flatMap(({ checklists }) => checklists).find((one) => one.id === rest);
        const same = list?.questions.every((each) => {
          const question = policy.question(each);
          return question !== undefined && answerTo(question, plan, policy) === list.answer;
        });
        return same ? 'all' : 'one';
      }
      case 'q': {
        const question = policy.question(id);
        if (!question) return undefined;
        const answer = answerTo(question, plan, policy);
        if (control.type !== 'checkboxes')
          return typeof answer === 'string' && answer !== 'unknown'
            ? answer
            : control.type === 'radio'
              ? 'unknown'
              : undefined;
        return [answer].flat().filter((value) => control.options.some((option) => option.value === value));
      }
      case 'n':
        return optional ? undefined : 'It does no security work.';
      case 'b':
        return rest === 'sources' && (control.type !== 'paragraph' || control.initial === undefined)
          ? SOURCES
          : undefined;
      case 'why':
        return WHY;
      default:
        return undefined;
    }
  };

export interface Rep {
  /** Opens the deal and answers section by section. Resolves with its id. */
  open(hand: Hand, plan: Plan): Promise<string>;
  /** Puts right what was said wrong. */
  correct(hand: Hand, plan: Plan, deal: string): Promise<void>;
  answerQuestion(hand: Hand, deal: string, request: string): Promise<void>;
  meetCondition(hand: Hand, deal: string, condition: string): Promise<void>;
  settleLicence(hand: Hand, deal: string): Promise<void>;
  setRenewal(hand: Hand, deal: string, day: string): Promise<void>;
  startReassessment(hand: Hand, deal: string): Promise<void>;
  stillSo(hand: Hand, deal: string, section: string): Promise<void>;
}

const only =
  (values: Readonly<Record<string, string | readonly string[]>>): Filling =>
  ({ name }) =>
    values[name];

const OPENS = 'open a deal and answer it';
const CORRECTS = 'correct an answer or the details';
const QUESTION = 'answer a question';
const CONDITION = 'hand in a condition';
const AFTER = 'licence and renewal dates';
const AGAIN = 'reassess: start, confirm sections';

export const createRep = (policy: CompiledPolicy): Rep => {
  /** Goes on while the same window shows the next section. */
  const sections = async (hand: Hand, plan: Plan, first: Reply): Promise<void> => {
    let reply = first;
    const filling = sectionFilling(policy, plan);
    for (let n = 0; reply.kind === 'form' && reply.form.name === 'deal.section'; n += 1) {
      if (n > 12) throw new Error(`the sections have no end: ${reply.form.title}`);
      let { form } = reply;
      const ask = buttonIn(form, 'deal.ask-counsel');
      if (ask && ask.label === 'Ask counsel')
        form = formIn(await hand.press('ask counsel', ask.name, ask.value, { form, filling }));
      reply = await hand.send(OPENS, form, filling);
    }
  };
  return {
    open: async (hand, plan) => {
      const form = formIn(await hand.say(OPENS, ''));
      const kind = plan.mistake && 'kind' in plan.mistake ? plan.mistake.kind : plan.kind;
      const details: Readonly<Record<string, string>> = {
        customer: `Sample Customer ${plan.number}`,
        product: plan.product,
        destination: plan.country,
        endUserName: `Sample Agency ${plan.number}`,
        endUserKind: kind,
        exportLicence: plan.licence,
        ...(plan.intermediary ? { intermediaries: 'Sample Reseller, reseller' } : {}),
      };
      const reply = await hand.send(OPENS, form, only(details));
      const { deal } = JSON.parse(formIn(reply).context) as { deal: string };
      const asked =
        kind === 'state-tied' && plan.kind !== kind ? { ...plan, truth: { ...plan.truth, S3: 'yes' } } : plan;
      await sections(hand, asked, reply);
      return deal;
    },
    correct: async (hand, plan, deal) => {
      const { mistake } = plan;
      if (!mistake) return;
      if ('kind' in mistake) {
        const form = formIn(await hand.press(CORRECTS, 'deal.more', deal));
        const details = formIn(await hand.send(CORRECTS, form, only({ choice: 'details' })));
        await hand.send(CORRECTS, details, only({ endUserKind: plan.kind, reason: WHY }));
        return;
      }
      const form = formIn(await hand.press(CORRECTS, 'deal.answer', `${deal}/${mistake.section}`));
      await hand.send(CORRECTS, form, only({ [`q:${mistake.question}`]: 'no', why: WHY }));
    },
    answerQuestion: async (hand, deal, request) => {
      const form = formIn(await hand.press(QUESTION, 'deal.give-information', `${deal}/${request}`));
      await hand.send(
        QUESTION,
        form,
        only({ text: 'Their procurement office says that it is for the main building.' }),
      );
    },
    meetCondition: async (hand, deal, condition) => {
      const form = formIn(await hand.press(CONDITION, 'deal.meet-condition', `${deal}/${condition}`));
      await hand.send(CONDITION, form, only({ text: 'It stands in clause 14 of the signed contract.' }));
    },
    settleLicence: async (hand, deal) => {
      const form = formIn(await hand.press(AFTER, 'deal.licence', deal));
      await hand.send(AFTER, form, only({ licence: 'granted', reason: 'No. 12 of 3 March 2027' }));
    },
    setRenewal: async (hand, deal, day) => {
      const form = formIn(await hand.press(AFTER, 'deal.renewals', deal));
      await hand.send(AFTER, form, only({ licence: day }));
    },
    startReassessment: async (hand, deal) => void (await hand.press(AGAIN, 'deal.reassess', deal)),
    stillSo: async (hand, deal, section) => {
      const reply = await hand.press(AGAIN, 'deal.nothing-changed', `${deal}/${section}`);
      if (reply.kind !== 'done') throw new Error(`${deal}, ${section}: ${JSON.stringify(reply)}`);
    },
  };
};
