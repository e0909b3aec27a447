import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const KOFFER = fileURLToPath(new URL('../../../packages/cli/bin/koffer.js', import.meta.url));
/** Longest time that one run may take before it counts as hanging, in milliseconds. */
const HANGS_MS = 120_000;

/** What a line of the demo is known by in any run: the same step has the same key before and after a crash. */
export function keyOf(line) {
  if (line.type === 'event') return `event ${line.seq} ${line.event}`;
  return `${line.type} ${line.title ?? line.text ?? ''}`.replace(/\d+/g, '#');
}

/**
 * Runs the demo until it ends, or until `kill` has come: `kill.delayMs` after the first line with `kill.key`
 * (after the start when it is `start`). Resolves with the lines that were acknowledged on standard output, each with its
 * moment in milliseconds after the start, and with how the process ended.
 */
export function runDemo(args, kill) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [KOFFER, 'demo', '--json', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = [];
    let stderr = '';
    let timer;
    const strikeAfter = (delayMs) => {
      if (delayMs <= 0) child.kill('SIGKILL');
      else timer ??= setTimeout(() => child.kill('SIGKILL'), delayMs);
    };
    const hangs = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the demo was still running after ${HANGS_MS / 1000} s`));
    }, HANGS_MS);
    if (kill?.key === 'start') strikeAfter(kill.delayMs);
    createInterface({ input: child.stdout }).on('line', (text) => {
      // A line that the kill cut in two was never acknowledged.
      const line = parsed(text);
      if (line === undefined) return;
      lines.push({ ...line, atMs: performance.now() - began });
      if (kill !== undefined && keyOf(line) === kill.key) strikeAfter(kill.delayMs);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      clearTimeout(hangs);
      resolve({ lines, code, killed: signal === 'SIGKILL', stderr, durationMs: performance.now() - began });
    });
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
