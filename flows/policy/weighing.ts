/** The weighing sheet (G6): the scale of each part, and the choices that ask a plain approval for a reason. */

import { WEIGHED, type CompiledPolicy, type Option, type Weighed } from './policy.ts';

/** Returns a part's own scale, or the one that a policy has for all of severity. */
export const scaleOf = ({ weighing }: Pick<CompiledPolicy, 'weighing'>, part: Weighed): readonly Option[] =>
  weighing[part] ?? weighing.severity ?? [];

/** Returns the parts of a sheet in which a choice was made that asks for a reason. */
export const partsAskingWhy = (
  { weighing }: Pick<CompiledPolicy, 'weighing'>,
  sheet: Readonly<Partial<Record<Weighed, string>>>,
): Weighed[] => WEIGHED.filter((part) => weighing.askWhy?.[part]?.some((value) => value === sheet[part]));
