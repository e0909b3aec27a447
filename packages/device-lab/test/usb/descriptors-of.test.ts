import { describe, expect, it } from 'vitest';
import { descriptorsOf } from '../../src/usb/descriptors-of.js';
import { echoDevice } from '../support/echo-device.js';

const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

describe('the descriptors of a device', () => {
  it('are the bytes of USB 2.0, 9.6', () => {
    const { device, configuration, string, bos } = descriptorsOf(echoDevice());
    expect(hex(device)).toBe('12 01 00 02 00 00 00 40 09 12 01 00 00 01 01 02 03 01');
    expect(hex(configuration)).toBe(
      [
        '09 02 20 00 01 01 00 80 32',
        '09 04 00 00 02 ff 00 00 00',
        '07 05 81 02 40 00 00',
        '07 05 01 02 40 00 00',
      ].join(' '),
    );
    expect(hex(string(0, 0))).toBe('04 03 09 04');
    expect(hex(string(3, 0x0409))).toBe('06 03 45 00 31 00');
    expect(string(4, 0x0409)).toBeUndefined();
    expect(bos).toBeUndefined();
  });

  it('name what the device does not name by index 0', () => {
    const { powerUp, interfaces } = echoDevice();
    const { device } = descriptorsOf({ vendorId: 1, productId: 2, serialNumber: 'S', interfaces, powerUp });
    expect([...device.subarray(14, 17)]).toEqual([0, 0, 1]);
  });

  it('have an association before the interface that leads a function, class descriptors behind it', () => {
    const { configuration, device, classDescriptor } = descriptorsOf({
      ...echoDevice(),
      interfaces: [
        {
          number: 0,
          interfaceClass: 2,
          name: 'Leitung',
          association: { interfaceCount: 2, functionClass: 2, functionSubclass: 2 },
          classDescriptors: new Uint8Array([4, 0x24, 2, 6]),
          endpoints: [{ direction: 'in', number: 3, type: 'interrupt', packetSize: 8, interval: 4 }],
        },
        { number: 1, interfaceClass: 10, endpoints: [] },
        { number: 1, alternateSetting: 1, interfaceClass: 10, endpoints: [] },
      ],
    });
    expect(hex(device.subarray(4, 7))).toBe('ef 02 01');
    expect(hex(configuration)).toBe(
      [
        '09 02 37 00 02 01 00 80 32',
        '08 0b 00 02 02 02 00 00',
        '09 04 00 00 01 02 00 00 04',
        '04 24 02 06',
        '07 05 83 03 08 00 04',
        '09 04 01 00 00 0a 00 00 00',
        '09 04 01 01 00 0a 00 00 00',
      ].join(' '),
    );
    expect(hex(classDescriptor(0x24, 0))).toBe('04 24 02 06');
    expect(classDescriptor(0x21, 0)).toBeUndefined();
  });

  it('tell of SuperSpeed with companions and capabilities', () => {
    const { device, configuration, bos } = descriptorsOf({ ...echoDevice(), speed: 'super' });
    expect(hex(device.subarray(2, 8))).toBe('00 03 00 00 00 09');
    expect(hex(configuration)).toContain('07 05 81 02 40 00 00 06 30 00 00 00 00');
    expect(bos?.length).toBe(bos?.[2]);
  });

  it('are the raw bytes where a device brings its own', () => {
    const raw = {
      configuration: new Uint8Array([9, 2, 9, 0, 0, 5, 0, 0, 0]),
      string: () => new Uint8Array([2, 3]),
    };
    const { configuration, configurationValue, string } = descriptorsOf({ ...echoDevice(), raw });
    expect(configuration).toBe(raw.configuration);
    expect(configurationValue).toBe(5);
    expect(hex(string(9, 0))).toBe('02 03');
  });

  it.each([
    [{ number: 16, packetSize: 64 }, 'endpoint number'],
    [{ number: 1, packetSize: 0 }, 'packetSize'],
  ])('are not made from the endpoint %o', (wrong, path) => {
    const endpoint = { direction: 'in', type: 'bulk', ...wrong } as const;
    const interfaces = [{ number: 0, interfaceClass: 255, endpoints: [endpoint] }];
    expect(() => descriptorsOf({ ...echoDevice(), interfaces })).toThrow(path);
  });

  it('are not made from a text that no string descriptor can hold', () => {
    expect(() => descriptorsOf({ ...echoDevice(), model: 'x'.repeat(127) })).toThrow('126');
  });
});
