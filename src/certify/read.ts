/** What a text must be to count as a certificate, and the one coded error that says why it is not. */
import * as v from 'valibot';
import { ChurnproofError, messageOf, show } from '../kernel/index.js';
import { type Certificate, certificateSchema, certificateSchemaVersion, maxCertificateSize } from './certificate.js';

/** Reads a certificate; `where` is its name for errors. Nothing but a {@link ChurnproofError} is ever thrown. @public */
export function readCertificate(text: string, where: string): Certificate {
  const raw = parse(text, where);
  refuseForeign(raw, where);
  const result = v.safeParse(certificateSchema, raw, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = shorten(v.getDotPath(issue) ?? '');
  const isStranger = issue.type === 'strict_object' && issue.expected === 'never';
  const found = isStranger ? 'an unknown field' : issue.input === undefined ? 'missing' : shorten(show(issue.input));
  const wanted = issue.expected === null || !issue.message.startsWith('Invalid ') ? issue.message : issue.expected;
  throw new ChurnproofError('CERTIFICATE_INVALID', `${path === '' ? 'the file' : path} is ${found}`, {
    where: path === '' ? where : `${where}, field ${path}`,
    expected: isStranger ? 'no such field' : wanted,
    hint: 'certificates are written by churnproof certify, never by hand',
  });
}

function parse(text: string, where: string): unknown {
  const unreadable = (problem: string, cause?: unknown) =>
    new ChurnproofError('CERTIFICATE_UNREADABLE', problem, {
      where,
      expected: 'a certificate as churnproof certify writes it, one JSON object',
      hint: 'write it anew with churnproof certify',
      cause,
    });
  if (text.length > maxCertificateSize) throw unreadable('the file is too large for a certificate');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(`the file is not JSON: ${shorten(messageOf(error))}`, error);
  }
}

/** A file of another kind, or of a later churnproof, is not a broken one. */
function refuseForeign(raw: unknown, where: string): void {
  if (typeof raw !== 'object' || raw === null) return;
  const { tool, kind, schemaVersion } = raw as { readonly [field: string]: unknown };
  const foreign = (message: string, hint: string) =>
    new ChurnproofError('CERTIFICATE_FOREIGN', message, {
      where,
      expected: `a certificate of schemaVersion ${certificateSchemaVersion}`,
      hint,
    });
  if (typeof tool === 'string' && (tool !== 'churnproof' || kind !== 'certificate'))
    throw foreign('it is not a certificate of churnproof', 'is it a trace file? churnproof replay takes those');
  if (Number.isSafeInteger(schemaVersion) && (schemaVersion as number) > certificateSchemaVersion)
    throw foreign(
      `written by a later churnproof: schemaVersion ${schemaVersion}`,
      'verify it with the version of churnproof that wrote it, or a later one',
    );
}

const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}...` : text);
