import { filter, firstValueFrom, scan, timeout } from 'rxjs';
import type { PcscPort } from '@buergerkoffer/core';
import { pcscBus } from '@buergerkoffer/core/node';
import type { TransportCase, TransportUnderTest } from '@buergerkoffer/core/testing';
import { ccidReader, referenceCard, virtualReader, type VirtualReader } from '@buergerkoffer/device-lab';
import { attachVhci, type Attached } from '@buergerkoffer/device-lab/node';
import { EMULATED, resourcesLeft } from './contract-tests.js';
import { LISTED } from './pcscd.js';

const ROLES = ['first', 'second'] as const;
type Role = (typeof ROLES)[number];

function reader(name: string): VirtualReader {
  return virtualReader({ bus: 'pcsc', id: name, path: name, physical: name, reader: name });
}

/** Plugs a reader in; resolves when pcscd has it, which is what a bus looks at. */
async function attach(slot: VirtualReader, role: Role): Promise<Attached> {
  const attached = await attachVhci(ccidReader(slot, { identity: { ...LISTED, serialNumber: role } }));
  await listed(role, true);
  return attached;
}

/** Pulls the plug; resolves when pcscd, which is the other side here, has let go. */
async function unplug(attached: Attached, role: Role): Promise<void> {
  await attached.unplug();
  await listed(role, false);
}

/** pcscd puts the serial number of a reader into its name. */
function roleOf(port: PcscPort): Role | undefined {
  return ROLES.find((role) => port.reader.includes(`(${role})`));
}

/** Resolves when pcscd tells of the reader of `role`, or does not; with its port, where it does. */
async function listed(role: Role, isThere: boolean): Promise<PcscPort | undefined> {
  const there = new Map<string, PcscPort>();
  const find = (): PcscPort | undefined => [...there.values()].find((port) => roleOf(port) === role);
  const asWanted = pcscBus().events.pipe(
    scan((isListed, event) => {
      if (event.type === 'attached') there.set(event.port.id, event.port);
      if (event.type === 'detached') there.delete(event.port.id);
      return isListed || event.type === 'listed';
    }, false),
    filter((isListed) => isListed && (find() !== undefined) === isThere),
    timeout(30_000),
  );
  await firstValueFrom(asWanted);
  return find();
}

/** Resolves when pcscd has noticed that no card is in the reader of `role`. */
async function empty(role: Role): Promise<void> {
  const port = await listed(role, true);
  if (port === undefined) return;
  const reader = await pcscBus().open(port, {});
  await firstValueFrom(
    reader.card.pipe(
      filter(({ state }) => state === 'absent'),
      timeout(30_000),
    ),
  );
  await reader.close();
}

const readers = { first: reader('first'), second: reader('second') };
const attached = new Map<Role, Attached>();

/** Plugs the reader of `role` in where it is not, which takes a while: readers stay from case to case. */
async function plug(role: Role): Promise<void> {
  if (!attached.has(role)) attached.set(role, await attach(readers[role], role));
}

/** The readers of Debian's pcscd, which runs. */
export async function pcscSubject({ needs }: TransportCase<'pcsc'>): Promise<TransportUnderTest<'pcsc'>> {
  await plug('first');
  if (needs?.includes('second') === true) await plug('second');
  return {
    bus: pcscBus(),
    openOptions: {},
    roleOf,
    unplug: async () => {
      const first = attached.get('first');
      attached.delete('first');
      if (first !== undefined) await unplug(first, 'first');
    },
    plug: () => plug('first'),
    insertCard: () => {
      readers.first.insert(referenceCard());
    },
    removeCard: () => {
      readers.first.remove();
    },
    absentBus: () => pcscBus({ socket: '/run/nowhere/pcscd.comm' }),
    leaks: resourcesLeft,
    slowness: EMULATED,
    release: async () => {
      readers.first.remove();
      if (attached.has('first')) await empty('first');
    },
  };
}

/** Unplugs what is left: a reader that is attached keeps its process alive. */
export async function unplugReaders(): Promise<void> {
  for (const each of attached.values()) await each.unplug();
}

/** Whether a case that needs `needs` pulls the plug of a reader. */
export function needsPlug(needs: TransportCase<'pcsc'>['needs']): boolean {
  return needs?.some((need) => need === 'unplug' || need === 'replug') === true;
}
