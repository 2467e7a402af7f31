/**
 * The outline of the published summary of the Guidance that `guidance.yml` was made from: under each recommendation its
 * bullets and its red flags in their order, each by a few of its own words, written down by hand. A list is a bullet
 * with bullets of its own, the first string its own words; `items` are numbered in the sentence itself.
 */

type Bullet = string | { says: string; subs?: readonly string[]; items?: readonly string[] };

export interface Recommendation {
  heading: string;
  bullets: readonly Bullet[];
  redFlags: readonly string[];
}

export const OUTLINE: readonly Recommendation[] = [
  {
    heading: 'Review Product or Service Capabilities for Potential Misuse',
    bullets: [
      {
        says: 'determine if it could be misused to violate or abuse human rights',
        subs: [
          'is to collect sensitive data',
          'is to analyze datasets',
          'can be used without modification',
          'is widely available from other suppliers',
          'is a critical component or part',
        ],
      },
    ],
    redFlags: ['a similar product or service has been misused', 'build, customize or configure a system'],
  },
  {
    heading: 'Review the Human Rights Record of the Foreign Government Agency End-User',
    bullets: [
      'Review credible reports of the human rights record',
      'Consider reaching out to the State Department',
      'has targeted individuals',
      'the nature of the relationship',
      'something other than a legitimate law enforcement or intelligence purpose',
    ],
    redFlags: [
      'misuse of products or services with similar capabilities',
      'unduly restrict civic space',
      'Ongoing conflict in the region',
      'Ongoing abuse or arbitrary detention',
      'Lack of independent judicial or other appropriate oversight/rule of law',
      'provides security services and has misused',
      'has a close relationship with the part of the foreign government that provides security services',
      'has a record of human rights violations or abuses',
      'has a history of exporting products or services',
    ],
  },
  {
    heading: "Review, Including Through In-House or Outside Counsel, Whether the Foreign Government End-User's Laws",
    bullets: [
      'may unduly hinder freedom of expression',
      'government interception of private communications',
      'the oversight mechanisms in place',
      'the IT infrastructure of the destination country',
    ],
    redFlags: [
      'without reasonable safeguards and appropriate oversight',
      'counterterrorism or national security',
      'Absence of written laws',
      'malicious cyber-activities or arbitrary or unlawful data collection',
      'rule of law over data collection or data sharing',
      'require data sharing with foreign governments',
      'Data localization requirements',
      'Total or significant government control or ownership',
    ],
  },
  {
    heading: 'Review Stakeholders Involved in the Transaction',
    bullets: [
      'Before and during any transaction',
      'likely to contract the work',
      'the level of control the government has over the entity',
      'diverted to a different unauthorized end-user',
      'history of use of the types of products or services',
    ],
    redFlags: ['but has a close relationship with a foreign government', 'is likely not the only end-user'],
  },
  {
    heading: 'To the Extent Possible and as Appropriate, Tailor the Product or Service',
    bullets: [
      {
        says: 'Integrate safety, privacy by design and security by design features',
        subs: [
          'Mechanisms for individuals to report misuse',
          'Stripping certain capabilities',
          'Preventing interconnected products from being misused',
          'Limiting use to the authorized purpose',
          'Limiting upgrades, software updates and direct support',
          'Providing for data minimization',
        ],
      },
      'Place conditions on intellectual property',
    ],
    redFlags: [],
  },
  {
    heading: 'Prior to Sale, Strive to Mitigate Human Rights Risks',
    bullets: [
      'Include human rights safeguards language in contracts',
      'where the ultimate end use may not be known',
      'end-use limitations … how and by whom collected data is to be analyzed … right to terminate access to technology',
      'maintain full control and custody of the product',
      'a preventative framework to revoke usage rights',
      'routine human rights due diligence training',
      {
        says: 'Grievance mechanisms',
        subs: [
          'secure, accessible and responsive communications channels',
          'secure and confidential reporting procedures',
          'a formal follow-up mechanism for non-anonymous reports',
          'Regularly review and update the communication channel',
        ],
      },
    ],
    redFlags: [],
  },
  {
    heading: 'After Sale, Strive to Mitigate Human Rights Risks',
    bullets: [
      'immediately stop providing upgrades, direct support and other assistance',
      {
        says: 'Reassess human rights due diligence considerations prior to',
        items: [
          'license renewal',
          'new activities, provision of services to or relationships with the customer',
          'major changes in the business relationships',
          'social and political changes',
        ],
      },
      'Stay aware of news developments',
      {
        says: 'Grievance mechanisms',
        subs: [
          'Thoroughly investigate all complaints of misuse … remotely disable the product or service',
          'follow up with the person filing the report',
        ],
      },
    ],
    redFlags: [],
  },
  {
    heading: 'Publicly Report on Sale Practices',
    bullets: [
      'publicly report on human rights due diligence',
      'publicly report on credible complaints',
      'Publish a human rights policy',
      'Publicly report on a website',
    ],
    redFlags: [],
  },
];

