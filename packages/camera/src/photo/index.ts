export type { Affine } from './affine.js';
export { asRgb } from './as-rgb.js';
export { assessPhoto } from './assess-photo.js';
export type { AssessmentInput } from './assess-photo.js';
export type { CriterionResult, PhotoAssessment } from './assessment.js';
export { bestCapture } from './best-capture.js';
export type { Capture } from './best-capture.js';
export { CHIP_BYTES, chipPhoto, encodeChip } from './chip.js';
export type { ChipPhoto } from './chip.js';
export { describeColours, unknownColoursTextDe } from './colour/colour-texts.js';
export type { PhotoColours, UnknownColours } from './colour/photo-colours.js';
export type { ToSrgb } from './colour/to-srgb.js';
export type { ImageCodecs, Jpeg2000Codec, Jpeg2000Loss, JpegCodec } from './codecs.js';
export { readCodestreamSize } from './codestream.js';
export type { CodestreamSize } from './codestream.js';
export { describeRefusal, refusalTextDe } from './refusal-texts.js';
export type { RefusalText } from './refusal-texts.js';
export { correctCrop } from './correct-crop.js';
export type { ManualCrop } from './correct-crop.js';
export { CROP_SIZE, cornersOf, cropToPhoto, overhang, placesOnCrop } from './crop-frame.js';
export type { CropFrame } from './crop-frame.js';
export type { CropAdvice, CropRefusal, CropVerdict, PhotoSide } from './crop-verdict.js';
export { cutPhoto } from './cut-photo.js';
export type { CroppedPhoto } from './cut-photo.js';
export { decodePhoto } from './decode-photo.js';
export type { DecodedPhoto } from './decode-photo.js';
export { drawTemplate } from './draw-template.js';
export { faceGeometry, mapFacePoints, scaledPoints } from './face-geometry.js';
export type { FaceGeometry } from './face-geometry.js';
export type { FacePoints, Point } from './face-points.js';
export { findCrop } from './find-crop.js';
export type { PhotoSize } from './find-crop.js';
export { readJp2, writeJp2 } from './jp2.js';
export type { Jp2 } from './jp2.js';
export { faceCapture, faceDelivery, faceQuality, faceSelection, keptRecords } from './log-record.js';
export type {
  BinaryRecord,
  CameraConfiguration,
  FaceAcquisition,
  FaceCapture,
  FaceDelivery,
  FaceQuality,
  FaceSelection,
  LoggedCriterion,
  LoggedSoftware,
} from './log-record.js';
export type { Measured } from './measured.js';
export type { ImageOperation } from './operation.js';
export { DOCUMENT_SIZE, halved, productionPhoto, registerPhoto } from './outputs.js';
export type { PhotoFile } from './outputs.js';
export { OWN_SCALES } from './own-thresholds.js';
export type { OwnScale } from './own-thresholds.js';
export type { PixelArea, PixelSource } from './pixel-source.js';
export { pureJpegCodec } from './pure-jpeg.js';
export { readFacePoints } from './read-face-points.js';
export { offerPhotos, releasePhoto } from './selection.js';
export type { Choice, Offer } from './selection.js';
export { photoTemplate, templateForAge } from './template.js';
export { templateShapes } from './template-shapes.js';
export type { TemplateRole, TemplateShape } from './template-shapes.js';
export { templateSvg } from './template-svg.js';
export type { PhotoTemplate, ShareRange, TemplateName } from './template.js';
export { criterionTextDe } from './criterion-texts-de.js';
export { CRITERIA, CRITERION_IDS, THRESHOLDS } from './thresholds.js';
export type {
  Criterion,
  CriterionId,
  CriterionUnit,
  PhotoOrigin,
  Threshold,
  ThresholdTable,
} from './thresholds.js';
export { photoPixels, reducedUpright, uprightImage } from './upright.js';
export type { PhotoPixels } from './upright.js';
export { isSufficient, VETOES } from './veto.js';
export type { Veto } from './veto.js';
