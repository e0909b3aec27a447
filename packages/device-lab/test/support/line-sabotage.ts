import { filter, map, Observable, share } from 'rxjs';
import { ByteInput, DeviceError, type ByteTransport } from '@buergerkoffer/core';
import { overlay, type Sabotage } from './sabotage.js';

/** What a line can do wrong with bytes and readers, and the case that catches it. */
export function lineSabotage<K extends 'serial' | 'tcp'>(): readonly Sabotage<K>[] {
  return LINE_SABOTAGE.map(({ worse, ...sabotage }) => ({
    ...sabotage,
    transport: (line) => overlay(line, worse(line) as Partial<typeof line>),
  }));
}

interface LineSabotage {
  readonly does: string;
  readonly caughtBy: string;
  worse(line: ByteTransport): Partial<ByteTransport>;
}

const LINE_SABOTAGE: readonly LineSabotage[] = [
  {
    does: 'takes bytes 11 and 13 for flow control',
    caughtBy: 'every value of a byte passes both ways, in messages of every size',
    worse: (line) => ({
      write: (bytes, options) =>
        line.write(
          bytes.filter((byte) => byte !== 0x11 && byte !== 0x13),
          options,
        ),
    }),
  },
  {
    does: 'makes a line feed of each carriage return',
    caughtBy: 'every value of a byte passes both ways, in messages of every size',
    worse: (line) => ({
      input: line.input.pipe(map((bytes) => bytes.map((byte) => (byte === 13 ? 10 : byte)))),
    }),
  },
  {
    does: 'never resolves a write of nothing',
    caughtBy: 'a write of nothing resolves and sends nothing',
    worse: (line) => ({
      write: (bytes, options) =>
        bytes.length === 0 ? new Promise(() => undefined) : line.write(bytes, options),
    }),
  },
  {
    does: 'writes no more than the first half megabyte',
    caughtBy: 'a megabyte that is written at once arrives whole',
    worse: (line) => ({ write: (bytes, options) => line.write(bytes.subarray(0, 1 << 19), options) }),
  },
  {
    does: 'drops every hundredth chunk',
    caughtBy: 'chunk boundaries mean nothing',
    worse: (line) => ({ input: line.input.pipe(filter((_, index) => index % 100 !== 99)) }),
  },
  {
    does: 'cuts long chunks',
    caughtBy: 'a megabyte that is said at once is read whole',
    worse: (line) => ({ input: line.input.pipe(map((bytes) => bytes.subarray(0, 1 << 16))) }),
  },
  {
    does: 'hears nothing while it writes',
    caughtBy: 'both directions run at once',
    worse: (line) => {
      let writing = 0;
      return {
        input: line.input.pipe(filter(() => writing === 0)),
        write: async (bytes, options) => {
          writing += 1;
          try {
            if (bytes.length > 100_000) await new Promise((resolve) => setTimeout(resolve, 50));
            await line.write(bytes, options);
          } finally {
            writing -= 1;
          }
        },
      };
    },
  },
  {
    does: 'lets short writes overtake long ones',
    caughtBy: 'writes that nobody waits for go out in their order',
    worse: (line) => ({
      write: async (bytes, options) => {
        if (bytes.length > 500) await new Promise((resolve) => setTimeout(resolve, 1));
        await line.write(bytes, options);
      },
    }),
  },
  {
    does: 'resolves a write before it has taken the bytes',
    caughtBy: 'bytes that were handed over belong to the caller again',
    worse: (line) => ({
      write: (bytes, options) => {
        options?.signal?.throwIfAborted();
        setTimeout(() => void line.write(bytes, options), 1);
        return Promise.resolve();
      },
    }),
  },
  {
    does: 'drops what comes while nobody reads',
    caughtBy: 'what comes while nobody reads is kept, 64 KiB of it',
    worse: (line) => ({ input: shared(line) }),
  },
  {
    does: 'keeps the last 64 KiB and says nothing of the rest',
    caughtBy: 'more than 64 KiB that nobody reads are a protocol error for good',
    worse: (line) => {
      const input = new ByteInput();
      let kept = 0;
      line.input.subscribe({
        next: (bytes) => {
          kept += bytes.length;
          if (kept <= 1 << 16) input.push(bytes);
        },
        error: (error: unknown) => {
          input.end({ reason: 'lost', error: DeviceError.from(error, 'lost', 'gone') });
        },
        complete: () => {
          input.end({ reason: 'closed' });
        },
      });
      return { input: input.stream };
    },
  },
  {
    does: 'lets several read',
    caughtBy: 'a second reader is busy and does not disturb the first',
    worse: (line) => ({ input: shared(line) }),
  },
  {
    does: 'drops what comes between two readers',
    caughtBy: 'the next reader goes on where the last one stopped',
    worse: (line) => ({ input: shared(line) }),
  },
  {
    does: 'never completes its input',
    caughtBy: 'a reader sees its input complete when the line is closed',
    worse: (line) => ({ input: ending(line, 'silent', 'lost') }),
  },
  {
    does: 'completes its input at a loss',
    caughtBy: 'a reader hears of a loss, also one that comes later',
    worse: (line) => ({ input: ending(line, 'completes', 'completes') }),
  },
  {
    does: 'drops what was kept at a loss',
    caughtBy: 'what came before a loss can be read after it',
    worse: (line) => {
      let lost = false;
      void line.ended.then(({ reason }) => {
        lost = reason === 'lost';
      });
      return { input: line.input.pipe(filter(() => !lost)) };
    },
  },
  {
    does: 'closes when the line is silent',
    caughtBy: 'a line that is closed in the middle of a flood closes',
    worse: (line) => {
      let heard = false;
      return {
        input: new Observable((subscriber) =>
          line.input.subscribe({
            next: (bytes) => {
              heard = true;
              subscriber.next(bytes);
            },
            error: (error: unknown) => {
              subscriber.error(error);
            },
            complete: () => {
              subscriber.complete();
            },
          }),
        ),
        close: async () => {
          while (heard) {
            heard = false;
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
          await line.close();
        },
      };
    },
  },
];

/** Reads from the first reader on, for whoever listens. */
function shared(line: ByteTransport): Observable<Uint8Array> {
  const hot = line.input.pipe(share());
  hot.subscribe({ error: () => undefined });
  return hot;
}

function ending(
  line: ByteTransport,
  closed: 'silent' | 'completes',
  lost: 'lost' | 'completes',
): Observable<Uint8Array> {
  return new Observable((subscriber) =>
    line.input.subscribe({
      next: (bytes) => {
        subscriber.next(bytes);
      },
      error: (error: unknown) => {
        if (lost === 'lost') subscriber.error(error);
        else subscriber.complete();
      },
      complete: () => {
        if (closed === 'completes') subscriber.complete();
      },
    }),
  );
}
