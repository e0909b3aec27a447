import { fork, type ChildProcess } from 'node:child_process';
import type { Bus } from '../bus.js';
import type { BusKind } from '../port.js';
import { remoteBus } from '../remote-bus/remote-bus.js';
import type { Connect, Exit } from '../supervision/connection.js';
import {
  fileOf,
  flagsOf,
  notSent,
  watchedAs,
  type BusProgram,
  type BusProgramOptions,
} from './bus-program.js';
import { exitSentence, startFault } from './exit-words.js';

/**
 * A bus in a process of its own: its module calls `serveBus`. Whatever a native library does there, it is ended by the
 * system and started again; bytes are copied on their way.
 */
export function childBus<K extends BusKind>(kind: K, options: BusProgramOptions): Bus<K> {
  return remoteBus(kind, forkConnect(options), { ...watchedAs('process', kind, options), transfers: false });
}

function forkConnect(program: BusProgram): Connect {
  const file = fileOf(program);
  return (incoming) => {
    const child = fork(file, [...(program.args ?? [])], {
      ...flagsOf(program),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let stderrBytes = 0;
    let unreadBytes = 0;
    child.stderr?.on('data', (chunk: Uint8Array) => {
      stderrBytes += chunk.length;
    });
    child.on('message', (value: unknown) => {
      incoming.message(value);
    });
    const exited = new Promise<Exit>((resolve) => {
      child.on('error', (error) => {
        if (child.pid === undefined) resolve({ how: startFault(error), stderrBytes });
      });
      child.on('exit', (code, signal) => {
        resolve({ how: exitSentence(code, signal), stderrBytes });
      });
    });
    return {
      send: (message) => {
        const bytes = sizeOf(message);
        unreadBytes += bytes;
        sendTo(child, message, () => {
          unreadBytes -= bytes;
        });
      },
      unread: () => unreadBytes,
      finish: () => {
        sendTo(child, { type: 'finish' }, () => {
          if (child.connected) child.disconnect();
        });
      },
      kill: () => {
        child.kill('SIGKILL');
        child.stderr?.destroy();
        if (child.connected) child.disconnect();
      },
      exited,
    };
  };
}

/** `sent` is called when the system has taken the message, or never will. */
function sendTo(child: ChildProcess, message: object, sent: () => void): void {
  if (!child.connected) {
    sent();
    return;
  }
  try {
    child.send(message, sent);
  } catch (error) {
    sent();
    throw notSent(error);
  }
}

/** About how many bytes a message takes on its way. */
function sizeOf(message: object): number {
  return Object.values(message).reduce<number>((sum, value: unknown) => {
    if (value instanceof Uint8Array) return sum + value.byteLength;
    return sum + (typeof value === 'object' && value !== null ? sizeOf(value) : 16);
  }, 100);
}
