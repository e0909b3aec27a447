import { after, before } from 'node:test';
import { filter, firstValueFrom, scan, timeout } from 'rxjs';
import type { PcscPort } from '@buergerkoffer/core';
import { pcscBus } from '@buergerkoffer/core/node';
import {
  busContract,
  cardContract,
  hotPlugContract,
  type TransportCase,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import { ccidReader, referenceCard, virtualReader, type VirtualReader } from '@buergerkoffer/device-lab';
import { attachVhci, type Attached } from '@buergerkoffer/device-lab/node';
import { contractTests, EMULATED, resourcesLeft } from './support/contract-tests.js';
import { LISTED, Pcscd } from './support/pcscd.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** Debian's pcscd and libccid with readers of ours. */
export const needs = { modules: ['vhci-hcd'], packages: ['pcscd', 'libccid'] } satisfies LabNeeds;

const pcscd = new Pcscd();
before(() => pcscd.start());
after(() => pcscd.kill());

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

/** Resolves when pcscd tells of the reader of `role`, or does not. */
async function listed(role: Role, isThere: boolean): Promise<void> {
  const there = new Set<string>();
  const asWanted = pcscBus().events.pipe(
    scan((isListed, event) => {
      if (event.type === 'attached') there.add(event.port.id);
      if (event.type === 'detached') there.delete(event.port.id);
      return isListed || event.type === 'listed';
    }, false),
    filter((isListed) => isListed && [...there].some((id) => id.includes(`(${role})`)) === isThere),
    timeout(30_000),
  );
  await firstValueFrom(asWanted);
}

async function subject({ needs: needed }: TransportCase<'pcsc'>): Promise<TransportUnderTest<'pcsc'>> {
  const twin = needed?.includes('second') === true;
  const second = twin ? await attach(reader('second'), 'second') : undefined;
  const slot = reader('first');
  let first = await attach(slot, 'first');
  return {
    bus: pcscBus(),
    openOptions: {},
    roleOf,
    unplug: () => unplug(first, 'first'),
    plug: async () => {
      first = await attach(slot, 'first');
    },
    insertCard: () => {
      slot.insert(referenceCard());
    },
    removeCard: () => {
      slot.remove();
    },
    absentBus: () => pcscBus({ socket: '/run/nowhere/pcscd.comm' }),
    leaks: resourcesLeft,
    slowness: EMULATED,
    release: async () => {
      await unplug(first, 'first');
      if (second !== undefined) await unplug(second, 'second');
    },
  };
}

contractTests('pcsc bus', busContract<'pcsc'>(), subject);
contractTests('pcsc bus', hotPlugContract<'pcsc'>(), subject);
contractTests('pcsc', cardContract(), subject);
