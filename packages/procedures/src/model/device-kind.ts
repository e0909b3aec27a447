import { z } from 'zod';

/** Kinds of device that a step can need; which device fills it is the app's composition. */
export const DeviceKindId = z.enum([
  'fingerprint-scanner',
  'camera',
  'document-scanner',
  'signature-pad',
  'card-terminal',
  'printer',
  'modem',
]);
/** Kind of device that a step can need. */
export type DeviceKindId = z.output<typeof DeviceKindId>;
