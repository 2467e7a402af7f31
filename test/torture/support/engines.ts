/** Guarantees of every available engine: an SQLite file, and a real MongoDB if one is given. */

import { mongoDatabase, withDatabase } from '../../support/mongo.ts';
import { startCompany, type Company } from './bot-process.ts';

const onEngine = async (run: (company: Company) => Promise<string[]>, mongodbUri?: string): Promise<string[]> => {
  const company = await startCompany(mongodbUri === undefined ? {} : { mongodbUri });
  try {
    return await run(company);
  } finally {
    await company.end();
  }
};

/** The figures, under a line that names each engine. */
export const onEachEngine = async (run: (company: Company) => Promise<string[]>): Promise<string[]> => {
  const lines = ['on one SQLite file:', ...(await onEngine(run))];
  const given = process.env['MONGODB_URI']?.trim();
  if (!given) return [...lines, 'not on MongoDB: MONGODB_URI names none, and the double shows no races'];
  const database = mongoDatabase({ uri: (name) => withDatabase(given, name) });
  try {
    return [...lines, 'on the MongoDB of MONGODB_URI:', ...(await onEngine(run, database.uri))];
  } finally {
    await database.remove();
  }
};
