import { createHash, randomUUID } from 'node:crypto'
import { bundleHead, type DeliveryState, type DeliveryText } from '#app/deliveries/format.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { startSession } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aRecord } from '#test/support/records.ts'
import { siti, type freshApp } from '#test/support/world.ts'

export const ALL = PHOTO_KINDS.map(({ code }) => code)
const AT = '2026-03-01T02:00:00.000Z'

type Photos = Record<string, Buffer>
export const photos = (kinds: readonly string[] = ALL, from = 1): Photos =>
  Object.fromEntries(kinds.map((kind, i) => [kind, makeJpeg({ width: 320, height: 240, seed: from + i })]))

export type Given = Partial<Omit<DeliveryText, 'visit' | 'photos'>> & Partial<Omit<DeliveryText['visit'], 'coordinate'>>
  & { coordinate?: object | null, photos?: Photos }
export type Made = { text: Buffer, photos: Photos, id: string, visitId: string }

// A whole visit of Siti to Asep as her phone sends it.
export function aDelivery({
  id = randomUUID(), visitId = randomUUID(), householdId = 'asep', officerId = siti.id, deviceId = '00000000-0000-4000-8000-000000000001', sequence = 1, madeAt = AT, baseVersion = 1,
  record = aRecord({ head: 'Asep Suryana' }), coordinate = {}, activeMs = 25 * 60_000, questionnaireVersion = '2026', openedAt = AT, photos: shown = photos(),
}: Given = {}): Made {
  const text = Buffer.from(JSON.stringify({
    format: 1, id, visitId, householdId, officerId, deviceId, sequence, madeAt, baseVersion,
    visit: { record, activeMs, openedAt, questionnaireVersion, coordinate: coordinate && { latitude: -7.97, longitude: 110.22, accuracyM: 9, locatedAt: AT, ...coordinate } },
    photos: Object.entries(shown).map(([kind, bytes]) => ({ kind, sha256: sha256(bytes), bytes: bytes.length, takenAt: AT })),
  }))
  return { text, photos: shown, id, visitId }
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
export const bundleOf = ({ text, photos: shown }: Pick<Made, 'text' | 'photos'>) => Buffer.concat([bundleHead(text), text, ...Object.values(shown)])

export type Answer = { status: number, state: DeliveryState, problem?: { code: string, message: string, fields: Record<string, string> } }

// The phone's side of the door, signed in as that officer.
export function phoneOf({ app, db }: Pick<ReturnType<typeof freshApp>, 'app' | 'db'>, officer: Actor = siti, headers: Record<string, string> = {}) {
  const ask = async (method: string, path: string, body?: Buffer, more: Record<string, string> = {}): Promise<Answer> => {
    const cookie = `siks_session=${await startSession(db, officer.id, 'test')}`
    const answer = await app.request(path, { method, body: body && new Uint8Array(body), headers: { Cookie: cookie, Accept: 'application/json', ...headers, ...more } })
    const said = await answer.json() as { problem?: Answer['problem'], state?: DeliveryState } & DeliveryState
    return { status: answer.status, state: said.state ?? said, problem: answer.ok ? undefined : said.problem }
  }
  return {
    bundle: (made: Made) => ask('POST', `/deliveries/${made.id}/bundle`, bundleOf(made)),
    text: (made: Pick<Made, 'id' | 'text'>) => ask('PUT', `/deliveries/${made.id}`, made.text),
    piece: (made: Pick<Made, 'id'>, kind: string, offset: number, piece: Buffer) => ask('PATCH', `/deliveries/${made.id}/photos/${kind}`, piece, { 'Upload-Offset': String(offset) }),
    state: (made: Pick<Made, 'id'>) => ask('GET', `/deliveries/${made.id}`),
  }
}
