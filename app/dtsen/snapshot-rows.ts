import type { SnapshotLine } from '#app/dtsen/snapshot-file.ts'
import { findKkMistakes } from '#app/questionnaire/kk.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { findRegion, presentCodeOf } from '#app/regions/regions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type RowError = { column: string, message: string, value: string }
export type Match = 'kk' | 'nik' | 'none'
export type SnapshotRow = {
  kkNumber: string, nik: string | null, desil: number, regionCode: string, match: Match, householdId: string | null, reference: string | null
}
type Judged = { row: SnapshotRow, error?: undefined } | { error: RowError, row?: undefined }

// Reads the lines of one snapshot. scope: the place it is for; a line that names another is refused, and a family that
// lives elsewhere is simply not found, so that a file tells nobody who is registered in another kabupaten.
export function rowReader(db: Db, snapshotId: string, scope: string, today: string): (line: SnapshotLine) => Judged {
  const villageOf = villageFinder(db, scope)
  return (line) => {
    const { kkNumber, nik } = { kkNumber: digits(line.kk), nik: digits(line.nik) }
    const village = villageOf(line.region)
    const error = findNumberError(kkNumber, nik, today) ?? findDesilError(line.desil) ?? village.error
      ?? (seenBefore(db).get(kkNumber, snapshotId) ? { column: 'no_kk', message: 'Nomor KK ini sudah ada di baris sebelumnya.', value: kkNumber } : undefined)
    if (error) return { error }
    const found = findFamily(db, kkNumber, nik, scope)
    return {
      row: {
        kkNumber, nik: nik || null, desil: Number(line.desil), reference: line.reference || null,
        match: found?.by ?? 'none', householdId: found?.householdId ?? null, regionCode: found?.regionCode ?? village.code ?? scope,
      },
    }
  }
}

// A spreadsheet cell may hold an apostrophe or gaps; what is left must be the number itself.
const digits = (text: string) => text.replace(/['\s.-]/g, '')

function findNumberError(kkNumber: string, nik: string, today: string): RowError | undefined {
  if (kkNumber === '') return { column: 'no_kk', message: 'Nomor KK belum diisi.', value: '' }
  const kk = findKkMistakes(kkNumber, today).find(({ severity }) => severity === 'error')
  if (kk) return { column: 'no_kk', message: asRounded(kkNumber) ?? kk.message, value: kkNumber }
  const person = nik ? findNikMistakes(nik, { kkNumber, today }).find(({ severity }) => severity === 'error') : undefined
  return person && { column: 'nik_kepala', message: asRounded(nik) ?? capital(person.message), value: nik }
}

const asRounded = (text: string) => /e\+?\d+$/i.test(text) ? 'Angka ini dibulatkan oleh Excel. Jadikan kolomnya teks, lalu simpan lagi dari berkas asal.' : undefined
const capital = (text: string) => text.replace(/^./, (first) => first.toUpperCase())

const findDesilError = (desil: string): RowError | undefined => /^([1-9]|10)$/.test(desil) ? undefined
  : { column: 'desil', message: desil === '' ? 'Desil belum diisi.' : 'Desil harus bilangan bulat 1 sampai 10.', value: desil }

type Village = { code?: string, error?: RowError }

// "34.02.01.2001" or "3402012001"; an old code finds its present one. The column may be left empty.
export function villageFinder(db: Db, scope: string): (text: string) => Village {
  const known = new Map<string, Village>()
  const find = (text: string): Village => {
    const parts = /^(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})$/.exec(text)
    const wrong = (message: string): Village => ({ error: { column: 'kode_wilayah', message, value: text } })
    if (!parts) return wrong('Kode wilayah harus kode desa/kelurahan Kemendagri, misalnya 34.02.01.2001.')
    const code = parts.slice(1).join('.')
    if (!findRegion(db, code)) return wrong('Kode desa/kelurahan ini tidak dikenal.')
    const present = presentCodeOf(db, code)
    return present.startsWith(scope) ? { code: present } : wrong('Desa/kelurahan ini di luar wilayah berkas yang Anda pilih.')
  }
  return (text) => {
    if (text === '') return {}
    const village = known.get(text) ?? find(text)
    // A file full of wrong codes must not fill the memory.
    if (known.size < 100_000) known.set(text, village)
    return village
  }
}

const seenBefore = statement<[string, string], unknown>('SELECT 1 FROM dtsen_rows WHERE kk_number = ? AND snapshot_id = ?')

type Place = { householdId: string, regionCode: string }
type Within = { kk: string, low: string, high: string }
const ACTIVE = 'NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id)'
const byKk = statement<[Within], Place>(`SELECT h.id AS householdId, h.region_code AS regionCode FROM families f JOIN households h ON h.id = f.household_id
  WHERE f.kk_number = @kk AND h.region_code >= @low AND h.region_code < @high AND ${ACTIVE} ORDER BY h.number LIMIT 1`)
type Person = Place & { seq: number, headNik: string | null, record: string }
const byNik = statement<[Within], Person>(`SELECT h.id AS householdId, h.region_code AS regionCode, m.seq, h.head_nik AS headNik, h.record
  FROM members m JOIN households h ON h.id = m.household_id
  WHERE m.nik = @kk AND h.region_code >= @low AND h.region_code < @high AND ${ACTIVE} ORDER BY h.number LIMIT 5`)

// By No KK; by the NIK only where it is that of a head, for DTSEN may know a newer card than we do, but a grown child's own
// family is not that of the parents.
function findFamily(db: Db, kkNumber: string, nik: string, scope: string): Place & { by: Match } | undefined {
  const range = { low: scope, high: `${scope}:` }
  const family = byKk(db).get({ kk: kkNumber, ...range })
  if (family) return { ...family, by: 'kk' }
  const head = nik ? byNik(db).all({ kk: nik, ...range }).find((person) => isHead(person, nik)) : undefined
  return head && { householdId: head.householdId, regionCode: head.regionCode, by: 'nik' }
}

function isHead({ seq, headNik, record }: Person, nik: string) {
  if (headNik === nik) return true
  const member = (JSON.parse(record) as HouseholdRecord).members.find(({ memberSeq }, i) => (memberSeq ?? i + 1) === seq)
  return member?.relationToFamilyHead === 1
}
