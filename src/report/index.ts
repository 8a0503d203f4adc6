/** The room of reports: plain data in, text or a JSON document out. */
export { renderAut } from './aut.js';
export type { CiTold, CorpusTold, ExaminedTold } from './ci.js';
export { renderCiDocument } from './ci-document.js';
export { ciEnd, ciHead, corpusText, renderCi } from './ci-text.js';
export * from './document.js';
export { renderDot } from './dot.js';
export type { Flight, FlightEnd } from './flights.js';
export * from './generic.js';
export * from './generic-document.js';
export { renderGeneric, renderGenericScore } from './generic-text.js';
export { renderAnnotations, renderSummary } from './github.js';
export { renderItf } from './itf.js';
export { renderJunit } from './junit.js';
export { renderMermaid } from './mermaid.js';
export { renderMatrix } from './mutant-matrix.js';
export * from './mutants.js';
export * from './mutants-document.js';
export * from './mutants-text.js';
export { type PageAssets, renderPage } from './page.js';
export { type Paint, unpainted } from './paint.js';
export * from './playback.js';
export {
  type Again,
  type ReplayStory,
  renderReplay,
  renderReplayDocument,
  type TemporalStory,
  type ToldReplay,
  tellReplay,
} from './replay-text.js';
export { type ReportTextOptions, renderReport } from './report-text.js';
export { renderSarif } from './sarif.js';
export type { Assumed, CriticalDocument } from './temporal.js';
export { type Outcome, outcomesOf, type Told } from './told.js';
export { renderValidation, renderValidationDocument, type ToldLine, type ToldValidation } from './validation-text.js';
