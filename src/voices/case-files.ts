/** Which files belong to which case. Their bytes are in the store of files; what they are is in the sealed messages. */

import type Database from 'better-sqlite3';
import type { CaseId } from '../../flows/voices/case.ts';
import type { StoredFile } from './files/store.ts';

export interface CaseFiles {
  link(id: CaseId, files: readonly StoredFile[] | undefined): void;
  forget(id: CaseId): void;
  /** The files that came with a case. */
  filesOf(id: CaseId): StoredFile[];
  /** The files of all cases. */
  linkedFiles(): ReadonlySet<string>;
}

const TABLE = `
CREATE TABLE IF NOT EXISTS case_files (
  case_id TEXT NOT NULL REFERENCES cases (id),
  id TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;
`;

/** The table beside those of the cases; made where it is not there. */
export const openCaseFiles = (db: Database.Database): CaseFiles => {
  db.exec(TABLE);
  const insert = db.prepare('INSERT INTO case_files VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM case_files WHERE case_id = ?');
  const of = db.prepare<[string], StoredFile>('SELECT id, bytes FROM case_files WHERE case_id = ?');
  const all = db.prepare<[], { id: string }>('SELECT id FROM case_files');
  return {
    link: (id, files = []) => {
      for (const file of files) insert.run(id, file.id, file.bytes);
    },
    forget: (id) => void remove.run(id),
    filesOf: (id) => of.all(id),
    linkedFiles: () => new Set(all.all().map(({ id }) => id)),
  };
};
