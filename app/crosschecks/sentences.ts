import type { FindingKind } from '#db/schema/crosschecks.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import type { Facts, ProgrammeCode } from '#app/programmes/programme.ts'
import { inWords } from '#app/questionnaire/display.ts'

export type Told = { kind: FindingKind, programme: ProgrammeCode | '', facts: Facts }
// What a reader may know of the other side, and how places are called.
export type Knowing = { place: (code: string) => string, sees: (code: string) => boolean }

const PRESENCE: Record<string, string> = { 3: 'pindah atau tidak tinggal lagi di rumah tangga ini', 5: 'bukan anggota (kesalahan prelist)', 6: 'tidak ditemukan' }
const BY: Record<string, string> = { nik: 'NIK yang sama', kk: 'Nomor KK yang sama', family: 'keluarga yang sama dalam registri' }
const text = (value: Facts[string] | undefined) => value === null || value === undefined ? '' : String(value)
const nameOf = (code: string) => code === '' ? '' : programmeOf(code as ProgrammeCode).name

// "Menerima PKH sejak 1 Januari 2026": the half every sentence about a recipient begins with.
const standing = ({ programme, facts: { since, phase } }: Told) =>
  `${phase === 'paused' ? `Penerima ${nameOf(programme)} (sedang ditahan)` : `Menerima ${nameOf(programme)}`} sejak ${inWords(text(since))}`

const other = ({ facts: { otherName, otherRegion } }: Told, { place, sees }: Knowing) =>
  sees(text(otherRegion)) ? `${text(otherName)} di ${place(text(otherRegion))}` : `seseorang di ${place(text(otherRegion))} (di luar wilayah Anda)`

const WORDS: Record<FindingKind, (told: Told, knowing: Knowing) => string> = {
  dead: (told) => `${standing(told)}, tetapi ${text(told.facts.who)} tercatat meninggal.`,
  moved: (told, { place }) => told.facts.toRegion
    ? `${standing(told)} di ${place(text(told.facts.fromRegion))}, tetapi rumah tangganya kini di ${place(text(told.facts.toRegion))}.`
    : `${standing(told)}, tetapi ${text(told.facts.who)} tercatat ${PRESENCE[text(told.facts.presence)] ?? 'tidak tinggal lagi di sini'}.`,
  unregistered: (told) => `${standing(told)}, tetapi ${missing(told)}.`,
  inactive: (told) => `${standing(told)}, tetapi rumah tangganya nonaktif sejak ${inWords(text(told.facts.inactiveSince))}.`,
  occupation: (told) => `${standing(told)}, tetapi pekerjaan ${text(told.facts.who)} tercatat ${text(told.facts.word)}.`,
  double: (told, knowing) => told.facts.by === 'programme'
    ? `${standing(told)}, padahal keluarga yang sama menerima ${nameOf(text(told.facts.programme))}; kedua program tidak boleh bersamaan.`
    : `${standing(told)} dua kali: ${BY[text(told.facts.by)]} dengan ${other(told, knowing)}.`,
  high_desil: (told) => `${standing(told)}, tetapi desil ${text(told.facts.desil)}; batas program ini ${text(told.facts.limit)}.`,
  low_desil: ({ facts: { desil, programmes } }) => `Desil ${text(desil)}, tetapi belum menerima program apa pun. Masuk batas ${text(programmes).split(',').map(nameOf).join(', ')}.`,
  two_families: (told, knowing) => told.facts.sameHousehold === 1
    ? `${standing(told)}; ${text(told.facts.who)} tercatat dalam dua keluarga di rumah tangga yang sama.`
    : `${standing(told)}; NIK ${text(told.facts.who)} tercatat juga di rumah tangga ${other(told, knowing)}.`,
}

const missing = ({ facts: { nik, kk } }: Told) => nik === 1 ? `NIK-nya${kk === 1 ? ' dan Nomor KK-nya' : ''} tidak ditemukan dalam registri`
  : kk === 1 ? 'Nomor KK-nya tidak ditemukan dalam registri' : 'daftar program tidak memuat NIK atau Nomor KK untuk mencarinya'

export const sentenceOf = (told: Told, knowing: Knowing): string => WORDS[told.kind](told, knowing)
