export { codeLabel, findCode, hasCode } from './code-list.js';
export type { CodeList, CodeListColumn, CodeListRow } from './code-list.js';
export { codeLists, kennungOf } from './code-lists.js';
export type { CodeLists } from './code-lists.js';
export { MAX_COMPACT_BYTES, readCompactCodeList, writeCompactCodeList } from './compact.js';
export { GENERICODE_LIMITS, GENERICODE_NAMESPACE, readGenericode } from './genericode.js';
export type { XmlLimits } from '../xmeld/xml-reader.js';
