import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const enqueue = statement<[string, string], unknown>(`INSERT INTO check_queue (household_id, sequence)
  SELECT value, (SELECT coalesce(max(seq), 0) FROM audit_entries) FROM json_each(?)
  WHERE value <> ? ON CONFLICT DO NOTHING`)

// Has these households looked at again soon: for changes that leave no line of audit about the household itself.
export const queueCheck = (db: Db, householdIds: string[], except = '') => void enqueue(db).run(JSON.stringify(householdIds), except)
