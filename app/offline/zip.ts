import type { Bytes } from '#app/offline/bytes.ts'

// The pack lies gzipped on the phone: reading and opening eight times as many sealed bytes takes longer than unpacking.

const through = async (bytes: Bytes, change: CompressionStream | DecompressionStream): Promise<Bytes> =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(change as TransformStream<Uint8Array, Uint8Array>)).arrayBuffer())

export const zip = (bytes: Bytes) => through(bytes, new CompressionStream('gzip'))

// What was never zipped comes back as it is: an older pack, or one that a browser has unpacked on its way.
export const unzip = async (bytes: Bytes): Promise<Bytes> =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? through(bytes, new DecompressionStream('gzip')) : bytes
