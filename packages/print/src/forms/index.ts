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
  TextModules,
} from './definition.js';
export type { FieldCodec } from './field-codec.js';
export { certifiedCopy, type CertifiedCopy, type CopyOptions } from './copies/certified-copy.js';
export type { CopyPage } from './copies/scanned-page.js';
export { certificationNoteSchema, type CertificationNote } from './copies/note.js';
export { formatFooterCode, parseFooterCode, type FooterCode } from './footer-code.js';
export { overlayForm, type OverlaidForm, type OverlayOptions } from './overlay/overlay-form.js';
export type { OverlayPlace } from './overlay/overlay-place.js';
export { layoutForm, renderForm, type RenderedForm, type RenderOptions } from './render.js';
export { findLayoutFaults, type LayoutFault } from './layout/faults.js';
export type { Marking } from './marking.js';
export { readAnyForm, readForm, type FieldFinding, type ReturnedForm } from './read/read-form.js';
export { parseFonts, type FontBytes, type FontSet, type FontWeight } from './pdf/fonts.js';
export { centreCrop, type Crop } from './pdf/picture.js';
export type { LayoutBox, Rectangle } from './pdf/boxes.js';
export { fieldsOf, kindsOf, type FormField } from './fields-of.js';
export { Fields, fieldsBlock, type FieldLook, type Words } from './library/parts/fields.js';
export { noticeBlocks } from './library/parts/notices.js';
export type { PathIn, ValueAt } from './library/parts/paths.js';
export { fault, withRules, type Fault, type Refusal } from './library/parts/rules.js';
export { numbered, type Section } from './library/parts/sections.js';
export { signing, type Signer, type Signing } from './library/parts/signing.js';
export { FORMS, formFor, formsInForce } from './library/forms.js';
export { befreiungAusweispflicht, type BefreiungAusweispflicht } from './library/befreiung-ausweispflicht.js';
export {
  beglaubigungUnterschrift,
  type BeglaubigungUnterschrift,
} from './library/beglaubigung-unterschrift.js';
export { beglaubigungVermerk, type BeglaubigungVermerk } from './library/beglaubigung-vermerk.js';
export { dsgvo13, type Dsgvo13 } from './library/dsgvo13.js';
export { fuehrungszeugnis } from './library/fuehrungszeugnis/definition.js';
export type { Fuehrungszeugnis } from './library/fuehrungszeugnis/schema.js';
export { lebensbescheinigung, type Lebensbescheinigung } from './library/lebensbescheinigung.js';
export { meldebescheinigung, type Meldebescheinigung } from './library/meldebescheinigung.js';
export { meldebestaetigung, type Meldebestaetigung } from './library/meldebestaetigung.js';
export { meldeschein } from './library/meldeschein/definition.js';
export type { Meldeschein } from './library/meldeschein/schema.js';
export { paAntrag, paAntragPosted } from './library/pa-antrag/definition.js';
export type { PaAntrag, PaAntragPosted } from './library/pa-antrag/schema.js';
export { passAntrag } from './library/pass-antrag/definition.js';
export type { PassAntrag } from './library/pass-antrag/schema.js';
export { pinBrief, type PinBrief } from './library/pin-brief/definition.js';
export { pinBriefPosted, type PinBriefPosted } from './library/pin-brief/posted.js';
export { quittung, type Quittung } from './library/quittung.js';
export { uebergabeProtokoll, type UebergabeProtokoll } from './library/uebergabe-protokoll.js';
export { verlust, type Verlust } from './library/verlust.js';
export { vollmacht, type Vollmacht } from './library/vollmacht.js';
export { vpaAntrag, type VpaAntrag } from './library/vpa-antrag.js';
export { wohnungsgeber, type Wohnungsgeber } from './library/wohnungsgeber.js';
export { zustimmungSorge, type ZustimmungSorge } from './library/zustimmung-sorge.js';
