import type { CropAdvice, CropRefusal, PhotoSide } from './crop-verdict.js';

/** What is wrong with a photo and what to do about it. */
export interface RefusalText {
  readonly message: string;
  readonly remedy: string;
}

const ADVICE: Readonly<Record<CropAdvice, string>> = {
  nearer: 'go nearer, or zoom in: the face takes up too little of the photo',
  'portrait-orientation': 'turn the camera to portrait orientation',
  'better-camera':
    'use a camera with more pixels: this one cannot give 1244 x 1600 even with the face as large as allowed',
};

const ADVICE_DE: Readonly<Record<CropAdvice, string>> = {
  nearer: 'Bitte gehen Sie mit der Kamera näher heran oder zoomen Sie.',
  'portrait-orientation': 'Bitte drehen Sie die Kamera ins Hochformat.',
  'better-camera': 'Bitte verwenden Sie eine Kamera mit höherer Auflösung.',
};

const SIDES_DE: Readonly<Record<PhotoSide, string>> = {
  left: 'links',
  top: 'oben',
  right: 'rechts',
  bottom: 'unten',
};

/** A refusal in English, for integrators. */
export function describeRefusal(refusal: CropRefusal): RefusalText {
  switch (refusal.reason) {
    case 'no-face':
      return { message: 'no face was found', remedy: 'take the photo again, or place the points by hand' };
    case 'several-faces':
      return {
        message: `${refusal.faces} faces are on the photo`,
        remedy: 'take the photo with one person alone',
      };
    case 'face-cut-off':
      return {
        message: `the face is cut off, outside the photo: ${refusal.points.join(', ') || 'part of its outline'}`,
        remedy: 'take the photo again with the whole head on it',
      };
    case 'turned':
      return {
        message: 'the person lies on the photo',
        remedy: `turn the photo by ${90 * refusal.quarterTurns} degrees clockwise`,
      };
    case 'upscaling':
      return {
        message:
          `the photo would have to be enlarged: the largest cut has ${refusal.availableHeightPx} rows, ` +
          `${refusal.missingHeightPx} rows and ${refusal.missingWidthPx} columns are missing to 1244 x 1600`,
        remedy: refusal.advice.map((advice) => ADVICE[advice]).join('; '),
      };
    case 'outside-photo':
      return {
        message: `there is too little around the head: ${sides(refusal.missingPx, {})}`,
        remedy: 'take the photo again from further away, with the head in the middle',
      };
    case 'proportions':
      return {
        message: 'no cut gives eyes and head the proportions that are asked for',
        remedy:
          'have the person look straight into the camera, or check the points, the crown and the ears above all',
      };
    default:
      return refusal satisfies never;
  }
}

/** A refusal in German, for the clerk. */
export function refusalTextDe(refusal: CropRefusal): RefusalText {
  switch (refusal.reason) {
    case 'no-face':
      return {
        message: 'Auf dem Foto wurde kein Gesicht gefunden.',
        remedy: 'Bitte nehmen Sie das Foto noch einmal auf oder setzen Sie die Punkte von Hand.',
      };
    case 'several-faces':
      return {
        message: `Auf dem Foto sind ${refusal.faces} Gesichter.`,
        remedy: 'Bitte nehmen Sie die Person allein auf.',
      };
    case 'face-cut-off':
      return {
        message: 'Der Kopf ist nicht vollständig auf dem Foto.',
        remedy: 'Bitte nehmen Sie das Foto noch einmal auf, mit dem ganzen Kopf im Bild.',
      };
    case 'turned':
      return {
        message: 'Die Person liegt auf dem Foto auf der Seite oder auf dem Kopf.',
        remedy: `Bitte drehen Sie das Foto um ${90 * refusal.quarterTurns} Grad im Uhrzeigersinn.`,
      };
    case 'upscaling':
      return {
        message: `Das Foto hat zu wenige Bildpunkte: Es fehlen ${refusal.missingHeightPx} Zeilen. Vergrößern ist nicht zulässig.`,
        remedy: refusal.advice.map((advice) => ADVICE_DE[advice]).join(' '),
      };
    case 'outside-photo':
      return {
        message: `Um den Kopf herum ist zu wenig Platz (${sides(refusal.missingPx, SIDES_DE)}).`,
        remedy: 'Bitte nehmen Sie das Foto mit mehr Abstand und dem Kopf in der Mitte auf.',
      };
    case 'proportions':
      return {
        message: 'Augen und Kopf ergeben kein zulässiges Verhältnis. Schaut die Person zur Seite?',
        remedy:
          'Bitte nehmen Sie die Person von vorn auf. Schaut sie gerade in die Kamera, prüfen Sie bitte die Punkte, vor allem Scheitel und Ohren.',
      };
    default:
      return refusal satisfies never;
  }
}

function sides(
  missingPx: Readonly<Partial<Record<PhotoSide, number>>>,
  names: Readonly<Partial<Record<string, string>>>,
): string {
  return Object.entries(missingPx)
    .map(([side, px]) => `${names[side] ?? side} ${px} px`)
    .join(', ');
}
