import type { ByteTransport } from '@buergerkoffer/core';
import { Subject } from 'rxjs';
import { expect, it } from 'vitest';
import { PacketStream } from '../../src/session/packet-stream.js';

it('keeps no more than 80 MiB of what nobody reads', async () => {
  const input = new Subject<Uint8Array>();
  const stream = new PacketStream({ input } as Pick<ByteTransport, 'input'> as ByteTransport);
  const chunk = new Uint8Array(16 * 1024 * 1024);
  for (let sent = 0; sent < 5; sent += 1) input.next(chunk);
  expect(stream.brokenBy).toBeUndefined();
  input.next(Uint8Array.of(1));
  expect(stream.brokenBy).toMatchObject({ code: 'protocol' });
  const { signal } = new AbortController();
  await expect(stream.next({ signal, maxBytes: 1024 })).rejects.toMatchObject({ code: 'protocol' });
});
