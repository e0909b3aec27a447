import type { ByteTransport, CallOptions } from '../../transport.js';
import { sameBytes } from './expectations.js';
import { HELD_MS, LATE_MS, PATIENT } from './limits.js';
import { LINE_FRAME, lineFrame } from './line-protocol.js';
import { LineReference } from './line-reference.js';
import { patternBytes } from './pattern.js';
import type { TransportKit } from './transport-kit.js';

/** The kinds of bus whose transport is bytes in, bytes out. */
export type LineKind = 'serial' | 'tcp';

/** How to talk to the reference device on a line; `filling` bytes are more than the way holds. */
export function lineKit<K extends LineKind>(filling: number): TransportKit<K> {
  const fill = (): Uint8Array => lineFrame(LINE_FRAME.take, new Uint8Array(filling));
  return {
    exchange: (line, options) => {
      const patient = { ...PATIENT, ...options };
      const exchange = async (device: LineReference): Promise<void> => {
        const bytes = patternBytes(300, 1);
        sameBytes('an echo', await device.echo(bytes, patient), bytes);
      };
      return asked(line, exchange, patient);
    },
    stuckCall: 'a pending write',
    stuck: async (line) => {
      const filler = fill();
      await asked(line, (device) => device.hold(HELD_MS));
      return (options) => line.write(filler, options);
    },
    late: async (line) => {
      const filler = fill();
      await asked(line, (device) => device.hold(LATE_MS));
      await line.write(filler);
    },
    calls: (line) => [{ name: 'write()', make: () => line.write(new Uint8Array([1])) }],
  };
}

/** Reads the line while `work` asks the device on it, which begins anew before. */
export async function asked<T>(
  line: ByteTransport,
  work: (device: LineReference) => Promise<T>,
  options: CallOptions = PATIENT,
): Promise<T> {
  const device = new LineReference(line);
  try {
    await device.sync(options);
    return await work(device);
  } finally {
    device.leave();
  }
}
