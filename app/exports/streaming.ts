import { Readable } from 'node:stream'

// A head and then the rest, piece by piece: a long file is never whole in memory.
export function streamed<T>(head: string, pieces: Iterable<T>, write: (piece: T) => string): ReadableStream {
  const text = function* () {
    yield Buffer.from(head)
    for (const piece of pieces) yield Buffer.from(write(piece))
  }
  return Readable.toWeb(Readable.from(text())) as ReadableStream
}
