import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ByteReader, ByteWriter } from '@buergerkoffer/formats';

export const ATR = new Uint8Array([0x3b, 0x80, 0x80, 1, 1]);

const [DIRECT, EXCLUSIVE] = [3, 1];
const [SHARING_VIOLATION, NO_SMARTCARD, UNKNOWN_READER] = [0x8010000b, 0x8010000c, 0x80100009];
const [INVALID_HANDLE, REMOVED_CARD, UNSUPPORTED, STOPPED] = [0x80100003, 0x80100069, 0x8010001f, 0x8010001e];

/** A reader of the service, which a test puts cards into. */
export class FakeReader {
  readonly name: string;
  /** What the card, or the reader's driver, answers: bytes, or a return code. Replaced by a test. */
  answer: (command: Uint8Array) => Promise<Uint8Array | number> = () =>
    Promise.resolve(new Uint8Array([0x90, 0]));
  /** What connecting to the card fails with. */
  refuses: number | undefined;
  /** SCARD_ATTR_CHANNEL_ID, or the return code of asking for it. */
  channel: Uint8Array | number = new Uint8Array([5, 1, 0x20, 0]);
  state = 0x02;
  atr = new Uint8Array(0);
  cardEvents = 0;
  /** How many share the card; -1 for one who has it alone. */
  sharing = 0;
  readonly #changed: () => void;

  constructor(name: string, changed: () => void) {
    this.name = name;
    this.#changed = changed;
  }

  insert(atr = ATR): void {
    this.#set(0x34, atr, 1);
  }

  remove(): void {
    this.#set(0x02, new Uint8Array(0), 1);
  }

  /** Another card, before anybody has looked. */
  swap(atr = ATR): void {
    this.#set(0x34, atr, 2);
  }

  #set(state: number, atr: Uint8Array, events: number): void {
    this.state = state;
    this.atr = atr.slice();
    this.cardEvents = (this.cardEvents + events) & 0xffff;
    this.#changed();
  }
}

interface Held {
  readonly reader: FakeReader;
  readonly mode: number;
  readonly cardEvents: number;
}

