import { ByteReader, InputError } from '@buergerkoffer/formats';

/** Pixels of a line. */
export const WIDTH_PX = 384;
/** The most lines of an image. */
export const HEIGHT_PX = 290;
const HEAD_BYTES = 64;
/** What is asked for: the sensor sends less. A multiple of its packets of 64 bytes. */
export const IMAGE_BYTES = HEAD_BYTES + WIDTH_PX * HEIGHT_PX;
const BLOCKS = 15;
const BLOCKS_OFFSET = 16;

/** Flags of a block of lines. */
const FLAG = { absent: 0x01, encrypted: 0x02, keepsKey: 0x04, newKey: 0x80 } as const;

/** Consecutive lines that were treated alike. */
export interface LineBlock {
  readonly lines: number;
  /** They were not sent, and repeat those that follow. */
  readonly absent: boolean;
  readonly encrypted: boolean;
  /** The key does not step over them, though they are not encrypted. */
  readonly keepsKey: boolean;
  /** A new key, with the next number, begins here. */
  readonly newKey: boolean;
}

/** An image as the sensor sends it: upside down, dark where skin is not, perhaps encrypted. */
export interface RawImage {
  readonly keyNumber: number;
  readonly blocks: readonly LineBlock[];
  /** The lines that were sent, {@link WIDTH_PX} bytes each; a view of what was read. */
  readonly pixels: Uint8Array;
}

/**
 * The image in `bytes`, a head of 64 bytes and lines behind it; undefined when lines that the head announces are
 * missing, as when the finger was lifted. Throws `InputError` with the offset: `truncated` where even the head is
 * cut, `out-of-range` or `malformed` where it announces what cannot be, or where more follows: bytes of another image.
 */
export function readRawImage(bytes: Uint8Array): RawImage | undefined {
  const reader = new ByteReader(bytes, { order: 'little' });
  const head = reader.sub(HEAD_BYTES);
  head.skip(4);
  const sent = head.u16();
  const keyNumber = head.u8();
  head.skip(BLOCKS_OFFSET - 7);
  if (sent > HEIGHT_PX) {
    throw new InputError('out-of-range', `an image of ${sent} lines`, { offset: 4 });
  }
  if (sent === 0 || reader.remaining < sent * WIDTH_PX) return undefined;
  const blocks = readBlocks(head, sent);
  const pixels = reader.bytes(sent * WIDTH_PX);
  reader.expectEnd();
  return { keyNumber, blocks, pixels };
}

/** The blocks that make up `sent` lines; what stands behind them in the head means nothing. */
function readBlocks(head: ByteReader, sent: number): readonly LineBlock[] {
  const blocks: LineBlock[] = [];
  let [present, all] = [0, 0];
  for (let index = 0; index < BLOCKS && present < sent; index += 1) {
    const { offset } = head;
    const flags = head.u8();
    const lines = head.u8();
    const absent = (flags & FLAG.absent) !== 0;
    all += lines;
    if (!absent) present += lines;
    const isPossible = lines > 0 && present <= sent && all <= HEIGHT_PX;
    if (!isPossible || (absent && present + lines > sent)) {
      throw new InputError('malformed', `${lines} lines in block ${index + 1} of an image of ${sent}`, {
        offset,
      });
    }
    blocks.push({
      lines,
      absent,
      encrypted: (flags & FLAG.encrypted) !== 0,
      keepsKey: (flags & FLAG.keepsKey) !== 0,
      newKey: (flags & FLAG.newKey) !== 0,
    });
  }
  if (present === sent) return blocks;
  throw new InputError('malformed', `blocks of ${present} lines for an image of ${sent}`, {
    offset: BLOCKS_OFFSET,
  });
}

/** Mean square of the difference from the mean from which lines are taken for encrypted (libfprint's threshold). */
const NOISE = 5_000;

/**
 * Whether the image is encrypted, by how noisy the sums of its first two lines are: the flags of blocks tell only
 * what is encrypted when anything is.
 */
export function looksEncrypted({ pixels }: RawImage): boolean {
  if (pixels.length < 2 * WIDTH_PX) return false;
  const sums = Array.from({ length: WIDTH_PX }, (_, i) => (pixels[i] ?? 0) + (pixels[WIDTH_PX + i] ?? 0));
  const mean = sums.reduce((total, sum) => total + sum, 0) / WIDTH_PX;
  const squares = sums.reduce((total, sum) => total + (sum - mean) ** 2, 0);
  return squares / WIDTH_PX >= NOISE;
}

/**
 * The print of an image that is not encrypted any more: absent lines filled, turned the right way, ridges dark.
 * Its height is the number of lines, its width {@link WIDTH_PX}.
 */
export function printOf({ blocks, pixels }: RawImage): {
  readonly height: number;
  readonly data: Uint8Array;
} {
  const height = blocks.reduce((total, { lines }) => total + lines, 0);
  const data = new Uint8Array(WIDTH_PX * height);
  let [from, to] = [0, data.length];
  for (const { lines, absent } of blocks) {
    for (let line = 0; line < lines; line += 1) {
      const at = from + line * WIDTH_PX;
      for (let column = 0; column < WIDTH_PX; column += 1) data[--to] = 255 - (pixels[at + column] ?? 0);
    }
    if (!absent) from += lines * WIDTH_PX;
  }
  return { height, data };
}
