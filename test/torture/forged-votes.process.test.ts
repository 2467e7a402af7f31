import { forgedVotes } from './forged-votes.ts';
import { inShort } from './support/short.ts';

inShort(forgedVotes);
