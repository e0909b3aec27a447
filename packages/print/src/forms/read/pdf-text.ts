/** Characters of PDFDocEncoding that differ from Latin-1 (ISO 32000-1, D.2): 0x18 to 0x1F, 0x80 to 0x9E, 0xA0. */
const LOW = '\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc';
const HIGH =
  '\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c\u201d\u2018\u2019\u201a\u2122\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142\u0153\u0161\u017e';

/** A text string of a PDF file as text, whichever of its encodings it has (ISO 32000-1, 7.9.2.2; ISO 32000-2 for UTF-8). */
export function pdfText(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xfe && second === 0xff) return utf16(bytes, false);
  if (first === 0xff && second === 0xfe) return utf16(bytes, true);
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(bytes);
  return Array.from(bytes, docCharacter).join('');
}

function utf16(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 2; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode(view.getUint16(at, littleEndian));
  return text.replaceAll(/\u001b[^\u001b]*\u001b/gu, ''); // escapes that tell the language of what follows
}

function docCharacter(byte: number): string {
  if (byte >= 0x18 && byte <= 0x1f) return LOW.charAt(byte - 0x18);
  if (byte >= 0x80 && byte <= 0x9e) return HIGH.charAt(byte - 0x80);
  return byte === 0xa0 ? '\u20ac' : String.fromCharCode(byte);
}
