/** What a lab file and its tests do, as told by the process that runs them. */
export type LabEvent =
  /** The runner is up: which kernel it runs on. Milliseconds since the guest's power-on, or the host's. */
  | { readonly type: 'ready'; readonly kernel: string; readonly uptimeMs: number }
  /** What happened to the machine, in a sentence. */
  | { readonly type: 'note'; readonly text: string }
  | {
      readonly type: 'test';
      readonly file: string;
      /** The test with the suites around it, from the outside in. */
      readonly name: readonly string[];
      readonly outcome: 'passed' | 'failed' | 'skipped';
      readonly ms: number;
      /** Why it failed or was skipped. */
      readonly reason?: string;
    }
  /** What a file wrote to its standard output or error. */
  | { readonly type: 'output'; readonly file: string; readonly text: string }
  /** A file's process has ended. */
  | { readonly type: 'file-end'; readonly file: string; readonly ms: number };

/** The event on one line of the channel; undefined: the line is none. */
export function parseLabEvent(line: string): LabEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: string): unknown => Object.entries(value).find(([key]) => key === name)?.[1];
  const [type, file, ms] = [field('type'), field('file'), field('ms')];
  if (type === 'ready') {
    const [kernel, uptimeMs] = [field('kernel'), field('uptimeMs')];
    return isText(kernel) && isNumber(uptimeMs) ? { type, kernel, uptimeMs } : undefined;
  }
  const text = field('text');
  if (type === 'note') return isText(text) ? { type, text } : undefined;
  if (!isText(file)) return undefined;
  if (type === 'output') return isText(text) ? { type, file, text } : undefined;
  if (!isNumber(ms)) return undefined;
  if (type === 'file-end') return { type, file, ms };
  const [name, outcome, reason] = [field('name'), field('outcome'), field('reason')];
  if (type !== 'test' || !Array.isArray(name) || !name.every(isText) || !isOutcome(outcome)) return undefined;
  return { type, file, name, outcome, ms, ...(isText(reason) ? { reason } : {}) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isOutcome(value: unknown): value is 'passed' | 'failed' | 'skipped' {
  return value === 'passed' || value === 'failed' || value === 'skipped';
}
