import { InputError } from '@buergerkoffer/formats';
import { MAX_PARAMETERS } from './container.js';
import { datasetReader } from './fields.js';

/** An event with its parameters. */
export interface PtpEvent {
  readonly code: number;
  readonly parameters: readonly number[];
}

/** The events in an answer to GetEvent (0x90c7): their number, then code and one parameter each. */
export function readNikonEvents(bytes: Uint8Array): readonly PtpEvent[] {
  if (bytes.length === 0) return [];
  const reader = datasetReader(bytes);
  const count = reader.u16();
  const events = reader.sub(6 * count);
  return Array.from({ length: count }, () => ({ code: events.u16(), parameters: [events.u32()] }));
}

/**
 * The events in an answer to GetEventEx (0x941c): their number and two bytes of no meaning, then code, number of
 * parameters, and parameters of each. InputError `out-of-range` for more than five.
 */
export function readNikonEventsEx(bytes: Uint8Array): readonly PtpEvent[] {
  if (bytes.length === 0) return [];
  const reader = datasetReader(bytes);
  const count = reader.u16();
  if (count === 0) return [];
  reader.skip(2);
  return Array.from({ length: count }, () => {
    const code = reader.u16();
    const { offset } = reader;
    const parameters = reader.u16();
    if (parameters > MAX_PARAMETERS) {
      throw new InputError('out-of-range', `an event has ${parameters} parameters`, { offset });
    }
    return { code, parameters: Array.from({ length: parameters }, () => reader.u32()) };
  });
}
