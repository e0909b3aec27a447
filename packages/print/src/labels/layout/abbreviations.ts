/** A word that may be shortened where an entry does not fit. */
export interface Abbreviation {
  readonly long: string;
  readonly short: string;
  /** Also at the end of a compound: `Heidestraße`. */
  readonly suffix?: true;
}

/**
 * Words that are shortened on stickers, in the order in which they are tried. The regulations say that an entry is to
 * be shortened and not how: the lists are ours, by common usage, and an authority replaces them by its own.
 */
export const STREET_ABBREVIATIONS: readonly Abbreviation[] = [
  { long: 'straße', short: 'str.', suffix: true },
  { long: 'strasse', short: 'str.', suffix: true },
  { long: 'platz', short: 'pl.', suffix: true },
  { long: 'Oberbürgermeister', short: 'OBgm.' },
  { long: 'Bürgermeister', short: 'Bgm.' },
  { long: 'Professor', short: 'Prof.' },
  { long: 'Doktor', short: 'Dr.' },
  { long: 'Pfarrer', short: 'Pfr.' },
  { long: 'Gebrüder', short: 'Gebr.' },
  { long: 'Geschwister', short: 'Geschw.' },
  { long: 'Sankt', short: 'St.' },
  { long: 'Großer', short: 'Gr.' },
  { long: 'Große', short: 'Gr.' },
  { long: 'Kleiner', short: 'Kl.' },
  { long: 'Kleine', short: 'Kl.' },
];

/** As {@link STREET_ABBREVIATIONS}, for names of places; they come last, because a place has its official name. */
export const PLACE_ABBREVIATIONS: readonly Abbreviation[] = [
  { long: 'Sankt', short: 'St.' },
  { long: 'an der', short: 'a.d.' },
  { long: 'in der', short: 'i.d.' },
  { long: 'vor der', short: 'v.d.' },
  { long: 'ob der', short: 'o.d.' },
  { long: 'bei', short: 'b.' },
  { long: 'am', short: 'a.' },
  { long: 'im', short: 'i.' },
];

/** The text with every occurrence shortened, in the case of the word that it replaces. */
export function abbreviate(text: string, { long, short, suffix }: Abbreviation): string {
  if (long === '') return text;
  const before = suffix === true ? '' : '(?<![\\p{L}\\p{M}])';
  const word = long.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  const pattern = new RegExp(`${before}${word}(?![\\p{L}\\p{M}])`, 'giu');
  return text.replaceAll(pattern, (found) => inCaseOf(found, short));
}

function inCaseOf(word: string, short: string): string {
  const [first = ''] = word;
  if (word === word.toLocaleUpperCase('de')) return short.toLocaleUpperCase('de');
  if (first === first.toLocaleLowerCase('de')) return short.toLocaleLowerCase('de');
  return short.charAt(0).toLocaleUpperCase('de') + short.slice(1);
}
