// A bus that echoes, from the built package; some of its ports block their thread for ever: in a loop, or in a system
// call that waits for somebody to write into the pipe which the second argument names.
import { openSync } from 'node:fs';
import process from 'node:process';
import { Observable, Subject } from 'rxjs';
import { DeviceLife } from '@buergerkoffer/core';
import { serveBus } from '@buergerkoffer/core/node';

const fault = process.argv[2] ?? 'none';
if (fault === 'throws') throw new TypeError('Erika Mustermann');
if (fault === 'exits') {
  process.stderr.write('Erika Mustermann');
  process.exit(3);
}

function block() {
  for (;;);
}

const port = (id) => ({ bus: 'serial', id, path: id, physical: `usb:${id}`, model: String(process.pid) });

await serveBus({
  kind: 'serial',
  events: new Observable((subscriber) => {
    for (const id of ['echo', 'stuck-open', 'stuck-write', 'stuck-native'])
      subscriber.next({ type: 'attached', port: port(id) });
    subscriber.next({ type: 'listed' });
  }),
  open: ({ id }) => {
    if (id === 'stuck-open') block();
    if (id === 'stuck-native') openSync(process.argv[3], 'r');
    const input = new Subject();
    const life = new DeviceLife();
    return Promise.resolve({
      input,
      ended: life.ended,
      close: () => life.close(),
      write: (bytes) => {
        if (id === 'stuck-write') block();
        input.next(bytes.slice());
        return Promise.resolve();
      },
    });
  },
});
