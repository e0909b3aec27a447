import { watch, type FSWatcher } from 'node:fs';
import { Observable } from 'rxjs';

/**
 * Cold. Emits whenever a node whose name fits `pattern` comes, goes or gets other rights in `folder` (`/dev`,
 * `/dev/bus/usb/001`): the kernel tells, with or without udevd. Completes where the folder cannot be watched, so that
 * whoever listens falls back on looking now and then.
 */
export function deviceNodes(folder: string, pattern: RegExp): Observable<unknown> {
  return new Observable<string>((subscriber) => {
    let watcher: FSWatcher;
    try {
      watcher = watch(folder, { persistent: true });
    } catch {
      subscriber.complete();
      return;
    }
    watcher.on('change', (_, name) => {
      if (typeof name === 'string' && pattern.test(name)) subscriber.next(name);
    });
    watcher.on('error', () => {
      subscriber.complete();
    });
    subscriber.add(() => {
      watcher.close();
    });
  });
}
