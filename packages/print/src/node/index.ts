export { loadDejaVu } from './dejavu.js';
