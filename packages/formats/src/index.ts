export { parseAzrNumber } from './azr-number.js';
export { berlinDate } from './berlin-date.js';
export { ByteReader } from './byte-reader.js';
export type { ByteOrder, ByteReaderOptions } from './byte-reader.js';
export { ByteWriter } from './byte-writer.js';
export { canonicalJson, parseCanonicalJson } from './canonical-json.js';
export type { JsonValue } from './canonical-json.js';
export { readBit, writeBit } from './cbeff.js';
export type { BiometricInformation, FingerPosition } from './cbeff.js';
export {
  checkDigit731,
  idNrCheckDigit,
  isTestIdNr,
  parseAgs,
  parseIdNr,
  parseSerialNumber,
} from './check-digits.js';
export type { Ags, SerialNumber } from './check-digits.js';
export {
  decodeBase64,
  decodeBase64Url,
  decodeHex,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
} from './encoding.js';
export { InputError, SdkError } from './error.js';
export type { ErrorDetails, ErrorKind, ErrorShape } from './error.js';
export type {
  DeviceErrorCode,
  ErrorCodes,
  InputErrorCode,
  ServiceErrorCode,
  StorageErrorCode,
} from './error-codes.js';
export type { ExifOrientation } from './exif-orientation.js';
export { imageKind } from './image-kind.js';
export type { ImageKind } from './image-kind.js';
export { checkImageSize, DEFAULT_MAX_PIXELS, greyImage, greyOf, MAX_SIDE, rgbImage } from './image.js';
export type { DecodedImage, DecodeLimits, GreyImage, ImageFields, RgbImage } from './image.js';
export { readJpegInfo } from './jpeg-info.js';
export type { JpegInfo } from './jpeg-info.js';
export {
  addDays,
  addMonths,
  addYears,
  ageOn,
  ageReachedOn,
  compareLocalDates,
  dateParts,
  daysBetween,
  daysInMonth,
  isLeapYear,
  isLocalDate,
  localDate,
  parseLocalDate,
} from './local-date.js';
export type { DateParts, LocalDate } from './local-date.js';
export { formatMrz } from './mrz/format-mrz.js';
export type { Mrz, MrzFields, MrzFormat, MrzOptions, MrzSex } from './mrz/mrz.js';
export { parseMrz, readMrz } from './mrz/parse-mrz.js';
export type { MrzReading } from './mrz/parse-mrz.js';
export { earliestDate, formatPartialDate, latestDate, parsePartialDate, wholeDate } from './partial-date.js';
export type { PartialDate, PartialDateStyle } from './partial-date.js';
export { decodePng } from './png/decode-png.js';
export { encodePng } from './png/encode-png.js';
export type { EncodePngOptions } from './png/encode-png.js';
export { deflate, inflateAtMost } from './png/zlib.js';
export type { Inflated } from './png/zlib.js';
export { readPnm, writePgm, writePpm } from './pnm.js';
export { parsePostalCode } from './postal-code.js';
export type { StringLatinType } from './string-latin-repertoire.js';
export { checkStringLatin, requireStringLatin, stringLatinCodePoints } from './string-latin.js';
export type { StringLatinFault } from './string-latin.js';
export { germanLatinFault, germanText, germanTextOf } from './texts-de.js';
export type { GermanText } from './texts-de.js';
export { readTiffDirectory } from './tiff-directory.js';
export type { TiffDirectory } from './tiff-directory.js';
export { findTlv, readTlv, readTlvs, writeTlv } from './tlv.js';
export type { Tlv, TlvOptions } from './tlv.js';
export { transliterateAscii, transliterateMrz } from './transliterate.js';
