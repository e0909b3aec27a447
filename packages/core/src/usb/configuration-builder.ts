import { InputError, type ByteReader, type InputErrorCode } from '@buergerkoffer/formats';
import { DESCRIPTOR, nextDescriptor, type RawDescriptor, type Report } from './descriptor-reader.js';
import type {
  UsbConfigurationDescriptor,
  UsbEndpointDescriptor,
  UsbInterfaceAssociation,
  UsbInterfaceDescriptor,
} from './descriptor.js';

/** An endpoint while further descriptors behind it can come. */
type OpenEndpoint = Omit<UsbEndpointDescriptor, 'extra'> & { readonly extra: Uint8Array[] };
/** An interface while its endpoints come, and what it announced. */
interface OpenInterface {
  readonly built: Omit<UsbInterfaceDescriptor, 'endpoints' | 'extra'>;
  readonly endpoints: OpenEndpoint[];
  readonly extra: Uint8Array[];
  readonly announced: number;
  readonly offset: number;
}

const TYPES = ['control', 'isochronous', 'bulk', 'interrupt'] as const;
/** Bytes behind length and type: of an interface, an endpoint and an association descriptor. */
const INTERFACE_BODY = 7;
const ENDPOINT_BODY = 5;
const ASSOCIATION_BODY = 6;

/** Puts together what a configuration holds, from its descriptors in the order in which they come. */
export class ConfigurationBuilder {
  readonly #report: Report;
  readonly #interfaceCount: number;
  readonly #offset: number;
  readonly #interfaces: UsbInterfaceDescriptor[] = [];
  readonly #associations: UsbInterfaceAssociation[] = [];
  readonly #extra: Uint8Array[] = [];
  #open: OpenInterface | undefined;

  /** `interfaceCount` interfaces are announced by the configuration descriptor at `offset`. */
  constructor(report: Report, announced: { readonly interfaceCount: number; readonly offset: number }) {
    this.#report = report;
    this.#interfaceCount = announced.interfaceCount;
    this.#offset = announced.offset;
  }

  /** Takes every descriptor that is left in `reader`. */
  read(reader: ByteReader): void {
    for (;;) {
      const next = nextDescriptor(reader, this.#report);
      if (next === undefined) return;
      this.#take(next);
    }
  }

  /** What was there; reports what was announced and is not. */
  finish(): Pick<UsbConfigurationDescriptor, 'associations' | 'interfaces' | 'extra'> {
    this.#closeInterface();
    const numbers = new Set(this.#interfaces.map((one) => one.interfaceNumber));
    if (numbers.size !== this.#interfaceCount) {
      this.#fault(
        'missing',
        `${this.#interfaceCount} interfaces are announced, ${numbers.size} are there`,
        this.#offset,
      );
    }
    return { associations: this.#associations, interfaces: this.#interfaces, extra: this.#extra };
  }

  #take(next: RawDescriptor): void {
    switch (next.type) {
      case DESCRIPTOR.interface:
        this.#interface(next);
        break;
      case DESCRIPTOR.endpoint:
        this.#endpoint(next);
        break;
      case DESCRIPTOR.interfaceAssociation:
        this.#association(next);
        break;
      case DESCRIPTOR.device:
      case DESCRIPTOR.configuration:
        this.#fault('malformed', `a descriptor of type ${next.type} inside a configuration`, next.offset);
        break;
      default:
        (this.#open?.endpoints.at(-1)?.extra ?? this.#open?.extra ?? this.#extra).push(next.bytes);
    }
  }

  #interface({ body, offset }: RawDescriptor): void {
    this.#closeInterface();
    if (!this.#isLongEnough('an interface', body, INTERFACE_BODY, offset)) return;
    const [interfaceNumber, alternateSetting, announced] = [body.u8(), body.u8(), body.u8()];
    const built = {
      interfaceNumber,
      alternateSetting,
      interfaceClass: body.u8(),
      interfaceSubclass: body.u8(),
      interfaceProtocol: body.u8(),
      nameIndex: body.u8(),
    };
    this.#open = { built, endpoints: [], extra: [], announced, offset };
  }

  /** A setting that was there already is left out: the first one counts. */
  #closeInterface(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const { interfaceNumber, alternateSetting } = open.built;
    const name = `interface ${interfaceNumber}, setting ${alternateSetting},`;
    if (open.endpoints.length !== open.announced) {
      this.#fault(
        'missing',
        `${name} announces ${open.announced} endpoints, ${open.endpoints.length} are there`,
        open.offset,
      );
    }
    const isThere = this.#interfaces.some(
      (one) => one.interfaceNumber === interfaceNumber && one.alternateSetting === alternateSetting,
    );
    if (isThere) this.#fault('malformed', `${name} is there twice`, open.offset);
    else this.#interfaces.push({ ...open.built, endpoints: open.endpoints, extra: open.extra });
  }

  #endpoint({ body, offset }: RawDescriptor): void {
    if (!this.#isLongEnough('an endpoint', body, ENDPOINT_BODY, offset)) return;
    const open = this.#open;
    if (open === undefined) {
      this.#fault('malformed', 'an endpoint ahead of the first interface', offset);
      return;
    }
    const address = body.u8();
    const [attributes, maxPacketSize, interval] = [body.u8(), body.u16(), body.u8()];
    const direction = (address & 0x80) === 0 ? 'out' : 'in';
    const number = address & 0x0f;
    if (number === 0) this.#fault('malformed', 'an endpoint with the number 0', offset);
    else if (open.endpoints.some((one) => one.number === number && one.direction === direction)) {
      this.#fault('malformed', `${direction} endpoint ${number} is there twice`, offset);
    } else {
      const type = TYPES[attributes & 3] ?? 'control';
      // Bits 12 and 11 count further packets in one microframe; they are no part of the size.
      const packetSize = maxPacketSize & 0x07ff;
      open.endpoints.push({ direction, number, type, packetSize, interval, extra: [] });
    }
  }

  #association({ body, offset }: RawDescriptor): void {
    if (!this.#isLongEnough('an interface association', body, ASSOCIATION_BODY, offset)) return;
    this.#associations.push({
      firstInterface: body.u8(),
      interfaceCount: body.u8(),
      functionClass: body.u8(),
      functionSubclass: body.u8(),
      functionProtocol: body.u8(),
      nameIndex: body.u8(),
    });
  }

  #isLongEnough(what: string, body: ByteReader, bytes: number, offset: number): boolean {
    if (body.remaining >= bytes) return true;
    this.#fault('malformed', `${what} descriptor of only ${body.remaining + 2} bytes`, offset);
    return false;
  }

  #fault(code: InputErrorCode, message: string, offset: number): void {
    this.#report(new InputError(code, message, { offset }));
  }
}
