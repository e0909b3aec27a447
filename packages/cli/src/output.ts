import type { Readable } from 'node:stream';
import { SdkError, type ErrorShape } from '@buergerkoffer/formats';
import { EXIT, exitCodeOf, UsageError, worse, type ExitCode } from './exit-code.js';
import type { Streams } from './streams.js';
import { writeOutput } from './write-output.js';

/** The name under which a file goes to standard output. */
export const STANDARD_OUTPUT = '-';

/** What an error of the command line, or of our own, looks like beside those of the SDK. */
type ToldError = Omit<ErrorShape, 'kind'> & { readonly kind: ErrorShape['kind'] | 'usage' | 'bug' };

/** What a command says. In JSON it is one object per line on standard output and nothing else. */
export class Output {
  readonly json: boolean;
  readonly #debug: boolean;
  readonly #streams: Streams;
  #exitCode: ExitCode = EXIT.done;
  #isFile = false;

  constructor(streams: Streams, options: { readonly json: boolean; readonly debug: boolean }) {
    this.#streams = streams;
    this.json = options.json;
    this.#debug = options.debug;
  }

  /** The worst that happened so far. */
  get exitCode(): ExitCode {
    return this.#exitCode;
  }

  /** Standard input. */
  get input(): Readable | undefined {
    return this.#streams.input;
  }

  /** Aborted when a command that goes on by itself should end. */
  get stop(): AbortSignal | undefined {
    return this.#streams.stop;
  }

  /** One answer: `record` for programs, `lines` for people. */
  answer(record: object, lines: readonly string[]): void {
    if (this.json) this.#streams.out(`${JSON.stringify(record)}\n`);
    else for (const line of lines) (this.#isFile ? this.#streams.err : this.#streams.out)(`${line}\n`);
  }

  /**
   * Writes a file that the command makes. `-` is standard output, which has nothing else then: people read the answers on standard
   * error. `UsageError` for a second file there, for one beside `--json`, and for a folder; `StorageError` where the disk fails.
   */
  async save(path: string, bytes: Uint8Array): Promise<void> {
    if (path !== STANDARD_OUTPUT) {
      await writeOutput(path, bytes);
      return;
    }
    if (this.json || this.#isFile) {
      throw new UsageError(
        'standard output takes one file, and no --json beside it',
        'name a file instead of -',
      );
    }
    this.#isFile = true;
    await this.#streams.outFile?.(bytes);
  }

  /** Something for people only, on standard error. */
  note(line: string): void {
    if (!this.json) this.#streams.err(`${line}\n`);
  }

  /** A question to the person at the terminal, on standard error, whatever the answer looks like. */
  prompt(line: string): void {
    this.#streams.err(`${line}\n`);
  }

  /** The answer is bad: the command goes on and ends with code 1. */
  judgeBad(): void {
    this.#exitCode = worse(this.#exitCode, EXIT.bad);
  }

  /** What was told already did not succeed for a device, the disk or a service: the command ends with code 3. */
  judgeFailed(): void {
    this.#exitCode = worse(this.#exitCode, EXIT.failed);
  }

  /**
   * Something failed: one line, the remedy (before it the clerk's, in German, where there is one), and a stack only when it was
   * asked for. `file` names the input.
   */
  fail(error: unknown, file?: string): void {
    this.#exitCode = worse(this.#exitCode, exitCodeOf(error));
    this.#answerError(shapeOf(error), file);
    if (this.#debug && error instanceof Error) this.#streams.err(`${stackOf(error)}\n`);
  }

  #answerError(shape: ToldError, file: string | undefined): void {
    if (this.json) {
      const record = { type: 'error', ...(file === undefined ? {} : { file }), error: shape };
      this.#streams.out(`${JSON.stringify(record)}\n`);
      return;
    }
    const where = [
      ...(shape.path === undefined || shape.path === file || shape.message.startsWith(`${shape.path}:`)
        ? []
        : [shape.path]),
      ...(shape.offset === undefined ? [] : [`byte ${shape.offset}`]),
    ];
    const subject = file === undefined ? '' : `${file}: `;
    const place = where.length === 0 ? '' : ` (${where.join(', ')})`;
    const remedies = [shape.germanRemedy, shape.remedy].filter((remedy) => remedy !== undefined);
    this.#streams.err(
      `koffer: ${subject}${shape.message}${place}\n${remedies.map((remedy) => `  → ${remedy}\n`).join('')}`,
    );
  }
}

function shapeOf(error: unknown): ToldError {
  if (error instanceof SdkError) return error.toJSON();
  if (error instanceof UsageError) {
    return { kind: 'usage', code: 'usage', message: error.message, remedy: error.remedy };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'bug', code: 'bug', message, remedy: 'report this with the output of --debug' };
}

/** The stack of an error and of what caused it. */
function stackOf(error: Error): string {
  const own = error.stack ?? String(error);
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
