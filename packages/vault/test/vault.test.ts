import { compactDecrypt } from 'jose';
import { lastValueFrom } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { StorageError, submissionIdOf, type FileSystemPort, type OpenFile } from '@buergerkoffer/vault';
import { nodeCrypto, verifyAudit } from '@buergerkoffer/vault/node';
import { makeCertificate } from './support/certificates.js';
import { openStepVault, step, stepCodec, TestClock, type Step } from './support/fixtures.js';
import { MemoryDisk } from './support/memory-disk.js';

const authority = makeCertificate({ key: 'rsa', usage: 0x20 });
const payload = new TextEncoder().encode('{"application":1}');

/** A file port of which chosen operations fail with chosen errors. */
function failing(
  fs: FileSystemPort,
  failure: (operation: string, path: string) => StorageError | undefined,
): FileSystemPort {
  const check = (operation: string, path: string): void => {
    const error = failure(operation, path);
    if (error !== undefined) throw error;
  };
  const wrapped = (file: OpenFile, path: string): OpenFile => ({
    ...file,
    write: async (offset, bytes) => {
      const error = failure('write', path);
      // A disk that runs full takes the first part.
      if (error !== undefined) await file.write(offset, bytes.subarray(0, bytes.length >> 1));
      if (error !== undefined) throw error;
      await file.write(offset, bytes);
    },
    sync: async () => {
      check('sync', path);
      await file.sync();
    },
    truncate: async (length) => {
      check('truncate', path);
      await file.truncate(length);
    },
  });
  return {
    ...fs,
    open: async (path, mode) => {
      check(mode === 'create' ? 'create' : 'open', path);
      return wrapped(await fs.open(path, mode), path);
    },
    rename: async (from, to) => {
      check('rename', to);
      await fs.rename(from, to);
    },
  };
}

