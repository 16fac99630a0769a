import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

// What does not fit into memory, in a file that has no name any more: whatever ends the process, nothing of it is left.
export type Spool = { write: (numbers: BigUint64Array) => number, read: (at: number, into: BigUint64Array) => void, close: () => void }

export function openSpool(directory: string): Spool {
  const path = join(directory, `.spool-${randomUUID()}`)
  const file = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  let end = 0
  return {
    write: (numbers) => {
      const at = end
      for (let done = 0; done < numbers.byteLength;) done += writeSync(file, numbers, done, numbers.byteLength - done, at + done)
      end += numbers.byteLength
      return at
    },
    read: (at, into) => {
      const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
      for (let done = 0; done < bytes.length;) {
        const some = readSync(file, bytes, done, bytes.length - done, at + done)
        if (some === 0) throw new Error('Data ganda: berkas sementara terpotong.')
        done += some
      }
    },
    close: () => closeSync(file),
  }
}
