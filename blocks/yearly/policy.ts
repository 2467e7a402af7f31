/**
 * The company's human-rights policy, and how misuse is reported, as static pages for its website. What the company wrote is text in
 * them, never markup. Guidance: R3 and R4, and C9 for reports.
 */

import type { VoicesPlan } from '../../flows/organisation.ts';
import { escapeXml } from '../drawing.ts';
import { dayWords } from '../words.ts';
import { paragraphs, sectionOf, staticPage } from './page.ts';

export const POLICY_PAGE = 'human-rights-policy.html';
export const MISUSE_PAGE = 'report-misuse.html';

export interface HumanRightsPolicy {
  title: string;
  version: string;
  approvedBy: string;
  approvedOn: string;
  /** Human-rights instruments that it stands on, as the company names them. */
  instruments: readonly string[];
  /** Parts with a heading each; the first may have none. */
  parts: readonly { heading?: string | undefined; text: string }[];
}

const x = escapeXml;

/** Lines that begin with a dash are a list. */
const bodyOf = (text: string): string =>
  text
    .split(/\n\s*\n/u)
    .map((block) => {
      const lines = block.trim().split('\n');
      return lines.every((line) => /^\s*-\s+\S/u.test(line))
        ? `<ul>\n${lines.map((line) => `<li>${x(line.replace(/^\s*-\s+/u, ''))}</li>`).join('\n')}\n</ul>`
        : paragraphs(block);
    })
    .join('\n');

const beside = (page: string, words: string): string => `<p><a href="${page}">${x(words)}</a></p>`;

export const policyHtml = (policy: HumanRightsPolicy, organisation: string): string => {
  const { title, version, approvedBy, approvedOn, instruments, parts } = policy;
  return staticPage({
    title: `${organisation}: ${title}`,
    header: `<p>Version ${x(version)}. Approved by ${x(approvedBy)} on ${x(dayWords(approvedOn))}.</p>`,
    main: [
      ...parts.map(({ heading, text }, n) =>
        heading === undefined ? bodyOf(text) : sectionOf(`part-${n + 1}`, heading, bodyOf(text)),
      ),
      ...(instruments.length > 0
        ? [
            sectionOf(
              'instruments',
              'What it stands on',
              `<ul>\n${instruments.map((one) => `<li>${x(one)}</li>`).join('\n')}\n</ul>`,
            ),
          ]
        : []),
      sectionOf(
        'misuse',
        'If one of our products is used to harm somebody',
        beside(MISUSE_PAGE, 'How to report misuse, without your name if you like'),
      ),
    ].join('\n'),
    footer:
      '<p>Published as the U.S. Guidance on products with surveillance capabilities asks (Guidance 8, bullet 3).</p>',
  });
};

const USUAL = { acknowledgeDays: 7, feedbackMonths: 3 };

const where = (voices: VoicesPlan | undefined): string =>
  voices?.address === undefined
    ? '<p>We have no page of our own for reports yet. Please turn to those below, or to a lawyer, a public authority or an organisation for human rights.</p>'
    : `<p>Has one of our products been used to harm somebody, or could it be? Anybody can tell it here, without a name:</p>
<p><a href="${x(voices.address)}" rel="noreferrer">${x(voices.address)}</a></p>`;

const then = ({ acknowledgeDays = USUAL.acknowledgeDays, feedbackMonths = USUAL.feedbackMonths }: VoicesPlan): string =>
  `<ul>
<li>You get a receipt. With it you can read our answers and write again, without saying who you are. Nobody can give you another.</li>
<li>Within ${acknowledgeDays === 1 ? 'a day' : `${acknowledgeDays} days`} we say that it arrived, and within ${feedbackMonths === 1 ? 'a month' : `${feedbackMonths} months`} what came of it.</li>
<li>Few people read it. The page names them, and whom you tick there can’t open it.</li>
</ul>`;

export const misuseHtml = (voices: VoicesPlan | undefined, organisation: string): string =>
  staticPage({
    title: `${organisation}: how to report misuse`,
    header: '<p>For everybody: here and elsewhere, inside and outside of the company.</p>',
    main: [
      sectionOf('where', 'Where', where(voices)),
      ...(voices?.address === undefined ? [] : [sectionOf('then', 'What happens then', then(voices))]),
      sectionOf(
        'safe',
        'Stay safe',
        '<p>Use a device and a network of your own, not those of your employer or of a café where you are known. If somebody may look at your device, don’t keep the receipt on it. This page loads nothing else and runs no script; who keeps this website may still see that somebody opened it.</p>',
      ),
      ...((voices?.authorities.length ?? 0) > 0
        ? [
            sectionOf(
              'others',
              'Others, outside of the company',
              `<ul>\n${voices?.authorities.map((one) => `<li>${x(one)}</li>`).join('\n')}\n</ul>`,
            ),
          ]
        : []),
    ].join('\n'),
    footer: beside(POLICY_PAGE, 'Our human-rights policy'),
  });
