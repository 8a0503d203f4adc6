/** The room of reports: plain data in, text or a JSON document out. */
export * from './document.js';
export { type Paint, unpainted } from './paint.js';
export { type ReplayStory, renderReplay, renderReplayDocument } from './replay-text.js';
export { type ReportTextOptions, renderReport } from './report-text.js';
export { type Outcome, outcomesOf, type Told } from './told.js';
