/** Aborted by SIGINT, SIGTERM, `stop`, or after `ms` milliseconds; a timer keeps nothing alive. */
export function interrupted(stop: AbortSignal | undefined, ms?: number): AbortSignal {
  return AbortSignal.any([
    nextInterrupt(),
    ...(stop === undefined ? [] : [stop]),
    ...(ms === undefined ? [] : [AbortSignal.timeout(ms)]),
  ]);
}

/** One listener for all that wait: the first interrupt is heard, another one ends the process. */
let waiting = new AbortController();
let isListening = false;

function nextInterrupt(): AbortSignal {
  if (isListening) return waiting.signal;
  waiting = new AbortController();
  isListening = true;
  const onInterrupt = (): void => {
    isListening = false;
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
    waiting.abort();
  };
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  return waiting.signal;
}
