/** A case goes out to a court or an authority: one handler asks, another agrees, and whoever asked makes the file, here. */

import {
  exportOf,
  exportProblem,
  type Export,
  type ExportAsked,
  type ExportStep,
} from '../../../../flows/voices/exporting.ts';
import { stepIn } from '../../../../flows/voices/steps.ts';
import { element } from '../../../signing/page/draw.ts';
import { seal } from '../../sealing.ts';
import type { Act, ShownCase } from '../wire.ts';
import type { Draft } from './acting.ts';
import { ask, Refused, trying } from './ask.ts';
import type { Me } from './entering.ts';
import { markOf, sha256 } from './export-file.ts';
import { fileOut, going } from './export-making.ts';
import { askedParts, NAME_GOES } from './export-words.ts';
import { save } from './files.ts';
import { base64Of } from './keys.ts';
import { aroundExport, headingsOf, readCase, type ReadCase } from './reading-case.ts';
import { partList } from './report-list.ts';
import { line, long, ticks } from './step-fields.ts';
import { button, buttons, card, choice, form, say, words } from './view.ts';

/** What somebody had written when it turned out that they had not seen everything. */
export type ExportBegun = Omit<ExportAsked, 'mark'>;

export interface Exporting {
  me: Me;
  begun: ExportBegun | undefined;
  /** Shows the case anew, and says something. */
  again(said: string, kept?: Draft | ExportBegun): Promise<void>;
}

const NAME_WARNING =
  'The name goes out with this, and nothing calls it back: whoever reads it can harm them. In many places they have to be told before (Directive (EU) 2019/1937, article 16).';
const NOT_THE_SAME =
  'This case is not what it was when the export was asked for. Nothing went out. Please take it back, and ask again.';
const CANT_OPEN =
  'A part of what would go out can’t be opened with your key, so you can’t judge it. Please leave it to another handler, or leave that part out.';
const TELLS =
  'What was considered before a hold says who could find out who spoke, so it is left out unless you tick it.';

const DRAFTED = 'A draft stands below, under “What next”. Nothing is sent yet.';

const TO_TELL = (name: boolean): string =>
  [
    `A court or an authority asked us for your report. It goes there ${name ? 'WITH your name' : 'without the envelope in which you said who you are'}.`,
    'If that puts you or somebody else in danger, please write to us here at once.',
  ].join('\n\n');

/** A tick that has to be there. */
const sureOf = (label: string): { part: HTMLElement; missing(): boolean } => {
  const { box, part } = choice('checkbox', label);
  return {
    part,
    missing: () => {
      if (box.checked) return false;
      say('Please tick this first, if it is so.');
      box.focus();
      return true;
    },
  };
};

const take = async ({ id, events, recipients }: ShownCase, step: ExportStep): Promise<void> => {
  const forHandlers = base64Of(await seal({ kind: 'export', step }, recipients));
  const asked: Act = { id, events: events.length, action: { do: 'export' }, message: { forHandlers } };
  await ask('act', asked);
};

