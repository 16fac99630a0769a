import { chmodSync, linkSync, mkdirSync, openSync, closeSync, fsyncSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'

// The office's own key pair (age, X25519). Phones encrypt for the recipient; only this data directory can open it, so it
// belongs to every backup: whoever loses it cannot open what was saved for it.
const NAME = 'office-key.txt'

// Made once. Two that begin at the same time agree: the first name on the disk stands.
export async function officeIdentity(dataDirectory: string): Promise<string> {
  const path = join(dataDirectory, NAME)
  const known = read(path)
  if (known) return known
  mkdirSync(dataDirectory, { recursive: true })
  const made = `${path}.${randomUUID()}`
  writeSynced(made, `${await generateX25519Identity()}\n`)
  try {
    linkSync(made, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(made)
  }
  return read(path)!
}

export const officeRecipient = async (dataDirectory: string): Promise<string> => identityToRecipient(await officeIdentity(dataDirectory))

function read(path: string) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}

function writeSynced(path: string, content: string) {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  chmodSync(path, 0o600)
}
