import { lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type {
  DeliveryAnswer,
  DeliveryOptions,
  DeliveryPort,
  DeliveryProgress,
  FileSystemPort,
  Replacement,
} from '@buergerkoffer/vault';
import { verifyAudit, type Vault } from '@buergerkoffer/vault/node';
import { makeCertificate } from './support/certificates.js';
import { openStepVault, seeded, step, TestClock, type Step } from './support/fixtures.js';
import { MemoryDisk, type Loss } from './support/memory-disk.js';

const authority = makeCertificate({ key: 'ec' });
const PAYLOAD = 'Erika Mustermann, 51147 Köln';
const SECOND = '00000000-0000-4000-8000-000000000002';
const CORRECTED = '00000000-0000-4000-8000-000000000003';
const RECIPIENT = 'a'.repeat(64);

const sealed = (text: string): Uint8Array => new TextEncoder().encode(`sealed ${text}`);
const corrected: Replacement = { submissionId: CORRECTED, body: sealed('corrected') };

async function sealOne(vault: Vault<Step>, goodUntil?: string): Promise<{ id: string; caseId: string }> {
  const open = await vault.createCase();
  await open.append(step(1));
  const entry = await vault.seal(open, {
    recipientCertificatePem: authority.pem,
    payload: new TextEncoder().encode(PAYLOAD),
    ...(goodUntil === undefined ? {} : { goodUntil }),
  });
  return { id: entry.submissionId, caseId: entry.caseId };
}

async function setUp(goodUntil?: string) {
  const disk = new MemoryDisk();
  const clock = new TestClock();
  const vault = await openStepVault(disk.start(), { clock });
  return { disk, clock, vault, ...(await sealOne(vault, goodUntil)) };
}

/** A second submission of the case, sealed after the first. */
async function addSecond(vault: Vault<Step>, caseId: string): Promise<void> {
  const sealedAt = '2026-03-02T10:00:00.000Z';
  await vault.outbox.add({ submissionId: SECOND, caseId, recipient: RECIPIENT, sealedAt }, sealed('second'));
  vault.outbox.admit(SECOND);
}

/** A receiver that answers by identity, `accepted` where nothing else is said; what it saw, in order. */
function receiver(answers: Readonly<Record<string, DeliveryAnswer | 'down'>> = {}) {
  const seen: string[] = [];
  const port: DeliveryPort = ({ submissionId }) => {
    seen.push(submissionId);
    const answer = answers[submissionId] ?? { state: 'accepted' };
    return answer === 'down'
      ? Promise.reject(Object.assign(new Error('down'), { kind: 'service', code: 'unreachable' }))
      : Promise.resolve(answer);
  };
  return { port, seen };
}

async function deliver(
  vault: Vault<Step>,
  port: DeliveryPort,
  options: DeliveryOptions = {},
): Promise<readonly DeliveryProgress[]> {
  return lastValueFrom(vault.outbox.deliver(port, { attempts: 1, ...options }).pipe(toArray()));
}

const steps = (progress: readonly DeliveryProgress[]): readonly string[] =>
  progress.map(({ type, entry }) => `${type} ${entry.submissionId}`);

describe('the identities that an outbox knows', () => {
  const MESSAGE = '00000000-0000-4000-8000-0000000000aa';
  const REBUILT = '00000000-0000-4000-8000-0000000000bb';

  it('are those of all submissions and of their messages, delivered and replaced ones included, also after a restart', async () => {
    const { disk, vault, id, caseId } = await setUp();
    const sealedAt = '2026-03-02T10:00:00.000Z';
    const second = { submissionId: SECOND, caseId, recipient: RECIPIENT, sealedAt };
    await vault.outbox.add({ ...second, messageIds: [MESSAGE.toUpperCase()] }, sealed('second'));
    vault.outbox.admit(SECOND);
    await vault.outbox.replace(SECOND, { ...corrected, messageIds: [REBUILT] });
    await lastValueFrom(vault.outbox.deliver(receiver().port));
    await vault.close();
    const known = await (await openStepVault(disk.start(), {})).outbox.knownIds();
    expect([...known].sort()).toEqual([id, SECOND, CORRECTED, MESSAGE, REBUILT].sort());
  });

  it('must be UUIDs, and no more than 20 of one submission', async () => {
    const { vault, caseId } = await setUp();
    const entry = {
      submissionId: SECOND,
      caseId,
      recipient: RECIPIENT,
      sealedAt: '2026-03-02T10:00:00.000Z',
    };
    for (const messageIds of [['Erika'], Array.from({ length: 21 }, () => MESSAGE)]) {
      await expect(vault.outbox.add({ ...entry, messageIds }, sealed('second'))).rejects.toMatchObject({
        code: 'malformed',
        path: 'messageIds',
      });
    }
    expect(await vault.outbox.has(SECOND)).toBe(false);
  });
});

describe('the submissions of a case', () => {
  it('go in the order in which they were sealed, each after the one before is accepted', async () => {
    const { vault, id, caseId } = await setUp();
    await addSecond(vault, caseId);
    const { port, seen } = receiver();
    await deliver(vault, port);
    expect(seen).toEqual([id, SECOND]);
    expect(verifyAudit(await vault.audit.read(caseId)).verified).toBe(true);
  });

  it.each([
    ['cannot be delivered', 'down' as const],
    ['is not decided on', { state: 'received' } as const],
    ['is rejected', { state: 'rejected', reason: 'S011', followUp: 'correct' } as const],
  ])('wait behind one that %s', async (_, answer) => {
    const { vault, id, caseId } = await setUp();
    await addSecond(vault, caseId);
    const { port, seen } = receiver({ [id]: answer });
    const progress = await deliver(vault, port);
    expect(seen).toEqual([id]);
    expect(progress.at(-1)).toMatchObject({ type: 'held', entry: { submissionId: SECOND }, behind: id });
  });

  it('go on when the rejected one before is corrected: the correction first', async () => {
    const { vault, id, caseId } = await setUp();
    await addSecond(vault, caseId);
    await deliver(vault, receiver({ [id]: { state: 'rejected', reason: 'S011' } }).port);
    await vault.outbox.replace(id, corrected);
    const { port, seen } = receiver();
    await deliver(vault, port);
    expect(seen).toEqual([CORRECTED, SECOND]);
  });

  it('go on when the rejected one before is discarded', async () => {
    const { vault, id, caseId } = await setUp();
    await addSecond(vault, caseId);
    await deliver(vault, receiver({ [id]: { state: 'rejected', reason: 'S011' } }).port);
    await vault.outbox.discard(id);
    const { port, seen } = receiver();
    await deliver(vault, port);
    expect(seen).toEqual([SECOND]);
    expect(verifyAudit(await vault.audit.read(caseId)).verified).toBe(true);
  });
});

describe('a correction', () => {
  it('has an identity of its own, erases the body of the old one, and both stand in the audit chain', async () => {
    const { vault, id, caseId } = await setUp();
    await deliver(vault, receiver({ [id]: { state: 'rejected', reason: 'S011', followUp: 'correct' } }).port);
    expect(await vault.outbox.entry(id)).toMatchObject({ state: 'rejected', followUp: 'correct' });
    const next = await vault.outbox.replace(id, corrected);
    expect(next).toMatchObject({ submissionId: CORRECTED, replaces: id, state: 'sealed', attempts: 0 });
    expect(await vault.outbox.entry(id)).toMatchObject({ state: 'replaced' });
    await expect(vault.outbox.body(id)).rejects.toMatchObject({ code: 'missing' });
    await deliver(vault, receiver().port);
    const chain = await vault.audit.read(caseId);
    expect(verifyAudit(chain)).toMatchObject({ verified: true });
    expect(new TextDecoder().decode(chain)).toContain(`"by":"${CORRECTED}"`);
  });

  it.each([
    ['was sent and not decided on', { state: 'received' } as const],
    ['was sent without an answer', 'down' as const],
    ['was accepted', { state: 'accepted' } as const],
  ])('is refused for one that %s', async (_, answer) => {
    const { vault, id } = await setUp();
    await deliver(vault, receiver({ [id]: answer }).port);
    await expect(vault.outbox.replace(id, corrected)).rejects.toMatchObject({ code: 'locked' });
    expect(await vault.outbox.has(CORRECTED)).toBe(false);
  });

  it('is refused under the identity of the old one, and while that is being delivered', async () => {
    const { vault, id } = await setUp();
    await expect(vault.outbox.replace(id, { ...corrected, submissionId: id })).rejects.toMatchObject({
      code: 'locked',
    });
    const port: DeliveryPort = async () => {
      await expect(vault.outbox.replace(id, corrected)).rejects.toMatchObject({ code: 'locked' });
      return { state: 'accepted' };
    };
    expect((await deliver(vault, port)).at(-1)?.type).toBe('accepted');
  });
});

describe('a submission whose version is no longer taken', () => {
  const PAST = '2026-03-01T23:00:00.000Z';
  const rebuild = () => Promise.resolve(corrected);

  it('is not sent unasked, and nothing is lost', async () => {
    const { vault, id } = await setUp(PAST);
    const { port, seen } = receiver();
    expect(steps(await deliver(vault, port))).toEqual([`outdated ${id}`]);
    expect(seen).toEqual([]);
    expect((await vault.outbox.body(id)).length).toBeGreaterThan(0);
  });

  it('is rebuilt under a new identity and sent once', async () => {
    const { vault, id } = await setUp(PAST);
    const { port, seen } = receiver();
    expect(steps(await deliver(vault, port, { rebuild }))).toEqual([
      `rebuilt ${CORRECTED}`,
      `sending ${CORRECTED}`,
      `accepted ${CORRECTED}`,
    ]);
    expect(seen).toEqual([CORRECTED]);
    expect(await vault.outbox.entry(id)).toMatchObject({ state: 'replaced' });
  });

  it('keeps its identity when it was sent already: the receiver may have it', async () => {
    const { vault, clock, id } = await setUp('2026-03-02T09:30:00.000Z');
    await deliver(vault, receiver({ [id]: 'down' }).port, { rebuild });
    clock.time += 3_600_000;
    const { port, seen } = receiver();
    await deliver(vault, port, { rebuild });
    expect(seen).toEqual([id]);
  });

  it('is rebuilt when the receiver rejects its version', async () => {
    const { vault, id } = await setUp();
    const rejecting = receiver({ [id]: { state: 'rejected', reason: 'V000', followUp: 'rebuild' } });
    await deliver(vault, rejecting.port);
    const { port, seen } = receiver();
    await deliver(vault, port, { rebuild });
    expect(seen).toEqual([CORRECTED]);
  });

  it('is sent as it is before that day', async () => {
    const { vault, id } = await setUp('2026-05-01T00:00:00.000Z');
    const { port, seen } = receiver();
    await deliver(vault, port, { rebuild });
    expect(seen).toEqual([id]);
  });

  it('fails alone when rebuilding does', async () => {
    const { vault, id } = await setUp(PAST);
    const failing = () => Promise.reject(new TypeError('a bug'));
    expect(steps(await deliver(vault, receiver().port, { rebuild: failing }))).toEqual([`failed ${id}`]);
    expect(await vault.outbox.entry(id)).toMatchObject({ state: 'sealed', attempts: 0 });
  });
});

it('neither files nor progress hold what was sealed', async () => {
  const { disk, vault, id } = await setUp();
  const rejected = await deliver(vault, receiver({ [id]: { state: 'rejected', reason: PAYLOAD } }).port);
  const told = rejected.map(({ type, entry }) => JSON.stringify({ type, entry })).join();
  const stored = disk.paths().map((path) => Buffer.from(disk.content(path)).toString('latin1'));
  for (const text of [told, ...stored]) expect(text).not.toMatch(/Mustermann/);
});

describe('a correction when the power fails', () => {
  interface World {
    readonly disk: MemoryDisk;
    readonly acts: string[];
    first?: string;
  }

  /** Goes on with the one case where it stands: rejected once, corrected, delivered. */
  async function live(world: World, fs: FileSystemPort): Promise<void> {
    const vault = await openStepVault(fs);
    expect(vault.problems).toEqual([]);
    if (world.first === undefined) {
      const [found] = await vault.outbox.list();
      world.first = found?.submissionId ?? (await sealOne(vault)).id;
    }
    const { first } = world;
    const port: DeliveryPort = ({ submissionId }) => {
      if (submissionId === first) return Promise.resolve({ state: 'rejected', reason: 'S011' });
      if (!world.acts.includes(submissionId)) world.acts.push(submissionId);
      return Promise.resolve({ state: 'accepted' });
    };
    await deliver(vault, port);
    const entries = await vault.outbox.list();
    if (entries.some(({ state }) => state === 'rejected')) await vault.outbox.replace(first, corrected);
    await deliver(vault, port);
    if (!world.disk.isDead) await vault.close();
  }

  const losses: readonly (readonly [Loss, number])[] = [
    ['lost', 0],
    ['kept', 0],
    ['torn', 1_000],
  ];

  it.each(losses)(
    'at any file operation is delivered once, and the rejected one never (unsynced: %s)',
    async (loss, seed) => {
      let cuts = 0;
      for (let cutAt = 1; ; cutAt += 1) {
        const world: World = { disk: new MemoryDisk(), acts: [] };
        const random = seeded(seed + cutAt);
        let isOver = false;
        for (const cut of [cutAt, 1 + ((cutAt * 7) % 40), Number.POSITIVE_INFINITY]) {
          try {
            await live(world, world.disk.start(cut));
          } catch (error) {
            if (!world.disk.isDead) throw error;
          }
          if (cut === cutAt && !world.disk.isDead) isOver = true;
          if (world.disk.isDead) world.disk.restart(loss, random);
          if (isOver) break;
        }
        expect(world.acts, `cut at ${cutAt}`).toEqual([CORRECTED]);
        const left = world.disk.paths().filter((path) => /\.jwe$|\.new$/.test(path));
        expect(left, `cut at ${cutAt}`).toEqual([]);
        if (isOver) break;
        cuts += 1;
      }
      expect(cuts).toBeGreaterThan(60);
    },
    120_000,
  );
});
