import type { Bus, Diagnostic } from '../bus.js';
import { portsConflict } from '../leases/port-conflict.js';
import type { MatchIndex } from '../match-index.js';
import type { BusKind, Port } from '../port.js';
import { TokenBucket } from '../token-bucket.js';
import { KnownPort, type Driver } from './known-port.js';
import type { Attachment } from './port-table.js';
import { ask, type Answer } from './question.js';

/** How many things are asked at the same time. */
const ASK_AT_ONCE = 4;
/** One port is asked this often at once, then once in `ASK_AGAIN_MS`: a loose plug must not become a hammer. */
const ASK_BURST = 5;
const ASK_AGAIN_MS = 1_000;
/** A closed door is tried again after these pauses, in milliseconds: udev may still be giving rights. */
const CLOSED_DOOR_PAUSES_MS = [500, 2_000, 8_000] as const;

/**
 * Which drivers understand what is attached to one bus. Things whose ids do not tell are asked, several at once, each
 * by one driver after another; never on a port that is in use, nor on one that conflicts with it.
 */
export class Identification<K extends BusKind> {
  readonly #bus: Bus<K>;
  readonly #index: MatchIndex<K>;
  readonly #changed: () => void;
  readonly #known = new Map<string, KnownPort<K>>();
  /** What is known of ports that were in use when the last watcher left: nobody else can have come there. */
  readonly #kept = new Map<string, KnownPort<K>>();
  readonly #budgets = new Map<string, TokenBucket>();
  readonly #faults = new Map<string, Diagnostic>();
  readonly #used = new Set<Port<K>>();
  #leased: readonly Port[] = [];
  #asking = 0;

  /** `changed` is called when a question was answered. */
  constructor(bus: Bus<K>, index: MatchIndex<K>, changed: () => void) {
    this.#bus = bus;
    this.#index = index;
    this.#changed = changed;
  }

  /** Why things could not be asked. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.#faults.values()];
  }

  /** The drivers that understand the thing at a port; those that need not ask come first. */
  driversOf(portId: string): readonly Driver<K>[] {
    return this.#known.get(portId)?.drivers ?? [];
  }

  /** Takes what is attached now: asks what is new, forgets what has gone. */
  update(attached: ReadonlyMap<string, Attachment<K>>): void {
    for (const [id, known] of this.#known) {
      if (attached.get(id)?.plug === known.plug) continue;
      this.#known.delete(id);
      this.#faults.delete(id);
      known.quit();
    }
    for (const [id, attachment] of attached) {
      const known = this.#known.get(id) ?? this.#takeKept(attachment.port);
      known?.meetAgain(attachment);
      this.#known.set(id, known ?? new KnownPort(this.#index, attachment));
    }
    this.#askAll();
  }

  /** Nobody watches any more: no question is left open. */
  stop(): void {
    for (const [id, known] of this.#known) {
      known.quit();
      if (this.#isUsed(id)) this.#kept.set(id, known);
    }
    this.#known.clear();
    this.#faults.clear();
  }

  /** `ports` are in use by leases; resolves when none of them is open for a question. */
  leave(ports: readonly Port[]): Promise<void> {
    this.#leased = ports;
    return this.#letGo();
  }

  /** A device is opened on `port`: resolves when the port is free for it. The returned function ends the use. */
  async use(port: Port<K>): Promise<() => void> {
    const use = { ...port };
    this.#used.add(use);
    await this.#letGo();
    return () => {
      this.#used.delete(use);
      if (!this.#isUsed(port.id)) this.#kept.delete(port.id);
      this.#askAll();
    };
  }

  #isUsed(portId: string): boolean {
    return [...this.#used].some(({ id }) => id === portId);
  }

  #takeKept(port: Port<K>): KnownPort<K> | undefined {
    const kept = this.#kept.get(port.id);
    this.#kept.delete(port.id);
    return kept?.port.physical === port.physical ? kept : undefined;
  }

  #askAll(): void {
    for (const known of this.#known.values()) {
      if (this.#asking >= ASK_AT_ONCE) return;
      if (known.waits && !this.#conflicts(known.port)) this.#begin(known);
    }
  }

  #conflicts(port: Port<K>): boolean {
    return [...this.#leased, ...this.#used].some((used) => portsConflict(used, port));
  }

  #begin(known: KnownPort<K>): void {
    const waitMs = this.#budgetOf(known.port.id).take();
    if (waitMs > 0) {
      this.#askLater(known, waitMs);
      return;
    }
    const controller = new AbortController();
    this.#asking += 1;
    known.ask(controller, this.#ask(known, controller.signal));
    void known.asking?.over.then(() => {
      this.#asking -= 1;
      this.#askAll();
    });
  }

  #askLater(known: KnownPort<K>, ms: number): void {
    known.pause(ms, () => {
      this.#askAll();
    });
  }

  /** One driver after another, because a port can be open only once; the first that says yes has it. */
  async #ask(known: KnownPort<K>, signal: AbortSignal): Promise<void> {
    for (const driver of known.questions) {
      const answer = await ask(this.#bus, driver, known.port, signal);
      // Gone, or taken by a lease: then it is asked again when it is free.
      if (signal.aborted) return;
      if (this.#heard(known, driver, answer)) return;
    }
    known.answered(undefined);
  }

  /** Takes an answer; whether it was the last one for now. */
  #heard(known: KnownPort<K>, driver: Driver<K>, answer: Answer): boolean {
    switch (answer.type) {
      case 'no':
        return false;
      case 'yes':
        known.answered(driver);
        this.#faults.delete(known.port.id);
        break;
      case 'closed-door': {
        const { code, message, remedy } = answer.error;
        const pauseMs = CLOSED_DOOR_PAUSES_MS[known.closedDoors];
        known.closedDoors += 1;
        if (pauseMs !== undefined && code !== 'unsupported') {
          this.#askLater(known, pauseMs);
          return true;
        }
        known.answered(undefined);
        // A bus that only lists says so itself.
        if (code === 'unsupported') return true;
        this.#blame(known.port, `it cannot be opened: ${message}`, remedy);
        break;
      }
      case 'broken-driver':
        this.#blame(known.port, `the driver ${driver.id} failed with ${answer.fault}`, REPORT);
        this.#changed();
        return false;
      case 'stuck':
        known.answered(undefined);
        this.#blame(known.port, `it did not close after the driver ${driver.id} had asked`, REPLUG);
        break;
      default:
        answer satisfies never;
    }
    this.#changed();
    return true;
  }

  #blame(port: Port<K>, what: string, remedy: string): void {
    this.#faults.set(port.id, {
      code: `${this.#bus.kind}.not-identified`,
      severity: 'warning',
      message: `${port.path} could not be asked what it is: ${what}`,
      remedy,
    });
  }

  async #letGo(): Promise<void> {
    const taken = [...this.#known.values()].filter(({ port }) => this.#conflicts(port));
    const asked = taken.flatMap(({ asking }) => asking ?? []);
    for (const { controller } of asked) controller.abort();
    await Promise.all(asked.map(({ over }) => over));
    this.#askAll();
  }

  #budgetOf(portId: string): TokenBucket {
    const budget = this.#budgets.get(portId) ?? new TokenBucket(ASK_BURST, ASK_AGAIN_MS);
    if (!this.#budgets.has(portId)) {
      for (const [id, { full }] of this.#budgets) if (full) this.#budgets.delete(id);
      this.#budgets.set(portId, budget);
    }
    return budget;
  }
}

const REPORT = 'report it to whoever made the driver; the other devices are not affected';
const REPLUG =
  'unplug it and plug it in again; if it happens again move its bus to a process of its own (childBus)';
