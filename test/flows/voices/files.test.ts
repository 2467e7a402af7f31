import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesIn, savedName, shownName } from '../../../flows/voices/files.ts';

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd', 'etcpasswd', 'etcpasswd.rename-to-open'],
    ['C:\\Users\\bo\\plan.pdf', 'CUsersboplan.pdf', 'CUsersboplan.pdf'],
    ['gpj.\u202Eexe', 'gpj.exe', 'gpj.exe.rename-to-open'],
    ['photo.jpg.html', 'photo.jpg.html', 'photo.jpg.html.rename-to-open'],
    ['picture.SVG', 'picture.SVG', 'picture.SVG.rename-to-open'],
    ['macro.docm', 'macro.docm', 'macro.docm.rename-to-open'],
    ['photo.JPG', 'photo.JPG', 'photo.JPG'],
    [' .hidden', 'hidden', 'hidden.rename-to-open'],
    ['con.pdf', 'con.pdf', 'file con.pdf'],
    ['', '', 'file.rename-to-open'],
    ['\u0000\n', '', 'file.rename-to-open'],
    ['صورة.jpg', 'صورة.jpg', 'صورة.jpg'],
    [`${'n'.repeat(300)}.pdf`, `${'n'.repeat(116)}.pdf`, `${'n'.repeat(116)}.pdf`],
  ])('%j is shown as %j and saved as %j', (name, shown, saved) => {
    expect(shownName(name)).toBe(shown);
    expect(savedName(name)).toBe(saved);
  });

  it('is one line without a path, whatever was sent, and the same when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const saved = savedName(name);
        expect(saved).toMatch(/^[^/\\:\p{Cc}\p{Cf}\p{Cs}]{1,160}$/u);
        expect(saved).not.toMatch(/^\./);
        expect(shownName(shownName(name))).toBe(shownName(name));
      }),
    );
  });
});

describe('the files that a message names', () => {
  const file = { id: 'a1', name: 'plan.pdf', bytes: 12, key: 'AGE-SECRET-KEY-PQ-1', cleaned: false };
  it('are read, and what is none is left out', () => {
    const bad = [null, 'x', {}, { ...file, bytes: '12' }, { ...file, cleaned: 'no' }, { ...file, key: undefined }];
    expect(filesIn({ kind: 'words', files: [file, ...bad] })).toEqual([file]);
    for (const message of [null, 'text', [], {}, { files: 'x' }, { files: { 0: file } }]) {
      expect(filesIn(message)).toEqual([]);
    }
  });
});
