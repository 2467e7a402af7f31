/** `clearthread voices verify-receipt`: whether a report existed on a day, and which words it had. */

import { readText } from '../config/yaml-file.ts';
import { checkSignedReceipt } from '../voices/signed-receipt.ts';
import { command, onlyWord } from './command.ts';
import type { CliIo } from './io.ts';

const HELP = `Usage: clearthread voices verify-receipt FILE [--words FILE] [--key PRINT]

Checks the signed receipt that somebody kept of their report: FILE holds its six lines. It needs no store, and works
on any machine.

  --words FILE   the exact words of the report, as they were written under "What happened?"
  --key PRINT    the print of the company's key, from "clearthread voices key"; without it the signature is
                 compared with the key that the receipt names, and you compare the print yourself

Exit code: 0 it is true, 1 it is not, 2 it could not be read.`;

interface Asked {
  receipt: string;
  words: string | undefined;
  key: string | undefined;
}

const check = ({ receipt, words, key }: Asked, io: CliIo): number => {
  const found = checkSignedReceipt(receipt, words);
  if (found.is === 'unreadable') {
    io.err('This is no signed receipt: it has six lines, from "clearthread voices receipt 1" to "signature".');
    return 2;
  }
  if (found.is === 'forged') {
    io.out('NOT TRUE: the signature is not of the key that this receipt names.');
    return 1;
  }
  if (key !== undefined && key.trim().toLowerCase() !== found.print) {
    io.out(`NOT TRUE: another key signed it, ${found.print}.`);
    return 1;
  }
  if (found.words === false) {
    io.out(`NOT TRUE of these words: a report was there on ${found.day}, with other words.`);
    return 1;
  }
  io.out(`TRUE: on ${found.day} a report was there${found.words ? ' with these words' : ''}.`);
  if (key === undefined) io.out(`Signed by the key ${found.print}: compare it with the company's.`);
  return 0;
};

export const voicesVerifyReceipt = command({
  help: HELP,
  options: { words: { type: 'string' }, key: { type: 'string' } },
  words: true,
  read: (given): Asked => ({
    receipt: readText(onlyWord(given, 'Name the file that holds the receipt.')),
    words: given.values.words === undefined ? undefined : readText(given.values.words),
    key: given.values.key,
  }),
  run: check,
});
