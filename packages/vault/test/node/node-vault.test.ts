import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem, nodeProcess, openVault } from '@buergerkoffer/vault/node';
import { step, stepCodec } from '../support/fixtures.js';

const options = { codec: stepCodec, auditWords: ['step'] };

describe('a vault on a real disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vault-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives a case back to the next process', async () => {
    const root = join(folder, 'deep', 'vault');
    const vault = await openVault(root, options);
    const open = await vault.createCase();
    await open.append(step(1), [new Uint8Array([1, 2, 3])]);
    await vault.close();
    const again = await openVault(root, options);
    expect((await again.openCase(open.id)).events).toEqual([step(1)]);
    await again.close();
  });

  it('lets only the owner read keys, logs and folders', async () => {
    const root = join(folder, 'vault');
    const vault = await openVault(root, options);
    const open = await vault.createCase();
    expect(statSync(join(root, 'keys')).mode & 0o777).toBe(0o700);
    expect(statSync(join(root, 'keys', `${open.id}.key`)).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'cases', `${open.id}.case`)).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'audit-key.pem')).mode & 0o777).toBe(0o600);
    await open.erase();
    expect(readdirSync(join(root, 'keys'))).toEqual([]);
    expect(readdirSync(join(root, 'cases'))).toEqual([]);
    await vault.close();
    expect(readdirSync(root).filter((name) => name.startsWith('lock-'))).toEqual([]);
  });

  it('is locked while this process has it open', async () => {
    const vault = await openVault(folder, options);
    await expect(openVault(folder, options)).rejects.toMatchObject({ code: 'locked' });
    await vault.close();
    await (await openVault(folder, options)).close();
  });

  it('takes over the lock of a process that is dead, also when its number was given again', async () => {
    writeFileSync(join(folder, `lock-${process.pid}.1.00000000-aaaaaaaa`), '');
    writeFileSync(join(folder, 'lock-999999999.1.00000000-bbbbbbbb'), '');
    // Without /proc a number that was given again cannot be told apart.
    if (!existsSync('/proc/self/stat')) rmSync(join(folder, `lock-${process.pid}.1.00000000-aaaaaaaa`));
    await (await openVault(folder, options)).close();
  });

  it('knows which process is alive', async () => {
    const own = await nodeProcess();
    expect(await own.isAlive(own.id)).toBe(true);
    expect(await own.isAlive('999999999.1.00000000')).toBe(false);
  });

  it('says which file is missing, and why a folder cannot be', async () => {
    const path = join(folder, 'none');
    await expect(nodeFileSystem.read(path, 10)).rejects.toMatchObject({
      kind: 'storage',
      code: 'missing',
      path,
    });
    writeFileSync(path, 'a file');
    await expect(nodeFileSystem.read(path, 3)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(openVault(join(path, 'vault'), options)).rejects.toMatchObject({ kind: 'storage' });
    expect(readFileSync(path, 'utf8')).toBe('a file');
  });

  it('translates what the system says into what an integrator can do', async () => {
    // Linux: every write to this device fails as if the disk were full.
    if (!existsSync('/dev/full')) return;
    const file = await nodeFileSystem.open('/dev/full', 'existing');
    await expect(file.write(0, new Uint8Array(10))).rejects.toMatchObject({
      code: 'full',
      path: '/dev/full',
    });
    await file.close();
  });

  it('is refused in a place that cannot be written', async () => {
    // Not even root makes folders here.
    if (!existsSync('/proc/self')) return;
    const error = await openVault('/proc/vault', options).catch((error: unknown) => error);
    expect(error).toMatchObject({ kind: 'storage' });
    expect(['denied', 'read-only', 'missing']).toContain((error as { readonly code: string }).code);
  });
});
