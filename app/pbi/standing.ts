import { babiesOf } from '#app/pbi/newborns.ts'
import { reactivationOf } from '#app/pbi/deadlines.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { wordFor } from '#app/programmes/settings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Event = { at: string, state: string, segment: string | null, note: string }
const events = statement<[string], Event>(`SELECT at, to_state AS state, data ->> 'segment' AS segment, note FROM recipient_events
  WHERE recipient_id = ? AND (from_state IS NOT to_state OR data ->> 'segment' IS NOT NULL) ORDER BY id DESC LIMIT 20`)
const dueChanges = statement<[string], { id: string, dueOn: string }>(`SELECT id, due_on AS dueOn FROM recipient_changes
  WHERE recipient_id = ? AND due_on IS NOT NULL AND status IN ('submitted', 'checked', 'verified', 'batched', 'returned') ORDER BY due_on LIMIT 5`)

// What the page of a participant says beyond what all programmes say. The caller has him in his scope.
export function standingOf(db: Db, actor: Actor, recipient: Recipient, now: string) {
  const today = dayOf(now)
  const { states } = programmeOf('pbi')
  const word = (code: unknown) => typeof code === 'string' && code ? wordFor(db, 'pbi', 'segment', code) : ''
  return {
    recipient, segment: word(recipient.data.segment), mayPropose: can(actor, 'programme.propose'),
    standings: events(db).all(recipient.id).map(({ at, state, segment, note }) => ({ at, label: states[state]?.label ?? state, segment: word(segment), note })),
    babies: recipient.state === 'active' ? babiesOf(db, recipient, today) : [],
    reactivation: recipient.state === 'inactive' ? reactivationOf(db, recipient, today) : undefined,
    late: dueChanges(db).all(recipient.id).map((change) => ({ ...change, overdue: change.dueOn < today })),
  }
}
