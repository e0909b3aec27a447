import { spawn } from 'node:child_process';
import { DeviceError } from '@buergerkoffer/core';
import { InputError } from '@buergerkoffer/formats';

/** Which page, and how large. */
export interface PagePictureOptions {
  /** Counts from 1. Default 1. */
  readonly page?: number;
  /** Pixels per inch, 20 to 600. Default 96. */
  readonly resolutionPpi?: number;
  /** Which program renders; default is whichever is installed, poppler first. */
  readonly renderer?: 'poppler' | 'pdfjs';
}

const DEADLINE_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * A picture (PNG) of a page of a PDF file, for a quick look; not what a printer makes of it. Renders with Debian's `pdftoppm`
 * (package poppler-utils), else with the optional packages `pdfjs-dist` and `@napi-rs/canvas`.
 * @throws InputError `malformed` for a file that cannot be rendered, `out-of-range` for a page that it does not have;
 * DeviceError `unsupported` where nothing is installed that renders, `timeout` after half a minute.
 */
export async function renderPage(pdf: Uint8Array, options: PagePictureOptions = {}): Promise<Uint8Array> {
  const { page = 1, resolutionPpi = 96, renderer } = options;
  if (!Number.isSafeInteger(page) || page < 1)
    throw new InputError('out-of-range', 'pages count from 1', { path: 'page' });
  if (!(resolutionPpi >= 20 && resolutionPpi <= 600)) {
    throw new InputError('out-of-range', 'a picture has 20 to 600 pixels per inch', {
      path: 'resolutionPpi',
    });
  }
  if (renderer !== 'pdfjs') {
    const picture = await withPoppler(pdf, page, resolutionPpi);
    if (picture !== undefined) return picture;
  }
  if (renderer !== 'poppler') {
    const picture = await withPdfJs(pdf, page, resolutionPpi);
    if (picture !== undefined) return picture;
  }
  throw new DeviceError('unsupported', 'nothing is installed that renders a PDF page', {
    remedy: 'apt-get install poppler-utils, or npm install pdfjs-dist@^5.6.205 @napi-rs/canvas',
  });
}

/** Nothing where `pdftoppm` is not installed. */
async function withPoppler(pdf: Uint8Array, page: number, ppi: number): Promise<Uint8Array | undefined> {
  const range = ['-f', String(page), '-l', String(page)];
  const child = spawn('pdftoppm', ['-png', '-singlefile', '-r', String(ppi), ...range, '-'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
  });
  const chunks: Buffer[] = [];
  let size = 0;
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_BYTES) child.kill();
    else chunks.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('latin1')).slice(-500);
  });
  child.stdin.on('error', () => undefined); // it closes its input as soon as it has seen enough; the exit code tells
  child.stdin.end(pdf);
  const ended = await new Promise<'absent' | number | null>((resolve) => {
    child.on('error', () => {
      resolve('absent');
    });
    child.on('close', resolve);
  });
  if (ended === 'absent') return undefined;
  if (ended === null) throw new DeviceError('timeout', 'rendering the page took too long or too much memory');
  if (/Wrong page range/u.test(complaint)) throw noSuchPage(page);
  if (ended !== 0 || size === 0) throw new InputError('malformed', 'the file cannot be rendered');
  return new Uint8Array(Buffer.concat(chunks));
}

/** The part of pdf.js and of its canvas that is used. */
interface PdfJs {
  readonly getDocument: (source: object) => {
    readonly promise: Promise<PdfJsDocument>;
    destroy(): Promise<void>;
  };
}
interface PdfJsDocument {
  readonly numPages: number;
  getPage(number: number): Promise<{
    getViewport(options: { readonly scale: number }): { readonly width: number; readonly height: number };
    render(options: object): { readonly promise: Promise<void> };
  }>;
}
interface Canvas {
  getContext(kind: '2d'): object;
  toBuffer(type: 'image/png'): Buffer;
}
interface CanvasModule {
  readonly createCanvas: (width: number, height: number) => Canvas;
}

/** Nothing where pdf.js or the canvas is not installed. */
async function withPdfJs(pdf: Uint8Array, page: number, ppi: number): Promise<Uint8Array | undefined> {
  const modules = await loadPdfJs();
  if (modules === undefined) return undefined;
  const [{ getDocument }, { createCanvas }] = modules;
  const loading = getDocument({
    data: pdf.slice(),
    isEvalSupported: false,
    useSystemFonts: false,
    verbosity: 0,
  });
  try {
    const document = await loading.promise.catch((cause: unknown) => {
      throw new InputError('malformed', 'the file cannot be rendered', { cause });
    });
    if (page > document.numPages) throw noSuchPage(page);
    const sheet = await document.getPage(page);
    const viewport = sheet.getViewport({ scale: ppi / 72 });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    await sheet.render({ canvasContext: canvas.getContext('2d'), canvas: null, viewport }).promise;
    return new Uint8Array(canvas.toBuffer('image/png'));
  } finally {
    await loading.destroy();
  }
}

async function loadPdfJs(): Promise<readonly [PdfJs, CanvasModule] | undefined> {
  try {
    const [canvas, pdfJs] = [
      await import('@napi-rs/canvas'),
      await import('pdfjs-dist/legacy/build/pdf.mjs'),
    ];
    return [pdfJs, canvas];
  } catch {
    return undefined;
  }
}

function noSuchPage(page: number): InputError {
  return new InputError('out-of-range', `the file has no page ${page}`, { path: 'page' });
}
