/** Aborted by SIGINT, SIGTERM, `stop`, or after `ms` milliseconds; a timer keeps nothing alive. */
export function interrupted(stop: AbortSignal | undefined, ms?: number): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupt.abort();
    });
  }
  return AbortSignal.any([
    interrupt.signal,
    ...(stop === undefined ? [] : [stop]),
    ...(ms === undefined ? [] : [AbortSignal.timeout(ms)]),
  ]);
}
