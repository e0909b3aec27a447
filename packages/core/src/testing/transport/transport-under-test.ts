import type { Bus } from '../../bus.js';
import type { BusKind, Port } from '../../port.js';
import type { OpenOptionsOf } from '../../transport.js';

/** Which piece of reference hardware a port belongs to: the first device, its other interface, or its twin. */
export type ReferenceRole = 'first' | 'sibling' | 'second';

/**
 * What a transport suite works with: a bus on which the reference hardware is attached, and the few things that only
 * a hand can do. All else is asked of the reference hardware through the transport under test.
 */
export interface TransportUnderTest<K extends BusKind> {
  readonly bus: Bus<K>;
  /** What the reference hardware is opened with. */
  readonly openOptions: OpenOptionsOf[K];
  /** Which piece of the reference hardware is at `port`; undefined for whatever else is attached. */
  roleOf(port: Port<K>): ReferenceRole | undefined;
  /** Pulls the plug of the first device; absent where no program can. */
  unplug?(): void | Promise<void>;
  /** Plugs the first device in again. */
  plug?(): void | Promise<void>;
  /** pcsc: puts the reference card into the slot of the first reader, which is empty at first. */
  insertCard?(): void | Promise<void>;
  /** pcsc: takes it out. */
  removeCard?(): void | Promise<void>;
  /** A bus of this kind whose library or service is missing. */
  absentBus?(): Bus<K>;
  /** Handles, timers and listeners that live now, by name; a count that has grown after a case is a leak. */
  leaks?(): Readonly<Record<string, number>>;
  /** What this platform cannot do, and why, in words; cases that need it are skipped and say so. */
  readonly lacks?: Readonly<Partial<Record<TransportNeed, string>>>;
  /** How many times slower than ordinary hardware on an idle computer this is. Default 1; an emulator may need 10. */
  readonly slowness?: number;
  /** Called after each case: unplugs what was plugged in for it. */
  release?(): void | Promise<void>;
}

/** What a case needs beyond one reference device. */
export type TransportNeed =
  /** `unplug` of the subject. */
  | 'unplug'
  /** `unplug` and `plug` of the subject. */
  | 'replug'
  /** `leaks` of the subject. */
  | 'leaks'
  /** `absentBus` of the subject. */
  | 'absent-bus'
  /** `insertCard` and `removeCard` of the subject. */
  | 'card'
  /** A twin of the first device is attached beside it. */
  | 'second'
  /** The device's other interface is a port of its own. */
  | 'sibling'
  /** Pending calls end when their signal is aborted. */
  | 'cancel'
  /** Pending calls end at their deadline. */
  | 'deadline'
  /** Extended APDUs of 64 KiB. */
  | 'extended-apdu'
  /** The service is a server on a wire, which can break the rules of HTTP. */
  | 'wire';

/** One promise that every transport of a kind keeps. */
export interface TransportCase<K extends BusKind> {
  /** A sentence in the present tense. */
  readonly name: string;
  readonly needs?: readonly TransportNeed[];
  /** Whether it may leave the hardware in the middle of something: hardware that is kept from case to case gets power anew then. */
  readonly spoils?: true;
  /** Resolves when the promise is kept; rejects with `ContractViolation`, or what was thrown instead, when not. */
  run(subject: TransportUnderTest<K>): Promise<void>;
}

/** Why `subject` cannot run `one`, in words; undefined when it can. */
export function lackOf<K extends BusKind>(
  one: TransportCase<K>,
  subject: TransportUnderTest<K>,
): string | undefined {
  for (const need of one.needs ?? []) {
    const reason = subject.lacks?.[need] ?? missingPart(need, subject);
    if (reason !== undefined) return `needs ${need}: ${reason}`;
  }
  return undefined;
}

function missingPart<K extends BusKind>(
  need: TransportNeed,
  subject: TransportUnderTest<K>,
): string | undefined {
  switch (need) {
    case 'unplug':
      return subject.unplug === undefined ? 'the subject has no unplug()' : undefined;
    case 'replug':
      return subject.unplug === undefined || subject.plug === undefined
        ? 'the subject has no unplug() and plug()'
        : undefined;
    case 'leaks':
      return subject.leaks === undefined ? 'the subject has no leaks()' : undefined;
    case 'absent-bus':
      return subject.absentBus === undefined ? 'the subject has no absentBus()' : undefined;
    case 'card':
      return subject.insertCard === undefined || subject.removeCard === undefined
        ? 'the subject has no insertCard() and removeCard()'
        : undefined;
    case 'second':
    case 'sibling':
    case 'cancel':
    case 'deadline':
    case 'extended-apdu':
    case 'wire':
      return undefined;
    default:
      return need satisfies never;
  }
}
