/** Parts of an invented code list in genericode 1.0 that tests change. */
export interface Genericode {
  readonly annotation?: string;
  readonly identification?: string;
  readonly columnSet?: string;
  readonly rows?: string;
  readonly root?: string;
}

export const IDENTIFICATION =
  '<ShortName>Farbe</ShortName><LongName>Farben</LongName><Version>2</Version>' +
  '<CanonicalUri>urn:example:codeliste:farbe</CanonicalUri>' +
  '<CanonicalVersionUri>urn:example:codeliste:farbe_2</CanonicalVersionUri>' +
  '<Agency><LongName>Beispielstelle</LongName></Agency>';

export const COLUMNS =
  '<Column Id="schluessel" Use="required"><ShortName>schluessel</ShortName></Column>' +
  '<Column Id="hinweis" Use="optional"><ShortName>hinweis</ShortName></Column>' +
  '<Column Id="bezeichnung" Use="required"><ShortName>bezeichnung</ShortName></Column>' +
  '<Key Id="k"><ShortName>k</ShortName><ColumnRef Ref="schluessel"/></Key>';

export const ROWS = row('01', 'Rot') + row('02', 'Grün', 'wie Gras');

/** A row of the invented list. */
export function row(code: string, name: string, note?: string): string {
  const value = (column: string, text: string): string =>
    `<Value ColumnRef="${column}"><SimpleValue>${text}</SimpleValue></Value>`;
  return `<Row>${value('schluessel', code)}${value('bezeichnung', name)}${note === undefined ? '' : value('hinweis', note)}</Row>`;
}

/** The document as bytes. */
export function genericode(parts: Genericode = {}): Uint8Array {
  const {
    annotation = '',
    identification = IDENTIFICATION,
    columnSet = COLUMNS,
    rows = ROWS,
    root = 'http://docs.oasis-open.org/codelist/ns/genericode/1.0/',
  } = parts;
  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?><gc:CodeList xmlns:gc="${root}">` +
      `<Annotation><Description xmlns:x="http://xoev.de/schemata/genericode/4">${annotation}</Description></Annotation>` +
      `<Identification>${identification}</Identification><ColumnSet>${columnSet}</ColumnSet>` +
      `<SimpleCodeList>${rows}</SimpleCodeList></gc:CodeList>`,
  );
}
