/** What a torrent file says, once it has been found in order. */

/** @public */
export interface TorrentFile {
  /** The torrent's name first, unless it is the only file; each part is safe. */
  readonly path: readonly string[];
  readonly length: number;
  /** Where it begins among all pieces. */
  readonly offset: number;
  /** Filling between files, which nobody writes to disk. */
  readonly pad: boolean;
  /** Version 2: the root of its Merkle tree; missing if it is empty. */
  readonly piecesRoot?: Uint8Array;
  /** Version 2: the hashes of its pieces, if it is larger than one. */
  readonly layer?: readonly Uint8Array[];
}

/** @public */
export interface Metainfo {
  readonly name: string;
  readonly version: 'v1' | 'hybrid' | 'v2';
  /** SHA-1 of the bytes of `info`, in hex; missing in a torrent that is version 2 alone. */
  readonly infoHash?: string;
  /** SHA-256 of them. */
  readonly infoHashV2?: string;
  /** What trackers and peers know it by: the first of these, or 20 bytes of the second. */
  readonly swarm: string;
  readonly pieceLength: number;
  /** Version 1: the SHA-1 of each piece. */
  readonly pieces?: readonly Uint8Array[];
  /** As version 1 has them, with its filling, or else as version 2. */
  readonly files: readonly TorrentFile[];
  /** As version 2 has them, each beginning with a piece of its own; empty in version 1. */
  readonly tree: readonly TorrentFile[];
  /** Bytes in all pieces. */
  readonly length: number;
  readonly announce?: string;
  /** Tiers of trackers (BEP 12); that of `announce` alone if nothing else is said. */
  readonly tiers: readonly (readonly string[])[];
  /** Whether peers may come from its trackers only (BEP 27). */
  readonly private: boolean;
  /** Where the value of `info` begins and ends in the file. */
  readonly info: { readonly start: number; readonly end: number };
}
