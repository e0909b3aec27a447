import { Command } from 'commander';
import { filter, firstValueFrom, map, takeUntil, timer } from 'rxjs';
import {
  busSource,
  DeviceManager,
  recordedBus,
  type Bus,
  type BusKind,
  type Candidate,
  type Masking,
  type Port,
} from '@buergerkoffer/core';
import { computerBuses, type Buses } from '../buses.js';
import type { Run } from '../command.js';
import { driversFor } from '../drivers.js';
import { UsageError } from '../exit-code.js';
import { interrupted } from '../interrupted.js';
import type { Output } from '../output.js';
import { EXERCISE, plainOptions } from '../traffic/exercise.js';
import { writeTraffic, type TrafficWriter } from '../traffic/traffic-writer.js';
import { withPort } from '../traffic/with-port.js';

const MASKINGS = ['none', 'personal', 'all'] as const satisfies readonly Masking[];
/** How long a driver may take to recognise the port, in milliseconds. */
const RECOGNISE_MS = 5_000;

const HELP = `
PORT is a path or an id from \`koffer devices\`, tcp:HOST:PORT, or an http address. A driver that understands it opens
the device; else all that comes is read, and --send is sent. It goes on until it is interrupted, --for is over, or the
device has gone. Every line is on disk at once.

--mask personal (the default) hides what is likely to be about a person: of messages all after the first 32 bytes and
long numbers, of cards and web pages nearly everything. It knows no protocol: read a file before you send it.

Examples:
  $ koffer record /dev/ttyUSB2 --baud 115200 --send 41540d --for 5 -o at.jsonl
  $ koffer record 1-4:1.0 --mask all -o scanner.jsonl
  $ koffer replay at.jsonl`;

interface Options {
  readonly out: string;
  readonly mask: string;
  readonly send: readonly string[];
  readonly for?: string;
  readonly baud: string;
}

/** `koffer record`: what goes over a port, as a file that can be replayed. */
export function recordCommand(run: Run, buses: () => Buses = computerBuses): Command {
  return new Command('record')
    .description('Write down what goes over a port: the report from the field')
    .argument('<port>', 'the port')
    .requiredOption('-o, --out <file>', 'a new file')
    .option('--mask <what>', 'none, personal or all', 'personal')
    .option('--send <hex>', 'bytes to send, may be repeated', (hex, all: string[]) => [...all, hex], [])
    .option('--for <seconds>', 'how long')
    .option('--baud <rate>', 'speed of a serial line', '115200')
    .addHelpText('after', HELP)
    .action(
      run(async (output, name: string, options: Options) => {
        const plan = planOf(options);
        const stop = interrupted(output.stop, plan.forMs);
        await withPort(buses(), name, (bus, port) => record(bus, port, plan, options.out, stop, output));
      }),
    );
}

interface Plan {
  readonly masking: Masking;
  readonly sends: readonly Uint8Array[];
  readonly forMs: number | undefined;
  readonly baudRate: number;
}

function planOf({ mask, send, for: seconds, baud }: Options): Plan {
  const masking = MASKINGS.find((one) => one === mask);
  if (masking === undefined)
    throw new UsageError(`--mask is ${MASKINGS.join(', ')}`, 'see koffer record --help');
  return {
    masking,
    sends: send.map(bytesOfHex),
    forMs: seconds === undefined ? undefined : 1_000 * positive(seconds, '--for'),
    baudRate: positive(baud, '--baud'),
  };
}

function bytesOfHex(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})+$/i.test(hex))
    throw new UsageError('--send takes hexadecimal bytes', 'such as --send 41540d');
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function positive(text: string, option: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`${option} takes a number above 0`, 'see koffer record --help');
}

async function record<K extends BusKind>(
  bus: Bus<K>,
  port: Port<K>,
  plan: Plan,
  path: string,
  stop: AbortSignal,
  output: Output,
): Promise<void> {
  const writer = writeTraffic(path);
  try {
    const tapped = recordedBus(bus, ({ id }) => (id === port.id ? writer : undefined), plan);
    const opened = await openWithDriver(tapped, port);
    if (opened === undefined) {
      const transport = await tapped.open(port, plainOptions(plan.baudRate)[bus.kind], stop);
      output.note(`recording ${port.path} without a driver; interrupt to end`);
      const work = EXERCISE[bus.kind](transport, plan.sends, stop);
      await Promise.race([work, transport.ended]).finally(() => transport.close());
    } else {
      output.note(`recording ${port.path} with the driver of the ${opened.kind}; interrupt to end`);
      await Promise.race([opened.ended, aborted(stop)]).finally(() => opened.release());
    }
    tellEnd(output, path, writer);
  } finally {
    writer.close();
  }
}

/** The device on `port`, when a driver understands it. */
async function openWithDriver<K extends BusKind>(bus: Bus<K>, port: Port<K>) {
  const drivers = driversFor(bus.kind, port);
  if (drivers.length === 0) return undefined;
  const manager = new DeviceManager([busSource(bus, drivers)]);
  const candidate = await firstValueFrom(
    manager.devices.pipe(
      map((devices) => devices.find((each) => hasPort(each, port))),
      filter((found) => found !== undefined),
      takeUntil(timer(RECOGNISE_MS)),
    ),
    { defaultValue: undefined },
  );
  if (candidate === undefined) return undefined;
  const lease = await manager.open(candidate, { owner: 'koffer record', reason: 'recording' });
  return { kind: candidate.kind.id, ended: lease.ended, release: () => lease.release() };
}

function hasPort(candidate: Candidate, port: Port): boolean {
  return candidate.ports.some(({ id }) => id === port.id);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

function tellEnd(output: Output, file: string, { lines }: TrafficWriter): void {
  output.answer({ type: 'recording', file, lines }, [`${file}: ${lines} lines; read it before you send it`]);
}
