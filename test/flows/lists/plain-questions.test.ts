/** What people ask in whole sentences: what is to be found, and what concerns their own deals. */

import { describe, expect, it } from 'vitest';
import { asksOfOwn, asksWhatWaits, decisionOn, searchesIn } from '../../../flows/lists/plain-questions.ts';

describe('searchesIn', () => {
  it.each([
    ['Where is the Nordwetter deal?', 'Nordwetter'],
    ['who has Nordwetter', 'Nordwetter'],
    ['Who is sitting on Nordwetter right now?', 'Nordwetter'],
    ["What's up with Nordwetter's deal, please?", 'Nordwetter'],
    ['How long will the Nordwetter deal take?', 'Nordwetter'],
    ['All high deals to Vietnam…', 'high Vietnam'],
    ['Where is the deal with the customer Vega: Security?', 'customer "Vega:" Security'],
    ['list all deals with tier high going to Vietnam flagged H-RF4 in 2026', 'high Vietnam H-RF4 2026'],
    ['high deals going to Vietnam with H-RF4', 'high Vietnam H-RF4'],
    ['Show me the high-risk Vietnam deals with H-RF4, please', 'high Vietnam H-RF4'],
    ['1 deal of elevated risk that goes to Chad', '1 elevated Chad'],
    ['status of Nordwetter', 'Nordwetter'],
    ['nordwetter deal status pls', 'nordwetter'],
    ['any work for me on Nordwetter', 'Nordwetter'],
    ['vietnam + high + H-RF4 + 2026', 'vietnam high H-RF4 2026'],
    ['nordwetter - where is it?', 'nordwetter'],
    ['hrf4 vietnam high', 'H-RF4 vietnam high'],
    ['H RF4 vietnam', 'H-RF4 vietnam'],
    ['h-rf-4 vietnam', 'H-RF4 vietnam'],
    ['h rf 12 vietnam', 'H-RF12 vietnam'],
    ['any news on Nordwetter', 'Nordwetter'],
    ['What happened to the Nordwetter deal?', 'Nordwetter'],
    ['deals opened in 2026 in Chad', '2026 Chad'],
    ['high deals to Chad this month', 'this month high Chad'],
    ['approved in November 2026 in Chad', 'November 2026 approved Chad'],
  ])('%j looks for %j in the end', (words, query) => {
    expect(searchesIn(words).at(-1)).toBe(query);
  });

  it('tries the words that may belong to a name before it drops them', () => {
    expect(searchesIn('Where is Long Beach Police?')).toEqual(['Long Beach Police', 'Beach Police']);
    expect(searchesIn('DE')).toEqual(['DE']);
  });

  it('tries common words before it drops them, too', () => {
    expect(searchesIn('any work in Iceland')).toEqual(['any work Iceland', 'Iceland']);
  });

  it('keeps whom something waits for beside the word that says so', () => {
    expect(searchesIn('what waits for Sample Counsel in Chad?')).toEqual([
      'waiting for Sample Counsel Chad',
      'what waits Sample Counsel Chad',
      'Sample Counsel Chad',
    ]);
  });

  it.each([
    '',
    '?',
    '+',
    '- ?',
    'no',
    'any work',
    'items',
    'ok',
    'Who has it?',
    'What is my next question?',
    'How long will it take?',
  ])('finds nothing to look for in %j', (words) => {
    expect(searchesIn(words)).toEqual([]);
  });
});

describe('asksOfOwn', () => {
  it.each([
    'Who has my deal?',
    'who has it',
    'Where is my deal right now?',
    'What is my next question?',
    "What's next?",
    'How long will it take?',
    'How much longer does my deal take?',
    'What do I need to do now?',
  ])('is true of %j', (words) => {
    expect(asksOfOwn(words)).toBe(true);
  });

  it.each(['', 'no', 'ok', 'hello', 'next', 'The Deal', 'Who has Nordwetter?', 'How long does Nordwetter take?'])(
    'is false of %j',
    (words) => {
      expect(asksOfOwn(words)).toBe(false);
    },
  );
});

describe('asksWhatWaits', () => {
  it.each([
    'anything i need to do?',
    'do i have to do anything',
    'do i have any tasks',
    'Am I needed anywhere?',
    'is there something I must do',
    'inbox',
    'pending',
    'todo',
    'open items for me',
    'any work for me',
    'any work?',
    'got anything for me',
    'what needs me',
    'what do I have to do, please',
    'do you need anything from me?',
    'show me my inbox',
    'Anything to do?',
    'what’s pending',
    'deals waiting on me',
    'deals that wait for me',
    'Which deals are waiting for me?',
    'show me the deals pending for me',
  ])('is true of %j', (words) => {
    expect(asksWhatWaits(words)).toBe(true);
  });

  it.each([
    '',
    '?',
    'work with Geyser',
    'my open deals',
    'show me open deals',
    'show me pending deals',
    'who needs me',
    'what can you do for me',
    'Who has my deal?',
    'how long do I wait',
    'open',
    'is there anything on Nordwetter for me',
    'any',
    'why do I have to do it',
  ])('is false of %j', (words) => {
    expect(asksWhatWaits(words)).toBe(false);
  });
});

it.each([
  ['who approved Mekong Cyber Command and on what basis?', 'Mekong Cyber Command'],
  ['is nordwetter approved yet?', 'nordwetter'],
  ['why was mekong approved', 'mekong'],
  ['who signed off on mekong?', 'mekong'],
  ['mekong approvals', 'mekong'],
  ['decision on mekong', 'mekong'],
  ['who approved it?', undefined],
  ['which deals to Vietnam were approved?', undefined],
  ['Where is the Nordwetter deal?', undefined],
])('a decision is asked for in %j of %j', (words, named) => {
  expect(decisionOn(words)).toBe(named);
});