/** The PC/SC service as pcsc-lite 1.9.9 speaks on its socket, written from its layouts, for one test. */
export class FakePcscd {
  readonly readers: FakeReader[] = [];
  /** The names of all commands that came, with a number that tells how. */
  readonly calls: string[] = [];
  /** The version it is of, and those that it lets in. */
  minor = 4;
  speaks: readonly number[] = [4];
  /** Whether polkit agrees. */
  letsIn = true;
  /** Whether those who wait are not told of what changes: the news is late. */
  isSilent = false;
  /** What is answered instead, by command: raw bytes, or `undefined` for nothing at all. */
  readonly instead = new Map<number, () => Uint8Array | undefined>();
  readonly path: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'pcscd-'));
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Set<Socket>();
  #server: Server | undefined;

  constructor() {
    this.path = join(this.#folder, 'pcscd.comm');
  }

  /** Connections that are open now. */
  get clients(): number {
    return this.#sockets.size;
  }

  async start(): Promise<void> {
    const server = createServer((socket) => void this.#serve(socket));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.path, resolve));
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }

  plug(name: string): FakeReader {
    const reader = new FakeReader(name, () => {
      this.changed();
    });
    this.readers.push(reader);
    this.changed();
    return reader;
  }

  unplug(reader: FakeReader): void {
    this.readers.splice(this.readers.indexOf(reader), 1);
    this.changed();
  }

  /** Signals everybody who waits, once. */
  changed(): void {
    if (this.isSilent) return;
    for (const socket of this.#waiting) socket.write(new Uint8Array(8));
    this.#waiting.clear();
  }

  async #serve(socket: Socket): Promise<void> {
    const held = new Map<number, Held>();
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#waiting.delete(socket);
      for (const one of held.values()) letGo(one);
    });
    if (!this.letsIn) {
      socket.destroy();
      return;
    }
    let bytes: Uint8Array = new Uint8Array(0);
    const chunks = socket.iterator({ destroyOnReturn: true })[Symbol.asyncIterator]();
    const exactly = async (length: number): Promise<Uint8Array> => {
      while (bytes.length < length) {
        const chunk = await chunks.next();
        if (chunk.done === true) throw new Error('the client has hung up');
        bytes = Buffer.concat([bytes, chunk.value as Uint8Array]);
      }
      const taken = bytes.slice(0, length);
      bytes = bytes.slice(length);
      return taken;
    };
    try {
      for (;;) {
        const header = new ByteReader(await exactly(8), { order: 'little' });
        const [size, command] = [header.u32(), header.u32()];
        const body = new ByteReader(await exactly(size), { order: 'little' });
        const answer = await this.#answer(command, body, exactly, held, socket);
        const other = this.instead.get(command);
        const sent = other === undefined ? answer : other();
        if (sent !== undefined) socket.write(sent);
      }
    } catch {
      socket.destroy();
    }
  }

  async #answer(
    command: number,
    body: ByteReader,
    exactly: (length: number) => Promise<Uint8Array>,
    held: Map<number, Held>,
    socket: Socket,
  ): Promise<Uint8Array | undefined> {
    const out = new ByteWriter('little');
    switch (command) {
      case 0x11: {
        const minor = new ByteReader(body.bytes(12).subarray(4), { order: 'little' }).i32();
        const isKnown = this.speaks.includes(minor);
        this.calls.push(`version ${minor}`);
        return out
          .i32(4)
          .i32(this.minor)
          .u32(isKnown ? 0 : STOPPED)
          .toBytes();
      }
      case 0x01:
        return out.u32(2).u32(0x1234).u32(0).toBytes();
      case 0x12:
        return this.#states();
      case 0x13:
        this.#waiting.add(socket);
        return this.#states();
      case 0x14:
        this.calls.push('stop waiting');
        return this.#waiting.delete(socket) ? new Uint8Array(8) : undefined;
      case 0x04: {
        const request = body.bytes(152);
        const [context, field] = [request.subarray(0, 4), request.subarray(4, 132)];
        const name = new TextDecoder().decode(field.subarray(0, field.indexOf(0)));
        const mode = new ByteReader(request.subarray(132), { order: 'little' }).u32();
        this.calls.push(`connect ${mode}`);
        const handle = held.size + 77;
        const failure = this.#connect(name, mode, (one) => held.set(handle, one));
        out.bytes(context).bytes(field).u32(mode).u32(3);
        return out
          .i32(handle)
          .u32(failure === 0 ? 2 : 0)
          .u32(failure)
          .toBytes();
      }
      case 0x06: {
        const [handle, disposition] = [body.i32(), body.u32()];
        const one = held.get(handle);
        this.calls.push(`disconnect ${disposition}`);
        if (one !== undefined) letGo(one);
        held.delete(handle);
        return out
          .i32(handle)
          .u32(disposition)
          .u32(one === undefined ? INVALID_HANDLE : 0)
          .toBytes();
      }
      case 0x09: {
        const head = body.bytes(32);
        const length = new ByteReader(head.subarray(12), { order: 'little' }).u32();
        const sent = await exactly(length);
        this.calls.push(`transmit ${length}`);
        const answer = await answerOf(held.get(handleOf(head)), sent);
        return withData(out.bytes(head.subarray(0, 24)), answer);
      }
      case 0x0a: {
        const head = body.bytes(24);
        const numbers = new ByteReader(head.subarray(4), { order: 'little' });
        const [code, length] = [numbers.u32(), numbers.u32()];
        const sent = await exactly(length);
        this.calls.push(`control ${code}`);
        const one = held.get(handleOf(head));
        const answer = one === undefined ? INVALID_HANDLE : Uint8Array.of(code & 0xff, ...sent);
        return withData(out.bytes(head.subarray(0, 16)), answer);
      }
      case 0x0f: {
        const handle = body.i32();
        const channel = held.get(handle)?.reader.channel ?? INVALID_HANDLE;
        const value = typeof channel === 'number' ? new Uint8Array(0) : channel;
        const field = new Uint8Array(264);
        field.set(value);
        out.i32(handle).u32(0x20110).bytes(field).u32(value.length);
        return out.u32(typeof channel === 'number' ? channel : 0).toBytes();
      }
      default:
        throw new Error(`no command ${command}`);
    }
  }

  #connect(name: string, mode: number, hold: (one: Held) => void): number {
    const reader = this.readers.find((each) => each.name === name);
    if (reader === undefined) return UNKNOWN_READER;
    if (reader.sharing < 0 || (mode === EXCLUSIVE && reader.sharing > 0)) return SHARING_VIOLATION;
    if (mode !== DIRECT && reader.refuses !== undefined) return reader.refuses;
    if (mode !== DIRECT && (reader.state & 0x04) === 0) return NO_SMARTCARD;
    reader.sharing = mode === EXCLUSIVE ? -1 : reader.sharing + 1;
    hold({ reader, mode, cardEvents: reader.cardEvents });
    return 0;
  }

  #states(): Uint8Array {
    const out = new ByteWriter('little');
    for (let slot = 0; slot < 16; slot += 1) {
      const reader = this.readers[slot];
      const field = new Uint8Array(128);
      field.set(new TextEncoder().encode(reader?.name ?? ''));
      const atr = new Uint8Array(36);
      atr.set(reader?.atr ?? []);
      out
        .bytes(field)
        .u32(reader?.cardEvents ?? 0)
        .u32(reader?.state ?? 0);
      out
        .i32(reader?.sharing ?? 0)
        .bytes(atr)
        .u32(reader?.atr.length ?? 34)
        .u32(0);
    }
    return out.toBytes();
  }
}

/** The return code of a command to a reader that cannot do it. */
export const CANNOT = UNSUPPORTED;

function letGo({ reader, mode }: Held): void {
  reader.sharing = mode === EXCLUSIVE ? 0 : reader.sharing - 1;
}

function handleOf(head: Uint8Array): number {
  return new ByteReader(head, { order: 'little' }).i32();
}

async function answerOf(one: Held | undefined, command: Uint8Array): Promise<Uint8Array | number> {
  if (one === undefined) return INVALID_HANDLE;
  if (one.cardEvents !== one.reader.cardEvents) return REMOVED_CARD;
  return one.reader.answer(command);
}

/** A length, a return code, and with success the data. */
function withData(out: ByteWriter, answer: Uint8Array | number): Uint8Array {
  if (typeof answer === 'number') return out.u32(65_548).u32(answer).toBytes();
  return out.u32(answer.length).u32(0).bytes(answer).toBytes();
}
