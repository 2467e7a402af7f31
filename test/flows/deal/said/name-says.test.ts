/** A rep who calls a police a private company, or sends a foreign ministry's order to a harmless country. */

import { describe, expect, it } from 'vitest';
import { againstItems, othersCounted } from '../../../../blocks/cards/others-words.ts';
import { confirmScopeForm } from '../../../../blocks/forms/confirm.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { kindSaidBy, nameSays } from '../../../../flows/deal/said/name-says.ts';
import { scopeSaidOf } from '../../../../flows/deal/said/scope.ts';
import type { EndUserKind } from '../../../../flows/policy/policy.ts';
import { answerPicture, pictureContext } from '../../../support/picture-deal.ts';
import { dealNamed, openNamed } from '../../../support/twins.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const says = (name: string, kind: EndUserKind = 'private', destination = 'NO'): string[] =>
  nameSays(defaultPolicy, { endUser: { name, kind }, destination }).map(({ word }) => word);

describe('the name of an end-user', () => {
  it.each([
    ['Secret Police of Svalgard', 'police'],
    ['POLÍCIA Federal', 'polícia'],
    ['Роlice of the Bay', 'police'],
    ['國家警察', '警察'],
    ['Ministry of the Interior', 'ministry of the interior'],
    ['Special Armed   Forces', 'armed forces'],
    ['Ministère de l’Eau', 'ministère'],
  ])('“%s” says “%s”', (name, word) => {
    expect(says(name)).toEqual([word]);
  });

  it.each([
    'Milli Howpsuzlyk Edarasy',
    'Кумитаи амнияти миллӣ',
    'Bộ Công an Lao Cai',
    'Cảnh sát Ha Giang',
    'Ichki Ishlar Vazirligi',
    'Milliy xavfsizlik xizmati',
    'Ұлттық қауіпсіздік комитеті',
    'Dövlət Təhlükəsizliyi Xidməti',
    'Улуттук коопсуздук комитети',
    'ပြည်သူ့ရဲတပ်ဖွဲ့',
    'สำนักงานตำรวจแห่งชาติ',
    '경찰청',
    'पुलिस मुख्यालय',
    'המשטרה',
    'Главное управление внутренних дел',
    'Guardia Nacional de Svalgard',
  ])('“%s” says an authority of security, in its language', (name) => {
    expect(kindSaidBy(defaultPolicy, name, 'private')).toBe('security');
  });

  it.each([
    'Nodir PoIice Store',
    'Salim Police2 Store',
    'Salim 1Police',
    'Olim Po-lice Store',
    'Pol ice House',
    'P.O.L.I.C.E.',
    'Po1ice Unit',
    'P0lice Unit',
    'PoliceDesk',
    'Sample Polices',
    'Yakka Pol!ce',
    'Yakka Polic3 Store',
    'Yakka Po|!c€',
    'P01!c3 Yakka',
    'Poli€e Navbahor',
    'Pol+ce Yangi',
    'Pol¡ce Tutzor',
    'P*lice Tutzor',
    'Pol.ce Gulshan',
    'P\u200Bol()ce Navruz',
    'Pol#c# Chaman',
  ])('“%s” says police, by whatever letter or sign that looks the same', (name) => {
    expect(says(name)).toEqual(['police']);
  });
  it.each([
    ['Vali Minlstry Store', 'ministry'],
    ['Vali Mini5try Store', 'ministry'],
    ['Terak 8order 6uard', 'border guard'],
    ['5ecret Service Suvon', 'secret service'],
    ['60rder 6uard Terak', 'border guard'],
    ['Mini§try of Gulzor', 'ministry'],
    ['M.n.stry of Bodom', 'ministry'],
    ['Securi7y Service Bodomzor', 'security service'],
    ['Arrny Shop', 'army'],
    ['Vole Borcler Guarcl', 'border guard'],
    ['Mi1itary Shop', 'military'],
    ['Securlty Service', 'security service'],
    ['Bundespolizei Sarbon', 'Polizei'],
    ['SARBONPOLICE', 'police'],
    ['Управление полиции Сарбон', 'полиция'],
    ['Дом министерства', 'министерство'],
    ['Komenda Policji', 'policji'],
    ['Forsvarsministeriet', 'ministeriet'],
    ['Rigspolitiet', 'politie'],
    ['Savunma Bakanligi', 'bakanlığı'],
    ['Jandarma Sarbon', 'jandarma'],
    ['Kementerian Sarbon', 'kementerian'],
    ['Poliția Sarbon', 'poliția'],
    ['Вооруженные силы Сарбон', 'вооружённые силы'],
  ])('“%s” says %s', (name, word) => {
    expect(says(name)).toEqual([word]);
  });

  it.each([
    // Signs that honest names have.
    'St.Mary Hospital',
    'Co.op',
    'U.S.A. Trading',
    'A.P. Loom',
    'Loom S.p.A.',
    'Loom G.m.b.H',
    'Int.l Looms',
    'No.1 Dairy',
    'Node.js School',
    'C++ School',
    'C# Labs',
    'P.O.Box 12 Ltd',
    'M/S Traders',
    '24/7 Fitness',
    '50% Off',
    'AT&T',
    'Booking.com',
    'A1 Telekom',
    'Unit 731 Depot',
    'Brigade 5 Bakery',
    'Loom 4.0',
    'H2O Water',
    'K9 Food',
    'Loom+Friends',
    'Policy Institute',
    'Sample Armory',
    'Roads and Bridges Ltd',
    'Securitas Sample',
    'Sunflower Mall',

    'Navyblue',
    'Politiken Media',
    'Кармин',
    'Armeec Insurance',
  ])('“%s” says nothing', (name) => {
    expect(says(name)).toEqual([]);
  });

  it('says nothing of a kind that is as grave, or not known', () => {
    expect(says('Sample Police', 'security')).toEqual([]);
    expect(says('Sample Police', 'unknown')).toEqual([]);
    expect(says('Sample Ministry', 'government')).toEqual([]);
    expect(says('Sample Police', 'government')).toEqual(['police']);
  });

  it('says another country than the destination, the longest that stands there', () => {
    expect(says('Transport Office of Papua New Guinea')).toEqual(['Papua New Guinea']);
    expect(says('Transport Office of Papua New Guinea', 'private', 'PG')).toEqual([]);
    expect(says('Guinea Transport', 'private', 'PG')).toEqual([]);
    expect(says('Turkmenistan Secret Police')).toEqual(['police', 'Turkmenistan']);
  });
});

