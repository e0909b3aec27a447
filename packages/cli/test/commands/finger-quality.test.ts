import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCodecs } from '@buergerkoffer/camera/codecs';
import { writeChipTemplate, writeDg3 } from '@buergerkoffer/fingerprint/record';
import { encodeWsq } from '@buergerkoffer/fingerprint/wsq';
import {
  decodePng,
  encodePng,
  greyImage,
  rgbImage,
  writePgm,
  type FingerPosition,
  type GreyImage,
} from '@buergerkoffer/formats';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

const DATA = new URL('../../../../../shared/data/fingerprint/', import.meta.url);
const MODEL = new URL('nfiq2/nist_plain_tir-ink.yaml.gz', DATA).pathname;
const withoutData = !existsSync(MODEL);
if (withoutData) console.warn('skipped: ../shared/data/fingerprint is not there');

vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  vi.stubEnv('XDG_DATA_HOME', tempFolder());
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Waves of a ridge's width: enough of a print to be measured. */
function waves(width = 300, height = 320): GreyImage {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    Math.round(128 + 110 * Math.sin(((i % width) + Math.floor(i / width) / 3) / 1.4)),
  );
  return greyImage({ width, height, data });
}

/** One tree that asks nothing, as OpenCV writes it. */
const TINY_FOREST = [
  '%YAML:1.0\n---\nmy_random_trees:\n   format: 3\n   is_classifier: 1\n   var_count: 69\n   ord_var_count: 69\n',
  '   class_labels: [ 0, 1 ]\n   ntrees: 1\n   trees:\n      -\n         nodes:\n            -\n',
  '               depth: 0\n               value: 1.\n               norm_class_idx: 1\n',
].join('');

