import { SdkError } from '@buergerkoffer/formats';
import { EXIT, exitCodeOf, worse, type ExitCode } from './exit-code.js';

/** Where a command writes, and which way: lines for people, or one JSON object per line. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** What a command says. In JSON it is one object per line on standard output and nothing else. */
export class Output {
  readonly json: boolean;
  readonly #debug: boolean;
  readonly #streams: Streams;
  #exitCode: ExitCode = EXIT.done;

  constructor(streams: Streams, options: { readonly json: boolean; readonly debug: boolean }) {
    this.#streams = streams;
    this.json = options.json;
    this.#debug = options.debug;
  }

  /** The worst that happened so far. */
  get exitCode(): ExitCode {
    return this.#exitCode;
  }

  /** One answer: `record` for programs, `lines` for people. */
  answer(record: object, lines: readonly string[]): void {
    if (this.json) this.#streams.out(`${JSON.stringify(record)}\n`);
    else for (const line of lines) this.#streams.out(`${line}\n`);
  }

  /** Something for people only, on standard error. */
  note(line: string): void {
    if (!this.json) this.#streams.err(`${line}\n`);
  }

  /** The answer is bad: the command goes on and ends with code 1. */
  judgeBad(): void {
    this.#exitCode = worse(this.#exitCode, EXIT.bad);
  }

  /** Something failed: one line, the remedy, and a stack only when it was asked for. `input` names the input. */
  fail(error: unknown, input?: string): void {
    const code = exitCodeOf(error);
    this.#exitCode = worse(this.#exitCode, code);
    const shape =
      error instanceof SdkError
        ? error.toJSON()
        : {
            kind: code === EXIT.usage ? 'usage' : 'bug',
            code: code === EXIT.usage ? 'usage' : 'bug',
            message: error instanceof Error ? error.message : String(error),
            remedy: code === EXIT.usage ? 'see koffer --help' : 'report this with the output of --debug',
          };
    if (this.json)
      this.#streams.out(`${JSON.stringify({ ...(input === undefined ? {} : { input }), error: shape })}\n`);
    else {
      const place = 'path' in shape ? ` (${shape.path ?? ''})` : '';
      this.#streams.err(`koffer: ${input === undefined ? '' : `${input}: `}${shape.message}${place}\n`);
      this.#streams.err(`  → ${shape.remedy}\n`);
    }
    if (this.#debug && error instanceof Error) this.#streams.err(`${error.stack ?? ''}\n`);
  }
}