describe('a vault', () => {
  let disk: MemoryDisk;
  let fs: FileSystemPort;
  beforeEach(() => {
    disk = new MemoryDisk();
    fs = disk.start();
  });

  it('keeps several cases open at once and gives each back as it was', async () => {
    const vault = await openStepVault(fs);
    const cases = await Promise.all([1, 2, 3].map(() => vault.createCase()));
    await Promise.all(
      cases.flatMap((open, index) => [open.append(step(index)), open.append(step(index + 10))]),
    );
    expect((await vault.list()).map(({ state }) => state)).toEqual(['open', 'open', 'open']);
    await vault.close();
    const again = await openStepVault(fs);
    for (const [index, { id }] of cases.entries()) {
      expect((await again.openCase(id)).events).toEqual([step(index), step(index + 10)]);
    }
  });

  it('gives back attachments by their hash', async () => {
    const vault = await openStepVault(fs);
    const open = await vault.createCase();
    const photo = new Uint8Array(100_000).fill(7);
    const [sha256 = ''] = await open.append(step(1), [photo]);
    await open.close();
    const again = await vault.openCase(open.id);
    expect(Buffer.compare(await again.attachment(sha256), photo)).toBe(0);
    await expect(open.append(step(2))).rejects.toMatchObject({ code: 'closed' });
  });

  it('refuses a second opening of a case or of its folder, and takes the folder from the dead', async () => {
    const alive = { id: '1.test', isAlive: () => Promise.resolve(true) };
    const vault = await openStepVault(fs, { process: alive });
    const open = await vault.createCase();
    await expect(vault.openCase(open.id)).rejects.toMatchObject({ code: 'locked' });
    await expect(vault.erase(open.id)).rejects.toMatchObject({ code: 'locked' });
    await expect(openStepVault(fs, { process: alive })).rejects.toMatchObject({
      kind: 'storage',
      code: 'locked',
    });
    await expect(openStepVault(fs)).resolves.toBeDefined();
  });

  it('says which case is missing', async () => {
    const vault = await openStepVault(fs);
    await expect(vault.openCase('0b0e7c1c-5b0a-4f57-9d0e-3f1f5a6b7c8d')).rejects.toMatchObject({
      code: 'missing',
    });
    await expect(vault.openCase('../../etc/passwd')).rejects.toMatchObject({
      kind: 'input',
      code: 'malformed',
    });
  });

  it('does not store an event that it could not read again', async () => {
    const vault = await openStepVault(fs);
    const open = await vault.createCase();
    await expect(open.append({ type: 'other' } as unknown as Step)).rejects.toThrow('no step');
    await expect(open.append(step(1), [new Uint8Array(17 * 1024 * 1024)])).rejects.toMatchObject({
      code: 'too-large',
    });
    expect(open.events).toEqual([]);
    await open.append(step(2));
    await vault.close();
    expect((await (await openStepVault(fs)).openCase(open.id)).events).toEqual([step(2)]);
  });

  it('refuses an event whose word the audit chain does not know, before anything is written', async () => {
    const vault = await openStepVault(fs, { codec: { ...stepCodec, auditWord: () => 'mustermann' } });
    const open = await vault.createCase();
    await expect(open.append(step(1))).rejects.toMatchObject({ code: 'not-allowed' });
    expect(open.events).toEqual([]);
  });

  it.each(['write', 'sync'])('leaves a case as it was when the disk is full at %s', async (operation) => {
    let isFull = false;
    const full = failing(fs, (name, path) =>
      isFull && name === operation && path.endsWith('.case')
        ? new StorageError('full', 'no space')
        : undefined,
    );
    const vault = await openStepVault(full);
    const open = await vault.createCase();
    await open.append(step(1));
    const path = disk.paths().find((name) => name.endsWith('.case')) ?? '';
    const before = disk.content(path);
    isFull = true;
    await expect(open.append(step(2))).rejects.toMatchObject({ code: 'full' });
    expect(Buffer.compare(disk.content(path), before)).toBe(0);
    expect(open.events).toEqual([step(1)]);
    isFull = false;
    const next = open.append(step(3));
    if (operation === 'write') await next;
    else await expect(next).rejects.toMatchObject({ code: 'closed' });
    await open.close();
    const again = await vault.openCase(open.id);
    expect(again.events).toEqual(operation === 'write' ? [step(1), step(3)] : [step(1)]);
  });

  it('keeps the case when the disk is full on sealing, and seals later under the same identity', async () => {
    let isFull = true;
    const full = failing(fs, (name, path) =>
      isFull && name === 'write' && path.includes('/outbox/')
        ? new StorageError('full', 'no space')
        : undefined,
    );
    const vault = await openStepVault(full);
    const open = await vault.createCase();
    await open.append(step(1));
    const delivery = { recipientCertificatePem: authority.pem, payload };
    await expect(vault.seal(open, delivery)).rejects.toMatchObject({ code: 'full' });
    await open.append(step(2));
    expect(await vault.outbox.list()).toEqual([]);
    isFull = false;
    const entry = await vault.seal(open, delivery);
    expect(entry).toMatchObject({
      submissionId: submissionIdOf(nodeCrypto, open.id),
      state: 'sealed',
      attempts: 0,
    });
    expect(open.submissionId).toBe(entry.submissionId);
    const { plaintext } = await compactDecrypt(
      await vault.outbox.body(entry.submissionId),
      authority.privateKey,
    );
    expect(new Uint8Array(plaintext)).toEqual(payload);
    expect(await vault.list()).toEqual([]);
    await expect(vault.seal(open, delivery)).rejects.toMatchObject({ code: 'closed' });
  });

  it('takes no event between the payload and the seal', async () => {
    const vault = await openStepVault(fs);
    const open = await vault.createCase();
    const sealing = vault.seal(open, { recipientCertificatePem: authority.pem, payload });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, number) => open.append(step(number))),
    );
    await sealing;
    // Whoever was told "durable" was told so before the case was taken over.
    const late = await open.append(step(99)).catch((error: unknown) => error);
    expect(late).toMatchObject({ code: 'closed' });
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(open.events.length);
  });

  it('withdraws a submission whose entry may not be durable, and goes on with the case', async () => {
    let isBroken = true;
    const broken: FileSystemPort = {
      ...fs,
      syncFolder: (path) => {
        if (!isBroken || !path.endsWith('/outbox') || !disk.paths().some((name) => name.endsWith('.json')))
          return fs.syncFolder(path);
        isBroken = false;
        return Promise.reject(new StorageError('corrupt', 'the disk reports an error'));
      },
    };
    const vault = await openStepVault(broken);
    const open = await vault.createCase();
    const delivery = { recipientCertificatePem: authority.pem, payload };
    await expect(vault.seal(open, delivery)).rejects.toMatchObject({ code: 'corrupt' });
    await open.append(step(1));
    disk.restart('lost', () => 0);
    const again = await openStepVault(disk.start());
    expect(await again.outbox.list()).toEqual([]);
    expect((await again.openCase(open.id)).events).toEqual([step(1)]);
  });

  it('ends a delivery when it is closed', async () => {
    const vault = await openStepVault(fs);
    await vault.seal(await vault.createCase(), { recipientCertificatePem: authority.pem, payload });
    const delivery = lastValueFrom(vault.outbox.deliver(() => new Promise(() => undefined)));
    const end = expect(delivery).rejects.toMatchObject({ code: 'closed' });
    await vault.close();
    await end;
  });

  it('names a damaged entry of the outbox and works on', async () => {
    const vault = await openStepVault(fs);
    const { submissionId } = await vault.seal(await vault.createCase(), {
      recipientCertificatePem: authority.pem,
      payload,
    });
    await vault.close();
    disk.put(`/vault/outbox/${submissionId}.json`, new TextEncoder().encode('{"submissionId":'));
    const again = await openStepVault(fs);
    expect(again.problems).toMatchObject([{ code: 'corrupt' }]);
    expect(await again.outbox.list()).toEqual([]);
    expect(await again.outbox.body(submissionId)).toBeDefined();
  });

  it('refuses audit words that could hold a name', async () => {
    await expect(openStepVault(fs, { auditWords: ['Frau Mustermann'] })).rejects.toMatchObject({
      kind: 'input',
      path: 'auditWords',
    });
  });

  it('destroys the key even when the disk is full', async () => {
    let isFull = false;
    const full = failing(fs, (name, path) =>
      isFull && (name === 'create' || (name === 'write' && !path.includes('/keys/')))
        ? new StorageError('full', 'no space')
        : undefined,
    );
    const vault = await openStepVault(full);
    const open = await vault.createCase();
    isFull = true;
    await expect(open.erase()).rejects.toMatchObject({ code: 'full' });
    expect(disk.paths().filter((path) => /\.(key|case)$/.test(path))).toEqual([]);
  });

  it('leaves nothing of a case that could not be created', async () => {
    const full = failing(fs, (name, path) =>
      name === 'write' && path.endsWith('.case') ? new StorageError('full', 'no space') : undefined,
    );
    const vault = await openStepVault(full);
    await expect(vault.createCase()).rejects.toMatchObject({ code: 'full' });
    expect(await vault.list()).toEqual([]);
    expect(disk.paths().filter((path) => /\/(keys|cases)\//.test(path))).toEqual([]);
  });

  it('erases a case and keeps only its audit chain, which is verified', async () => {
    const vault = await openStepVault(fs);
    const open = await vault.createCase();
    await open.append(step(1));
    await open.erase();
    expect(await vault.list()).toEqual([]);
    expect(disk.paths().filter((path) => path.includes(open.id))).toEqual([vault.audit.path(open.id)]);
    const chain = await vault.audit.read(open.id);
    expect(verifyAudit(chain)).toMatchObject({ verified: true });
    const types = new TextDecoder().decode(chain).match(/"type":"[a-z-]+"/g);
    expect(types?.map((type) => type.slice(8, -1))).toEqual([
      'opened',
      'event',
      'key-destroyed',
      'erased',
      'closed',
    ]);
  });

  it('shows a case whose key is gone, keeps its file, and erases it when asked', async () => {
    const vault = await openStepVault(fs);
    const open = await vault.createCase();
    await vault.close();
    await fs.remove(`/vault/keys/${open.id}.key`);
    const again = await openStepVault(fs);
    expect(await again.list()).toEqual([{ id: open.id, state: 'unreadable' }]);
    await expect(again.openCase(open.id)).rejects.toMatchObject({ code: 'missing' });
    await again.erase(open.id);
    expect(await again.list()).toEqual([]);
  });

  it('opens a case whose log was cut at any byte, and says how many acknowledged events are gone', async () => {
    const vault = await openStepVault(fs);
    const open = await vault.createCase();
    for (const number of [0, 1, 2]) await open.append(step(number));
    await vault.close();
    const path = `/vault/cases/${open.id}.case`;
    const whole = disk.content(path);
    const chain = disk.content(vault.audit.path(open.id));
    for (let length = 0; length < whole.length; length += 100) {
      disk.put(path, whole.subarray(0, length));
      disk.put(vault.audit.path(open.id), chain);
      const again = await openStepVault(disk.start());
      const cut = await again.openCase(open.id);
      expect(cut.events).toEqual([0, 1, 2].map(step).slice(0, cut.events.length));
      expect(cut.lostEvents).toBe(3 - cut.events.length);
      await cut.append(step(9));
      await cut.close();
      expect((await again.openCase(open.id)).lostEvents).toBe(cut.lostEvents);
      await again.close();
    }
  });

  it('opens the other cases when one is damaged', async () => {
    const vault = await openStepVault(fs);
    const [bad, good] = [await vault.createCase(), await vault.createCase()];
    await bad.append(step(1));
    await good.append(step(2));
    await vault.close();
    const path = `/vault/cases/${bad.id}.case`;
    const bytes = disk.content(path);
    bytes[600] = (bytes[600] ?? 0) ^ 1;
    disk.put(path, bytes);
    const again = await openStepVault(fs);
    await expect(again.openCase(bad.id)).rejects.toMatchObject({ code: 'corrupt', offset: 512 });
    expect((await again.openCase(good.id)).events).toEqual([step(2)]);
  });
});

