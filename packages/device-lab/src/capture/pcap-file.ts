import { ByteReader, InputError, type ByteOrder } from '@buergerkoffer/formats';

/** One packet of a capture file. */
export interface CapturedPacket {
  /** What the packet is, as numbered by tcpdump.org: 220 is a USB packet of Linux with a header of 64 bytes. */
  readonly linkType: number;
  /** Byte order of the computer that recorded. */
  readonly order: ByteOrder;
  /** What was kept of it, a view of the file. */
  readonly bytes: Uint8Array;
  /** Where `bytes` begin in the file. */
  readonly offset: number;
}

/** Block types of pcapng (IETF draft-ietf-opsawg-pcapng, section 4). */
const BLOCK = { section: 0x0a0d0d0a, interface: 1, simplePacket: 3, enhancedPacket: 6 } as const;
const SECTION_ORDER = 0x1a2b3c4d;
/** Type, length, and the length again behind the body. */
const BLOCK_FRAME_BYTES = 12;
/** First bytes of a pcap file, read in its own byte order: times in microseconds, in nanoseconds. */
const PCAP = [0xa1b2c3d4, 0xa1b23c4d] as const;
/** Behind the number of a pcap file: version, zone, accuracy and the longest packet. */
const PCAP_HEAD_BYTES = 16;
/** The link type of a pcap file is the low half of its field. */
const LINK_TYPE = 0xffff;

/** Whether `bytes` begin as a pcapng or pcap file does. */
export function isCaptureFile(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  return new ByteReader(bytes).u32() === BLOCK.section || pcapOrder(bytes) !== undefined;
}

/**
 * The packets of a pcapng or pcap file, in its order; blocks of pcapng that hold none are passed over. Memory is
 * bounded by the file: packets are views of it. Throws `InputError` with the offset of the fault: `malformed`,
 * `truncated`, or `unsupported` where it is neither format.
 */
export function* readCaptureFile(bytes: Uint8Array): Generator<CapturedPacket> {
  const order = bytes.length < 4 ? undefined : pcapOrder(bytes);
  if (order !== undefined) yield* readPcap(new ByteReader(bytes, { order }));
  else if (isCaptureFile(bytes)) yield* readPcapng(bytes);
  else throw new InputError('unsupported', 'neither pcapng nor pcap', { offset: 0 });
}

function pcapOrder(bytes: Uint8Array): ByteOrder | undefined {
  return (['little', 'big'] as const).find((order) => {
    const first = new ByteReader(bytes, { order }).u32();
    return PCAP.some((magic) => magic === first);
  });
}

function* readPcap(reader: ByteReader): Generator<CapturedPacket> {
  reader.skip(4 + PCAP_HEAD_BYTES);
  const linkType = reader.u32() & LINK_TYPE;
  while (reader.remaining > 0) {
    reader.skip(8);
    const kept = reader.u32();
    reader.skip(4);
    const offset = reader.offset;
    yield { linkType, order: reader.order, bytes: reader.bytes(kept), offset };
  }
}

/** An interface of a section: what its packets are, and how much of each was kept; 0 is all. */
interface CaptureInterface {
  readonly linkType: number;
  readonly longest: number;
}

function* readPcapng(bytes: Uint8Array): Generator<CapturedPacket> {
  let order: ByteOrder = 'little';
  let interfaces: CaptureInterface[] = [];
  const file = new ByteReader(bytes);
  while (file.remaining > 0) {
    const offset = file.offset;
    if (new ByteReader(bytes.subarray(offset), { baseOffset: offset }).u32() === BLOCK.section) {
      order = sectionOrder(bytes, offset);
      interfaces = [];
    }
    const type = file.u32(order);
    const body = blockBody(file, order, offset);
    if (type === BLOCK.interface) interfaces.push(readInterface(body));
    const packet = readPacket(type, body, interfaces);
    if (packet !== undefined) yield packet;
  }
}

/** The byte order of the section whose block begins at `offset`; its type reads the same both ways. */
function sectionOrder(bytes: Uint8Array, offset: number): ByteOrder {
  const reader = new ByteReader(bytes.subarray(offset), { baseOffset: offset });
  reader.skip(8);
  const at = reader.offset;
  const magic = reader.u32('little');
  if (magic === SECTION_ORDER) return 'little';
  if (new ByteReader(bytes.subarray(at)).u32('big') === SECTION_ORDER) return 'big';
  throw new InputError('malformed', 'a section of pcapng without its byte order', { offset: at });
}

function blockBody(file: ByteReader, order: ByteOrder, offset: number): ByteReader {
  const length = file.u32(order);
  if (length < BLOCK_FRAME_BYTES || length % 4 !== 0) {
    throw new InputError('malformed', `a block of pcapng with a length of ${length}`, { offset: offset + 4 });
  }
  const body = file.sub(length - BLOCK_FRAME_BYTES, order);
  if (file.u32(order) === length) return body;
  throw new InputError('malformed', 'a block of pcapng whose two lengths differ', { offset });
}

function readInterface(body: ByteReader): CaptureInterface {
  const linkType = body.u16();
  body.skip(2);
  return { linkType, longest: body.u32() };
}

function readPacket(
  type: number,
  body: ByteReader,
  interfaces: readonly CaptureInterface[],
): CapturedPacket | undefined {
  if (type === BLOCK.enhancedPacket) {
    const { linkType } = interfaceOf(body.u32(), body, interfaces);
    body.skip(8);
    const kept = body.u32();
    body.skip(4);
    return packetOf(linkType, kept, body);
  }
  if (type === BLOCK.simplePacket) {
    const { linkType, longest } = interfaceOf(0, body, interfaces);
    const length = body.u32();
    return packetOf(linkType, longest === 0 ? length : Math.min(length, longest), body);
  }
  return undefined;
}

function packetOf(linkType: number, kept: number, body: ByteReader): CapturedPacket {
  const offset = body.offset;
  return { linkType, order: body.order, bytes: body.bytes(kept), offset };
}

function interfaceOf(
  number: number,
  body: ByteReader,
  interfaces: readonly CaptureInterface[],
): CaptureInterface {
  const found = interfaces[number];
  if (found !== undefined) return found;
  throw new InputError('malformed', `a packet of interface ${number}, which was not described`, {
    offset: body.offset,
  });
}
