import { describe, expect, it } from 'vitest';
import {
  defineDriver,
  defineKind,
  supportedDevices,
  udevRules,
  type AnyDriver,
  type BusKind,
  type Device,
  type OpenOptionsOf,
  type PortMatch,
} from '@buergerkoffer/core';

const KIND = defineKind<Device>('horn', 'Hupe', {});

function driver<K extends BusKind>(
  bus: K,
  openOptions: OpenOptionsOf[K],
  ...matches: readonly PortMatch<K>[]
) {
  return defineDriver<Device, K>({
    id: `horn-${bus}`,
    kind: KIND,
    bus,
    matches,
    openOptions,
    open: () => Promise.reject(new Error('never opened')),
  });
}

const rulesOf = (...drivers: readonly AnyDriver[]): readonly string[] =>
  udevRules(drivers)
    .text.split('\n')
    .filter((line) => line.startsWith('SUBSYSTEM'));

describe('the udev rules of drivers', () => {
  it('name vendor and product of a USB device', () => {
    expect(rulesOf(driver('usb', {}, { vendorId: 0x05ba, productId: 0xa }))).toEqual([
      'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="05ba", ATTR{idProduct}=="000a", TAG+="uaccess", GROUP="plugdev", MODE="0660"',
    ]);
  });

  it('find an interface by its class, with what is not asked for left open', () => {
    const [camera, printer] = rulesOf(
      driver(
        'usb',
        {},
        { interfaceClass: 6, interfaceSubclass: 1, interfaceProtocol: 1 },
        { interfaceClass: 7 },
      ),
    );
    expect(camera).toContain('ENV{ID_USB_INTERFACES}=="*:060101:*"');
    expect(printer).toContain('ENV{ID_USB_INTERFACES}=="*:07????:*"');
  });

  it('find a HID device by the name that the kernel gives it, in capitals', () => {
    expect(rulesOf(driver('hid', {}, { vendorId: 0x1a2b, usagePage: 0xff00 }))).toEqual([
      'SUBSYSTEM=="hidraw", KERNELS=="*:1A2B:*.*", TAG+="uaccess", GROUP="plugdev", MODE="0660"',
    ]);
  });

  it('give serial lines to the group of serial lines', () => {
    const [rule] = rulesOf(driver('serial', { baudRate: 9600 }, { vendorId: 0x2c7c, maker: 'Quectel' }));
    expect(rule).toContain('SUBSYSTEM=="tty", ATTRS{idVendor}=="2c7c", ATTRS{manufacturer}=="Quectel"');
    expect(rule).toContain('GROUP="dialout"');
  });

  it('take other groups', () => {
    const { text } = udevRules([driver('usb', {}, { vendorId: 1 })], { group: 'koffer' });
    expect(text).toContain('GROUP="koffer"');
  });

  it('are written once, however many drivers ask for the same', () => {
    const twice = driver('usb', {}, { vendorId: 1, productId: 2 });
    expect(rulesOf(twice, { ...twice, id: 'other' })).toHaveLength(1);
  });

  it('say for which matches there is none', () => {
    const { text, diagnostics } = udevRules([driver('hid', {}, { usagePage: 0x0d, usage: 2 })]);
    expect(text).not.toContain('hidraw');
    expect(diagnostics).toMatchObject([{ code: 'udev.no-rule', severity: 'info' }]);
    expect(diagnostics[0]?.message).toContain('usage 000d/0002');
  });

  it('are not needed for readers and network services', () => {
    expect(
      rulesOf(driver('pcsc', {}, { reader: 'R' }), driver('http', {}, { service: '_ipp._tcp' })),
    ).toEqual([]);
  });

  it.each(['a"b', 'a\nb', 'a*', 'a?', '[a]', 'a|b', 'a\\', '$env{X}', '%k', ''])(
    'refuse the name %j, which would mean something else in a rule',
    (maker) => {
      const strange = driver('usb', {}, { vendorId: 1, maker });
      expect(() => udevRules([strange])).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    },
  );
});

describe('the list of supported devices', () => {
  it('has a line per match, in one order', () => {
    const usb = driver('usb', {}, { vendorId: 2, productId: 1 }, { vendorId: 1, productId: 1 });
    const http = { ...driver('http', {}, { service: '_ipp._tcp' }), identify: () => Promise.resolve(true) };
    expect(supportedDevices([usb, http])).toEqual([
      {
        driver: 'horn-http',
        kind: 'horn',
        title: 'Hupe',
        bus: 'http',
        match: 'service _ipp._tcp',
        asks: true,
      },
      { driver: 'horn-usb', kind: 'horn', title: 'Hupe', bus: 'usb', match: '0001:0001', asks: false },
      { driver: 'horn-usb', kind: 'horn', title: 'Hupe', bus: 'usb', match: '0002:0001', asks: false },
    ]);
  });

  it('says of a driver for every card reader that it takes any, and needs no rule for it', () => {
    const any = driver('pcsc', {}, { bus: 'pcsc' });
    expect(supportedDevices([any])).toMatchObject([{ bus: 'pcsc', match: 'any pcsc port' }]);
    expect(udevRules([any]).diagnostics).toEqual([]);
    expect(rulesOf(any)).toEqual([]);
  });
});
