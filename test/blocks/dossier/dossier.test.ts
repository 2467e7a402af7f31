import { describe, expect, it } from 'vitest';
import { dossier } from '../../../blocks/dossier/dossier.ts';
import type { RecordedCommit } from '../../../blocks/dossier/history.ts';
import { markdownOf } from '../../../blocks/dossier/markdown.ts';
import type { Answer } from '../../../flows/deal/answer-shapes.ts';
import type { DealFact, DealEvent, DealEventType } from '../../../flows/deal/events.ts';
import { replay } from '../../../flows/deal/evolve.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { SYSTEM, OPERATOR } from '../../../flows/organisation.ts';
import type { Sheet } from '../../../flows/sheet.ts';
import { aDeal, aRoute, aView } from '../../support/deal-builders.ts';
import { hitOf } from '../../support/every-hit.ts';
import { dealHold } from '../../support/holds.ts';
import { sheetDealContext, takingDeal } from '../../support/sheet-deals.ts';
import { MILD, PRODUCT, sheetOrganisation, sheetPlay } from '../../support/sheets.ts';
import { story } from '../../support/story.ts';

const at = (minute: number): string => `2027-03-12T09:${String(minute).padStart(2, '0')}:00.000Z`;

/** One commit for each list of facts, a minute apart. */
const recorded = (...acts: [by: string, ...facts: DealFact[]][]): RecordedCommit[] =>
  acts.map(([by, ...facts], i) => ({
    version: i + 1,
    at: at(i),
    actor: by,
    hash: `hash${i + 1}`,
    events: facts.map((fact) => ({ ...fact, by, at: at(i) })),
  }));

const pageOf = (commits: readonly RecordedCommit[]): string => {
  const events: DealEvent[] = commits.flatMap((c) => c.events);
  return markdownOf(dossier(aView(replay(events) as OpenedDeal), { commits }));
};

