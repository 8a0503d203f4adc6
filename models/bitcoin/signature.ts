/**
 * Who may spend an output: here, whoever can sign with one public key that the output names (pay to public key, as in the first
 * payment ever made). The signature is ECDSA over secp256k1, of the whole transaction with the signatures left out (SIGHASH_ALL).
 */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { doubleSha256, littleEndian } from './bytes.js';
import { outOfRange } from './errors.js';
import { encodeTransaction, type Transaction } from './transaction.js';

const checkSignature = 0xac;
const allInputsAndOutputs = 1;
const none = new Uint8Array(0);

/** @public */
export const publicKeyOf = (secretKey: Uint8Array): Uint8Array => secp256k1.getPublicKey(secretKey);

/** The script of an output that this key can spend. @public */
export const payTo = (publicKey: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(publicKey.length), publicKey, Uint8Array.of(checkSignature));

/** The key that such a script names; `undefined` of any other script. @public */
export function keyPaid(script: Uint8Array): Uint8Array | undefined {
  const length = script[0];
  if ((length !== 33 && length !== 65) || script.length !== length + 2 || script.at(-1) !== checkSignature)
    return undefined;
  return script.slice(1, -1);
}

/** What is signed for one input: every input's script is empty, but that this one has the script of the output it spends. @public */
export function signatureHash(transaction: Transaction, at: number, spent: Uint8Array): Uint8Array {
  if (transaction.inputs[at] === undefined) throw outOfRange('the input', at, `0 to ${transaction.inputs.length - 1}`);
  const inputs = transaction.inputs.map((input, other) => ({ ...input, script: other === at ? spent : none }));
  const preimage = encodeTransaction({ ...transaction, inputs });
  return doubleSha256(concatBytes(preimage, littleEndian('hash type', allInputsAndOutputs, 4)));
}

/** The script that unlocks an output: the signature, by deterministic nonce (RFC 6979). @public */
export function signed(transaction: Transaction, at: number, spent: Uint8Array, secretKey: Uint8Array): Uint8Array {
  const hash = signatureHash(transaction, at, spent);
  const signature = secp256k1.sign(hash, secretKey, { prehash: false, format: 'der' });
  return concatBytes(Uint8Array.of(signature.length + 1), signature, Uint8Array.of(allInputsAndOutputs));
}

/** Whether an input may spend an output with this script. Never throws, whatever the bytes. @public */
export function isSigned(transaction: Transaction, at: number, spent: Uint8Array): boolean {
  const script = transaction.inputs[at]?.script;
  const key = keyPaid(spent);
  if (script === undefined || key === undefined) return false;
  if (script.length < 2 || script[0] !== script.length - 1 || script.at(-1) !== allInputsAndOutputs) return false;
  try {
    // High values of s were allowed until they were made non-standard; consensus still takes them.
    const options = { prehash: false, format: 'der', lowS: false } as const;
    return secp256k1.verify(script.slice(1, -1), signatureHash(transaction, at, spent), key, options);
  } catch {
    return false;
  }
}
