/** The characters that a glyph stands for. */
type Meaning = readonly number[] | undefined;

/** From so many glyphs on whose characters follow one another they are named by the first. */
const SHORTEST_RUN = 4;

/**
 * What the glyphs of a font mean, as a map to Unicode (ISO 32000-1, 9.10.3; Adobe Technical Note 5411): glyphs whose characters
 * follow one another in a line each, all others in lists.
 */
export function unicodeMap(meanings: readonly Meaning[]): string {
  const lines: string[] = [];
  let listed: string[] = [];
  const endList = (end: number): void => {
    if (listed.length > 0) lines.push(`${range(end - listed.length, end)} [${listed.join('')}]`);
    listed = [];
  };
  for (let at = 0; at < meanings.length;) {
    const end = runEnd(meanings, at);
    if (end - at >= SHORTEST_RUN) {
      endList(at);
      lines.push(`${range(at, end)} ${utf16(meanings[at])}`);
      at = end;
    } else {
      listed.push(utf16(meanings[at]));
      at++;
      if (at % 256 === 0) endList(at);
    }
  }
  endList(meanings.length);
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100);
    blocks.push(`${block.length} beginbfrange\n${block.join('\n')}\nendbfrange`);
  }
  return `${HEAD}${blocks.join('\n')}\n${TAIL}`;
}

const HEAD = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
`;
const TAIL = `endcmap
CMapName currentdict /CMap defineresource pop
end
end`;

/** Where the glyphs end that begin here and each mean the next character; neither number leaves its 256. */
function runEnd(meanings: readonly Meaning[], begin: number): number {
  const first = single(meanings[begin]);
  if (first === undefined) return begin + 1;
  let end = begin + 1;
  while (
    end % 256 !== 0 &&
    (first + end - begin) % 256 !== 0 &&
    single(meanings[end]) === first + end - begin
  ) {
    end++;
  }
  return end;
}

function single(meaning: Meaning): number | undefined {
  const [codePoint] = meaning ?? [];
  return meaning?.length === 1 && codePoint !== undefined && codePoint <= 0xffff ? codePoint : undefined;
}

/** First and last glyph. */
function range(begin: number, end: number): string {
  return `<${hex(begin)}> <${hex(end - 1)}>`;
}

function utf16(meaning: Meaning): string {
  const text = String.fromCodePoint(...(meaning ?? [0]));
  return `<${Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at))).join('')}>`;
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0');
}
