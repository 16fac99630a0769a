import { createHash, randomUUID } from 'node:crypto'
import { Encrypter } from 'age-encryption'
import type { DeliveryText } from '#app/deliveries/format.ts'
import { bundlePieces, outboxStart, type FileBundle } from '#app/exchange/container.ts'
import { officeRecipient } from '#app/exchange/office-key.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import { makeJpeg } from '#test/support/jpeg.ts'

// What a phone puts into a .siks file, made by the same library as its page.
export type Made = { householdId: string, officer: Actor, record: HouseholdRecord, id?: string, visitId?: string, deviceId?: string, sequence?: number, baseVersion?: number, photos?: Uint8Array[] }

let serial = 0
// Two sets in turn: drawing photos would take longer than everything else.
const ninePhotos = (sequence: number) => PHOTO_KINDS.map((_, i) => makeJpeg({ width: 32, height: 24, seed: 1 + i + 9 * (sequence % 2) }))

export function aBundle({ householdId, officer, record, id = randomUUID(), visitId = randomUUID(), deviceId = randomUUID(), sequence = ++serial, baseVersion = 1, photos = ninePhotos(sequence) }: Made): FileBundle & { delivery: DeliveryText } {
  const delivery: DeliveryText = {
    format: 1, id, visitId, householdId, officerId: officer.id, deviceId, sequence, madeAt: '2026-03-02T02:00:00.000Z', baseVersion,
    visit: {
      record, activeMs: 20 * 60_000, openedAt: '2026-03-02T01:30:00.000Z', questionnaireVersion: '2026',
      coordinate: { latitude: -7.9713, longitude: 110.2217, accuracyM: 8, locatedAt: '2026-03-02T01:40:00.000Z' },
    },
    photos: photos.map((bytes, i) => ({ kind: PHOTO_KINDS[i]!.code, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, takenAt: null })),
  }
  return { delivery, text: new TextEncoder().encode(JSON.stringify(delivery)), photos }
}

export const outboxOf = (bundles: FileBundle[]): Uint8Array => Buffer.concat([outboxStart(), ...bundles.flatMap((bundle) => [...bundlePieces(bundle)])])

export async function lock(plain: Uint8Array, key: { passphrase: string } | { recipient: string }): Promise<File> {
  const encrypter = new Encrypter()
  if ('recipient' in key) encrypter.addRecipient(key.recipient)
  else {
    // As light as it may be: what is proven is that it opens, not how long guessing takes.
    encrypter.setScryptWorkFactor(8)
    encrypter.setPassphrase(key.passphrase)
  }
  return new File([await encrypter.encrypt(plain) as Uint8Array<ArrayBuffer>], 'siks-siti.siks')
}

export const forOffice = async (directory: string, bundles: FileBundle[]) => lock(outboxOf(bundles), { recipient: await officeRecipient(directory) })
