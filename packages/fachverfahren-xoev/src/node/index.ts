export { certificateReceipts } from './certificate-receipts.js';
export { DropAnswer, DropManifest } from './file-drop/drop-folder.js';
export { readDrops } from './file-drop/drop-reader.js';
export type { DropDecision, TakenMessage } from './file-drop/drop-reader.js';
export { fileDrop } from './file-drop/file-drop.js';
export type { FileDropOptions } from './file-drop/file-drop.js';
