import {
  collect,
  deviceContract,
  expectFailure,
  expectThat,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import { SLAP_FINGERS, type FingerPosition } from '../finger-position.js';
import type {
  FingerCaptured,
  FingerprintCaptured,
  FingerprintEvent,
  FingerprintScanner,
  SlapCaptured,
} from '../fingerprint-scanner.js';
import { LIVE_STATUS_TEXT, RETRY_TEXT } from '../live-status.js';

const FINGER: FingerPosition = 'right-index';
/** Patience of the capture that nobody answers, in milliseconds. */
const SHORT_PATIENCE_MS = 300;

/**
 * What every fingerprint scanner promises, as named cases; run them with `runContract` or in any test framework.
 * On a real scanner somebody lays a right index finger down for each case, and both where the case says so.
 */
export const fingerprintScannerContract: readonly ContractCase<FingerprintScanner>[] = [
  ...deviceContract<FingerprintScanner>('capture', (device) => device.capture({ finger: FINGER })),
  {
    name: 'the capabilities name a glass of at least one pixel',
    run: (subject) =>
      withDevice(subject, (device) => {
        const { widthPx, heightPx } = device.capabilities;
        for (const side of [widthPx, heightPx]) {
          expectThat(
            Number.isInteger(side) && side > 0,
            `the glass measures ${widthPx} x ${heightPx} pixels`,
          );
        }
        return Promise.resolve();
      }),
  },
  {
    name: 'a capture starts with waiting and ends with the one captured print of the finger asked for',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const events = await collect(device.capture({ finger: 'left-thumb' }));
        expectThat(events[0]?.type === 'waiting', `the first event is ${events[0]?.type ?? 'missing'}`);
        const { finger } = onlyFinger(events);
        expectThat(finger === 'left-thumb', `left-thumb was asked for, ${finger} was captured`);
      }),
  },
  {
    name: 'the image has the resolution of the capabilities, fits the glass and is not blank',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const { image } = onlyFinger(await collect(device.capture({ finger: FINGER })));
        const { widthPx, heightPx, resolutionPpi } = device.capabilities;
        expectThat(image.resolutionPpi === resolutionPpi, `the image has ${image.resolutionPpi} ppi`);
        expectThat(
          image.width <= widthPx && image.height <= heightPx,
          `an image of ${image.width} x ${image.height} from a glass of ${widthPx} x ${heightPx}`,
        );
        expectThat(
          image.data.length === image.width * image.height,
          `${image.data.length} bytes for ${image.width} x ${image.height} pixels`,
        );
        const first = image.data[0];
        expectThat(
          image.data.some((grey) => grey !== first),
          'every pixel of the image is the same grey',
        );
      }),
  },
  {
    name: 'a slap of more fingers than the glass takes is refused as unsupported',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const { simultaneousFingers } = device.capabilities;
        if (simultaneousFingers < 4) {
          await expectFailure(device.capture({ slap: 'right-four' }), 'unsupported');
        }
        if (simultaneousFingers < 2) {
          await expectFailure(device.capture({ slap: 'both-index' }), 'unsupported');
        }
      }),
  },
  {
    name: 'a glass for several fingers takes a slap of both index fingers and tells them apart',
    run: (subject) =>
      withDevice(subject, async (device) => {
        if (device.capabilities.simultaneousFingers < 2) return;
        const events = await collect(device.capture({ slap: 'both-index' }));
        const [first] = events;
        expectThat(
          first?.type === 'waiting' && first.slap === 'both-index',
          `the first event is ${first?.type ?? 'missing'}`,
        );
        expectSlap(onlyCaptured(events), device);
      }),
  },
  {
    name: 'a forced capture ends at once, where the capabilities promise it',
    run: (subject) =>
      withDevice(subject, async (device) => {
        if (device.capabilities.manualCapture !== true) return;
        const captureNow = AbortSignal.abort();
        onlyFinger(await collect(device.capture({ finger: FINGER, captureNow })));
      }),
  },
  {
    name: 'previews come when they are asked for and the capabilities promise them, and only then',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const silent = await collect(device.capture({ finger: FINGER }));
        expectThat(!silent.some(isPreview), 'a preview came though none was asked for');
        const lively = await collect(device.capture({ finger: FINGER, previews: true }));
        expectThat(
          lively.some(isPreview) === device.capabilities.preview,
          `the capabilities say preview: ${String(device.capabilities.preview)}, the capture shows the opposite`,
        );
      }),
  },
  {
    name: 'subscribing twice to one capture captures twice',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const capture = device.capture({ finger: FINGER });
        onlyCaptured(await collect(capture));
        onlyCaptured(await collect(capture));
      }),
  },
  {
    name: 'a patience that is no time is refused as invalid-request',
    run: (subject) =>
      withDevice(subject, async (device) => {
        for (const patienceMs of [0, -1, Number.NaN, Infinity]) {
          await expectFailure(device.capture({ finger: FINGER, patienceMs }), 'invalid-request');
        }
      }),
  },
  {
    name: 'a capture that nobody answers ends with timeout, and the next one runs',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (device) => {
        subject.fault?.('capture', { type: 'time-out' });
        await expectFailure(device.capture({ finger: FINGER, patienceMs: SHORT_PATIENCE_MS }), 'timeout');
        onlyCaptured(await collect(device.capture({ finger: FINGER })));
      }),
  },
  {
    name: 'a failed attempt is a retry with a reason, after which the scanner waits again and captures',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (device) => {
        subject.fault?.('capture', { type: 'retry', times: 2 });
        const events = await collect(device.capture({ finger: FINGER }));
        const retries = events.flatMap((event, i) => (event.type === 'retry' ? [i] : []));
        expectThat(retries.length === 2, `two attempts failed, ${retries.length} retries were reported`);
        for (const i of retries) {
          const next = events[i + 1]?.type ?? 'nothing';
          expectThat(next === 'waiting', `after a retry comes ${next}`);
        }
        onlyCaptured(events);
      }),
  },
  {
    name: 'a broken answer of the hardware is a protocol error',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (device) => {
        subject.fault?.('capture', { type: 'stall' });
        await expectFailure(device.capture({ finger: FINGER }), 'protocol');
      }),
  },
  {
    name: 'a scanner that vanishes while the finger lies on it is lost',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (device) => {
        subject.fault?.('capture', { type: 'vanish' });
        await expectFailure(device.capture({ finger: FINGER }), 'lost');
        const end = await device.ended;
        expectThat(end.reason === 'lost', `ended says ${end.reason}`);
      }),
  },
];

