import { randomUUID } from 'node:crypto'
import { makeJpeg } from '#test/support/jpeg.ts'
import type { Shot } from '#test/bench/load.ts'

const KINDS = ['F-RUMAH', 'F-ATAP', 'F-LANTAI', 'F-DINDING', 'F-KRT']
const BOUNDARY = 'siks-bench-7d1f'
const base = makeJpeg({ width: 640, height: 480, seed: 5, bytes: 120_000 })

// Outcome 2 (tidak ditemukan): complete with any photo and the coordinate, so that five photos are a whole visit.
const answers = Buffer.from(JSON.stringify({
  record: { household: { headName: 'Warga Contoh', address: 'Jl. Contoh', hasilVerivali: 2 }, families: [], members: [], children: [], businesses: [] },
  coordinate: { latitude: -7.97, longitude: 110.22, accuracyM: 9, locatedAt: '2026-11-24T02:00:00.000Z' },
  activeMs: 600_000, openedAt: '2026-11-24T02:00:00.000Z', questionnaireVersion: '2026',
}))

const part = (name: string, content: Buffer, file?: string) => [
  Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"\r\nContent-Type: image/jpeg` : ''}\r\n\r\n`), content, Buffer.from('\r\n'),
]

// A photo of 120 kB that nobody has sent before: a comment with a fresh id makes it another file.
function freshPhoto() {
  const comment = Buffer.from(randomUUID())
  return Buffer.concat([base.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment, base.subarray(2)])
}

const post = (household: string, visit: string, photos: number, token: string): Shot => ({
  method: 'POST', path: `/field/${household}/visits/${visit}/whole`,
  headers: { Cookie: `siks_session=${token}`, Accept: 'application/json', 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
  body: Buffer.concat([
    ...part('visit', answers), ...KINDS.slice(0, photos).flatMap((kind) => part(kind, freshPhoto(), 'foto.jpg')), Buffer.from(`--${BOUNDARY}--\r\n`),
  ]),
})

export function* visitsWithPhotos(households: string[], token: string): Generator<Shot> {
  for (const household of households) yield post(household, randomUUID(), KINDS.length, token)
}

export function* visitsWithoutPhotos(drafts: { household: string, visit: string }[], token: string): Generator<Shot> {
  for (const { household, visit } of drafts) yield post(household, visit, 0, token)
}
