import { Worker } from 'node:worker_threads';
import { InputError } from '@buergerkoffer/formats';
import type { Bus } from '../bus.js';
import type { BusKind } from '../port.js';
import { remoteBus } from '../remote-bus/remote-bus.js';
import type { Connect, Connection, Exit } from '../supervision/connection.js';
import { fileOf, flagsOf, post, watchedAs, type BusProgram, type BusProgramOptions } from './bus-program.js';
import { neverStarted } from './exit-words.js';

/**
 * A bus in a thread of this process: its module calls `serveBus`. Cheaper than a process of its own, and bytes are
 * handed over without a copy. But a thread that is stuck in a native call cannot be ended: it is given up and another
 * one is started, what it holds stays held, and this process cannot exit by itself any more, not even by
 * `process.exit` (measured, Node 20.20). For native libraries take `childBus`.
 */
export function workerBus<K extends BusKind>(kind: K, options: BusProgramOptions): Bus<K> {
  return remoteBus(kind, threadConnect(options), { ...watchedAs('worker', kind, options), transfers: true });
}

function threadConnect(program: BusProgram): Connect {
  const file = fileOf(program);
  return (incoming) => {
    let worker: Worker;
    try {
      worker = new Worker(file, {
        ...flagsOf(program),
        argv: [...(program.args ?? [])],
        stdout: true,
        stderr: true,
      });
    } catch (error) {
      return neverStarted(error);
    }
    worker.on('message', (value: unknown) => {
      incoming.message(value);
    });
    worker.on('messageerror', () => {
      incoming.broken(new InputError('malformed', 'a message that cannot be read'));
    });
    return connectionOf(worker);
  };
}

function connectionOf(worker: Worker): Connection {
  let stderrBytes = 0;
  let thrown: string | undefined;
  worker.stdout.resume();
  worker.stderr.on('data', (chunk: Uint8Array) => {
    stderrBytes += chunk.length;
  });
  worker.on('error', (error: unknown) => {
    thrown = nameOf(error);
  });
  return {
    send: (message, transfer) => {
      post(worker, message, transfer ?? []);
    },
    // Nobody can tell how much a thread has read; what it does not answer is noticed by its silence.
    unread: () => 0,
    finish: () => {
      worker.postMessage({ type: 'finish' });
    },
    kill: () => {
      worker.unref();
      void worker.terminate();
    },
    exited: new Promise<Exit>((resolve) => {
      worker.on('exit', (code) => {
        resolve({
          how: thrown === undefined ? `it exited with code ${code}` : `it threw ${thrown}`,
          stderrBytes,
        });
      });
    }),
  };
}

/** `TypeError`, `ERR_MODULE_NOT_FOUND`: never the text. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return ('code' in error ? String(error.code) : error.name).slice(0, 60);
}
