/** A4 in points of 1/72 inch. */
const WIDTH = 595;
const HEIGHT = 842;

/**
 * A PDF of `count` (1 to 99) test pages: a frame 10 mm from the edge, a heading, and the page's number; the same bytes
 * for the same count. It uses the built-in Helvetica and is no archival PDF.
 */
export function testPages(count: number): Uint8Array<ArrayBuffer> {
  const pages = Array.from({ length: Math.min(99, Math.max(1, Math.floor(count))) }, (_, index) => index);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((page) => `${4 + 2 * page} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] ` +
        `/Resources << /Font << /F 3 0 R >> >> /Contents ${5 + 2 * page} 0 R >>`,
      stream(content(page + 1, pages.length)),
    ]),
  ];
  return file(objects);
}

function content(page: number, of: number): string {
  return [
    `28 28 ${WIDTH - 56} ${HEIGHT - 56} re S`,
    'BT /F 28 Tf 57 750 Td (B\\374rgerkoffer: Testseite) Tj ET',
    `BT /F 14 Tf 57 720 Td (Seite ${page} von ${of}) Tj ET`,
    'BT /F 10 Tf 57 57 Td (Der Rahmen liegt 10 mm vom Rand und muss ringsum zu sehen sein.) Tj ET',
  ].join('\n');
}

function stream(body: string): string {
  return `<< /Length ${body.length} >>\nstream\n${body}\nendstream`;
}

function file(objects: readonly string[]): Uint8Array<ArrayBuffer> {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(new TextEncoder().encode(text));
}
