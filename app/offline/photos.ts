import type { Where } from '#app/field/store.ts'
import { sha256, type Bytes } from '#app/offline/bytes.ts'
import { timeOf } from '#app/offline/clock.ts'
import { ON_DISK, type PhotoRow } from '#app/offline/database.ts'
import { isUnchanged, overFreshRow, readDraft, sealDraft, type Draft } from '#app/offline/drafts.ts'
import { open, seal } from '#app/offline/vault.ts'
import { demandEditableHere, openVisit, type Holdings } from '#app/offline/visits.ts'
import { jpegSize, NO_JPEG, refusalOf } from '#app/files/jpeg-size.ts'
import { invalid, Problem } from '#app/problems.ts'
import { isPhotoKind } from '#app/questionnaire/evidence.ts'

export type TakenPhoto = { kind: string, bytes: Bytes, takenAt: string | null }

const MOST_BYTES = 8 * 2 ** 20

// All of them or none. A kind taken again replaces the one before.
export async function addPhotos(holdings: Holdings, where: Where, photos: TakenPhoto[]): Promise<void> {
  await overFreshRow(() => keepPhotos(holdings, where, photos))
}

async function keepPhotos(holdings: Holdings, where: Where, photos: TakenPhoto[]): Promise<true | undefined> {
  const { db, key } = holdings
  const opened = await openVisit(holdings, where)
  demandEditableHere(opened)
  photos.forEach(demandPhoto)
  const rows: PhotoRow[] = []
  for (const photo of photos) rows.push(await sealPhoto(holdings, where.visitId, photo))
  const draft = await sealDraft(key, { ...opened.draft, photos: withPhotos(opened.draft, rows) })
  const tx = db.transaction(['drafts', 'photos'], 'readwrite', ON_DISK)
  const unchanged = isUnchanged(opened.row, await tx.objectStore('drafts').get(where.visitId))
  const puts = unchanged ? [tx.objectStore('drafts').put(draft), ...rows.map((row) => tx.objectStore('photos').put(row))] : []
  await Promise.all([...puts, tx.done])
  return unchanged || undefined
}

function demandPhoto({ kind, bytes }: TakenPhoto) {
  if (!isPhotoKind(kind)) throw invalid({ [kind]: 'Jenis foto ini tidak dikenal.' })
  if (isHeif(bytes)) throw invalid({ [kind]: 'Foto HEIC tidak bisa dibaca. Pilih format JPEG di setelan kamera, lalu ambil ulang.' })
  const refusal = isJpeg(bytes) ? refusalOf(jpegSize(bytes)) : NO_JPEG
  if (refusal) throw invalid({ [kind]: refusal })
  if (bytes.length > MOST_BYTES) throw new Problem('too_large', 'Berkas terlalu besar.', { [kind]: `Ukuran berkas paling besar ${MOST_BYTES / 2 ** 20} MB. Kecilkan ukuran foto di setelan kamera, lalu ambil ulang.` })
}

// By its own bytes: how it begins, and that its end is there. Some cameras write a few more behind the end.
export function isJpeg(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return false
  for (let at = bytes.length - 2; at >= Math.max(3, bytes.length - 64); at--) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true
  return false
}

// What newer phones keep photos in, and no old browser can draw: "ftyp", then the brand.
const isHeif = (bytes: Uint8Array) => /^ftyp(hei|hev|mif)/.test(String.fromCharCode(...bytes.subarray(4, 12)))

const sealPhoto = async ({ key, clock }: Holdings, visitId: string, { kind, bytes, takenAt }: TakenPhoto): Promise<PhotoRow> =>
  ({ visitId, kind, bytes: bytes.length, sha256: await sha256(bytes), addedAt: timeOf(clock), takenAt, ...await seal(key, bytes) })

const withPhotos = ({ photos }: Draft, rows: PhotoRow[]): Draft['photos'] => [
  ...photos.filter(({ kind }) => !rows.some((row) => row.kind === kind)),
  ...rows.map(({ kind, bytes, sha256: hash, addedAt, takenAt }) => ({ kind, bytes, sha256: hash, addedAt, takenAt })),
].sort((one, other) => one.kind < other.kind ? -1 : 1)

// A photo the server had from elsewhere is not the one that lies here from before.
export async function getPhoto({ db, key }: Pick<Holdings, 'db' | 'key'>, { visitId }: Pick<Where, 'visitId'>, kind: string): Promise<Bytes | undefined> {
  const [row, kept] = await Promise.all([db.get('photos', [visitId, kind]), readDraft(db, key, visitId)])
  const known = kept?.draft.photos.find((photo) => photo.kind === kind)
  return row && (!known || known.sha256 === row.sha256) ? open(key, row) : undefined
}