/** Undefined where the case was taken back. */
export const exporting = (read: ReadCase, { me, begun, again }: Exporting): HTMLElement | undefined => {
  const { shown, parts, safe } = read;
  if (parts.length === 0) return undefined;
  const around = aroundExport(read);
  const now = exportOf(read.exports, around);
  const headings = headingsOf(read);
  const place = element('div');
  const notNow = (): HTMLButtonElement => button('Not now', choose);
  const refusal = (step: ExportStep): string | undefined => exportProblem(now, { by: me.id, step }, around);

  /** Says what came of it; where somebody was faster, shows the case anew. */
  const keep = async (step: ExportStep, done: string, kept?: ExportBegun): Promise<void> => {
    try {
      await take(shown, step);
    } catch (error) {
      if (!(error instanceof Refused) || !error.stale) throw error;
      return again(kept ? `${error.message} What you wrote is kept below.` : error.message, kept);
    }
    await again(done);
  };

  const asks = (from?: ExportBegun): void => {
    const to = line('Who asks for it?', 'The court or authority, and the number of its order.', from?.to);
    const why = long(
      'Why does it go out, and what for?',
      'Who looked whether the law demands it: ask a lawyer.',
      from?.why,
    );
    const options = Object.fromEntries(parts.map(({ message, heading }) => [String(message.number), heading]));
    const tells = parts
      .filter(({ opened }) => stepIn(opened?.value)?.kind === 'hold')
      .map(({ message }) => message.number);
    const out = (from?.left ?? tells).map(String);
    const goes = ticks(
      'What goes out?',
      options,
      Object.keys(options).filter((number) => !out.includes(number)),
    );
    const files = choice('checkbox', 'The files, too. Without this only their names, lengths and hashes go out.');
    files.box.checked = from?.files === true;
    const name = choice('checkbox', 'Also who they are: the envelope with their name.');
    name.box.checked = from?.name === true;
    const sure = sureOf('I know that the name goes out, and that nothing calls it back.');
    const warning = element('div', {}, words(NAME_WARNING, 'late'), sure.part);
    const redraw = (): void => {
      warning.hidden = !name.box.checked;
    };
    name.box.addEventListener('change', redraw);
    redraw();
    const submit = async (): Promise<void> => {
      for (const [field, problem] of [
        [to, 'Please write who asks for it.'],
        [why, 'Please write why it goes out.'],
      ] as const) {
        if (field.value() !== '') continue;
        say(problem);
        return field.focus();
      }
      if (name.box.checked && sure.missing()) return;
      const chosen = goes.value();
      const made: ExportBegun = {
        kind: 'asked',
        to: to.value(),
        why: why.value(),
        upTo: parts.length,
        events: shown.events.length,
        left: parts.map(({ message }) => message.number).filter((number) => !chosen.includes(String(number))),
        files: files.box.checked,
        name: name.box.checked,
      };
      if (going(read, made).some(({ opened }) => !opened)) return say(CANT_OPEN);
      await keep(
        { ...made, mark: await markOf(shown, made) },
        'Kept. Another handler has to agree: please tell them, by voice.',
        made,
      );
    };
    place.replaceChildren(
      form(
        'Ask another handler',
        [
          to.part,
          why.part,
          goes.part,
          ...(tells.length > 0 ? [words(TELLS, 'hint')] : []),
          words('Read all of it first: words may tell who spoke, without a name.', 'note'),
          files.part,
          ...(shown.who === undefined ? [] : [name.part, warning]),
        ],
        () => trying(submit),
        notNow(),
      ),
    );
    to.focus();
  };

  const agrees = ({ number, asked }: Export): void => {
    const isRead = sureOf('I read all that goes out, and why. I agree.');
    const sure = asked.name ? [sureOf('I agree that the name goes out, and know that nothing calls it back.')] : [];
    const submit = async (): Promise<void> => {
      if ([isRead, ...sure].some((one) => one.missing())) return;
      if (going(read, asked).some(({ opened }) => !opened)) return say(CANT_OPEN);
      const mark = await markOf(shown, asked);
      if (mark !== asked.mark) return say(NOT_THE_SAME);
      await keep({ kind: 'agreed', asked: number, mark }, 'Kept. Whoever asked for it can make the file now.');
    };
    const warned = asked.name ? [words(NAME_WARNING, 'late')] : [];
    const made = [isRead.part, ...warned, ...sure.map(({ part }) => part)];
    place.replaceChildren(form('Agree', made, () => trying(submit), notNow()));
    made[0]?.querySelector('input')?.focus();
  };

  const ends = ({ number, by }: Export): void => {
    const why = long(by === me.id ? 'Why is it taken back?' : 'Why do you not agree?');
    const submit = async (): Promise<void> => {
      if (why.value() === '') {
        say('Please write something first.');
        return why.focus();
      }
      await keep({ kind: 'ended', asked: number, words: why.value() }, 'Kept. Nothing is exported.');
    };
    place.replaceChildren(form('Keep', [why.part], () => trying(submit), notNow()));
    why.focus();
  };

  /** Looks at the case anew: what was agreed to has to be there still, and who agreed. */
  const makes = ({ number, asked: { name } }: Export): void => {
    const sure = name ? [sureOf('The name goes out with this file.')] : [];
    const submit = async (): Promise<void> => {
      if (sure.some((one) => one.missing())) return;
      const fresh = await readCase(shown.id, me);
      const then = exportOf(fresh.exports, aroundExport(fresh));
      const step: ExportStep = { kind: 'made', asked: number, hash: '-' };
      const problem = exportProblem(then, { by: me.id, step }, aroundExport(fresh));
      if (problem !== undefined || !then) return again(problem ?? NOT_THE_SAME);
      if ((await markOf(fresh.shown, then.asked)) !== then.asked.mark) return say(NOT_THE_SAME);
      if (going(fresh, then.asked).some(({ opened }) => !opened)) return say(CANT_OPEN);
      const file = await fileOut(fresh, then);
      if (!file) return say(CANT_OPEN);
      try {
        // It stands in the case before there is a file.
        await take(fresh.shown, { ...step, hash: await sha256(file) });
      } catch (error) {
        if (!(error instanceof Refused) || !error.stale) throw error;
        return again(`${error.message} No file was made.`);
      }
      save(new Blob([file], { type: 'application/zip' }), `${shown.id}.zip`);
      await again(`Your browser saves it as ${shown.id}.zip. It is not sealed any more: give it to nobody else.`);
    };
    place.replaceChildren(
      form(
        'Make the file',
        sure.map(({ part }) => part),
        () => trying(submit),
        notNow(),
      ),
    );
    place.querySelector<HTMLElement>('input, button')?.focus();
  };

  function choose(): void {
    say('');
    const open = now && !now.over && now.lapsed === undefined ? now : undefined;
    const agreed: ExportStep | undefined = open && { kind: 'agreed', asked: open.number, mark: open.asked.mark };
    const made: ExportStep | undefined = open && { kind: 'made', asked: open.number, hash: '-' };
    const waits = open && (open.agreedBy === undefined ? agreed && refusal(agreed) : made && refusal(made));
    const canAsk = refusal({
      kind: 'asked',
      to: '-',
      why: '-',
      upTo: 0,
      events: 0,
      left: [],
      files: false,
      name: false,
      mark: '-',
    });
    const tells =
      now && (!now.over || read.exports.at(-1)?.step.kind === 'made') && safe !== 'no' && shown.over === undefined;
    place.replaceChildren(
      ...(now && !now.over ? [partList(askedParts(now.asked, headings))] : []),
      ...(open?.asked.name ? [words(`${NAME_GOES}.`, 'late')] : []),
      ...(open?.agreedBy === undefined ? [] : [words(`${shown.names[open.agreedBy] ?? ''} agreed.`)]),
      ...(now?.lapsed === undefined ? [] : [words(now.lapsed, 'late')]),
      ...(waits === undefined ? [] : [words(waits, 'quiet')]),
      ...(!open && canAsk !== undefined ? [words(canAsk, 'quiet')] : []),
      buttons(
        ...(open && agreed && refusal(agreed) === undefined ? [button('Agree…', () => agrees(open), 'primary')] : []),
        ...(open && made && refusal(made) === undefined
          ? [button('Make the file…', () => makes(open), 'primary')]
          : []),
        ...(open ? [button(open.by === me.id ? 'Take it back…' : 'Say no…', () => ends(open))] : []),
        ...(!open && canAsk === undefined ? [button('Ask for an export…', () => asks())] : []),
        ...(now && tells
          ? [
              button(
                'Tell them about it…',
                () => void again(DRAFTED, { does: 'answer', text: TO_TELL(now.asked.name) }),
              ),
            ]
          : []),
      ),
    );
  }
  choose();
  if (begun && (!now || now.over || now.lapsed !== undefined)) asks(begun);
  return card(
    'A court or an authority asks for it',
    words('It goes out once two handlers agree to exactly the same.', 'hint'),
    place,
  );
};
