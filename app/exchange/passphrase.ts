import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { Stanza, type Identity, type Recipient } from 'age-encryption'

// age's passphrase stanza with Node's own scrypt: in the thread pool, one at a time, so that nobody waits while a
// passphrase is tried and the memory it takes (128 MB at 17) is taken once.
const LABEL = 'age-encryption.org/v1/scrypt'
// As the phones write it: 64 MB, a second or two on a slow phone.
export const WORK_FACTOR = 16
const HARDEST = 18

export const passphraseIdentity = (passphrase: string): Identity => ({
  unwrapFileKey: async (stanzas) => {
    const [stanza] = stanzas
    if (stanzas.length !== 1 || stanza?.args[0] !== 'scrypt' || stanza.args.length !== 3) return null
    const salt = Buffer.from(stanza.args[1]!, 'base64')
    const factor = Number(stanza.args[2])
    if (salt.length !== 16 || !Number.isInteger(factor) || factor < 1 || factor > HARDEST || stanza.body.length !== 32) return null
    return decrypt(await keyFor(passphrase, salt, factor), stanza.body)
  },
})

export const passphraseRecipient = (passphrase: string): Recipient => ({
  wrapFileKey: async (fileKey) => {
    const salt = randomBytes(16)
    const key = await keyFor(passphrase, salt, WORK_FACTOR)
    return [new Stanza(['scrypt', salt.toString('base64').replace(/=+$/, ''), String(WORK_FACTOR)], encrypt(key, fileKey))]
  },
})

let turn: Promise<unknown> = Promise.resolve()

function keyFor(passphrase: string, salt: Buffer, factor: number): Promise<Buffer> {
  const cost = { N: 2 ** factor, r: 8, p: 1, maxmem: 2 ** factor * 8 * 128 + 2 ** 20 }
  const made = turn.then(() => new Promise<Buffer>((resolve, reject) =>
    scrypt(passphrase, Buffer.concat([Buffer.from(LABEL), salt]), 32, cost, (error, key) => error ? reject(error) : resolve(key))))
  turn = made.catch(() => undefined)
  return made
}

const NONCE = Buffer.alloc(12)

function encrypt(key: Buffer, fileKey: Uint8Array): Uint8Array {
  const cipher = createCipheriv('chacha20-poly1305', key, NONCE, { authTagLength: 16 })
  return new Uint8Array(Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]))
}

function decrypt(key: Buffer, body: Uint8Array): Uint8Array | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, NONCE, { authTagLength: 16 })
  decipher.setAuthTag(body.subarray(16))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(body.subarray(0, 16)), decipher.final()]))
  } catch {
    return null
  }
}
