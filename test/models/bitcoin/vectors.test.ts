/** The formats against what is on the real chains, and against vectors of Bitcoin Core. */
import { describe, expect, test } from 'vitest';
import {
  bitcoinIssue,
  bitcoinRetarget,
  bitsOf,
  blockId,
  claimsHeight,
  decodeHeader,
  decodeTransaction,
  encodeHeader,
  encodeTransaction,
  fromHex,
  heightScript,
  isCoinbase,
  isSigned,
  keyPaid,
  limits,
  locatorHeights,
  maxMoney,
  medianTimePast,
  meetsTarget,
  merkleRoot,
  readHash,
  retargeted,
  showHash,
  subsidyAt,
  supplyUpTo,
  targetOf,
  toHex,
  transactionId,
  workOf,
} from '../../../models/bitcoin/index.js';

/** Height and chain, header, id. */
const headers: readonly (readonly [name: string, header: string, id: string])[] = [
  [
    'main 0',
    '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c',
    '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
  ],
  [
    'main 1',
    '010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299',
    '00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048',
  ],
  [
    'main 2',
    '010000004860eb18bf1b1620e37e9490fc8a427514416fd75159ab86688e9a8300000000d5fdcc541e25de1c7a5addedf24858b8bb665c9f36ef744ee42c316022c90f9bb0bc6649ffff001d08d2bd61',
    '000000006a625f06636b8bb6ac7b960a8d03705d1ace08b1a19da3fdcc99ddbd',
  ],
  [
    'main 125552',
    '0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695',
    '00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d',
  ],
  [
    'testnet 0',
    '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff001d1aa4ae18',
    '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943',
  ],
  [
    'regtest 0',
    '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000',
    '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206',
  ],
];

describe.each(headers)('the header of %s', (name, hex, id) => {
  const header = decodeHeader(fromHex(hex));
  test('has its id', () => expect(showHash(blockId(header))).toBe(id));
  test('is written as it was read', () => expect(toHex(encodeHeader(header))).toBe(hex));
  test('has done its work', () => {
    const limit = name.startsWith('regtest') ? limits.regtest : limits.main;
    expect(meetsTarget(blockId(header), header.bits, limit)).toBe(true);
    expect(meetsTarget(blockId({ ...header, nonce: (header.nonce ^ 1) >>> 0 }), header.bits, 0x1d00ffff)).toBe(false);
  });
});

test('each names the one before it', () => {
  const [zero, one, two] = headers.map(([, hex]) => decodeHeader(fromHex(hex)));
  expect([one, two].map((header) => showHash(header?.previous as Uint8Array))).toEqual(
    [zero, one].map((header) => showHash(blockId(header as Parameters<typeof blockId>[0]))),
  );
});

describe('targets and work', () => {
  test.each([
    [0x207fffff, 2n],
    [0x203fffff, 4n],
    [0x1d00ffff, 0x100010001n],
    [0x1a44b9f2, 1n << 256n],
  ])('%i', (bits, work) => expect(workOf(bits)).toBe(bits === 0x1a44b9f2 ? work / (targetOf(bits) + 1n) : work));
  test('the target of genesis', () => expect(targetOf(0x1d00ffff)).toBe(0xffffn << 208n));
  test('difficulty of 125552 is 244,112.48777434', () =>
    expect(Number(targetOf(0x1d00ffff)) / Number(targetOf(0x1a44b9f2))).toBeCloseTo(244112.48777434, 8));
  test.each([0x01003456, 0x00000000, 0x04923456, 0x01fedcba, 0xff123456, 0x23000001])('%i is no target', (bits) => {
    expect(() => targetOf(bits)).toThrow(expect.objectContaining({ code: 'BAD_TARGET' }));
    expect(meetsTarget(new Uint8Array(32), bits, 0x207fffff)).toBe(false);
  });
  test.each([
    [0x12n, 0x01120000],
    [0x1234n, 0x02123400],
    [0x123456n, 0x03123456],
    [0x12345600n, 0x04123456],
    [0x92340000n, 0x05009234],
    [0x80n, 0x02008000],
  ])('%i in compact form', (target, bits) => {
    expect(bitsOf(target)).toBe(bits);
    expect(targetOf(bits)).toBe(target);
  });
});

describe('Merkle roots', () => {
  const block100000 = [
    '8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87',
    'fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4',
    '6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4',
    'e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d',
  ].map(readHash);
  const numbered = (...leaves: readonly number[]) => merkleRoot(leaves.map((n) => new Uint8Array(32).fill(n)));

  test('of block 100000', () => {
    const { root, isMutated } = merkleRoot(block100000);
    expect(showHash(root)).toBe('f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766');
    expect(isMutated).toBe(false);
  });
  test('of one transaction is its id', () => expect(numbered(7).root).toEqual(new Uint8Array(32).fill(7)));
  test.each([
    [
      [1, 2, 3],
      [1, 2, 3, 3],
    ],
    [
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6, 5, 6],
    ],
  ])('of %j and of %j is the same, and the second is found out (CVE-2012-2459)', (genuine, mutated) => {
    expect(numbered(...mutated).root).toEqual(numbered(...genuine).root);
    expect([numbered(...genuine).isMutated, numbered(...mutated).isMutated]).toEqual([false, true]);
  });
  test('two equal hashes that are no pair prove nothing', () => expect(numbered(1, 2, 2, 3).isMutated).toBe(false));
  test('of nothing there is none', () =>
    expect(() => merkleRoot([])).toThrow(expect.objectContaining({ code: 'EMPTY' })));
});

