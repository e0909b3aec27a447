export type {
  AnyForm,
  Aside,
  Assets,
  Blank,
  Block,
  Cell,
  CheckCell,
  ChoiceCell,
  ChoiceOption,
  Draft,
  FieldCell,
  FieldsBlock,
  FormDefinition,
  FormFrame,
  FormSamples,
  HeadingBlock,
  Letterhead,
  ListBlock,
  Notice,
  PageBreakBlock,
  ParagraphBlock,
  PictureAsset,
  PictureCell,
  PictureName,
  SampleVariant,
  SignatureLine,
  SignaturesBlock,
  TableBlock,
  TableColumn,
} from './definition.js';
export type { FieldCodec } from './field-codec.js';
export {
  certifiedCopy,
  type CertifiedCopy,
  type CopyOptions,
  type CopyPage,
} from './copies/certified-copy.js';
export { certificationNoteSchema, type CertificationNote } from './copies/note.js';
export { formatFooterCode, parseFooterCode, type FooterCode } from './footer-code.js';
export { layoutForm, renderForm, type RenderedForm, type RenderOptions } from './render.js';
export { findLayoutFaults, type LayoutFault } from './layout/faults.js';
export type { Marking } from './marking.js';
export { readAnyForm, readForm, type FieldFinding, type ReturnedForm } from './read/read-form.js';
export { parseFonts, type FontBytes, type FontSet, type FontWeight } from './pdf/fonts.js';
export { centreCrop, type Crop } from './pdf/picture.js';
export type { LayoutBox, Rectangle } from './pdf/sheet.js';
export { paAntrag } from './library/pa-antrag/definition.js';
export type { PaAntrag } from './library/pa-antrag/schema.js';
export { pinBrief, type PinBrief } from './library/pin-brief.js';
export { quittung, type Quittung } from './library/quittung.js';
