import { regenciesOf, type Regency } from '#app/national/places.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Country } from '#app/national/acting.ts'
import { rowsOf } from '#db/postgres/connection.ts'

export type Standing = { regencyCode: string, batches: number, households: number, members: number, waiting: number, accepted: number, returned: number, faulty: number, lastAt: string }
export type RegencyStanding = Regency & { standing?: Standing }
export type ProvinceStanding = { code: string, name: string, regencies: number, sent: number } & Pick<Standing, 'households' | 'members' | 'waiting' | 'accepted' | 'returned' | 'faulty'>
export type Overview = { regencies: RegencyStanding[], provinces: ProvinceStanding[], days: { day: string, taken: number, refused: number }[], doubles: number }

const DAYS = 30

// Who has sent, what of it is decided, and how it came in over the last weeks.
export async function readOverview({ nation: { pool }, db }: Pick<Country, 'nation' | 'db'>, actor: Actor, under: string, now = new Date()): Promise<Overview> {
  demand(actor, 'national.read')
  const regencies = regenciesOf(db, actor, under)
  const codes = regencies.map(({ code }) => code)
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString()
  const [standings, arrivals, [doubles]] = await Promise.all([
    rowsOf<Standing>(pool, `SELECT regency_code AS "regencyCode", batches, households, members, waiting, accepted, returned, faulty, last_at AS "lastAt" FROM nation.standing WHERE regency_code = ANY($1)`, [codes]),
    rowsOf<{ arrivedAt: string, outcome: string }>(pool, `SELECT arrived_at AS "arrivedAt", outcome FROM nation.arrivals WHERE arrived_at > $1 AND regency_code = ANY($2) AND outcome <> 'repeated'`, [since, codes]),
    rowsOf<{ n: number }>(pool, 'SELECT count(*) AS n FROM nation.doubles WHERE regencies && $1', [codes]),
  ])
  const byCode = new Map(standings.map((one) => [one.regencyCode, one]))
  const all = regencies.map((regency) => ({ ...regency, standing: byCode.get(regency.code) }))
  return { regencies: all, provinces: provincesOf(all), days: daysOf(arrivals, now), doubles: doubles!.n }
}

function provincesOf(all: RegencyStanding[]): ProvinceStanding[] {
  const provinces = new Map<string, ProvinceStanding>()
  for (const { provinceCode, province, standing } of all) {
    const sum = provinces.get(provinceCode) ?? { code: provinceCode, name: province, regencies: 0, sent: 0, households: 0, members: 0, waiting: 0, accepted: 0, returned: 0, faulty: 0 }
    provinces.set(provinceCode, sum)
    sum.regencies += 1
    if (!standing) continue
    sum.sent += 1
    for (const key of ['households', 'members', 'waiting', 'accepted', 'returned', 'faulty'] as const) sum[key] += standing[key]
  }
  return [...provinces.values()]
}

function daysOf(arrivals: { arrivedAt: string, outcome: string }[], now: Date) {
  const days = new Map(Array.from({ length: DAYS }, (_, i) => dayOf(new Date(now.getTime() - (DAYS - 1 - i) * 86_400_000).toISOString())).map((day) => [day, { day, taken: 0, refused: 0 }]))
  for (const { arrivedAt, outcome } of arrivals) {
    const day = days.get(dayOf(arrivedAt))
    if (day) day[outcome === 'taken' ? 'taken' : 'refused'] += 1
  }
  return [...days.values()]
}
