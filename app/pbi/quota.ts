import { regionsIn } from '#app/households/filter.ts'
import { conflict } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf, REGENCY, VILLAGE } from '#app/regions/levels.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Kinds of change that take one more place once they are ratified. A replacement takes none: another leaves.
export const TAKING = ['addition', 'newborn', 'reactivation'] as const

type Counted = { code: string, used: number, waiting: number }
type Range = { from: string, to: string, digits: number }

// Waiting: determined here and not yet answered by the ministry, or verified and not yet ratified.
const count = statement<[Range], Counted>(`SELECT code, sum(used) AS used, sum(waiting) AS waiting FROM (
  SELECT substr(region_code, 1, @digits) AS code, sum(state = 'active') AS used, sum(state = 'proposed') AS waiting FROM recipients
    WHERE programme = 'pbi' AND state IN ('active', 'proposed') AND region_code >= @from AND region_code < @to GROUP BY 1
  UNION ALL SELECT substr(region_code, 1, @digits), 0, count(*) FROM recipient_changes
    WHERE programme = 'pbi' AND status IN ('verified', 'batched') AND kind IN ('addition', 'newborn', 'reactivation') AND region_code >= @from AND region_code < @to GROUP BY 1)
  GROUP BY code ORDER BY code`)

const countIn = (db: Db, code: string, digits: number) => count(db).all({ from: code, to: `${code}:`, digits })

export type Places = { code: string, name: string, used: number, waiting: number, quota?: number, free?: number }

const ownQuota = statement<[string, string, string], number>(`SELECT value FROM programme_settings WHERE programme = 'pbi' AND key = 'quota' AND region_code = ?
  AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) ORDER BY valid_from DESC LIMIT 1`)

// A quota is of one kabupaten/kota; what is set for the whole country is no quota of any of them.
const quotaOf = (db: Db, regency: string, day: string) => ownQuota(db).pluck().get(regency, day, day) as number | undefined

export function placesOf(db: Db, regency: string, day: string): Omit<Places, 'name'> {
  const [found] = countIn(db, regency, REGENCY)
  return withQuota(db, { code: regency, used: found?.used ?? 0, waiting: found?.waiting ?? 0 }, day)
}

function withQuota(db: Db, counted: Counted, day: string): Omit<Places, 'name'> {
  const quota = quotaOf(db, counted.code, day)
  return { ...counted, ...(quota !== undefined && { quota, free: quota - counted.used - counted.waiting }) }
}

// Beyond the quota nobody is verified; where none is set nothing can be full.
export function refuseFullQuota(db: Db, { regionCode }: { regionCode: string }, now: string) {
  const regency = regencyOf(regionCode)
  const { quota, used, waiting, free } = placesOf(db, regency, dayOf(now))
  if (quota === undefined || free === undefined || free > 0) return
  throw conflict(`Kuota PBI-JK ${findRegionName(db, regency) ?? regency} penuh: kuota ${quota}, aktif ${used}, menunggu ${waiting}. `
    + 'Ajukan sebagai penggantian peserta yang dikeluarkan, atau tunggu sampai ada tempat.')
}

export type QuotaPage = { regencies: Places[], villages: Places[], region: string, today: string }

// Per kabupaten, and per desa once one kabupaten is looked at. Of the kabupaten only numbers, also for who works in a part.
export function readQuota(db: Db, actor: Actor, region: string, now: string): QuotaPage {
  demand(actor, 'programme.read')
  const today = dayOf(now)
  const ranges = regionsIn(actor, region)
  const codes = ranges.every((code) => code.length >= REGENCY) ? [...new Set(ranges.map(regencyOf))] : regenciesWith(db, ranges, today)
  const names = regionNames(db, codes)
  const regencies = codes.map((code) => ({ ...placesOf(db, code, today), name: names.get(code)! }))
  const villages = codes.length === 1 ? ranges.flatMap((code) => countIn(db, code, VILLAGE)) : []
  const villageNames = regionNames(db, villages.map(({ code }) => code))
  return { regencies, region, today, villages: villages.slice(0, MOST).map((one) => ({ ...one, name: villageNames.get(one.code)! })) }
}

// A kabupaten has some 80 to 440 desa; the country 514 kabupaten/kota.
const MOST = 600

const withQuotaThen = statement<[string, string, string, string], string>(`SELECT DISTINCT region_code FROM programme_settings
  WHERE programme = 'pbi' AND key = 'quota' AND region_code > ? AND region_code < ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)`)

function regenciesWith(db: Db, ranges: string[], today: string): string[] {
  const found = ranges.flatMap((code) => [
    ...countIn(db, code, REGENCY).map((one) => one.code),
    ...withQuotaThen(db).pluck().all(code, `${code}:`, today, today) as unknown as string[],
  ])
  return [...new Set(found)].sort().slice(0, MOST)
}
