import { ByteReader, InputError } from '@buergerkoffer/formats';

/** The longest report descriptor: its length has 16 bits (HID 1.11, 6.2.1). */
const MAX_DESCRIPTOR_BYTES = 65_535;
/** The longest report, in bytes: that of Linux. */
const MAX_REPORT_BYTES = 16_384;
/** How deep collections nest and how often the global state is pushed, at most. */
const MAX_DEPTH = 32;
/** Top-level collections of one device, at most. */
const MAX_COLLECTIONS = 64;

/** One top-level collection: what a device says one part of it is for (HID Usage Tables). */
export interface HidCollection {
  readonly usagePage: number;
  /** Undefined where the descriptor names none. */
  readonly usage?: number;
}

/** Length of each report's data in bytes by report id, without the byte of the id; id 0 where ids are not used. */
export type HidReportLengths = ReadonlyMap<number, number>;

/** What a report descriptor says about the bytes that travel. */
export interface HidReportDescriptor {
  readonly collections: readonly HidCollection[];
  /** Every report begins with its id (HID 1.11, 6.2.2.7). */
  readonly numbered: boolean;
  readonly input: HidReportLengths;
  readonly output: HidReportLengths;
  readonly feature: HidReportLengths;
}

/** Report kinds and nesting, by the tag of their main item (HID 1.11, 6.2.2.4). */
const MAIN = { input: 8, output: 9, collection: 10, feature: 11, endCollection: 12 } as const;
/** Global items that matter here (HID 1.11, 6.2.2.7). */
const GLOBAL = { usagePage: 0, reportSize: 7, reportId: 8, reportCount: 9, push: 10, pop: 11 } as const;
/** The local item that names what a collection is for (HID 1.11, 6.2.2.8). */
const USAGE = 0;
/** Prefix of a long item: its length and tag follow (HID 1.11, 6.2.2.3). None is defined. */
const LONG_ITEM = 0xfe;

interface Item {
  readonly offset: number;
  readonly type: 'main' | 'global' | 'local' | 'reserved';
  readonly tag: number;
  readonly length: number;
  readonly value: number;
}

interface Globals {
  readonly usagePage: number;
  readonly reportSize: number;
  readonly reportCount: number;
  readonly reportId: number;
}

/**
 * Collections and report lengths of a HID report descriptor (HID 1.11, 6.2.2). Errors: `truncated`, `malformed`
 * (collections or push and pop that do not pair, report id 0 or above 255, reports with and without ids),
 * `out-of-range` (a report above 16,384 bytes, nesting above 32, more than 64 top-level collections), `too-large`
 * (above 65,535 bytes), each with the offset of the item.
 */
export function parseReportDescriptor(bytes: Uint8Array): HidReportDescriptor {
  if (bytes.length > MAX_DESCRIPTOR_BYTES) {
    throw new InputError('too-large', `${bytes.length} bytes are no report descriptor`, { offset: 0 });
  }
  const reader = new ByteReader(bytes, { order: 'little' });
  const layout = new Layout();
  while (reader.remaining > 0) {
    const item = nextItem(reader);
    switch (item.type) {
      case 'main':
        layout.main(item);
        break;
      case 'global':
        layout.global(item);
        break;
      case 'local':
        layout.local(item);
        break;
      case 'reserved':
        break;
      default:
        item.type satisfies never;
    }
  }
  return layout.finish(reader.offset);
}

const TYPES = ['main', 'global', 'local', 'reserved'] as const;

function nextItem(reader: ByteReader): Item {
  const offset = reader.offset;
  const prefix = reader.u8();
  if (prefix === LONG_ITEM) {
    const length = reader.u8();
    reader.skip(1 + length);
    return { offset, type: 'reserved', tag: 0, length, value: 0 };
  }
  const type = TYPES[(prefix >> 2) & 3] ?? 'reserved';
  const tag = prefix >> 4;
  switch (prefix & 3) {
    case 0:
      return { offset, type, tag, length: 0, value: 0 };
    case 1:
      return { offset, type, tag, length: 1, value: reader.u8() };
    case 2:
      return { offset, type, tag, length: 2, value: reader.u16() };
    default:
      return { offset, type, tag, length: 4, value: reader.u32() };
  }
}

