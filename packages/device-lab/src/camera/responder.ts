import type { BodyUser, CameraBody } from './camera-body.js';
import type { WireFault } from './camera-fault.js';
import { FORMAT, NO_TRANSACTION, OPERATION, RESPONSE } from './codes.js';
import { Dataset } from './dataset.js';
import type { BeginSession, Dialect, DialectSession } from './dialect.js';
import type { Operation, PtpAnswer, PtpCommand, PtpEvent } from './operation.js';

/** What is to be sent for a command, and how that goes wrong. */
export interface PtpReply {
  readonly code: number;
  readonly parameters: readonly number[];
  readonly data?: Uint8Array;
  readonly fault?: WireFault;
}

/** A host that is connected to a camera. One command is answered after the other. */
export interface PtpConnection {
  /** The host is to send data with this operation. */
  takesData(code: number): boolean;
  /** Does what a command asks; `data` is what the host sent with it. */
  answer(command: PtpCommand, data?: Uint8Array): PtpReply;
  /** The host cancelled a command before its data had come: nothing is done, but its number is used. */
  cancelled(command: PtpCommand): void;
  /** Begins anew, as a device that was reset: no session is open. */
  reset(): void;
  /** The connection is over. Idempotent. */
  end(): void;
}

/** A camera with its dialect. */
export interface PoweredCamera {
  readonly body: CameraBody;
  readonly dialect: Dialect;
  readonly begin: BeginSession;
}

/** The body outside a session. */
const NOBODY: BodyUser = { destination: 'card', shutterLocked: false, hear: () => undefined };
const LAST_TRANSACTION = 0xffff_fffe;
const NOTHING = new Uint8Array(0);

/**
 * The camera's side of one connection, without a transport: answers commands, tells of events while a session is open,
 * and is strict as firmware is. Operations are numbered from 1 without a gap, the parameters are as many as the
 * operation has, nothing but GetDeviceInfo is answered outside a session.
 */
export class PtpResponder implements PtpConnection {
  readonly #body: CameraBody;
  readonly #dialect: Dialect;
  readonly #begin: BeginSession;
  readonly #tell: (event: PtpEvent) => void;
  readonly #disconnect: () => void;
  #now: DialectSession;
  #session = 0;
  #next = 1;

  /** Connects to the body, `busy` when another host is; events are told to `tell`. */
  constructor({ body, dialect, begin }: PoweredCamera, tell: (event: PtpEvent) => void) {
    this.#body = body;
    this.#dialect = dialect;
    this.#begin = begin;
    this.#tell = tell;
    this.#now = begin(tell);
    this.#disconnect = body.connect(() => (this.#session === 0 ? NOBODY : this.#now.user));
  }

  takesData(code: number): boolean {
    return this.#now.operations.get(code)?.takesData === true;
  }

  answer(command: PtpCommand, data: Uint8Array = NOTHING): PtpReply {
    const refused = this.#refused(command);
    if (refused !== undefined) return { parameters: [], ...refused };
    const fault = this.#body.parts.faults.take(command.code);
    if (fault?.type === 'refuse') return { code: fault.code, parameters: [] };
    const { code = RESPONSE.ok, parameters = [], data: told } = this.#run(command, data);
    return {
      code,
      parameters,
      ...(told === undefined ? {} : { data: told }),
      ...(fault === undefined ? {} : { fault }),
    };
  }

  cancelled(command: PtpCommand): void {
    this.#refused(command);
  }

  reset(): void {
    this.#session = 0;
    this.#body.card.forget();
    this.#now = this.#begin(this.#tell);
  }

  end(): void {
    this.reset();
    this.#disconnect();
  }

  /** Why a command is not even looked at; counts the transaction of one that is. */
  #refused({
    code,
    transaction,
    parameters,
  }: PtpCommand): (PtpAnswer & { readonly code: number }) | undefined {
    if (code === OPERATION.openSession) {
      if (this.#session !== 0) return { code: RESPONSE.sessionAlreadyOpen, parameters: [this.#session] };
      if (transaction !== NO_TRANSACTION.operation) return { code: RESPONSE.invalidTransactionId };
    } else if (this.#session === 0) {
      if (code !== OPERATION.getDeviceInfo) return { code: RESPONSE.sessionNotOpen };
    } else {
      if (transaction !== this.#next) return { code: RESPONSE.invalidTransactionId };
      this.#next = transaction === LAST_TRANSACTION ? 1 : transaction + 1;
    }
    const operation = this.#operation(code);
    if (operation === undefined) return { code: RESPONSE.operationNotSupported };
    const [least, most] = operation.parameters;
    const fits = parameters.length >= least && parameters.length <= most;
    return fits ? undefined : { code: RESPONSE.invalidParameter };
  }

  #run({ code, transaction, parameters }: PtpCommand, data: Uint8Array): PtpAnswer {
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = parameters;
    const call = { transaction, parameters: [first, second, third, fourth, fifth], data } as const;
    return this.#operation(code)?.answer(call) ?? { code: RESPONSE.operationNotSupported };
  }

  #operation(code: number): Operation | undefined {
    switch (code) {
      case OPERATION.getDeviceInfo:
        return { parameters: [0, 0], answer: () => ({ data: this.#deviceInfo() }) };
      case OPERATION.openSession:
        return { parameters: [1, 1], answer: ({ parameters: [id] }) => this.#open(id) };
      case OPERATION.closeSession:
        return { parameters: [0, 0], answer: () => this.#close() };
      default:
        return this.#now.operations.get(code);
    }
  }

  #open(id: number): PtpAnswer {
    if (id === 0) return { code: RESPONSE.invalidParameter };
    this.reset();
    this.#session = id;
    this.#next = 1;
    return {};
  }

  #close(): PtpAnswer {
    this.reset();
    return {};
  }

  #deviceInfo(): Uint8Array {
    const { maker, model, extension, events } = this.#dialect;
    const { getDeviceInfo, openSession, closeSession } = OPERATION;
    return new Dataset()
      .u16(100)
      .u32(extension.id)
      .u16(extension.version)
      .text(extension.words)
      .u16(0)
      .u16s([getDeviceInfo, openSession, closeSession, ...this.#now.operations.keys()])
      .u16s(events)
      .u16s(this.#body.parts.properties.codes)
      .u16s([FORMAT.jpeg])
      .u16s([FORMAT.folder, FORMAT.jpeg])
      .text(maker)
      .text(model)
      .text('1.0')
      .text(this.#body.parts.serialNumber)
      .done();
  }
}
