import { and, eq } from 'drizzle-orm'
import { imageSize } from 'image-size'
import { readStored } from '#app/files/packs.ts'
import { isAway } from '#app/files/photo-store.ts'
import { notFound } from '#app/problems.ts'
import { getReport } from '#app/reports/reports.ts'
import { files, reportPhotos } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// A citizen's photo as the office sees it: without what the phone wrote into it. Place, time and serial number of a phone
// would tell who reported, even where the name is kept.
export async function readPicture(reader: Pick<Tx, 'db' | 'actor'>, dataDirectory: string, id: string, position: number): Promise<Buffer> {
  getReport(reader, id)
  const file = reader.db.select({ sha256: files.sha256, mime: files.mime, bytes: files.bytes, pack: files.pack, packOffset: files.packOffset })
    .from(reportPhotos).innerJoin(files, eq(files.sha256, reportPhotos.sha256))
    .where(and(eq(reportPhotos.reportId, id), eq(reportPhotos.position, position))).get()
  if (!file) throw notFound('Foto')
  const bytes = await readStored(dataDirectory, file).catch((error: unknown) => { throw isAway(error) ? error : notFound('Foto') })
  return withoutMetadata(bytes)
}

// What a decoder needs stays: JFIF, the colour profile and Adobe's transform; which side is up is written anew.
const KEPT: Record<number, string> = { 0xe0: 'JFIF\0', 0xe2: 'ICC_PROFILE\0', 0xee: 'Adobe' }
const [START, SCAN, END, COMMENT] = [0xd8, 0xda, 0xd9, 0xfe]

function isMetadata(marker: number, content: Buffer): boolean {
  if (marker < 0xe0 || marker > 0xef) return marker === COMMENT
  return KEPT[marker] === undefined || !content.subarray(0, 16).toString('latin1').startsWith(KEPT[marker])
}

// Up to where the picture ends. Phones put more behind it: a film of the moment, a second picture, each with a place of its own.
export function withoutMetadata(jpeg: Buffer): Buffer {
  const parts = [jpeg.subarray(0, 2), upright(jpeg)]
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== END;) {
    const marker = jpeg[at + 1]!
    // A fill byte before a marker stands alone.
    if (marker === 0xff) { at += 1; continue }
    const head = at + 2 + jpeg.readUInt16BE(at + 2)
    const end = marker === SCAN ? endOfScan(jpeg, head) : head
    if (!isMetadata(marker, jpeg.subarray(at + 4, head))) parts.push(jpeg.subarray(at, end))
    at = end
  }
  return Buffer.concat([...parts, Buffer.from([0xff, END])])
}

// The next marker that is no part of the scan: behind a 0xff stands a zero where it is picture, or one of eight restarts.
function endOfScan(jpeg: Buffer, from: number): number {
  for (let at = jpeg.indexOf(0xff, from); at !== -1; at = jpeg.indexOf(0xff, at + 1)) {
    const marker = jpeg[at + 1] ?? END
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker >= START)) return at
  }
  return jpeg.length
}

// The smallest EXIF there is: one entry, the orientation.
function upright(jpeg: Buffer): Buffer {
  const turned = orientationOf(jpeg)
  if (turned === undefined || turned === 1) return Buffer.alloc(0)
  return Buffer.from(`ffe10022457869660000${'4d4d002a00000008'}0001${'011200030000000100'}${turned.toString(16).padStart(2, '0')}0000${'00000000'}`, 'hex')
}

function orientationOf(jpeg: Buffer): number | undefined {
  try {
    return imageSize(jpeg).orientation
  } catch {
    return undefined
  }
}
