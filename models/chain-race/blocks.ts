/**
 * Chains as they are told from one to another: whole, from the first block after genesis to the tip. A block is who found it and
 * which of the two transactions it carries; where it stands says the rest, so that equal chains are equal values.
 */

/** The payment to the merchant, or the one that spends the same money otherwise. A chain can carry one of them. @public */
export type Spend = 'payment' | 'double';

/** Such as `a`, `a$` with the payment, `mx` with the double spend. @public */
export type Block = string;

/** @public */
export type Chain = readonly Block[];

const signs: { readonly [spend in Spend]: string } = { payment: '$', double: 'x' };

/** @public */
export const blockOf = (finder: string, spend: Spend | null): Block =>
  `${finder.charAt(0)}${spend === null ? '' : signs[spend]}`;

/** Who found a block. @public */
export const finderOf = (block: Block): string => block.charAt(0);

/** @public */
export const carriedBy = (block: Block): Spend | null =>
  block.endsWith(signs.payment) ? 'payment' : block.endsWith(signs.double) ? 'double' : null;

/** Which of the two a chain carries. @public */
export const spendIn = (chain: Chain): Spend | null => {
  for (const block of chain) {
    const spend = carriedBy(block);
    if (spend !== null) return spend;
  }
  return null;
};

/** Confirmations of the payment: 1 in the block that carries it, 0 if none does. @public */
export const depthOf = (chain: Chain): number => {
  const at = chain.findIndex((block) => carriedBy(block) === 'payment');
  return at < 0 ? 0 : chain.length - at;
};

/** @public */
export const textOf = (chain: Chain): string => chain.join(' ');

/** Every chain that one of these begins with, from nothing on. @public */
export function prefixesOf(chains: readonly Chain[]): readonly Chain[] {
  const found = new Map<string, Chain>();
  for (const chain of chains)
    for (let end = 0; end <= chain.length; end++) {
      const prefix = chain.slice(0, end);
      found.set(textOf(prefix), prefix);
    }
  return [...found.values()];
}

/** @public */
export const isPrefix = (short: Chain, long: Chain): boolean =>
  short.length <= long.length && short.every((block, at) => block === long[at]);
