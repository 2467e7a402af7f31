/** What a deal was said to be before a colleague corrected it stays its, whatever was answered by then. */

import { describe, expect, it } from 'vitest';
import { renamedCounted, renamedItems } from '../../../../blocks/cards/renamed-words.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import type { Story } from '../../../support/story.ts';
import { noteOf, openNamed } from '../../../support/twins.ts';

const loom = { endUser: { name: 'Nazar Loom House', kind: 'private' } } satisfies Partial<DealDetails>;

const { details } = openNamed('D-0THER1', loom).view.deal;
const correctsTo = (name: string): DealCommand => ({
  type: 'CorrectDetails',
  details: { ...details, endUser: { ...details.endUser, name } },
  reason: 'I saw the order.',
});

describe('a colleague who corrects the end-user before anything is answered', () => {
  const opened = openNamed('D-0THER1', loom).and('rep-1', {
    type: 'HandOverSection',
    section: 'scope',
    to: 'product-1',
  });
  const flag = { type: 'RaiseFlag', title: 'They beat people there.' } as const;
  const next = openNamed('D-0THER2', { ...loom, product: { id: 'other', name: 'Wind meter' }, destination: 'SE' });

  it('says that of the end-user that was named, who is heard of when asked anew', () => {
    const corrected = opened.and('product-1', correctsTo('Kerguelen Road Works')).and('product-1', flag);
    expect(corrected.view.deal.renamed).toMatchObject([{ of: 'end-user', before: ['Nazar Loom House'] }]);
    expect(noteOf(next, corrected)).toMatchObject({
      worries: [{ deal: 'D-0THER1', of: 'flag', text: flag.title }, {}],
    });
  });

  it('says so for good, whatever the rep corrects before taking it back', () => {
    const { endUser } = details;
    const corrects = (more: Partial<DealDetails>): DealCommand => ({
      type: 'CorrectDetails',
      details: { ...details, ...more },
      reason: 'I met their colonel.',
    });
    const security = { endUser: { ...endUser, kind: 'security' as const } };
    const back = opened
      .and('product-1', corrects(security))
      .and('rep-1', corrects({ ...security, customer: 'Askar Trade' }))
      .and('rep-1', corrects({ customer: 'Askar Trade' }));
    expect(noteOf(next, back)).toMatchObject({ kinds: [{ deal: 'D-0THER1', kind: 'security' }] });
  });

  it('is heard of as no more than a typo where the rep corrects it', () => {
    expect(opened.and('rep-1', correctsTo('Kerguelen Road Works')).view.deal.renamed).toBeUndefined();
  });
});

describe('a rep who corrects the end-user after a colleague saved an answer for later', () => {
  it('leaves it said of the end-user that was named then', () => {
    const answers = { 'G1-capability': { value: 'no', sources: [] }, G2: { value: 'yes', sources: [] } };
    const opened = openNamed('D-0THER1', loom).and('rep-1', {
      type: 'HandOverSection',
      section: 'scope',
      to: 'product-1',
    });
    const corrected = opened
      .and('product-1', { type: 'SaveSectionForLater', section: 'scope', answers })
      .and('rep-1', correctsTo('Kerguelen Road Works'));
    expect(corrected.view.deal.renamed).toMatchObject([{ of: 'end-user', before: ['Nazar Loom House'] }]);
    const next = openNamed('D-0THER2', { ...loom, customer: 'Another' }).and('rep-1', {
      type: 'AnswerSection',
      section: 'scope',
      answers: { ...answers, G2: { value: 'no', sources: [] } },
    });
    expect(noteOf(next, corrected)).toMatchObject({ otherwise: [{ deal: 'D-0THER1', question: 'G2' }] });
  });
});

describe('what nothing weighs', () => {
  const corrects = (deal: ReturnType<typeof openNamed>, by: string, more: Partial<DealDetails>) =>
    deal.and(by, { type: 'CorrectDetails', details: { ...deal.view.deal.details, ...more }, reason: 'As it is.' });
  const opened = openNamed('D-0THER1', loom).and('rep-1', {
    type: 'HandOverSection',
    section: 'scope',
    to: 'product-1',
  });
  const theirs = { valueBand: 'over-10m', exportLicence: 'not-needed' } as const;
  const mine = { valueBand: 'under-50k', exportLicence: 'granted' } as const;

  it('stays to be read where the rep says otherwise than a colleague', () => {
    const { view } = corrects(corrects(opened, 'product-1', theirs), 'rep-1', mine);
    const text = plain({ blocks: [{ kind: 'list', items: renamedItems(view) }] });
    expect(text).toMatch(/Value was .*over 10 million \(@product-1\) until/iu);
    expect(text).toMatch(/Export licence was .*not needed .*\(@product-1\) until/iu);
  });

  it('says nothing of what the rep learned by and by', () => {
    const { view } = corrects(corrects(opened, 'rep-1', theirs), 'rep-1', mine);
    expect(renamedItems(view)).toEqual([]);
  });
});

