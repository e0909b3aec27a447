import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  concatMap,
  defer,
  filter,
  firstValueFrom,
  from,
  fromEvent,
  ignoreElements,
  merge,
  mergeMap,
  Observable,
  of,
  share,
  startWith,
  Subject,
  switchMap,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { deviceNodes } from '../device-nodes.js';
import { names } from '../sysfs.js';
import type { UsbHost } from './usb-host.js';

const THREE_DIGITS = /^\d{3}$/;

/**
 * The nodes under `/dev/bus/usb`: the kernel makes and removes one with each device, with udevd or without it, and
 * tells whoever watches their folders.
 */
export class UsbNodes {
  /** Watches once however many subscribe, and never ends: emits when a look at the device tree is worth it. */
  readonly hints: Observable<unknown>;
  #deaf = false;

  constructor(host: Pick<UsbHost, 'dev'>) {
    this.hints = defer(() => {
      const again = new Subject<void>();
      return again.pipe(
        startWith(undefined),
        switchMap(() => this.#watch(host.dev, again)),
      );
    }).pipe(share());
  }

  /** Whether a folder cannot be watched, so that changes are found only by looking now and then. */
  get isDeaf(): boolean {
    return this.#deaf;
  }

  /** One watch per bus, and one on each folder on the way; a folder that comes or goes begins it anew. */
  #watch(dev: string, again: Subject<void>): Observable<unknown> {
    const root = join(dev, 'bus/usb');
    this.#deaf = false;
    const deaf = tap<unknown>({
      complete: () => {
        this.#deaf = true;
      },
    });
    const folders = merge(
      deviceNodes(dev, /^bus$/),
      deviceNodes(join(dev, 'bus'), /^usb$/),
      deviceNodes(root, THREE_DIGITS).pipe(deaf),
    ).pipe(
      tap(() => {
        again.next();
      }),
      ignoreElements(),
    );
    const nodes = defer(() => from(names(root))).pipe(
      mergeMap((found) => {
        const buses = found?.filter((name) => THREE_DIGITS.test(name)) ?? [];
        // What came before its folder was watched is found by a look now.
        return merge(...buses.map((bus) => deviceNodes(join(root, bus), THREE_DIGITS).pipe(deaf)), of(root));
      }),
    );
    return merge(folders, nodes);
  }
}

/** Cold. Emits once, when `node` is not there (any more). Silent where its folder cannot be watched. */
export function nodeGone(node: string): Observable<unknown> {
  return changesOf(node).pipe(
    startWith(undefined),
    concatMap(() => isThere(node)),
    filter((there) => !there),
    take(1),
  );
}

/**
 * Resolves as soon as `node` may be opened, or after `ms` milliseconds: the rights on a new node are set by udevd a
 * moment after the kernel has made it. Rejects with `signal.reason`.
 */
export async function untilOpenable(
  node: string,
  mayOpen: (node: string) => Promise<boolean>,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  const openable = changesOf(node).pipe(
    startWith(undefined),
    concatMap(() => mayOpen(node)),
    filter((may) => may),
    takeUntil(merge(timer(ms), fromEvent(signal, 'abort'))),
  );
  await firstValueFrom(openable, { defaultValue: false });
  signal.throwIfAborted();
}

/** Hints that `node` came, went or got other rights. */
function changesOf(node: string): Observable<unknown> {
  return deviceNodes(dirname(node), new RegExp(`^${basename(node)}$`));
}

function isThere(node: string): Promise<boolean> {
  return access(node).then(
    () => true,
    () => false,
  );
}
