import type { HouseholdRecord } from '#app/questionnaire/record.ts'

// What travels between a phone and the server. Pure: both sides import it.

export const DELIVERY_FORMAT = 1
export type DeliveryPhoto = { kind: string, sha256: string, bytes: number, takenAt: string | null }
// Written as JSON once, when the officer sends. Those very bytes are the delivery: their SHA-256 is its identity.
// sequence: 1, 2, 3… of this user on this phone. madeAt: the phone's own clock, told and never trusted.
export type DeliveryText = {
  format: typeof DELIVERY_FORMAT, id: string, visitId: string, householdId: string, officerId: string, deviceId: string
  sequence: number, madeAt: string, baseVersion: number
  visit: {
    record: HouseholdRecord, activeMs: number, openedAt: string, questionnaireVersion: string
    coordinate: { latitude: number, longitude: number, accuracyM: number, locatedAt: string | null } | null
  }
  photos: DeliveryPhoto[]
}

// Proof that the text (and, when it says so, every photo) has reached the server's disk. signature: ECDSA P-256 over
// SHA-256 of receiptWords, as WebCrypto writes it (r and s, 64 bytes), in base64url.
export type Receipt = { id: string, visitId: string, sha256: string, receivedAt: string, photosComplete: boolean, signature: string }

export const receiptWords = ({ id, visitId, sha256, receivedAt, photosComplete }: Omit<Receipt, 'signature'>) =>
  ['siks-receipt-1', id, visitId, sha256, receivedAt, photosComplete ? 'text+photos' : 'text'].join('\n')

export type DeliveryStatus = 'waiting_photos' | 'accepted' | 'held' | 'closed'
// offset: how many bytes of the photo are on the server's disk; the next piece begins there.
export type PhotoState = { kind: string, bytes: number, offset: number, stored: boolean }
export type DeliveryState = {
  receipt: Receipt, status: DeliveryStatus, reason: string | null
  problem: { message: string, fields: Record<string, string> } | null, photos: PhotoState[]
}

// What a phone is asked for once more: it knows its photos by visit, kind and hash.
export type AskedPhoto = { visitId: string, kind: string, sha256: string }

// A photo the server's disk has lost, on its way from the phone once more.
export type ReturnedPhoto = { sha256: string, bytes: number, offset: number, stored: boolean }

// On 2G a piece this long takes about ten seconds; a cut loses at most what was under way.
export const PIECE_BYTES = 64 * 1024

// A bundle is a delivery in one piece: the length of its text (four bytes, big-endian), the text, then the photos one
// after another in the text's order.
export const bundleHead = (text: Uint8Array): Uint8Array => {
  const head = new Uint8Array(4)
  new DataView(head.buffer).setUint32(0, text.length)
  return head
}

// What an outbox file holds before it is encrypted: these bytes, then bundle after bundle.
export const FILE_MAGIC = 'SIKS1\n'

// How a phone says that its line breaks; the answer then ends the connection.
export const LINE_HEADER = 'Siks-Line'
export const BREAKING = 'breaking'
