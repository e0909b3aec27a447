import { relative } from 'node:path';
import type { LabProgress } from '../lab/lab-progress.js';

/** How much output of a file is kept for the case that one of its tests fails, in characters. */
const KEPT = 20_000;

/** How much of the console is shown when a guest breaks down, in characters. */
const KEPT_CONSOLE = 3_000;

/** Tells a person what happens in the lab: a line for each test as it ends, output only of what failed. */
export class Narrator {
  readonly #print: (line: string) => void;
  readonly #base: string;
  readonly #output = new Map<string, string>();
  readonly #failed = new Set<string>();
  readonly #console = new Map<string, string>();

  constructor(print: (line: string) => void, base: string) {
    this.#print = print;
    this.#base = base;
  }

  tell(progress: LabProgress): void {
    switch (progress.type) {
      case 'note':
        this.#print(`lab: ${progress.text}`);
        return;
      case 'machine':
        this.#print(
          `lab: ${progress.where === 'guest' ? 'a guest' : 'this computer'} for ${this.#short(progress.file)} (${progress.needs})`,
        );
        return;
      case 'ready':
        this.#print(`lab: kernel ${progress.kernel}, up for ${seconds(progress.uptimeMs)}`);
        return;
      case 'test':
        this.#test(progress);
        return;
      case 'output':
        append(this.#output, progress.file, progress.text, KEPT);
        return;
      case 'file-end':
        if (this.#failed.has(progress.file)) this.#showOutput(progress.file);
        return;
      case 'left-out':
        for (const file of progress.files)
          this.#print(`  skip  ${this.#short(file)}: ${oneLine(progress.reason)}`);
        return;
      case 'console':
        append(this.#console, progress.file, progress.text, KEPT_CONSOLE);
        return;
      case 'machine-end':
        this.#machineEnd(progress);
        return;
      default:
        progress satisfies never;
    }
  }

  #test({ file, name, outcome, ms, reason }: Extract<LabProgress, { type: 'test' }>): void {
    const title = [this.#short(file), ...name].join(' › ');
    switch (outcome) {
      case 'passed':
        this.#print(`  ok    ${title} (${seconds(ms)})`);
        return;
      case 'skipped':
        this.#print(`  skip  ${title}${reason === undefined ? '' : `: ${oneLine(reason)}`}`);
        return;
      case 'failed':
        this.#failed.add(file);
        this.#print(`  FAIL  ${title} (${seconds(ms)})`);
        this.#print(indented(reason ?? 'without a reason'));
        return;
      default:
        outcome satisfies never;
    }
  }

  #machineEnd({ file, how, ms }: Extract<LabProgress, { type: 'machine-end' }>): void {
    this.#print(`lab: ${this.#short(file)} ${how} after ${seconds(ms)}`);
    if (how === 'ended') return;
    this.#print(`        the end of its console:`);
    this.#print(indented(this.#console.get(file) ?? ''));
  }

  #showOutput(file: string): void {
    const output = this.#output.get(file);
    if (output === undefined) return;
    this.#print(`        output of ${this.#short(file)}:`);
    this.#print(indented(output));
  }

  #short(file: string): string {
    const path = relative(this.#base, file);
    return path.startsWith('..') ? file : path;
  }
}

function append(texts: Map<string, string>, key: string, more: string, kept: number): void {
  texts.set(key, ((texts.get(key) ?? '') + more).slice(-kept));
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '        ');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 1_000 ? 3 : 1)} s`;
}
