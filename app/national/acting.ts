import type pg from 'pg'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { inTransaction, type Nation } from '#db/postgres/connection.ts'
import { transact, type Tx } from '#db/transaction.ts'

export type Country = { nation: Nation, db: Db, dataDirectory: string }
export type Act = { client: pg.PoolClient, now: Date, audit: Tx['audit'], also: (write: (tx: Tx) => void) => void }

// One act on the records of the nation, with its lines in the trail. Records lie in PostgreSQL, people, sessions and the trail in the
// server's own SQLite, and no transaction spans both: so the lines are written last, just before the records are fixed. Without its
// line nothing is done; and should the fixing fail after it, another line says that it was not.
export async function act<T>({ nation, db }: Pick<Country, 'nation' | 'db'>, actor: Actor, work: (act: Act) => Promise<T>, now = new Date()): Promise<T> {
  const writes: ((tx: Tx) => void)[] = []
  const said: Parameters<Tx['audit']>[] = []
  let written = false
  try {
    return await inTransaction(nation, async (client) => {
      const result = await work({ client, now, audit: (...line) => void said.push(line), also: (write) => void writes.push(write) })
      transact(db, actor, (tx) => {
        for (const write of writes) write(tx)
        for (const line of said) tx.audit(...line)
      }, now)
      written = said.length > 0
      return result
    }, { unhurried: true })
  } catch (error) {
    if (written) transact(db, actor, (tx) => { for (const [action, subject] of said) tx.audit('national.undone', subject, { action }) })
    throw error
  }
}
