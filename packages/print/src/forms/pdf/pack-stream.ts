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
  const known = kept.find((each) => areEqual(each.content, content));
  const packed = await (known === undefined ? deflate(content) : (known.packed ??= deflate(content)));
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

/** So many fonts and the like are remembered, the newest: whoever parses fonts again and again fills no memory. */
const MOST_KEPT = 8;

/** Streams that are in every form, packed once; nothing of a paper's data. */
const kept: Kept[] = [];

interface Kept {
  readonly content: Uint8Array;
  packed: Promise<Uint8Array> | undefined;
}

/** What is in every form, such as the font with all letters that can be typed: it is packed once for all papers. */
export function keepPacked(content: Uint8Array): void {
  if (kept.some((each) => areEqual(each.content, content))) return;
  kept.unshift({ content, packed: undefined });
  kept.length = Math.min(kept.length, MOST_KEPT);
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
