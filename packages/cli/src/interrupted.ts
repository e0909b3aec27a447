const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What everybody waits for who was not interrupted yet. */
let interrupt: AbortSignal | undefined;

/** Aborted by SIGINT, SIGTERM, `stop`, or after `ms` milliseconds; a timer keeps nothing alive. */
export function interrupted(stop: AbortSignal | undefined, ms?: number): AbortSignal {
  return AbortSignal.any([
    (interrupt ??= nextInterrupt()),
    ...(stop === undefined ? [] : [stop]),
    ...(ms === undefined ? [] : [AbortSignal.timeout(ms)]),
  ]);
}

/** Aborted by the next signal to this process; one more ends it, as if nobody listened. */
function nextInterrupt(): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    interrupt = undefined;
    for (const signal of SIGNALS) process.off(signal, abort);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, abort);
  return controller.signal;
}
