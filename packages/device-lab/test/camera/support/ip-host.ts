import { connect, type Socket } from 'node:net';
import type { ByteTransport } from '@buergerkoffer/core';
import { readU16, readU32, u16, u32 } from './ptp-values.js';
import type { Answer } from './usb-host.js';

export interface IpPacket {
  readonly type: number;
  readonly body: Uint8Array;
}

/** A byte stream, whatever carries it. */
export interface ByteLine {
  write(bytes: Uint8Array): Promise<void> | void;
  readonly input: AsyncIterable<Uint8Array>;
}

/** The packets of one socket. */
export class PacketLine {
  readonly #line: ByteLine;
  readonly #input: AsyncIterator<Uint8Array>;
  #buffer = new Uint8Array(0);

  constructor(line: ByteLine) {
    this.#line = line;
    this.#input = line.input[Symbol.asyncIterator]();
  }

  async writeRaw(bytes: Uint8Array): Promise<void> {
    await this.#line.write(bytes);
  }

  async write(type: number, body: readonly number[] | Uint8Array = []): Promise<void> {
    await this.writeRaw(Uint8Array.from([...u32(8 + body.length), ...u32(type), ...body]));
  }

  /** The next packet, undefined when the camera hangs up. */
  async read(): Promise<IpPacket | undefined> {
    while (this.#buffer.length < 4 || this.#buffer.length < readU32(this.#buffer)) {
      const next = await this.#input.next().catch(() => ({ done: true, value: undefined }));
      if (next.done === true || next.value === undefined) return undefined;
      const joined = new Uint8Array(this.#buffer.length + next.value.length);
      joined.set(this.#buffer);
      joined.set(next.value, this.#buffer.length);
      this.#buffer = joined;
    }
    const length = readU32(this.#buffer);
    const packet = { type: readU32(this.#buffer, 4), body: this.#buffer.slice(8, length) };
    this.#buffer = this.#buffer.slice(length);
    return packet;
  }
}

const GUID = Array.from({ length: 16 }, (_, index) => index);

export async function sayHello(commands: PacketLine): Promise<IpPacket | undefined> {
  await commands.write(1, [...GUID, ...Buffer.from('host\0', 'utf16le'), ...u32(0x10000)]);
  return commands.read();
}

/** A host of the tests' own, over two byte streams. */
export class IpHost {
  readonly commands: PacketLine;
  readonly events: PacketLine;
  transaction = 0;

  constructor(commands: PacketLine, events: PacketLine) {
    this.commands = commands;
    this.events = events;
  }

  static async shakeHands(open: () => Promise<ByteLine>): Promise<IpHost> {
    const commands = new PacketLine(await open());
    const ack = await sayHello(commands);
    if (ack?.type !== 2) throw new Error(`no acknowledgement: ${ack?.type}`);
    const events = new PacketLine(await open());
    await events.write(3, u32(readU32(ack.body)));
    const second = await events.read();
    if (second?.type !== 4) throw new Error(`no second acknowledgement: ${second?.type}`);
    return new IpHost(commands, events);
  }

  async send(code: number, parameters: readonly number[] = [], phase = 1): Promise<number> {
    const transaction = this.transaction;
    this.transaction += 1;
    const body = [...u32(phase), ...u16(code), ...u32(transaction), ...parameters.flatMap(u32)];
    await this.commands.write(6, body);
    return transaction;
  }

  /** One operation, its data phase included. */
  async ask(code: number, parameters: readonly number[] = [], data?: Uint8Array): Promise<Answer> {
    const transaction = await this.send(code, parameters, data === undefined ? 1 : 2);
    if (data !== undefined) {
      await this.commands.write(9, [...u32(transaction), ...u32(data.length), ...u32(0)]);
      await this.commands.write(12, [...u32(transaction), ...data]);
    }
    return this.answer();
  }

  async answer(): Promise<Answer> {
    const pieces: Uint8Array[] = [];
    let total: number | undefined;
    for (;;) {
      const packet = await this.commands.read();
      if (packet === undefined) throw new Error('hung up');
      const { type, body } = packet;
      if (type === 9) total = readU32(body, 4);
      else if (type === 10 || type === 12) pieces.push(body.subarray(4));
      else if (type === 7) {
        const parameters = Array.from({ length: (body.length - 6) / 4 }, (_, i) => readU32(body, 6 + 4 * i));
        if (total === undefined) return { code: readU16(body), parameters };
        const data = new Uint8Array(Buffer.concat(pieces));
        if (data.length !== total) throw new Error(`${data.length} bytes of ${total}`);
        return { code: readU16(body), parameters, data };
      } else throw new Error(`packet ${type}`);
    }
  }

  async open(): Promise<this> {
    const { code } = await this.ask(0x1002, [1]);
    if (code !== 0x2001) throw new Error('no session');
    return this;
  }
}

/** A socket to this computer as a byte line. */
export async function tcpLine(port: number): Promise<ByteLine & { readonly socket: Socket }> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    input: socket as AsyncIterable<Uint8Array>,
    write: (bytes) => {
      socket.write(bytes);
    },
  };
}

/** A transport of this project as a byte line. */
export function transportLine(transport: ByteTransport): ByteLine {
  const waiting: Uint8Array[] = [];
  let over = false;
  let wake = (): void => undefined;
  const end = (): void => {
    over = true;
    wake();
  };
  transport.input.subscribe({
    next: (bytes) => {
      waiting.push(bytes);
      wake();
    },
    error: end,
    complete: end,
  });
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (over) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }
  return { input: chunks(), write: (bytes) => transport.write(bytes) };
}
