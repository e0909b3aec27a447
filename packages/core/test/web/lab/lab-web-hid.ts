import {
  parseReportDescriptor,
  type HidPort,
  type HidReportLengths,
  type HidTransport,
} from '@buergerkoffer/core';
import type { WebHid, WebHidCollection, WebHidDevice, WebHidFilter } from '@buergerkoffer/core/web';
import { LabBus, plugHid, type VirtualHidDevice } from '@buergerkoffer/device-lab';
import { browserError, CountedTarget, eventWith, NEVER, openOne } from './browser-events.js';

const NAMES = { lost: 'NotAllowedError', closed: 'InvalidStateError', protocol: 'NotAllowedError' };

/** `navigator.hid` of a browser whose computer is the lab; the person has given every device to the page. */
export class LabWebHid extends CountedTarget implements WebHid {
  readonly #bus = new LabBus('hid');
  readonly #devices = new Set<LabWebHidDevice>();
  /** What `requestDevice` was asked for. */
  readonly asked: WebHidFilter[][] = [];

  /** Plugs a device in; the returned function pulls the plug. */
  plug(device: VirtualHidDevice, place: string): () => void {
    const plugged = plugHid(this.#bus, device, { place });
    const made = new LabWebHidDevice(this.#bus, device, plugged.ports);
    this.#devices.add(made);
    this.dispatchEvent(eventWith('connect', { device: made }));
    return () => {
      this.#devices.delete(made);
      plugged.unplug();
      this.dispatchEvent(eventWith('disconnect', { device: made }));
    };
  }

  getDevices(): Promise<WebHidDevice[]> {
    return Promise.resolve([...this.#devices]);
  }

  requestDevice({ filters }: { filters: WebHidFilter[] }): Promise<WebHidDevice[]> {
    this.asked.push(filters);
    return this.getDevices();
  }
}

class LabWebHidDevice extends CountedTarget implements WebHidDevice {
  readonly vendorId;
  readonly productId;
  readonly productName;
  readonly collections: readonly WebHidCollection[];
  readonly #bus: LabBus<'hid'>;
  readonly #port: HidPort | undefined;
  #transport: HidTransport | undefined;
  #opening = false;

  constructor(bus: LabBus<'hid'>, device: VirtualHidDevice, ports: readonly HidPort[]) {
    super();
    this.#bus = bus;
    this.#port = ports[0];
    this.vendorId = device.vendorId;
    this.productId = device.productId;
    this.productName = device.model ?? '';
    const { collections, output, feature } = parseReportDescriptor(device.reportDescriptor);
    this.collections = collections.map((collection, index) => ({
      ...collection,
      outputReports: index === 0 ? reportsOf(output) : [],
      featureReports: index === 0 ? reportsOf(feature) : [],
    }));
  }

  get opened(): boolean {
    return this.#transport !== undefined;
  }

  async open(): Promise<void> {
    if (this.opened || this.#opening || this.#port === undefined) {
      throw new DOMException('the device is already open', 'InvalidStateError');
    }
    this.#opening = true;
    try {
      const transport = await this.#bus.open(this.#port, {});
      this.#transport = transport;
      transport.inputReports.subscribe({
        next: ({ reportId, data: { buffer, byteOffset, byteLength } }) => {
          this.dispatchEvent(
            eventWith('inputreport', { reportId, data: new DataView(buffer, byteOffset, byteLength) }),
          );
        },
        error: () => undefined,
      });
    } catch (error) {
      throw browserError(error, { 'not-found': 'NotAllowedError' });
    } finally {
      this.#opening = false;
    }
  }

  async close(): Promise<void> {
    const transport = this.#transport;
    this.#transport = undefined;
    await transport?.close();
  }

  sendReport(reportId: number, data: Uint8Array): Promise<void> {
    return this.#use((transport) => transport.sendReport(reportId, data, NEVER));
  }

  sendFeatureReport(reportId: number, data: Uint8Array): Promise<void> {
    return this.#use((transport) => transport.sendFeatureReport(reportId, data, NEVER));
  }

  receiveFeatureReport(reportId: number): Promise<DataView> {
    return this.#use(async (transport) => {
      const data = await transport.receiveFeatureReport(reportId, NEVER);
      const whole = reportId === 0 ? data : Uint8Array.of(reportId, ...data);
      return new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
    });
  }

  async #use<T>(work: (transport: HidTransport) => Promise<T>): Promise<T> {
    try {
      return await work(openOne<'hid'>(this.#transport));
    } catch (error) {
      throw browserError(error, NAMES);
    }
  }
}

function reportsOf(lengths: HidReportLengths): NonNullable<WebHidCollection['outputReports']> {
  return [...lengths].map(([reportId, length]) => ({
    reportId,
    items: [{ reportSize: 8, reportCount: length }],
  }));
}