/** Words of each point, as the summary has them, by the id that we gave it. */
export const WORDS: Readonly<Record<string, string>> = {
  P1: 'collect sensitive data',
  P2: 'analyze datasets',
  P3: 'without modification',
  P4: 'widely available',
  P5: 'critical component',
  P6: 'could be misused to violate or abuse',
  'P-RF1': 'similar product or service has been misused',
  'P-RF2': 'build, customize or configure',
  H1: 'credible reports',
  H2: 'reaching out to the State Department',
  H3: 'targeted individuals',
  H4: 'relationship',
  H5: 'legitimate law enforcement or intelligence purpose',
  'H-RF1': 'misuse of products or services with similar capabilities',
  'H-RF2': 'restrict civic space',
  'H-RF3': 'conflict',
  'H-RF4': 'arbitrary detention',
  'H-RF5': 'Lack of independent judicial',
  'H-RF6': 'provides security services and has misused',
  'H-RF7': 'has a close relationship',
  'H-RF8': 'has a record of human rights violations',
  'H-RF9': 'history of exporting',
  L1: 'hinder freedom of expression',
  L2: 'interception',
  L3: 'oversight mechanisms in place',
  L4: 'IT infrastructure',
  'L-RF1': 'without reasonable safeguards',
  'L-RF2': 'counterterrorism',
  'L-RF3': 'Absence of written laws',
  'L-RF4': 'arbitrary or unlawful data collection',
  'L-RF5': 'over data collection or data sharing',
  'L-RF6': 'require data sharing',
  'L-RF7': 'localization',
  'L-RF8': 'Total or significant',
  S1: 'Before and during',
  S2: 'contract the work',
  S3: 'level of control',
  S4: 'diverted',
  S5: 'history of use',
  'S-RF1': 'close relationship with a foreign government',
  'S-RF2': 'not the only end-user',
  T1: 'report misuse',
  T2: 'Stripping',
  T3: 'interconnected',
  T4: 'authorized purpose',
  T5: 'Limiting upgrades',
  T6: 'data minimization',
  T7: 'intellectual property',
  C1: 'safeguards language in contracts',
  C2: 'end use may not be known',
  C3: 'end-use limitations',
  C4: 'how and by whom collected data',
  C5: 'right to terminate access',
  C6: 'full control and custody',
  C7: 'revoke usage rights',
  C8: 'training',
  C9: 'communications channels',
  C10: 'confidential reporting procedures',
  C11: 'non-anonymous reports',
  C12: 'Regularly review and update',
  A1: 'immediately stop',
  A2: 'license renewal',
  A3: 'new activities',
  A4: 'major changes',
  A5: 'social and political changes',
  A6: 'Stay aware',
  A7: 'investigate all complaints',
  A8: 'remotely disable',
  A9: 'follow up with the person filing the report',
  R1: 'report on human rights due diligence',
  R2: 'credible complaints',
  R3: 'human rights policy',
  R4: 'website',
};

/** Headings of the summary outside its recommendations, by the ids of the points that stand under each. */
export const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  'Scope, Context and Purpose of the Guidance': ['G1', 'G2', 'G3', 'G8', 'G11'],
  'The UN Guiding Principles and the MNE Guidelines - A Brief Overview': ['G12'],
  'Integrating Human Rights Due Diligence into Compliance Programs': ['G9', 'G10'],
  'Human Rights Due Diligence and Risk Mitigation Recommendations': ['G4', 'G5', 'G6'],
  'Relationship to Existing Export Requirements': ['G7'],
  'Appendix 1': ['X1'],
  'Appendix 2': ['X2'],
};
