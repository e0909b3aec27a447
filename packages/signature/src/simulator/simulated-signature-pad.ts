import { DeviceError, DeviceLife, type DeviceInfo, type End } from '@buergerkoffer/core';
import {
  seededRandom,
  simulate,
  type FaultScript,
  type KnownFaults,
  type Losable,
  type Simulated,
  type SimulationOptions,
} from '@buergerkoffer/core/simulation';
import { InputError } from '@buergerkoffer/formats';
import { defer, map, merge, takeWhile, timer, type Observable } from 'rxjs';
import { checkSignature, type PenSample, type Signature } from '../model/pen-sample.js';
import { checkedSignRequest } from '../sign-request.js';
import {
  SIGNATURE_PAD,
  type SignaturePad,
  type SignaturePadCapabilities,
  type SignEvent,
  type SignRequest,
} from '../signature-pad.js';
import { writeSignature } from '../synthesis/synthetic-signature.js';
import { playSigning, type SimulatedCitizen } from './sign-script.js';

/** What a simulated signature pad can be told. */
export interface SimulatedSignaturePadOptions extends SimulationOptions {
  /** Default 20: a signature takes about half a second, its samples carry the times of a hand. */
  readonly paceMs?: number;
  /** The name that is written; a fictional one. Default `M. Beispiel`. */
  readonly name?: string;
  /** Samples to play instead, within a writing area of 108 x 65 mm. */
  readonly samples?: readonly PenSample[];
  /** Default `signs`. */
  readonly citizen?: SimulatedCitizen;
}

/**
 * A pad that exists in memory only, and a citizen who does not exist. It shows the faults `retry`, `time-out`,
 * `stall` and `vanish` of the operation `sign`; any other fault is refused here with `unsupported` (one planned
 * later: when it is planned), samples that nobody can have written with `InputError('out-of-range')`, a name
 * without a letter with `InputError('missing')`.
 */
export function simulatedSignaturePad(options: SimulatedSignaturePadOptions = {}): Simulated<SignaturePad> {
  const write = options.samples === undefined ? syntheticHand(options) : playedHand(options.samples);
  const { citizen = 'signs', paceMs = 20 } = options;
  return simulate(
    SIGNATURE_PAD,
    INFO,
    options,
    (world) => new SimulatedPad({ ...world, write, citizen, paceMs }),
    FAULTS,
  );
}

const FAULTS: KnownFaults = {
  thing: 'a simulated signature pad',
  operations: { sign: ['retry', 'time-out', 'stall', 'vanish'] },
};

const INFO: DeviceInfo = { maker: 'Bürgerkoffer SDK', model: 'Simulated signature pad', simulated: true };

const CAPABILITIES: SignaturePadCapabilities = {
  widthMm: 108,
  heightMm: 65,
  maxX: 10_800,
  maxY: 6_500,
  pressureLevels: 1_024,
  samplesPerSecond: 200,
  display: { type: 'colour', widthPx: 800, heightPx: 480 },
};

function syntheticHand({ seed = 1, name = 'M. Beispiel' }: SimulatedSignaturePadOptions): () => Signature {
  if (name.trim() === '') throw new InputError('missing', 'there is no name to write', { path: 'name' });
  const random = seededRandom(seed).fork('signature');
  let written = 0;
  return () => {
    written += 1;
    return writeSignature(name, CAPABILITIES, random, `signature ${written}`);
  };
}

function playedHand(samples: readonly PenSample[]): () => Signature {
  const signature = { samples, widthMm: CAPABILITIES.widthMm, heightMm: CAPABILITIES.heightMm };
  checkSignature(signature);
  return () => signature;
}

interface Parts {
  readonly info: DeviceInfo;
  readonly faults: FaultScript;
  readonly vanish: () => void;
  readonly write: () => Signature;
  readonly citizen: SimulatedCitizen;
  readonly paceMs: number;
}

class SimulatedPad implements SignaturePad, Losable {
  readonly info: DeviceInfo;
  readonly capabilities = CAPABILITIES;
  readonly ended: Promise<End>;
  readonly #life = new DeviceLife();
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.info = parts.info;
    this.ended = this.#life.ended;
  }

  sign(request?: SignRequest): Observable<SignEvent> {
    return this.#life.gate.stream('sign', () => defer(() => this.#sign(request)));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  lose(error: DeviceError): void {
    this.#life.lose(error);
  }

  #sign(request?: SignRequest): Observable<SignEvent> {
    const { patienceMs } = checkedSignRequest(request);
    const { faults, vanish, write, citizen, paceMs } = this.#parts;
    const fault = faults.take('sign');
    return merge(
      playSigning({ citizen, write, paceMs, fault, vanish }),
      timer(patienceMs).pipe(
        map(() => {
          throw new DeviceError('timeout', `neither confirmed nor declined within ${patienceMs} ms`);
        }),
      ),
    ).pipe(takeWhile((event) => event.type !== 'confirmed' && event.type !== 'declined', true));
  }
}
