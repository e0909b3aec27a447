/**
 * A name of the schema as a person reads it: `datum.antragstellung` as „Datum Antragstellung“,
 * `empfaengeranschrift` as „Empfängeranschrift“. Texts of the schema itself are not ours to print.
 */
export function germanLabel(name: string): string {
  const words = name
    .replace(/([a-zäöüß])(?=[A-ZÄÖÜ])/gu, '$1 ')
    .split(/[.\s_-]+/u)
    .filter((word) => word !== '')
    .map(withUmlauts);
  const spoken = words.map((word, index) =>
    index > 0 && PARTICLES.test(word) ? word.toLowerCase() : capitalised(word),
  );
  return spoken.join(' ');
}

/** Words that stay small inside a label. */
const PARTICLES =
  /^(?:und|oder|der|des|die|das|von|vor|nach|bis|im|in|am|an|auf|aus|mit|bei|zur|zum|zu|für)$/iu;

function capitalised(word: string): string {
  return /^[a-z]2[a-z]+$/u.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}

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
  [/aender/giu, 'änder'],
  [/natuerlich/giu, 'natürlich'],
  [/eigentuem/giu, 'eigentüm'],
  [/kuenst/giu, 'künst'],
  [/\bsaetze/giu, 'sätze'],
  [/(j|z)aeh(?=l|r)/giu, '$1äh'],
  [/\boe(?=ffn)/giu, 'ö'],
  [/\bfuer\b/giu, 'für'],
];

function withUmlauts(word: string): string {
  // Names in capitals only are words as well, but not short ones.
  const spoken = /^[A-Z]{5,}$/u.test(word) ? word.toLowerCase() : word;
  return SPELLINGS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), spoken);
}
