/** The address must contain the database's name: nothing else says which one a company's record is in. */

export const databaseOf = (uri: string): string | undefined =>
  /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^/?]+)(?:\?|$)/.exec(uri)?.[1];
