/** Where the workspace's files are: links in the record are https, so they have a host at which nothing answers. */
export const FILE_HOST = 'files.playground.test';

/** A file of the workspace where this page can have it; any other address as it is. */
export const fetchable = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed?.host === FILE_HOST ? `/playground/files${parsed.pathname}` : url;
};
