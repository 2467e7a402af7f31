import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPlaygroundDatabase } from '../../../src/playground/database.ts';

it('keeps conversations where only their owner can read them, and finds them again', () => {
  const dir = mkdtempSync(join(tmpdir(), 'clearthread-'));
  const open = () => openPlaygroundDatabase(dir, 'create table if not exists said (words text)');
  const db = open();
  db.exec("insert into said values ('Sample words')");
  for (const name of ['playground.sqlite', 'playground.sqlite-wal']) {
    expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  }
  db.close();
  const again = open();
  expect(again.prepare('select words from said').pluck().get()).toBe('Sample words');
  again.close();
  rmSync(dir, { recursive: true });
});
