import { map } from 'rxjs';
import { ByteInput } from '../byte-input.js';
import { DeviceError } from '../device-error.js';
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

/** The same line, where the app is; it is read from the beginning, so that nothing is under way when a reader leaves. */
export function farBytes(far: FarTransport): ByteTransport {
  const input = new ByteInput();
  const reading = far
    .stream('input', (item) => item.bytes('data'))
    .subscribe({
      next: (bytes) => {
        input.push(bytes);
      },
      error: (error: unknown) => {
        input.end({ reason: 'lost', error: DeviceError.from(error, 'protocol', 'the line broke') });
      },
    });
  void far.ended.then((end) => {
    reading.unsubscribe();
    input.end(end);
  });
  return {
    ended: far.ended,
    close: () => far.close(),
    input: input.stream,
    write: (data, options) => far.call('write', { data }, nothing, options),
  } satisfies Required<ByteTransport>;
}
