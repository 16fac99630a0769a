import { assignRows } from '#app/assignments/assigning.ts'
import { officersOf } from '#app/assignments/listing.ts'
import { demandVillage, publishRows, revokeRows } from '#app/assignments/publishing.ts'
import { chosenHouseholds, chosenVisits, inVillages, waitingCases, type Candidate } from '#app/bulk/candidates.ts'
import type { Stage } from '#app/households/stages.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { invalid } from '#app/problems.ts'
import { approveTogether, openChecks } from '#app/reviews/decisions.ts'
import { levelOf, WAITING, wasSentBack } from '#app/reviews/levels.ts'
import { demand } from '#app/users/permissions.ts'
import type { Tx } from '#db/transaction.ts'

export type Kind = 'publish' | 'assign' | 'revoke' | 'approve'
// What the form asks for. household, visit: the chosen ones; without them all that fit the rest.
export type Wanted = {
  village?: string[], stage?: Stage, officer?: string, holder?: string, count?: number, note?: string, household?: string[], visit?: string[],
  outcome?: number, flags?: 'yes' | 'no',
}
type Reader = Pick<Tx, 'db' | 'actor'>

// An act on one row, done to many. candidates: what it is asked of. leftOut: why a row stays as it is. act: the very operation
// that serves one; the rows it passes over are told by the household's id.
export type BulkAct = {
  demand: (reader: Reader, wanted: Wanted) => void
  candidates: (reader: Reader, wanted: Wanted) => Iterable<Candidate[]>
  leftOut: (reader: Reader, row: Candidate) => string | undefined
  act: (tx: Tx, key: string, wanted: Wanted, rows: Candidate[]) => Map<string, string>
}

const INACTIVE = 'nonaktif'
const NOBODY = new Map<string, string>()
const ids = (rows: Candidate[]) => rows.map(({ id }) => id)
const atStage = ({ stage }: Candidate) => `sedang pada tahap "${STAGE_WORDS[stage]}"`
const oneVillage = ({ village }: Wanted) => village?.[0] ?? ''

const HELD: Stage[] = ['assigned', 'downloaded', 'deliberated', 'returned']
const isHeld = ({ stage, officerId }: Candidate) => HELD.includes(stage) && officerId !== null
const isFree = ({ stage, officerId }: Candidate) => stage === 'published' || (stage === 'deliberated' && !officerId)

export const ACTS: Record<Kind, BulkAct> = {
  publish: {
    demand: ({ db, actor }, { village = [] }) => {
      demand(actor, 'prelist.publish')
      if (village.length === 0) throw invalid({ village: 'Pilih paling sedikit satu desa/kelurahan.' })
      for (const code of village) demandVillage({ db, actor }, code)
    },
    candidates: (reader, { village = [] }) => inVillages(reader, { villages: village, stages: ['listed'] }),
    leftOut: (_, row) => row.inactive ? INACTIVE : row.stage === 'listed' ? undefined : atStage(row),
    act: (tx, key, _, rows) => {
      publishRows(tx, { key, ids: ids(rows) })
      return NOBODY
    },
  },
  assign: {
    demand: (reader, wanted) => {
      demand(reader.actor, 'prelist.assign')
      demandVillage(reader, oneVillage(wanted))
      if (!officersOf(reader.db, oneVillage(wanted)).some(({ id }) => id === wanted.officer)) throw invalid({ officer: 'Pilih petugas yang aktif dan bertugas di desa/kelurahan ini.' })
    },
    candidates: (reader, { household, village = [], count }) => household
      ? chosenHouseholds(reader, household, village) : inVillages(reader, { villages: village, stages: ['published', 'deliberated'], free: true, most: count }),
    leftOut: (_, row) => row.inactive ? INACTIVE : isFree(row) ? undefined : row.officerId ? `sudah dipegang petugas, ${atStage(row)}` : atStage(row),
    act: (tx, key, wanted, rows) => {
      assignRows(tx, { key, village: oneVillage(wanted), officer: wanted.officer ?? '', ids: ids(rows) })
      return NOBODY
    },
  },
  revoke: {
    demand: (reader, wanted) => {
      demand(reader.actor, 'prelist.revoke')
      demandVillage(reader, oneVillage(wanted))
      if ((wanted.note ?? '').length < 3) throw invalid({ note: 'Tuliskan alasannya.' })
    },
    candidates: (reader, { household, village = [], stage, holder }) => household
      ? chosenHouseholds(reader, household, village) : inVillages(reader, { villages: village, stages: stage ? [stage] : HELD, holder }),
    leftOut: (_, row) => isHeld(row) ? undefined : row.officerId ? atStage(row) : 'tidak dipegang petugas',
    act: (tx, key, { note = '' }, rows) => {
      revokeRows(tx, { key, ids: ids(rows), note })
      return NOBODY
    },
  },
  approve: {
    demand: ({ actor }) => void levelOf(actor),
    candidates: (reader, { visit, village, holder, outcome, flags }) => visit
      ? chosenVisits(reader, visit) : waitingCases(reader, { village: village?.[0], officer: holder, outcome, flags }),
    leftOut: ({ db, actor }, row) => {
      if (row.inactive) return INACTIVE
      if (row.officerId === actor.id) return 'hasil kunjungan Anda sendiri'
      if (!WAITING[levelOf(actor)].includes(row.stage)) return atStage(row)
      if (row.revision !== row.visitRevision) return 'sudah dikirim ulang sejak Anda melihatnya'
      if (row.flagCount > 0) return 'ada tanda yang harus dibaca'
      if (!row.judged) return 'bukti masih dinilai, coba lagi sebentar'
      if (row.outcome !== 1) return 'hasil kunjungan bukan "selesai dicacah"'
      if (wasSentBack({ ...row, status: row.visitStatus })) return 'pernah dikembalikan, periksa satu per satu'
      return row.visitId ? openChecks({ db, actor }, row.visitId, new Date().toISOString()) : undefined
    },
    act: (tx, key, _, rows) => {
      const why = approveTogether(tx, key, rows.map(({ visitId, revision }) => ({ visitId: visitId ?? '', revision: revision ?? 0 })))
      return new Map(rows.flatMap(({ id, visitId }) => why.has(visitId ?? '') ? [[id, why.get(visitId ?? '')!] as const] : []))
    },
  },
}
