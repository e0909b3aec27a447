import { Command } from 'commander';
import { filter, firstValueFrom, map, takeUntil, timer } from 'rxjs';
import {
  busSource,
  bytesText,
  DeviceManager,
  lengthOf,
  lineText,
  readTraffic,
  type BusKind,
  type Port,
  type Traffic,
  type TrafficLine,
} from '@buergerkoffer/core';
import {
  captureTraffic,
  isCaptureFile,
  LabBus,
  plugUsb,
  replayCapture,
  replayHardware,
  type ReplayProgress,
} from '@buergerkoffer/device-lab';
import type { Run } from '../command.js';
import { driversFor } from '../drivers.js';
import type { Output } from '../output.js';
import { readInput } from '../read-input.js';

/** Largest file of a recording that is read, in bytes. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** How long a driver may take to recognise and open the recorded device, in milliseconds. */
const PLAY_MS = 10_000;
/** Bytes of a message that are shown to people. */
const SHOWN = 48;

const HELP = `
Shows what was recorded, and plays it to the driver that understands the port, as a device in this process: the driver
must do what it did then. Exit code 1 where it does not. A recording of USB that was made with usbmon on Linux (pcapng
or pcap) is read too; nothing in it is hidden.

Examples:
  $ koffer replay at.jsonl
  $ koffer replay scanner.pcapng
  $ koffer replay at.jsonl --json`;

/** `koffer replay`: a recording as a readable sheet, and as a device for the driver. */
export function replayCommand(run: Run): Command {
  return new Command('replay')
    .description('Show a recording of `koffer record` or usbmon, and play it to its driver')
    .argument('<file>', 'a recording, or - for standard input')
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string) => {
        const bytes = await readInput(file, MAX_FILE_BYTES, output.input);
        const played = isCaptureFile(bytes)
          ? await tellCapture(output, bytes)
          : await tellRecord(output, bytes);
        if (played === undefined) {
          output.note('no driver of this release understands the port: it was not played');
          return;
        }
        const { progress } = played;
        output.answer({ type: 'replay', ...progress, opened: played.opened }, [replayLine(progress)]);
        if (progress.mismatch !== undefined || !played.opened) output.judgeBad();
      }),
    );
}

/** Shows and plays a recording of `koffer record`. */
function tellRecord(output: Output, bytes: Uint8Array): Promise<Played | undefined> {
  const traffic = readTraffic(new TextDecoder().decode(bytes));
  tellTraffic(output, traffic);
  const kind = traffic.head.port.bus;
  return play(kind, (bus) => {
    const hardware = replayHardware(kind, traffic);
    bus.plug(hardware);
    return { port: hardware.port, hardware };
  });
}

/** Shows and plays a recording of usbmon. */
function tellCapture(output: Output, bytes: Uint8Array): Promise<Played | undefined> {
  tellTraffic(output, captureTraffic(bytes));
  return play('usb', (bus) => {
    const hardware = replayCapture(bytes);
    return { port: plugUsb(bus, hardware).ports[0], hardware };
  });
}

function tellTraffic(output: Output, { head, lines }: Traffic): void {
  const { port, startedAt, masking } = head;
  const name = [port.maker, port.model].filter((word) => word !== undefined).join(' ');
  output.answer({ type: 'recording', ...head, lines: lines.length }, [
    `${port.bus} ${port.path} ${name}`.trimEnd(),
    `recorded ${startedAt}, masking ${masking}, ${lines.length} lines`,
  ]);
  for (const line of [...lines].sort((a, b) => shownAt(a) - shownAt(b)))
    output.answer({ type: 'line', ...(JSON.parse(lineText(line)) as object) }, [sheet(line)]);
}

/** What was sent is shown when it was sent, what was received when it was there; in milliseconds. */
function shownAt(line: TrafficLine): number {
  return 'took' in line && !('sent' in line) ? line.at + line.took : line.at;
}

/** One line for people: when, what, how long, how it went. */
function sheet(line: TrafficLine): string {
  const at = `${line.at.toFixed(3).padStart(11)} ms`;
  if (line.op === 'ended') return `${at}  ended: ${line.reason}`;
  const bytes = 'sent' in line ? line.sent : 'received' in line ? line.received : [];
  const shown = bytesText(bytes);
  const cut = shown.length > 2 * SHOWN ? `${shown.slice(0, 2 * SHOWN)}…` : shown;
  const length = `${lengthOf(bytes)} bytes`;
  if (!('took' in line)) return `${at}  < ${line.op}  ${length}  ${cut}`;
  const end = line.result === 'failed' ? `failed: ${line.code}` : line.result;
  const arrow = 'sent' in line ? '>' : '<';
  const where = 'endpoint' in line ? ` ${line.endpoint}` : '';
  return `${at}  ${arrow} ${line.op}${where}  ${length}  ${end} in ${line.took.toFixed(3)} ms  ${cut}`.trimEnd();
}

/** What is replayed, and how far it has come. */
interface Replayed {
  readonly progress: ReplayProgress;
}

interface Played {
  readonly progress: ReplayProgress;
  readonly opened: boolean;
}

/** Lets a driver open what `plug` puts on a bus; undefined when none understands it. */
async function play<K extends BusKind>(
  kind: K,
  plug: (bus: LabBus<K>) => { readonly port: Port<K> | undefined; readonly hardware: Replayed },
): Promise<Played | undefined> {
  const bus = new LabBus(kind);
  const { port, hardware } = plug(bus);
  const drivers = port === undefined ? [] : driversFor(kind, port);
  if (drivers.length === 0) return undefined;
  const manager = new DeviceManager([busSource(bus, drivers)]);
  const candidate = await firstValueFrom(
    manager.devices.pipe(
      map(([first]) => first),
      filter((first) => first !== undefined),
      takeUntil(timer(PLAY_MS)),
    ),
    { defaultValue: undefined },
  );
  if (candidate === undefined) return undefined;
  try {
    const lease = await manager.open(candidate, { owner: 'koffer replay', reason: 'replay' });
    await lease.release();
    return { progress: hardware.progress, opened: true };
  } catch {
    return { progress: hardware.progress, opened: false };
  }
}

function replayLine({ played, of, mismatch }: ReplayProgress): string {
  return mismatch === undefined
    ? `replay: ${played} of ${of} calls played, as recorded`
    : `replay: ${played} of ${of} calls played, then another than recorded: ${mismatch}`;
}
