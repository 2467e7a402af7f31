/** Words of names that tell little: legal forms, tasks of authorities, trades, and the names of countries. House rule. */

import { COUNTRY_CODES, countryAlso, countryName } from '../countries.ts';
import { STOP_WORDS } from '../end-user.ts';
import { COMPANY_WORDS, FORM_WORDS, TASK_WORDS } from '../name-words.ts';
import { spelled } from './spelling.ts';

export type WordClass = 'particle' | 'form' | 'task' | 'patronymic' | 'place' | 'number' | 'word';

/** How much a word of each class counts beside its rarity. */
export const CLASS_WEIGHT: Readonly<Record<WordClass, number>> = {
  particle: 0.03,
  form: 0.1,
  task: 0.5,
  patronymic: 0.4,
  place: 1,
  number: 2,
  word: 1,
};

const set = (words: string): ReadonlySet<string> =>
  new Set(
    words
      .split(/\s+/u)
      .map(spelled)
      .filter((word) => word !== ''),
  );

const PARTICLES = new Set([
  ...STOP_WORDS,
  ...set('al el ul ar as bin ben ibn bint abu umm ould zu zum zur af av os lil li wa fi min'),
]);

/** More legal forms, in the letters that other scripts are spelled in, and words that stand beside them. */
const LEGAL = set(
  'companies sca scs vof dd ad spol zoo cv cia eireli me societe ste cie fsue joint stock open closed public ' +
    'private gesellschaft societa sociedad sti anonim sirketi ao ip too fgup gup mup npo npp dmcc est establishment ' +
    'enterprise enterprises firm partners partnership foundation fund trust association assoc society cooperative ' +
    'sons brothers bros general international intl global worldwide island islands isle kabushiki kaisha yugen ' +
    'gongsi kompaniya obshchestvo aktsionernoe',
);
const FORMS: ReadonlySet<string> = new Set([...set(FORM_WORDS), ...set(COMPANY_WORDS), ...LEGAL]);

/** What many companies do. */
const TRADES = set(
  'trading technology electronics industry commerce import export shipping logistics marine aviation avionics airlines construction ' +
    'engineering services service system systems solutions software consulting investment investments insurance petroleum oil gas ' +
    'chemical steel textile food foods pharma medical equipment machinery tools auto motors telecom network networks data telecommunication biometrics optical optics navigation intercept ' +
    'media news press television radio travel tourism hotel restaurant real estate properties development plant factory ' +
    'coastal surveillance interception monitoring analytics recognition drone drones maritime exchange watch ' +
    'scientific technical production nauchno tekhnicheskiy tekhnicheskaya issledovatelskiy proizvodstvennyy ' +
    'proizvodstvennoe obedinenie konstruktorskoe opytnyy center works laboratory design science sciences academy college party union club federation',
);
const TASKS: ReadonlySet<string> = new Set([...set(TASK_WORDS), ...TRADES]);

/** Words of countries' names that tell no country by themselves. */
const NO_PLACE = set(
  'south north east west southern northern eastern western united republic democratic islands island new saint st kingdom ' +
    'territories territory minor outlying british french american us sar the and of bank republik federation great',
);

let codes: ReadonlyMap<string, ReadonlySet<string>> | undefined;
/** The countries whose English names have that word; undefined where none has. */
export const placesNamed = (word: string): ReadonlySet<string> | undefined => {
  if (!codes) {
    const found = new Map<string, Set<string>>();
    for (const code of COUNTRY_CODES) {
      for (const name of [countryName(code) ?? '', ...countryAlso(code)]) {
        for (const part of name.split(/[^\p{L}\p{N}]+/u).map(spelled)) {
          if (part.length < 3 || NO_PLACE.has(part)) continue;
          found.set(part, (found.get(part) ?? new Set()).add(code));
        }
      }
    }
    codes = found;
  }
  return codes.get(word);
};

