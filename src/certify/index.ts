/** The room of certificates: what was found of a suite, written down; read again, and compared. */
export {
  type Certificate,
  type CertifiedClaim,
  type CertifiedConfiguration,
  type CertifiedGeneric,
  type CertifiedMachine,
  type CertifiedMutant,
  type CertifiedWitness,
  certificateSchemaVersion,
  type Engine,
  maxCertificateSize,
  type Sources,
} from './certificate.js';
export {
  changedEngine,
  changedSources,
  type Difference,
  describeDifference,
  differencesOf,
} from './differences.js';
export { certificateOf, type Examined, renderCertificate, type Searched } from './make.js';
export { readCertificate } from './read.js';
export { renderVerified, renderVerifiedDocument, type Verified, verifiedOutcomes } from './verified.js';
