import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { concat, NEVER, of } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  busSource,
  defineDriver,
  defineKind,
  DeviceManager,
  udevRules,
  type AnyDriver,
  type Bus,
  type Device,
  type Port,
  type PortEvent,
  type SerialPort,
  type UsbPort,
} from '@buergerkoffer/core';
import { Command } from 'commander';
import type { Run } from '../../src/command.js';
import { doctorCommand } from '../../src/commands/doctor.js';
import { driverFindings, type DriverComputer } from '../../src/doctor/driver-findings.js';
import { withoutRepetition } from '../../src/doctor/findings.js';
import { libraryFault } from '../../src/doctor/libraries.js';
import { Output } from '../../src/output.js';
import { tempFolder } from '../support/temp-folder.js';

const HORN = defineKind<Device>('horn', 'Hupe', {});
const refuse = (): Promise<never> => Promise.reject(new Error('never opened'));
const common = { kind: HORN, open: refuse };
const usbHorn = defineDriver({
  ...common,
  id: 'acme-usb',
  bus: 'usb',
  openOptions: {},
  matches: [{ vendorId: 0x1209, productId: 1 }, { interfaceClass: 6 }],
});
const serialHorn = defineDriver({
  ...common,
  id: 'acme-line',
  bus: 'serial',
  openOptions: { baudRate: 9_600 },
  matches: [{ vendorId: 0x1209 }],
});
const cardHorn = defineDriver({
  ...common,
  id: 'acme-card',
  bus: 'pcsc',
  openOptions: {},
  matches: [{ reader: 'Acme 00' }],
});

const USB_PORT: UsbPort = {
  bus: 'usb',
  id: 'usb:1-4@7:0',
  path: '1-4:1.0',
  physical: 'usb:1-4',
  vendorId: 0x1209,
  productId: 1,
  interfaceNumber: 0,
  interfaceClass: 0xff,
  interfaceSubclass: 0,
  interfaceProtocol: 0,
};

/** A computer in a folder: the device at 1-4 has its node, and this process may open no node. */
class Suspect implements DriverComputer {
  readonly root = tempFolder();
  readonly platform: string = 'linux';
  readonly sysfs = join(this.root, 'sys');
  readonly devices = join(this.root, 'dev');
  readonly run = join(this.root, 'run');
  readonly rulesFolders = ['etc', 'lib'].map((name) => join(this.root, name));
  readonly node = join(this.devices, 'bus/usb/001/007');
  readonly openable = new Set<string>();
  readonly caller = {
    user: 'anna',
    groupFile: join(this.root, 'group'),
    mayOpen: (path: string) => Promise.resolve(this.openable.has(path)),
  };
  library: DriverComputer['library'] = () => Promise.resolve(undefined);

  constructor() {
    this.write('sys/bus/usb/devices/1-4/busnum', '1\n');
    this.write('sys/bus/usb/devices/1-4/devnum', '7\n');
    this.write('dev/bus/usb/001/007', '');
    chmodSync(this.node, 0o600);
  }

