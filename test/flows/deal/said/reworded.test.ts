/** The rep who writes over what a colleague wrote: a sentence, or a note under an answer. */

import { describe, expect, it } from 'vitest';
import { withoutStanding } from '../../../../blocks/cards/replaced-words.ts';
import { pastBlocks } from '../../../../blocks/cards/said-before.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { notesOfOthers } from '../../../../flows/deal/context/notes.ts';
import { wordsEver } from '../../../../flows/deal/context/words-ever.ts';
import { rewordedIn, savedOver } from '../../../../flows/deal/said/reworded.ts';
import type { Source } from '../../../../flows/ids.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

type Answered = Extract<DealCommand, { type: 'AnswerSection' }>;
const withWords = (section: string, id: string, words: { value?: string; note?: string | undefined }): Answered => {
  const [, command] = answerPicture(section);
  const { answers, ...rest } = command as Answered;
  return { ...rest, answers: { ...answers, [id]: { ...answers[id]!, ...words } } };
};
const withSources = (section: string, id: string, sources: Source[]): Answered => {
  const { answers, ...rest } = withWords(section, id, {});
  const given = { ...answers[id]!, sources: [...answers[id]!.sources!, ...sources] };
  return { ...rest, answers: { ...answers, [id]: given } };
};
const deal = (): Story => story(pictureDeal(), pictureContext());
const section = (id: string): string => deal().view.policy.question(id)!.section;
const texts = ({ view }: Story): string[] =>
  [reviewForm(view, 0, startReview(view, 0)!, 1), whyForm(view)].map((form) => JSON.stringify(form));

