/** Torrent files: bencode, what a file says, what is wrong with one that is refused, and what its pieces must hash to. */
export {
  type Bencode,
  bencoded,
  type Dictionary,
  decode,
  encode,
  fromLatin,
  latin,
  maxDepth,
  maxDigits,
  type Node,
  type Span,
} from './bencode.js';
export { catalogue, type FileName, type Published, published } from './catalogue.js';
export * from './download.js';
export { MetainfoError, type MetainfoFault, metainfoFaults, type Place } from './fault.js';
export { blockSize, rootOfData, rootOfLayer } from './merkle.js';
export type { Metainfo, TorrentFile } from './metainfo.js';
export { type MetainfoMutant, metainfoMutants } from './mutants.js';
export { whyUnsafe } from './paths.js';
export { type Block, blocksOf, isPiece, isPieceOfFile, pieceCount, pieceSize } from './pieces.js';
export { maxFileSize, type ReaderVariation, readMetainfo } from './read.js';
export { fileNames, type MetainfoOptions, type MetainfoPeers, type MetainfoWorld, publishing } from './system.js';
