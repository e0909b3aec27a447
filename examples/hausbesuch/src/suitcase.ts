import { simulatedCamera } from '@buergerkoffer/camera/simulator';
import type { Photo } from '@buergerkoffer/camera';
import { simulatedModem } from '@buergerkoffer/connectivity/simulator';
import type { PlannedFault, Simulated } from '@buergerkoffer/core/simulation';
import { simulatedCardTerminal } from '@buergerkoffer/eid/simulator';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';
import type { GreyImage } from '@buergerkoffer/formats';
import { simulatedPrinter } from '@buergerkoffer/print/simulator';
import { simulatedDocumentScanner } from '@buergerkoffer/scan/simulator';
import { simulatedSignaturePad } from '@buergerkoffer/signature/simulator';
import { household } from './household.js';
import type { FaultName } from './options.js';

/** What the simulated suitcase is packed with. */
export interface SuitcaseOptions {
  readonly seed: number;
  /** A real photo instead of the drawn one. */
  readonly photo?: Photo;
  readonly fingers?: { readonly right?: GreyImage; readonly left?: GreyImage };
  readonly fault?: FaultName;
}

/** The simulated suitcase: seven things to lay on a bench. */
export interface SimulatedSuitcase {
  readonly things: readonly Simulated[];
}

/** Which call of which device shows a fault of the demo; faults of the network are the Fachverfahren's. */
const DEVICE_FAULTS: Readonly<
  Partial<Record<FaultName, { readonly device: string; readonly planned: PlannedFault }>>
> = {
  'finger-retry': { device: 'finger', planned: { operation: 'capture', fault: { type: 'retry', times: 2 } } },
  'finger-lost': {
    device: 'finger',
    planned: { operation: 'capture', onCall: 2, fault: { type: 'vanish' } },
  },
  'finger-silent': { device: 'finger', planned: { operation: 'capture', fault: { type: 'time-out' } } },
  'camera-stall': { device: 'camera', planned: { operation: 'capture', fault: { type: 'stall' } } },
  'camera-lost': { device: 'camera', planned: { operation: 'capture', fault: { type: 'vanish' } } },
  'scanner-stall': { device: 'scanner', planned: { operation: 'scan', fault: { type: 'stall' } } },
  'signature-retry': {
    device: 'signature',
    planned: { operation: 'sign', fault: { type: 'retry', times: 1 } },
  },
  'signature-lost': { device: 'signature', planned: { operation: 'sign', fault: { type: 'vanish' } } },
  'printer-paper-out': { device: 'printer', planned: { operation: 'print', fault: { type: 'paper-out' } } },
  'printer-jam': { device: 'printer', planned: { operation: 'print', fault: { type: 'jam' } } },
  'printer-lost': {
    device: 'printer',
    planned: { operation: 'print', onCall: 3, fault: { type: 'vanish' } },
  },
  'modem-lost': { device: 'modem', planned: { operation: 'link', fault: { type: 'vanish' } } },
};

/** The person before the camera, as the household describes her. */
export const SITTER = { figure: 'woman', hairstyle: 'waves', eyes: 'blue', skin: 'fair' } as const;

/** The seven simulators of the suitcase, from one seed. */
export function simulatedSuitcase(options: SuitcaseOptions): SimulatedSuitcase {
  const { seed, photo, fingers = {} } = options;
  const fault = options.fault === undefined ? undefined : DEVICE_FAULTS[options.fault];
  const common = (device: string) => ({
    seed,
    faults: fault?.device === device ? [fault.planned] : [],
  });
  const { oldCard, oldPassport, told } = household(new Date());
  const images = {
    ...(fingers.right === undefined ? {} : { 'right-index': fingers.right }),
    ...(fingers.left === undefined ? {} : { 'left-index': fingers.left }),
  };
  return {
    things: [
      simulatedFingerprintScanner({ ...common('finger'), images }),
      simulatedCamera({
        ...common('camera'),
        person: SITTER,
        ...(photo === undefined ? {} : { photos: [photo] }),
      }),
      simulatedDocumentScanner({
        ...common('scanner'),
        documents: [{ td1: threeLines(oldCard.mrz) }, { td3: twoLines(oldPassport.mrz) }],
      }),
      simulatedSignaturePad({
        ...common('signature'),
        name: `${told.givenNames.slice(0, 1)}. ${told.familyName}`,
      }),
      simulatedCardTerminal(common('terminal')),
      simulatedPrinter(common('printer')),
      simulatedModem(common('modem')),
    ],
  };
}

function threeLines(mrz: string): [string, string, string] {
  const [first = '', second = '', third = ''] = mrz.split('\n');
  return [first, second, third];
}

function twoLines(mrz: string): [string, string] {
  const [first = '', second = ''] = mrz.split('\n');
  return [first, second];
}
