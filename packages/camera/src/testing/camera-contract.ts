import {
  collect,
  deviceContract,
  expectFailure,
  expectRuns,
  expectThat,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import { withDeadline } from '@buergerkoffer/core';
import { Subscription, take, toArray } from 'rxjs';
import type { Camera, CameraEvent, CaptureRequest } from '../camera.js';
import { photoFromFile } from '../photo/from-file.js';

/** Frames a contract case looks at. */
const FRAMES = 3;
/** A patience that runs out while a test waits, in milliseconds. */
const SHORT_MS = 200;

/**
 * What every camera promises, beyond what every device does. A real camera needs something to look at, and a hand on
 * its shutter where it has no remote one.
 */
export const cameraContract: readonly ContractCase<Camera>[] = [
  ...deviceContract<Camera>('capture', (camera) => camera.capture()),
  {
    name: 'a capture is ready first, gives one photo last, and completes',
    run: (subject) =>
      withDevice(subject, async (camera) => {
        const events = await collect(camera.capture());
        expectThat(events[0]?.type === 'ready', `the first event is ${events[0]?.type ?? 'missing'}`);
        expectThat(
          events.at(-1)?.type === 'captured',
          `the last event is ${events.at(-1)?.type ?? 'missing'}`,
        );
        expectThat(photosOf(events).length === 1, `one shot gave ${photosOf(events).length} photos`);
      }),
  },
  {
    name: 'a photo is a complete file that says its own size and orientation',
    run: (subject) =>
      withDevice(subject, async (camera) => {
        const [photo] = photosOf(await collect(camera.capture()));
        expectThat(photo !== undefined, 'no photo came');
        const read = await photoFromFile(photo.bytes);
        expectThat(
          read.mediaType === photo.mediaType,
          `the bytes are ${read.mediaType}, not ${photo.mediaType}`,
        );
        expectThat(
          read.widthPx === photo.widthPx && read.heightPx === photo.heightPx,
          `the file has ${read.widthPx} x ${read.heightPx} pixels, the photo says otherwise`,
        );
        expectThat(read.orientation === photo.orientation, `the file says orientation ${read.orientation}`);
      }),
  },
  {
    name: 'two shots are two photos, and none comes after them',
    run: (subject) =>
      withDevice(subject, async (camera) => {
        const photos = photosOf(await collect(camera.capture({ shots: 2 })));
        expectThat(photos.length === 2, `two shots gave ${photos.length} photos`);
      }),
  },
  {
    name: 'the shutter on the body takes a photo, and the event says so; where there is none it is refused',
    run: (subject) =>
      withDevice(subject, async (camera) => {
        if (!camera.capabilities.bodyShutter) {
          await expectFailure(camera.capture({ shutter: 'body' }), 'unsupported');
          return;
        }
        const last = (await collect(camera.capture({ shutter: 'body' }))).at(-1);
        expectThat(last?.type === 'captured' && last.shutter === 'body', 'no photo came from the body');
      }),
  },
  {
    name: 'a request outside its range is refused before the camera is asked',
    run: (subject) =>
      withDevice(subject, async (camera) => {
        const wrong: readonly CaptureRequest[] = [
          { patienceMs: 0 },
          { patienceMs: Number.NaN },
          { patienceMs: 3_600_001 },
          { shots: 0 },
          { shots: 1.5 },
          { shots: 101 },
        ];
        for (const request of wrong) await expectFailure(camera.capture(request), 'invalid-request');
        if (!camera.capabilities.remoteShutter)
          await expectFailure(camera.capture({ shutter: 'remote' }), 'unsupported');
      }),
  },
  {
    name: 'a camera with live view shows JPEG frames in order, one without refuses',
    run: (subject) =>
      withDevice(subject, async (camera) => {
        if (!camera.capabilities.liveView) {
          await expectFailure(camera.preview(), 'unsupported');
          return;
        }
        const [frames = []] = await collect(camera.preview().pipe(take(FRAMES), toArray()));
        expectThat(frames.length === FRAMES, 'the live view ended by itself');
        let before = -1;
        for (const { sequence, bytes, widthPx, heightPx } of frames) {
          expectThat(sequence > before, `frame ${sequence} came after frame ${before}`);
          expectThat(bytes[0] === 0xff && bytes[1] === 0xd8, `frame ${sequence} is no JPEG`);
          expectThat(widthPx > 0 && heightPx > 0, `frame ${sequence} has no size`);
          before = sequence;
        }
      }),
  },
  {
    name: 'the live view runs beside a capture, and a second live view is busy',
    run: (subject) =>
      withDevice(subject, async (camera) => {
        if (!camera.capabilities.liveView) return;
        const view = new Subscription();
        try {
          const failed = new Promise<never>((_, reject) => {
            view.add(camera.preview().subscribe({ error: reject }));
          });
          failed.catch(() => undefined);
          await expectFailure(camera.preview(), 'busy');
          const events = await Promise.race([collect(camera.capture()), failed]);
          expectThat(photosOf(events).length === 1, 'the capture gave no photo while the live view ran');
        } finally {
          view.unsubscribe();
        }
        await expectRuns(camera.preview());
      }),
  },
  {
    name: 'closing ends the live view',
    run: (subject) =>
      withDevice(subject, async (camera) => {
        if (!camera.capabilities.liveView) return;
        const ending = expectFailure(camera.preview(), 'closed');
        await camera.close();
        await ending;
      }),
  },
  {
    name: 'a failed attempt is a retry with its reason, and the capture goes on',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (camera) => {
        subject.fault?.('capture', { type: 'retry', times: 2 });
        const events = await collect(camera.capture());
        const retries = events.filter((event) => event.type === 'retry');
        expectThat(retries.length === 2, `two failed attempts gave ${retries.length} retries`);
        expectThat(events.at(-1)?.type === 'captured', 'no photo came after the retries');
      }),
  },
  {
    name: 'a silent camera is a timeout after the patience asked for, and the next capture works',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (camera) => {
        subject.fault?.('capture', { type: 'time-out' });
        await withDeadline('the timeout', SHORT_MS * 10, () =>
          expectFailure(camera.capture({ patienceMs: SHORT_MS }), 'timeout'),
        );
        expectThat(photosOf(await collect(camera.capture())).length === 1, 'the next capture gave no photo');
      }),
  },
  {
    name: 'an answer that makes no sense is a protocol error, and the next capture works',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (camera) => {
        subject.fault?.('capture', { type: 'stall' });
        await expectFailure(camera.capture(), 'protocol');
        expectThat(photosOf(await collect(camera.capture())).length === 1, 'the next capture gave no photo');
      }),
  },
  {
    name: 'a camera that vanishes during a capture is lost, for the live view as well',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (camera) => {
        subject.fault?.('capture', { type: 'vanish' });
        const view = camera.capabilities.liveView ? expectFailure(camera.preview(), 'lost') : undefined;
        await expectFailure(camera.capture(), 'lost');
        await view;
        const end = await camera.ended;
        expectThat(end.reason === 'lost', `ended says ${end.reason} after the camera vanished`);
      }),
  },
];

function photosOf(
  events: readonly CameraEvent[],
): readonly Extract<CameraEvent, { type: 'captured' }>['photo'][] {
  return events.flatMap((event) => (event.type === 'captured' ? [event.photo] : []));
}