describe('words that others replace', () => {
  it('stay before approvers: a sentence that was the answer', () => {
    const bad = 'Find out which journalists meet the opposition.';
    const told = deal()
      .and('rep-1', withWords(section('S1'), 'S1', { value: bad }))
      .and('rep-1', withWords(section('S1'), 'S1', { value: 'Protect the counting of votes against attacks.' }));
    for (const text of texts(told)) expect(text).toContain(bad);
    expect(told.view.deal.reworded?.at(-1)).toMatchObject({ question: 'S1', value: bad, by: 'rep-1' });
  });

  it('stay before approvers: a note', () => {
    const bad = 'It belongs to the militia that shot protesters.';
    const told = deal()
      .and('rep-1', withWords('end-user', 'H-RF8', { note: bad }))
      .and('rep-1', withWords('end-user', 'H-RF8', { note: 'A cleaning company' }));
    for (const text of texts(told)) expect(text).toContain(bad);
    const gone = told.and('rep-1', withWords('end-user', 'H-RF8', { note: undefined }));
    expect(gone.view.deal.reworded?.at(-1)).toMatchObject({ note: 'A cleaning company' });
  });

  it('of a colleague stay before approvers whatever the rep slips on in their own answers', () => {
    const told = deal();
    const bad = 'They will read the messages of strikers with it.';
    const at = told.view.now;
    const slips = told.view.policy.sections.flatMap(({ questions }) =>
      questions.filter(({ kind }) => kind === 'yes-no'),
    );
    const state = {
      ...told.view.deal,
      was: slips.map(({ id: question }) => ({
        question,
        before: 'yes',
        by: 'rep-1',
        at,
        until: at,
        changedBy: 'rep-1',
        why: 'I mixed up the columns of the form.',
      })),
      reworded: [{ question: 'S1', value: bad, by: 'product-1', at, until: at, changedBy: 'rep-1' }],
    };
    expect(slips.length).toBeGreaterThan(20);
    for (const text of texts(told.resume({ state, events: told.events }))) expect(text).toContain(bad);
  });

  it('are none where they stay, in whatever spelling, or where more is said', () => {
    const before = deal().and('rep-1', withWords('end-user', 'H-RF8', { note: 'As they told us' }));
    const known = before.view.deal.reworded?.length ?? 0;
    const after = before
      .and('rep-1', withWords('end-user', 'H-RF8', { note: 'as they  told us.' }))
      .and('rep-1', withWords('end-user', 'H-RF8', { note: 'As they told us on the phone.' }));
    expect(after.view.deal.reworded?.length ?? 0).toBe(known);
  });

  it('of a colleague stay where others repeat and deny them', () => {
    const bad = 'Secret police will arrest journalists with it.';
    const told = deal().and('rep-1', withWords(section('S1'), 'S1', { value: bad }));
    const answers = structuredClone(told.view.deal.answers);
    answers[section('S1')]!['S1']!.by = 'product-1';
    const denied = told
      .resume({ state: { ...told.view.deal, answers }, events: told.events })
      .and('rep-1', withWords(section('S1'), 'S1', { value: `Protect votes. No ${bad}` }));
    expect(denied.view.deal.reworded).toContainEqual(
      expect.objectContaining({ value: bad, by: 'product-1', changedBy: 'rep-1' }),
    );
  });

  it('stay though a milder colleague saves other words in between', () => {
    const bad = 'It belongs to the militia that shot protesters.';
    const told = deal().and('rep-1', withWords('end-user', 'H-RF8', { note: bad }));
    const draft = withWords('end-user', 'H-RF8', { note: 'A company, they say' }).answers['H-RF8']!;
    const drafts = { 'end-user': { 'H-RF8': { ...draft, by: 'product-1', at: told.view.now } } };
    const now = withWords('end-user', 'H-RF8', { note: 'A cleaning company' }).answers;
    const lost = rewordedIn({ ...told.view, deal: { ...told.view.deal, drafts } }, 'end-user', now, 'rep-1');
    expect(lost.map(({ note }) => note)).toEqual(expect.arrayContaining([bad, 'A company, they say']));
  });

  it('stay a colleague’s where the rep gives them with another space, and a note under them, too', () => {
    const [value, note] = ['They look for journalists with it.', 'I saw it there.'];
    const theirs = deal()
      .and('rep-1', { type: 'HandOverSection', section: section('S1'), to: 'product-1' })
      .and('product-1', withWords(section('S1'), 'S1', { value, note }));
    const again = theirs.and(
      'rep-1',
      withWords(section('S1'), 'S1', { value: 'They look for  journalists with it.', note }),
    );
    const given = again.view.deal.answers[section('S1')]?.['S1'];
    expect(given).toMatchObject({ by: 'rep-1', first: { by: 'product-1' }, noted: { by: 'product-1' } });
    expect(notesOfOthers(again.view).map(({ text }) => text)).toEqual(expect.arrayContaining([given?.value, note]));
  });

  it('are those that somebody saved for later and replaced, and none where they go on writing', () => {
    const { view } = deal();
    const draft = { 'H-RF8': { value: 'no', note: 'A militia runs it', sources: [], by: 'product-1', at: view.now } };
    const saved = { ...view, deal: { ...view.deal, drafts: { 'end-user': draft } } };
    const now = { 'H-RF8': { value: 'no', note: 'A company runs it' } };
    const more = { 'H-RF8': { value: 'no', note: 'A militia runs it, they say' } };
    expect(savedOver(saved, 'end-user', more, 'product-1')).toEqual([]);
    for (const actor of ['product-1', 'rep-1'])
      expect(savedOver(saved, 'end-user', now, actor)).toMatchObject([
        { question: 'H-RF8', note: 'A militia runs it', by: 'product-1' },
      ]);
  });

  it('stay before approvers: a source that its own author replaces, though the answer speaks for the deal', () => {
    const name = 'Their colonel says it finds marchers';
    const told = deal()
      .and('rep-1', withSources('end-user', 'H-RF8', [{ name, year: 2026 }]))
      .and('rep-1', withSources('end-user', 'H-RF8', [{ name: 'World report', year: 2026 }]));
    for (const text of texts(told)) expect(text).toContain(name);
    const at = told.view.now;
    const draft = { 'H-RF8': { value: 'no', sources: [{ name, year: 2026 }], by: 'product-1', at } };
    const saved = { ...deal().view, deal: { ...deal().view.deal, drafts: { 'end-user': draft } } };
    const now = withSources('end-user', 'H-RF8', [{ name: 'World report', year: 2026 }]).answers;
    expect(savedOver(saved, 'end-user', now, 'product-1')).toMatchObject([{ question: 'H-RF8', by: 'product-1' }]);
  });

  it('stand without the sentences that stand still, so that a few words taken out of a long text are seen', () => {
    const [first, last] = [
      'The lifts are in and the doors are painted. ',
      'The desks come in May, and the chairs are ordered too.',
    ].map((one) => one.repeat(4));
    const bad = 'They told me they will pick out marchers by face.';
    const told = deal()
      .and('rep-1', withWords('end-user', 'H-RF8', { note: `${first}${bad} ${last}` }))
      .and('rep-1', withWords('end-user', 'H-RF8', { note: `${first}They told me they will open the doors. ${last}` }));
    for (const text of texts(told)) {
      expect(text).toContain(`“[…] ${bad} […]”`);
    }
    expect(withoutStanding(`${first}${bad} ${last}`, [`${first}${bad} ${last}`])).toBe(`${first}${bad} ${last}`);
    expect(withoutStanding('Short. Words.', ['Short.'])).toBe('Short. Words.');
    // A sentence that others are put around is another.
    const around = `${first}Nobody said: ${bad} ${last}`;
    expect(withoutStanding(`${first}${bad} ${last}`, [around])).toContain(bad);
  });

  it('count once on the card where one source stood under a whole section', () => {
    const under = (name: string): Answered => {
      const { answers, ...rest } = withWords('end-user', 'H-RF8', {});
      const given = Object.entries(answers).map(([id, one]) => [
        id,
        { ...one, sources: [...one.sources!, { name, year: 2026 }] },
      ]);
      return { ...rest, answers: Object.fromEntries(given) };
    };
    const { view } = deal().and('rep-1', under('A daily')).and('rep-1', under('A yearbook'));
    expect(view.deal.reworded!.length).toBeGreaterThan(3);
    expect(JSON.stringify(pastBlocks(view))).toContain('1 answer, note or source was in other words');
  });

  it('are none where another answer of the section stands on the same source', () => {
    const { answers, ...rest } = withWords('end-user', 'H-RF8', {});
    const paper = { name: 'One paper for all', year: 2026 };
    const under = (but?: string): Answered => ({
      ...rest,
      answers: Object.fromEntries(
        Object.entries(answers).map(([id, one]) => [
          id,
          id === but ? one : { ...one, sources: [...one.sources!, paper] },
        ]),
      ),
    });
    const told = deal().and('rep-1', under()).and('rep-1', under('H-RF8'));
    expect(JSON.stringify(told.view.deal.reworded ?? [])).not.toContain(paper.name);
  });

  it('are none where its own author gives a source another year', () => {
    const sources = ['World report 2025', 'World report 2026'];
    let told = deal().and('rep-1', withSources('end-user', 'H-RF8', [{ name: 'World report 2024', year: 2024 }]));
    const known = told.view.deal.reworded?.length ?? 0;
    for (const name of sources) told = told.and('rep-1', withSources('end-user', 'H-RF8', [{ name, year: 2026 }]));
    expect(told.view.deal.reworded?.length ?? 0).toBe(known);
  });

  it('stay before approvers, at least in short, among many that the same person writes over', () => {
    const bad = 'Between us: journalists were jailed with such a system.';
    const notes = Array.from({ length: 20 }, (_, n) => (n === 11 ? bad : `The lobby is dry, as part ${n} says.`));
    const told = notes.reduce((so, note) => so.and('rep-1', withWords('end-user', 'H-RF8', { note })), deal());
    for (const text of texts(told)) expect(text).toContain(bad);
  });

  it('stay before approvers though the same person writes over much under other questions', () => {
    const bad = 'Find out which journalists meet the opposition.';
    const [, command] = answerPicture('end-user');
    const ids = Object.keys((command as Answered).answers).slice(0, 3);
    const given = (so: Story, id: string, note: string) => so.and('rep-1', withWords('end-user', id, { note }));
    let told = deal();
    for (const [n, id] of ids.slice(0, 2).entries())
      for (let part = 0; part < 24; part += 1) told = given(told, id, `The lobby is dry, as part ${n} ${part} says.`);
    told = given(given(told, ids[2]!, bad), ids[2]!, 'Nothing to add.');
    for (const text of texts(told)) expect(text).toContain(bad);
  });

  it('of a colleague are pushed off by nothing that the rep writes over', () => {
    const theirs = 'They look through the phones of strikers there.';
    const at = deal().view.now;
    const words = (by: string, question: string, note: string) => ({
      question,
      note,
      by,
      at,
      until: at,
      changedBy: 'rep-1',
    });
    const own = ['H-RF8', 'H-RF7', 'H3'].flatMap((id) =>
      Array.from({ length: 18 }, (_, n) => words('rep-1', id, `No police unit is near it, says part ${n}.`)),
    );
    const others = ['One', 'Two', theirs, 'Four', 'Five', 'Six'].map((note) => words('product-1', 'H1', note));
    const told = deal();
    const state = { ...told.view.deal, reworded: [...own, ...others] };
    for (const text of texts(told.resume({ state, events: told.events })))
      expect(text).toMatch(/look through the phones of strikers there\.” ",\{"person":"product-1"\}/u);
  });

  it('are none where a draft was misspelled, and are kept once where they were answered and saved', () => {
    const later = (command: Answered) => ({ ...command, type: 'SaveSectionForLater' as const });
    const at = (so: Story, note: string, keep = false): Story =>
      so.and(
        'rep-1',
        keep ? later(withWords('end-user', 'H-RF8', { note })) : withWords('end-user', 'H-RF8', { note }),
      );
    const typo = at(at(deal(), 'It is at the harbor for pilots', true), 'It is at the harbour for pilots');
    const notes = ({ view }: Story) => (view.deal.reworded ?? []).map((one) => one.note);
    expect(notes(typo)).not.toContain('It is at the harbor for pilots');
    for (const [was, is] of [
      ['They filter 900000 calls', 'They filter 100000 calls'],
      ['They do (now), spy', 'They do (not), spy'],
      ['They look for political prisoners', 'They look for apolitical prisoners'],
    ] as const)
      expect(notes(at(at(deal(), was, true), is))).toContain(was);
    const turned = at(at(deal(), 'They do now spy on pilots', true), 'They do not spy on pilots');
    expect(notes(turned)).toContain('They do now spy on pilots');
    const twice = at(at(at(deal(), 'A first note'), 'A first note', true), 'Another one');
    expect(notes(twice).filter((note) => note === 'A first note')).toHaveLength(1);
  });

  it('stay before approvers where they were saved for later and written over before the first answer', () => {
    const [note, value] = ['The guards told me they find protesters with it.', 'Point it at those before the palace.'];
    const later = (command: Answered) => ({ ...command, type: 'SaveSectionForLater' as const });
    const told = deal()
      .and('rep-1', { type: 'HandOverSection', section: 'end-user', to: 'product-1' })
      .and('product-1', later(withWords('end-user', 'H-RF8', { note })))
      .and('product-1', later(withWords('end-user', 'H-RF8', { note: 'Nothing found' })))
      .and('product-1', withWords('end-user', 'H-RF8', { note: 'Nothing found' }))
      .and('rep-1', later(withWords(section('S1'), 'S1', { value })))
      .and('rep-1', withWords(section('S1'), 'S1', { value: 'Guard the doors of the palace.' }));
    for (const text of texts(told)) for (const words of [note, value]) expect(text).toContain(words);
  });
});

describe('a source that a colleague named', () => {
  const PAPER = { name: 'Register of strikers whose phones are read', year: 2026, url: 'https://paper.example.org/x' };
  const OWN = { name: 'A report of our own', year: 2026, url: 'https://own.example.org/y' };
  const named = (sources: Source[]): Answered => {
    const [, command] = answerPicture('end-user');
    const { answers, ...rest } = command as Answered;
    return { ...rest, answers: { ...answers, 'H-RF8': { ...answers['H-RF8']!, sources } } };
  };
  const theirs = deal()
    .and('rep-1', { type: 'HandOverSection', section: 'end-user', to: 'product-1' })
    .and('product-1', named([PAPER]));
  const bySource = ({ view }: Story) =>
    wordsEver(view).flatMap(({ of, text, by, gone }) =>
      of === 'source' && [PAPER, OWN].some(({ name }) => text.startsWith(name)) ? [[text, by, gone]] : [],
    );

  it.each([
    ['after it', [PAPER, OWN]],
    ['before it', [OWN, PAPER]],
  ])('stays theirs where the rep names another %s, and the other is the rep’s', (_, sources) => {
    const beside = theirs.and('rep-1', named(sources));
    expect(bySource(beside)).toEqual(
      expect.arrayContaining([
        [PAPER.name, 'product-1', false],
        [OWN.name, 'rep-1', false],
      ]),
    );
    expect(notesOfOthers(beside.view)).toContainEqual(expect.objectContaining({ text: PAPER.name, by: 'product-1' }));
    // The rep's own may go, and theirs does not without a trace.
    const gone = beside.and('rep-1', named([OWN]));
    expect(bySource(gone)).toContainEqual([expect.stringContaining(PAPER.name), 'product-1', true]);
    const saved = beside.and('rep-1', { ...named([OWN]), type: 'SaveSectionForLater' });
    expect(bySource(saved)).toContainEqual([PAPER.name, 'product-1', false]);
  });

  it('is theirs alone where they name it beside the rep’s', () => {
    const begun = deal()
      .and('rep-1', named([OWN]))
      .and('rep-1', { type: 'HandOverSection', section: 'end-user', to: 'product-1' });
    const added = begun.and('product-1', named([OWN, PAPER]));
    expect(bySource(added)).toEqual(
      expect.arrayContaining([
        [PAPER.name, 'product-1', false],
        [OWN.name, 'rep-1', false],
      ]),
    );
    const turned = added.and('rep-1', named([OWN, { ...PAPER, name: `${PAPER.name}?` }]));
    expect(bySource(turned)).toEqual(
      expect.arrayContaining([
        [expect.stringMatching(/read, 2026/), 'product-1', true],
        [`${PAPER.name}?`, 'rep-1', false],
      ]),
    );
  });
});

it('what a colleague picked and the rep left out stays before approvers, where no rule weighs it', () => {
  const sectionOf = section('P6-rights');
  const picks = (value: string[]): DealCommand => {
    const [, given] = answerPicture(sectionOf, { P2: 'yes', P6: 'yes', 'P6-how': 'By following people who protest.' });
    const { answers, ...rest } = given as Answered;
    return { ...rest, answers: { ...answers, 'P6-rights': { value, sources: [] } } } as DealCommand;
  };
  const opened = story(pictureDeal().slice(0, 2), pictureContext());
  const theirs = opened
    .and('rep-1', { type: 'HandOverSection', section: sectionOf, to: 'product-1' })
    .and('product-1', picks(['assembly', 'privacy']));
  expect(theirs.view.deal.answers[sectionOf]?.['P6-rights']).toMatchObject({ by: 'product-1' });
  const { view } = theirs.and('rep-1', picks(['privacy']));
  expect(view.deal.reworded).toMatchObject([{ question: 'P6-rights', value: 'Peaceful protest', by: 'product-1' }]);
  expect(JSON.stringify(whyForm(view))).toContain('Peaceful protest');
  expect(theirs.and('product-1', picks(['privacy'])).view.deal.reworded ?? []).toEqual([]);
  // Put beside one of his own, all would be his.
  const more = theirs.and('rep-1', picks(['assembly', 'privacy', 'expression']));
  expect(more.view.deal.reworded).toMatchObject([{ value: 'Peaceful protest, Privacy', by: 'product-1' }]);
  const [, no] = answerPicture(sectionOf, { P2: 'yes' });
  const unasked = theirs.and('rep-1', { ...no, why: 'It was checked again with the maker.' } as DealCommand);
  expect(unasked.view.deal.reworded).toContainEqual(
    expect.objectContaining({ question: 'P6-rights', value: 'Peaceful protest, Privacy' }),
  );
});
