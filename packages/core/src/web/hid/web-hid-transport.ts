import { Subject, type Observable } from 'rxjs';
import { delay } from '../../deadline.js';
import type { End } from '../../device.js';
import { DeviceError } from '../../device-error.js';
import type { HidPort } from '../../port.js';
import type { CallOptions, HidReport, HidTransport } from '../../transport.js';
import { owned, viewed } from '../bytes.js';
import { TransportLife } from '../transport-life.js';
import { UNPLUG_MS, webFailure } from '../web-failure.js';
import { OPENING, REPORTING } from './hid-meanings.js';
import { reportLengths, type ReportLengths } from './report-lengths.js';
import type { WebHid, WebHidDevice, WebHidEvent, WebHidReportEvent } from './web-hid.js';

/** Opens the device that `port` is a collection of; rejects `busy` when the page has it open, `access-denied`. */
export async function openWebHid(hid: WebHid, device: WebHidDevice, port: HidPort): Promise<HidTransport> {
  // It listens before the device is open, so that no report is missed.
  const transport = new WebHidTransport(hid, device, port);
  try {
    await device.open();
    return transport;
  } catch (error) {
    transport.abandon();
    throw webFailure(`opening ${port.path}`, error, OPENING);
  }
}

/** A HID interface opened through WebHID. */
class WebHidTransport implements HidTransport {
  readonly ended: Promise<End>;
  readonly inputReports: Observable<HidReport>;
  readonly #device: WebHidDevice;
  readonly #life: TransportLife;
  readonly #reports = new Subject<HidReport>();
  readonly #output: ReportLengths;
  readonly #feature: ReportLengths;
  readonly #stopListening: () => void;

  constructor(hid: WebHid, device: WebHidDevice, port: HidPort) {
    this.#device = device;
    this.#output = reportLengths(device, 'outputReports');
    this.#feature = reportLengths(device, 'featureReports');
    this.inputReports = this.#reports.asObservable();
    const onReport = ({ reportId, data }: WebHidReportEvent): void => {
      this.#reports.next({ reportId, data: viewed(data) });
    };
    const onDisconnect = (event: WebHidEvent): void => {
      if (event.device === device) this.#life.lose(new DeviceError('lost', `${port.path} has gone`));
    };
    this.#stopListening = () => {
      device.removeEventListener('inputreport', onReport);
      hid.removeEventListener('disconnect', onDisconnect);
    };
    this.#life = new TransportLife(async (end) => {
      this.#stopListening();
      if (end.reason === 'lost') this.#reports.error(end.error);
      else this.#reports.complete();
      await device.close();
    });
    this.ended = this.#life.ended;
    device.addEventListener('inputreport', onReport);
    hid.addEventListener('disconnect', onDisconnect);
  }

  /** The device could not be opened: nothing is left to close. */
  abandon(): void {
    this.#stopListening();
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async sendReport(reportId: number, data: Uint8Array, options?: CallOptions): Promise<void> {
    const padded = filled(data, lengthOf(this.#output, 'output', reportId), reportId);
    await this.#call(`output report ${reportId}`, options, () => this.#device.sendReport(reportId, padded));
  }

  async sendFeatureReport(reportId: number, data: Uint8Array, options?: CallOptions): Promise<void> {
    const padded = filled(data, lengthOf(this.#feature, 'feature', reportId), reportId);
    await this.#call(`feature report ${reportId}`, options, () =>
      this.#device.sendFeatureReport(reportId, padded),
    );
  }

  async receiveFeatureReport(reportId: number, options?: CallOptions): Promise<Uint8Array> {
    lengthOf(this.#feature, 'feature', reportId);
    const what = `reading feature report ${reportId}`;
    const answer = viewed(await this.#call(what, options, () => this.#device.receiveFeatureReport(reportId)));
    // Browsers leave the id in front of the data, where ids are used (WebHID, 7.6).
    if (reportId === 0) return answer;
    if (answer[0] !== reportId) {
      throw new DeviceError('protocol', `${what}: the device answered with report ${answer[0] ?? 'nothing'}`);
    }
    return answer.subarray(1);
  }

  #call<T>(what: string, options: CallOptions | undefined, work: () => Promise<T>): Promise<T> {
    return this.#life.call(what, options, async (signal) => {
      try {
        return await work();
      } catch (error) {
        const failure = webFailure(what, error, REPORTING);
        if (failure.code === 'lost') this.#life.lose(failure);
        // On unplugging, the browser's last answers may come before it says that the device has gone.
        if (failure.code === 'protocol') await delay(UNPLUG_MS, signal);
        throw failure;
      }
    });
  }
}

function lengthOf(lengths: ReportLengths, kind: 'output' | 'feature', reportId: number): number {
  const length = lengths.get(reportId);
  if (length !== undefined) return length;
  throw new DeviceError('invalid-request', `the device has no ${kind} report ${reportId}`, {
    path: 'reportId',
  });
}

/** The report as the device expects it: its data filled up with zeros. */
function filled(data: Uint8Array, length: number, reportId: number): Uint8Array<ArrayBuffer> {
  if (data.length > length) {
    const what = `${data.length} bytes are given for report ${reportId} of ${length}`;
    throw new DeviceError('invalid-request', what, { path: 'data' });
  }
  if (data.length === length) return owned(data);
  const report = new Uint8Array(length);
  report.set(data);
  return report;
}
