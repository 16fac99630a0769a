import type { ProgrammeCode } from '#app/programmes/programme.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const values = statement<{ programme: string, key: string, day: string, region: string }[], number>(`SELECT value FROM programme_settings
  WHERE programme = @programme AND key = @key AND (region_code = '' OR region_code = @region) AND valid_from <= @day AND (valid_to IS NULL OR valid_to > @day)
  ORDER BY length(region_code) DESC, valid_from DESC LIMIT 1`)

// What holds on this day (WIB, "2026-03-02") in this kabupaten/kota, else in the country. undefined: nobody has set it.
export const settingOn = (db: Db, programme: ProgrammeCode, key: string, day: string, region = ''): number | undefined =>
  values(db).pluck().get({ programme, key, day, region }) as number | undefined

export type Word = { code: string, label: string, kind: string }
const wordsThen = statement<[string, string, string, string], Word>(`SELECT code, label, kind FROM programme_words
  WHERE programme = ? AND list = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) ORDER BY rowid LIMIT 200`)

// What may be chosen on this day, in the order the list was written.
export const wordsOn = (db: Db, programme: ProgrammeCode, list: string, day: string): Word[] => wordsThen(db).all(programme, list, day, day)

const everySaid = statement<[string, string, string], string>(`SELECT label FROM programme_words WHERE programme = ? AND list = ? AND code = ? ORDER BY valid_from DESC LIMIT 1`)

// A code keeps its words after it ended.
export const wordFor = (db: Db, programme: ProgrammeCode, list: string, code: string): string =>
  everySaid(db).pluck().get(programme, list, code) as string | undefined ?? code
