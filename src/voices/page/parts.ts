/** Parts that the public pages share. */

import type { Texts } from '../texts.ts';
import { markup, type Html, type Part } from './html.ts';

export const field = (
  texts: Texts,
  label: string,
  name: string,
  hint: string | undefined,
  control: Part,
  isNeeded = false,
): Html =>
  markup`<div class="field">
    <label for="${name}">${label} <span class="quiet">(${isNeeded ? texts.needed : texts.optional})</span></label
    >${hint === undefined ? undefined : markup`<span class="hint" id="${name}-hint">${hint}</span>`}${control}
  </div>`;

/** `hint`: id of what explains it. */
export const tick = (
  type: 'checkbox' | 'radio',
  name: string,
  value: string,
  isOn: boolean,
  label: Part,
  hint?: string,
): Html =>
  markup`<label class="tick"
    ><input
      type="${type}"
      name="${name}"
      value="${value}"
      ${isOn ? markup` checked` : undefined}${hint === undefined ? undefined : markup` aria-describedby="${hint}"`}
    />
    <span>${label}</span></label
  >`;

export const list = (items: readonly Part[], ordered = false): Html =>
  ordered
    ? markup`<ol>
        ${items.map((item) => markup`<li>${item}</li>`)}
      </ol>`
    : markup`<ul>
        ${items.map((item) => markup`<li>${item}</li>`)}
      </ul>`;

export const problemPart = (problem: string | undefined): Part =>
  problem === undefined ? undefined : markup`<p class="problem" role="alert">${problem}</p>`;
