import type { UsbSetup } from '@buergerkoffer/core';
import type { UsbHost, VirtualUsbDevice } from '@buergerkoffer/device-lab';

/** A U.are.U 4500 of our own making, written from the facts about its protocol and apart from the driver. */

const WIDTH = 384;
const LINES = 289;

/** What happens when a finger is asked for; the default is a finger that is laid down and lifted again. */
export type Scene = 'finger' | 'nobody' | 'lifted-early' | 'half' | 'stall' | 'vanish' | 'stays';

/** What can be told of the device; may be changed while it runs. */
export interface Uru4500World {
  /** What the next captures are like; empty: a finger. */
  scenes: Scene[];
  /** How often it forgets to report that it is on. */
  silentStarts: number;
  /** The power register when it gets power. */
  status: number;
  encrypted: boolean;
}

/** Where the lines of the image are: number of lines, and flags (1 absent, 2 encrypted, 4 keeps the key, 0x80 new key). */
const BLOCKS = [
  [72, 0x02],
  [1, 0x00],
  [49, 0x02],
  [1, 0x01],
  [1, 0x04],
  [50, 0x82],
  [100, 0x02],
  [16, 0x00],
] as const;
const KEYS = [0x12345678, 0xdeadbeef];

export function uru4500World(changes: Partial<Uru4500World> = {}): Uru4500World {
  return { scenes: [], silentStarts: 0, status: 0x01, encrypted: true, ...changes };
}

/** The device, and what it was told: `modes` in their order. */
export function virtualUru4500(
  world: Uru4500World = uru4500World(),
): VirtualUsbDevice & { readonly modes: number[] } {
  const modes: number[] = [];
  return {
    vendorId: 0x05ba,
    productId: 0x000a,
    deviceVersion: 0x0103,
    maker: 'DigitalPersona, Inc.',
    model: 'U.are.U 4500 (virtual)',
    serialNumber: 'V1',
    speed: 'full',
    modes,
    interfaces: [
      {
        number: 0,
        interfaceClass: 0xff,
        interfaceSubclass: 0xff,
        interfaceProtocol: 0xff,
        endpoints: [
          { direction: 'in', number: 1, type: 'interrupt', packetSize: 64, interval: 8 },
          { direction: 'in', number: 2, type: 'bulk', packetSize: 64 },
        ],
      },
    ],
    powerUp: (host) => {
      const sensor = new VirtualSensor(host, world, modes);
      return {
        controlIn: (setup, length) =>
          isOurs(setup) ? sensor.read(setup.value)?.slice(0, length) : undefined,
        controlOut: (setup, data) => isOurs(setup) && sensor.write(setup.value, data),
      };
    },
  };
}

function isOurs({ requestType, recipient, request, index }: UsbSetup): boolean {
  return requestType === 'vendor' && recipient === 'device' && request === 4 && index === 0;
}

class VirtualSensor {
  readonly #host: UsbHost;
  readonly #world: Uru4500World;
  readonly #modes: number[];
  #status: number;
  #key = new Uint8Array(4);

  constructor(host: UsbHost, world: Uru4500World, modes: number[]) {
    this.#host = host;
    this.#world = world;
    this.#modes = modes;
    this.#status = world.status;
  }

  read(register: number): Uint8Array | undefined {
    if (register === 0x07) return new Uint8Array([this.#status]);
    if (register === 0x34) return this.#key;
    return register === 0xf0 ? Uint8Array.from({ length: 16 }, (_, i) => i) : undefined;
  }

  write(register: number, data: Uint8Array): boolean {
    const [first = 0] = data;
    if (register === 0x07) this.#power(first);
    else if (register === 0x33) this.#question(data);
    else if (register === 0x4e) this.#mode(first);
    else return false;
    return true;
  }

  #power(value: number): void {
    const wasOff = (this.#status & 0x80) !== 0;
    this.#status = value;
    if (!wasOff || (value & 0x80) !== 0) return;
    this.#status |= 1;
    if (this.#world.silentStarts > 0) this.#world.silentStarts -= 1;
    else this.#report(0x56aa);
  }

  /** The key of that number, XORed with the seed behind it. */
  #question(data: Uint8Array): void {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const answer = new DataView(new ArrayBuffer(4));
    answer.setUint32(0, (KEYS[view.getUint8(0)] ?? 0) ^ view.getUint32(1, true), true);
    this.#key = new Uint8Array(answer.buffer);
  }

  #mode(mode: number): void {
    this.#modes.push(mode);
    const { scenes } = this.#world;
    if (mode === 0x10) {
      this.#report(0x56aa); // it comes again, and means nothing
      if (scenes[0] === 'nobody') scenes.shift();
      else this.#report(0x0101);
    }
    if (mode === 0x20) this.#image(scenes[0] ?? 'finger');
    if (mode === 0x12) {
      if (scenes[0] === 'stays') scenes.shift();
      else this.#report(0x0200);
    }
  }

  #image(scene: Scene): void {
    if (scene !== 'stays') this.#world.scenes.shift();
    if (scene === 'vanish') this.#host.vanish();
    else if (scene === 'stall') this.#host.halt('in', 2);
    else {
      const image = rawImage(this.#world.encrypted);
      if (scene === 'lifted-early') this.#report(0x0200);
      // The other half does not come, and no short packet ends what came.
      if (scene === 'half') this.#host.send(2, image.subarray(0, 6_400), false);
      else this.#host.send(2, scene === 'lifted-early' ? image.subarray(0, 6_400) : image);
    }
  }

  #report(type: number): void {
    const report = new Uint8Array(64);
    report.set([type >> 8, type & 255]);
    this.#host.send(1, report, false);
  }
}

