import { DeviceError } from '@buergerkoffer/core';
import type { ScanArea, ScannerCapabilities, ScanSettings } from './document-scanner.js';

/** Settings with every choice made. */
export type ScanPlan = Required<ScanSettings>;

const PATIENCE_MS = 120_000;
const MAX_PATIENCE_MS = 3_600_000;
/** Devices state their sizes in 1/300 inch; two of those are forgiven, in millimetres. */
const ROUNDING_MM = 0.17;

/**
 * The settings with their defaults, checked against the capabilities, for drivers: real scanners accept nonsense and
 * answer it with nothing (AirSane 613a36c takes any ColorMode). DeviceError `invalid-request`, `path` names the field.
 */
export function planScan(capabilities: ScannerCapabilities, settings: ScanSettings): ScanPlan {
  const { source, resolutionPpi, colorMode, duplex = false, patienceMs = PATIENCE_MS } = settings;
  const { sources, resolutionsPpi, colorModes, maxWidthMm, maxHeightMm } = capabilities;
  if (!sources.includes(source)) refuse('source', `the scanner has ${sources.join(', ')}`);
  if (!resolutionsPpi.includes(resolutionPpi))
    refuse('resolutionPpi', `the scanner has ${resolutionsPpi.join(', ')} ppi`);
  if (!colorModes.includes(colorMode)) refuse('colorMode', `the scanner has ${colorModes.join(', ')}`);
  if (duplex && !capabilities.duplex) refuse('duplex', 'the scanner sees one side only');
  if (duplex && source !== 'adf') refuse('duplex', 'both sides need the feeder');
  if (!Number.isInteger(patienceMs) || patienceMs < 1 || patienceMs > MAX_PATIENCE_MS)
    refuse('patienceMs', `it must be a whole number from 1 to ${MAX_PATIENCE_MS}`);
  const whole: ScanArea = { xMm: 0, yMm: 0, widthMm: maxWidthMm, heightMm: maxHeightMm };
  const area = settings.area ?? whole;
  if (!fits(area, whole)) refuse('area', `it must lie within ${maxWidthMm} x ${maxHeightMm} mm`);
  return { source, resolutionPpi, colorMode, duplex, patienceMs, area };
}

function fits({ xMm, yMm, widthMm, heightMm }: ScanArea, whole: ScanArea): boolean {
  return (
    xMm >= 0 &&
    yMm >= 0 &&
    widthMm >= 1 &&
    heightMm >= 1 &&
    xMm + widthMm <= whole.widthMm + ROUNDING_MM &&
    yMm + heightMm <= whole.heightMm + ROUNDING_MM
  );
}

function refuse(path: string, reason: string): never {
  throw new DeviceError('invalid-request', `${path} does not fit this scanner: ${reason}`, { path });
}
