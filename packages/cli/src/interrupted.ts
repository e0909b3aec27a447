const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

let interrupt: AbortSignal | undefined;

/** Aborted by SIGINT, SIGTERM, `stop`, or after `ms` milliseconds; a timer keeps nothing alive. */
export function interrupted(stop: AbortSignal | undefined, ms?: number): AbortSignal {
  return AbortSignal.any([
    (interrupt ??= firstSignal()),
    ...(stop === undefined ? [] : [stop]),
    ...(ms === undefined ? [] : [AbortSignal.timeout(ms)]),
  ]);
}

/** Aborted by the first signal to this process; a second one ends it, as if nobody listened. */
function firstSignal(): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    for (const signal of SIGNALS) process.off(signal, abort);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, abort);
  return controller.signal;
}
