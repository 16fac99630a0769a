import { findingsOf } from '#app/crosschecks/work-list.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { FindingsPanel } from '#views/crosschecks/panel.tsx'

// What stands open about a recipient, on his page. The caller has read him within his scope.
export const crosscheckPanel = (db: Db, actor: Actor, { id }: Recipient) => <FindingsPanel findings={findingsOf(db, actor, id)} />
