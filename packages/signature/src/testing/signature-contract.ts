import {
  collect,
  deviceContract,
  expectFailure,
  expectThat,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import { checkSignature, type PenSample, type Signature } from '../model/pen-sample.js';
import { SIGN_RETRY_TEXT } from '../sign-retry.js';
import type { SignaturePad, SignEvent } from '../signature-pad.js';

/** Patience of the signing that nobody answers, in milliseconds. */
const SHORT_PATIENCE_MS = 300;

/**
 * What every signature pad promises, as named cases; run them with `runContract` or in any test framework. On a
 * real pad somebody signs and confirms for each case.
 */
export const signaturePadContract: readonly ContractCase<SignaturePad>[] = [
  ...deviceContract<SignaturePad>('sign', (device) => device.sign()),
  {
    name: 'the capabilities name a writing area, its grid and its rates',
    run: (subject) =>
      withDevice(subject, (device) => {
        const { widthMm, heightMm, maxX, maxY, pressureLevels, samplesPerSecond } = device.capabilities;
        const numbers = { widthMm, heightMm, maxX, maxY, pressureLevels, samplesPerSecond };
        for (const [name, value] of Object.entries(numbers)) {
          expectThat(value > 0 && Number.isFinite(value), `${name} is ${value}`);
        }
        return Promise.resolve();
      }),
  },
  {
    name: 'a signing starts with ready and ends with one confirmed signature',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const events = await collect(device.sign({ prompt: 'Bitte unterschreiben' }));
        expectThat(events[0]?.type === 'ready', `the first event is ${events[0]?.type ?? 'missing'}`);
        onlyConfirmed(events);
      }),
  },
  {
    name: 'the samples lie on the writing area of the capabilities, in the order of time, and some of them write',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const signature = onlyConfirmed(await collect(device.sign()));
        const { widthMm, heightMm } = device.capabilities;
        expectThat(
          signature.widthMm === widthMm && signature.heightMm === heightMm,
          `a signature of ${signature.widthMm} x ${signature.heightMm} mm from a pad of ${widthMm} x ${heightMm} mm`,
        );
        const fault = faultOf(signature);
        expectThat(fault === undefined, `the samples cannot be: ${fault ?? ''}`);
        expectThat(
          signature.samples.some(({ down }) => down),
          'the pen never touches the pad',
        );
      }),
  },
  {
    name: 'the confirmed signature is what was written since the last ready',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const events = await collect(device.sign());
        expectSame(onlyConfirmed(events).samples, writtenLast(events));
      }),
  },
  {
    name: 'subscribing twice to one signing asks twice',
    run: (subject) =>
      withDevice(subject, async (device) => {
        const signing = device.sign();
        onlyConfirmed(await collect(signing));
        onlyConfirmed(await collect(signing));
      }),
  },
  {
    name: 'a patience that is no time is refused as invalid-request',
    run: (subject) =>
      withDevice(subject, async (device) => {
        for (const patienceMs of [0, -1, Number.NaN, Infinity]) {
          await expectFailure(device.sign({ patienceMs }), 'invalid-request');
        }
      }),
  },
  {
    name: 'a signing that nobody answers ends with timeout, and the next one runs',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (device) => {
        subject.fault?.('sign', { type: 'time-out' });
        await expectFailure(device.sign({ patienceMs: SHORT_PATIENCE_MS }), 'timeout');
        onlyConfirmed(await collect(device.sign()));
      }),
  },
  {
    name: 'a failed attempt is a retry with a reason, after which the pad is ready again and the samples are void',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (device) => {
        subject.fault?.('sign', { type: 'retry', times: 2 });
        const events = await collect(device.sign());
        const retries = events.filter(({ type }) => type === 'retry').length;
        expectThat(retries === 2, `two attempts failed, ${retries} retries were reported`);
        expectSame(onlyConfirmed(events).samples, writtenLast(events));
      }),
  },
  {
    name: 'a broken answer of the hardware is a protocol error',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (device) => {
        subject.fault?.('sign', { type: 'stall' });
        await expectFailure(device.sign(), 'protocol');
      }),
  },
  {
    name: 'a pad that vanishes under the pen is lost',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (device) => {
        subject.fault?.('sign', { type: 'vanish' });
        await expectFailure(device.sign(), 'lost');
        const end = await device.ended;
        expectThat(end.reason === 'lost', `ended says ${end.reason}`);
      }),
  },
];

/** The signature that ends `events`; after each wiped or failed attempt the pad must be ready again. */
function onlyConfirmed(events: readonly SignEvent[]): Signature {
  for (const [i, event] of events.slice(0, -1).entries()) {
    expectThat(
      event.type !== 'confirmed' && event.type !== 'declined',
      `something comes after ${event.type}`,
    );
    if (event.type === 'retry') {
      expectThat(
        Object.hasOwn(SIGN_RETRY_TEXT, event.reason),
        `the retry reason ${event.reason} has no text`,
      );
    }
    if (event.type === 'retry' || event.type === 'cleared') {
      const next = events[i + 1]?.type ?? 'nothing';
      expectThat(next === 'ready', `after ${event.type} comes ${next}`);
    }
    if (event.type === 'strokes') expectThat(event.samples.length > 0, 'a batch of strokes is empty');
  }
  const last = events.at(-1);
  expectThat(last?.type === 'confirmed', `the last event is ${last?.type ?? 'missing'}, not confirmed`);
  return last.signature;
}

function writtenLast(events: readonly SignEvent[]): readonly PenSample[] {
  const ready = events.findLastIndex(({ type }) => type === 'ready');
  return events.slice(ready).flatMap((event) => (event.type === 'strokes' ? event.samples : []));
}

function expectSame(confirmed: readonly PenSample[], written: readonly PenSample[]): void {
  expectThat(
    confirmed.length === written.length,
    `${written.length} samples were written, ${confirmed.length} confirmed`,
  );
  for (const [i, { x, y, pressure, tMs, down }] of confirmed.entries()) {
    const other = written[i];
    const same =
      other?.x === x &&
      other.y === y &&
      other.pressure === pressure &&
      other.tMs === tMs &&
      other.down === down;
    expectThat(same, `sample ${i} of the confirmed signature is not the one that was written`);
  }
}

function faultOf(signature: Signature): string | undefined {
  try {
    checkSignature(signature);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
