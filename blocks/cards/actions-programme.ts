/** Buttons of the programme page, for those who keep it. Teams shows a page with buttons of its own in a window alone. */

import { ELEMENT, type ElementId } from '../../flows/programme/elements.ts';
import type { Asked } from '../../flows/programme/shapes.ts';
import type { Action } from '../card.ts';
import { spoken } from './actions.ts';

export const programmeButton = (): Action => ({
  name: 'desk.programme',
  value: '',
  label: 'All parts',
  opens: 'form',
  accessibleLabel: 'All parts of the programme',
});

export const elementButton = (id: ElementId, label: string = ELEMENT[id].word): Action => ({
  name: 'desk.programme-part',
  value: id,
  label,
  opens: 'form',
  accessibleLabel: spoken(`${label}: ${ELEMENT[id].title}`),
});

export const sayElementButton = (id: ElementId, label: string): Action => ({
  name: 'desk.programme-say',
  value: id,
  label,
  style: 'primary',
  opens: 'form',
  accessibleLabel: spoken(`${label}: ${ELEMENT[id].title}`),
});

export const recordAskedButton = (): Action => ({
  name: 'desk.programme-asked',
  value: '',
  label: 'Somebody was asked',
  opens: 'form',
  accessibleLabel: 'Somebody was asked: record who, and on what',
});

export const whatCameButton = ({ id, who, came }: Asked): Action => ({
  name: 'desk.programme-came',
  value: id,
  label: came === undefined ? 'What came of it' : 'Change what came of it',
  opens: 'form',
  accessibleLabel: spoken(`${came === undefined ? 'What came of it' : 'Change what came of it'}: ${who}`),
});

export const askedPageButton = (page: number, more: number): Action => ({
  name: 'desk.programme-asked-list',
  value: String(page),
  label: `Show ${more} more`,
  opens: 'form',
  accessibleLabel: `Show ${more} more who were asked`,
});

export const conflictsButton = (page: number, label: string): Action => ({
  name: 'desk.programme-conflicts',
  value: String(page),
  label,
  opens: 'form',
  accessibleLabel: spoken(`${label}: deals in which we would cause or contribute to harm`),
});