/** The state that items change as they come (HID 1.11, 5.4 and 6.2.2). */
class Layout {
  readonly #collections: HidCollection[] = [];
  readonly #bits = {
    input: new Map<number, number>(),
    output: new Map<number, number>(),
    feature: new Map<number, number>(),
  };
  readonly #pushed: Globals[] = [];
  #globals: Globals = { usagePage: 0, reportSize: 0, reportCount: 0, reportId: 0 };
  #depth = 0;
  /** First usage since the last main item. */
  #usage: Item | undefined;
  /** Where the first report without an id was described. */
  #withoutId: number | undefined;

  main(item: Item): void {
    switch (item.tag) {
      case MAIN.input:
        this.#report('input', item);
        break;
      case MAIN.output:
        this.#report('output', item);
        break;
      case MAIN.feature:
        this.#report('feature', item);
        break;
      case MAIN.collection:
        this.#collection(item);
        break;
      case MAIN.endCollection:
        if (this.#depth === 0) throw malformed('a collection ends that has not begun', item);
        this.#depth -= 1;
        break;
    }
    this.#usage = undefined;
  }

  global(item: Item): void {
    const { value } = item;
    switch (item.tag) {
      case GLOBAL.usagePage:
        this.#globals = { ...this.#globals, usagePage: value & 0xffff };
        break;
      case GLOBAL.reportSize:
        this.#globals = { ...this.#globals, reportSize: value };
        break;
      case GLOBAL.reportCount:
        this.#globals = { ...this.#globals, reportCount: value };
        break;
      case GLOBAL.reportId:
        if (value < 1 || value > 255) throw malformed(`${value} is no report id`, item);
        this.#globals = { ...this.#globals, reportId: value };
        break;
      case GLOBAL.push:
        if (this.#pushed.length === MAX_DEPTH) throw outOfRange('the state is pushed too often', item);
        this.#pushed.push(this.#globals);
        break;
      case GLOBAL.pop: {
        const globals = this.#pushed.pop();
        if (globals === undefined) throw malformed('state is popped that was not pushed', item);
        this.#globals = globals;
        break;
      }
    }
  }

  local(item: Item): void {
    if (item.tag === USAGE) this.#usage ??= item;
  }

  finish(end: number): HidReportDescriptor {
    if (this.#depth > 0) {
      throw new InputError('truncated', `${this.#depth} collections have no end`, { offset: end });
    }
    const { input, output, feature } = this.#bits;
    const numbered = [input, output, feature].some((bits) => [...bits.keys()].some((id) => id !== 0));
    if (numbered && this.#withoutId !== undefined) {
      const what = 'a report without an id in a descriptor with ids';
      throw new InputError('malformed', what, { offset: this.#withoutId });
    }
    return {
      collections: this.#collections,
      numbered,
      input: lengths(input),
      output: lengths(output),
      feature: lengths(feature),
    };
  }

  #report(kind: 'input' | 'output' | 'feature', item: Item): void {
    const { reportId, reportSize, reportCount } = this.#globals;
    const bits = (this.#bits[kind].get(reportId) ?? 0) + reportSize * reportCount;
    if (bits > MAX_REPORT_BYTES * 8) {
      throw outOfRange(`an ${kind} report has more than ${MAX_REPORT_BYTES} bytes`, item);
    }
    this.#bits[kind].set(reportId, bits);
    if (reportId === 0) this.#withoutId ??= item.offset;
  }

  /** A usage of four bytes names its page itself (HID 1.11, 6.2.2.8). */
  #collection(item: Item): void {
    if (this.#depth === MAX_DEPTH) throw outOfRange('collections nest too deep', item);
    this.#depth += 1;
    if (this.#depth > 1) return;
    if (this.#collections.length === MAX_COLLECTIONS) throw outOfRange('too many collections', item);
    const usage = this.#usage;
    const usagePage = usage?.length === 4 ? usage.value >>> 16 : this.#globals.usagePage;
    this.#collections.push({ usagePage, ...(usage === undefined ? {} : { usage: usage.value & 0xffff }) });
  }
}

function lengths(bits: ReadonlyMap<number, number>): HidReportLengths {
  return new Map([...bits].map(([id, count]) => [id, Math.ceil(count / 8)]));
}

function malformed(what: string, { offset }: Item): InputError {
  return new InputError('malformed', `${what}, at ${offset}`, { offset });
}

function outOfRange(what: string, { offset }: Item): InputError {
  return new InputError('out-of-range', `${what}, at ${offset}`, { offset });
}
