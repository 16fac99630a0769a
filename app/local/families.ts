import { ALIVE, HELD_BACK, KEPT_FROM_PROGRAMMES, PRESENT } from '#app/households/living.ts'
import { eligibleFor } from '#app/eligibility/explaining.ts'
import { getLocal, type Reader } from '#app/local/programmes.ts'
import { soughtBy } from '#app/programmes/list.ts'
import type { Phase, ProgrammeCode } from '#app/programmes/programme.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { notFound } from '#app/problems.ts'
import { VILLAGE } from '#app/regions/levels.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Whom a desa can choose from: the families of its living households. aid: "none" leaves out who receives PKH or Sembako, or stands in
// this programme already.
export type FamilyFilter = { village: string, q: string, desil?: number, aid: 'none' | 'all' }
export type FamilyPlace = { desil: number, householdId: string, familySeq: number }
type Aid = { programme: ProgrammeCode, phase: Phase, variant: string }
type Row = {
  householdId: string, familySeq: number, name: string, nik: string | null, kkNumber: string | null, address: string, desil: number | null, rank: number, said: string, aid: string, central: 0 | 1, own: 0 | 1
}
type Seek = ReturnType<typeof soughtBy> & FamilyPlace & { village: string, programme: string, most: number, all: 0 | 1, limit: number }

// Desil unknown stands last.
const UNKNOWN = 11
const DESIL = `CASE WHEN d.family_count = 1 THEN d.desil WHEN d.desil IS NOT NULL THEN (SELECT fd.desil FROM family_desil fd WHERE fd.household_id = f.household_id AND fd.seq = f.seq) END`
const HEAD_OF = `(SELECT m.rowid FROM members m WHERE m.household_id = f.household_id AND m.family_seq = f.seq ORDER BY ${PRESENT('m')} DESC, (m.relation IS 1) DESC, m.seq LIMIT 1)`
const STANDS = "r.household_id = a.householdId AND r.family_seq = a.familySeq AND r.phase <> 'ended' AND r.sensitive = 0"
const find = statement<[Seek], Row>(`SELECT * FROM (
    SELECT a.*, p.name, p.nik, coalesce(a.desil, ${UNKNOWN}) AS rank,
      EXISTS (SELECT 1 FROM recipients r WHERE ${STANDS} AND r.programme IN ('pkh', 'sembako') AND r.phase IN ('receiving', 'paused')) AS central,
      EXISTS (SELECT 1 FROM recipients r WHERE ${STANDS} AND r.variant = @programme) AS own,
      (SELECT json_group_array(json_object('programme', r.programme, 'phase', r.phase, 'variant', r.variant)) FROM recipients r WHERE ${STANDS}) AS aid
    FROM (SELECT f.household_id AS householdId, f.seq AS familySeq, f.kk_number AS kkNumber, h.address, h.programmes AS said, ${DESIL} AS desil, ${HEAD_OF} AS head
      FROM households h INDEXED BY households_by_place CROSS JOIN families f ON f.household_id = h.id LEFT JOIN household_desil d ON d.household_id = h.id
      WHERE h.region_code = @village AND h.stage <> 'withdrawn' AND ${ALIVE('h.id')} AND NOT ${HELD_BACK('h.id')} AND NOT ${KEPT_FROM_PROGRAMMES('h.id')}) a
    CROSS JOIN members p ON p.rowid = a.head)
  WHERE rank <= @most AND (@all = 1 OR (central = 0 AND own = 0)) AND (@digits IS NULL OR nik = @digits OR kkNumber = @digits)
    AND name LIKE @word0 AND name LIKE @word1 AND name LIKE @word2 AND name LIKE @word3 AND (rank, householdId, familySeq) > (@desil, @householdId, @familySeq)
  ORDER BY rank, householdId, familySeq LIMIT @limit`)

const PAGE = 50

// The lowest desil first. Which rules of PKH, Sembako and PBI-JK a family fulfils is worked out for the page alone.
export function listFamilies(reader: Reader, id: string, { village, q, desil, aid }: FamilyFilter, today: string, after?: FamilyPlace) {
  const { db, actor } = reader
  const local = getLocal(reader, id)
  if (village.length !== VILLAGE || !isWithin(village, actor) || !village.startsWith(local.regionCode)) throw notFound('Desa')
  const start = after ?? { desil: 0, householdId: '', familySeq: 0 }
  const rows = find(db).all({ ...soughtBy(q), ...start, village, programme: id, most: desil ?? UNKNOWN, all: aid === 'all' ? 1 : 0, limit: PAGE + 1 })
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ aid: stands, central, own, said, ...row }) => ({
      ...row, gets: aidWords(db, JSON.parse(stands) as Aid[], id), central: central === 1, own: own === 1, said: saidWords(said), eligible: eligibleFor(db, row, village, today),
    })),
    next: last && { desil: last.rank, householdId: last.householdId, familySeq: last.familySeq },
  }
}
export type ListedFamily = ReturnType<typeof listFamilies>['rows'][number]

const PHASE_WORDS: Record<Phase, string> = { waiting: ' (diusulkan)', receiving: '', paused: ' (ditahan)', ended: '' }
const localName = statement<[string], string>('SELECT name FROM local_programmes WHERE id = ?')

const aidWords = (db: Db, stands: Aid[], own: string): { label: string, central: boolean, own: boolean }[] => stands.map(({ programme, phase, variant }) => ({
  label: `${(programme === 'blt' || programme === 'apbd' ? localName(db).pluck().get(variant) as string | undefined : undefined) ?? programmeOf(programme).name}${PHASE_WORDS[phase]}`,
  central: programme === 'pkh' || programme === 'sembako', own: variant === own,
}))

// What the household itself said at its last visit.
const SAID: Record<string, string> = { pkh: 'PKH', sembako: 'Sembako', kks: 'KKS' }
const saidWords = (programmes: string) => programmes.split(',').flatMap((code) => SAID[code] ?? [])
