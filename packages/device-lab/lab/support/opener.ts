import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import { DeviceError, matchesPort, type Bus, type PortMatch, type TransportOf } from '@buergerkoffer/core';
import { hidBus, serialBus, usbBus } from '@buergerkoffer/core/node';

/** Buses whose ports are device nodes. */
export type NodeBus = 'usb' | 'hid' | 'serial';

/** What somebody else got who opened a port. */
export type Opened = { readonly opened: true } | { readonly code: string; readonly remedy: string };

/** Tells the process that runs a lab file to open a port instead. */
const VARIABLE = 'LAB_OPENS';
/** Longest wait for a port, in milliseconds. */
const PATIENCE_MS = 30_000;
/** `nobody` of Debian. */
const NOBODY = 65_534;

/** What the user `nobody`, whose only group is `gid`, gets who opens the port that `match` fits in a process of their own. */
export async function openedByNobody(
  file: string,
  bus: NodeBus,
  match: PortMatch<NodeBus>,
  gid: number,
): Promise<Opened> {
  const env = { ...process.env, [VARIABLE]: JSON.stringify({ bus, match }) };
  // With a user libuv drops all supplementary groups.
  const child = spawn(process.execPath, [file], {
    uid: NOBODY,
    gid,
    env,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [answer] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return JSON.parse(answer) as Opened;
}

/** Whether this process was started by {@link openedByNobody}: then it has opened the port and told what came of it. */
export async function wasOpener(): Promise<boolean> {
  const task = process.env[VARIABLE];
  if (task === undefined) return false;
  const { bus, match } = JSON.parse(task) as { bus: NodeBus; match: PortMatch<NodeBus> };
  console.log(JSON.stringify(await open(bus, match)));
  return true;
}

function open(kind: NodeBus, match: PortMatch<NodeBus>): Promise<Opened> {
  switch (kind) {
    case 'usb':
      return openOn(usbBus(), match, (bus, port) => bus.open(port, {}));
    case 'hid':
      return openOn(hidBus(), match, (bus, port) => bus.open(port, {}));
    case 'serial':
      return openOn(serialBus(), match, (bus, port) => bus.open(port, { baudRate: 9_600 }));
    default:
      return kind satisfies never;
  }
}

async function openOn<K extends NodeBus>(
  bus: Bus<K>,
  match: PortMatch<K>,
  openPort: (bus: Bus<K>, port: Parameters<Bus<K>['open']>[0]) => Promise<TransportOf[K]>,
): Promise<Opened> {
  try {
    const transport = await openPort(bus, await portOn(bus, match));
    await transport.close();
    return { opened: true };
  } catch (error) {
    if (error instanceof DeviceError) return { code: error.code, remedy: error.remedy };
    throw error;
  }
}

/** The first attached port that `match` fits. */
export async function portOn<K extends NodeBus>(
  bus: Bus<K>,
  match: PortMatch<K>,
): Promise<Parameters<Bus<K>['open']>[0]> {
  return firstValueFrom(
    bus.events.pipe(
      map((event) => (event.type === 'attached' ? event.port : undefined)),
      filter((port) => port !== undefined),
      filter((port) => matchesPort(match, port)),
      timeout(PATIENCE_MS),
    ),
  );
}