/** The lines of the history as a reader sees them. */
const read = (page: string): string[] =>
  page
    .slice(page.indexOf('## Record'))
    .split('\n')
    .map((text) => text.replace(/\\([!-/:-@[-`{-~])/gu, '$1').replaceAll('**', ''));

const { details } = aDeal();
const OPENED: DealFact = {
  type: 'DealOpened',
  deal: 'D-7K3QXM',
  home: { platform: 'slack', channel: 'C0CLEAR' },
  owner: 'rep-1',
  details,
  policy: 'policy-hash',
};
const answer = (value: string, note?: string): Answer => ({
  value,
  note,
  sources: [{ name: 'Sample report', year: 2026 }],
  by: 'rep-1',
  at: at(1),
});
const ballot = {
  outcome: 'approve-with-conditions' as const,
  flags: { 'H-RF1': { opinion: 'clear' as const, reason: 'That was another agency.' } },
  weighing: { leverage: 'a', crucial: 'a', scale: 'a', scope: 'a', irremediability: 'a', ending: 'a' },
  conditions: [{ id: 'c1', text: 'End access on misuse', owner: 'rep-1', due: '2027-06-01' }],
  rationale: 'The safeguards answer what worries us.',
};

const owed = { kind: 'condition', condition: 'c1' } as const;

/** Every kind of event, with the words that its line must contain. */
const NOTE = {
  id: 'laws-1',
  country: 'NO',
  looked: 'The laws on privacy.',
  by: 'counsel-1',
  at: '2027-03-01T09:00:00.000Z',
  until: '2028-03-01',
};
const CASES: [DealFact, ...RegExp[]][] = [
  [OPENED, /1\. 12 March 2027, 09:00:00 UTC, Sample Rep: opened the deal .*policy-hash/, /Customer: “Sample Telecom”/],
  [
    { type: 'DetailsCorrected', details: { ...details, destination: 'SE' }, reason: 'Wrong country.' },
    /corrected the deal’s details\. Reason: Wrong country\./,
    /Destination: Norway → Sweden/,
  ],
  [{ type: 'CounselAsked' }, /asked counsel to look at the laws of the country/],
  [
    { type: 'LawsTaken', note: NOTE },
    /counsel’s note on the country counts: .*, 1 March 2027, valid until 1 March 2028/,
    /The laws on privacy\./,
  ],
  [
    {
      type: 'SheetMoved',
      sheet: { id: 'country:NO', version: 2, by: 'counsel-1', at: '2027-03-01T09:00:00.000Z', until: '2028-03-01' },
      answers: { record: { 'H-RF5': { value: 'yes', sources: [], by: 'counsel-1', at: '2027-03-01T09:00:00.000Z' } } },
    },
    /a newer version says worse, and counts: from the country brief of 1 March 2027, version 2, by Sample Counsel/,
    /Is there no independent oversight.*Yes/,
  ],
  [
    {
      type: 'BasisEnded',
      note: 'laws-1',
      gaps: ['H-RF1'],
      sheets: ['H-RF3'],
      words: [{ of: 'product-1', questions: ['H-RF5'] }],
    },
    /in consequence of .*counsel’s note has run out and counts no more, and the day has passed until which it was accepted that 1 answer is not known, and 1 answer stands on a sheet no more: its last day has passed, and 1 answer stands no more on the word of Sample Product Manager, who sells the deal now/,
    /Not known: Is there no independent oversight/,
    /Not known: Are there reports of misuse by this end-user\?/,
  ],
  [
    {
      type: 'OthersNoted',
      ended: [{ deal: 'D-0THER1', how: 'withdrawn', after: 'question', at: '2027-03-01T09:00:00.000Z' }],
      otherwise: [{ question: 'H-RF5', deal: 'D-0THER2', at: '2027-03-02T09:00:00.000Z' }],
      kinds: [{ deal: 'D-0THER2', kind: 'security', at: '2027-03-02T09:00:00.000Z' }],
    },
    /1 other deal with this end-user ended without approval/,
    /D-0THER1 with the same end-user was withdrawn after a question on 1 March 2027/,
    /D-0THER2 answered otherwise on 2 March 2027: Is there no independent oversight\?/,
    /D-0THER2 said on 2 March 2027 of the same end-user: security, police or intelligence service/,
  ],
  [
    { type: 'BasisObjected', questions: ['H-RF5'], reason: 'I never said so.' },
    /denied having said what an answer stands on\. Reason: I never said so\./,
    /Is there no independent oversight\?/,
  ],
  [
    { type: 'SectionSavedForLater', section: 'product', answers: { P1: answer('no') } },
    /saved “Product” for later, with 1 answer so far/,
  ],
  [
    { type: 'SectionAnswered', section: 'product', answers: { P1: answer('no'), P2: answer('unknown') } },
    /answered “Product”: 2 answers: 1 No, 1 Don't know/,
  ],
  [
    {
      type: 'SectionHandedOver',
      section: 'record',
      handOver: { to: 'product-1', by: 'rep-1', at: at(4), note: 'You know them.' },
    },
    /handed “End-user” to Sample Product Manager\. Note: You know them\./,
  ],
  [{ type: 'HandOverEnded', section: 'record' }, /took “End-user” back from Sample Product Manager/],
  [{ type: 'FoundInScope', reasons: ['It can watch people'] }, /in consequence of .*in scope\. It can watch people/],
  [{ type: 'FoundOutOfScope', reasons: ['It cannot'] }, /out of scope\. It cannot/],
  [
    {
      type: 'ScopeSaid',
      reasons: ['It cannot'],
      contradicts: ['A country alert stands'],
      rules: [],
      factsHash: 'facts-1',
    },
    /said to be out of scope, and compliance is asked\. It cannot/,
    /Against it: A country alert stands/,
  ],
  [{ type: 'LighterConfirmed' }, /confirmed the changes that make the deal lighter/],
  [{ type: 'LighterRefused', reason: 'A report.' }, /sent the changes .* back\. Reason: A report\./],
  [{ type: 'ScopeConfirmed' }, /confirmed that the deal is out of scope/],
  [{ type: 'ScopeRefused', section: 'scope', reason: 'It has a camera.' }, /not confirmed.*Reason: It has a camera\./],
  [{ type: 'AuthorityNoted', note: 'Sent today.' }, /notice to the authority: Sent today\./],
  [
    { type: 'FlagRaised', flag: 'own-1', title: 'A sample worry', pending: true, weight: 'heavy' },
    /raised a flag: A sample worry/,
    /not before compliance admits it/,
  ],
  [
    { type: 'FlagAdmitted', flag: 'own-1', weight: 'severe', reason: 'Reported twice.' },
    /admitted the flag “A sample worry” as severe\. Reason: Reported twice\./,
  ],
  [
    { type: 'FlagDismissed', flag: 'own-1', reason: 'A mix-up.' },
    /dismissed the flag “A sample worry”\. Reason: A mix-up\./,
  ],
  [
    { type: 'FindingOut', until: '2027-03-15T09:00:00.000Z' },
    /something is not known, so who might know is asked until 15 March 2027/,
  ],
  [
    {
      type: 'SeatsNoted',
      calls: [{ asked: { kind: 'votes', step: 1 }, people: ['senior-2'] }],
      gone: ['senior-1'],
      full: true,
      short: true,
    },
    /noted that another organisation file counts/,
    /Asked from now on: Sample Senior Two/,
    /Not asked any more: Sample Senior One/,
    /enough for the open step/,
    /Too few people are left/,
  ],
  [{ type: 'HeardElsewhere', deals: ['D-1', 'D-2'] }, /told compliance of 2 settled deals that hear of this one/],
  [{ type: 'FindOutNudged' }, /reminded the owner and whoever might know that the deal goes on soon/],
  [{ type: 'SentOn' }, /sent the deal on with what is not known/],
  [
    { type: 'GapsAccepted', questions: ['H-RF1'], reason: 'Nobody publishes on it.', confirm: 'benefit' },
    /accepted that 1 answer is not known, and confirmed the exception benefit\. Reason: Nobody publishes on it\./,
    /Not known: Are there reports of misuse by this end-user\?/,
  ],
  [
    { type: 'GapsTakenBack', questions: ['H-RF1'], reason: 'A report came out.', exceptions: ['benefit'] },
    /said something that ended that 1 answer is accepted as not known, and the exception benefit\. Reason: A report came out\./,
    /Not known: Are there reports of misuse by this end-user\?/,
  ],
  [
    { type: 'DealRouted', tier: 'high', rule: 'tier-high', route: aRoute('high') },
    /tier High, by the rule tier-high/,
    /Step 2: 2 of Senior approvers, of whom 1 of Counsel/,
  ],
  [
    { type: 'VoteCast', step: 0, factsHash: 'facts-1', ballot },
    /voted in step 1: Approve with conditions/,
    /Rationale: The safeguards answer what worries us\./,
    /Cleared: Reported misuse\. Reason: That was another agency\./,
    /Weighing, severity, scale: Sample choice/,
    /Condition: End access on misuse\. Owner: Sample Rep, due 1 June 2027\./,
  ],
  [{ type: 'Recused', reason: 'I own shares.' }, /recused themself from the deal\. Reason: I own shares\./],
  [{ type: 'VoteTakenBack', step: 0, reason: 'Too early.' }, /took the vote in step 1 back\. Reason: Too early\./],
  [
    {
      type: 'VotesVoided',
      voters: ['compliance-1', 'senior-1'],
      differences: [
        { what: 'answer', id: 'P1', before: 'No', after: 'Yes' },
        { what: 'details', id: 'destination', before: 'NO', after: 'SE' },
        { what: 'flag', id: 'H-RF3', before: 'not there', after: 'moderate' },
        { what: 'evidence', id: 'ask-1', before: 'not there', after: 'A letter' },
      ],
      factsHash: 'facts-2',
    },
    /these votes no longer count: Sample Compliance, Sample Senior One/,
    /Is it made to collect data about people\? \(Sample rule P1\): No → Yes/,
    /Destination: Norway → Sweden/,
    /Flag: Conflict in the region: not there → Moderate/,
    /Evidence: Who pays\?: not there → A letter/,
  ],
  [
    { type: 'InformationAsked', request: 'ask-1', step: 1, question: 'Who pays?' },
    /asked for information in step 2: “Who pays\?”/,
  ],
  [
    { type: 'InformationGiven', request: 'ask-1', text: 'The ministry.', sources: [{ name: 'Sample contract' }] },
    /answered “Who pays\?”: “The ministry\.”/,
    /Source: Sample contract/,
  ],
  [{ type: 'InformationTakenBack', request: 'ask-1' }, /took a question back: “Who pays\?”/],
  [
    { type: 'StepCompleted', step: 0, group: 'compliance', outcome: 'passed' },
    /step 1 \(Compliance\) is complete: passed/,
  ],
  [
    { type: 'DealDecided', outcome: 'approved with conditions', conditions: ballot.conditions, tier: 'high' },
    /decided: Approved with conditions, tier High/,
    /Condition: End access on misuse/,
  ],
  [
    { type: 'Reminded', duty: 'condition:c1', owed, stage: 1, of: 'before', to: ['rep-1'] },
    /reminded Sample Rep that the date of the condition “End access on misuse” comes near/,
  ],
  [
    { type: 'Snoozed', duty: 'condition:c1', owed, until: '2027-03-15T09:00:00.000Z' },
    /put reminders of the condition “End access on misuse” off until 15 March 2027, 09:00:00 UTC/,
  ],
  [
    { type: 'ConditionMet', condition: 'c1', text: 'It is in clause 12.', sources: [{ name: 'Sample contract' }] },
    /handed in evidence for the condition “End access on misuse”: It is in clause 12\./,
    /Source: Sample contract/,
  ],
  [
    { type: 'ConditionReturned', condition: 'c1', reason: 'Clause 12 has no date.' },
    /returned the condition “End access on misuse”\. Reason: Clause 12 has no date\./,
  ],
  [
    { type: 'DealSuspended', conditions: ['c1'] },
    /suspended the approval, as the policy asks: 1 condition overdue/,
    /Overdue: End access on misuse\. Owner: Sample Rep, due 1 June 2027\./,
  ],
  [
    { type: 'ConditionHandedOver', condition: 'c1', to: 'product-1', reason: 'She signs it.' },
    /handed the condition “End access on misuse” to Sample Product Manager\. Reason: She signs it\./,
  ],
  [
    { type: 'SuspensionLifted', reason: 'It is signed.' },
    /lifted the suspension of the approval\. Reason: It is signed\./,
  ],
  [{ type: 'ConditionAccepted', condition: 'c1' }, /accepted what was done for the condition “End access on misuse”/],
  [
    {
      type: 'RenewalsSet',
      dates: [
        { of: 'licence', on: '2028-03-12' },
        { of: 'contract', on: '2029-03-12' },
      ],
      reason: 'Signed.',
    },
    /set the renewals: licence on 12 March 2028, contract on 12 March 2029\. Reason: Signed\./,
  ],
  [
    { type: 'LicenceSet', licence: 'granted', reason: 'No. 12 of 3 March.' },
    /said of the export licence: Granted\. It stands on: No\. 12 of 3 March\.\n +- Before: Pending/,
  ],
  [
    {
      type: 'ReassessmentRequired',
      task: { id: 'change-1', trigger: 'A4', why: 'They were sold.', due: '2027-04-12' },
    },
    /said what changed, so a reassessment is due 12 April 2027: They were sold\./,
    /Asked for by: Guidance 7, bullet 2, item 3/,
  ],
  [
    { type: 'ReassessmentStarted', tasks: ['change-1'], askAgain: ['product'] },
    /started the reassessment; the approval stands meanwhile/,
    /Asked for by: They were sold\. Guidance 7, bullet 2, item 3, due 12 April 2027/,
  ],
  [
    { type: 'ChangeTakenBack', task: 'change-1', reason: 'Another customer.' },
    /took back that something changed \(“They were sold\.”\)\. Reason: Another customer\./,
  ],
  [{ type: 'QuestionsReopened', sections: ['record', 'scope'] }, /these sections are open: “End-user”, “Scope”/],
  [{ type: 'DealStopped', rule: 'no-such-sale', factsHash: 'facts-3' }, /rule no-such-sale of the policy prohibits/],
  [{ type: 'DealWithdrawn', reason: 'Lost it.' }, /withdrew the deal\. Reason: Lost it\./],
  [
    { type: 'DealReopened', reason: 'It is back.', askAgain: ['product'] },
    /reopened the deal\. Reason: It is back\./,
    /Asked again: “Product”/,
  ],
  [
    { type: 'OwnerReassigned', to: 'product-1', reason: 'On leave.' },
    /gave the deal to Sample Product Manager, from Sample Rep\. Reason: On leave\./,
  ],
  [{ type: 'FlagsAskedAgain', flagsAgain: ['own-1'] }, /flags that counted at once wait for compliance/],
  [
    { type: 'LighterAskedAgain', questions: ['H-RF1'], over: 'words' },
    /lighter answers that compliance confirmed may wait once more/,
  ],
  [{ type: 'Nudged', people: ['compliance-1'] }, /reminded Sample Compliance/],
  [{ type: 'RecordExported', format: 'json' }, /exported the record/],
  [
    {
      type: 'AlertNoted',
      alert: {
        id: 'alert-1',
        country: 'NO',
        why: 'Elections were called off.',
        source: { name: 'Sample report' },
        on: '2027-03-01',
        by: 'rep-1',
        at: '2027-03-12T09:00:00.000Z',
      },
    },
    /issued a country alert for Norway, shown while the deal was asked or decided: Elections were called off\./,
    /Happened on: 1 March 2027/,
    /Evidence: Sample report/,
    /Source: Guidance 7, bullet 2, item 4/,
  ],
  [
    { type: 'AlertEnded', alert: 'alert-1', reason: 'They were held.', ended: 'rep-1' },
    /Sample Rep: ended the country alert\. Reason: They were held\./,
  ],
  [
    {
      type: 'PartyScreened',
      party: { name: 'Ilmaras Qorvath', country: 'NO' },
      lists: [{ name: 'made-up', sha256: 'abc', asOf: '2027-03-01T09:00:00.000Z' }],
      hits: [hitOf('hit-1')],
      flag: 'hit-flag',
    },
    /“Ilmaras Qorvath” \(Norway\) was compared with lists: 1 new hit/,
    /List: made-up of 1 March 2027, SHA-256 abc/,
    /On the list: QORVATH, Ilmaras \(MU-1; Made-up sanctions\)/,
    /Score: 97 of 100: name 92, country \+5/,
  ],
  [
    { type: 'HoldNoted', hold: { ...dealHold, by: 'rep-1' } },
    /put this deal on hold: stop upgrades and support/,
    /Reason: Clause 12 was breached/,
    /Source: Guidance 7, bullet 1/,
    /To be looked at again by: 1 April 2027/,
  ],
  [
    { type: 'HoldEnded', hold: 'hold-1', reason: 'It was put right.', lifted: 'rep-1' },
    /Sample Rep: lifted the hold\. Reason: It was put right\./,
  ],
];

describe('the dossier’s history', () => {
  const page = pageOf(recorded(...CASES.map(([fact]): [string, DealFact] => ['rep-1', fact])));
  const lines = read(page);

  it('says why votes were discarded, what they asked for, and what a later vote leaves out', () => {
    const [asked] = ballot.conditions;
    if (!asked) throw new Error('no condition');
    const discarded = {
      by: 'compliance-1',
      at: at(1),
      outcome: ballot.outcome,
      rationale: ballot.rationale,
      conditions: ballot.conditions,
    };
    const instead = { owner: 'product-1', due: '2027-09-01' };
    const leftOut = [
      { condition: asked, askedBy: 'compliance-1', reason: 'The right is in the contract.' },
      { condition: asked, askedBy: 'compliance-1', reason: 'They move.', instead },
    ];
    const told = read(
      pageOf(
        recorded(
          ['rep-1', OPENED],
          [
            'rep-1',
            {
              type: 'VotesVoided',
              voters: ['compliance-1'],
              differences: [],
              factsHash: 'facts-2',
              because: 'withdrawn',
              discarded: [discarded],
            },
          ],
          [
            'senior-1',
            {
              type: 'VotesVoided',
              voters: ['senior-1'],
              differences: [],
              factsHash: 'facts-2',
              because: 'recused',
              discarded: [{ ...discarded, by: 'senior-1' }],
            },
          ],
          [
            'compliance-1',
            {
              type: 'VoteCast',
              step: 0,
              factsHash: 'facts-2',
              ballot: { ...ballot, outcome: 'approve', conditions: [], leftOut },
            },
          ],
        ),
      ),
    ).join('\n');
    expect(told).toContain('the deal was withdrawn, so these votes no longer count: Sample Compliance');
    expect(told).toContain('Condition of Sample Compliance, kept for the next vote: End access on misuse.');
    expect(told).toContain('an approver stepped back, so these votes no longer count: Sample Senior One');
    expect(told).toContain('Condition of Sample Senior One, kept for the next vote: End access on misuse.');
    expect(told).toMatch(
      /Taken over, but less: End access.*Asked for by .*\. Now: Sample Product Manager, due 1 September 2027\. Reason: They/,
    );
    expect(told).toMatch(/Left out: End access on misuse\..*Asked for by Sample Compliance\. Reason: The right is in/);
  });

  it('has a case for every kind of event', () => {
    const every: Record<DealEventType, true> = {
      DealOpened: true,
      DetailsCorrected: true,
      SectionSavedForLater: true,
      SectionAnswered: true,
      SectionHandedOver: true,
      HandOverEnded: true,
      BasisObjected: true,
      CounselAsked: true,
      LawsTaken: true,
      BasisEnded: true,
      SheetMoved: true,
      OthersNoted: true,
      FoundOutOfScope: true,
      FoundInScope: true,
      ScopeSaid: true,
      LighterConfirmed: true,
      LighterRefused: true,
      ScopeConfirmed: true,
      ScopeRefused: true,
      AuthorityNoted: true,
      FlagRaised: true,
      FlagAdmitted: true,
      FlagDismissed: true,
      GapsAccepted: true,
      GapsTakenBack: true,
      FindingOut: true,
      FindOutNudged: true,
      SentOn: true,
      DealRouted: true,
      DealStopped: true,
      VoteCast: true,
      VoteTakenBack: true,
      Recused: true,
      VotesVoided: true,
      SeatsNoted: true,
      HeardElsewhere: true,
      InformationAsked: true,
      InformationGiven: true,
      InformationTakenBack: true,
      QuestionsReopened: true,
      StepCompleted: true,
      DealDecided: true,
      DealWithdrawn: true,
      DealReopened: true,
      OwnerReassigned: true,
      FlagsAskedAgain: true,
      LighterAskedAgain: true,
      Nudged: true,
      RecordExported: true,
      Reminded: true,
      Snoozed: true,
      ConditionMet: true,
      ConditionAccepted: true,
      ConditionReturned: true,
      ConditionHandedOver: true,
      DealSuspended: true,
      SuspensionLifted: true,
      RenewalsSet: true,
      LicenceSet: true,
      ReassessmentRequired: true,
      ChangeTakenBack: true,
      ReassessmentStarted: true,
      AlertNoted: true,
      AlertEnded: true,
      PartyScreened: true,
      HoldNoted: true,
      HoldEnded: true,
    };
    expect(CASES.map(([fact]) => fact.type).sort()).toEqual(Object.keys(every).sort());
  });

  it.each(CASES.map(([fact, ...words], i) => ({ type: fact.type, version: i + 1, words })))(
    'tells of $type',
    ({ type, version, words }) => {
      const first = lines.findIndex((text) => text.startsWith(`- ${version}. 12 March 2027, `));
      const last = lines.findIndex((text) => text === `  - Hash of commit ${version}: hash${version}`);
      expect(last).toBeGreaterThan(first);
      const about = lines.slice(first, last).join('\n');
      expect(about).toContain('Sample Rep');
      for (const pattern of words) expect(about).toMatch(pattern);
      expect(about).not.toContain(type);
    },
  );

  it('says why an approval has no condition', () => {
    const plainly = { ...ballot, outcome: 'approve' as const, conditions: [], noCondition: 'It only counts cars.' };
    const vote: DealFact = { type: 'VoteCast', step: 0, factsHash: 'facts-1', ballot: plainly };
    expect(pageOf(recorded(['rep-1', OPENED], ['compliance-1', vote]))).toMatch(
      /Why no condition:\*\* It only counts cars/,
    );
  });

  it('shows what an answer was before, also across a reopening', () => {
    const again = pageOf(
      recorded(
        ['rep-1', OPENED],
        ['rep-1', { type: 'SectionAnswered', section: 'product', answers: { P1: answer('no'), P2: answer('no') } }],
        ['compliance-1', { type: 'DealReopened', reason: 'News.', askAgain: ['product'] }],
        [
          'rep-1',
          { type: 'SectionAnswered', section: 'product', answers: { P1: answer('yes', 'New.'), P4: answer('common') } },
        ],
        [
          'rep-1',
          { type: 'SectionAnswered', section: 'product', answers: { P1: answer('yes', 'New.'), P4: answer('common') } },
        ],
      ),
    );
    const told = read(again).join('\n');
    expect(told).toContain('4. 12 March 2027, 09:03:00 UTC, Sample Rep: changed “Product”: 3 differences');
    expect(told).toMatch(
      /collect data.*: No\. Sources: Sample report, 2026\. → Yes\. Note: New\. Sources: Sample report/,
    );
    expect(told).toMatch(/analyse data.*: No\. .* → not asked any more/);
    expect(told).toMatch(/How available.*: not answered → Widely available/);
    expect(told).toContain('5. 12 March 2027, 09:04:00 UTC, Sample Rep: confirmed “Product”: nothing was changed');
  });

  it('says of each reminder what it was, to whom, and that nobody pressed anything', () => {
    const stages = (['reminder', 'overdue', 'escalation', 'suspension'] as const).map((of): [string, DealFact] => [
      SYSTEM,
      { type: 'Reminded', duty: 'd', owed: { kind: 'section', section: 'product' }, stage: 1, of, to: ['rep-1'] },
    ]);
    const thread: DealFact = { type: 'Reminded', duty: 'd', owed, stage: 1, of: 'overdue', to: [] };
    const told = read(pageOf(recorded(['rep-1', OPENED], ...stages, [SYSTEM, thread]))).join('\n');
    expect(told).toContain('Clearthread (by the calendar): reminded Sample Rep of the section “Product”');
    expect(told).toContain('told Sample Rep that the section “Product” is overdue');
    expect(told).toContain('told Sample Rep that the section “Product” still waits');
    expect(told).toContain('told Sample Rep that the section “Product” holds the approval back');
    expect(told).toContain('told the thread that the condition is overdue');
  });

  it('names the operator', () => {
    const told = read(pageOf(recorded(['rep-1', OPENED], [OPERATOR, { type: 'RecordExported', format: 'json' }])));
    expect(told.join('\n')).toMatch(/2\. .*, Operator \(on the bot’s machine\): exported the record/);
  });

  it('keeps what people typed from becoming markup', () => {
    const nasty = '[x](https://evil.example) <b>\n# y\n- z \u202E';
    const told = pageOf(
      recorded(
        ['rep-1', { ...OPENED, details: { ...details, customer: nasty, endUser: { name: nasty, kind: 'private' } } }],
        ['rep-1', { type: 'SectionAnswered', section: 'product', answers: { P1: answer('no', nasty) } }],
        ['rep-1', { type: 'SectionAnswered', section: 'product', answers: { P1: answer('yes', nasty) } }],
        ['rep-1', { type: 'DetailsCorrected', details, reason: nasty }],
        ['rep-1', { type: 'FlagRaised', flag: 'own-1', title: nasty, pending: false, weight: 'light' }],
        ['rep-1', { type: 'DealRouted', tier: 'low', rule: 'r', route: aRoute('low') }],
        ['senior-1', { type: 'VoteCast', step: 0, factsHash: 'f', ballot: { ...ballot, rationale: nasty } }],
        ['senior-1', { type: 'InformationAsked', request: 'a', step: 0, question: nasty }],
        [
          'rep-1',
          { type: 'InformationGiven', request: 'a', text: nasty, sources: [{ name: nasty, url: 'https://x.example' }] },
        ],
        ['rep-1', { type: 'DealWithdrawn', reason: nasty }],
      ),
    );
    expect(told).not.toMatch(/(?<!\\)\]\(|<b>|\u202E|https:/u);
    const lineStarts = told.split('\n').filter((text) => text !== '' && !/^(?:#{1,3} |(?: {2})?- )/u.test(text));
    expect(lineStarts).toEqual([]);
    expect(told.split('\n').filter((text) => /^\s*(?:#+ y|- z)/u.test(text))).toEqual([]);
  });
});

describe('the dossier’s conditions', () => {
  const { conditions } = ballot;
  const decided = (...more: [string, DealFact][]): RecordedCommit[] =>
    recorded(
      ['rep-1', OPENED],
      ['rep-1', { type: 'DealRouted', tier: 'high', rule: 'tier-high', route: aRoute('high') }],
      ['senior-1', { type: 'DealDecided', outcome: 'approved with conditions', conditions, tier: 'high' }],
      ...more,
    );
  const decision = (commits: readonly RecordedCommit[]): string => {
    const page = pageOf(commits);
    const part = page.slice(page.indexOf('## Decision'), page.indexOf('## Record'));
    return part.replace(/\\([!-/:-@[-`{-~])/gu, '$1').replaceAll('**', '');
  };
  const met: DealFact = {
    type: 'ConditionMet',
    condition: 'c1',
    text: 'It is in clause 12.',
    sources: [{ name: 'Sample contract' }],
  };

  it('are open at first', () => {
    expect(decision(decided())).toContain(
      '- Condition: End access on misuse. Owner: Sample Rep, due 1 June 2027.\n  - State: Open',
    );
  });

  it('keep every piece of evidence, what came back, and who accepted it', () => {
    const again: DealFact = { ...met, text: 'It is dated now.', sources: [] };
    const text = decision(
      decided(
        ['rep-1', met],
        ['compliance-1', { type: 'ConditionReturned', condition: 'c1', reason: 'It has no date.' }],
        ['rep-1', again],
        ['compliance-1', { type: 'ConditionAccepted', condition: 'c1' }],
      ),
    );
    expect(text).toContain(
      '  - State: Accepted\n' +
        '  - Evidence: It is in clause 12. (Sample Rep, 12 March 2027, 09:03:00 UTC)\n' +
        '  - Source: Sample contract\n' +
        '  - Evidence: It is dated now. (Sample Rep, 12 March 2027, 09:05:00 UTC)\n',
    );
    expect(text).toContain('  - Accepted: Sample Compliance, 12 March 2027, 09:06:00 UTC');
  });

  it('say why something came back, and since when the approval is suspended', () => {
    const text = decision(
      decided(
        ['rep-1', met],
        ['compliance-1', { type: 'ConditionReturned', condition: 'c1', reason: 'It has no date.' }],
        [SYSTEM, { type: 'DealSuspended', conditions: ['c1'] }],
      ),
    );
    expect(text).toContain('  - State: Returned\n');
    expect(text).toContain('  - Returned: It has no date. (Sample Compliance, 12 March 2027, 09:04:00 UTC)');
    expect(text).toContain('- Suspended: 12 March 2027, 09:05:00 UTC');
  });

  it('stand with the approval while the deal is reassessed, and say what ended when it is decided again', () => {
    const route = aRoute('low', { factsHash: 'facts-2' });
    const found = [{ what: 'answer', id: 'P1', before: 'No', after: 'Yes' } as const];
    const asked = decided(
      ['rep-1', { type: 'RenewalsSet', dates: [{ of: 'licence', on: '2027-06-12' }] }],
      ['rep-1', { type: 'ReassessmentStarted', tasks: ['renewal-licence-2027-06-12'], askAgain: [] }],
    );
    const text = decision(asked);
    expect(text).toContain('This approval stands while the deal is reassessed:\n- Outcome: Approved with conditions\n');
    expect(text).toContain('- Condition: End access on misuse.');
    expect(text).toContain(
      '- Reassess by 12 June 2027: The licence is renewed. (Guidance 7, bullet 2, item 1, Sample Rep)',
    );
    const again = decided(
      ['rep-1', { type: 'RenewalsSet', dates: [{ of: 'licence', on: '2027-06-12' }] }],
      ['rep-1', { type: 'ReassessmentStarted', tasks: ['renewal-licence-2027-06-12'], askAgain: [] }],
      [
        'rep-1',
        {
          type: 'DealRouted',
          tier: 'low',
          rule: 'tier-low',
          route,
          sinceApproval: found,
          covers: ['renewal-licence-2027-06-12'],
        },
      ],
      ['compliance-1', { type: 'DealDecided', outcome: 'approved', conditions: [], tier: 'low' }],
    );
    expect(decision(again)).toContain('- Condition that ended with it: End access on misuse.');
    expect(decision(again)).toContain('- Renewals: not set');
    expect(read(pageOf(again)).join('\n')).toMatch(/Since the approval: 1 difference\n.*collect data.*: No → Yes/);
  });

  it('are told in words after a reopening took them away', () => {
    const told = read(
      pageOf(decided(['rep-1', met], ['compliance-1', { type: 'DealReopened', reason: 'News.', askAgain: [] }])),
    );
    expect(told.join('\n')).toContain('handed in evidence for the condition “End access on misuse”');
  });
});

describe('what speaks against the answers', () => {
  const grave = sheetPlay()
    .save('product-1', PRODUCT, { ...MILD, P1: 'yes' })
    .of(PRODUCT);
  const pageWith = (sheets: readonly Sheet[], able?: true): string => {
    const products = sheetOrganisation().products.map((one) => ({ ...one, category: 'Weather', able }));
    const lines = takingDeal([], {}, 'Ours has no camera.');
    return markdownOf(dossier(story(lines, sheetDealContext(sheets, { products })).view, { commits: [] }));
  };

  it('is there: the catalogue, and the worst that its sheets ever said, with who and when', () => {
    const page = pageWith([grave], true).replaceAll('\\', '');
    const part = page.slice(
      page.indexOf('## What speaks against the answers'),
      page.indexOf('## What was said before'),
    );
    expect(part).toMatch(
      /product sheet said otherwise, version 1.*“Yes” to “.*\(Sample Product Manager, 1 February 2027/,
    );
    expect(part).toMatch(/The catalogue says that this product can gather/);
  });

  it('has no heading where nothing does', () => {
    expect(pageWith([])).not.toContain('speaks against');
  });
});
