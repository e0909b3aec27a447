import { map } from 'rxjs';
import type { ByteTransport } from '../transport.js';
import { nothing, unknownOperation, type FarTransport, type ServedTransport } from './transport-ends.js';

/** A serial line or a TCP connection, where it is. */
export function servedBytes(line: ByteTransport): ServedTransport {
  return {
    ended: line.ended,
    close: () => line.close(),
    said: {},
    call: async (operation, input, options) => {
      if (operation !== 'write') throw unknownOperation(operation);
      await line.write(input.bytes('data'), options);
      return { value: {} };
    },
    streams: { input: { items: line.input.pipe(map((data) => ({ data }))), keep: 'all' } },
  };
}

/** The same line, where the app is. */
export function farBytes(far: FarTransport): ByteTransport {
  return {
    ended: far.ended,
    close: () => far.close(),
    input: far.stream('input', (item) => item.bytes('data')),
    write: (data, options) => far.call('write', { data }, nothing, options),
  } satisfies Required<ByteTransport>;
}
