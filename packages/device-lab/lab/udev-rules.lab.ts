import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defineDriver, defineKind, udevRules, type AnyDriver, type Device } from '@buergerkoffer/core';
import { hidBus, serialBus, usbBus } from '@buergerkoffer/core/node';
import { HID_REFERENCE, USB_REFERENCE } from '@buergerkoffer/core/testing';
import { lineAsCdcAcm, referenceHid, referenceLine, referenceUsb } from '@buergerkoffer/device-lab';
import { attachUhid, attachVhci, type Attached } from '@buergerkoffer/device-lab/node';
import { openedByNobody, portOn, wasOpener, type NodeBus } from './support/opener.js';
import { until } from './support/until.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** The rules that are made from drivers, read by a real udevd: whom they let open a device, and whom nobody lets. */
export const needs = { modules: ['vhci-hcd', 'uhid', 'usbhid', 'cdc-acm'] } satisfies LabNeeds;

const FOLDER = '/run/udev/rules.d';
const FILE = `${FOLDER}/70-lab.rules`;
/** A group that no rule of Debian gives anything to, so that what its members may do comes from ours. */
const GROUP = 'plugdev';
const LINE = { vendorId: 0x1209, productId: 0x0003 } as const;

const common = {
  kind: defineKind<Device>('lab', 'Labor', {}),
  open: (): Promise<never> => Promise.reject(new Error('never opened')),
};

/** One kind of node: a driver that understands the device, the device, and where its node is. */
interface Subject {
  readonly driver: AnyDriver;
  readonly match: { readonly vendorId: number; readonly productId: number };
  readonly attach: () => Promise<Attached>;
  readonly node: () => Promise<string>;
}

const { vendorId, productId } = USB_REFERENCE;
const hidMatch = {
  vendorId: HID_REFERENCE.vendorId,
  productId: HID_REFERENCE.layout.plain.productId,
} as const;

const SUBJECTS: Readonly<Record<NodeBus, Subject>> = {
  usb: {
    driver: defineDriver({
      ...common,
      id: 'lab-usb',
      bus: 'usb',
      openOptions: {},
      matches: [{ vendorId, productId }],
    }),
    match: { vendorId, productId },
    attach: () => attachVhci(referenceUsb()),
    node: async () => {
      const { physical } = await portOn(usbBus(), { vendorId, productId });
      const folder = `/sys/bus/usb/devices/${physical.replace('usb:', '')}`;
      const numbers = ['busnum', 'devnum'].map((name) => readFileSync(`${folder}/${name}`, 'utf8').trim());
      return `/dev/bus/usb/${numbers.map((number) => number.padStart(3, '0')).join('/')}`;
    },
  },
  hid: {
    driver: defineDriver({ ...common, id: 'lab-hid', bus: 'hid', openOptions: {}, matches: [hidMatch] }),
    match: hidMatch,
    attach: () => attachUhid(referenceHid('plain')),
    node: async () => (await portOn(hidBus(), hidMatch)).path,
  },
  serial: {
    driver: defineDriver({
      ...common,
      id: 'lab-line',
      bus: 'serial',
      openOptions: { baudRate: 9_600 },
      matches: [LINE],
    }),
    match: LINE,
    attach: () => attachVhci(lineAsCdcAcm(referenceLine())),
    node: async () => (await portOn(serialBus(), LINE)).path,
  },
};

function gidOf(group: string): number {
  const [, , gid] = execFileSync('getent', ['group', group], { encoding: 'utf8' }).split(':');
  return Number(gid);
}

/** Who may open a node: the group's number and the mode's lower bits. */
function rightsOf(node: string): { readonly gid: number; readonly mode: string } {
  const { gid, mode } = statSync(node);
  return { gid, mode: (mode & 0o777).toString(8) };
}

const reload = (): void => {
  execFileSync('udevadm', ['control', '--reload']);
};
const settle = (): void => {
  execFileSync('udevadm', ['settle', '--timeout=60']);
};

async function denies({ match, attach, node, driver }: Subject): Promise<void> {
  const attached = await attach();
  try {
    const path = await node();
    settle();
    const opened = await openedByNobody(fileURLToPath(import.meta.url), busOf(driver), match, gidOf(GROUP));
    assert.ok('code' in opened, `${path} was opened`);
    assert.equal(opened.code, 'access-denied');
    assert.match(opened.remedy, /udev/);
  } finally {
    await attached.unplug();
  }
}

async function allows({ match, attach, node, driver }: Subject): Promise<void> {
  const { text, diagnostics } = udevRules([driver], { group: GROUP, serialGroup: GROUP });
  assert.deepEqual(diagnostics, []);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FILE, text);
  reload();
  let attached: Attached | undefined;
  try {
    attached = await attach();
    const path = await node();
    const wanted = { gid: gidOf(GROUP), mode: '660' };
    await until(`rights on ${path}`, () =>
      JSON.stringify(rightsOf(path)) === JSON.stringify(wanted) ? true : undefined,
    );
    const opened = await openedByNobody(fileURLToPath(import.meta.url), busOf(driver), match, wanted.gid);
    assert.deepEqual(opened, { opened: true });
  } finally {
    await attached?.unplug();
    rmSync(FILE);
    reload();
  }
}

function busOf({ bus }: AnyDriver): NodeBus {
  assert.ok(bus === 'usb' || bus === 'hid' || bus === 'serial');
  return bus;
}

if (!(await wasOpener())) {
  for (const [bus, subject] of Object.entries(SUBJECTS)) {
    void test(`${bus}: without a rule, a member of the group is denied and told the remedy`, () =>
      denies(subject));
    void test(`${bus}: with the rule of the driver, a member of the group opens the device`, () =>
      allows(subject));
  }
}
