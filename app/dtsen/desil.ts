import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// desil: null where the family is not in the snapshot in effect. Whoever asks has read the household within his own scope.
export type FamilyDesil = {
  familySeq: number, kkNumber: string | null, desil: number | null, snapshotId: string, label: string, effectiveOn: string
}
const effective = statement<[string], FamilyDesil>(`SELECT d.seq AS familySeq, d.kk_number AS kkNumber, d.desil, s.id AS snapshotId, s.label,
    s.effective_on AS effectiveOn
  FROM family_desil d JOIN dtsen_snapshots s ON s.id = d.snapshot_id WHERE d.household_id = ? ORDER BY d.seq`)

// The desil in effect of each family; empty where no snapshot is in effect.
export const desilOf = (db: Db, householdId: string): FamilyDesil[] => effective(db).all(householdId)

export type DesilEntry = {
  familySeq: number, desil: number, snapshotId: string, label: string, source: string, effectiveOn: string, importedAt: string, current: boolean
}
const CONFIRMED = "s.status IN ('applying', 'applied') AND substr(h.region_code, 1, length(s.region_code)) = s.region_code"
const FOUND = `r.desil, s.id AS snapshotId, s.label, s.source, s.effective_on AS effectiveOn, s.confirmed_at AS importedAt,
  s.id = (SELECT e.snapshot_id FROM dtsen_effective e WHERE e.region_code = substr(h.region_code, 1, 5)) AS current`
const every = statement<{ id: string }[], Omit<DesilEntry, 'current'> & { current: number, by: number }>(`
  SELECT f.seq AS familySeq, 1 AS "by", ${FOUND} FROM families f JOIN households h ON h.id = f.household_id
    JOIN dtsen_rows r ON r.kk_number = f.kk_number JOIN dtsen_snapshots s ON s.id = r.snapshot_id AND ${CONFIRMED} WHERE f.household_id = @id
  UNION ALL
  SELECT m.family_seq, 2, ${FOUND} FROM members m JOIN households h ON h.id = m.household_id
    JOIN dtsen_rows r ON r.nik = m.nik AND r.match = 'nik' JOIN dtsen_snapshots s ON s.id = r.snapshot_id AND ${CONFIRMED}
    WHERE m.household_id = @id AND m.family_seq IS NOT NULL
  ORDER BY familySeq, effectiveOn DESC, importedAt DESC, "by", r.desil LIMIT 300`)

// Every snapshot that ever had these families, the newest first; the No KK counts before the NIK.
export function desilHistoryOf(db: Db, householdId: string): DesilEntry[] {
  const seen = new Set<string>()
  return every(db).all({ id: householdId }).filter(({ familySeq, snapshotId }) => {
    const key = `${familySeq} ${snapshotId}`
    return !seen.has(key) && seen.add(key)
  }).map(({ familySeq, desil, snapshotId, label, source, effectiveOn, importedAt, current }) =>
    ({ familySeq, desil, snapshotId, label, source, effectiveOn, importedAt, current: current === 1 }))
}
