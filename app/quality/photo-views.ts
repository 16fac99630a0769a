import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

// Only of what waits for a decision: whoever looks at a photo afterwards decides nothing by it.
const see = statement<[string, string, string, string], unknown>(`INSERT OR IGNORE INTO photo_views (visit_id, reviewer_id, kind, first_at)
  SELECT h.visit_id, ?, ?, ? FROM visits v JOIN households h ON h.id = v.household_id AND h.visit_id = v.id AND h.stage IN ('submitted', 'recheck', 'checked') WHERE v.id = ?`)

// A reviewer was shown this photo. A hint for the figures and no decision: no line of audit, no wait for the disk. The caller has
// read the photo in the reader's scope.
export function noteView(db: Db, actor: Actor, visitId: string, kind: string, now: string) {
  if (!can(actor, 'visit.check') && !can(actor, 'visit.verify')) return
  commitUnsynced(db, () => void see(db).run(actor.id, kind, now, visitId))
}
