/** Arrays that grow: doubled, so that what is added one by one is copied no more than twice. */

/** The same array, or a longer copy that has room for `length` numbers. @internal */
export function roomFor(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const wider = new Int32Array(2 ** Math.ceil(Math.log2(length)));
  wider.set(array);
  return wider;
}
