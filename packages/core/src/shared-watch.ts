import { Observable, type Subscriber, type Subscription } from 'rxjs';
import type { Diagnostic, PortEvent } from './bus.js';
import type { BusKind, Port } from './port.js';

/**
 * `events` watched once however many subscribe: a late subscriber first receives what is attached now, whether
 * the first enumeration is complete, and the present diagnostics. The last one to leave stops the watch.
 */
export function sharedWatch<K extends BusKind>(events: Observable<PortEvent<K>>): Observable<PortEvent<K>> {
  const watchers = new Set<Subscriber<PortEvent<K>>>();
  const attached = new Map<string, Port<K>>();
  let diagnostics: readonly Diagnostic[] | undefined;
  let listed = false;
  let watch: Subscription | undefined;
  const note = (event: PortEvent<K>): void => {
    switch (event.type) {
      case 'attached':
      case 'changed':
        attached.set(event.port.id, event.port);
        break;
      case 'detached':
        attached.delete(event.port.id);
        break;
      case 'listed':
        listed = true;
        break;
      case 'diagnostics':
        diagnostics = event.diagnostics;
        break;
      default:
        event satisfies never;
    }
    for (const watcher of [...watchers]) watcher.next(event);
  };
  const stop = (): void => {
    watch?.unsubscribe();
    watch = undefined;
    attached.clear();
    diagnostics = undefined;
    listed = false;
  };
  return new Observable((subscriber) => {
    for (const port of attached.values()) subscriber.next({ type: 'attached', port });
    if (diagnostics !== undefined) subscriber.next({ type: 'diagnostics', diagnostics });
    if (listed) subscriber.next({ type: 'listed' });
    watchers.add(subscriber);
    subscriber.add(() => {
      watchers.delete(subscriber);
      if (watchers.size === 0) stop();
    });
    watch ??= events.subscribe({
      next: note,
      error: (error: unknown) => {
        // Whoever comes after a failure starts a new watch.
        const told = [...watchers];
        watchers.clear();
        stop();
        for (const watcher of told) watcher.error(error);
      },
    });
    // Everybody may have left at what was told while subscribing.
    if (watchers.size === 0) stop();
  });
}
