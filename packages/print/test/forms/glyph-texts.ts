/** The text of each glyph of a font, from its `/ToUnicode` map: an independent reader for what our layer writes. */
export function glyphTexts(map: string): string[] {
  const texts: string[] = [];
  for (const [, first = '', last = '', list, start = ''] of map.matchAll(
    /^<(\w{4})> <(\w{4})> (?:\[((?:<\w+>)*)\]|<(\w{4})>)$/gmu,
  )) {
    const begin = Number.parseInt(first, 16);
    const listed = list?.match(/\w+/gu);
    for (let glyph = begin; glyph <= Number.parseInt(last, 16); glyph++) {
      const units = listed?.[glyph - begin]?.match(/.{4}/gu)?.map((unit) => Number.parseInt(unit, 16));
      texts[glyph] = String.fromCharCode(...(units ?? [Number.parseInt(start, 16) + glyph - begin]));
    }
  }
  return texts;
}
