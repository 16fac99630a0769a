import { PACK_SCHEMA, type PackChanges } from '#app/packs/schema.ts'
import { sequenceOf } from '#app/packs/pack.ts'
import { IN_REGION, MINE, readTask, scopeOf, type Scope } from '#app/packs/tasks.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Beyond this a whole pack is smaller than the difference.
export const MOST_CHANGED = 1000

// What is only read or printed changes nothing.
const READING = "('household.opened', 'numbers.opened', 'visit.opened')"

type Changed = { id: string, number: number, prelistId: string | null, headName: string, mine: 0 | 1, held: 0 | 1, renewed: 0 | 1 }

// Region by region, and each household's own lines of the trail by their index: what the rest of the country did since
// costs nothing. held: once in this officer's hands, so that it may still lie on the phone.
const changedSince = statement<[Scope & { since: number, limit: number }], Changed>(`
  SELECT DISTINCT h.id, h.number, h.prelist_id AS prelistId, h.head_name AS headName, ${MINE} AS mine,
    EXISTS (SELECT 1 FROM visits v WHERE v.household_id = h.id AND v.officer_id = @officer) OR EXISTS (SELECT 1 FROM transitions t
      WHERE t.household_id = h.id AND (t.actor_id = @officer OR t.subject IN ('officer:' || @officer, 'revoked:' || @officer))) AS held,
    EXISTS (SELECT 1 FROM audit_entries a WHERE a.subject = h.id AND a.seq > @since AND a.action IN ('household.created', 'household.revised')) AS renewed
  FROM json_each(@regions) r CROSS JOIN households h ON ${IN_REGION}
  WHERE EXISTS (SELECT 1 FROM audit_entries a WHERE a.subject = h.id AND a.seq > @since AND a.action NOT IN ${READING})
    OR (${MINE} AND EXISTS (SELECT 1 FROM visits v CROSS JOIN audit_entries a ON a.subject = v.id AND a.seq > @since AND a.action NOT IN ${READING}
      WHERE v.household_id = h.id AND v.officer_id = @officer))
  ORDER BY h.number LIMIT @limit`)

// The officer works elsewhere now, his villages have another name or code, or other questions are asked there: only a whole
// pack tells that.
const ASKING = "'questionnaire.extension_set', 'questionnaire.extension_ended'"
const movedSince = statement<[Scope & { since: number, above: string }], unknown>(`
  SELECT 1 FROM audit_entries WHERE subject = @officer AND seq > @since AND action = 'user.moved'
  UNION ALL SELECT 1 FROM json_each(@regions) r CROSS JOIN audit_entries a ON a.subject >= r.value AND a.subject < r.value || ':'
    WHERE a.seq > @since AND a.action IN ('region.renamed', 'region.recoded', 'region.split', 'region.merged', ${ASKING})
  UNION ALL SELECT 1 FROM json_each(@above) p JOIN audit_entries a ON a.subject = p.value WHERE a.seq > @since AND a.action IN ('region.recoded', ${ASKING})
  LIMIT 1`)

const above = ({ regions }: Actor) => [...new Set(regions.flatMap((code) => code.split('.').slice(0, -1).map((_, i, parts) => parts.slice(0, i + 1).join('.'))))]

// What a pack of `since` no longer knows of this officer's tasks.
export function changesSince(db: Db, actor: Actor, since: number, schema = PACK_SCHEMA): PackChanges {
  demand(actor, 'visit.submit')
  return db.$client.transaction((): PackChanges => {
    const sequence = sequenceOf(db)
    const asked = { ...scopeOf(actor), since }
    if (schema !== PACK_SCHEMA || since > sequence || movedSince(db).get({ ...asked, above: JSON.stringify(above(actor)) })) return { sequence, full: true }
    const changed = changedSince(db).all({ ...asked, limit: MOST_CHANGED + 1 })
    return changed.length > MOST_CHANGED ? { sequence, full: true } : tell(db, actor, changed, { since, sequence })
  })()
}

function tell(db: Db, actor: Actor, changed: Changed[], { since, sequence }: { since: number, sequence: number }): PackChanges {
  const mine = changed.filter((row) => row.mine)
  const others = changed.filter((row) => !row.mine)
  const directory = others.filter(({ held, renewed, prelistId }) => prelistId !== null && (held || renewed))
    .map(({ prelistId, headName }) => ({ prelist_id: prelistId!, head_name: headName }))
  const removed = others.filter(({ held }) => held).map(({ id }) => id)
  return {
    sequence: mine.length + removed.length + directory.length > 0 ? sequence : since, full: false,
    tasks: mine.map(({ number }) => readTask(db, actor, number)), removed, directory,
    directoryRemoved: mine.flatMap(({ prelistId }) => prelistId ?? []),
  }
}
