/** The official Adaptive Cards 1.5.0 schema: Microsoft's file, in no package, so expected beside the repository. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';

const file = fileURLToPath(new URL('../../../shared/data/adaptive-card-1.5.0.schema.json', import.meta.url));

export const hasSchema = existsSync(file);
export const NO_SCHEMA =
  'https://adaptivecards.io/schemas/1.5.0/adaptive-card.json is not kept here; the official renderer draws every card all the same';

interface Schema {
  definitions: {
    AdaptiveCard: { properties: Record<string, object> };
    ChoiceInputStyle: { anyOf: object[] };
  };
}

/**
 * Returns the errors of a card; none if the schema is absent. Two extensions of Teams are accepted: `msteams` at the
 * root, and the choice style `filtered`, which is younger than the file.
 */
export const schemaCheck = (): ((card: unknown) => string[]) => {
  if (!hasSchema) return () => [];
  // The schema uses only the part of draft 6 that Ajv supports; Ajv does not know the draft's name.
  const {
    $schema: _name,
    id: _id,
    ...schema
  } = JSON.parse(readFileSync(file, 'utf8')) as Schema & Record<string, unknown>;
  schema.definitions.AdaptiveCard.properties['msteams'] = {};
  schema.definitions.ChoiceInputStyle.anyOf.push({ enum: ['filtered'] });
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  return (card) => (validate(card) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`));
};
