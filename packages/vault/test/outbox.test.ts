import { compactDecrypt } from 'jose';
import { firstValueFrom, lastValueFrom, Subscription, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { DeliveryAnswer, DeliveryPort, DeliveryProgress } from '@buergerkoffer/vault';
import { verifyAudit, type Vault } from '@buergerkoffer/vault/node';
import { makeCertificate } from './support/certificates.js';
import { openStepVault, step, TestClock, type Step } from './support/fixtures.js';
import { MemoryDisk } from './support/memory-disk.js';

const authority = makeCertificate({ key: 'ec' });
const SECRET = 'Erika Mustermann';

class ServiceDown extends Error {
  readonly kind = 'service';
  readonly code: string;

  constructor(code: string, more: { readonly retryable?: boolean; readonly retryAfterMs?: number } = {}) {
    super(code);
    this.code = code;
    Object.assign(this, more);
  }
}

async function sealOne(vault: Vault<Step>): Promise<string> {
  const open = await vault.createCase();
  await open.append(step(1));
  const payload = new TextEncoder().encode(SECRET);
  return (await vault.seal(open, { recipientCertificatePem: authority.pem, payload })).submissionId;
}

async function setUp(cases = 1) {
  const disk = new MemoryDisk();
  const clock = new TestClock();
  const vault = await openStepVault(disk.start(), { clock });
  const ids: string[] = [];
  for (let index = 0; index < cases; index += 1) ids.push(await sealOne(vault));
  return { disk, clock, vault, ids, id: ids[0] ?? '' };
}

function answering(...answers: readonly (DeliveryAnswer | Error)[]): {
  readonly port: DeliveryPort;
  readonly seen: string[];
} {
  const seen: string[] = [];
  return {
    seen,
    port: ({ submissionId, attempt }) => {
      seen.push(`${attempt} ${submissionId}`);
      const answer = answers[Math.min(seen.length, answers.length) - 1];
      return answer instanceof Error || answer === undefined
        ? Promise.reject(answer)
        : Promise.resolve(answer);
    },
  };
}

const progressOf = (vault: Vault<Step>, port: DeliveryPort, attempts = 6): Promise<DeliveryProgress[]> =>
  lastValueFrom(vault.outbox.deliver(port, { attempts }).pipe(toArray()));

const typesOf = (progress: readonly DeliveryProgress[]): string[] => progress.map(({ type }) => type);

describe('the outbox', () => {
  it('holds what only the authority can read, and nothing of the person in clear', async () => {
    const { disk, vault, id } = await setUp();
    const body = await vault.outbox.body(id);
    const { plaintext, protectedHeader } = await compactDecrypt(body, authority.privateKey);
    expect(new TextDecoder().decode(plaintext)).toBe(SECRET);
    expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' });
    for (const path of disk.paths()) {
      expect(Buffer.from(disk.content(path)).toString('latin1'), path).not.toMatch(/Mustermann|Erika/);
    }
    expect(disk.paths().filter((path) => /\/(keys|cases)\//.test(path))).toEqual([]);
  });

  it('delivers, erases the sealed body and closes the audit chain', async () => {
    const { vault, id } = await setUp();
    const entry = await vault.outbox.entry(id);
    const progress = await progressOf(vault, answering({ state: 'received' }, { state: 'accepted' }).port);
    expect(typesOf(progress)).toEqual(['sending', 'received', 'waiting', 'sending', 'accepted']);
    expect(await vault.outbox.entry(id)).toMatchObject({ state: 'accepted', attempts: 2 });
    await expect(vault.outbox.body(id)).rejects.toMatchObject({ code: 'missing' });
    const chain = await vault.audit.read(entry.caseId);
    expect(verifyAudit(chain)).toMatchObject({ verified: true });
    expect(new TextDecoder().decode(chain)).toContain('"body-erased"');
    expect(await progressOf(vault, answering(new Error('never called')).port)).toEqual([]);
  });

  it('sends again under the same identity, with longer pauses, when the line is down', async () => {
    const { clock, vault, id } = await setUp();
    const down = new ServiceDown('unreachable');
    const { port, seen } = answering(down, new ServiceDown('timeout'), down, { state: 'accepted' });
    expect(typesOf(await progressOf(vault, port)).at(-1)).toBe('accepted');
    expect(seen).toEqual([1, 2, 3, 4].map((attempt) => `${attempt} ${id}`));
    const [first = 0, second = 0, third = 0] = clock.pauses;
    expect(first).toBeGreaterThanOrEqual(500);
    expect(first).toBeLessThanOrEqual(1000);
    expect(second).toBeGreaterThanOrEqual(1000);
    expect(third).toBeGreaterThanOrEqual(2000);
    expect(third).toBeLessThanOrEqual(4000);
  });

  it('waits as long as an overloaded receiver asks for, when it says that another try makes sense', async () => {
    const { clock, vault } = await setUp();
    const busy = new ServiceDown('refused', { retryable: true, retryAfterMs: 7_000 });
    expect(typesOf(await progressOf(vault, answering(busy, { state: 'accepted' }).port)).at(-1)).toBe(
      'accepted',
    );
    expect(clock.pauses).toEqual([7_000]);
  });

  it('does not try again what the receiver calls final', async () => {
    const { vault } = await setUp();
    const { port, seen } = answering(new ServiceDown('unreachable', { retryable: false }));
    expect(typesOf(await progressOf(vault, port)).at(-1)).toBe('failed');
    expect(seen).toHaveLength(1);
  });

  it('stops after the attempts of a run and goes on with the next, also after a restart', async () => {
    const { disk, vault, id } = await setUp();
    const down = answering(new ServiceDown('unreachable'));
    expect(typesOf(await progressOf(vault, down.port, 2))).toEqual([
      'sending',
      'waiting',
      'sending',
      'postponed',
    ]);
    disk.restart('lost', () => 0);
    const again = await openStepVault(disk.start());
    expect(await again.outbox.entry(id)).toMatchObject({ state: 'sending', attempts: 2 });
    const up = answering({ state: 'accepted' });
    await progressOf(again, up.port);
    expect(up.seen).toEqual([`3 ${id}`]);
  });

  it('lets one bad case hold up no other', async () => {
    const { vault, ids } = await setUp(8);
    const bad = ids.slice(0, 6);
    const progress = await progressOf(vault, ({ submissionId }) => {
      if (submissionId === bad[0]) throw new TypeError('a bug');
      return bad.includes(submissionId)
        ? Promise.reject(new ServiceDown('timeout'))
        : Promise.resolve({ state: 'accepted' });
    });
    const accepted = progress.flatMap(({ type, entry }) => (type === 'accepted' ? [entry.submissionId] : []));
    expect(accepted.sort()).toEqual(ids.slice(6).sort());
    expect(progress.filter(({ type }) => type === 'failed')).toHaveLength(1);
    expect(progress.filter(({ type }) => type === 'postponed')).toHaveLength(5);
  });

  it('keeps the code of a rejection, never its text', async () => {
    const { disk, vault, ids } = await setUp(2);
    const reasons = new Map([
      [ids[0], 'photo-too-small'],
      [ids[1], `Foto von ${SECRET} unscharf`],
    ]);
    const progress = await progressOf(vault, ({ submissionId }) =>
      Promise.resolve({ state: 'rejected', reason: reasons.get(submissionId) ?? '' }),
    );
    expect(progress.filter(({ type }) => type === 'rejected')).toHaveLength(2);
    const stored = new Map((await vault.outbox.list()).map((entry) => [entry.submissionId, entry.reason]));
    expect(stored).toEqual(
      new Map([
        [ids[0], 'photo-too-small'],
        [ids[1], 'unspecified'],
      ]),
    );
    for (const path of disk.paths())
      expect(Buffer.from(disk.content(path)).toString()).not.toContain('Mustermann');
  });

  it('forgets a rejected submission on demand, and none that is under way', async () => {
    const { vault, id } = await setUp();
    await expect(vault.outbox.discard(id)).rejects.toMatchObject({ code: 'locked' });
    await progressOf(vault, answering({ state: 'rejected', reason: 'P1' }).port);
    const { caseId } = await vault.outbox.entry(id);
    await vault.outbox.discard(id);
    expect(await vault.outbox.list()).toEqual([]);
    expect(verifyAudit(await vault.audit.read(caseId)).verified).toBe(true);
  });

  it('aborts the attempt when it is unsubscribed, and sends once where two deliver at the same time', async () => {
    const { vault, id } = await setUp();
    let subscription = new Subscription();
    const signal = await new Promise<AbortSignal>((resolve) => {
      const hanging: DeliveryPort = (_, signal) => {
        resolve(signal);
        return new Promise(() => undefined);
      };
      subscription = vault.outbox.deliver(hanging).subscribe();
    });
    expect(await progressOf(vault, answering({ state: 'accepted' }).port)).toEqual([]);
    subscription.unsubscribe();
    expect(signal.aborted).toBe(true);
    await new Promise((done) => setImmediate(done));
    const next = answering({ state: 'accepted' });
    await progressOf(vault, next.port);
    expect(next.seen).toEqual([`2 ${id}`]);
  });

  it('gives up on an attempt that never ends', async () => {
    const { vault } = await setUp();
    const hanging: DeliveryPort = () => new Promise(() => undefined);
    const delivery = vault.outbox.deliver(hanging, { attempts: 1, attemptMs: 10 }).pipe(toArray());
    expect(await firstValueFrom(delivery)).toMatchObject([
      { type: 'sending' },
      { type: 'postponed', cause: 'timeout' },
    ]);
  });

  it('ends with the reason of an abort from outside', async () => {
    const { vault } = await setUp();
    const controller = new AbortController();
    const delivery = vault.outbox.deliver(() => new Promise(() => controller.abort(new Error('enough'))), {
      signal: controller.signal,
    });
    await expect(lastValueFrom(delivery)).rejects.toThrow('enough');
  });
});