/** Grey of the virtual finger at a pixel of the print: curved ridges, white at the edges. */
function grey(x: number, y: number): number {
  const inside = x > 20 && x < WIDTH - 20 && y > 12 && y < 276;
  return inside && Math.floor(Math.hypot(x - 190, y - 320) / 5) % 2 === 0 ? 30 + (x % 16) : 255;
}

/** The print that the driver must deliver, 384 x 290: 255 where the cipher leaves nothing of a block's last pixel. */
export function virtualPrint(encrypted = true): {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
} {
  const lines: Uint8Array[] = [];
  for (const [count, flags] of BLOCKS) {
    for (let n = 0; n < count; n += 1) lines.push(scanLine(lines.length));
    // What is absent repeats the line behind it.
    if ((flags & 1) !== 0) lines[lines.length - 1] = scanLine(lines.length);
    if (encrypted && (flags & 2) !== 0) lines.at(-1)?.fill(0, WIDTH - 1);
  }
  const data = Uint8Array.from(lines.flatMap((line) => [...line]))
    .reverse()
    .map((value) => 255 - value);
  return { width: WIDTH, height: lines.length, data };
}

/** Line `index` as the sensor scans it: from below, from the right, bright where skin is. */
function scanLine(index: number): Uint8Array {
  return Uint8Array.from({ length: WIDTH }, (_, x) => 255 - grey(WIDTH - 1 - x, LINES - index));
}

const made = new Map<boolean, Uint8Array>();

/** The image as it travels: a head of 64 bytes, then the lines that are not absent. Made once. */
export function rawImage(encrypted: boolean): Uint8Array {
  const image = made.get(encrypted) ?? makeImage(encrypted);
  made.set(encrypted, image);
  return image;
}

function makeImage(encrypted: boolean): Uint8Array {
  const out = new Uint8Array(64 + LINES * WIDTH);
  out.set([0x10, 0x40, 0x80, 0x01, LINES & 255, LINES >> 8, 0]);
  BLOCKS.forEach(([lines, flags], block) => {
    out.set([flags, lines], 16 + 2 * block);
  });
  out.set([0x00, 0x00, 0x10, 0x40], 16 + 2 * BLOCKS.length); // what follows means nothing
  let [line, at, keyNumber] = [0, 64, 0];
  let bits = bitsOf(KEYS[0] ?? 0);
  for (const [count, flags] of BLOCKS) {
    if ((flags & 0x80) !== 0) bits = bitsOf(KEYS[(keyNumber += 1)] ?? 0);
    const plain = Uint8Array.from(Array.from({ length: count }, (_, n) => [...scanLine(line + n)]).flat());
    line += count;
    const steps = (flags & 4) === 0 && (flags & 2) === 0 ? plain.length : 0;
    for (let n = 0; n < steps; n += 1) shift(bits);
    if ((flags & 1) !== 0) continue;
    out.set(encrypted && (flags & 2) !== 0 ? encrypt(plain, bits) : plain, at);
    at += plain.length;
  }
  return out;
}

/** The bits of a key, bit 0 first. */
function bitsOf(key: number): number[] {
  return Array.from({ length: 32 }, (_, bit) => (key >>> bit) & 1);
}

/** One step: everything moves down by one bit, and the parity of some becomes the uppermost. */
function shift(bits: number[]): void {
  const parity = [0, 2, 3, 6, 10, 12, 19, 22, 25, 28, 31].reduce((sum, bit) => sum + (bits[bit] ?? 0), 0) & 1;
  bits.shift();
  bits.push(parity);
}

/** Each byte goes one place on, and is XORed with eight bits of the key; the last one has no place to go to. */
function encrypt(plain: Uint8Array, bits: number[]): Uint8Array {
  const out = new Uint8Array(plain.length);
  out[0] = 0x5a;
  for (let i = 0; i < plain.length; i += 1) {
    const mask = [4, 8, 11, 14, 18, 21, 24, 29].reduce((byte, bit, n) => byte + ((bits[bit] ?? 0) << n), 0);
    if (i + 1 < plain.length) out[i + 1] = (plain[i] ?? 0) ^ mask;
    shift(bits);
  }
  return out;
}
