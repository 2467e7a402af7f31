/** Words that the names of authorities and companies have in common, in several languages, with a blank between. House rule. */

/** What many names have beside what tells them apart: a level, a form, a part of the whole. Names differ by them alone easily. */
export const FORM_WORDS =
  'state states national federal royal republic kingdom government central general public special main high local regional ' +
  'region district province provincial city municipal ministry department dept directorate division unit section branch ' +
  'office bureau agency authority service services force forces command board administration commission council committee ' +
  'secretariat headquarters hq institute centre center ministère ministerio ministério ministero ministerium departamento département ' +
  'dirección direction direção nacional nationale naţional nazionale général generale gobierno gouvernement governo ' +
  'regierung staat staatlich bundes estado état stato servicio amt behörde';

/** Legal forms of companies, and words that stand for one. Whoever adds one, leaves it out or writes another means the same company. */
export const COMPANY_WORDS =
  'ltd limited llc llp lp ltda plc inc incorporated corp corporation co company gmbh mbh ag kg kgaa ug sa sas sarl sl srl spa bv nv ab ' +
  'aktiebolag as asa oy oyj aps ehf doo ood eood zrt kft rt sro spzoo pte pty pvt sdn bhd pt tbk jsc ojsc cjsc pjsc psc ooo oao zao pao ' +
  'fze fzc fzco wll holding holdings group uab sia se oue ou tov tob sca scs vof dd ad cv lda berhad sti srlu sau slu bvba ans hf ohg gbr ' +
  'eireli cie cia';

/** What authorities do: many countries, and one country often, have several of them. */
export const TASK_WORDS =
  'police policing guard army navy military air interior home internal foreign external affairs health defence defense ' +
  'security justice court border coast customs immigration migration prison prisons corrections correctional intelligence ' +
  'secret finance treasury tax revenue transport traffic road education labour labor trade economy economic energy ' +
  'telecommunications communications information technology research investigation criminal crime cyber emergency ' +
  'fire rescue civil protection safety patrol watch polizei polizia policía polícia politie policja gendarmerie ' +
  'gendarmería intérieur interno inneres santé salud defensa défense seguridad sécurité sicurezza justicia justiz armée ' +
  'ejército zoll aduana douane hospital university school port airport bank';

/** Parts of a force: one more or less of them makes nobody another. */
export const UNIT_WORDS =
  'battalion bataillon batallón battaglione brigade brigada brigata regiment régiment regimiento reggimento squadron corps ' +
  'cuerpo corpo legion légion legión detachment platoon troop troops garrison wing fleet flotilla cohort';

/** Numbers in words: which of several. */
export const NUMBER_WORDS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth i ii iii iv v vi vii viii ix x xi xii';

/** Words as they are cut short, each before the whole word. */
export const SHORT_WORDS =
  'dept:department dpt:department min:ministry minist:ministry gov:government govt:government natl:national nat:national ' +
  'intl:international gen:general ord:order pol:police sec:security secur:security admin:administration auth:authority ' +
  'assn:association assoc:association comm:commission cttee:committee dist:district prov:province univ:university inst:institute ' +
  'hosp:hospital svc:service svcs:services serv:service sys:systems tech:technology technol:technology mfg:manufacturing ' +
  'eng:engineering ind:industries elec:electronics electr:electronics ' +
  'comms:communications info:information intel:intelligence def:defence mil:military fed:federal rep:republic trd:trading ' +
  'dev:development res:research sci:science mgmt:management ops:operations prot:protection immig:immigration cmd:command ' +
  'bn:battalion bde:brigade brig:brigade regt:regiment div:division dir:directorate agcy:agency bur:bureau munic:municipal ' +
  'pub:public publ:public hbr:harbour harb:harbour lab:laboratory constr:construction transp:transport corr:corrections cust:customs';

/** Numbers as people write them, each in words before digits. */
export const COUNTED_WORDS =
  'two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 second:2nd third:3rd fourth:4th fifth:5th ' +
  'sixth:6th seventh:7th eighth:8th ninth:9th tenth:10th';

/** Words as others spell them, each before what they are read as. */
export const SPELLED_WORDS =
  'defense:defence center:centre harbor:harbour labor:labour program:programme organization:organisation armor:armour gray:grey ' +
  'aluminum:aluminium theater:theatre fiber:fibre st:saint sankt:saint bros:brothers mt:mount ft:fort mohammed:muhammad mohamed:muhammad';

/** What authorities are called in other languages, spelled in Latin letters, after the English word. Beside what lists are compared by. */
export const TASKS_ABROAD =
  'customs zollamt zollbehorde aduana aduanas douane douanes zoll tamozhnya tamozhennaya tamozhennyi tamozhennyy tamozhennoe gumruk gumrugu celna celny ' +
  'cla dogana carina jmark|' +
  'prison prisons prision prisiones carcel carceles prigione carcere gefangnis tyurma tyurmy tyuremnaya cezaevi hapishane wiezienie ' +
  'wiezienna sjn|' +
  'army armee ejercito esercito exercito armiya armii ordusu jysh|' +
  'military militar militaire militare voennyy voennaya voennoe askeri wojskowy wojskowa|' +
  'guard guardia garde guarda gvardiya gvardii muhafiz hrs|brigade brigada brigata brygada tugay tugayi|border granitsa hudud|' +
  'intelligence inteligencia renseignement renseignements razvedka razvedki istihbarat mukhabarat mkhabrat wywiad|' +
  'justice justicia giustizia justiz justica yustitsii yustitsiya adalet sprawiedliwosci|' +
  'finance finanzas finances finanze finanzen finansov maliye|health salud sante salute gesundheit zdravookhraneniya saglik zdrowia|' +
  'fire bomberos pompiers feuerwehr pozharnaya itfaiye|immigration migration inmigracion migracion migraciones migratsii imigracao';

/** Adjectives of countries that are no ending of their names, each before words of the name. */
export const ADJECTIVES =
  'afghan:afghanistan argentine:argentina burmese:myanmar congolese:congo croat:croatia cypriot:cyprus ' +
  'danish:denmark dutch:netherlands emirati:united arab emirates filipino:philippines philippine:philippines finnish:finland ' +
  'german:germany greek:greece hellenic:greece icelandic:iceland irish:ireland ivorian:côte d’ivoire kazakh:kazakhstan ' +
  'kyrgyz:kyrgyzstan lebanese:lebanon malagasy:madagascar moroccan:morocco nigerien:niger norwegian:norway peruvian:peru polish:poland ' +
  'portuguese:portugal serb:serbia slovene:slovenia spanish:spain swedish:sweden swiss:switzerland tajik:tajikistan ' +
  'thai:thailand togolese:togo turkish:türkiye turkmen:turkmenistan uzbek:uzbekistan';
