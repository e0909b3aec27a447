export { loadDejaVu } from './dejavu.js';
export { loadStandInLabelFonts } from './label-fonts.js';
export { folderJournal } from './folder-journal.js';
export { pdftoppmRenderer } from './pdftoppm-renderer.js';
export { serveIppPrinter } from './serve-ipp-printer.js';
export type { ServedPrinter, ServeOptions } from './serve-ipp-printer.js';
export { renderPage, type PagePictureOptions } from './render-page.js';
