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

// One body for all, with a place in each photo's JPEG comment for a fresh id: every photo is a file nobody has sent before,
// and the generator, which shares the cores, spends one copy on it.
const MARK = 'id-of-photo-goes-here-36-characters--'.slice(0, 36)
const photo = Buffer.concat([base.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, MARK.length + 2]), Buffer.from(MARK), base.subarray(2)])
const whole = Buffer.concat([...part('visit', answers), ...KINDS.flatMap((kind) => part(kind, photo, 'foto.jpg')), Buffer.from(`--${BOUNDARY}--\r\n`)])
const places: number[] = []
for (let at = whole.indexOf(MARK); at >= 0; at = whole.indexOf(MARK, at + 1)) places.push(at)

function freshBody() {
  const body = Buffer.from(whole)
  for (const at of places) body.write(randomUUID(), at, 'latin1')
  return body
}

const post = (household: string, visit: string, token: string, body: Buffer): Shot => ({
  method: 'POST', path: `/field/${household}/visits/${visit}/whole`, body,
  headers: { Cookie: `siks_session=${token}`, Accept: 'application/json', 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
})

export function* visitsWithPhotos(households: string[], token: string): Generator<Shot> {
  for (const household of households) yield post(household, randomUUID(), token, freshBody())
}

const bare = Buffer.concat([...part('visit', answers), Buffer.from(`--${BOUNDARY}--\r\n`)])
export function* visitsWithoutPhotos(drafts: { household: string, visit: string }[], token: string): Generator<Shot> {
  for (const { household, visit } of drafts) yield post(household, visit, token, bare)
}
