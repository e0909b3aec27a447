import { firstValueFrom } from 'rxjs';
import {
  busSource,
  defineDriver,
  defineKind,
  DeviceLife,
  DeviceManager,
  staticBus,
} from '@buergerkoffer/core';
import type { Device } from '@buergerkoffer/core';

interface Lamp extends Device {
  toggle(signal?: AbortSignal): Promise<boolean>;
}
const LAMP = defineKind<Lamp>('lamp', 'Lampe', { toggle: 'call' });
const driver = defineDriver({
  id: 'acme-lamp',
  kind: LAMP,
  bus: 'http',
  matches: [{ service: '_lamp._tcp' }],
  openOptions: {},
  open: async (http, { port }) => {
    const life = new DeviceLife(() => http.close());
    const toggle: Lamp['toggle'] = (signal) =>
      life.gate.call(
        'toggle',
        async (inner) =>
          (await http.request({ method: 'POST', path: '/toggle' }, { signal: inner })).status === 200,
        signal,
      );
    return {
      info: { maker: 'Acme', model: port.path, simulated: false },
      ended: life.ended,
      close: () => life.close(),
      toggle,
    };
  },
});
const url = 'http://lamp.local';
const bus = staticBus('http', [
  { bus: 'http', id: url, path: url, physical: 'net:lamp.local', url, service: '_lamp._tcp' },
]);
const manager = new DeviceManager([busSource(bus, [driver])]);
const [lamp] = await firstValueFrom(manager.of(LAMP));
console.log(lamp?.id, lamp?.drivers, lamp?.availability); // net:lamp.local#lamp [ 'acme-lamp' ] { state: 'free' }
