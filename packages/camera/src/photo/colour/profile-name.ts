import { InputError, type ByteReader } from '@buergerkoffer/formats';

const MAX_LENGTH = 60;
/** Bytes of one record of `mluc`: language, country, length, offset. */
const RECORD_BYTES = 12;

/** What a profile calls itself in its `desc`: printable, at most 60 characters; `unnamed` where nothing can be read. */
export function profileName(tag: ByteReader | undefined): string {
  try {
    const text = tag === undefined ? '' : textOf(tag);
    return (
      text
        .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')
        .trim()
        .slice(0, MAX_LENGTH) || 'unnamed'
    );
  } catch (error) {
    // A profile is as good without its name.
    if (error instanceof InputError) return 'unnamed';
    throw error;
  }
}

function textOf(tag: ByteReader): string {
  const start = tag.offset;
  const type = tag.ascii(4);
  tag.skip(4);
  if (type === 'desc') return latin(tag, tag.u32());
  if (type !== 'mluc' || tag.u32() === 0) return '';
  if (tag.u32() !== RECORD_BYTES) return '';
  tag.skip(4);
  const length = tag.u32();
  tag.skip(tag.u32() - (tag.offset - start));
  let text = '';
  for (let left = Math.min(length >> 1, MAX_LENGTH); left > 0; left -= 1)
    text += String.fromCharCode(tag.u16());
  return text;
}

/** Version 2: ASCII, its length with the closing zero. */
function latin(tag: ByteReader, length: number): string {
  const text = String.fromCharCode(...tag.bytes(Math.min(length, MAX_LENGTH + 1)));
  return text.replace(/\0.*$/su, '');
}
