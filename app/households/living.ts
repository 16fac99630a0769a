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

// Its people asked Dinsos to halt what is done with their data, and it was granted (protection/restrictions.ts).
export const RESTRICTED = (household: string) => `EXISTS (SELECT 1 FROM restrictions y WHERE y.household_id = ${household})`
export const KEPT_FROM_PROGRAMMES = (household: string) => `EXISTS (SELECT 1 FROM restrictions y WHERE y.household_id = ${household} AND y.programmes = 1)`

const restricted = statement<[string], unknown>('SELECT 1 FROM restrictions WHERE household_id = ? LIMIT 1')
export const isRestricted = (db: Db, householdId: string): boolean => restricted(db).get(householdId) !== undefined

const keptFromProgrammes = statement<[string], unknown>('SELECT 1 FROM restrictions WHERE household_id = ? AND programmes = 1 LIMIT 1')
export const isKeptFromProgrammes = (db: Db, householdId: string): boolean => keptFromProgrammes(db).get(householdId) !== undefined

const inactive = statement<[string], unknown>('SELECT 1 FROM inactive_households WHERE household_id = ?')
export const isInactive = (db: Db, householdId: string): boolean => inactive(db).get(householdId) !== undefined