/** The captured print of `events`, which must be the last one, after statuses and reasons that have a text. */
function onlyCaptured(events: readonly FingerprintEvent[]): FingerprintCaptured {
  for (const event of events.slice(0, -1)) {
    expectThat(event.type !== 'captured', 'something comes after captured');
    if (event.type === 'guidance') {
      expectThat(
        Object.hasOwn(LIVE_STATUS_TEXT, event.status),
        `the status ${event.status} is not one of HLBS`,
      );
    }
    if (event.type === 'retry') {
      expectThat(Object.hasOwn(RETRY_TEXT, event.reason), `the retry reason ${event.reason} has no text`);
    }
  }
  const last = events.at(-1);
  expectThat(last?.type === 'captured', `the last event is ${last?.type ?? 'missing'}, not captured`);
  return last;
}

/** The captured print of one finger. */
function onlyFinger(events: readonly FingerprintEvent[]): FingerCaptured {
  const captured = onlyCaptured(events);
  expectThat(captured.slap === undefined, 'one finger was asked for, a slap was captured');
  return captured;
}

/** A slap whose segments bear the names of its fingers, in order, at the resolution of the glass. */
function expectSlap(captured: FingerprintCaptured, { capabilities }: FingerprintScanner): void {
  expectThat(captured.slap === 'both-index', 'both index fingers were asked for');
  const { image, segmentation }: SlapCaptured = captured;
  const { widthPx, heightPx, resolutionPpi } = capabilities;
  expectThat(image.resolutionPpi === resolutionPpi, `the slap has ${image.resolutionPpi} ppi`);
  expectThat(image.width <= widthPx && image.height <= heightPx, 'the slap is larger than the glass');
  const { outcome } = segmentation;
  expectThat(outcome === 'segmented', `both fingers lie there, the segmentation says ${outcome}`);
  const names = segmentation.segments.map(({ finger }) => finger);
  expectThat(String(names) === String(SLAP_FINGERS['both-index']), `the segments are ${String(names)}`);
  for (const { image: segment } of segmentation.segments) {
    expectThat(segment.resolutionPpi === resolutionPpi, `a segment has ${segment.resolutionPpi} ppi`);
    expectThat(segment.data.length === segment.width * segment.height, 'a segment has missing pixels');
  }
}

function isPreview(event: FingerprintEvent): boolean {
  return event.type === 'preview';
}
