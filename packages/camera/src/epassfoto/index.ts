export type { PhotoCipher } from './algorithm.js';
export { readTicket } from './barcode.js';
export { openDelivery, sealedDigest } from './delivery.js';
export type { CloudDelivery, DeliveredPhoto, PhotoOrigin } from './delivery.js';
export type { PhotoTicket } from './photo-ticket.js';
export { ticketOnImage } from './symbol-reader.js';
export type { SymbolReader } from './symbol-reader.js';
