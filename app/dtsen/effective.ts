import type { Snapshot } from '#app/dtsen/snapshots.ts'
import { placeOnMap } from '#app/map/placing.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Taken = { id: string, low: string, high: string, regionCode: string, effectiveOn: string, confirmedAt: string }

// The kabupaten below the snapshot's place in which nothing newer is in effect yet. Of two of the same day the later
// confirmed one counts.
const takeEffect = statement<[Taken], unknown>(`INSERT INTO dtsen_effective (region_code, snapshot_id)
  SELECT g.code, @id FROM regions g WHERE g.level = 2 AND (g.code = @regionCode OR g.code >= @low AND g.code < @high)
    AND NOT EXISTS (SELECT 1 FROM dtsen_effective e JOIN dtsen_snapshots s ON s.id = e.snapshot_id
      WHERE e.region_code = g.code AND (s.effective_on, s.confirmed_at) > (@effectiveOn, @confirmedAt))
  ON CONFLICT (region_code) DO UPDATE SET snapshot_id = excluded.snapshot_id`)

export const setEffective = (db: Db, { id, regionCode, effectiveOn, confirmedAt }: Pick<Snapshot, 'id' | 'regionCode' | 'effectiveOn'> & { confirmedAt: string }) =>
  takeEffect(db).run({ id, regionCode, effectiveOn, confirmedAt, low: regionCode, high: `${regionCode}:` })

type Below = { low: string, high: string, after: number, limit: number }
// By number, whatever the place: with the plus SQLite does not gather and sort the whole kabupaten for every chunk.
const nextHouseholds = statement<[Below & { id: string }], { id: string, number: number }>(`SELECT h.id, h.number FROM households h
  WHERE h.number > @after AND +h.region_code >= @low AND +h.region_code < @high
    AND (SELECT snapshot_id FROM dtsen_effective e WHERE e.region_code = substr(h.region_code, 1, 5)) = @id ORDER BY h.number LIMIT @limit`)
const forget = statement<[string], unknown>('DELETE FROM household_desil WHERE household_id = ?')
const derive = statement<[string], unknown>(`INSERT INTO household_desil (household_id, number, region_code, desil, family_count, desil_count)
  SELECT household_id, number, region_code, min(desil), count(*), count(desil) FROM family_desil WHERE household_id = ? GROUP BY household_id`)

// Brings the desil of the next households up to date; the number it came to, undefined when nobody is left. What changes
// meanwhile brings itself up to date, by the triggers.
export function renewSome(db: Db, { id, regionCode, appliedTo }: Pick<Snapshot, 'id' | 'regionCode' | 'appliedTo'>, limit: number): number | undefined {
  const some = nextHouseholds(db).all({ id, low: regionCode, high: `${regionCode}:`, after: appliedTo, limit })
  for (const household of some) {
    forget(db).run(household.id)
    derive(db).run(household.id)
    placeOnMap(db, household.id)
  }
  return some.at(-1)?.number
}
