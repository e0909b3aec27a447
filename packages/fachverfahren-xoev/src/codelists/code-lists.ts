import type { LocalDate } from '@buergerkoffer/formats';
import { InputError, isLocalDate } from '@buergerkoffer/formats';
import type { CodeList } from './code-list.js';

/** The code lists at hand, in as many versions as there are. */
export interface CodeLists {
  readonly all: readonly CodeList[];
  /** All versions of a list, the latest first; empty when it is not at hand. */
  versions(kennung: string): readonly CodeList[];
  /** One version of a list. */
  version(kennung: string, version: string): CodeList | undefined;
  /** The version that applies on a day: the latest that is valid by then. A list without dates always applies. */
  on(kennung: string, day: LocalDate): CodeList | undefined;
}

/** Short names that people use for lists whose own names are longer or not unique. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['gemeinde', 'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:ags'],
  ['regionalschluessel', 'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs'],
  ['gebiet', 'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsgebiete'],
  ['land', 'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:bundesland'],
  ['nationalitaet', 'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit'],
  ['passart', 'urn:de:dsmeld:schluesseltabelle:pass.und.ausweisdokumente'],
  ['dvdv', 'urn:xoev-de:bund:bmi:bit:codeliste:dvdv.praefix'],
]);

/** The lists as one collection; of two with the same Kennung and version the last counts. */
export function codeLists(lists: Iterable<CodeList>): CodeLists {
  const byKennung = new Map<string, Map<string, CodeList>>();
  for (const list of lists) {
    const versions = byKennung.get(list.kennung) ?? new Map<string, CodeList>();
    versions.set(list.version, list);
    byKennung.set(list.kennung, versions);
  }
  const ordered = new Map(
    [...byKennung].map(([kennung, versions]) => [kennung, [...versions.values()].sort(latestFirst)]),
  );
  return {
    all: [...ordered.values()].flat(),
    versions: (kennung) => ordered.get(kennung) ?? [],
    version: (kennung, version) => byKennung.get(kennung)?.get(version),
    on: (kennung, day) => ordered.get(kennung)?.find((list) => (beginOf(list) ?? day) <= day),
  };
}

/**
 * The Kennung that a person means by `name`: itself, its last part (`ags`), the list's short name or a usual word
 * (`passart`). `InputError` `missing` when no such list is at hand, `not-allowed` when several are.
 */
export function kennungOf(lists: CodeLists, name: string): string {
  const wanted = name.toLowerCase();
  const kennungen = [...new Set(lists.all.map(({ kennung }) => kennung))];
  const exact = kennungen.find((kennung) => kennung.toLowerCase() === (ALIASES.get(wanted) ?? wanted));
  if (exact !== undefined) return exact;
  const tails = kennungen.filter((kennung) => tailOf(kennung) === wanted);
  const named = lists.all.filter(({ shortName }) => shortName.toLowerCase() === wanted);
  const found = tails.length > 0 ? tails : [...new Set(named.map(({ kennung }) => kennung))];
  const [only, ...more] = found;
  if (only === undefined) {
    throw new InputError('missing', 'no such code list is installed', {
      path: 'list',
      remedy: 'name it by its Kennung; get it from the XRepository and install it',
    });
  }
  if (more.length === 0) return only;
  throw new InputError('not-allowed', 'several code lists have this name', {
    path: 'list',
    remedy: `name one of ${found.join(', ')}`,
  });
}

function tailOf(kennung: string): string {
  return kennung.slice(kennung.lastIndexOf(':') + 1).toLowerCase();
}

/** First day of validity: as published, else the version where that is a day. */
function beginOf({ validFrom, version }: CodeList): LocalDate | undefined {
  return validFrom ?? (isLocalDate(version) ? version : undefined);
}

function latestFirst(a: CodeList, b: CodeList): number {
  const [begunA, begunB] = [beginOf(a) ?? '', beginOf(b) ?? ''];
  if (begunA !== begunB) return begunA < begunB ? 1 : -1;
  return b.version.localeCompare(a.version, 'en', { numeric: true });
}
