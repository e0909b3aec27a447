import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import { bareRequest, COMMAND, WAITED } from './messages.js';
import type { PcscdConnection } from './pcscd-connection.js';
import { openContext } from './pcscd-context.js';
import { READERS, type ReaderStatus } from './reader-status.js';

/** How long a service that starts may take to set up its readers, in milliseconds. */
const READERS_MS = 30_000;
const QUIET_MS = 60_000;
/** How long it may take to say so, in milliseconds. */
const ALIVE_MS = 5_000;

/**
 * Tells of all readers of the service at `path`, at first and at every change, until `signal` is aborted. Never
 * resolves; rejects with `signal.reason`, or as the service cannot be reached or goes. After `quietMs` milliseconds
 * without a change it is asked whether it is still there.
 */
export async function watchReaders(
  path: string,
  tell: (readers: readonly ReaderStatus[]) => void,
  signal: AbortSignal,
  quietMs = QUIET_MS,
): Promise<never> {
  const { connection } = await openContext(path, signal);
  try {
    for (;;) {
      // Registered first, then answered: no change between two waits is missed.
      connection.send(bareRequest(COMMAND.waitReaderStateChange));
      const listing = (): Promise<readonly ReaderStatus[]> => connection.receive(READERS);
      tell(await withDeadline('listing the readers', READERS_MS, listing, signal));
      await change(connection, signal, quietMs);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    connection.end();
  }
}

/** A wait gets one answer, whether it is the change or that it was stopped: a service that gives none hangs. */
async function change(connection: PcscdConnection, signal: AbortSignal, quietMs: number): Promise<void> {
  const waited = connection.receive(WAITED);
  waited.catch(() => undefined); // nobody may be left to hear of it
  try {
    await withDeadline('a change', quietMs, () => waited, signal);
  } catch (error) {
    if (!(error instanceof DeviceError) || error.code !== 'timeout') throw error;
    connection.send(bareRequest(COMMAND.stopWaitingReaderStateChange));
    await withDeadline('asking whether the PC/SC service is there', ALIVE_MS, () => waited, signal);
  }
}
