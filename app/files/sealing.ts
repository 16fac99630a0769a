import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Transform } from 'node:stream'

// How a file lies locked on the disk: a head (mark, which data key, salt), then pieces of 64 KiB, each with a tag of its own
// (AES-256-GCM). The key of a file comes from the data key, its salt and its name, so that no two share one and none can take
// another's place; the last piece is marked, so that a shortened file is seen. A piece can be read without those before it.
export type DataKey = { id: string, secret: Uint8Array }

const MARK = Buffer.from('SIKS\0\0e1', 'latin1')
export const HEAD_BYTES = MARK.length + 8 + 24
export const PIECE = 65_536
const TAG = 16

export const sealedBytes = (bytes: number) => HEAD_BYTES + bytes + TAG * Math.max(1, Math.ceil(bytes / PIECE))
const plainBytes = (sealed: number) => {
  const body = sealed - HEAD_BYTES
  return body - TAG * Math.max(1, Math.ceil(body / (PIECE + TAG)))
}

// Nothing we keep begins like this: no photo, paper or workbook, and a table holds no zero bytes. undefined: not locked.
export const dataKeyIdOf = (head: Uint8Array): string | undefined =>
  head.length >= HEAD_BYTES && Buffer.from(head).subarray(0, MARK.length).equals(MARK) ? Buffer.from(head).toString('latin1', MARK.length, MARK.length + 8) : undefined

const fileKey = ({ secret }: DataKey, salt: Uint8Array, name: string) => new Uint8Array(hkdfSync('sha256', secret, salt, `siks file ${name}`, 32))

function nonceOf(piece: number, last: boolean) {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(piece, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

function starting(key: DataKey, name: string) {
  const salt = randomBytes(24)
  const secret = fileKey(key, salt, name)
  const pieceOf = (plain: Uint8Array, piece: number, last: boolean): Buffer[] => {
    const cipher = createCipheriv('aes-256-gcm', secret, nonceOf(piece, last))
    return [cipher.update(plain), cipher.final(), cipher.getAuthTag()]
  }
  return { head: Buffer.concat([MARK, Buffer.from(key.id, 'latin1'), salt]), pieceOf }
}

// All at once, for what is in memory. name: what the file is called on the disk.
export function seal(key: DataKey, name: string, plain: Uint8Array): Buffer {
  const { head, pieceOf } = starting(key, name)
  const parts: Buffer[] = [head]
  for (let at = 0, piece = 0; at === 0 || at < plain.length; at += PIECE, piece += 1) {
    parts.push(...pieceOf(plain.subarray(at, at + PIECE), piece, at + PIECE >= plain.length))
  }
  return Buffer.concat(parts)
}

// The same for a stream.
export function sealing(key: DataKey, name: string): Transform {
  const { head, pieceOf } = starting(key, name)
  let [held, piece]: [Buffer[], number] = [[], 0]
  let bytes = 0
  return new Transform({
    construct(done) {
      this.push(head)
      done()
    },
    transform(chunk: Buffer, _, done) {
      held.push(chunk)
      bytes += chunk.length
      // One byte more than a piece: only then is it certain not to be the last.
      if (bytes > PIECE) {
        const all = Buffer.concat(held)
        let at = 0
        for (; all.length - at > PIECE; at += PIECE) for (const part of pieceOf(all.subarray(at, at + PIECE), piece++, false)) this.push(part)
        held = [all.subarray(at)]
        bytes = all.length - at
      }
      done()
    },
    flush(done) {
      for (const part of pieceOf(Buffer.concat(held), piece, true)) this.push(part)
      done()
    },
  })
}

// Where the pieces that hold these plain bytes lie, and how to open them. size: of the locked file.
export function opening(key: DataKey, name: string, head: Uint8Array, size: number) {
  const secret = fileKey(key, head.subarray(HEAD_BYTES - 24, HEAD_BYTES), name)
  const bytes = plainBytes(size)
  const last = Math.max(0, Math.ceil(bytes / PIECE) - 1)
  return {
    bytes,
    placeOf: (piece: number) => ({
      start: HEAD_BYTES + piece * (PIECE + TAG),
      length: (piece === last ? bytes - last * PIECE : PIECE) + TAG,
    }),
    open(locked: Uint8Array, piece: number): Buffer {
      const decipher = createDecipheriv('aes-256-gcm', secret, nonceOf(piece, piece === last))
      decipher.setAuthTag(locked.subarray(locked.length - TAG))
      return Buffer.concat([decipher.update(locked.subarray(0, locked.length - TAG)), decipher.final()])
    },
  }
}
