import type { Command } from 'commander';
import type { Output } from './output.js';

/** A command of `koffer`: describes itself and does its work through `run`. */
export type CommandModule = (run: Run) => Command;

/** Wraps the work of a command: gives it the output, turns what it throws into a line and an exit code. */
export type Run = <A extends readonly unknown[]>(
  work: (output: Output, ...args: A) => Promise<void>,
) => (...args: A) => Promise<void>;
