import { delay, DeviceError, DeviceLife, OperationGate, withDeadline } from '@buergerkoffer/core';
import type { DeviceInfo, End } from '@buergerkoffer/core';
import type { Fault, FaultScript, Losable } from '@buergerkoffer/core/simulation';
import type {
  DocumentScanner,
  ScanItem,
  ScannerCapabilities,
  ScannerStatus,
  ScanSettings,
} from '../document-scanner.js';
import { iterateAlone, type PreparedRun } from '../gated-iteration.js';
import { planScan, type ScanPlan } from '../scan-plan.js';
import { makePage } from './page-content.js';
import type { SimulatedDocument } from './simulated-document.js';

/** How long a status may take, in milliseconds; stated at {@link DocumentScanner.status}. */
const STATUS_MS = 10_000;

/** What the open scanner plays. */
export interface ScannerScene {
  readonly info: DeviceInfo;
  readonly capabilities: ScannerCapabilities;
  readonly seed: number;
  readonly paceMs: number;
  readonly feeder: readonly [SimulatedDocument, ...SimulatedDocument[]];
  nextOnGlass(): SimulatedDocument;
}

interface World {
  readonly faults: FaultScript;
  readonly vanish: () => void;
}

/** One open simulated scanner. */
export class OpenSimulatedScanner implements DocumentScanner, Losable {
  readonly info: DeviceInfo;
  readonly capabilities: ScannerCapabilities;
  readonly #world: World;
  readonly #scene: ScannerScene;
  readonly #life = new DeviceLife();
  /** The status can be asked for beside a scan, so it has a gate of its own. */
  readonly #asking = new OperationGate();
  #feeder: NonNullable<ScannerStatus['adf']> = 'loaded';
  #scanning = false;

  constructor(world: World, scene: ScannerScene) {
    this.info = scene.info;
    this.capabilities = scene.capabilities;
    this.#world = world;
    this.#scene = scene;
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  close(): Promise<void> {
    void this.#asking.end(new DeviceError('closed', 'the device was closed'));
    return this.#life.close();
  }

  lose(error: DeviceError): void {
    void this.#asking.end(error);
    this.#life.lose(error);
  }

  status(signal?: AbortSignal): Promise<ScannerStatus> {
    return this.#asking.call(
      'status',
      (ended) => withDeadline('status', STATUS_MS, (inner) => this.#answer(inner), ended),
      signal,
    );
  }

  scan(settings: ScanSettings, signal?: AbortSignal): AsyncIterable<ScanItem> {
    const prepare = (): PreparedRun<ScanItem> => {
      const plan = planScan(this.capabilities, settings);
      return { patienceMs: plan.patienceMs, produce: (ended) => this.#run(plan, ended) };
    };
    return iterateAlone(this.#life.gate, 'scan', prepare, signal);
  }

  async #answer(signal: AbortSignal): Promise<ScannerStatus> {
    const fault = this.#world.faults.take('status');
    switch (fault?.type) {
      case undefined:
        break;
      case 'time-out':
        return silence(signal);
      case 'stall':
        throw new DeviceError('protocol', 'the scanner answered with a status that is no XML');
      case 'vanish':
        this.#world.vanish();
        return silence(signal);
      case 'retry':
      case 'jam':
      case 'paper-out':
        throw noSuchFault(fault, 'status');
      default:
        return fault satisfies never;
    }
    const blocked = this.#feeder === 'jam' || this.#feeder === 'cover-open';
    const state = blocked ? 'stopped' : this.#scanning ? 'processing' : 'idle';
    return this.capabilities.sources.includes('adf') ? { state, adf: this.#feeder } : { state };
  }

  async *#run(plan: ScanPlan, signal: AbortSignal): AsyncGenerator<ScanItem, undefined> {
    const fault = this.#world.faults.take('scan');
    if (fault !== undefined && !makesSense(fault, plan)) throw noSuchFault(fault, `scan from ${plan.source}`);
    this.#scanning = true;
    try {
      if (fault?.type === 'time-out') await silence(signal);
      if (fault?.type === 'paper-out') yield* this.#needsHand('empty', signal);
      yield* this.#pages(plan, fault, signal);
      return undefined;
    } finally {
      this.#scanning = false;
      this.#feeder = 'loaded';
    }
  }

  async *#pages(
    plan: ScanPlan,
    fault: Fault | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ScanItem, undefined> {
    const { feeder, paceMs, seed } = this.#scene;
    const documents = plan.source === 'adf' ? feeder : [this.#scene.nextOnGlass()];
    const sides = documents.flatMap((document) => (plan.duplex ? [document, document] : [document]));
    const jamAt = Math.min(1, sides.length - 1);
    for (const [index, document] of sides.entries()) {
      await delay(paceMs, signal);
      if (fault?.type === 'stall') throw new DeviceError('protocol', 'the page broke off in the middle');
      // The torn page is dropped: the sheet goes in again and is scanned from its top.
      if (fault?.type === 'jam' && index === jamAt) yield* this.#needsHand('jam', signal);
      yield { type: 'page', page: makePage(document, index + 1, plan, seed) };
      if (fault?.type === 'vanish') {
        await delay(paceMs, signal);
        this.#world.vanish();
        await silence(signal);
      }
    }
    return undefined;
  }

  async *#needsHand(reason: 'jam' | 'empty', signal: AbortSignal): AsyncGenerator<ScanItem, undefined> {
    // Listening begins before anybody hears of it: a hand may be quick.
    const cleared = this.#world.faults.cleared(signal);
    cleared.catch(() => undefined);
    this.#feeder = reason;
    yield { type: 'attention', reason };
    await cleared;
    this.#feeder = 'loaded';
    return undefined;
  }
}

function makesSense(fault: Fault, plan: ScanPlan): boolean {
  switch (fault.type) {
    case 'time-out':
    case 'stall':
    case 'vanish':
      return true;
    case 'jam':
    case 'paper-out':
      return plan.source === 'adf';
    case 'retry':
      return false;
    default:
      return fault satisfies never;
  }
}

function noSuchFault(fault: Fault, operation: string): DeviceError {
  return new DeviceError('unsupported', `a simulated scanner has no fault ${fault.type} in ${operation}`);
}

/** Never resolves; rejects with `signal.reason`. */
function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => {
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
