export { berlinDate } from './berlin-date.js';
export { ByteReader } from './byte-reader.js';
export type { ByteOrder, ByteReaderOptions } from './byte-reader.js';
export { ByteWriter } from './byte-writer.js';
export {
  checkDigit731,
  idNrCheckDigit,
  isTestIdNr,
  parseAgs,
  parseIdNr,
  parseSerialNumber,
} from './check-digits.js';
export type { Ags, SerialNumber } from './check-digits.js';
export { InputError, SdkError } from './error.js';
export type { ErrorDetails, ErrorKind, ErrorShape, InputErrorCode } from './error.js';
export { checkImageSize, DEFAULT_MAX_PIXELS, greyImage, greyOf, MAX_SIDE, rgbImage } from './image.js';
export type { DecodedImage, GreyImage, ImageFields, RgbImage } from './image.js';
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
export { readPnm, writePgm, writePpm } from './pnm.js';
export type { DecodeLimits } from './pnm.js';
export { transliterateAscii, transliterateMrz } from './transliterate.js';
