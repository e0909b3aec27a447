import { InputError, type GreyImage, type RgbImage } from '@buergerkoffer/formats';
import { readTicket } from './barcode.js';
import type { PhotoTicket } from './photo-ticket.js';

/** Reads DataMatrix symbols on an image. */
export interface SymbolReader {
  /** Texts of all DataMatrix symbols (ECC 200) that are found, without order; none is no error. */
  read(image: GreyImage | RgbImage): Promise<readonly string[]>;
}

/** How texts of E-Passfoto barcodes begin: Base64 of E2 01. */
const BEGINS = /^4gE/;

/**
 * The ticket on an image of a photographer's print. `InputError` `missing` when no such symbol is found, `not-allowed`
 * when there are two, and what {@link readTicket} refuses.
 */
export async function ticketOnImage(image: GreyImage | RgbImage, reader: SymbolReader): Promise<PhotoTicket> {
  const texts = new Set(await reader.read(image));
  const tickets = [...texts].filter((text) => BEGINS.test(text));
  const [first, second] = tickets;
  if (second !== undefined)
    throw new InputError('not-allowed', 'there are two barcodes of photos on the image', {
      remedy: 'cover one of them and scan again',
    });
  const [only] = texts;
  if (first === undefined && only === undefined)
    throw new InputError('missing', 'no DataMatrix symbol was found on the image', {
      remedy: 'scan the print flat, well lit and with the symbol at least 300 pixels wide',
    });
  return readTicket(first ?? only ?? '');
}