describe('transactions', () => {
  const genesisCoinbase = decodeTransaction(
    fromHex(
      '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000',
    ),
  );
  test('the coinbase of genesis is all of its Merkle tree', () => {
    const id = '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b';
    expect(showHash(transactionId(genesisCoinbase))).toBe(id);
    expect(showHash(decodeHeader(fromHex(headers[0]?.[1] as string)).merkleRoot)).toBe(id);
    expect(isCoinbase(genesisCoinbase)).toBe(true);
    expect(genesisCoinbase.outputs[0]?.value).toBe(subsidyAt(0, bitcoinIssue));
  });

  /** Ten bitcoins from Satoshi Nakamoto to Hal Finney, in block 170; they had been created in block 9. */
  const firstPayment =
    '0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000';
  const payment = decodeTransaction(fromHex(firstPayment));
  // The change went back to the key that paid.
  const spent = payment.outputs[1]?.script as Uint8Array;

  test('the first payment has its id', () => {
    expect(showHash(transactionId(payment))).toBe('f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16');
    expect(toHex(encodeTransaction(payment))).toBe(firstPayment);
    expect(isCoinbase(payment)).toBe(false);
    expect(payment.outputs.map(({ value }) => value)).toEqual([1_000_000_000n, 4_000_000_000n]);
  });
  test('its signature is good, for its own key and its own outputs', () => {
    expect(toHex(keyPaid(spent) as Uint8Array).slice(0, 10)).toBe('0411db93e1');
    expect(isSigned(payment, 0, spent)).toBe(true);
    expect(isSigned(payment, 0, payment.outputs[0]?.script as Uint8Array)).toBe(false);
    expect(isSigned({ ...payment, lockTime: 1 }, 0, spent)).toBe(false);
    expect(isSigned({ ...payment, outputs: payment.outputs.slice(1) }, 0, spent)).toBe(false);
    expect(isSigned(payment, 1, spent)).toBe(false);
  });
});

describe('new money', () => {
  test.each([
    [0, 5_000_000_000n],
    [209_999, 5_000_000_000n],
    [210_000, 2_500_000_000n],
    [840_000, 312_500_000n],
    [6_929_999, 1n],
    [6_930_000, 0n],
    [64 * 210_000, 0n],
  ])('at height %i', (height, subsidy) => expect(subsidyAt(height, bitcoinIssue)).toBe(subsidy));
  test('all of it is less than 21 million', () => {
    expect(supplyUpTo(20_000_000, bitcoinIssue)).toBe(2_099_999_997_690_000n);
    expect(supplyUpTo(20_000_000, bitcoinIssue) < maxMoney).toBe(true);
  });
  test('the supply is the sum of the subsidies', () => {
    const issue = { initial: 50n, interval: 3 };
    let sum = 0n;
    for (let height = 0; height < 30; height++) {
      sum += subsidyAt(height, issue);
      expect(supplyUpTo(height, issue)).toBe(sum);
    }
  });
  test.each([
    [0, '00'],
    [1, '51'],
    [16, '60'],
    [17, '0111'],
    [127, '017f'],
    [128, '028000'],
    [255, '02ff00'],
    [256, '020001'],
    [32_768, '03008000'],
    [227_931, '035b7a03'],
  ])('height %i in a coinbase', (height, script) => expect(toHex(heightScript(height))).toBe(script));
  test('a coinbase from before BIP 34 claims no height', () => {
    const coinbase = { version: 1, inputs: [], outputs: [], lockTime: 0 };
    expect(claimsHeight(coinbase, 1)).toBe(false);
  });
});

describe('difficulty, from the tests of Bitcoin Core', () => {
  test.each([
    ['ordinary', 0x1d00ffff, 1261130161, 1262152739, 0x1d00d86a],
    ['at the limit', 0x1d00ffff, 1231006505, 1233061996, 0x1d00ffff],
    ['too fast by more than four', 0x1c05a3f4, 1279008237, 1279297671, 0x1c0168fd],
    ['too slow by more than four', 0x1c387f6f, 1263163443, 1269211443, 0x1d00e1fd],
  ])('%s', (_, bits, first, last, next) => expect(retargeted(bits, first, last, bitcoinRetarget)).toBe(next));
  test('median time past', () => {
    expect(medianTimePast([5])).toBe(5);
    expect(medianTimePast([1, 9])).toBe(9);
    expect(medianTimePast([99, 99, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5])).toBe(4);
  });
});

test('the locator at height 108', () =>
  expect(locatorHeights(108)).toEqual([
    ...[108, 107, 106, 105, 104, 103, 102, 101, 100, 99, 98, 97],
    ...[95, 91, 83, 67, 35, 0],
  ]));

test.each([0, 1, 10, 11, 12, 13])('the locator at height %i names each block once', (tip) => {
  const heights = locatorHeights(tip);
  expect(heights[0]).toBe(tip);
  expect(heights.at(-1)).toBe(0);
  expect(new Set(heights).size).toBe(heights.length);
});
