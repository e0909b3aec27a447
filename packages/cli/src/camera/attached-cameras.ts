import { firstValueFrom, map, takeUntil, timer } from 'rxjs';
import { busSource, DeviceError, DeviceManager, type Candidate } from '@buergerkoffer/core';
import { tcpBus } from '@buergerkoffer/core/node';
import { CAMERA, ptpIpDriver, ptpIpPort, type Camera } from '@buergerkoffer/camera';
import type { Buses } from '../buses.js';
import { driversOf } from '../drivers.js';
import { UsageError } from '../exit-code.js';

/** How long the buses may take to list, in milliseconds. */
const LIST_MS = 5_000;
const STANDARD_PORT = 15_740;

/** Which cameras are meant. */
export interface CameraChoice {
  /** `HOST` or `HOST:PORT` of a camera on the network; without it those on USB are looked at. */
  readonly ptpip?: string;
  /** Path or id of a port of `koffer devices`. */
  readonly port?: string;
}

/** The cameras that are attached and meant; with `ptpip` the one at that address. */
export async function attachedCameras(buses: Buses, choice: CameraChoice) {
  const manager = managerOf(buses, choice.ptpip);
  const isMeant = ({ ports }: Candidate): boolean =>
    choice.port === undefined || ports.some(({ id, path }) => choice.port === id || choice.port === path);
  const cameras = await firstValueFrom(
    manager.of(CAMERA).pipe(
      map((all) => all.filter(isMeant)),
      takeUntil(timer(LIST_MS)),
    ),
    { defaultValue: [] as readonly Candidate<Camera>[] },
  );
  return { manager, cameras };
}

/** The first camera that is meant, as soon as it is attached; `not-found` within five seconds. */
export async function oneCamera(buses: Buses, choice: CameraChoice, signal: AbortSignal) {
  const { manager, cameras } = await attachedCameras(buses, choice);
  const [camera] = cameras;
  signal.throwIfAborted();
  if (camera !== undefined) return { manager, camera };
  throw new DeviceError('not-found', 'no camera is attached', {
    remedy:
      'plug it in, switch it on and set its USB mode to PTP; `koffer devices` lists the ports, --ptpip HOST:PORT names one on the network',
  });
}

function managerOf({ usb }: Buses, ptpip: string | undefined): DeviceManager {
  if (ptpip === undefined) return new DeviceManager([busSource(usb, driversOf('usb'))]);
  const bus = tcpBus({ ports: [portOf(ptpip)], probeEveryMs: 0 });
  return new DeviceManager([busSource(bus, [ptpIpDriver({ bus })])]);
}

function portOf(address: string) {
  const found = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(address);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3] ?? STANDARD_PORT);
  if (host === undefined || port < 1 || port > 65_535) {
    throw new UsageError('--ptpip takes HOST or HOST:PORT', 'such as --ptpip 192.168.1.2:15740');
  }
  return ptpIpPort(host, port);
}
