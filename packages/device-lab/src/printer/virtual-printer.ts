/** What keeps a printer of the plain USB class from printing, as far as it can tell. */
export type PrinterHindrance = 'paper-empty' | 'not-selected' | 'error';

/** What a virtual printer is made with. */
export interface VirtualPrinterOptions {
  /** IEEE 1284 device id: `MFG:Lab;MDL:Plain printer;CMD:PDF;`. */
  readonly deviceId: string;
}

/** A printer of the plain USB class: bytes go in, and it tells no more than whether something stops it. */
export interface VirtualPrinter {
  readonly deviceId: string;
  /** What it took since it was made or was told to forget, one entry for each transfer. */
  readonly received: readonly Uint8Array[];
  /** How often its host told it to forget what it has (SOFT_RESET). */
  readonly resets: number;
  readonly hindrance: PrinterHindrance | undefined;
  /** Takes nothing more until {@link VirtualPrinter.clear}; a transfer that has begun waits. */
  hinder(hindrance: PrinterHindrance): void;
  /** A person has seen to it. */
  clear(): void;
  /** Takes a transfer; resolves when there was room for it. */
  take(data: Uint8Array): Promise<void>;
  /** Forgets what it took, and the transfer that waits. */
  reset(): void;
}

/** A printer that is ready. */
export function virtualPrinter({ deviceId }: VirtualPrinterOptions): VirtualPrinter {
  return new PaperEater(deviceId);
}

class PaperEater implements VirtualPrinter {
  readonly deviceId: string;
  #received: Uint8Array[] = [];
  #resets = 0;
  #hindrance: PrinterHindrance | undefined;
  /** Goes on with the transfer that waits: it is taken, or thrown away. */
  #goOn: ((what: 'take' | 'forget') => void) | undefined;

  constructor(deviceId: string) {
    this.deviceId = deviceId;
  }

  get received(): readonly Uint8Array[] {
    return this.#received;
  }

  get resets(): number {
    return this.#resets;
  }

  get hindrance(): PrinterHindrance | undefined {
    return this.#hindrance;
  }

  hinder(hindrance: PrinterHindrance): void {
    this.#hindrance = hindrance;
  }

  clear(): void {
    this.#hindrance = undefined;
    this.#goOn?.('take');
  }

  async take(data: Uint8Array): Promise<void> {
    if (this.#hindrance !== undefined) {
      const what = await new Promise<'take' | 'forget'>((resolve) => {
        this.#goOn?.('forget');
        this.#goOn = resolve;
      });
      if (what === 'forget') return;
    }
    this.#received.push(data);
  }

  reset(): void {
    this.#resets += 1;
    this.#received = [];
    this.#goOn?.('forget');
    this.#goOn = undefined;
  }
}
