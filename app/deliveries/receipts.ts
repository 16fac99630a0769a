import { createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { receiptWords, type Receipt } from '#app/deliveries/format.ts'

// The key that signs receipts lies in the data directory, made once. A phone keeps the public half, so no portal or
// proxy can pass for us, and any office can check a receipt an officer shows.
const keys = new Map<string, KeyObject>()

function keyOf(dataDirectory: string): KeyObject {
  const known = keys.get(dataDirectory)
  if (known) return known
  const path = join(dataDirectory, 'receipt-key.pem')
  const key = createPrivateKey(readOr(path, () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    mkdirSync(dataDirectory, { recursive: true })
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
    return readFileSync(path, 'utf8')
  }))
  keys.set(dataDirectory, key)
  return key
}

function readOr(path: string, make: () => string) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return make()
  }
}

export const receiptPublicKey = (dataDirectory: string): JsonWebKey => createPublicKey(keyOf(dataDirectory)).export({ format: 'jwk' })

// A phone's second key, made of that key and the phone's number: a server restored from before the phone was registered
// gives it the same again, and opens what is sealed there.
export const phoneSecret = (dataDirectory: string, deviceId: string, userId: string) =>
  Buffer.from(hkdfSync('sha256', keyOf(dataDirectory).export({ type: 'pkcs8', format: 'der' }), '', `siks-phone-1\n${deviceId}\n${userId}`, 32)).toString('base64')

// Signatures carry randomness; whoever asks twice shall get the same receipt, so the latest are remembered.
const signed = new Map<string, Promise<string>>()
const REMEMBERED = 4096

export async function signReceipt(dataDirectory: string, words: Omit<Receipt, 'signature'>): Promise<Receipt> {
  const text = receiptWords(words)
  const name = `${dataDirectory}\n${text}`
  let signature = signed.get(name)
  if (!signature) {
    signature = signText(keyOf(dataDirectory), text)
    if (signed.size >= REMEMBERED) signed.delete(signed.keys().next().value!)
    signed.set(name, signature)
  }
  return { ...words, signature: await signature }
}

// With a callback the thread pool signs, beside the event loop.
const signText = (key: KeyObject, text: string) => new Promise<string>((resolve, reject) =>
  sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, (error, signature) =>
    error ? reject(error) : resolve(signature.toString('base64url'))))
