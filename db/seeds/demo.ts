import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import type { Random } from '#db/seeds/random.ts'

// What every chapter of the demo is told with.
export type Demo = {
  db: Db, dataDirectory: string, random: Random, people: Record<string, Actor>, villages: string[], daysAgo: (days: number) => Date
}
