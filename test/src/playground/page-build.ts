/** Both panes, for tests that put them in front of a stand-in. */

import { fileURLToPath } from 'node:url';

/** Folder of the built pages. */
export const BUILT_PAGE = fileURLToPath(new URL('../../../dist/src/playground/page/', import.meta.url));
