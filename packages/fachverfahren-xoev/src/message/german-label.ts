/**
 * A name of the schema as a person reads it: `datum.antragstellung` as „Datum Antragstellung“,
 * `empfaengeranschrift` as „Empfängeranschrift“. Texts of the schema itself are not ours to print.
 */
export function germanLabel(name: string): string {
  const words = name
    .replace(/([a-zäöüß])(?=[A-ZÄÖÜ])/gu, '$1 ')
    .split(/[.\s_-]+/u)
    .filter((word) => word !== '')
    .map((word) => (SMALL.has(word) ? word : withUmlauts(word)));
  const text = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return text.replace(/ (?:Und|Oder|Der|Des|Von|Bis|Im|Am|An|Mit|Bei|Zur|Zum|Fuer|Für)(?= )/gu, (word) =>
    word.toLowerCase(),
  );
}

const SMALL: ReadonlySet<string> = new Set(['g2g', 'b2b']);

/** Parts of words that the schema writes without umlaut or ß. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/strasse/giu, 'straße'],
  [/groesse/giu, 'größe'],
  [/massnahme/giu, 'maßnahme'],
  [/(beh|geh|angeh|h|k|l|m|n|pers|t|w|r)oe(?=[a-z])/giu, '$1ö'],
  [/(schl|r|f|g|b|geb|verf|m|gr|st|pr|d|w)ue(?=[hcktrnlmsbfdg])/giu, '$1ü'],
  [
    /(empf|ausl|erg|zust|identit|best|erkl|t|zus|pr|ver|l|n|h|k|st|m|w|sp|sch|tr|r|f|g|b)ae(?=[a-z])/giu,
    '$1ä',
  ],
  [/\bueber/giu, 'über'],
  [/ueber(?=[a-z])/gu, 'über'],
  [/\baender/giu, 'änder'],
  [/\boe(?=ffn)/giu, 'ö'],
];

function withUmlauts(word: string): string {
  return SPELLINGS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), word);
}
