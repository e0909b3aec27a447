import { generateKeyPairSync, sign } from 'node:crypto';
import { canonicalJson } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AuditLog, type AuditSigner } from '@buergerkoffer/vault';
import { auditPublicKey, nodeCrypto, verifyAudit } from '@buergerkoffer/vault/node';
import { MemoryDisk } from './support/memory-disk.js';

const CASE = '0b0e7c1c-5b0a-4f57-9d0e-3f1f5a6b7c8d';
const PATH = '/audit/chain.jsonl';
const EVENTS = 50;

function newSigner(): AuditSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: auditPublicKey(
      new TextEncoder().encode(publicKey.export({ format: 'pem', type: 'spki' }).toString()),
    ),
    sign: (message) => Promise.resolve(sign(null, message, privateKey)),
  };
}

const signer = newSigner();

async function openLog(disk: MemoryDisk, by = signer): Promise<AuditLog> {
  const fs = disk.start();
  await fs.makeFolder('/audit');
  return AuditLog.open(
    {
      fs,
      crypto: nodeCrypto,
      signer: by,
      words: ['photo-captured'],
      now: () => new Date('2026-03-02T09:00:00Z'),
    },
    PATH,
    CASE,
  );
}

async function writeChain(by = signer): Promise<Uint8Array> {
  const disk = new MemoryDisk();
  const log = await openLog(disk, by);
  for (let record = 0; record < EVENTS; record += 1) {
    const hash = Buffer.from(nodeCrypto.sha256(Uint8Array.of(record))).toString('hex');
    await log.append({ type: 'event', event: 'photo-captured', record, hash });
  }
  await log.seal();
  await log.release();
  return disk.content(PATH);
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(value);
const linesOf = (bytes: Uint8Array): string[] => text(bytes).split('\n').slice(0, -1);
const joined = (lines: readonly string[]): Uint8Array => bytesOf(lines.map((line) => `${line}\n`).join(''));

const EVERY_BIT = [1, 2, 4, 8, 16, 32, 64, 128];

/** Two changes of each byte; `AUDIT_FLIPS=all` flips every bit, which takes half a minute. */
function flipsOf(offset: number): readonly number[] {
  return process.env['AUDIT_FLIPS'] === 'all' ? EVERY_BIT : [EVERY_BIT[offset % 8] ?? 1, 1 + (offset % 255)];
}

/** Both ways to verify must find it. */
function isFound(bytes: Uint8Array): boolean {
  return !verifyAudit(bytes).verified && !verifyAudit(bytes, { publicKey: signer.publicKey }).verified;
}

describe('a closed audit chain of 50 events', () => {
  let chain: Uint8Array;
  beforeAll(async () => {
    chain = await writeChain();
  });

  it('is verified, with its origin where the key is given', () => {
    const entries = linesOf(chain).length;
    expect(entries).toBeGreaterThan(EVENTS + 1);
    expect(verifyAudit(chain)).toEqual({ verified: true, keyed: 'integrity-only', entries });
    expect(verifyAudit(chain, { publicKey: signer.publicKey })).toEqual({
      verified: true,
      keyed: 'origin',
      entries,
    });
  });

  it('is signed at least every 16 entries and at its end', () => {
    const types = linesOf(chain).map((line) => (JSON.parse(line) as { readonly type: string }).type);
    expect(types.at(-1)).toBe('closed');
    expect(types.join(' ')).not.toMatch(/(?:event ){17}/);
  });

  it('does not survive the change of any single byte', () => {
    const unnoticed: string[] = [];
    const flipped = chain.slice();
    chain.forEach((byte, offset) => {
      for (const flip of flipsOf(offset)) {
        flipped[offset] = byte ^ flip;
        if (verifyAudit(flipped).verified) unnoticed.push(`${offset} ^ ${flip}`);
      }
      flipped[offset] = byte;
    });
    expect(unnoticed).toEqual([]);
  }, 60_000);

  it('does not survive the flip of any bit of its first and its signed last line, nor with the key', () => {
    const firstEnd = chain.indexOf(0x0a);
    const lastStart = chain.lastIndexOf(0x0a, chain.length - 2) + 1;
    const flipped = chain.slice();
    chain.forEach((byte, offset) => {
      if (offset > firstEnd && offset < lastStart) return;
      for (const flip of EVERY_BIT) {
        flipped[offset] = byte ^ flip;
        expect(isFound(flipped), `${offset} ^ ${flip}`).toBe(true);
      }
      flipped[offset] = byte;
    });
  }, 60_000);

  it('does not survive being cut at any byte', () => {
    for (let length = 0; length < chain.length; length += 1) {
      if (verifyAudit(chain.subarray(0, length)).verified) expect.fail(`cut at ${length}`);
    }
  }, 60_000);

  it('does not survive removing, doubling or swapping any lines', () => {
    const lines = linesOf(chain);
    lines.forEach((line, index) => {
      expect(isFound(joined(lines.toSpliced(index, 1))), `without ${index}`).toBe(true);
      expect(isFound(joined(lines.toSpliced(index, 0, line))), `double ${index}`).toBe(true);
      for (let other = index + 1; other < lines.length; other += 1) {
        const swapped = lines.with(index, lines[other] ?? '').with(other, line);
        expect(isFound(joined(swapped)), `swapped ${index} and ${other}`).toBe(true);
      }
    });
  }, 60_000);

  it('does not survive bytes in front of it or behind it', () => {
    for (const extra of ['\n', ' ', '{}\n', '\ufeff', '\0']) {
      expect(isFound(bytesOf(extra + text(chain))), JSON.stringify(extra)).toBe(true);
      expect(isFound(bytesOf(text(chain) + extra)), JSON.stringify(extra)).toBe(true);
    }
  });

  it('names line, offset and kind of the first fault', () => {
    const lines = linesOf(chain);
    const changed = joined(lines.with(9, (lines[9] ?? '').replace('"record":', '"record": ')));
    const offset = joined(lines.slice(0, 9)).length;
    expect(verifyAudit(changed).firstFault).toMatchObject({ line: 10, offset, code: 'not-canonical' });
    expect(verifyAudit(joined(lines.slice(0, -1))).firstFault).toMatchObject({
      line: lines.length,
      code: 'open',
    });
    expect(verifyAudit(new Uint8Array()).firstFault).toMatchObject({ line: 1, offset: 0, code: 'empty' });
  });

  it('cannot be changed and hashed again by somebody without the key', () => {
    expect(verifyAudit(joined(rehashed(linesOf(chain).toSpliced(5, 1)))).firstFault?.code).toBe(
      'bad-signature',
    );
  });

  it('does not prove its origin when it was written anew with another key', async () => {
    const forged = await writeChain(newSigner());
    expect(verifyAudit(forged)).toMatchObject({ verified: true, keyed: 'integrity-only' });
    expect(verifyAudit(forged, { publicKey: signer.publicKey })).toMatchObject({
      verified: false,
      keyed: 'origin',
      firstFault: { line: 1, code: 'wrong-key' },
    });
  });

  it('takes no field and no word that was not declared', () => {
    const lines = linesOf(chain);
    const inserted = (change: (line: Record<string, unknown>) => Record<string, unknown>): Uint8Array =>
      joined(
        rehashed(
          lines.map((line, index) =>
            index === 3 ? canonicalJson(change(JSON.parse(line) as Record<string, unknown>)) : line,
          ),
        ),
      );
    expect(verifyAudit(inserted((line) => ({ ...line, name: 'Erika Mustermann' }))).firstFault?.code).toBe(
      'malformed',
    );
    expect(verifyAudit(inserted((line) => ({ ...line, event: 'mustermann' }))).firstFault?.code).toBe(
      'unknown-word',
    );
  });

  it('gives a verdict on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(chain.length - 1), (noise, at) => {
        const mixed = new Uint8Array([...chain.subarray(0, at), ...noise]);
        expect(verifyAudit(mixed).verified).toBe(false);
        expect(verifyAudit(noise).verified).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

/** What an attacker without the key can do: numbers and hashes fit again, signatures do not. */
function rehashed(lines: readonly string[]): string[] {
  let prev = '0'.repeat(64);
  return lines.map((line, seq) => {
    const again = canonicalJson({ ...(JSON.parse(line) as object), prev, seq });
    prev = Buffer.from(nodeCrypto.sha256(bytesOf(`${again}\n`))).toString('hex');
    return again;
  });
}

describe('an audit chain being written', () => {
  const entry = { type: 'event', event: 'photo-captured', record: 0, hash: 'ab'.repeat(32) } as const;

  it('goes on after its writer was killed at any byte of the last write, and says what was lost', async () => {
    const disk = new MemoryDisk();
    const first = await openLog(disk);
    const sound = disk.content(PATH).length;
    await first.append(entry);
    const whole = disk.content(PATH);
    for (let length = sound; length <= whole.length; length += 1) {
      const again = new MemoryDisk();
      const fs = again.start();
      await fs.makeFolder('/audit');
      await (await fs.open(PATH, 'create')).close();
      again.put(PATH, whole.subarray(0, length));
      const log = await openLog(again);
      const lostBytes = length === whole.length ? 0 : length - sound;
      expect(log.lines.at(-1)).toMatchObject({ type: 'resumed', lostBytes });
      await log.append(entry);
      await log.seal();
      expect(verifyAudit(again.content(PATH)).verified).toBe(true);
    }
  });

  it('refuses to go on from a chain that is damaged before its end', async () => {
    const disk = new MemoryDisk();
    const log = await openLog(disk);
    await log.append(entry, entry);
    const damaged = disk.content(PATH);
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    disk.put(PATH, damaged);
    await expect(openLog(disk)).rejects.toMatchObject({ code: 'corrupt', offset: 0 });
    expect(disk.content(PATH)).toEqual(damaged);
  });

  it('refuses a word that was not declared and stays as it was', async () => {
    const disk = new MemoryDisk();
    const log = await openLog(disk);
    const before = disk.content(PATH);
    await expect(log.append({ ...entry, event: 'mustermann' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    expect(disk.content(PATH)).toEqual(before);
  });

  it('is not verified before it is closed, and takes nothing after', async () => {
    const disk = new MemoryDisk();
    const log = await openLog(disk);
    expect(verifyAudit(disk.content(PATH)).firstFault?.code).toBe('open');
    await log.seal();
    await log.seal();
    expect(verifyAudit(disk.content(PATH)).verified).toBe(true);
    await expect(log.append(entry)).rejects.toMatchObject({ code: 'closed' });
  });
});
