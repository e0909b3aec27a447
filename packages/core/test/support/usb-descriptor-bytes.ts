/** Descriptors as a device sends them, byte by byte; what a test does not name is a vendor's device with bulk pipes. */

export interface EndpointBytes {
  /** With the direction bit: `0x81`. */
  readonly address: number;
  readonly attributes?: number;
  readonly packetSize?: number;
}

export interface InterfaceBytes {
  readonly number?: number;
  readonly alternate?: number;
  readonly class?: readonly [number, number, number];
  readonly endpoints?: readonly EndpointBytes[];
  /** What is announced, where it is not what is there. */
  readonly announced?: number;
  /** Class descriptors behind the interface descriptor. */
  readonly extra?: readonly number[];
}

const u16 = (value: number): readonly number[] => [value & 0xff, value >> 8];

export const deviceBytes = (vendorId = 0x1209, productId = 1, configurations = 1): readonly number[] => [
  ...[18, 1, ...u16(0x0200), 0xff, 0, 0, 64, ...u16(vendorId), ...u16(productId), ...u16(0x0104)],
  ...[1, 2, 3, configurations],
];

export const endpointBytes = ({ address, attributes = 2, packetSize = 512 }: EndpointBytes) => [
  ...[7, 5, address, attributes, ...u16(packetSize), 4],
];

export const BULK_PAIR: readonly EndpointBytes[] = [{ address: 0x81 }, { address: 0x02 }];

export function interfaceBytes(one: InterfaceBytes = {}): readonly number[] {
  const endpoints = one.endpoints ?? BULK_PAIR;
  return [
    ...[9, 4, one.number ?? 0, one.alternate ?? 0, one.announced ?? endpoints.length],
    ...(one.class ?? [0xff, 0, 0]),
    ...[0, ...(one.extra ?? [])],
    ...endpoints.flatMap(endpointBytes),
  ];
}

export function configurationBytes(
  body: readonly number[] = interfaceBytes(),
  { interfaces = 1, totalMore = 0, value = 1 } = {},
): readonly number[] {
  return [9, 2, ...u16(9 + body.length + totalMore), interfaces, value, 0, 0xa0, 50, ...body];
}