describe('supplies for the visit', () => {
  const label = { purpose: 'register-extract', expiresAt: '2026-03-02T12:00:00Z' };
  const content = new TextEncoder().encode('Erika Mustermann');

  it('are sealed, come back, and vanish when their time is over, though the clock is set back', async () => {
    const disk = new MemoryDisk();
    const fs = disk.start();
    const clock = new TestClock();
    const vault = await openStepVault(fs, { clock });
    const id = await vault.supplies.put(label, content);
    expect(new Uint8Array(await vault.supplies.get(id))).toEqual(content);
    expect(await vault.supplies.list()).toEqual([{ id, ...label }]);
    for (const path of disk.paths())
      expect(Buffer.from(disk.content(path)).toString()).not.toContain('Mustermann');
    clock.time = Date.parse('2026-03-02T11:59:00Z');
    await vault.supplies.list();
    await vault.close();
    clock.time = Date.parse('2026-03-02T12:01:00Z');
    await (await openStepVault(fs, { clock })).close();
    clock.time = Date.parse('2026-03-02T09:00:00Z');
    const again = await openStepVault(fs, { clock });
    await expect(again.supplies.get(id)).rejects.toMatchObject({ code: 'missing' });
    expect(disk.paths().filter((path) => path.includes(id))).toEqual([]);
  });

  it('stay expired when the clock is set back between two looks', async () => {
    const clock = new TestClock();
    const vault = await openStepVault(new MemoryDisk().start(), { clock });
    const early = await vault.supplies.put({ ...label, expiresAt: '2026-03-02T10:00:00Z' }, content);
    const late = await vault.supplies.put(label, content);
    clock.time = Date.parse('2026-03-02T10:30:00Z');
    await vault.supplies.get(late);
    clock.time = Date.parse('2026-03-02T09:00:00Z');
    await expect(vault.supplies.get(early)).rejects.toMatchObject({ code: 'missing' });
  });

  it('are destroyed by a change of their expiry on disk', async () => {
    const disk = new MemoryDisk();
    const vault = await openStepVault(disk.start());
    const id = await vault.supplies.put(label, content);
    const path = `/vault/supplies/${id}.supply`;
    const text = Buffer.from(disk.content(path)).toString('latin1').replace('2026-03', '2027-03');
    disk.put(path, Buffer.from(text, 'latin1'));
    await expect(vault.supplies.get(id)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('need a purpose that is a word and an expiry to come', async () => {
    const vault = await openStepVault(new MemoryDisk().start());
    await expect(
      vault.supplies.put({ ...label, purpose: 'für Frau Mustermann' }, content),
    ).rejects.toMatchObject({ code: 'malformed' });
    await expect(
      vault.supplies.put({ ...label, expiresAt: '2026-03-02T08:00:00Z' }, content),
    ).rejects.toMatchObject({ code: 'out-of-range' });
  });
});
