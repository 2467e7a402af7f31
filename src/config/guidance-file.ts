/** The Guidance's points, from the file that comes with the bot. */

import { fileURLToPath } from 'node:url';
import { guidanceDocument, type Guidance } from '../../flows/policy/guidance.ts';
import { parseYaml, readText } from './yaml-file.ts';

const file = fileURLToPath(new URL('../../flows/policy/guidance.yml', import.meta.url));

export const guidance: Guidance = guidanceDocument.parse(parseYaml(readText(file), 'guidance.yml').data);
