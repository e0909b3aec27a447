import { lastValueFrom, tap } from 'rxjs';
import { CAMERA } from '@buergerkoffer/camera';
import { DeviceError } from '@buergerkoffer/core';
import { encodePng } from '@buergerkoffer/formats';
import { SIGN_RETRY_TEXT, SIGNATURE_PAD, signatureImage } from '@buergerkoffer/signature';
import { notAssessed, stored } from './artefacts.js';
import { judgePhoto } from './judge-photo.js';
import { photoQualityDe } from './photo-quality.js';
import { useDevice } from './use-device.js';
import { write, type Visit } from './visit.js';

/** What stands in the record where nobody assessed. */
const SIGNATURE_UNCHECKED = 'nicht geprüft: von den Sachbearbeitern angesehen';
/** The signature in an application for an identity card: size in pixels as in TR-03123 (XhD 1.6.1), line as on paper. */
const SIGNATURE_PROFILE = { widthPx: 900, heightPx: 132, strokeMm: 0.6, pressureGain: 0.4 } as const;

/** The photo from the camera, cut and judged. */
export async function takePhoto(visit: Visit): Promise<void> {
  let attempts = 1;
  const photo = await useDevice(visit, CAMERA, 'Lichtbild aufnehmen', async (camera) => {
    const last = await lastValueFrom(
      camera.capture({ patienceMs: visit.patienceMs }).pipe(
        tap((event) => {
          if (event.type === 'retry') attempts++;
        }),
      ),
      { defaultValue: undefined },
    );
    if (last?.type !== 'captured') throw new DeviceError('protocol', 'the camera ended without a photo');
    return last.photo;
  });
  const { mediaType, bytes, widthPx, heightPx, quality } = await judgePhoto(photo, visit.placeFace);
  await write(
    visit,
    {
      type: 'photo-captured',
      photo: {
        image: { kind: 'photo', ...stored(mediaType, bytes), widthPx, heightPx, quality },
        source: 'authority-camera',
        attempts,
      },
    },
    [bytes],
  );
  const text = `Lichtbild aufgenommen (${widthPx} × ${heightPx} px, ${photoQualityDe(quality)})`;
  visit.tell({ type: 'done', text });
}

/** The signature from the pad, as an image. */
export async function takeSignature(visit: Visit): Promise<void> {
  const signature = await useDevice(visit, SIGNATURE_PAD, 'Unterschrift aufnehmen', async (pad) => {
    const prompt = 'Bitte hier für Ihren Personalausweis unterschreiben';
    const last = await lastValueFrom(
      pad.sign({ prompt, patienceMs: visit.patienceMs * 2 }).pipe(
        tap((event) => {
          if (event.type === 'retry') visit.tell({ type: 'attention', text: SIGN_RETRY_TEXT[event.reason] });
        }),
      ),
      { defaultValue: undefined },
    );
    if (last?.type !== 'confirmed') throw new DeviceError('protocol', 'the pad ended without a signature');
    return last.signature;
  });
  const image = signatureImage(signature, SIGNATURE_PROFILE);
  const png = await encodePng(image);
  await write(
    visit,
    {
      type: 'signature-captured',
      image: {
        kind: 'signature',
        ...stored('image/png', png),
        widthPx: image.width,
        heightPx: image.height,
        quality: notAssessed(SIGNATURE_UNCHECKED),
      },
    },
    [png],
  );
  visit.tell({ type: 'done', text: 'Unterschrift aufgenommen' });
}
