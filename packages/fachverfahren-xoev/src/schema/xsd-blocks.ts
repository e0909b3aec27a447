/** Blocks of characters that patterns name as `\p{Is…}`, as the inside of a character class (Unicode, Blocks.txt). */
const BLOCKS: Readonly<Record<string, readonly [first: number, last: number]>> = {
  BasicLatin: [0x0, 0x7f],
  'Latin-1Supplement': [0x80, 0xff],
  'LatinExtended-A': [0x100, 0x17f],
  'LatinExtended-B': [0x180, 0x24f],
  IPAExtensions: [0x250, 0x2af],
  SpacingModifierLetters: [0x2b0, 0x2ff],
  CombiningDiacriticalMarks: [0x300, 0x36f],
  Greek: [0x370, 0x3ff],
  GreekandCoptic: [0x370, 0x3ff],
  Cyrillic: [0x400, 0x4ff],
  Armenian: [0x530, 0x58f],
  Hebrew: [0x590, 0x5ff],
  Arabic: [0x600, 0x6ff],
  LatinExtendedAdditional: [0x1e00, 0x1eff],
  GreekExtended: [0x1f00, 0x1fff],
  GeneralPunctuation: [0x2000, 0x206f],
  SuperscriptsandSubscripts: [0x2070, 0x209f],
  CurrencySymbols: [0x20a0, 0x20cf],
  LetterlikeSymbols: [0x2100, 0x214f],
  NumberForms: [0x2150, 0x218f],
  Arrows: [0x2190, 0x21ff],
  MathematicalOperators: [0x2200, 0x22ff],
  PrivateUse: [0xe000, 0xf8ff],
  Specials: [0xfff0, 0xffff],
};

/** The class of a block's characters, or of all others; `undefined` for blocks that are not listed. */
export function blockClass(name: string, negated: boolean): string | undefined {
  const block = Object.hasOwn(BLOCKS, name) ? BLOCKS[name] : undefined;
  if (block === undefined) return undefined;
  const [first, last] = block.map((code) => `\\u{${code.toString(16)}}`);
  return `[${negated ? '^' : ''}${first}-${last}]`;
}
