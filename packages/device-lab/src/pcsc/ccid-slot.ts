import {
  ANSWER,
  CCID_ERROR,
  CHAIN,
  COMMAND,
  HEAD_BYTES,
  ICC,
  LEVEL,
  OUTCOME,
  writeAnswer,
  type CcidAnswer,
  type CcidCommand,
} from './ccid-messages.js';
import type { VirtualCard } from './virtual-card.js';

/** The longest APDU, and the longest answer with its status (ISO/IEC 7816-4, 5.1). */
const [APDU_BYTES, RESPONSE_BYTES] = [65_544, 65_538];
/** A host is asked for more time this often while the card works, in milliseconds. */
const EXTENSION_MS = 1_000;
/** T=1 as the card offers it: Fi and Di, checksum LRC, waiting times, no clock stop, 254 bytes, node 0 (6.1.7). */
const T1_PARAMETERS = new Uint8Array([0x11, 0x10, 0x00, 0x45, 0x00, 0xfe, 0x00]);
const T1 = 1;

/** What a slot needs of its reader. */
export interface SlotEnds {
  /** Sends a message on the bulk endpoint. */
  readonly send: (message: Uint8Array) => void;
  /** Hears what a card's code throws. */
  readonly failed: (error: unknown) => void;
}

/** One slot at the level of extended APDUs: a card may be in it, and be powered; one command at a time. */
export class CcidSlot {
  readonly #mostBytes: number;
  readonly #ends: SlotEnds;
  #card: VirtualCard | undefined;
  #powered = false;
  /** Parts of an APDU that have come. */
  #begun: readonly Uint8Array[] = [];
  /** What is left of an answer that does not fit into one message. */
  #rest: Uint8Array | undefined;
  /** The command that the card is at. */
  #working: { readonly command: CcidCommand; readonly extension: ReturnType<typeof setInterval> } | undefined;

  /** `mostBytes` of one message, its head included. */
  constructor(mostBytes: number, ends: SlotEnds) {
    this.#mostBytes = mostBytes;
    this.#ends = ends;
  }

  /** A card is put in, or taken out: power and whatever went on are over. */
  change(card: VirtualCard | undefined): void {
    this.#card = card;
    this.#powered = false;
    this.#forget();
    const working = this.#stopWork();
    if (working !== undefined) this.#fail(working, CCID_ERROR.mute);
  }

  /** Does what a host wants. */
  take(command: CcidCommand): void {
    if (command.slot !== 0) this.#fail(command, CCID_ERROR.slot);
    else if (command.type === COMMAND.abort) this.#abort(command);
    else if (this.#working !== undefined) this.#fail(command, CCID_ERROR.slotBusy);
    else this.#do(command);
  }

  /** The reader loses power. */
  end(): void {
    this.#stopWork();
  }

  #do(command: CcidCommand): void {
    switch (command.type) {
      case COMMAND.iccPowerOn:
        this.#powerOn(command);
        return;
      case COMMAND.iccPowerOff:
        this.#powered = false;
        this.#forget();
        this.#answer(command, { type: ANSWER.slotStatus });
        return;
      case COMMAND.getSlotStatus:
        this.#answer(command, { type: ANSWER.slotStatus });
        return;
      case COMMAND.setParameters:
      case COMMAND.getParameters:
      case COMMAND.resetParameters:
        this.#answer(command, { type: ANSWER.parameters, extra: T1, data: T1_PARAMETERS });
        return;
      case COMMAND.xfrBlock:
        this.#transfer(command);
        return;
      default:
        this.#fail(command, CCID_ERROR.unknownCommand);
    }
  }

  #powerOn(command: CcidCommand): void {
    this.#forget();
    this.#powered = this.#card !== undefined;
    if (this.#card === undefined) this.#fail(command, CCID_ERROR.mute);
    else this.#answer(command, { type: ANSWER.dataBlock, data: this.#card.atr });
  }

