import { receiptWords, type DeliveryState, type PhotoState, type Receipt } from '#app/deliveries/format.ts'

// Only a receipt that the office's key has signed proves that something arrived. A captive portal answers 200 as well.

export type Ours = { id: string, visitId: string, sha256: string }

export const readReceiptKey = (jwk: JsonWebKey): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])

export async function isGenuine(receipt: Receipt, ours: Ours, key: CryptoKey): Promise<boolean> {
  if (receipt.id !== ours.id || receipt.visitId !== ours.visitId || receipt.sha256 !== ours.sha256) return false
  if (Number.isNaN(Date.parse(receipt.receivedAt))) return false
  const signature = fromBase64Url(receipt.signature)
  if (!signature) return false
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, new TextEncoder().encode(receiptWords(receipt)))
}

// What an answer says about our delivery; undefined when it says nothing that can be believed.
export async function believe(body: unknown, ours: Ours, key: CryptoKey): Promise<DeliveryState | undefined> {
  return isState(body) && await isGenuine(body.receipt, ours, key) ? body : undefined
}

// The server itself vouches for another text under our number.
export const isOfAnotherText = async (body: unknown, { id, sha256 }: Ours, key: CryptoKey): Promise<boolean> =>
  isState(body) && body.receipt.id === id && body.receipt.sha256 !== sha256 && isGenuine(body.receipt, body.receipt, key)

const STATUSES: unknown[] = ['waiting_photos', 'accepted', 'held', 'closed']
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

const isReceipt = (value: unknown): value is Receipt => isObject(value) && typeof value.photosComplete === 'boolean'
  && [value.id, value.visitId, value.sha256, value.receivedAt, value.signature].every((word) => typeof word === 'string')

const isPhoto = (value: unknown): value is PhotoState => isObject(value) && typeof value.kind === 'string'
  && isCount(value.offset) && isCount(value.bytes) && typeof value.stored === 'boolean'

const isState = (value: unknown): value is DeliveryState => isObject(value) && isReceipt(value.receipt)
  && STATUSES.includes(value.status) && Array.isArray(value.photos) && value.photos.every(isPhoto)

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}
