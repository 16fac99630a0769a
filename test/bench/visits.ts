import { createHash, randomUUID } from 'node:crypto'
import { bundleHead } from '#app/deliveries/format.ts'
import { newId } from '#app/ids.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import type { Shot } from '#test/bench/load.ts'

const KINDS = ['F-RUMAH', 'F-ATAP', 'F-LANTAI', 'F-DINDING', 'F-KRT']
const AT = '2026-11-24T02:00:00.000Z'
const base = makeJpeg({ width: 640, height: 480, seed: 5, bytes: 120_000 })
const deviceId = randomUUID()
let sequence = 0

// Outcome 2 (tidak ditemukan): complete with any photo and the coordinate, so that five photos are a whole visit.
const textOf = (householdId: string, visitId: string, photos: object[]) => Buffer.from(JSON.stringify({
  format: 1, id: newId(), visitId, householdId, officerId: 'petugas', deviceId, sequence: ++sequence, madeAt: AT, baseVersion: 1,
  visit: {
    record: { household: { headName: 'Warga Contoh', address: 'Jl. Contoh', hasilVerivali: 2 }, families: [], members: [], children: [], businesses: [] },
    coordinate: { latitude: -7.97, longitude: 110.22, accuracyM: 9, locatedAt: AT }, activeMs: 600_000, openedAt: AT, questionnaireVersion: '2026',
  },
  photos,
}))

// Every photo is a file nobody has sent before: a fresh id stands in a JPEG comment at its end, so that the generator, which
// shares the cores, hashes only the last few bytes anew.
const start = base.subarray(0, -2)
const hashOfStart = createHash('sha256').update(start)

function freshPhoto() {
  const end = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 38]), Buffer.from(randomUUID(), 'latin1'), Buffer.from([0xff, 0xd9])])
  return { bytes: [start, end], length: start.length + end.length, sha256: hashOfStart.copy().update(end).digest('hex') }
}

const bundle = (text: Buffer, photos: Buffer[]) => [Buffer.from(bundleHead(text)), text, ...photos]

const post = (text: Buffer, body: Buffer[], token: string): Shot => ({
  method: 'POST', path: `/deliveries/${JSON.parse(text.toString()).id}/bundle`, body,
  headers: { Cookie: `siks_session=${token}`, Accept: 'application/json', 'Content-Type': 'application/octet-stream' },
})

export function* visitsWithPhotos(households: string[], token: string): Generator<Shot> {
  for (const household of households) {
    const photos = KINDS.map((kind) => ({ kind, ...freshPhoto() }))
    const text = textOf(household, newId(), photos.map(({ kind, length, sha256 }) => ({ kind, sha256, bytes: length, takenAt: AT })))
    yield post(text, bundle(text, photos.flatMap(({ bytes }) => bytes)), token)
  }
}

export function* visitsWithoutPhotos(drafts: { household: string, visit: string }[], token: string): Generator<Shot> {
  for (const { household, visit } of drafts) {
    const text = textOf(household, visit, [])
    yield post(text, bundle(text, []), token)
  }
}
