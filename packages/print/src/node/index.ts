export { loadDejaVu } from './dejavu.js';
export { loadStandInLabelFonts } from './label-fonts.js';
