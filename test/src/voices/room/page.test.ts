import { describe, expect, it } from 'vitest';
import { holdForm, readHoldForm } from '../../../../blocks/forms/hold.ts';
import type { PlacedHold } from '../../../../flows/voices/steps.ts';
import { isLongEnough } from '../../../../src/voices/room/page/keys.ts';
import { safeAfter, partsOf } from '../../../../src/voices/room/page/report.ts';
import { drawnDay } from '../../../../src/voices/room/page/step-forms.ts';
import { placedParts } from '../../../../src/voices/room/page/step-words.ts';

describe('what somebody wrote', () => {
  it('is read by labels, in the order of the report page, and by name where a field is new', () => {
    const report = {
      kind: 'report',
      newer: ['one', { two: 2 }],
      files: [{ id: 'a', name: 'plan.pdf', key: 'AGE-SECRET-KEY-PQ-1' }],
      when: 'In May',
      what: ' They watch us. ',
      where: '',
      safe: 'no',
      meeting: 'yes',
      language: 'en',
    };
    expect(partsOf(report)).toEqual([
      { label: 'What happened', text: 'They watch us.' },
      { label: 'When', text: 'In May' },
      { label: 'Is it safe to answer them here', text: 'No, please don’t answer' },
      { label: 'Would like to talk in person', text: 'Yes' },
      { label: 'Language', text: 'en' },
      { label: 'newer', text: 'one\n{"two":2}' },
    ]);
  });

  it.each([
    [{ kind: 'words', text: 'More.' }, [{ label: undefined, text: 'More.' }]],
    [{ kind: 'who', text: 'Me.' }, [{ label: undefined, text: 'Me.' }]],
    [
      { kind: 'words', text: ['More.'], at: 5, sure: false },
      [
        { label: undefined, text: 'More.' },
        { label: 'at', text: '5' },
        { label: 'sure', text: 'No' },
      ],
    ],
    ['Only text', [{ label: undefined, text: 'Only text' }]],
    [['a', 'b'], [{ label: undefined, text: 'a\nb' }]],
    [null, []],
    [{}, []],
    [{ kind: 'report', what: null, where: '  ' }, []],
    [
      JSON.parse('{"__proto__": "x", "constructor": "y"}'),
      [
        { label: '__proto__', text: 'x' },
        { label: 'constructor', text: 'y' },
      ],
    ],
  ])('is read whatever it is: %j', (value, parts) => {
    expect(partsOf(value)).toEqual(parts);
  });

  it('says whether an answer is safe', () => {
    expect([{ safe: 'no' }, { safe: 'yes' }, {}, null, 'no'].map((value) => safeAfter('unsaid', value))).toEqual([
      'no',
      'yes',
      'unsaid',
      'unsaid',
      'unsaid',
    ]);
    expect(safeAfter('no', { safe: '' })).toBe('no');
  });
});

describe('the day of a hold', () => {
  it('is any working day of the next two weeks', () => {
    const drawn = new Set(Array.from({ length: 200 }, (_, i) => drawnDay('2026-11-27', () => i / 200)));
    expect([...drawn]).toHaveLength(10);
    for (const day of drawn) {
      expect(day > '2026-11-27' && day <= '2026-12-11').toBe(true);
      expect([0, 6]).not.toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
    }
  });
});

it('says to choose in chat what the form of a hold there asks, and takes', () => {
  const hold: PlacedHold = {
    on: 'Sample Ministry',
    stop: ['updates', 'access'],
    reason: 'Use is compared with the licence.',
    day: '2026-12-03',
    review: '2027-01-10',
  };
  const inputs = holdForm({ today: '2026-11-27' }, { on: 'end-user' }).blocks.flatMap((block) =>
    block.kind === 'input' ? [block] : [],
  );
  const values: Record<string, string | string[]> = {
    on: 'end-user',
    endUser: hold.on,
    from: hold.day,
    review: hold.review,
  };
  for (const { label, text } of placedParts(hold)) {
    const input = inputs.find((one) => one.label === label);
    if (!input) throw new Error(`the form of a hold asks no “${label}”`);
    const { control } = input;
    if (!('options' in control)) {
      if (input.name === 'reason') values['reason'] = text;
      continue;
    }
    if (input.name === 'on') continue;
    const chosen = text.split('\n').map((line) => control.options.find((option) => option.label === line)?.value);
    for (const one of chosen) expect(one).toBeDefined();
    values[input.name] = chosen.length > 1 ? chosen.map(String) : String(chosen[0]);
  }
  expect(readHoldForm(values, undefined)).toEqual({
    ok: true,
    value: {
      on: { of: 'end-user', name: hold.on },
      stop: hold.stop,
      because: 'inquiry',
      reason: hold.reason,
      review: hold.review,
      from: hold.day,
    },
  });
});

describe('a passphrase', () => {
  it.each([
    ['one two of ten', false],
    ['one two six ten', true],
    ['a b c d', false],
    ['fifteen-letters', false],
    ['sixteen-letters!', true],
    ['   sixteen        ', false],
    ['', false],
  ])('%j is long enough: %s', (passphrase, is) => {
    expect(isLongEnough(passphrase)).toBe(is);
  });
});
