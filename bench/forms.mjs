// The application for an identity card with photo and signature, flat and fillable: warm, in a new process, and 200 in a row with what the
// memory grows by. Beside it pdfkit alone, which draws as many texts in the same fonts without structure, fields, data and code.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { execPath } from 'node:process';
import PDFDocument from 'pdfkit';
import { encodePng, greyImage } from '@buergerkoffer/formats';
import { layoutForm, paAntrag } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/fonts';

const PNG = await encodePng(
  greyImage({ width: 350, height: 450, data: new Uint8Array(350 * 450).fill(200) }),
);
const COLD_RUNS = 5;
const MANY = 200;

const options = (fonts, fillable) => ({
  fonts,
  fillable,
  letterhead: {
    authority: 'Stadt Musterstadt',
    lines: [],
    dataProtection: 'datenschutz@musterstadt.example',
  },
  caseNumber: 'K-7Q4M-2X9D',
  now: new Date('2026-11-20T09:15:00Z'),
  assets: { photo: { bytes: PNG }, signature: { bytes: PNG } },
});

/** One form from nothing, for the process that is started for it. */
export async function once() {
  const begunMs = performance.now();
  await layoutForm(paAntrag, paAntrag.samples.filled(), options(await loadDejaVu(), true));
  return performance.now() - begunMs;
}

export async function run({ measure, say }) {
  const fonts = await loadDejaVu();
  for (const fillable of [false, true]) {
    const form = await layoutForm(paAntrag, paAntrag.samples.filled(), options(fonts, fillable));
    const kind = fillable ? 'fillable' : 'flat';
    const oursMs = await measure(() =>
      layoutForm(paAntrag, paAntrag.samples.filled(), options(fonts, fillable)),
    );
    say(`forms: ${kind}, ${form.pageCount} pages, ${form.bytes.length} bytes`, oursMs);
    if (fillable) continue;
    const plainMs = await measure(() => plain(form.boxes.length, form.pageCount));
    say(`forms: pdfkit alone draws as many texts, ${(plainMs / oursMs).toFixed(2)} times ours`, plainMs);
  }
  say(`forms: fillable in a new process`, cold(), COLD_RUNS);
  await many(fonts, say);
}

/** Median of a first form, each in a process of its own; loading the modules is not counted. */
function cold() {
  const script = `import { once } from ${JSON.stringify(import.meta.url)}; console.log(await once());`;
  const runs = Array.from({ length: COLD_RUNS }, () =>
    Number(
      execFileSync(execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 60_000 }),
    ),
  );
  return runs.sort((a, b) => a - b)[Math.floor(COLD_RUNS / 2)];
}

async function many(fonts, say) {
  const heap = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  const cpu = process.cpuUsage();
  const begunMs = performance.now();
  for (let at = 0; at < MANY; at += 1) {
    const data = { ...paAntrag.samples.filled(), place: `Musterstadt ${at}` };
    await layoutForm(paAntrag, data, options(fonts, true));
  }
  const tookMs = performance.now() - begunMs;
  const { user, system } = process.cpuUsage(cpu);
  const grown =
    globalThis.gc === undefined ? '' : `, memory grew by ${Math.round((heap() - before) / 1024)} kB`;
  say(
    `forms: ${MANY} fillable in a row (${Math.round((user + system) / 1000)} ms of processor${grown})`,
    tookMs,
    1,
  );
}

const { resolve } = createRequire(new URL('../packages/print/package.json', import.meta.url));
const DEJAVU = readFileSync(resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));

function plain(texts, pages) {
  return new Promise((done) => {
    const document = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, font: DEJAVU });
    document.on('data', () => undefined).on('end', done);
    for (let page = 0; page < pages; page += 1) {
      document.addPage();
      for (let text = 0; text < texts / pages; text += 1) {
        document.text(`Musterstadt, Angabe ${text}`, 70, 40 + (text % 90) * 8, { lineBreak: false });
      }
    }
    document.end();
  });
}
