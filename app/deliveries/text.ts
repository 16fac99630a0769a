import { createHash } from 'node:crypto'
import * as z from 'zod'
import { DELIVERY_FORMAT, type DeliveryText } from '#app/deliveries/format.ts'
import { LIMITS } from '#app/files/kinds.ts'
import { parse } from '#app/http.tsx'
import { invalid } from '#app/problems.ts'
import { isPhotoKind } from '#app/questionnaire/evidence.ts'
import { questionnaireOf } from '#app/questionnaire/questionnaire.ts'

const value = z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.number()).max(20), z.null()])
const answers = z.record(z.string().max(60), value)
const rows = z.array(answers).max(98)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const Text = z.object({
  format: z.literal(DELIVERY_FORMAT, 'Bentuk kiriman tidak dikenal. Perbarui aplikasi.'),
  id: z.uuid(), visitId: z.uuid(), householdId: z.string().min(1).max(64), officerId: z.string().min(1).max(64), deviceId: z.uuid(),
  sequence: z.number().int().min(1).max(1_000_000), madeAt: z.iso.datetime(), baseVersion: z.number().int().min(1),
  visit: z.object({
    record: z.object({ household: answers, families: rows, members: rows, children: rows, businesses: rows }),
    // The device's monotonic clock, in milliseconds; openedAt is its wall clock and only told, never trusted.
    activeMs: z.number().int().min(0).max(86_400_000), openedAt: z.iso.datetime(),
    coordinate: z.object({ latitude: z.number(), longitude: z.number(), accuracyM: z.number(), locatedAt: z.iso.datetime().nullable() }).nullable(),
    questionnaireVersion: z.string().refine((version) => questionnaireOf(version) !== undefined, 'Versi kuesioner tidak dikenal. Perbarui aplikasi.'),
  }),
  photos: z.array(z.object({
    kind: z.string().refine(isPhotoKind, 'Jenis foto ini tidak dikenal.'), sha256, takenAt: z.iso.datetime().nullable(),
    bytes: z.number().int().min(1).max(LIMITS.photo, 'Foto ini terlalu besar.'),
  })).max(20).refine((photos) => new Set(photos.map(({ kind }) => kind)).size === photos.length, 'Satu jenis foto hanya sekali.'),
}, 'Isi kiriman tidak terbaca.')

export const TEXT_BYTES = 1_000_000

export type Parsed = { text: string, sha256: string, delivery: DeliveryText }

// The text as it came and what it says. Throws invalid with the field named; then nothing of it is kept.
export function readText(bytes: Uint8Array): Parsed {
  if (bytes.length > TEXT_BYTES) throw invalid({ text: 'Isi kiriman terlalu panjang.' })
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  return { text, sha256: createHash('sha256').update(bytes).digest('hex'), delivery: parse(Text, fromJson(text)) as DeliveryText }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid({ text: 'Isi kiriman bukan JSON.' })
  }
}
