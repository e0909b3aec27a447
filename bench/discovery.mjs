// How long it takes to find the drivers of what is attached, with very many drivers: adding one must not slow it.
import { firstValueFrom } from 'rxjs';
import { busSource, MatchIndex } from '@buergerkoffer/core';
import { LabBus } from '@buergerkoffer/device-lab';

const ROWS = 10_000;
const PORTS = 20;
const KIND = { id: 'thing', title: 'Ding', operations: {} };

/** Numbers of rows as ids: all different, some of them those of the ports. */
const ROW = {
  'vendor and product': (i) => ({ vendorId: 0x1000 + (i >> 8), productId: i & 0xff }),
  'class triple': (i) => ({
    interfaceClass: i & 0xff,
    interfaceSubclass: (i >> 8) & 0xff,
    interfaceProtocol: i % 3,
  }),
  'usage page and usage': (i) => ({ usagePage: 0xff00 + (i >> 8), usage: i & 0xff }),
  'service type': (i) => ({ service: `_thing-${i}._tcp` }),
  'maker and model': (i) => ({ maker: `Maker ${i % 100}`, model: `Model ${i}` }),
};
ROW.mixed = (i) => Object.values(ROW)[i % 5](i);

function driver(id, matches) {
  return {
    id: `driver-${id}`,
    kind: KIND,
    bus: 'usb',
    matches,
    openOptions: {},
    open: () => Promise.reject(),
  };
}

function portOf(i) {
  const row = (i * 487) % ROWS;
  const path = `1-${i}:1.0`;
  const classes = { interfaceNumber: 0, ...ROW['class triple'](row) };
  const others = {
    ...ROW['usage page and usage'](row),
    ...ROW['service type'](row),
    ...ROW['maker and model'](row),
  };
  return {
    bus: 'usb',
    id: path,
    path,
    physical: `usb:1-${i}`,
    ...ROW['vendor and product'](row),
    ...classes,
    ...others,
  };
}

const ports = Array.from({ length: PORTS }, (_, i) => portOf(i));
const rows = Array.from({ length: ROWS }, (_, i) => i);

export async function run({ measure, say }) {
  for (const [name, row] of Object.entries(ROW)) {
    const tables = {
      'in one driver': [driver('all', rows.map(row))],
      'in as many drivers': rows.map((i) => driver(i, [row(i)])),
    };
    for (const [spread, drivers] of Object.entries(tables)) {
      const index = new MatchIndex(drivers);
      const found = ports.reduce((sum, port) => sum + index.driversOf(port).length, 0);
      if (found < PORTS) throw new Error(`only ${found} drivers found`);
      const look = () => ports.forEach((port) => index.driversOf(port));
      say(`discovery: 10,000 rows × 20 ports, ${name}, ${spread}`, await measure(look));
    }
  }
  const drivers = rows.map((i) => driver(i, [ROW.mixed(i)]));
  say('discovery: building the index of 10,000 drivers', await measure(() => new MatchIndex(drivers)));
  const bus = new LabBus('usb');
  for (const port of ports) bus.plug({ port, connect: () => Promise.reject(new Error('never opened')) });
  const { offers } = busSource(bus, drivers);
  say(
    'discovery: first list of 20 ports from a bus, 10,000 drivers',
    await measure(() => firstValueFrom(offers)),
  );
}