describe('a deal whose end-user’s name says otherwise', () => {
  const details = { endUser: { name: 'Turkmenistan Secret Police', kind: 'private' as const } };

  it('shows it on the first page of the review, under “Why?” and on the root card', () => {
    const { view } = dealNamed('D-TW1N11', {}, details);
    const text = JSON.stringify(againstItems(view));
    expect(text).toContain(
      'name “Turkmenistan Secret Police” says “police”, and the deal says another kind of end-user',
    );
    expect(text).toContain('says Turkmenistan, and the destination is another country');
    expect(othersCounted(view)).toContain('a name says otherwise');
  });

  it('is out of scope by no word of the rep alone, however harmless the product', () => {
    const sensor = { id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false };
    const context = pictureContext({ products: [sensor] });
    const out = (name: string) =>
      openNamed('D-TW1N11', { endUser: { ...details.endUser, name } }, context).and(
        ...answerPicture('scope', { 'G1-capability': 'no' }, 'private'),
      );
    const said = out(details.endUser.name);
    expect(said.state.status).toBe('answering');
    expect(JSON.stringify(confirmScopeForm(said.view))).toContain('says “police”');
    expect(out('Sample Dairy').state.status).toBe('out of scope');
  });

  it('rests on no confirmation of another who has the same word in the name', () => {
    const sensor = { id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false };
    const out = answerPicture('scope', { 'G1-capability': 'no' }, 'state-tied');
    const asked = (id: string, name: string, more = {}) =>
      openNamed(id, { endUser: { name, kind: 'state-tied' } }, pictureContext({ products: [sensor], ...more })).and(
        ...out,
      );
    const confirmed = asked('D-F1RST1', 'Police Road Flower Garden').and('compliance-1', ({ deal }) => ({
      type: 'ConfirmScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
    }));
    const scopes = confirmed.events.flatMap((event) => (event.type === 'ScopeConfirmed' && event.keeps) || []);
    expect(scopes).toHaveLength(1);
    expect(asked('D-SEC0ND', 'Police Road Flower Garden', { scopes }).state.status).toBe('out of scope');
    expect(asked('D-SEC0ND', 'Station Road Flower Garden', { scopes }).state.status).toBe('out of scope');
    expect(asked('D-SEC0ND', 'Secret Police Prison Tower', { scopes }).state.status).toBe('answering');
  });

  it('says so of the customer and of who is in between, too, and waits', () => {
    const kiosk = { endUser: { name: 'Sunflower Kiosk', kind: 'private' as const } };
    const sensor = { id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false };
    for (const more of [
      { customer: 'Ministry of Internal Affairs of Kazakhstan' },
      { intermediaries: [{ name: 'State Security Service', role: 'buyer' }] },
      // What stands behind a comma is read as the part of whoever stands before it.
      { intermediaries: [{ name: 'Linnet Trading', role: 'agent of the State Security Service' }] },
    ]) {
      const { state, view } = openNamed('D-TW1N11', { ...kiosk, ...more }, pictureContext({ products: [sensor] })).and(
        ...answerPicture('scope', { 'G1-capability': 'no' }, 'private'),
      );
      expect(state.status).toBe('answering');
      expect(JSON.stringify(confirmScopeForm(view))).toMatch(
        /The name “(?:Ministry of|State Security|Linnet Trading, agent).*another kind of end-user/,
      );
    }
    expect(nameSays(defaultPolicy, { ...kiosk, customer: 'Ministry of Health', destination: 'NO' })).toHaveLength(1);
    const state = { name: 'Sample Police', kind: 'security' as const };
    expect(nameSays(defaultPolicy, { endUser: state, customer: 'Ministry of Health', destination: 'NO' })).toEqual([]);
  });

  it('waits also where the rep took out whom a colleague had named, which stays to be read', () => {
    const sensor = { id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false };
    const opened = openNamed(
      'D-TW1N11',
      { endUser: { name: 'Sunflower Kiosk', kind: 'private' } },
      pictureContext({ products: [sensor] }),
    ).and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' });
    const { details: now } = opened.view.deal;
    const out = answerPicture('scope', { 'G1-capability': 'no' }, 'private');
    expect(opened.and('rep-1', { type: 'TakeSectionBack', section: 'scope' }).and(...out).state.status).toBe(
      'out of scope',
    );
    for (const more of [
      { customer: 'Office of the Colonel' },
      { intermediaries: [{ name: 'Office of the Colonel', role: 'reseller' }] },
    ]) {
      const correct = (details: object, reason: string): DealCommand =>
        ({ type: 'CorrectDetails', details: { ...now, ...details }, reason }) as DealCommand;
      const said = opened
        .and('product-1', correct(more, 'I saw the order'))
        .and('rep-1', correct({}, 'It was a slip'))
        .and('rep-1', { type: 'TakeSectionBack', section: 'scope' })
        .and(...out);
      expect(said.state.status).toBe('answering');
      expect(JSON.stringify(confirmScopeForm(said.view))).toContain('was another before: “Office of the Colonel”');
    }
  });

  it('says nothing under a policy without such words', () => {
    expect(nameSays({}, { ...details, destination: 'TM' })).toEqual([]);
  });
});