  #transfer(command: CcidCommand): void {
    const card = this.#powered ? this.#card : undefined;
    if (card === undefined) {
      this.#fail(command, CCID_ERROR.mute);
      return;
    }
    if (command.level === LEVEL.nextPart) {
      this.#sendPart(command, CHAIN.goesOn, CHAIN.ends);
      return;
    }
    this.#rest = undefined;
    if (command.level === LEVEL.whole || command.level === LEVEL.begins) this.#begun = [];
    const parts = [...this.#begun, command.data];
    if (parts.reduce((sum, part) => sum + part.length, 0) > APDU_BYTES) {
      this.#begun = [];
      this.#fail(command, CCID_ERROR.length);
    } else if (command.level === LEVEL.begins || command.level === LEVEL.goesOn) {
      this.#begun = parts;
      this.#answer(command, { type: ANSWER.dataBlock, extra: CHAIN.sendMore });
    } else {
      this.#begun = [];
      this.#work(command, card, joined(parts));
    }
  }

  /** Lets the card work on an APDU, and asks for more time meanwhile. */
  #work(command: CcidCommand, card: VirtualCard, apdu: Uint8Array): void {
    const extension = setInterval(() => {
      this.#answer(command, { type: ANSWER.dataBlock, outcome: OUTCOME.timeExtension, error: 1 });
    }, EXTENSION_MS);
    const working = { command, extension };
    this.#working = working;
    const done = (finish: () => void): void => {
      if (this.#working !== working) return; // aborted, or the card has gone
      this.#stopWork();
      finish();
    };
    // An async call, so that a card that throws at once fails like one that rejects.
    (async () => card.transmit(apdu))().then(
      (response) => {
        done(() => {
          this.#respond(command, response);
        });
      },
      (error: unknown) => {
        this.#ends.failed(error);
        done(() => {
          this.#fail(command, CCID_ERROR.hardware);
        });
      },
    );
  }

  #respond(command: CcidCommand, response: Uint8Array): void {
    if (response.length > RESPONSE_BYTES) {
      this.#ends.failed(new RangeError(`a card answered ${response.length} bytes`));
      this.#fail(command, CCID_ERROR.hardware);
      return;
    }
    this.#rest = response;
    this.#sendPart(command, CHAIN.begins, CHAIN.whole);
  }

  /** The next part of the answer: `more` says that others follow, `last` that none does. */
  #sendPart(command: CcidCommand, more: number, last: number): void {
    const rest = this.#rest ?? new Uint8Array(0);
    const room = this.#mostBytes - HEAD_BYTES;
    const left = rest.length > room;
    this.#rest = left ? rest.subarray(room) : undefined;
    const extra = left ? more : last;
    this.#answer(command, { type: ANSWER.dataBlock, extra, data: rest.subarray(0, room) });
  }

  #abort(command: CcidCommand): void {
    this.#stopWork();
    this.#forget();
    this.#answer(command, { type: ANSWER.slotStatus });
  }

  #stopWork(): CcidCommand | undefined {
    const working = this.#working;
    this.#working = undefined;
    clearInterval(working?.extension);
    return working?.command;
  }

  #forget(): void {
    this.#begun = [];
    this.#rest = undefined;
  }

  #fail(command: CcidCommand, error: number): void {
    this.#answer(command, { type: failureTypeOf(command.type), outcome: OUTCOME.failed, error });
  }

  #answer(
    command: CcidCommand,
    answer: Omit<CcidAnswer, 'icc' | 'outcome'> & { readonly outcome?: number },
  ): void {
    this.#ends.send(writeAnswer(command, { outcome: OUTCOME.done, icc: this.#icc, ...answer }));
  }

  get #icc(): number {
    if (this.#card === undefined) return ICC.absent;
    return this.#powered ? ICC.active : ICC.present;
  }
}

/** What answers a command also when it fails (CCID 1.10, table 6.1-1). */
function failureTypeOf(command: number): number {
  if (command === COMMAND.iccPowerOn || command === COMMAND.xfrBlock) return ANSWER.dataBlock;
  const isParameters =
    command === COMMAND.setParameters ||
    command === COMMAND.getParameters ||
    command === COMMAND.resetParameters;
  return isParameters ? ANSWER.parameters : ANSWER.slotStatus;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
