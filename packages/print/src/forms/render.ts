import { InputError } from '@buergerkoffer/formats';
import { z } from 'zod';
import type { Assets, Blank, Draft, FormDefinition, Letterhead, TextModules } from './definition.js';
import { berlinDay } from './format.js';
import { attachmentName, formatSubject } from './marking.js';
import { paintBlocks } from './layout/blocks.js';
import { Canvas } from './layout/canvas.js';
import { Flow } from './layout/flow.js';
import { formFooter, openPage, paintFooters, paintOpening, type FrameOptions } from './layout/frame.js';
import { maxLengthOf } from './max-length.js';
import type { FontSet } from './pdf/fonts.js';
import { embeddable } from './pdf/picture.js';
import type { LayoutBox } from './pdf/boxes.js';
import { Sheet } from './pdf/sheet.js';
import { checkTextModules } from './text-modules.js';
import { checkCharacters, parseData } from './validate.js';

/** What a rendering needs besides the data. */
export interface RenderOptions {
  readonly fonts: FontSet;
  readonly letterhead: Letterhead;
  /** Random, never made from personal data: it stands on every page. */
  readonly caseNumber: string;
  /** When the paper is made; the only source of dates in the file. */
  readonly now: Date;
  /** Faint word across every page: `ENTWURF`. */
  readonly watermark?: string;
  /** Pictures that the form shows. */
  readonly assets?: Assets;
  /** The municipality's own wording of notices of this form. */
  readonly textModules?: TextModules;
  /** The form's data as an attached JSON file. Default: yes, except in papers for third parties and blank ones, which have none. */
  readonly attachData?: boolean;
  /** Values are interactive fields, which the reader of returned forms takes back. Default false. */
  readonly fillable?: boolean;
}

/** A rendered form with the record of what stands where. */
export interface RenderedForm {
  readonly bytes: Uint8Array;
  readonly pageCount: number;
  readonly boxes: readonly LayoutBox[];
}

/** Bounds of what a letterhead can hold. */
export const letterheadSchema = z.strictObject({
  authority: z.string().min(1).max(100),
  unit: z.string().max(100).exactOptional(),
  lines: z.array(z.string().max(60)).max(4),
  dataProtection: z.string().min(1).max(200),
});
/** What a case number looks like. */
export const caseNumberSchema = z
  .string()
  .regex(/^[0-9A-Za-z-]{1,40}$/u, 'letters, digits and hyphens, at most 40');

/**
 * The form as a tagged PDF, written to PDF/A-3a and PDF/UA-1: the same input gives the same bytes. `{}` gives the blank
 * form; once any field is given, all that are required must be.
 *
 * @throws InputError with a path: `missing` (field or picture), `too-large` (value or picture does not fit),
 * `unsupported` (character outside the fonts, kind of picture), `out-of-range`, `malformed`, `not-allowed` (unknown field,
 * picture without a place, form not in force on the day of `now`).
 */
export async function renderForm<T>(
  form: FormDefinition<T>,
  data: T | Blank,
  options: RenderOptions,
): Promise<Uint8Array> {
  return (await layoutForm(form, data, options)).bytes;
}

/** As {@link renderForm}, with the boxes of the layout, for the tests of a form. */
export async function layoutForm<T>(
  form: FormDefinition<T>,
  data: T | Blank,
  options: RenderOptions,
): Promise<RenderedForm> {
  const { fonts, caseNumber, watermark } = options;
  const letterhead = parseData(z.object({ letterhead: letterheadSchema }), {
    letterhead: options.letterhead,
  }).letterhead;
  parseData(z.object({ caseNumber: caseNumberSchema }), { caseNumber });
  const textModules = checkTextModules(form, options.textModules);
  checkInForce(form, options.now);
  const given = isBlank(data) ? undefined : { data: parseData(form.schema, data) };
  const shown = given === undefined ? blankData(form) : given.data;
  checkCharacters(shown, fonts, '');
  checkCharacters({ letterhead, watermark, textModules }, fonts, '');
  const assets = await embeddableAssets(options.assets ?? {});

  const frame: FrameOptions = { form, letterhead, caseNumber, watermark };
  const fillable = options.fillable === true && { maxLength: maxLengthOf(form.schema) };
  const sheet = new Sheet({
    title: form.title,
    fonts,
    created: options.now,
    subject: formatSubject({ formId: form.id, validFrom: form.validFrom, caseNumber }),
    fillable: fillable !== false,
  });
  const flow = new Flow(sheet, () => openPage(sheet, frame));
  const canvas = new Canvas(sheet, flow, assets, { blank: given === undefined, fillable });
  flow.newPage();
  flow.y = paintOpening(sheet, flow.y, frame);
  paintBlocks(canvas, form.layout(shown, { form, letterhead, textModules }));
  canvas.refuseUnusedPictures();
  paintFooters(sheet, formFooter(frame));
  if (given !== undefined && (options.attachData ?? form.audience !== 'third-party')) {
    attachData(sheet, form, given.data, options.now);
  }
  return {
    bytes: await sheet.end(),
    pageCount: sheet.pageCount,
    boxes: sheet.boxes,
  };
}

/** Exactly the data of the form, or what the form says may leave with the paper. */
function attachData<T>(sheet: Sheet, form: FormDefinition<T>, data: T, now: Date): void {
  const json = JSON.stringify(form.attachment === undefined ? data : form.attachment(data), undefined, 2);
  sheet.attach(attachmentName(form.id), json, `Daten des Formulars ${form.id}`, now);
}

function isBlank(data: unknown): data is Blank {
  return typeof data === 'object' && data !== null && !Array.isArray(data) && Object.keys(data).length === 0;
}

/** The draft of a blank form. @throws InputError `missing` where the form has no blank. */
function blankData<T>(form: FormDefinition<T>): Draft<T> {
  if (!form.blank)
    throw new InputError('missing', `${form.id} has no blank; it wants its data`, { path: '' });
  return {} as Draft<T>; // every property of a draft is optional but those that tell unions apart
}

/** The pictures as they can be embedded. */
async function embeddableAssets(assets: Assets): Promise<Assets> {
  const entries = Object.entries(assets).map(
    async ([name, picture]) =>
      [name, { ...picture, bytes: await embeddable(picture.bytes, `assets.${name}`) }] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Nothing where the version of the form is right on that day in Berlin. @throws InputError `not-allowed` or `malformed` with path `now`. */
export function checkInForce(
  form: Pick<FormDefinition<never>, 'id' | 'validFrom' | 'validTo'>,
  now: Date,
): void {
  if (Number.isNaN(now.getTime())) throw new InputError('malformed', 'the time is no time', { path: 'now' });
  const day = berlinDay(now);
  if (day < form.validFrom || (form.validTo !== undefined && day > form.validTo)) {
    throw new InputError('not-allowed', `this version of ${form.id} is not in force on ${day}`, {
      path: 'now',
    });
  }
}
