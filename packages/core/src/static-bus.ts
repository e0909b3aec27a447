import { Observable } from 'rxjs';
import type { Bus, PortEvent } from './bus.js';
import { DeviceError } from './device-error.js';
import type { Port } from './port.js';

/**
 * A bus of ports that a configuration names: they are attached as long as it is watched, whether or not anything
 * answers there. Throws `invalid-request` when two ports have one id. This release cannot open them: `open`
 * rejects `unsupported`, unless `open` is given.
 */
export function staticBus<K extends 'tcp' | 'http'>(
  kind: K,
  ports: readonly Port<K>[],
  open?: Bus<K>['open'],
): Bus<K> {
  const twice = ports.find((port, index) => ports.findIndex(({ id }) => id === port.id) !== index);
  if (twice !== undefined) {
    throw new DeviceError('invalid-request', `two ports have the id ${twice.id}`, { path: 'ports' });
  }
  return {
    kind,
    events: new Observable<PortEvent<K>>((subscriber) => {
      for (const port of ports) subscriber.next({ type: 'attached', port });
      subscriber.next({ type: 'listed' });
    }),
    open:
      open ??
      ((port) =>
        Promise.reject(
          new DeviceError(
            'unsupported',
            `${port.path} is configured, but this release cannot open ${kind} ports`,
            {
              remedy: 'give staticBus an open function, or use a simulator (package device-lab)',
            },
          ),
        )),
  };
}
