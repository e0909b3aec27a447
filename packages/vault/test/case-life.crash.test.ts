import { compactDecrypt } from 'jose';
import { lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { DeliveryPort, FileSystemPort } from '@buergerkoffer/vault';
import { verifyAudit } from '@buergerkoffer/vault/node';
import { makeCertificate } from './support/certificates.js';
import { openStepVault, seeded, step } from './support/fixtures.js';
import { MemoryDisk, type Loss } from './support/memory-disk.js';

const EVENTS = 8;
const authority = makeCertificate({ key: 'ec' });

/** What survives a crash outside the disk: what the clerk was told, and the remote system. */
class World {
  readonly disk = new MemoryDisk();
  readonly bodies = new Map<string, Uint8Array>();
  /** Numbers of the events whose `append` resolved. */
  readonly acknowledged: number[] = [];
  isCaseCreated = false;
  isErased = false;
  pending: number | undefined;

  readonly receive: DeliveryPort = ({ submissionId, body }) => {
    if (!this.bodies.has(submissionId)) this.bodies.set(submissionId, body);
    return Promise.resolve({ state: 'accepted' });
  };
}

/** Goes on with the case where it stands until it is delivered, as an app does after a start. */
async function live(world: World, fs: FileSystemPort, end: 'deliver' | 'erase'): Promise<void> {
  const vault = await openStepVault(fs);
  expect(vault.problems).toEqual([]);
  const outbox = await vault.outbox.list();
  const [stored] = await vault.list();
  if (world.isCaseCreated && !world.isErased) {
    const isSomewhere = stored !== undefined || outbox.length > 0;
    expect(isSomewhere || (end === 'erase' && world.acknowledged.length === EVENTS), 'the case is lost').toBe(
      true,
    );
  }
  if (outbox.length === 0 && !(end === 'erase' && world.isCaseCreated && stored === undefined)) {
    const open = stored === undefined ? await vault.createCase() : await vault.openCase(stored.id);
    world.isCaseCreated = true;
    const numbers = open.events.map(({ number }) => number);
    const inFlight = world.pending === undefined ? [] : [world.pending];
    expect(open.lostEvents).toBe(0);
    expect([world.acknowledged, [...world.acknowledged, ...inFlight]]).toContainEqual(numbers);
    world.acknowledged.splice(0, Number.POSITIVE_INFINITY, ...numbers);
    world.pending = undefined;
    for (let number = numbers.length; number < EVENTS; number += 1) {
      world.pending = number;
      await open.append(step(number), [new Uint8Array(700).fill(number + 1)]);
      world.pending = undefined;
      world.acknowledged.push(number);
    }
    if (end === 'erase') await open.erase();
    else {
      const payload = new TextEncoder().encode(JSON.stringify(open.events));
      await vault.seal(open, { recipientCertificatePem: authority.pem, payload });
    }
  }
  if (end === 'erase') world.isErased = true;
  await lastValueFrom(vault.outbox.deliver(world.receive, { attempts: 1 }).pipe(toArray()));
  if (!world.disk.isDead) await vault.close();
}

/** Lives until no power cut comes; the first at operation `cutAt`, a second one at `again` operations after it. */
async function liveThrough(
  end: 'deliver' | 'erase',
  cutAt: number,
  loss: Loss,
  again: number,
  seed: number,
): Promise<World | undefined> {
  const world = new World();
  const random = seeded(seed);
  for (const cut of [cutAt, again, Number.POSITIVE_INFINITY]) {
    try {
      await live(world, world.disk.start(cut), end);
    } catch (error) {
      if (!world.disk.isDead) throw error;
    }
    if (cut === cutAt && !world.disk.isDead) return undefined;
    if (world.disk.isDead) world.disk.restart(loss, random);
  }
  return world;
}

function readableJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function assertDelivered(world: World): Promise<void> {
  expect(world.bodies.size, 'submissions that the receiver acted on').toBe(1);
  const [body] = [...world.bodies.values()];
  const { plaintext } = await compactDecrypt(body ?? new Uint8Array(), authority.privateKey);
  expect(readableJson(plaintext)).toEqual(Array.from({ length: EVENTS }, (_, number) => step(number)));
}

function assertNothingLeft(world: World): void {
  const left = world.disk.paths().filter((path) => /\/(cases|keys|supplies)\/|\.jwe$|\.new$/.test(path));
  expect(left).toEqual([]);
}

function assertAudited(world: World): void {
  const chains = world.disk.paths().filter((path) => path.startsWith('/vault/audit/'));
  // A case that was created but never acknowledged may leave a chain of its own, closed or not.
  const verdicts = chains.map((path) => verifyAudit(world.disk.content(path)));
  expect(verdicts.filter(({ verified }) => verified)).toHaveLength(1);
}

const losses: readonly (readonly [Loss, number])[] = [
  ['lost', 0],
  ['kept', 0],
  ['torn', 1_000],
  ['torn', 2_000],
  ['torn', 3_000],
];

describe.each(['deliver', 'erase'] as const)('the life of a case that ends with %s', (end) => {
  it.each(losses)(
    'loses and doubles nothing when the power fails at any file operation and unsynced data is %s (seed %i)',
    async (loss, seed) => {
      let cuts = 0;
      for (let cutAt = 1; ; cutAt += 1) {
        const again = loss === 'kept' ? Number.POSITIVE_INFINITY : 1 + ((cutAt * 7 + seed) % 60);
        const world = await liveThrough(end, cutAt, loss, again, seed + cutAt).catch((error: unknown) => {
          throw new Error(`power cut at operation ${cutAt}, again at ${again}`, { cause: error });
        });
        if (world === undefined) break;
        cuts += 1;
        if (end === 'deliver') await assertDelivered(world);
        else expect(world.bodies.size).toBe(0);
        assertNothingLeft(world);
        assertAudited(world);
      }
      expect(cuts).toBeGreaterThan(end === 'deliver' ? 140 : 75);
    },
    60_000,
  );
});