describe('a company in between that left', () => {
  const [points, sells] = [
    { name: 'Orion LLC', role: 'agent who points the cameras at protesters' },
    { name: 'Vega Ltd', role: 'reseller' },
  ];
  const opened = openNamed('D-0THER1', { ...loom, intermediaries: [points, sells] }).and('rep-1', {
    type: 'SaveSectionForLater',
    section: 'scope',
    answers: { 'G1-capability': { value: 'yes', sources: [] } },
  });
  const corrects = (intermediaries: DealDetails['intermediaries'], reason = 'We sell directly.'): DealCommand => ({
    type: 'CorrectDetails',
    details: { ...opened.view.deal.details, intermediaries },
    reason,
  });
  const lines = ({ view }: Story): string[] =>
    renamedItems(view).map((text) => plain({ blocks: [{ kind: 'text', text }] }));

  it('is told with the part that it had, once', () => {
    const left = lines(opened.and('rep-1', corrects([sells])));
    expect(left.join('\n').split(`“${points.name}, ${points.role}”`)).toHaveLength(2);
    expect(left).toHaveLength(1);
  });

  it('and where all leave, and one had another part before', () => {
    const other = { ...sells, role: 'seller who lends the screens to the guards' };
    const left = lines(
      opened
        .and('rep-1', corrects([points, other]))
        .and('rep-1', corrects([other]))
        .and('rep-1', corrects([])),
    ).join('\n');
    for (const one of [points, other]) expect(left).toContain(`${one.name}, ${one.role}`);
  });

  it('is told with each part that it had', () => {
    const twice = openNamed('D-0THER1', { ...loom, intermediaries: [{ ...points, role: 'reseller' }, points] }).and(
      'rep-1',
      {
        type: 'SaveSectionForLater',
        section: 'scope',
        answers: { 'G1-capability': { value: 'yes', sources: [] } },
      },
    );
    const left = lines(twice.and('rep-1', corrects([]))).join('\n');
    for (const part of ['“Orion LLC, reseller”', `“${points.name}, ${points.role}”`]) expect(left).toContain(part);
  });

  it('stands as it was by then: whoever took out another part of it is named with that', () => {
    const milder = { ...points, role: 'reseller' };
    const left = lines(
      opened
        .and('rep-1', corrects([milder, sells], 'They only sell it.'))
        .and('rep-1', corrects([sells], 'They sell nothing any more.')),
    );
    expect(left.find((line) => line.includes('points the cameras'))).toMatch(/@rep-1 changed it: “They only sell it/u);
    expect(left.find((line) => line.startsWith('Intermediaries'))).toMatch(
      /“Orion LLC, reseller”.*@rep-1 changed it: “They sell nothing/u,
    );
  });

  it('is named alone where nobody said its part, and one that is still there has none that was', () => {
    const bare = { name: 'Vega Ltd', role: '' };
    const start = openNamed('D-0THER1', { ...loom, intermediaries: [points, bare] }).and('rep-1', {
      type: 'SaveSectionForLater',
      section: 'scope',
      answers: { 'G1-capability': { value: 'yes', sources: [] } },
    });
    const gone = lines(start.and('rep-1', corrects([points])));
    expect(gone.join('\n')).toContain('“Vega Ltd”');
    const other = lines(start.and('rep-1', corrects([bare])));
    expect(other).toHaveLength(1);
    expect(other[0]).toContain('“Orion LLC, agent who points');
  });
});

describe('whoever opened a deal, corrects it before anything is answered, and gives it away', () => {
  const part = 'promised the colonel that he finds who protests';
  const opened = openNamed('D-0THER1', { ...loom, intermediaries: [{ name: 'Taraz Trade', role: part }] });
  const emptied = opened.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...details, intermediaries: [] },
    reason: 'No agent in this sale.',
  });
  const given = emptied.and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Your region.' });
  const shown = ({ view }: Story): string =>
    renamedItems(view)
      .map((text) => plain({ blocks: [{ kind: 'text', text }] }))
      .join('\n');

  it('is read on its own pages from then on, in full', () => {
    expect(shown(emptied)).toBe('');
    expect(shown(given)).toContain(`Taraz Trade, ${part}`);
    expect(shown(given)).toContain('@rep-1 changed it: “No agent in this sale.”');
    expect(renamedCounted(given.view)).toMatch(/was another before/);
  });

  it('is not where they only wrote it otherwise', () => {
    const spelled = opened
      .and('rep-1', {
        type: 'CorrectDetails',
        details: { ...details, intermediaries: [{ name: 'Taraz Trade', role: `${part}.` }] },
        reason: 'A dot was missing.',
      })
      .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Your region.' });
    expect(shown(spelled)).toBe('');
  });
});
