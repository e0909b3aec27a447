import { extname } from 'node:path';
import { Command, Option } from 'commander';
import { concatMap, fromEvent, lastValueFrom, takeUntil, type Observable } from 'rxjs';
import type { CameraEvent, Photo, Shutter } from '@buergerkoffer/camera';
import type { Buses } from '../../buses.js';
import { oneCamera, type CameraChoice } from '../../camera/attached-cameras.js';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { interrupted } from '../../interrupted.js';
import { wholeNumberOf } from '../../numbers.js';
import { STANDARD_OUTPUT, type Output } from '../../output.js';

const HELP = `
The photo is the camera's own file. With --count N and FILE photo.jpg the photos are photo-1.jpg, photo-2.jpg and so
on; each is written as it comes. --shutter body waits for somebody to press the shutter; it works either way.

Examples:
  $ koffer camera capture -o photo.jpg
  $ koffer camera capture --shutter body --count 3 -o photo.jpg --json
  $ koffer camera capture --ptpip 192.168.1.2 -o photo.jpg`;

interface Options extends CameraChoice {
  readonly out: string;
  readonly shutter?: Shutter;
  readonly count: number;
  readonly wait: number;
}

/** `koffer camera capture`: takes photos and writes them to files. */
export function captureCommand(run: Run, buses: () => Buses): Command {
  return new Command('capture')
    .description('Take photos')
    .requiredOption('-o, --out <file>', 'file to write')
    .option('--ptpip <host:port>', 'a camera on the network instead of one on USB')
    .option('--port <id>', 'the camera at this port of `koffer devices`; else the first')
    .addOption(new Option('--shutter <which>', 'who releases').choices(['remote', 'body']))
    .option('--count <number>', 'how many photos', wholeNumberOf, 1)
    .option('--wait <seconds>', 'how long to wait for each event', wholeNumberOf, 60)
    .addHelpText('after', HELP)
    .action(
      run(async (output, options: Options) => {
        const { count, wait } = options;
        if (count < 1 || count > 100)
          throw new UsageError('--count is 1 to 100', 'see koffer camera capture --help');
        if (wait < 1 || wait > 3_600)
          throw new UsageError('--wait is 1 to 3600', 'see koffer camera capture --help');
        const stop = interrupted(output.stop);
        const { manager, camera } = await oneCamera(buses(), options, stop);
        const lease = await manager.open(camera, { owner: 'koffer camera', reason: 'capture' }, stop);
        try {
          const events = lease.device.capture({
            shots: count,
            patienceMs: wait * 1_000,
            ...(options.shutter === undefined ? {} : { shutter: options.shutter }),
          });
          await takeAll(output, events, options, stop);
        } finally {
          await lease.release();
        }
      }),
    );
}

/** Tells all events, one after another: a photo is on the disk before the next is told. An interrupt ends it. */
async function takeAll(
  output: Output,
  events: Observable<CameraEvent>,
  { out, count }: Options,
  stop: AbortSignal,
): Promise<void> {
  let taken = 0;
  await lastValueFrom(events.pipe(concatMap(tell), takeUntil(fromEvent(stop, 'abort'))), {
    defaultValue: undefined,
  });

  async function tell(event: CameraEvent): Promise<void> {
    switch (event.type) {
      case 'ready':
        output.note('the camera is ready');
        break;
      case 'guidance':
        output.note(event.status);
        break;
      case 'retry':
        output.note(`again: ${event.reason}`);
        break;
      case 'downloading':
        output.note(`${Math.round((100 * event.receivedBytes) / event.totalBytes)} % of the photo`);
        break;
      case 'captured': {
        taken += 1;
        const file = count === 1 || out === STANDARD_OUTPUT ? out : numbered(out, taken);
        await output.save(file, event.photo.bytes);
        tellPhoto(output, file, event.photo, event.shutter);
        break;
      }
      default:
        event satisfies never;
    }
  }
}

function tellPhoto(output: Output, file: string, photo: Photo, shutter: Shutter): void {
  const { bytes, widthPx, heightPx, orientation, mediaType } = photo;
  output.answer(
    { type: 'photo', file, bytes: bytes.length, mediaType, widthPx, heightPx, orientation, shutter },
    [`${file}: ${widthPx} x ${heightPx}, ${bytes.length} bytes (${shutter} shutter)`],
  );
}

function numbered(path: string, number: number): string {
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}-${number}${extension}`;
}
