/** The name of the database is part of the address: nothing else says which one a company's record is in. */
export const databaseOf = (uri: string): string | undefined =>
  /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^/?]+)(?:\?|$)/.exec(uri)?.[1];
