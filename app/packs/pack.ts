import Database from 'better-sqlite3'
import { extendedIn } from '#app/dtsen/extension.ts'
import {
  INDEXES, PACK_SCHEMA, PUT_ALL_MEMBERS, PUT_DIRECTORY, PUT_META, PUT_TASK, PUT_VILLAGE, TABLES, taskValues,
  type DirectoryRow, type MetaKey, type VillageRow,
} from '#app/packs/schema.ts'
import { IN_REGION, listOwnTasks, MINE, readTask, scopeOf, type Scope } from '#app/packs/tasks.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Pack = { bytes: Buffer, sequence: number, tasks: number }

// How far a pack knows the server. Every write leaves a line in the audit trail, drafts and photos too, so the number of
// the last line tells more than the last change of a stage would.
const lastLine = statement<[], number>('SELECT coalesce(max(seq), 0) FROM audit_entries')
export const sequenceOf = (db: Db) => lastLine(db).pluck().get() as number

const villagesIn = statement<[Pick<Scope, 'regions'>], VillageRow>(`SELECT DISTINCT g.code, g.name FROM json_each(@regions) r
  CROSS JOIN regions g ON g.code >= r.value AND g.code < r.value || ':' WHERE g.level = 4 ORDER BY g.code`)
const others = statement<[Scope], DirectoryRow>(`SELECT DISTINCT h.prelist_id, h.head_name FROM json_each(@regions) r
  CROSS JOIN households h ON ${IN_REGION} WHERE h.prelist_id IS NOT NULL AND NOT ${MINE} ORDER BY h.prelist_id`)

// Everything this officer needs without a network, as one SQLite file.
export function cutPack(db: Db, actor: Actor, cutAt = new Date().toISOString()): Pack {
  demand(actor, 'visit.submit')
  const pack = new Database(':memory:')
  try {
    pack.pragma('page_size = 4096')
    pack.exec(TABLES)
    const told = db.$client.transaction(() => fill(pack, db, actor, cutAt))()
    // Last, over rows put in their order: every page is then full, and a VACUUM would save nothing.
    pack.exec(INDEXES)
    return { ...told, bytes: pack.serialize() }
  } finally {
    pack.close()
  }
}

function fill(pack: Database.Database, db: Db, actor: Actor, cutAt: string): Omit<Pack, 'bytes'> {
  const sequence = sequenceOf(db)
  const own = listOwnTasks(db, actor)
  const meta: Record<MetaKey, string> = {
    schema: String(PACK_SCHEMA), sequence: String(sequence), cutAt, userId: actor.id, questionnaireVersion: CURRENT.version,
    extended: JSON.stringify(extendedIn(db, actor.regions)),
  }
  pack.transaction(() => {
    const [putMeta, putVillage, putTask, putOther] = [PUT_META, PUT_VILLAGE, PUT_TASK, PUT_DIRECTORY].map((sql) => pack.prepare(sql)) as Putter[]
    for (const entry of Object.entries(meta)) putMeta!.run(...entry)
    for (const { code, name } of villagesIn(db).iterate(scopeOf(actor))) putVillage!.run(code, name)
    for (const number of own) putTask!.run(...taskValues(readTask(db, actor, number)))
    for (const { prelist_id, head_name } of others(db).iterate(scopeOf(actor))) putOther!.run(prelist_id, head_name)
    pack.exec(PUT_ALL_MEMBERS)
  })()
  return { sequence, tasks: own.length }
}

type Putter = Database.Statement<unknown[], unknown>
