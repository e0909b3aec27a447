import fc from 'fast-check';

/**
 * Texts of any code points, lone surrogates included. fast-check's own unit `binary` maps all of Unicode back, which takes
 * seconds.
 */
export const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
});
