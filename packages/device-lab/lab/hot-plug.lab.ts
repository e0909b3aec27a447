import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { filter, firstValueFrom, timeout } from 'rxjs';
import type { Bus, BusKind, PortEvent } from '@buergerkoffer/core';
import { hidBus, usbBus } from '@buergerkoffer/core/node';
import { HID_REFERENCE, hidReferenceRole, usbReferenceRole } from '@buergerkoffer/core/testing';
import { referenceHid, referenceUsb } from '@buergerkoffer/device-lab';
import { attachUhid, attachVhci, type Attached } from '@buergerkoffer/device-lab/node';
import { resourcesLeft } from './support/contract-tests.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { measures: true, modules: ['vhci-hcd', 'usbhid', 'uhid'] } satisfies LabNeeds;

const ROUNDS = 100;
/** Longest wait for one event, in milliseconds. */
const PATIENCE_MS = 20_000;
/** What the slowest rounds may take, in milliseconds: an emulated processor shares its computer with others. */
const UNDER_LOAD_MS = 3_000;
/** How long listings and helper processes under way may take to end, in milliseconds. */
const SETTLING_MS = 10_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How long an event took, in milliseconds. */
async function told<K extends BusKind>(
  bus: Bus<K>,
  isIt: (event: PortEvent<K>) => boolean,
  make: () => Promise<unknown>,
): Promise<number> {
  const event = firstValueFrom(bus.events.pipe(filter(isIt), timeout(PATIENCE_MS)));
  const started = performance.now();
  await Promise.all([make(), event]);
  return performance.now() - started;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

/** The resources that are more than before. */
function more(before: Record<string, number>): Record<string, number> {
  const now = Object.entries(resourcesLeft());
  return Object.fromEntries(now.filter(([name, count]) => count > (before[name] ?? 0)));
}

/** The resources that are more than before, and stay: what the last round left under way may end. */
async function leaked(before: Record<string, number>): Promise<Record<string, number>> {
  const until = performance.now() + SETTLING_MS;
  while (Object.keys(more(before)).length > 0 && performance.now() < until) await setTimeout(100);
  return more(before);
}

/** Attaches and unplugs again and again, and tells the figures. */
async function rounds<K extends BusKind>(
  bus: Bus<K>,
  isOurs: (event: Extract<PortEvent<K>, { port: unknown }>) => boolean,
  attach: () => Promise<Attached>,
): Promise<void> {
  const [came, went]: [number[], number[]] = [[], []];
  const is = (type: 'attached' | 'detached') => (event: PortEvent<K>) =>
    event.type === type && 'port' in event && isOurs(event);
  const round = async (): Promise<void> => {
    let attached: Attached | undefined;
    came.push(
      await told(bus, is('attached'), async () => {
        attached = await attach();
      }),
    );
    went.push(await told(bus, is('detached'), () => attached?.unplug() ?? Promise.resolve()));
  };
  const watching = bus.events.subscribe({ error: assert.ifError });
  try {
    for (let warm = 0; warm < 5; warm += 1) await round();
    collectGarbage();
    const [before, heap] = [resourcesLeft(), process.memoryUsage().heapUsed];
    for (let n = 0; n < ROUNDS; n += 1) await round();
    collectGarbage();
    const growth = (process.memoryUsage().heapUsed - heap) / 1e6;
    const figures = [came, went].map((times) =>
      [0.5, 0.95].map((share) => quantile(times, share).toFixed(0)),
    );
    console.log(
      `${bus.kind}: ${ROUNDS} rounds; attached p50 ${figures[0]?.[0]} p95 ${figures[0]?.[1]} ms, detached p50 ${figures[1]?.[0]} p95 ${figures[1]?.[1]} ms, heap ${growth.toFixed(1)} MB`,
    );
    assert.deepEqual(await leaked(before), {});
    assert.ok(growth <= 5, 'at most 5 MB more');
  } finally {
    watching.unsubscribe();
  }
  assert.ok(
    quantile(came, 0.5) <= 1_000 && quantile(came, 0.95) <= UNDER_LOAD_MS,
    'attached within a second',
  );
  assert.ok(
    quantile(went, 0.5) <= 1_000 && quantile(went, 0.95) <= UNDER_LOAD_MS,
    'detached within a second',
  );
}

void test('a USB device is told within a second, a hundred times, and leaves nothing behind', () =>
  rounds(
    usbBus(),
    ({ port }) => usbReferenceRole(port) === 'first',
    () => attachVhci(referenceUsb({ speed: 'high' })),
  ));

void test('a HID device is told within a second, a hundred times, and leaves nothing behind', () =>
  rounds(
    hidBus(),
    ({ port }) => hidReferenceRole('plain', port) === 'first',
    () => attachUhid(referenceHid('plain')),
  ));

void test('two devices of one model are two ports', async () => {
  await using first = await attachUhid(referenceHid('plain'));
  await using second = await attachUhid(referenceHid('plain', 'second'));
  const roles = new Set<string>();
  await firstValueFrom(
    hidBus().events.pipe(
      filter((event) => {
        if (event.type === 'attached' && event.port.vendorId === HID_REFERENCE.vendorId) {
          roles.add(hidReferenceRole('plain', event.port) ?? '');
        }
        return roles.size === 2;
      }),
      timeout(PATIENCE_MS),
    ),
  );
  assert.notEqual(first, second);
});
