import { resolve, sep } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import type { StateFolder } from './stage/state-folder.js';

/** What can go wrong in the demo, on demand, and how it shows. */
export const FAULTS = {
  'finger-retry': 'der Finger wird zweimal zu kurz aufgelegt',
  'finger-lost': 'der Fingerabdruckscanner wird mitten in der Aufnahme abgezogen und wieder angesteckt',
  'finger-silent': 'der Fingerabdruckscanner antwortet nicht mehr',
  'camera-stall': 'die Kamera antwortet mit einem Protokollfehler',
  'camera-lost': 'die Kamera verschwindet bei der Aufnahme',
  'scanner-stall': 'der Dokumentenscanner antwortet mit einem Protokollfehler',
  'signature-retry': 'die Unterschrift wird noch einmal verlangt',
  'signature-lost': 'das Unterschriftenpad wird abgezogen',
  'printer-paper-out': 'dem Drucker geht das Papier aus',
  'printer-jam': 'im Drucker staut sich das Papier',
  'printer-lost': 'der Drucker verschwindet mitten im Druck',
  'modem-lost': 'das Mobilfunkmodem wird abgezogen',
  'network-slow': 'das Fachverfahren antwortet erst nach zwei Sekunden',
  'network-refuse': 'das Fachverfahren ist zweimal überlastet',
  'network-garbage': 'statt des Fachverfahrens antwortet einmal eine Anmeldeseite',
  'answer-twice': 'das Fachverfahren antwortet doppelt',
  'drop-after-accept': 'die Verbindung reißt ab, nachdem das Fachverfahren angenommen hat',
  reject: 'das Fachverfahren weist ab, die Nachricht 0430 mit einer Rückweisung 0010',
} as const satisfies Readonly<Record<string, string>>;

/** A fault of the demo. */
export type FaultName = keyof typeof FAULTS;

/** How the demo is run; everything has a default. */
export interface DemoOptions {
  /** Folder for what the Fachverfahren received. Default `ausgabe`. */
  readonly out?: string;
  /** Seed of the simulators, 0 to 4294967295. Default 1. */
  readonly seed?: number;
  /** JPEG or PNG to take as the photo. */
  readonly photo?: string;
  /** PGM, PNG or raw image, also gzipped, to take as the right or left index finger. */
  readonly fingerRight?: string;
  readonly fingerLeft?: string;
  /** Size of raw finger images, `WIDTHxHEIGHT` in pixels. */
  readonly fingerSize?: string;
  readonly fault?: FaultName;
  /** Without network from the visit on: the case ends sealed in the outbox. */
  readonly offline?: boolean;
  /** Goes on where an earlier run ended: an interrupted visit, or an outbox that waits for the network. */
  readonly resume?: boolean;
  /** Folder for the suitcase's own state. Default: in the user's state folder, one for each `out`. */
  readonly state?: string;
  /** Address of a Fachverfahren that runs already; without it the demo starts its double. */
  readonly fachverfahren?: string;
}

/** `name` as a fault; `InputError` with the list of faults otherwise. */
export function faultNamed(name: string): FaultName {
  const found = Object.keys(FAULTS).find((fault): fault is FaultName => fault === name);
  if (found === undefined) {
    throw new InputError(
      'unsupported',
      `there is no fault of that name; known are ${Object.keys(FAULTS).join(', ')}`,
      { path: 'fault', remedy: 'name one of them with --fault' },
    );
  }
  return found;
}

/** `text` as a seed; `InputError` otherwise. */
export function seedOf(text: string): number {
  const seed = Number(text);
  if (!/^\d{1,10}$/.test(text) || seed > 0xffff_ffff) {
    throw new InputError('out-of-range', 'a seed is a whole number from 0 to 4294967295', { path: 'seed' });
  }
  return seed;
}

/** Refuses what cannot go together with `InputError`, before anything is touched. */
export function checkOptions(options: DemoOptions, out: string, state: StateFolder): void {
  if (options.seed !== undefined) seedOf(String(options.seed));
  if (out.trim() === '') throw new InputError('missing', 'the output folder has no name', { path: 'out' });
  if (isWithin(out, state.root) || isWithin(state.root, out)) {
    throw new InputError('not-allowed', 'the state folder and the output folder lie in each other', {
      path: state.root,
      remedy: 'name two folders beside each other with --out and --state',
    });
  }
  if (options.offline === true && options.fachverfahren !== undefined) {
    throw new InputError('not-allowed', "only the demo's own Fachverfahren can be without network", {
      path: 'offline',
      remedy: 'leave out --offline or --fachverfahren',
    });
  }
}

function isWithin(inner: string, outer: string): boolean {
  return `${resolve(inner)}${sep}`.startsWith(`${resolve(outer)}${sep}`);
}
