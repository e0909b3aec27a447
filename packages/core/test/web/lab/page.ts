import { filter, firstValueFrom, take, toArray } from 'rxjs';
import { DeviceError, type Bus, type BusKind, type Diagnostic } from '@buergerkoffer/core';
import {
  hidContract,
  runTransportContract,
  serialContract,
  usbContract,
  type TransportResult,
} from '@buergerkoffer/core/testing';
import { webHidBus, webSerialBus, webUsbBus } from '@buergerkoffer/core/web';
import { connect } from '../browser.example.js';
import { GRABBER, grabberDriver, virtualGrabber } from './grabber.js';
import { LabWebUsb } from './lab-web-usb.js';
import { hidSubject, serialSubject, usbSubject } from './subjects.js';

const withoutGesture = Promise.all([
  asked(() => webUsbBus().request([{ vendorId: 0x1209 }])),
  asked(() => webHidBus().request([{ vendorId: 0x1209 }])),
  asked(() => webSerialBus().request([{ vendorId: 0x1209 }])),
]);

/** What the page can be asked to do; its answers are plain data. */
const page = {
  /** Globals of Node that the page would have to do without. */
  nodeGlobals: (): readonly string[] =>
    ['process', 'Buffer', 'require', 'global', 'setImmediate'].filter((name) => name in globalThis),

  /** What the browser's own objects list. */
  real: async (): Promise<Readonly<Record<string, Seen>>> => ({
    usb: await seen(webUsbBus()),
    hid: await seen(webHidBus()),
    serial: await seen(webSerialBus()),
  }),

  /** What the browser said to a page that asked while it was loaded, which no person does. */
  askedWithoutGesture: () => withoutGesture,

  /** The cases of the contract suites that are not kept, and how many are; all suites at once, to save time. */
  contracts: async (): Promise<{ readonly kept: number; readonly others: readonly string[] }> => {
    const results: readonly TransportResult[] = (
      await Promise.all([
        runTransportContract(usbContract(), () => usbSubject()),
        runTransportContract(hidContract('numbered'), () => hidSubject('numbered')),
        runTransportContract(hidContract('plain'), () => hidSubject('plain')),
        runTransportContract(serialContract(), () => serialSubject()),
      ])
    ).flat();
    const others = results.filter(({ outcome }) => outcome !== 'kept');
    return { kept: results.length - others.length, others: others.map(wordsOf) };
  },

  /** Puts a grabber behind `navigator.usb`, and runs the example of the README with its driver. */
  grab: async (): Promise<Readonly<Record<string, unknown>>> => {
    const usb = new LabWebUsb();
    Object.defineProperty(navigator, 'usb', { value: usb, configurable: true });
    let stops = 0;
    const button = new EventTarget();
    const manager = connect(grabberDriver, button);
    const listed = firstValueFrom(manager.of(GRABBER).pipe(filter((all) => all.length > 0)));
    const unplug = usb.plug(
      virtualGrabber(() => (stops += 1)),
      '1-1',
    );
    button.dispatchEvent(new Event('click'));
    const [found] = await listed;
    if (found === undefined) throw new Error('nothing was found');
    const lease = await manager.open(found, { owner: 'test', reason: 'frames' });
    const three = () => firstValueFrom(lease.device.frames().pipe(take(3), toArray()));
    const frames = [...(await three()), ...(await three())];
    const stopsAfterTwo = await settled(() => stops >= 2);
    const waiting = firstValueFrom(lease.device.frames().pipe(filter(() => false)));
    setTimeout(unplug, 50);
    const loss = await waiting.catch((error: unknown) => codeOf(error));
    return {
      model: found.info.model,
      asked: usb.asked,
      lengths: frames.map(({ length }) => length),
      whole: frames.every((frame) => frame.every((byte) => byte === frame[0])),
      stopsAfterTwo,
      loss,
      ended: (await lease.ended).reason,
    };
  },
};

function wordsOf(result: TransportResult): string {
  const why =
    result.outcome === 'skipped' ? result.reason : result.outcome === 'broken' ? String(result.error) : '';
  return `${result.name}: ${result.outcome}: ${why}`;
}

interface Seen {
  readonly ports: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a bus lists at first. */
async function seen<K extends BusKind>(bus: Bus<K>): Promise<Seen> {
  let ports = 0;
  let diagnostics: readonly Diagnostic[] = [];
  await firstValueFrom(
    bus.events.pipe(
      filter((event) => {
        if (event.type === 'attached') ports += 1;
        if (event.type === 'diagnostics') diagnostics = event.diagnostics;
        return event.type === 'listed';
      }),
    ),
  );
  return { ports, diagnostics };
}

async function asked(ask: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify((await ask()) ?? 'nothing');
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof DeviceError ? error.code : String(error);
}

/** True as soon as `condition` holds, false when it does not within two seconds. */
async function settled(condition: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return condition();
}

export type Page = typeof page;
Object.assign(globalThis, { page });
