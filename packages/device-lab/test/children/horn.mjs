// A process that serves a bench with one simulated horn, from the built packages.
import { concat, NEVER, of } from 'rxjs';
import { DeviceLife } from '@buergerkoffer/core';
import { serveDevices } from '@buergerkoffer/core/node';
import { simulate } from '@buergerkoffer/core/simulation';
import { Bench } from '@buergerkoffer/device-lab';

const HORN = { id: 'horn', title: 'Hupe', operations: { blow: 'stream', stick: 'call' } };
const horn = simulate(HORN, { maker: 'Acme', model: 'Horn', simulated: true }, {}, ({ info }) => {
  const life = new DeviceLife();
  return {
    info,
    ended: life.ended,
    volumes: new Uint8Array([1, 9]),
    close: () => life.close(),
    lose: (error) => life.lose(error),
    blow: (tone) => life.gate.stream('blow', () => concat(of({ tone }), NEVER)),
    stick: () => {
      for (;;);
    },
  };
});

await serveDevices(new Bench([horn]));
