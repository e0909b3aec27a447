import { deflate } from '@buergerkoffer/formats';

/** A stream object as pdfkit writes it: its dictionary and its bytes. */
export interface StreamParts {
  readonly dictionary: string;
  readonly content: Uint8Array;
}

/** Streams of fewer bytes stay as they are: packing one takes longer than all that a reader could gain. */
const SMALLEST = 400;
const PACKED = /\n\/Filter /u;
const METADATA = /\n\/Type \/Metadata\n/u;

/** The stream packed (ISO 32000-1, 7.4.4), where that is worth it. */
export async function packStream({ dictionary, content }: StreamParts): Promise<StreamParts> {
  if (content.length < SMALLEST || PACKED.test(dictionary)) return { dictionary, content };
  if (METADATA.test(dictionary)) return withLength(dictionary, withoutIndents(content));
  const packed = isAlwaysTheSame(content) ? await packedOnce(content) : await deflate(content);
  return withLength(dictionary, packed, '/Filter /FlateDecode\n');
}

function withLength(dictionary: string, content: Uint8Array, filter = ''): StreamParts {
  const entries = `/Length ${content.length}\n${filter}`;
  return { dictionary: dictionary.replace(/\/Length \d+\n/u, entries), content };
}

/** Metadata, which archives read without unpacking (ISO 19005-3, 6.6.2.1), without the space between its elements. */
function withoutIndents(xml: Uint8Array): Uint8Array {
  return new TextEncoder().encode(
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(xml).replaceAll(/>\s+</gu, '>\n<'),
  );
}

/** Below this a font, or what its glyphs mean (`/CIDInit …`), is a subset for the letters of one paper. */
const WHOLE_FONT_BYTES = 65_536;
const WHOLE_MAP_BYTES = 8_192;

/** The colour profile, and the font of fillable forms with all letters that can be typed; nothing of a paper's data. */
function isAlwaysTheSame(content: Uint8Array): boolean {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const begin = view.getUint32(0);
  return (
    view.getUint32(36) === 0x61637370 || // 'acsp' (ICC.1, 7.2)
    (begin === 0x0001_0000 && content.length >= WHOLE_FONT_BYTES) ||
    (begin === 0x2f434944 && content.length >= WHOLE_MAP_BYTES)
  );
}

interface Kept {
  readonly content: Uint8Array;
  readonly packed: Promise<Uint8Array>;
}

const MOST_KEPT = 4;
const kept: Kept[] = [];

/** The packed bytes of what is in every form, kept from one to the next. */
async function packedOnce(content: Uint8Array): Promise<Uint8Array> {
  const known = kept.find((each) => areEqual(each.content, content));
  if (known !== undefined) return known.packed;
  const packed = deflate(content);
  kept.unshift({ content: content.slice(), packed });
  kept.length = Math.min(kept.length, MOST_KEPT);
  return packed;
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
