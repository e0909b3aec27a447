// WSQ on one image at two bit rates. With the programs of NBIS, whose paths are in KOFFER_BENCH_CWSQ and
// KOFFER_BENCH_DWSQ, the ratio to them in the same run; what they need to start and for files is taken off by the
// difference to a small image.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { gunzipSync } from 'node:zlib';
import { decodeWsq, encodeWsq } from '@buergerkoffer/fingerprint/wsq';
import { greyImage, readPnm } from '@buergerkoffer/formats';

const IMAGE = new URL('../../shared/data/fingerprint/images/nist-wsq/a001.pgm.gz', import.meta.url);
const PEER_RUNS = 20;
/** The smallest image that the programs of NBIS take. */
const SMALL = waves(256, 256);

/** An image of the data, where it is absent waves with grain of the same size. */
function image() {
  if (existsSync(IMAGE)) return readPnm(gunzipSync(readFileSync(IMAGE)));
  return waves(1508, 1008);
}

function waves(width, height) {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const wave = Math.sin(((at % width) + Math.floor(at / width) / 3) / 1.4);
    return 128 + 90 * wave + (Math.imul(at, 2_654_435_761) >>> 27);
  });
  return greyImage({ width, height, data });
}

export async function run({ measure, say }) {
  const large = image();
  const megapixels = (large.width * large.height) / 1e6;
  for (const bitRate of [0.75, 2.25]) {
    const { bytes } = encodeWsq(large, { bitRate });
    const works = [
      ['encode', env['KOFFER_BENCH_CWSQ'], () => encodeWsq(large, { bitRate })],
      ['decode', env['KOFFER_BENCH_DWSQ'], () => decodeWsq(bytes)],
    ];
    for (const [work, peer, ours] of works) {
      const oursMs = await measure(ours);
      const what = `wsq: ${work} ${large.width} × ${large.height} at ${bitRate}`;
      say(`${what} (${((1000 * megapixels) / oursMs).toFixed(1)} Mpx/s)`, oursMs);
      if (peer === undefined) continue;
      const peerMs = await peerTime(measure, work, peer, large, bitRate);
      say(`${what} by NBIS, ${(peerMs / oursMs).toFixed(2)} times ours`, peerMs, PEER_RUNS);
    }
  }
  await whole(measure, say);
}

/** What TR-03121 asks for: one print, tried until it fits. */
async function whole(measure, say) {
  const print = waves(416, 560);
  const { bytes } = encodeWsq(print, { maxBytes: 18_431 });
  say(
    `wsq: encode 416 × 560 within 18,431 bytes (${bytes.length})`,
    await measure(() => encodeWsq(print, { maxBytes: 18_431 })),
  );
}

async function peerTime(measure, work, peer, large, bitRate) {
  const folder = mkdtempSync(join(tmpdir(), 'wsq-bench-'));
  try {
    const [whole, small] = [large, SMALL].map(({ width, height, data }) => {
      const raw = join(folder, `${width}.raw`);
      const wsq = join(folder, `${width}.wsq`);
      writeFileSync(raw, data);
      writeFileSync(wsq, encodeWsq({ width, height, data }, { bitRate }).bytes);
      return work === 'encode'
        ? [String(bitRate), 'out', raw, '-raw_in', `${width},${height},8,500`]
        : ['out', wsq, '-raw_out'];
    });
    const time = (args) => measure(() => execFileSync(peer, args, { stdio: 'ignore' }), { runs: PEER_RUNS });
    const more = large.data.length - SMALL.data.length;
    return (((await time(whole)) - (await time(small))) * large.data.length) / more;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
