/** Addresses of the workspace's files: links in the record are https, so they have a host at which nothing answers. */

export const FILE_HOST = 'files.playground.test';

/** Returns an address from which this page can fetch a file of the workspace; any other address unchanged. */
export const fetchable = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed?.host === FILE_HOST ? `/playground/files${parsed.pathname}` : url;
};
