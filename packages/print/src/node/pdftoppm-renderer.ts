import { spawn } from 'node:child_process';
import { DeviceError } from '@buergerkoffer/core';
import type { PageRenderer } from '../page-renderer.js';
import type { PrintDocument } from '../printer.js';
import type { RasterCanvas, RasterPage } from '../raster/index.js';
import { fittedRows } from './fitted-rows.js';
import { pnmPages } from './pnm-pages.js';

/** How long one document may take, in milliseconds. */
const RENDER_MS = 120_000;

/**
 * Renders PDF with `pdftoppm` of poppler (Debian: poppler-utils), a program of its own that reads from a pipe and writes to one: no file is
 * made. Pages must have the size of the paper. `unsupported` where the program is not installed or cannot read the document.
 */
export function pdftoppmRenderer(program = 'pdftoppm'): PageRenderer {
  return {
    formats: ['application/pdf'],
    render: (document, canvas, signal) => rendered(program, document, canvas, signal),
  };
}

async function* rendered(
  program: string,
  { bytes }: PrintDocument,
  canvas: RasterCanvas,
  signal: AbortSignal,
): AsyncGenerator<RasterPage, void, undefined> {
  const grey = canvas.color === 'sgray' ? ['-gray'] : [];
  const child = spawn(program, ['-q', '-r', String(canvas.resolutionDpi), ...grey, '-'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    signal: AbortSignal.any([signal, AbortSignal.timeout(RENDER_MS)]),
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  ended.catch(() => undefined);
  child.stdin.on('error', () => undefined).end(bytes);
  try {
    for await (const page of pnmPages(child.stdout)) yield { canvas, rows: fittedRows(page, canvas) };
    if ((await ended) !== 0) throw unreadable();
  } catch (error) {
    signal.throwIfAborted();
    throw meaningOf(error, program);
  } finally {
    child.kill('SIGKILL');
  }
}

function meaningOf(error: unknown, program: string): DeviceError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') {
    return new DeviceError('unsupported', `${program} is not installed`, {
      cause: error,
      remedy: 'install it (Debian: poppler-utils), or plug in another renderer',
    });
  }
  if (code === 'ABORT_ERR') return new DeviceError('timeout', 'rendering took too long', { cause: error });
  return DeviceError.from(error, 'unsupported', 'the document cannot be rendered');
}

function unreadable(): DeviceError {
  return new DeviceError('unsupported', 'the document cannot be rendered', {
    remedy: 'check that it is a PDF that can be opened without a password',
  });
}
