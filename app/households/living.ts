import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Conditions of SQL. A person counts where he lives: at home (1) or newly there (4), or nobody has said otherwise; `member`
// is the alias of members. A household is alive unless it was made inactive; `household` is an expression of its id.
export const PRESENT = (member: string) => `(${member}.presence IS NULL OR ${member}.presence IN (1, 4))`
export const ALIVE = (household: string) => `NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = ${household})`

// Not found at its last determined visit: held back from new lists and results until its usulan nonaktif is decided.
export const HELD_BACK = (household: string) => `EXISTS (SELECT 1 FROM exclusions x WHERE x.household_id = ${household})`

const heldBack = statement<[string], unknown>('SELECT 1 FROM exclusions WHERE household_id = ?')
export const isHeldBack = (db: Db, householdId: string): boolean => heldBack(db).get(householdId) !== undefined

const inactive = statement<[string], unknown>('SELECT 1 FROM inactive_households WHERE household_id = ?')
export const isInactive = (db: Db, householdId: string): boolean => inactive(db).get(householdId) !== undefined
