import { perText } from './per-text.ts';

/** Most pieces of data that are kept. */
const MOST_KEPT = 200;

/** Returns for plain data the first that said the same, so that what was made of it serves again. Nobody changes either. */
export const perJson = <Data extends object>(most = MOST_KEPT): ((data: Data) => Data) => {
  let asked: Data;
  const first = perText(() => asked, most);
  return (data) => {
    asked = data;
    return first(JSON.stringify(data));
  };
};
