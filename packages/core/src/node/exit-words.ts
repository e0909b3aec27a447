/** How a process ended, as a fixed sentence. */
export function exitSentence(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `it exited with code ${code ?? -1}` : `it was ended by ${signal}`;
}

/** Why a process or thread did not start, without the text of `error`, which may quote what it was given. */
export function startFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  return `it could not be started (${code})`;
}

/** The connection to what never started; settles at once. */
export function neverStarted(error: unknown) {
  const nothing = (): void => undefined;
  const exited = Promise.resolve({ how: startFault(error), stderrBytes: 0 });
  return { send: nothing, unread: () => 0, finish: nothing, kill: nothing, exited };
}
