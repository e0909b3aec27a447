import { firstValueFrom } from 'rxjs';
import { defineKind, DeviceLife, DeviceManager, type Device } from '@buergerkoffer/core';
import { simulate } from '@buergerkoffer/core/simulation';
import { Bench } from '@buergerkoffer/device-lab';

const HORN = defineKind<Device>('horn', 'Hupe', {});
const info = { maker: 'Acme', model: 'Horn', simulated: true };
const horn = simulate(HORN, info, {}, (world) => {
  const life = new DeviceLife();
  return {
    info: world.info,
    ended: life.ended,
    close: () => life.close(),
    lose: (error) => {
      life.lose(error);
    },
  };
});

const bench = new Bench();
const pullThePlug = bench.plug(horn);
const manager = new DeviceManager([bench]);
const [candidate] = await firstValueFrom(manager.of(HORN));
if (candidate === undefined) throw new Error('no horn on the bench');
const lease = await manager.open(candidate, { owner: 'README', reason: 'Beispiel' });
pullThePlug();
console.log(await lease.ended); // { reason: 'lost', error: DeviceError: Horn was unplugged … }
