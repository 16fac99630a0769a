import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { letOthers } from '#app/background.ts'
import { lostList } from '#app/backup/losses.ts'
import { noteBack, noteLost } from '#app/devices/lost-photos.ts'
import { isAway } from '#app/files/photo-store.ts'
import { readStored } from '#app/files/packs.ts'
import { findFile, type StoredFile } from '#app/files/store.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { LockedOut } from '#db/key-ring.ts'
import { statement } from '#db/statements.ts'
import { transact } from '#db/transaction.ts'

// What the backup has missed on this disk is looked at once more, photo by photo: the others of a file that was hurt may be whole.

type Place = { db: Db, dataDirectory: string }

const stillLost = statement<[string], string>('SELECT sha256 FROM lost_photos WHERE back_at IS NULL AND sha256 > ? ORDER BY sha256 LIMIT 50')
const someLost = (db: Db, after: string) => db.$client.open ? stillLost(db).pluck().all(after) as string[] : []

export async function followLost({ db, dataDirectory }: Place) {
  const list = lostList(dataDirectory)
  const told = await readFile(list, 'utf8').catch(() => undefined)
  for (const sha256 of told?.split('\n') ?? []) await look({ db, dataDirectory }, sha256, (state) => state === 'lost' && transact(db, system, (tx) => noteLost(tx, sha256)))
  if (told !== undefined) await rm(list)
  for (let open = someLost(db, ''); open.length > 0; open = someLost(db, open.at(-1)!)) {
    for (const sha256 of open) await look({ db, dataDirectory }, sha256, (state) => state === 'whole' && transact(db, system, (tx) => noteBack(tx, sha256, 'disk')))
  }
}

async function look({ db, dataDirectory }: Place, sha256: string, then: (state: 'whole' | 'lost' | 'unknown') => void) {
  const file = db.$client.open ? findFile(db, sha256) : undefined
  if (!file) return
  const state = await stateOf(dataDirectory, file)
  if (db.$client.open) then(state)
  await letOthers()
}

// Not the file's fault: nothing is said of it until it can be read.
const NOT_ITS_OWN = ['EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ENOMEM']

async function stateOf(directory: string, file: StoredFile) {
  try {
    return createHash('sha256').update(await readStored(directory, file)).digest('hex') === file.sha256 ? 'whole' : 'lost'
  } catch (error) {
    if (error instanceof LockedOut) throw error
    return isAway(error) || NOT_ITS_OWN.includes((error as NodeJS.ErrnoException).code ?? '') ? 'unknown' : 'lost'
  }
}
