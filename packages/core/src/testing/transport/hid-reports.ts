import { expectThat } from '../contract.js';
import { begun, keeps, refuses, sameBytes } from './expectations.js';
import { HID_COMMAND, HID_REFERENCE, type HidReferenceModel } from './hid-protocol.js';
import { onHid } from './hid-kit.js';
import { HidListener } from './hid-reference.js';
import { limitsOf } from './limits.js';
import { fnv1a, patternBytes } from './pattern.js';
import { opened } from './reference-ports.js';
import type { TransportCase } from './transport-under-test.js';
import { hearsOfTheLoss } from './unplugging.js';

/** Reports in a row; Linux keeps 63 for somebody who does not read. */
const BURST = 200;
/** No reference device has this report. */
const UNKNOWN_ID = 77;

/** What a HID transport promises of reports. */
export function hidReports(model: HidReferenceModel): readonly TransportCase<'hid'>[] {
  const { control, echoed, store, refused } = HID_REFERENCE.layout[model];
  return [
    {
      name: 'output reports arrive with their id and data, and input reports come with theirs',
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { patienceMs } = limitsOf(subject);
          for (const { reportId, length } of echoed) {
            const data = patternBytes(length, 3 + reportId);
            await keeps(`an echo of report ${reportId}`, patienceMs, device.echo(reportId, data, length));
            const status = await keeps('the status', patienceMs, device.status());
            expectThat(status.lastId === reportId, `report ${reportId} arrived as ${status.lastId}`);
            expectThat(status.lastLength === length, `${length} bytes arrived as ${status.lastLength}`);
          }
          const { hash } = await keeps('the status', patienceMs, device.status());
          const all = echoed.reduce(
            (before, { reportId, length }) => fnv1a(patternBytes(length, 3 + reportId), before),
            fnv1a(new Uint8Array(0)),
          );
          expectThat(hash === all, 'other data arrived than was sent');
        }),
    },
    {
      name: 'an output report that begins with zeros arrives with them',
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { patienceMs } = limitsOf(subject);
          for (const { reportId, length } of echoed) {
            const data = patternBytes(length, 4).fill(0, 0, 3);
            await keeps(`an echo of report ${reportId}`, patienceMs, device.echo(reportId, data, length));
          }
        }),
    },
    {
      name: 'an output report that is too short is filled up with zeros',
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { patienceMs } = limitsOf(subject);
          for (const { reportId, length } of echoed) {
            for (const short of [0, 1, length - 1]) {
              const data = patternBytes(short, 5);
              await keeps(`an echo of ${short} bytes`, patienceMs, device.echo(reportId, data, length));
              const { lastLength } = await keeps('the status', patienceMs, device.status());
              expectThat(lastLength === length, `${short} bytes arrive as ${lastLength}, not ${length}`);
            }
          }
        }),
    },
    {
      name: 'a report that is too long, or that the device does not have, is an invalid request',
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const { transport } = device;
          const wrong = [
            ...echoed.map(({ reportId, length }) =>
              transport.sendReport(reportId, new Uint8Array(length + 1)),
            ),
            transport.sendFeatureReport(control.reportId, new Uint8Array(control.length + 1)),
            transport.sendReport(UNKNOWN_ID, new Uint8Array(1)),
            transport.sendFeatureReport(UNKNOWN_ID, new Uint8Array(1)),
            transport.receiveFeatureReport(UNKNOWN_ID),
          ];
          for (const call of wrong) void begun<unknown>(call);
          for (const call of wrong) await refuses('a wrong report', atOnceMs, call, 'invalid-request');
          const { count } = await keeps('the status', patienceMs, device.status());
          expectThat(count === 0, `${count} output reports arrived that should have been refused`);
        }),
    },
    {
      name: `${BURST} input reports in a row all come, in their order`,
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const [first] = echoed;
          const { reportId, length } = first ?? { reportId: 0, length: 0 };
          const listener = new HidListener(device.transport);
          await device.tell(HID_COMMAND.send, { reportId, count: BURST, seed: 100, everyMs: 1 });
          const all = async (): Promise<void> => {
            for (let number = 0; number < BURST; number += 1) {
              const report = await listener.next();
              expectThat(report.reportId === reportId, `report ${number} comes with id ${report.reportId}`);
              sameBytes(`report ${number}`, report.data, patternBytes(length, 100 + number));
            }
          };
          await keeps('all reports', patienceMs, all());
          listener.stop();
        }),
    },
    {
      name: 'input reports go to everybody who listens, and only to those',
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const [first] = echoed;
          const { reportId, length } = first ?? { reportId: 0, length: 0 };
          const always = new HidListener(device.transport);
          await device.tell(HID_COMMAND.send, { reportId, count: 1, seed: 1 });
          sameBytes(
            'a report',
            (await keeps('a report', patienceMs, always.next())).data,
            patternBytes(length, 1),
          );
          const later = new HidListener(device.transport);
          await device.tell(HID_COMMAND.send, { reportId, count: 1, seed: 2 });
          for (const listener of [always, later]) {
            const { data } = await keeps('a report', patienceMs, listener.next());
            sameBytes('a report to two listeners', data, patternBytes(length, 2));
          }
          always.stop();
          await device.tell(HID_COMMAND.send, { reportId, count: 1, seed: 3 });
          const { data } = await keeps('a report', patienceMs, later.next());
          sameBytes('a report to the listener that is left', data, patternBytes(length, 3));
          expectThat(always.waiting === 0, 'a report came to somebody who had stopped listening');
          later.stop();
        }),
    },
    {
      name: 'reports that nobody listens to do not stop those that come later',
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const [first] = echoed;
          const { reportId, length } = first ?? { reportId: 0, length: 0 };
          await device.tell(HID_COMMAND.send, { reportId, count: BURST, seed: 1 });
          await keeps('the status', patienceMs, device.status());
          const listener = new HidListener(device.transport);
          await device.tell(HID_COMMAND.send, { reportId, count: 1, seed: 1000 });
          const marked = async (): Promise<void> => {
            const last = patternBytes(length, 1000);
            for (;;) {
              const { data } = await listener.next();
              if (data.every((byte, at) => byte === last[at])) return;
            }
          };
          await keeps('a report behind those that nobody heard', patienceMs, marked());
          listener.stop();
        }),
    },
    ...(store === undefined
      ? []
      : [
          {
            name: 'a feature report comes back as it was written, without its id',
            run: (subject) =>
              onHid(subject, model, async ({ transport }) => {
                const { patienceMs } = limitsOf(subject);
                for (const length of [store.length, 1, 0]) {
                  const data = patternBytes(length, 8).map((byte) => byte | 1);
                  await keeps('a write', patienceMs, transport.sendFeatureReport(store.reportId, data));
                  const back = await keeps(
                    'a read',
                    patienceMs,
                    transport.receiveFeatureReport(store.reportId),
                  );
                  const filled = new Uint8Array(store.length);
                  filled.set(data);
                  sameBytes('a feature report', back, filled);
                }
              }),
          } satisfies TransportCase<'hid'>,
        ]),
    {
      name: 'a feature report that the device refuses is a protocol error, and the transport goes on',
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const { transport } = device;
          await device.tell(HID_COMMAND.refuse);
          const reading = transport.receiveFeatureReport(control.reportId);
          await refuses('a read that is refused', patienceMs, reading, 'protocol');
          if (refused !== undefined) {
            const write = transport.sendFeatureReport(refused.reportId, new Uint8Array(refused.length));
            await refuses('a write that is refused', patienceMs, write, 'protocol');
            const read = transport.receiveFeatureReport(refused.reportId);
            await refuses('a read that is refused', patienceMs, read, 'protocol');
          }
          await keeps('the status', patienceMs, device.status());
        }),
    },
    {
      name: 'input reports come while a feature report is not answered',
      run: (subject) =>
        onHid(subject, model, async (device) => {
          const { patienceMs } = limitsOf(subject);
          const [first] = echoed;
          const { reportId, length } = first ?? { reportId: 0, length: 0 };
          const listener = new HidListener(device.transport);
          await device.tell(HID_COMMAND.send, { reportId, count: 1, seed: 9, afterMs: 100 });
          await device.tell(HID_COMMAND.late, { afterMs: 1000 });
          const status = begun(device.status());
          const { data } = await keeps('a report', patienceMs, listener.next());
          sameBytes('a report', data, patternBytes(length, 9));
          await keeps('the status', patienceMs, status);
          listener.stop();
        }),
    },
    {
      name: 'input reports complete when the device is closed',
      run: async (subject) => {
        const { atOnceMs, closeMs } = limitsOf(subject);
        const transport = await opened(subject);
        const ending = begun(new HidListener(transport).end());
        await keeps('close() while somebody listens', closeMs, transport.close());
        await keeps('the input reports complete', atOnceMs, ending);
        await keeps('those of a closed device', atOnceMs, new HidListener(transport).end());
      },
    },
    {
      name: 'whoever listens to input reports hears of a loss, also later',
      needs: ['unplug'],
      run: async (subject) => {
        const { atOnceMs, lossMs } = limitsOf(subject);
        const transport = await opened(subject);
        const ending = begun(new HidListener(transport).end());
        await subject.unplug?.();
        await refuses('the input reports', lossMs, ending, 'lost');
        await hearsOfTheLoss(subject, transport);
        await refuses('those of a lost device', atOnceMs, new HidListener(transport).end(), 'lost');
      },
    },
  ];
}
