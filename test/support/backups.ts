import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { backUp } from '#app/backup/making.ts'
import { openStore, type Store } from '#app/backup/stores.ts'
import { keep, spool } from '#app/files/store.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { files } from '#db/schema/index.ts'
import { aDataDirectory, aFolder } from '#test/support/servers.ts'
import { addHousehold } from '#test/support/world.ts'

export const KEEP = { days: 7, weeks: 4, months: 12 }
const NO_S3 = { region: 'us-east-1' } as never

export type Kept = { directory: string, db: Db, addPhoto: (content: string) => Promise<string> }

// A data directory in use: its database open, a household, photos and a key of the office.
export async function inUse(): Promise<Kept> {
  const directory = aDataDirectory((db) => void addHousehold(db, 'asep'))
  writeFileSync(join(directory, 'receipt-key.pem'), 'kunci tanda terima')
  const db = openDatabase(join(directory, 'siks.db'))
  const addPhoto = async (content: string) => {
    const file = await keep(directory, await spool(directory, Readable.from([Buffer.from(content)])), { mime: 'image/jpeg' })
    db.insert(files).values({ ...file, storedAt: '2026-03-01T00:00:00.000Z' }).onConflictDoNothing().run()
    return join('photos', file.sha256.slice(0, 2), file.sha256.slice(2, 4), `${file.sha256}.jpg`)
  }
  return { directory, db, addPhoto }
}

export const storeAt = (folder = aFolder('backup')): Store & { folder: string } => ({ ...openStore(folder, NO_S3), folder })

export async function aKeyPair() {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

export const backUpTo = (store: Store, { directory }: Pick<Kept, 'directory'>, { recipients = [], now, keep: schedule = KEEP }: { recipients?: string[], now?: Date, keep?: typeof KEEP } = {}) =>
  backUp({ dataDirectory: directory, store, recipients, keep: schedule, now })

export const said = (work: Promise<unknown>) => work.then(() => '', (error: Error) => error.message)
export const sealedFiles = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /files[^/]*\/..\/[0-9a-f]{64}/.test(name))
