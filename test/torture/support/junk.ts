/** Invalid payloads, made from valid ones. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const nested = (depth: number): Json =>
  depth === 0 ? 'deep' : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) };

const JUNK: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202egnp.exe',
  '<!channel> <@U0SAMPLEREP1> <https://example.com|x>',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  "'; DROP TABLE commits; --",
  '{{7*7}}',
  '{"context":"{\\"deal\\":[]}"}',
  'x'.repeat(10_000),
  '🙂'.repeat(500),
  [],
  [[]],
  {},
  { ['__proto__']: { admin: true } },
  { type: 'constructor' },
  JSON.parse('{"__proto__":{"polluted":1}}') as Json,
  nested(60),
];

const isTree = (json: Json): json is Json[] | { [key: string]: Json } => typeof json === 'object' && json !== null;

/** Places in a tree, its root not counted. */
const placesIn = (json: Json, found: [Json[] | { [key: string]: Json }, string][] = []): typeof found => {
  if (!isTree(json)) return found;
  for (const [key, value] of Object.entries(json)) {
    found.push([json, key]);
    placesIn(value, found);
  }
  return found;
};

/** A copy with one to three things wrong. */
export const spoilt = (json: Json, random: () => number): Json => {
  const copy = structuredClone(json);
  const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) {
    const places = placesIn(copy);
    if (places.length === 0) return any(JUNK);
    const [tree, key] = any(places);
    const put = (value: Json): void => {
      Object.defineProperty(tree, key, { value, enumerable: true, configurable: true, writable: true });
    };
    const what = random();
    if (what < 0.55) put(any(JUNK));
    else if (what < 0.7) delete (tree as { [key: string]: Json })[key];
    else if (what < 0.8) put([structuredClone(Reflect.get(tree, key) as Json)]);
    else if (what < 0.9) put(String(JSON.stringify(Reflect.get(tree, key))));
    else {
      const [other, from] = any(places);
      put(structuredClone(Reflect.get(other, from) as Json));
    }
  }
  return copy;
};
