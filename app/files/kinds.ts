import { imageSize } from 'image-size'
import { NO_JPEG, refusalOf, TOO_MANY_PIXELS, type Size } from '#app/files/jpeg-size.ts'
import type { Incoming, StoredFile } from '#app/files/store.ts'
import { invalid, Problem } from '#app/problems.ts'

// What a file may be. Its own bytes decide, never its name or what the browser says of it.
export type FileKind = 'photo' | 'document' | 'table' | 'exchange'
export const LIMITS: Record<FileKind, number> = { photo: 8 * 2 ** 20, document: 10 * 2 ** 20, table: 200 * 2 ** 20, exchange: 200 * 2 ** 20 }

const WORDS: Record<FileKind, string> = {
  photo: NO_JPEG,
  document: 'Berkas harus berupa PDF atau foto JPEG.',
  table: 'Berkas harus berupa CSV atau XLSX.',
  exchange: 'Ini bukan berkas .siks dari SIKS, atau berkasnya rusak.',
}

export const tooLarge = (field: string, kind: FileKind) =>
  new Problem('too_large', 'Berkas terlalu besar.', { [field]: `Ukuran berkas paling besar ${LIMITS[kind] / 2 ** 20} MB.` })

// mime and, for photos, the size in pixels. Throws invalid with the field named when the content is something else.
export function recognise(field: string, kind: FileKind, file: Incoming): Omit<StoredFile, 'sha256' | 'bytes'> {
  const found = kind === 'exchange' ? age(file) : kind === 'table' ? table(file) : jpeg(file) ?? (kind === 'document' ? pdf(file) : undefined)
  if (!found) throw invalid({ [field]: WORDS[kind] })
  if ('width' in found && 'height' in found && refusalOf(found as Size) === TOO_MANY_PIXELS) throw invalid({ [field]: TOO_MANY_PIXELS })
  return found
}

function jpeg({ head, tail }: Incoming) {
  if (head[0] !== 0xff || head[1] !== 0xd8 || head[2] !== 0xff) return undefined
  if (!tail.includes(Buffer.from([0xff, 0xd9]))) return undefined
  try {
    const { width, height } = imageSize(head)
    return refusalOf({ width, height }) === NO_JPEG ? undefined : { mime: 'image/jpeg', width, height }
  } catch {
    return undefined
  }
}

const pdf = ({ head }: Incoming) => head.subarray(0, 5).toString('latin1') === '%PDF-' ? { mime: 'application/pdf' } : undefined

const table = ({ head }: Incoming) => {
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return { mime: 'application/zip' }
  return head.length > 0 && !head.includes(0) ? { mime: 'text/csv' } : undefined
}

const age = ({ head }: Incoming) => head.subarray(0, 21).toString('latin1') === 'age-encryption.org/v1' ? { mime: 'application/x-age' } : undefined
