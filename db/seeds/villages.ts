import type { Db } from '#db/connection.ts'
import type { Random } from '#db/seeds/random.ts'

export type VillageShare = { code: string, households: number }

// Divides households over villages as unevenly as they are in life: some have ten times as many as their neighbours.
export function shareOut(random: Random, codes: readonly string[], households: number): VillageShare[] {
  const weights = codes.map(() => Math.exp((random.below(1000) + random.below(1000) + random.below(1000)) / 1000 - 1.5))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let [given, passed] = [0, 0]
  return codes.map((code, i) => {
    passed += weights[i]!
    const upTo = Math.round(households * passed / whole)
    const share = { code, households: upTo - given }
    given = upTo
    return share
  })
}

// Villages of one region after another, as many as the number of households fills at some 300 each.
export const villagesFor = (db: Db, households: number, under: string): string[] => db.$client
  .prepare<[string, string, number], string>('SELECT code FROM regions WHERE level = 4 AND valid_to IS NULL AND code >= ? AND code < ? ORDER BY code LIMIT ?')
  .pluck().all(under, under ? `${under}:` : ':', Math.max(1, Math.ceil(households / 300))) as string[]
