import { readDay } from '#app/assignments/tables.ts'
import { villageFinder } from '#app/dtsen/snapshot-rows.ts'
import { columnName, digitsOf, isRounded, plain, ROUNDED, rupiahOf, type Facts } from '#app/intake/columns.ts'
import { findInRegistry, findKnown, type Found } from '#app/intake/matching.ts'
import { stateFor, wordFinder } from '#app/intake/words.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { holderOf, isTaken, type Recipient } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { findKkMistakes } from '#app/questionnaire/kk.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import type { Db } from '#db/connection.ts'
import type { INTAKE_ACTIONS } from '#db/schema/intake.ts'

export type Action = typeof INTAKE_ACTIONS[number]
export type CellError = { column: string, message: string, value?: string }
// What a line says, read: what is left out it does not say.
export type Listed = {
  name: string, nik: string | null, kkNumber: string | null, number: string | null, variant: string, address: string, village: string | null, state: string, startedOn: string | null
  data: Record<string, string | number>
}
export type Verdict = { action: Action, errors: CellError[], listed: Listed, found?: Found, known?: Recipient, remark?: string }
export type Into = { programme: ProgrammeCode, regionCode: string, today: string }

const NUMBER_PATTERNS: Partial<Record<ProgrammeCode, [RegExp, string]>> = {
  sembako: [/^\d{16}$/, 'Nomor KKS harus 16 angka.'], pbi: [/^\d{13}$/, 'Nomor kartu JKN harus 13 angka.'],
}

// Reads the lines of one file, with the words of the day it is read: whom each names and what it would change.
export function recipientReader(db: Db, into: Into): (facts: Facts) => Verdict {
  const read = lineReader(db, into)
  return (facts) => {
    const { listed, errors } = read(facts)
    return errors.length > 0 ? { action: 'error', errors, listed } : judge(db, into, listed)
  }
}

function judge(db: Db, { programme, regionCode: scope }: Into, listed: Listed): Verdict {
  const sought = { programme, scope, nik: listed.nik, kkNumber: listed.kkNumber, name: listed.name, number: listed.number, variant: listed.variant }
  const found = findInRegistry(db, sought)
  const known = findKnown(db, sought, found)
  const errors = findClash(db, programme, listed, known)
  if (errors.length > 0) return { action: 'error', errors, listed, found, known }
  if (!known) return { action: found ? 'new' : 'unmatched', errors, listed, found }
  return { action: changesOf(known, listed, found) ? 'changed' : 'same', errors, listed, found, known, remark: remarkOn(known, listed) }
}

const remarkOn = ({ nik, phase, state }: Recipient, listed: Listed) => [
  nik && listed.nik && nik !== listed.nik ? 'Keluarga ini tercatat atas nama orang lain; nama dan NIK dalam berkas menggantikannya.' : '',
  phase === 'ended' && (listed.state === '' || listed.state === state) ? 'Sudah berakhir sebagai penerima dan tetap begitu, karena berkas tidak menyebut statusnya aktif.' : '',
].filter(Boolean).join(' ')

// A number that is already somebody else's is never moved by a file.
function findClash(db: Db, programme: ProgrammeCode, { number, nik }: Listed, known: Recipient | undefined): CellError[] {
  if (!number) return []
  const wrong = (message: string) => [{ column: columnName('recipients', 'number'), message, value: number }]
  const holder = holderOf(db, programme, number)
  if (isTaken(db, programme, number, known?.id ?? null)) return wrong('Nomor ini sudah tercatat pada penerima lain.')
  return holder !== undefined && known?.nik && nik && known.nik !== nik ? wrong('Nomor ini tercatat dengan NIK yang lain. Periksa nomor atau NIK-nya.') : []
}

export type Written = Partial<Pick<Recipient, 'name' | 'nik' | 'kkNumber' | 'number' | 'address' | 'householdId' | 'familySeq' | 'memberSeq' | 'regionCode' | 'startedOn'>> & { data: Record<string, string | number> }

// What of a known recipient a line would write. undefined: nothing.
export function changesOf(known: Recipient, { name, nik, kkNumber, number, address, startedOn, state, data }: Listed, found?: Found): { state: string, set: Written } | undefined {
  const said = { ...(nik && nik !== known.nik && { nik, name }), ...(kkNumber && { kkNumber }), ...(number && { number }), ...(address && { address }), ...(startedOn && { startedOn }) }
  const own: Record<string, unknown> = known
  const set: Written = { ...Object.fromEntries(Object.entries(said).filter(([key, value]) => own[key] !== value)), data: Object.fromEntries(Object.entries(data).filter(([key, value]) => known.data[key] !== value)) }
  if (known.householdId === null && found) Object.assign(set, { householdId: found.householdId, familySeq: found.familySeq, memberSeq: found.memberSeq, regionCode: found.regionCode })
  if (set.data.accountNumber !== undefined || set.data.bank !== undefined) set.data.accountState = 'unchecked'
  const next = state || known.state
  return next === known.state && Object.keys(set).length === 1 && Object.keys(set.data).length === 0 ? undefined : { state: next, set }
}

