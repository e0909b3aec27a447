import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const DEJAVU = { regular: 'DejaVuSansMono.ttf', bold: 'DejaVuSansMono-Bold.ttf' } as const;

/** Bytes of a font that calls itself like the official one, which nobody may pass on: DejaVu Sans Mono under another name. */
export async function fontCalledUnicodeDoc(weight: keyof typeof DEJAVU): Promise<Uint8Array> {
  const bytes = new Uint8Array(await dejaVuMono(weight));
  rename(bytes, 'DejaVu Sans Mono', 'UnicodeDoc Probe');
  rename(bytes, 'DejaVuSansMono', 'UnicodeDocTest');
  return bytes;
}

/** Bytes of DejaVu Sans Mono. */
export function dejaVuMono(weight: keyof typeof DEJAVU): Promise<Uint8Array> {
  const { resolve } = createRequire(import.meta.url);
  return readFile(resolve(`dejavu-fonts-ttf/ttf/${DEJAVU[weight]}`));
}

/** Names in a font stand once in Latin-1 and once in UTF-16, both of the same length after this. */
function rename(bytes: Uint8Array, from: string, to: string): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16();
  for (const [old, now] of [
    [Buffer.from(from, 'latin1'), Buffer.from(to, 'latin1')],
    [utf16(from), utf16(to)],
  ] as const) {
    for (let at = file.indexOf(old); at >= 0; at = file.indexOf(old, at + 1)) now.copy(file, at);
  }
}
