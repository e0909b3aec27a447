import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUsbConfiguration, parseUsbDevice, readUsbDescriptors } from '@buergerkoffer/core';
import { InputError } from '@buergerkoffer/formats';
import {
  configurationBytes,
  deviceBytes,
  endpointBytes,
  interfaceBytes,
} from '../support/usb-descriptor-bytes.js';

function faultOf(call: () => unknown): Pick<InputError, 'code' | 'offset'> {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError)
      return { code: error.code, ...(error.offset === undefined ? {} : { offset: error.offset }) };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a device descriptor', () => {
  it('says who the device is', () => {
    expect(parseUsbDevice(Uint8Array.from(deviceBytes(0x05ba, 0x000a)))).toEqual({
      usbVersion: 0x0200,
      deviceClass: 0xff,
      deviceSubclass: 0,
      deviceProtocol: 0,
      vendorId: 0x05ba,
      productId: 0x000a,
      deviceVersion: 0x0104,
      makerIndex: 1,
      modelIndex: 2,
      serialNumberIndex: 3,
      configurationCount: 1,
    });
  });

  it.each<[string, readonly number[], Pick<InputError, 'code' | 'offset'>]>([
    ['is cut short', deviceBytes().slice(0, 17), { code: 'truncated', offset: 17 }],
    ['has the length 0', [0, ...deviceBytes().slice(1)], { code: 'malformed', offset: 0 }],
    ['is of another type', [18, 2, ...deviceBytes().slice(2)], { code: 'malformed', offset: 0 }],
    ['is empty', [], { code: 'truncated', offset: 0 }],
  ])('that %s is refused', (_, bytes, fault) => {
    expect(faultOf(() => parseUsbDevice(Uint8Array.from(bytes)))).toEqual(fault);
  });
});

describe('a configuration descriptor', () => {
  it('holds interfaces, their settings, endpoints and class descriptors', () => {
    const body = [
      ...[8, 11, 0, 2, 2, 2, 1, 0],
      ...interfaceBytes({
        class: [2, 2, 1],
        extra: [5, 0x24, 0, 0x10, 1],
        endpoints: [{ address: 0x83, attributes: 3, packetSize: 8 }],
      }),
      ...interfaceBytes({ number: 1, class: [10, 0, 0], endpoints: [] }),
      ...interfaceBytes({ number: 1, alternate: 1, class: [10, 0, 0] }),
      ...[6, 0x30, 15, 0, 0, 0],
    ];
    expect(parseUsbConfiguration(Uint8Array.from(configurationBytes(body, { interfaces: 2 })))).toEqual({
      value: 1,
      nameIndex: 0,
      selfPowered: false,
      remoteWakeup: true,
      maxPower: 50,
      extra: [],
      associations: [
        {
          firstInterface: 0,
          interfaceCount: 2,
          functionClass: 2,
          functionSubclass: 2,
          functionProtocol: 1,
          nameIndex: 0,
        },
      ],
      interfaces: [
        expect.objectContaining({
          interfaceNumber: 0,
          interfaceClass: 2,
          interfaceSubclass: 2,
          interfaceProtocol: 1,
          extra: [Uint8Array.of(5, 0x24, 0, 0x10, 1)],
          endpoints: [
            { direction: 'in', number: 3, type: 'interrupt', packetSize: 8, interval: 4, extra: [] },
          ],
        }),
        expect.objectContaining({ interfaceNumber: 1, alternateSetting: 0, endpoints: [] }),
        expect.objectContaining({
          interfaceNumber: 1,
          alternateSetting: 1,
          endpoints: [
            { direction: 'in', number: 1, type: 'bulk', packetSize: 512, interval: 4, extra: [] },
            {
              direction: 'out',
              number: 2,
              type: 'bulk',
              packetSize: 512,
              interval: 4,
              extra: [Uint8Array.of(6, 0x30, 15, 0, 0, 0)],
            },
          ],
        }),
      ],
    });
  });

  it('counts the packets of a microframe apart from their size', () => {
    const body = interfaceBytes({ endpoints: [{ address: 0x81, attributes: 3, packetSize: 0x1400 }] });
    const [first] = parseUsbConfiguration(Uint8Array.from(configurationBytes(body))).interfaces;
    expect(first?.endpoints[0]?.packetSize).toBe(1024);
  });

  const lies: readonly [string, readonly number[], Pick<InputError, 'code' | 'offset'>][] = [
    ['of the length 0', [0, ...configurationBytes().slice(1)], { code: 'malformed', offset: 0 }],
    [
      'longer than what is there',
      configurationBytes(undefined, { totalMore: 1 }),
      { code: 'truncated', offset: 2 },
    ],
    ['shorter than itself', [9, 2, 8, 0, 0, 1, 0, 0x80, 50], { code: 'malformed', offset: 2 }],
    [
      'with a descriptor of length 0',
      configurationBytes([...interfaceBytes(), 0, 5]),
      { code: 'malformed', offset: 32 },
    ],
    [
      'with a descriptor of length 1',
      configurationBytes([...interfaceBytes(), 1, 5]),
      { code: 'malformed', offset: 32 },
    ],
    [
      'with a descriptor beyond its end',
      configurationBytes([...interfaceBytes(), 7, 5, 0x83]),
      { code: 'truncated', offset: 32 },
    ],
    [
      'with endpoints that are missing',
      configurationBytes(interfaceBytes({ announced: 3 })),
      { code: 'missing', offset: 9 },
    ],
    [
      'with endpoints that nobody announced',
      configurationBytes(interfaceBytes({ announced: 1 })),
      { code: 'missing', offset: 9 },
    ],
    [
      'with one interface twice',
      configurationBytes([...interfaceBytes(), ...interfaceBytes()]),
      { code: 'malformed', offset: 32 },
    ],
    [
      'with interfaces that are missing',
      configurationBytes(undefined, { interfaces: 2 }),
      { code: 'missing', offset: 0 },
    ],
    [
      'with an endpoint ahead of its interface',
      configurationBytes([...endpointBytes({ address: 0x81 }), ...interfaceBytes()]),
      { code: 'malformed', offset: 9 },
    ],
    [
      'with one endpoint twice',
      configurationBytes(interfaceBytes({ endpoints: [{ address: 0x81 }, { address: 0x81 }] })),
      { code: 'malformed', offset: 25 },
    ],
    [
      'with an endpoint 0',
      configurationBytes(interfaceBytes({ endpoints: [{ address: 0x80 }] })),
      { code: 'malformed', offset: 18 },
    ],
    [
      'with a short interface descriptor',
      configurationBytes([5, 4, 0, 0, 0]),
      { code: 'malformed', offset: 9 },
    ],
    [
      'with a short endpoint descriptor',
      configurationBytes([...interfaceBytes({ endpoints: [], announced: 1 }), 5, 5, 0x81, 2, 0]),
      { code: 'malformed', offset: 18 },
    ],
    [
      'with a short association',
      configurationBytes([4, 11, 0, 1, ...interfaceBytes()]),
      { code: 'malformed', offset: 9 },
    ],
    [
      'inside another one',
      configurationBytes([...interfaceBytes(), ...configurationBytes()]),
      { code: 'malformed', offset: 32 },
    ],
  ];

  it.each(lies)('%s is refused with the offset of the lie', (_, bytes, fault) => {
    expect(faultOf(() => parseUsbConfiguration(Uint8Array.from(bytes)))).toEqual(fault);
  });

  it.each(lies)(
    '%s is read as far as it can be, where the whole device is read',
    (_, bytes, { code, offset = 0 }) => {
      const read = readUsbDescriptors(Uint8Array.from([...deviceBytes(), ...bytes]));
      expect(read.faults[0]).toMatchObject({ code, offset: offset + 18 });
      expect(read.device.productId).toBe(1);
    },
  );
});

