import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { REGENCY, VILLAGE } from '#app/regions/levels.ts'
import { findRegion } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { programmeSettings, programmeWords } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Setting = typeof programmeSettings.$inferSelect
export type KeptWord = typeof programmeWords.$inferSelect

const MOST = 1000

// What may be set although nothing is set yet: the rules of who may receive. A quota is of a place, so none comes with the product.
export const RULE_KEYS = ['desil.max', 'rule.component', 'age.min', 'age.max', 'quota'] as const
const UNSET: Partial<Record<ProgrammeCode, readonly string[]>> = { pkh: RULE_KEYS, sembako: RULE_KEYS, pbi: RULE_KEYS }

export const keysOf = (db: Db, programme: ProgrammeCode): string[] => [...new Set([
  ...db.selectDistinct({ key: programmeSettings.key }).from(programmeSettings).where(eq(programmeSettings.programme, programme)).orderBy(programmeSettings.key).limit(MOST).all().map(({ key }) => key), ...UNSET[programme] ?? [],
])]

export function listSettings(db: Db, actor: Actor, programme: ProgrammeCode): { settings: Setting[], words: KeptWord[] } {
  if (!can(actor, 'programme.configure')) demand(actor, 'programme.read')
  return {
    settings: db.select().from(programmeSettings).where(eq(programmeSettings.programme, programme)).orderBy(programmeSettings.key, programmeSettings.regionCode, desc(programmeSettings.validFrom)).limit(MOST).all(),
    words: db.select().from(programmeWords).where(eq(programmeWords.programme, programme)).orderBy(programmeWords.list, sql`rowid`).limit(MOST).all(),
  }
}

export type NewSetting = Pick<Setting, 'programme' | 'key' | 'regionCode' | 'validFrom' | 'value' | 'source'>

// Where a value is looked for; set elsewhere it would hold nowhere.
const levelsOf = (key: string) => key === 'quota' ? [REGENCY, VILLAGE] : [REGENCY]

// From a day on; what held until then ends on that day and stays readable. The same form twice is one entry.
export function setSetting(tx: Tx, { programme, key, regionCode, validFrom, value, source }: NewSetting) {
  demand(tx.actor, 'programme.configure')
  if (!keysOf(tx.db, programme).includes(key)) throw invalid({ key: 'Pilih ketentuan.' })
  if (regionCode !== '' && !findRegion(tx.db, regionCode)) throw invalid({ regionCode: 'Kode kabupaten/kota tidak dikenal.' })
  if (![0, ...levelsOf(key)].includes(regionCode.length)) throw invalid({ regionCode: `Ketentuan ini berlaku untuk seluruh Indonesia, atau satu kabupaten/kota${key === 'quota' ? ' atau desa' : ''}.` })
  const own = and(eq(programmeSettings.programme, programme), eq(programmeSettings.key, key), eq(programmeSettings.regionCode, regionCode))
  const there = tx.db.select().from(programmeSettings).where(and(own, eq(programmeSettings.validFrom, validFrom))).get()
  if (there?.value === value && there.source === source) return
  if (there) throw invalid({ validFrom: 'Sudah ada nilai yang mulai berlaku pada hari itu. Pilih hari lain.' })
  const next = tx.db.select({ validFrom: programmeSettings.validFrom }).from(programmeSettings).where(and(own, sql`valid_from > ${validFrom}`)).orderBy(programmeSettings.validFrom).limit(1).get()
  tx.db.update(programmeSettings).set({ validTo: validFrom }).where(and(own, sql`valid_from < ${validFrom}`, or(isNull(programmeSettings.validTo), sql`valid_to > ${validFrom}`))).run()
  tx.db.insert(programmeSettings).values({ programme, key, regionCode, validFrom, validTo: next?.validFrom ?? null, value, source, setBy: tx.actor.id, setAt: tx.now }).run()
  tx.audit('programme_setting.set', `${programme}:${key}`, { regionCode, validFrom, value, source })
}

// validTo: the first day it no longer holds.
export function endSetting(tx: Tx, { programme, key, regionCode, validFrom }: Omit<NewSetting, 'value' | 'source'>, validTo: string) {
  demand(tx.actor, 'programme.configure')
  if (validTo < validFrom) throw invalid({ validTo: 'Hari berakhirnya mendahului hari mulainya.' })
  const own = and(eq(programmeSettings.programme, programme), eq(programmeSettings.key, key), eq(programmeSettings.regionCode, regionCode), eq(programmeSettings.validFrom, validFrom))
  const there = tx.db.select({ validTo: programmeSettings.validTo }).from(programmeSettings).where(own).get()
  if (!there) throw notFound('Nilai ini')
  if (there.validTo === validTo) return
  tx.db.update(programmeSettings).set({ validTo }).where(own).run()
  tx.audit('programme_setting.ended', `${programme}:${key}`, { regionCode, validFrom, validTo })
}

export type NewWord = Pick<KeptWord, 'programme' | 'list' | 'code' | 'label' | 'validFrom' | 'source'>

// A word is added to a list the programs know. An ended word keeps its meaning for what was written with it.
export function addWord(tx: Tx, { programme, list, code, label, validFrom, source }: NewWord) {
  demand(tx.actor, 'programme.configure')
  const inList = tx.db.select().from(programmeWords).where(and(eq(programmeWords.programme, programme), eq(programmeWords.list, list))).limit(200).all()
  if (inList.length === 0) throw invalid({ list: 'Pilih daftar yang ada.' })
  const there = inList.find((word) => word.code === code && (word.validTo === null || word.validTo > validFrom))
  if (there?.label === label && there.validFrom === validFrom) return
  if (there) throw invalid({ code: 'Kode ini sudah ada dalam daftar.' })
  tx.db.insert(programmeWords).values({ programme, list, code, label, validFrom, source }).run()
  tx.audit('programme_word.added', `${programme}:${list}:${code}`, { label, validFrom, source })
}

export function endWord(tx: Tx, { programme, list, code, validFrom }: Pick<KeptWord, 'programme' | 'list' | 'code' | 'validFrom'>, validTo = dayOf(tx.now)) {
  demand(tx.actor, 'programme.configure')
  const own = and(eq(programmeWords.programme, programme), eq(programmeWords.list, list), eq(programmeWords.code, code), eq(programmeWords.validFrom, validFrom))
  const there = tx.db.select({ validTo: programmeWords.validTo }).from(programmeWords).where(own).get()
  if (!there) throw notFound('Kata ini')
  const last = validTo < validFrom ? validFrom : validTo
  if (there.validTo === last) return
  tx.db.update(programmeWords).set({ validTo: last }).where(own).run()
  tx.audit('programme_word.ended', `${programme}:${list}:${code}`, { validFrom })
}
