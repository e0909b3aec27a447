import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bootImage, hasPvhEntry, unpackKernelImage } from '../../../src/node/guest/kernel-image.js';

/** An ELF file of one program header, of `type`, whose content is `notes`. */
function elf(notes: Buffer, type = 4): Buffer {
  const head = Buffer.alloc(64 + 56);
  head.write('\x7fELF', 0, 'latin1');
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(1, 56);
  head.writeUInt32LE(type, 64);
  head.writeBigUInt64LE(BigInt(head.length), 64 + 8);
  head.writeBigUInt64LE(BigInt(notes.length), 64 + 32);
  return Buffer.concat([head, notes]);
}

function note(name: string, type: number): Buffer {
  const words = Buffer.alloc(12);
  words.writeUInt32LE(name.length + 1, 0);
  words.writeUInt32LE(8, 4);
  words.writeUInt32LE(type, 8);
  return Buffer.concat([
    words,
    Buffer.from(`${name}\0`.padEnd(((name.length + 4) >> 2) * 4, '\0')),
    Buffer.alloc(8),
  ]);
}

/** A bzImage of two setup sectors with `payload` some bytes into what follows them. */
function bzImage(payload: Buffer): Buffer {
  const [setup, gap] = [Buffer.alloc(3 * 512), Buffer.alloc(100)];
  setup[0x1f1] = 2;
  setup.write('HdrS', 0x202);
  setup.writeUInt32LE(gap.length, 0x248);
  setup.writeUInt32LE(payload.length, 0x24c);
  return Buffer.concat([setup, gap, payload, Buffer.from('what follows')]);
}

const ENTERABLE = elf(Buffer.concat([note('GNU', 3), note('Xen', 1), note('Xen', 18)]));

describe('the image of a kernel', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kernel-image-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is unpacked once where it can be entered unpacked', async () => {
    await writeFile(join(folder, 'vmlinuz-6.1'), bzImage(gzipSync(ENTERABLE)));
    const image = await bootImage(folder, '6.1');
    expect(image).toBe(join(folder, 'vmlinux-6.1'));
    expect(await readFile(image)).toEqual(ENTERABLE);
    await rm(join(folder, 'vmlinuz-6.1'));
    expect(await bootImage(folder, '6.1')).toBe(image);
  });

  test.each([
    ['has no such entry', bzImage(gzipSync(elf(note('Xen', 1))))],
    ['has it where no notes are', bzImage(gzipSync(elf(note('Xen', 18), 1)))],
    ['is packed in an unknown way', bzImage(Buffer.from('LZMA and what it packs'))],
    ['is packed badly', bzImage(gzipSync(ENTERABLE).subarray(0, 30))],
    ['is no bzImage', Buffer.alloc(4_096)],
    ['is empty', Buffer.alloc(0)],
  ])('stays as it came where it %s', async (_, bytes) => {
    await writeFile(join(folder, 'vmlinuz-6.1'), bytes);
    expect(await bootImage(folder, '6.1')).toBe(join(folder, 'vmlinuz-6.1'));
  });

  test.each(['xz', 'zstd'])('is unpacked with %s, whose payload is followed by the size', async (program) => {
    const packed = spawnSync(program, ['-c'], { input: ENTERABLE });
    if (packed.error !== undefined) {
      console.log(`${program} is not installed: its packing is not tried`);
      return;
    }
    const size = Buffer.alloc(4);
    size.writeUInt32LE(ENTERABLE.length);
    expect(await unpackKernelImage(bzImage(Buffer.concat([packed.stdout, size])))).toEqual(ENTERABLE);
  });

  test('has no entry, and no fault, in any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(ENTERABLE.length), (bytes, at) => {
        expect(hasPvhEntry(Buffer.from(bytes))).toBe(false);
        const damaged = Buffer.from(ENTERABLE);
        damaged.set(bytes.subarray(0, damaged.length - at), at);
        expect(typeof hasPvhEntry(damaged)).toBe('boolean');
      }),
    );
  });
});