  write(path: string, text: string): string {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  async codes(driver: AnyDriver, ...ports: readonly Port[]): Promise<readonly string[]> {
    return (await driverFindings([driver], ports, this)).map(({ code }) => code);
  }
}

let suspect: Suspect;
beforeEach(() => {
  suspect = new Suspect();
});

describe('the rules of a driver', () => {
  const rules = (): string => udevRules([usbHorn], { group: 'koffer' }).text;

  it('are missed before anything is attached, with a line to paste', async () => {
    const [finding] = await driverFindings([usbHorn], [], suspect);
    expect(finding).toMatchObject({ code: 'driver.rule-missing', driver: 'acme-usb', severity: 'warning' });
    expect(finding?.remedy).toMatch(/^koffer udev \| sudo tee \/etc\/udev\/rules\.d\//);
  });

  it('are found in any folder, whatever group they name', async () => {
    suspect.write('lib/70-buergerkoffer.rules', rules());
    expect(await suspect.codes(usbHorn)).toEqual([]);
  });

  it('are incomplete when an older release wrote them', async () => {
    const older = defineDriver({ ...usbHorn, matches: usbHorn.matches.slice(0, 1) });
    const file = suspect.write('etc/70-buergerkoffer.rules', udevRules([older]).text);
    const findings = await driverFindings([usbHorn], [], suspect);
    expect(findings).toMatchObject([
      { code: 'driver.rule-incomplete', message: expect.stringContaining(file) },
    ]);
  });

  it('are not those of another device, nor a comment', async () => {
    suspect.write('etc/70-other.rules', udevRules([serialHorn]).text);
    suspect.write('etc/71-comment.rules', rules().replaceAll('SUBSYSTEM', '# SUBSYSTEM'));
    expect(await suspect.codes(usbHorn)).toEqual(['driver.rule-missing']);
  });

  it('are hidden by an empty file of the same name in an earlier folder', async () => {
    suspect.write('lib/70-buergerkoffer.rules', rules());
    suspect.write('etc/70-buergerkoffer.rules', '');
    expect(await suspect.codes(usbHorn)).toEqual(['driver.rule-missing']);
  });

  it('come too late in a file with a high number', async () => {
    suspect.write('etc/99-buergerkoffer.rules', rules());
    expect(await suspect.codes(usbHorn)).toEqual(['driver.rule-late']);
  });

  it('are not missed by whoever may open what is attached', async () => {
    suspect.openable.add(suspect.node);
    expect(await suspect.codes(usbHorn, USB_PORT)).toEqual([]);
  });

  it('are nothing to ask for on a system without udev', async () => {
    Object.assign(suspect, { platform: 'win32' });
    expect(await suspect.codes(usbHorn, USB_PORT)).toEqual([]);
  });
});

describe('the right on the node of an attached port', () => {
  const OWN_GID = statSync(tempFolder()).gid;

  it('is root’s alone where no rule gave it to a group', async () => {
    const findings = await driverFindings([usbHorn], [USB_PORT], suspect);
    expect(findings.map(({ code }) => code)).toEqual(['driver.rule-missing', 'driver.access-denied']);
    expect(findings[1]).toMatchObject({
      node: suspect.node,
      message: `acme-usb: this user may not open ${suspect.node} (mode 0600, root only)`,
    });
  });

  it('is given anew where the rule came after the device', async () => {
    suspect.write('etc/70-buergerkoffer.rules', udevRules([usbHorn]).text);
    const [finding] = await driverFindings([usbHorn], [USB_PORT], suspect);
    expect(finding?.remedy).toMatch(/^sudo udevadm control --reload && sudo udevadm trigger/);
  });

  it.runIf(OWN_GID !== 0 || process.getuid?.() === 0).each([
    ['bert', 'sudo usermod -aG scanner "$USER"   # then log in again'],
    ['bert,anna', 'newgrp scanner   # for this shell; log in again for all'],
  ])('is a group’s, which has the members %s', async (members, remedy) => {
    const line = suspect.write('dev/ttyACM0', '');
    const gid = OWN_GID === 0 ? 4_242 : OWN_GID;
    if (OWN_GID === 0) chownSync(line, 0, gid);
    chmodSync(line, 0o660);
    suspect.write('group', `root:x:0:\nscanner:x:${gid}:${members}\n`);
    const port: SerialPort = {
      bus: 'serial',
      id: 'serial:x',
      path: line,
      physical: 'usb:1-4',
      vendorId: 0x1209,
    };
    const denied = (await driverFindings([serialHorn], [port], suspect)).at(-1);
    expect(denied).toMatchObject({ code: 'driver.group-missing', remedy });
    expect(denied?.message).toContain('(mode 0660, group scanner)');
  });

  it('is not asked for ports that the driver does not understand, or that have gone', async () => {
    suspect.write('etc/70-buergerkoffer.rules', udevRules([usbHorn]).text);
    const gone = { ...USB_PORT, physical: 'usb:1-9' };
    expect(await suspect.codes(usbHorn, { ...USB_PORT, productId: 2 }, gone)).toEqual([]);
  });

  it('is told once: what the doctor sees without a driver is left out', () => {
    const general = { code: 'system.access-denied', severity: 'warning', message: 'x', remedy: 'y' } as const;
    const own = { ...general, code: 'driver.access-denied', driver: 'acme-usb', node: '/dev/hidraw0' };
    const told = withoutRepetition([
      own,
      { ...general, node: '/dev/hidraw0' },
      { ...general, message: 'z', node: '/dev/hidraw1' },
    ]);
    expect(told.map(({ node }) => node)).toEqual(['/dev/hidraw0', '/dev/hidraw1']);
  });
});

describe('what a driver needs beside rights', () => {
  it('is the service for card readers, and no rule', async () => {
    expect(await suspect.codes(cardHorn)).toEqual(['driver.service-missing']);
    suspect.write('run/pcscd/pcscd.comm', '');
    expect(await suspect.codes(cardHorn)).toEqual([]);
  });

  it('is the library of its bus', async () => {
    suspect.library = (bus) =>
      libraryFault(bus, (name) => Promise.reject(new Error(`Cannot find package '${name}' imported from x`)));
    const [finding] = await driverFindings([serialHorn], [], suspect);
    expect(finding).toMatchObject({
      code: 'driver.library-missing',
      driver: 'acme-line',
      message: 'acme-line: the library serialport is not installed',
      remedy: 'npm install serialport',
    });
  });

  it('is what the library needs of the system', async () => {
    const fault = await libraryFault('hid', () =>
      Promise.resolve({
        getHidapiVersion: () => {
          throw new Error('libusb-1.0.so.0: cannot open shared object file');
        },
      }),
    );
    expect(fault).toMatchObject({
      state: 'broken',
      remedy: expect.stringContaining('libusb-1.0-0 libudev1'),
    });
  });

  it('is nothing where the libraries of this repository load', async () => {
    expect(await libraryFault('usb')).toBeUndefined();
    expect(await libraryFault('serial')).toBeUndefined();
    expect(await libraryFault('http')).toBeUndefined();
  });
});

describe('koffer doctor', () => {
  it('tells what each driver misses, to people and to programs', async () => {
    const bus: Bus<'usb'> = {
      kind: 'usb',
      events: concat(of<PortEvent<'usb'>[]>({ type: 'attached', port: USB_PORT }, { type: 'listed' }), NEVER),
      open: refuse,
    };
    const manager = (): DeviceManager => new DeviceManager([busSource(bus, [usbHorn])]);
    const run = async (json: boolean): Promise<string> => {
      let text = '';
      const output = new Output(
        {
          out: (line) => (text += line),
          err: (line) => (text += line),
        },
        { json, debug: false },
      );
      const work: Run =
        (act) =>
        (...args) =>
          act(output, ...args);
      const subject = { manager, drivers: [usbHorn], driverComputer: suspect };
      await new Command().addCommand(doctorCommand(work, subject)).parseAsync(['doctor'], { from: 'user' });
      return text;
    };
    const lines = (await run(true)).trim().split('\n');
    const records = lines.map((line): unknown => JSON.parse(line));
    expect(records).toContainEqual(
      expect.objectContaining({ type: 'finding', code: 'driver.rule-missing', driver: 'acme-usb' }),
    );
    expect(records).toContainEqual(
      expect.objectContaining({ type: 'finding', code: 'driver.access-denied', node: suspect.node }),
    );
    const told = await run(false);
    const [, shared] = /(! acme-usb: its udev rule [^→]*→ koffer udev \| sudo tee)/u.exec(told) ?? [];
    expect(shared, 'what both need is said once').toContain('! acme-usb: this user may not open');
  });
});
