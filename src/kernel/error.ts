/** The one error type that leaves churnproof: a code, what was expected, where, and what to do. */

/** Every code an error of ours can carry; a reader may switch on it. @public */
export type ErrorCode =
  | 'MACHINE_UNSUPPORTED'
  | 'MACHINE_NOT_PLAIN'
  | 'MACHINE_NOT_DETERMINISTIC'
  | 'MACHINE_THREW'
  | 'MACHINE_EMITTED'
  | 'ENGINE_DEVIATES'
  | 'SYSTEM_INVALID'
  | 'SYSTEM_OPERATION'
  | 'SYSTEM_STORM'
  | 'SYSTEM_FULL_AT_START'
  | 'PROPERTY_THREW'
  | 'PROPERTY_NOT_BOOLEAN'
  | 'PROPERTY_NOT_DETERMINISTIC'
  | 'PROPERTY_INVALID'
  | 'SEARCH_INVALID'
  | 'SEARCH_UNSOUND'
  | 'WORKER_LOST'
  | 'UNKNOWN_MODEL'
  | 'UNKNOWN_CONFIGURATION'
  | 'UNKNOWN_PROPERTY'
  | 'UNKNOWN_PARAMETER'
  | 'PARAMETER_OUT_OF_RANGE'
  | 'SUITE_INVALID'
  | 'LOG_UNREADABLE'
  | 'LOG_INVALID'
  | 'ADAPTER_INVALID'
  | 'KNOWN_INVALID'
  | 'DIVERGENCE_INVALID'
  | 'HISTORY_INVALID'
  | 'TRACE_UNREADABLE'
  | 'TRACE_INVALID'
  | 'TRACE_FOREIGN'
  | 'CONFIG_MISSING'
  | 'CONFIG_INVALID'
  | 'REPORT_INVALID'
  | 'CERTIFICATE_MISSING'
  | 'CERTIFICATE_UNREADABLE'
  | 'CERTIFICATE_INVALID'
  | 'CERTIFICATE_FOREIGN'
  | 'SOURCES_MISSING'
  | 'SOURCES_NEWER'
  | 'METAINFO_INVALID'
  | 'SERVE_FAILED'
  | 'USAGE';

/** What an error tells beside its message. @public */
export interface ErrorDetail {
  /** Where it went wrong: a peer, an event, a field, a file. */
  readonly where?: string;
  /** What would have been right. */
  readonly expected?: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A mistake in what was asked, told with its place, what would have been right, and what to do. @public */
export class ChurnproofError extends Error {
  override readonly name = 'ChurnproofError';
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly expected: string | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.where = detail.where;
    this.expected = detail.expected;
    this.hint = detail.hint;
  }
}

/** One paragraph a person can act on; no stack. @public */
export function explainError(error: ChurnproofError): string {
  const lines = [`error ${error.code}: ${error.message}`];
  if (error.where !== undefined) lines.push(`  where: ${error.where}`);
  if (error.expected !== undefined) lines.push(`  expected: ${error.expected}`);
  if (error.hint !== undefined) lines.push(`  try: ${error.hint}`);
  return lines.join('\n');
}

/** The message of anything that was thrown. @internal */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
