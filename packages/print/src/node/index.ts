export { loadDejaVu } from './dejavu.js';
export { renderPage, type PagePictureOptions } from './render-page.js';
