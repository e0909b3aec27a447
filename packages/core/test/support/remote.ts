import { PassThrough } from 'node:stream';
import { concat, concatMap, from, map, NEVER, of, timer, type Observable } from 'rxjs';
import { defineKind, DeviceError, DeviceLife, type Device, type DeviceSource } from '@buergerkoffer/core';
import { simulate, type Losable, type Simulated } from '@buergerkoffer/core/simulation';
import { serveDevices } from '@buergerkoffer/core/node';
import { connectedSource, type ConnectionOptions } from '../../src/node/process-source.js';
import type { Exit } from '../../src/supervision/connection.js';

/** A device with one operation of each shape. */
export interface Recorder extends Device {
  readonly capabilities: { readonly channels: number; readonly table: Uint8Array };
  levels(count: number, start?: number): Observable<{ readonly level: number }>;
  status(name: string | undefined, signal?: AbortSignal): Promise<unknown>;
  takes(count: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

export const RECORDER = defineKind<Recorder>('recorder', 'Aufnahmegerät', {
  levels: 'stream',
  status: 'call',
  takes: 'iterate',
});

/** A recorder in memory; `log` hears what it does. */
export function simulatedRecorder(log: (what: string) => void = () => undefined): Simulated<Recorder> {
  const info = { maker: 'Test', model: 'Recorder', simulated: true };
  return simulate<Recorder>(RECORDER, info, {}, (): Recorder & Losable => {
    const life = new DeviceLife();
    return {
      info,
      ended: life.ended,
      capabilities: { channels: 2, table: new Uint8Array([7, 8]) },
      close: () => life.close(),
      lose: (error) => {
        life.lose(error);
      },
      levels: (count, start = 0) =>
        life.gate.stream('levels', () =>
          count < 0
            ? concat(of({ level: start }), NEVER)
            : from(Array.from({ length: count }, (_, i) => ({ level: start + i }))).pipe(
                concatMap((event) => timer(1).pipe(map(() => event))),
              ),
        ),
      status: (name, signal) =>
        life.gate.call(
          'status',
          (inner) => {
            switch (name) {
              case undefined:
                return Promise.resolve({ name });
              case 'fails':
                return Promise.reject(new DeviceError('attention', 'no tape', { remedy: 'put in a tape' }));
              case 'breaks':
                return Promise.reject(new TypeError('Erika Mustermann is not a function'));
              case 'method':
                return Promise.resolve({ method: () => 1 });
              case 'waits':
                log('waits');
                inner.addEventListener('abort', () => {
                  log('aborted');
                });
                return new Promise(() => undefined);
              default:
                return Promise.resolve({ name });
            }
          },
          signal,
        ),
      takes: (count) => ({
        async *[Symbol.asyncIterator]() {
          log('begins');
          try {
            for (let i = 0; i < count; i++) {
              log(`take ${i}`);
              await Promise.resolve();
              if (i === 3) throw new DeviceError('protocol', 'the tape tore');
              yield new Uint8Array([i]);
            }
          } finally {
            log('released');
          }
        },
      }),
    };
  });
}

/** A `DeviceSource` served to a supervisor in this process, over streams in memory; counts its starts. */
export function served(source: DeviceSource, options: Partial<ConnectionOptions> = {}) {
  const state = { starts: 0, running: 0, crash: (): void => undefined };
  const remote = connectedSource(
    (received) => {
      state.starts++;
      state.running++;
      const input = new PassThrough();
      const output = new PassThrough();
      let gone = (_: Exit): void => undefined;
      const exited = new Promise<Exit>((resolve) => {
        gone = (exit) => {
          resolve(exit);
        };
      });
      const end = (how: string): void => {
        output.off('data', received);
        input.end();
        gone({ how, stderrBytes: 12 });
      };
      output.on('data', received);
      void serveDevices(source, { input, output }).then(() => {
        state.running--;
        end('it exited with code 0');
      });
      state.crash = () => {
        end('it exited with code 9');
      };
      return {
        send: (bytes) => input.write(bytes),
        unread: () => input.writableLength,
        finish: () => input.end(),
        kill: () => {
          end('it was ended by SIGKILL');
        },
        exited,
      };
    },
    { kinds: [RECORDER], id: 'studio', restartMs: 20, ...options },
  );
  return { remote, state };
}
