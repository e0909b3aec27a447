export { DOCUMENT_SCANNER } from './document-scanner.js';
export type {
  ColorMode,
  DocumentScanner,
  PageContent,
  ScanArea,
  ScanAttention,
  ScanItem,
  ScannedPage,
  ScannerCapabilities,
  ScannerStatus,
  ScanSettings,
  ScanSource,
} from './document-scanner.js';
export { iterateAlone } from './gated-iteration.js';
export type { PreparedRun } from './gated-iteration.js';
export { planScan } from './scan-plan.js';
export type { ScanPlan } from './scan-plan.js';