/** Words for one thing in several languages, as they are spelled; the first stands for all. */
const SAME =
  'ministry ministerstvo ministerio ministere ministerium ministerie wzr wzrt wizarat wizara vezarat bakanligi|' +
  'interior vnutrennikh inneres interno interieur dkhly dakhiliya icisleri|' +
  'defence defense oborony oborona difa defensa verteidigung savunma df|' +
  'security bezopasnosti bezopasnost sicherheit seguridad securite sicurezza guvenlik mn amn|' +
  'telecommunication telecommunications telecom telecoms communication communications ittisalat tslt svyaz|' +
  'exchange sarafa sarrafi srf|construction construcciones stroitelstvo mqwlt|public publico publique publica|' +
  'police polizei politsiya politsii policia polizia polis politie policja shrt|' +
  'directorate upravlenie direccion direction direzione mudiriyat mdyry|' +
  'department dept departament otdel departamento|institute institut instituto istituto nii|bureau byuro|' +
  'company kompaniya kompania compania compagnie compagnia sharika sharikat shrk shrkt firma sirketi sherkat|' +
  'group gruppa grupo groupe gruppo gruppe|foundation fondation fundacion stiftung muss muassasa bonyad bonyade bnyd vakfi|' +
  'trading trade torgovlya torgovaya torgovyy torgovyi handel handels handelsgesellschaft comercio commerce commercial ' +
  'tijara tijariya tjr|' +
  'technology technologies tech tekhnologii tekhnologiya tecnologia tecnologias technologie technologien teknoloji|' +
  'electronics electronic elektronika elektronik electronica electronique|' +
  'industry industries industrial promyshlennost promyshlennyy industria industrie sanayi sanaye sny snai|' +
  'plant zavod|factory fabrika|bank banque banco bnk|university universitet universidad universite universitat jm|' +
  'import imports|export exports|engineering inzhiniring ingenieria|service services|system systems sistemy|' +
  'general generalnaya|national natsionalnyy natsionalnaya nacional nationale|' +
  'international mezhdunarodnyy mezhdunarodnaya intl|federal federalnaya federalnoe|' +
  'central tsentralnyy|centre center centro zentrum tsentr|' +
  'state estado etat stato staat gosudarstvennyy gosudarstvennoe gosudarstvennaya devlet|' +
  'order orden ordre ordine ordnung poryadka|border frontier frontiers frontieres fronteras confini granitsy|' +
  'research issledovatelskiy issledovatelskaya|scientific nauchno nauchnyy|production proizvodstvennyy proizvodstvennoe|' +
  'technical tekhnicheskiy tekhnicheskaya tecnico technique|saint st sankt';
const MEANING: ReadonlyMap<string, string> = new Map(
  SAME.split('|').flatMap((line) => {
    const [first = '', ...others] = line.split(' ');
    return others.map((word) => [word, first] as const);
  }),
);

/** A shorter word is another's with a letter less. */
const LEAST_MISTYPED = 6;
const withoutOne = (word: string): string[] =>
  Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1));
let mistyped: ReadonlyMap<string, string> | undefined;
/** Returns what a word with one typing error means; undefined where it is like none that has a meaning here. */
export const meaningOfMistyped = (word: string): string | undefined => {
  if (word.length < LEAST_MISTYPED) return undefined;
  mistyped ??= new Map(
    [...MEANING].flatMap(([known, meaning]) =>
      known.length < LEAST_MISTYPED ? [] : [known, ...withoutOne(known)].map((part) => [part, meaning] as const),
    ),
  );
  for (const part of [word, ...withoutOne(word)]) {
    const meaning = mistyped.get(part);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
};

/** Spelled with two letters, and with one of them where only the first letters of words stand. */
const LETTERS_OF_ONE = /^(?:shch|ts|kh|sh|zh|ch|ya|yu|ye|dz)/u;
const startsOf = (word: string): string[] => {
  const two = LETTERS_OF_ONE.exec(word)?.[0];
  return [...(two === undefined ? [] : [two, ...(two === 'ts' ? ['c'] : [])]), word.charAt(0)];
};
const INITIALS: ReadonlyMap<string, readonly string[]> = new Map(
  SAME.split('|').map((line) => {
    const words = line.split(' ');
    return [words[0] ?? '', [...new Set(words.flatMap(startsOf))].toSorted((a, b) => b.length - a.length)] as const;
  }),
);

/** Returns what a word begins with where only first letters stand, in any language that is known here; the longest first. */
export const initialsOf = (word: string): readonly string[] => INITIALS.get(word) ?? startsOf(word);

/** Returns the word that stands for it in all languages that are known here. */
export const meaningOf = (word: string): string =>
  MEANING.get(word) ?? (/^\d/u.test(word) ? word.replace(/^(\d+)(?:st|nd|rd|th)$/u, '$1') : word);

export const classOf = (word: string): WordClass => {
  if (/^\d+$/u.test(word)) return 'number';
  if (word.length === 1) return 'form';
  if (PARTICLES.has(word)) return 'particle';
  if (FORMS.has(word)) return 'form';
  if (TASKS.has(word)) return 'task';
  if (/..(?:ov|ev)(?:ich|itch|na)$/u.test(word)) return 'patronymic';
  return placesNamed(word) ? 'place' : 'word';
};