describe('all descriptors of a device', () => {
  it('are the device and each of its configurations', () => {
    const bytes = [
      ...deviceBytes(1, 2, 2),
      ...configurationBytes(),
      ...configurationBytes(undefined, { value: 2 }),
    ];
    const read = readUsbDescriptors(Uint8Array.from(bytes));
    expect(read.configurations.map(({ value }) => value)).toEqual([1, 2]);
    expect(read.faults).toEqual([]);
  });

  it('keep an interface whose endpoints are fewer than announced', () => {
    const bytes = [...deviceBytes(), ...configurationBytes(interfaceBytes({ announced: 5 }))];
    const [configuration] = readUsbDescriptors(Uint8Array.from(bytes)).configurations;
    expect(configuration?.interfaces[0]?.endpoints).toHaveLength(2);
  });

  it('are missing a configuration that is announced', () => {
    const read = readUsbDescriptors(Uint8Array.from([...deviceBytes(1, 2, 2), ...configurationBytes()]));
    expect(read.faults).toEqual([expect.objectContaining({ code: 'missing', offset: 17 })]);
  });

  it('never crash, whatever the device sends', () => {
    const tree = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      // Descriptors that begin well get further than noise does.
      fc
        .array(
          fc.tuple(fc.nat(12), fc.constantFrom(1, 2, 3, 4, 5, 11, 0x24), fc.uint8Array({ maxLength: 12 })),
        )
        .map((parts) =>
          Uint8Array.from(
            configurationBytes(parts.flatMap(([length, type, body]) => [length, type, ...body])),
          ),
        ),
    );
    fc.assert(
      fc.property(tree, (bytes) => {
        const whole = Uint8Array.from([...deviceBytes(), ...bytes]);
        const { configurations, faults } = readUsbDescriptors(whole);
        expect(faults.every(({ offset = -1 }) => offset >= 0 && offset <= whole.length)).toBe(true);
        expect(configurations.length).toBeLessThanOrEqual(whole.length);
        for (const parse of [parseUsbDevice, parseUsbConfiguration]) {
          try {
            parse(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