function lineReader(db: Db, { programme: code, regionCode, today }: Into) {
  const programme = programmeOf(code)
  const villageOf = villageFinder(db, regionCode)
  const words = wordFinder(db, code, today)
  return (facts: Facts): { listed: Listed, errors: CellError[] } => {
    const errors: CellError[] = []
    const wrong = (column: string, message: string) => void errors.push({ column: columnName('recipients', column), message, value: facts[column] })
    const { nik, kkNumber } = readNumbers(facts, programme.unit, today, wrong)
    const village = villageOf(facts.region ?? '')
    if (village.error) wrong('region', village.error.message)
    if (!facts.name) wrong('name', 'Nama belum diisi.')
    const state = facts.state ? stateFor(programme, facts.state) : ''
    if (state === undefined) wrong('state', 'Status ini tidak dikenal. Pakai kata keadaan yang ada di petunjuk kolom.')
    const variant = programme.variants ? words(programme.variants, facts.variant) : ''
    if (variant === undefined || (programme.variants && !variant)) wrong('variant', facts.variant ? 'Kategori ini tidak dikenal.' : 'Kategori belum diisi.')
    const listed: Listed = {
      name: (facts.name ?? '').slice(0, 200), nik, kkNumber, number: readNumber(facts.number, code, wrong), variant: variant ?? '', address: facts.address ?? '', village: village.code ?? null, state: state ?? '',
      startedOn: readStart(facts.started, wrong), data: readData(facts, words, wrong),
    }
    return { listed, errors }
  }
}

type Wrong = (column: string, message: string) => void

function readNumbers({ nik: nikText = '', kk: kkText = '' }: Facts, unit: 'family' | 'person', today: string, wrong: Wrong) {
  const [nik, kkNumber] = [digitsOf(nikText), digitsOf(kkText)]
  const capital = (text: string) => text.replace(/^./, (first) => first.toUpperCase())
  const kkMistake = kkNumber ? findKkMistakes(kkNumber, today).find(({ severity }) => severity === 'error') : undefined
  if (kkMistake) wrong('kk', isRounded(kkText) ? ROUNDED : capital(kkMistake.message))
  const nikMistake = nik ? findNikMistakes(nik, { kkNumber, today }).find(({ severity }) => severity === 'error') : undefined
  if (nikMistake) wrong('nik', isRounded(nikText) ? ROUNDED : capital(nikMistake.message))
  if (!nik && (unit === 'person' || !kkNumber)) wrong('nik', unit === 'person' ? 'NIK belum diisi.' : 'NIK dan No KK dua-duanya kosong.')
  return { nik: nik || null, kkNumber: kkNumber || null }
}

function readNumber(text: string | undefined, programme: ProgrammeCode, wrong: Wrong): string | null {
  if (!text) return null
  const number = digitsOf(text).toUpperCase()
  const [pattern, message] = NUMBER_PATTERNS[programme] ?? [/^[0-9A-Z/]{3,30}$/, 'Nomor ini tidak terbaca.']
  if (!pattern.test(number)) wrong('number', isRounded(text) ? ROUNDED : message)
  return number
}

function readStart(text: string | undefined, wrong: Wrong): string | null {
  if (!text) return null
  const day = readDay(text)
  if (!day) wrong('started', 'Tanggal ini tidak terbaca. Tulis misalnya 2026-01-31 atau 31/01/2026.')
  return day ?? null
}

function readData(facts: Facts, words: ReturnType<typeof wordFinder>, wrong: Wrong): Listed['data'] {
  const data: Listed['data'] = {}
  for (const [column, message] of [['bank', 'Bank ini tidak ada di daftar bank penyalur.'], ['segment', 'Segmen ini tidak dikenal.']] as const) {
    const word = words(column, facts[column])
    if (word === undefined) wrong(column, message)
    else if (word) data[column] = word
  }
  const account = digitsOf(facts.account)
  if (account && !/^\d{5,20}$/.test(account)) wrong('account', isRounded(facts.account!) ? ROUNDED : 'Nomor rekening harus 5 sampai 20 angka.')
  else if (account) data.accountNumber = account
  const amount = facts.amount ? rupiahOf(facts.amount) : null
  if (amount === undefined) wrong('amount', isRounded(facts.amount!) ? ROUNDED : 'Nominal harus angka rupiah yang bulat, misalnya 600000 atau 600.000.')
  else if (amount !== null) data.listedAmount = amount
  if (facts.period) data.listedPeriod = plain(facts.period) ? facts.period.slice(0, 60) : ''
  return data
}
