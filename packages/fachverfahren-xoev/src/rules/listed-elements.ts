import type { MessageElement } from '../message/tree.js';
import { attributeOf } from '../message/tree.js';

const DESTATIS = 'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:';
const BFJ = 'urn:de:bund:bfj:schluesseltabelle:';
const DSMELD = 'urn:de:dsmeld:schluesseltabelle:';

/** Kennung of the list of ways to reach somebody. */
export const CHANNEL_LIST = 'urn:de:xoev:codeliste:erreichbarkeit';

/** Kennung of the list of sexes. */
export const SEX_LIST = 'urn:xoev-de:xinneres:codeliste:geschlecht';

/** Lists that XMeld 25.11a names without holding their codes in its grammar, and the elements that are coded with them. */
const LISTS: readonly (readonly [kennung: string, elements: string])[] = [
  [
    `${DESTATIS}ags`,
    'gemeindeschluessel gemeinde amtlicher.gemeindeschluessel amtlichergemeindeschluessel abrechnungskennzeichen ' +
      'agsDerWegfallendenNebenwohnung',
  ],
  [
    `${DESTATIS}staatsangehoerigkeit`,
    'staatsangehoerigkeit STAATSANGEHOERIGKEIT staatsangehoerigkeit.alt staatsangehoerigkeit.neu ' +
      'staatsangehoerigkeit.auswerter staatsangehoerigkeit.rueckmelder bisher neu',
  ],
  [
    `${DESTATIS}staatsgebiete`,
    'staat geburtsortStaat geburtsortstaat geburtsortstaat.auswerter geburtsortstaat.rueckmelder sterbeortStaat ' +
      'sterbeortstaat ortstaat.letzte.ehe.oder.lp',
  ],
  [`${DESTATIS}bezirk`, 'bezirk'],
  [`${DESTATIS}bundesland`, 'bundesland'],
  [`${DESTATIS}kreis`, 'kreis'],
  [
    SEX_LIST,
    'geschlecht GESCHLECHT geschlecht.abweichend geschlecht.alt geschlecht.auswerter geschlecht.letzterStandMR ' +
      'geschlecht.neu geschlecht.rueckmelder',
  ],
  [CHANNEL_LIST, 'kanal'],
  [`${BFJ}behoerdenkennzeichen`, 'bkz'],
  [`${BFJ}justizbehoerdenkennzeichen`, 'justizbehoerdenkennzeichen'],
  [`${BFJ}fuehrungszeugnis.verwendungszweck`, 'schluessel'],
  [`${DSMELD}gesetzlicher.vertreter`, 'gesetzlichervertreterschluessel'],
  [`${DSMELD}religion.steuererhebend`, 'religion.steuer.erhebend'],
  [`${DSMELD}religion.nicht.steuererhebend`, 'religion.nicht.steuer.erhebend'],
  ['urn:de:bund:bzst:schluessel:fachliche.fehlercodes', 'bzst.fehlercode'],
  ['urn:xoev-de:bund:bva:azr:codeliste:xmeld.fachliche-fehlercodes', 'fehlergrund'],
];
/** The only list of XMeld that its grammar does not hold; the element under it is called `code`. */
const COMMERCIAL_PURPOSE_LIST = 'urn:de:xmeld:schluesseltabelle:melderegisterauskunft.gewerblicher.zweck';
const LIST_OF = new Map(
  LISTS.flatMap(([kennung, elements]) => elements.split(' ').map((name) => [name, kennung])),
);

/** Beginnings of the Kennungen of lists whose codes stand in the grammar of XMeld and XInneres, so that the schema checks them. */
const IN_GRAMMAR = ['urn:de:xmeld:', 'urn:xoev-de:xmeld:', 'urn:de:xinneres:', 'urn:de:dsmeld:', BFJ];
/** The directory is always the DVDV. */
const DIRECTORY_LIST = 'urn:xoev-de:kosit:codeliste:verzeichnisdienst';
const LISTED = new Set([...LISTS.map(([kennung]) => kennung), COMMERCIAL_PURPOSE_LIST]);

/** Lists so short that their codes are checked without them, with the latest version of which that is true. */
const KNOWN_BY_HEART: ReadonlyMap<string, number> = new Map([
  [CHANNEL_LIST, 3],
  [SEX_LIST, 1],
]);

/** Whether the codes of a version of a list are checked by something else than the list. */
export function isCheckedElsewhere(kennung: string, version: string | undefined): boolean {
  const latest = KNOWN_BY_HEART.get(kennung);
  if (latest !== undefined) return version === undefined || Number(version) <= latest;
  if (LISTED.has(kennung)) return false;
  return kennung === DIRECTORY_LIST || IN_GRAMMAR.some((beginning) => kennung.startsWith(beginning));
}

/** Kennung of the list of municipalities. */
export const AGS_LIST = `${DESTATIS}ags`;
/** Kennungen of lists whose codes have three digits. */
export const STATE_LISTS: ReadonlySet<string> = new Set(
  ['staat', 'staatsgebiete', 'staatsangehoerigkeit'].map((name) => DESTATIS + name),
);

/** Parents under which `staat` is a state in the full sense, not a territory (Code.Staat and Code.Zielstaat). */
const STATES_ONLY = new Set(['verwendung.ausland', 'ausland']);

/** The list of a coded element: as the standard has it, else as the element says; `undefined` when neither does. */
export function listOf(element: MessageElement, parent: MessageElement | undefined): string | undefined {
  if (element.local === 'staat' && STATES_ONLY.has(parent?.local ?? '')) return `${DESTATIS}staat`;
  if (element.local === 'code' && parent?.local === 'angabeDesZwecks') return COMMERCIAL_PURPOSE_LIST;
  // The pair before and after a correction is coded as its parent says.
  const name = ['vorher', 'nachher'].includes(element.local) ? (parent?.local ?? '') : element.local;
  return LIST_OF.get(name) ?? attributeOf(element, 'listURI');
}
