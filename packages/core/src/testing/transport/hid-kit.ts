import type { HidTransport } from '../../transport.js';
import { ContractViolation } from '../contract.js';
import { keeps } from './expectations.js';
import { HID_COMMAND, HID_REFERENCE, type HidReferenceModel } from './hid-protocol.js';
import { HidReference } from './hid-reference.js';
import { HELD_MS, LATE_MS, limitsOf, PATIENT } from './limits.js';
import { patternBytes } from './pattern.js';
import { withTransport } from './reference-ports.js';
import type { Mark, TransportKit } from './transport-kit.js';
import type { TransportUnderTest } from './transport-under-test.js';

/** How to talk to a HID reference device. */
export function hidKit(model: HidReferenceModel): TransportKit<'hid'> {
  const layout = HID_REFERENCE.layout[model];
  const { control } = layout;
  return {
    exchange: async (transport, options) => {
      const device = new HidReference(transport, layout, { ...PATIENT, ...options });
      await device.reset();
      for (const { reportId, length } of layout.echoed) {
        await device.echo(reportId, patternBytes(length, reportId), length);
      }
      const { count } = await device.status();
      if (count !== layout.echoed.length) throw new ContractViolation(`${count} output reports came`);
    },
    stuckCall: 'a pending feature report',
    stuck: async (transport) => {
      const device = new HidReference(transport, layout);
      await device.reset();
      await device.tell(HID_COMMAND.late, { afterMs: HELD_MS });
      return (options) => transport.receiveFeatureReport(control.reportId, options);
    },
    late: async (transport) => {
      const device = new HidReference(transport, layout);
      await device.reset();
      await device.tell(HID_COMMAND.late, { afterMs: LATE_MS });
      await device.status();
    },
    calls: (transport) => callsOf(transport, model),
  };
}

/** The number that is left with a HID reference device. */
export function hidMark(model: HidReferenceModel): Mark<'hid'> {
  const layout = HID_REFERENCE.layout[model];
  return {
    set: (transport, seed) => new HidReference(transport, layout).tell(HID_COMMAND.mark, { seed }),
    get: async (transport) => (await new HidReference(transport, layout).status()).mark,
  };
}

/** Opens the first reference device, which begins anew, for `body`. */
export async function onHid(
  subject: TransportUnderTest<'hid'>,
  model: HidReferenceModel,
  body: (device: HidReference) => Promise<void>,
): Promise<void> {
  await withTransport(subject, async (transport) => {
    const device = new HidReference(transport, HID_REFERENCE.layout[model]);
    await keeps('the reset of the reference device', limitsOf(subject).patienceMs, device.reset());
    await body(device);
  });
}

function callsOf(
  transport: HidTransport,
  model: HidReferenceModel,
): ReturnType<TransportKit<'hid'>['calls']> {
  const { control, echoed } = HID_REFERENCE.layout[model];
  const [output] = echoed;
  const data = new Uint8Array(1);
  return [
    { name: 'sendReport()', make: () => transport.sendReport(output?.reportId ?? 0, data) },
    { name: 'sendFeatureReport()', make: () => transport.sendFeatureReport(control.reportId, data) },
    { name: 'receiveFeatureReport()', make: () => transport.receiveFeatureReport(control.reportId) },
  ];
}
