/** As much of bencode, which has no types, as the tests use. */
declare module 'bencode' {
  // biome-ignore lint/suspicious/noExplicitAny: what it gives has no type
  const bencode: { decode(bytes: Uint8Array): any; encode(value: unknown): Uint8Array };
  export default bencode;
}