describe('koffer finger quality', () => {
  it('guesses where no model is installed, and says so and how to install it', async () => {
    const file = tempFile('a.pgm', writePgm(waves()));
    const { code, json, err } = await koffer(['finger', 'quality', file, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toMatchObject([{ type: 'quality', algorithm: 'embedded-estimate', conformant: false }]);
    const told = await koffer(['finger', 'quality', file]);
    expect(told.out).toContain('embedded-estimate 1, minutiae: buergerkoffer, not conformant');
    expect(told.err).toContain('koffer finger model install');
  });

  it('reads what compressed prints and records hold, and says so', async () => {
    const wsq = tempFile('a.wsq', encodeWsq(waves()).bytes);
    const record = join(tempFolder(), 'a.bit');
    await koffer([
      'finger',
      'record',
      'write',
      wsq,
      '--finger',
      'left-ring',
      '--quality',
      '44',
      '-o',
      record,
    ]);
    const jp2 = await loadCodecs().jpeg2000.encode({ ...waves(), channels: 1 }, { type: 'lossless' });
    const plain = tempFile('a.pgm', writePgm(waves()));
    const files = [wsq, record, tempFile('a.j2k', jp2), plain];
    const { code, json } = await koffer(['finger', 'quality', ...files, '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject([
      { file: wsq, compression: 'wsq' },
      { file: record, compression: 'wsq', finger: 'left-ring' },
      { compression: 'jpeg-2000' },
      { compression: 'none' },
    ]);
    expect(json[0]?.['measures']).toEqual(json[1]?.['measures']);
    expect(json[2]?.['measures']).toEqual(json[3]?.['measures']);
  });

  it('tells every print of data group 3, and takes no overlay of them', async () => {
    const { bytes } = encodeWsq(waves());
    const templates = [2, 7].map((position) =>
      writeChipTemplate({ position: position as FingerPosition, wsq: bytes, quality: 50 }),
    );
    const file = tempFile('a.dg3', writeDg3(templates));
    const { json } = await koffer(['finger', 'quality', file, '--json']);
    expect(json).toMatchObject([{ finger: 'right-index' }, { finger: 'left-index' }]);
    const overlay = join(tempFolder(), 'a.png');
    expect((await koffer(['finger', 'quality', file, '--overlay', overlay])).code).toBe(2);
    expect(existsSync(overlay)).toBe(false);
  });

  it.skipIf(withoutData)('reads JPEG 2000 in records', async () => {
    const records = ['Left_Index', 'Right_Index'].map(
      (name) => new URL(`iso19794/mosip/FingerPrint${name}.iso`, DATA).pathname,
    );
    const { json } = await koffer(['finger', 'quality', ...records, '--json']);
    expect(json.map(({ type, file }) => ({ type, file }))).toEqual(
      records.map((file) => ({ type: 'quality', file })),
    );
    for (const { compression } of json) expect(compression).toMatch(/^jpeg-2000/u);
  });

  it('does not use an installed model that was changed', async () => {
    const path = join(process.env['XDG_DATA_HOME'] ?? '', 'buergerkoffer');
    mkdirSync(path);
    writeFileSync(join(path, 'nfiq2-v2.3.forest'), 'BKRF nothing that is a forest');
    const { code, json } = await koffer([
      'finger',
      'quality',
      tempFile('a.pgm', writePgm(waves())),
      '--json',
    ]);
    expect(code).toBe(1);
    expect(json).toMatchObject([{ type: 'error', error: { kind: 'input' } }]);
  });

  it('takes no other forest for that of NIST', async () => {
    const model = tempFile('m.yaml', TINY_FOREST);
    for (const args of [
      ['model', 'install', model],
      ['quality', tempFile('a.pgm', writePgm(waves())), '--model', model],
    ]) {
      const { code, json } = await koffer(['finger', ...args, '--json']);
      expect(code).toBe(1);
      expect(json).toMatchObject([{ error: { code: 'checksum' } }]);
    }
  });
});

describe.skipIf(withoutData)('koffer finger with the model of NIST', () => {
  const image = new URL('images/sfinge/SFinGe_Test01.pgm', DATA).pathname;
  const minutiae = new URL('minutiae/fingerjetfx/SFinGe_Test01.json', DATA).pathname;

  it('keeps the model in the data folder, and scores with it', async () => {
    const installed = await koffer(['finger', 'model', 'install', MODEL, '--json']);
    expect(installed).toMatchObject({ code: 0, err: '' });
    const path = join(process.env['XDG_DATA_HOME'] ?? '', 'buergerkoffer', 'nfiq2-v2.3.forest');
    expect(installed.json).toMatchObject([
      { type: 'model', path, trees: 100, nodes: 138_428, bytes: 415_132 },
    ]);
    expect(readFileSync(path)).toHaveLength(415_132);
    const { code, json } = await koffer(['finger', 'quality', image, '--minutiae', minutiae, '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject([
      {
        type: 'quality',
        file: image,
        score: 54,
        algorithm: 'NFIQ2',
        version: '2.3',
        modelHash: 'b4a1e7586b3be906f9770e4b77768038',
        minutiaeSource: 'FingerJetFX OSE',
        conformant: true,
        measures: { FingerJetFX_MinutiaeCount: 69 },
        feedback: { SufficientFingerprintForeground: 186_473 },
        faults: [],
      },
    ]);
    const other = await koffer(['finger', 'quality', image, '--model', path]);
    expect(other.code).toBe(0);
    expect(other.out).toContain('not conformant');
  });

  it('judges each file by itself, and the worst counts', async () => {
    const wave = waves();
    const files = {
      good: tempFile('good.pgm', writePgm(wave)),
      png: tempFile('good.png', await encodePng(wave)),
      blank: tempFile(
        'blank.pgm',
        writePgm(greyImage({ width: 500, height: 500, data: new Uint8Array(250_000).fill(255) })),
      ),
      wide: tempFile('wide.pgm', writePgm(waves(801, 40))),
      deep: tempFile('deep.pgm', 'P2\n# a comment\n2 1 65535\n1 2\n'),
      colour: tempFile('colour.png', await encodePng(rgbImage({ width: 40, height: 40 }))),
      fine: tempFile('fine.png', await encodePng({ ...wave, resolutionPpi: 1000 })),
      text: tempFile('text.pgm', 'hello'),
      cut: tempFile('cut.pgm', writePgm(wave).subarray(0, 1000)),
    };
    const { code, json, err } = await koffer([
      'finger',
      'quality',
      ...Object.values(files),
      '--model',
      MODEL,
      '--json',
    ]);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const told = json.map(({ type, file, error }) => [
      type,
      file,
      (error as { code: string } | undefined)?.code,
    ]);
    expect(told).toEqual([
      ['quality', files.good, undefined],
      ['quality', files.png, undefined],
      ['error', files.blank, 'missing'],
      ['error', files.wide, 'too-large'],
      ['error', files.deep, 'unsupported'],
      ['error', files.colour, 'unsupported'],
      ['error', files.fine, 'unsupported'],
      ['error', files.text, 'unsupported'],
      ['error', files.cut, 'truncated'],
    ]);
  });

  it('draws the print in colour on request, and only one', async () => {
    const picture = join(tempFolder(), 'picture.png');
    const args = ['finger', 'quality', image, '--minutiae', minutiae, '--model', MODEL, '--overlay', picture];
    expect((await koffer(args)).code).toBe(0);
    const { width, height, channels, data } = await decodePng(readFileSync(picture));
    expect([width, height, channels]).toEqual([416, 495, 3]);
    expect(data.some((_, at) => at % 3 === 0 && data[at] === 190 && data[at + 1] === 0)).toBe(true);
    expect((await koffer([...args, image])).code).toBe(2);
    expect((await koffer(args.with(-1, join(picture, 'no-folder')))).code).toBe(3);
  });

  it('believes --ppi more than the file', async () => {
    const file = tempFile('a.png', await encodePng({ ...waves(), resolutionPpi: 72 }));
    const args = ['finger', 'quality', file, '--model', MODEL];
    expect((await koffer(args)).code).toBe(1);
    expect((await koffer([...args, '--ppi', '500'])).code).toBe(0);
    expect((await koffer([...args, '--ppi', '1000'])).code).toBe(1);
    expect((await koffer([...args, '--ppi', 'many'])).code).toBe(2);
  });

  it('refuses the minutiae of another image', async () => {
    const other = tempFile('a.pgm', writePgm(waves()));
    const args = ['finger', 'quality', other, '--minutiae', minutiae, '--model', MODEL, '--json'];
    const { code, json } = await koffer(args);
    expect(code).toBe(1);
    expect(json).toMatchObject([{ file: other, error: { code: 'not-allowed', path: 'crop' } }]);
  });
});
