import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// The key that signs answers lies in the data directory of the office that determines, made once; its public half is given to every
// kabupaten (SIKS_MINISTRY_KEY_FILE), so that nobody on the way can determine anything.
const NAME = 'ministry-key.pem'

export function ministryKey(dataDirectory: string): KeyObject {
  const path = join(dataDirectory, NAME)
  const known = read(path)
  if (known) return createPrivateKey(known)
  mkdirSync(dataDirectory, { recursive: true })
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  try {
    writeFileSync(path, pem, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return createPrivateKey(readFileSync(path, 'utf8'))
}

export const publicMinistryKey = (dataDirectory: string): KeyObject => createPublicKey(ministryKey(dataDirectory))
export const publicPem = (dataDirectory: string): string => publicMinistryKey(dataDirectory).export({ type: 'spki', format: 'pem' }).toString()

function read(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}
