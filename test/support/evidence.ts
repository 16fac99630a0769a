import { createHash, randomUUID } from 'node:crypto'
import type { Signal } from '#app/evidence/signal.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import { submitWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, as, PONCOSARI } from '#test/support/world.ts'

// Signals in short: "look duration 2".
export const tell = (signals: readonly Signal[]) => signals.map(({ level, code, weight }) => `${level} ${code} ${weight}`)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const iso = (ms: number) => new Date(ms).toISOString()
export const MORNING = Date.parse('2026-03-02T01:30:00.000Z')

export type Made = {
  minutes?: number, opened?: number, point?: { latitude: number, longitude: number }, accuracyM?: number, outcome?: number, regionCode?: string, household?: HouseholdRecord['household']
  base?: HouseholdRecord['household'], sequence?: number, madeAt?: number, deviceId?: string, located?: number | null, photoStep?: number, photoMark?: string
}
const turns = new WeakMap<Db, number>()

// A visit as a phone sends it, to a household of its own: through the operation that takes real ones in. Each house stands a hundred metres
// from the last and each interview half an hour after the one before, unless a test says otherwise.
export function visitTo(db: Db, officer: Actor, id: string, given: Made = {}): string {
  const turn = (turns.get(db) ?? 0) + 1
  turns.set(db, turn)
  const { minutes = 25 + turn * 7 % 11, outcome = 1, regionCode = PONCOSARI, accuracyM = 8, photoMark = id } = given
  const opened = given.opened ?? MORNING + turn * HOUR + Math.floor(turn / 8) * 16 * HOUR
  const ended = opened + (minutes + 5) * MINUTE
  const point = given.point ?? { latitude: -7.97 + turn * 0.0009, longitude: 110.22 + (turn % 7) * 0.0009 }
  const house = { ...homeOf(turn), ...given.base }
  addHousehold(db, id, { stage: 'downloaded', officer, regionCode, record: aRecord({ head: `Warga ${id}`, household: house }) })
  const record = aRecord({ head: `Warga ${id}`, household: { ...house, ...(outcome === 1 ? found(turn) : {}), ...given.household, hasilVerivali: outcome } })
  const located = given.located === undefined ? opened + minutes * MINUTE / 2 : given.located
  const kinds = outcome === 1 ? PHOTO_KINDS.map(({ code }) => code) : ['F-RUMAH']
  as(db, officer, (tx) => submitWhole(tx, { id, regionCode, stage: 'downloaded' }, {
    visitId: `visit-${id}`, baseVersion: 1, deviceId: given.deviceId ?? `hp-${officer.id}`, sequence: given.sequence ?? turn, madeAt: iso(given.madeAt ?? ended),
    visit: { record, activeMs: minutes * MINUTE, openedAt: iso(opened), questionnaireVersion: '2026', coordinate: { ...point, accuracyM, locatedAt: located === null ? null : iso(located) } },
  }, kinds.map((kind, i) => ({
    kind, takenAt: iso(opened + MINUTE + i * (given.photoStep ?? minutes * MINUTE / 12)),
    file: { sha256: createHash('sha256').update(`${photoMark}-${kind}`).digest('hex'), mime: 'image/jpeg', bytes: 1000 },
  }))), iso(ended + 2 * MINUTE))
  return `visit-${id}`
}

// Houses of one desa: alike in much, different in enough; and what a visit finds otherwise.
const homeOf = (n: number) => ({
  floorType: 1 + n % 6, roofType: 1 + n * 5 % 7, bedroomCount: 1 + n % 4, floorAreaM2: 20 + n * 13 % 50, cookingFuel: 3, hasFridge: n % 3 === 0, hasBicycle: n % 2 === 0,
  hasGold: n % 5 === 0, hasLand: false, goatSheepCount: n * 3 % 5, cattleCount: n * 7 % 3, hasGasCylinder: n % 4 < 2, hasComputer: n % 7 === 0, hasTv: n % 2 === 1,
  hasWaterHeater: n % 3 === 1, hasLandline: n % 5 < 3, hasMotorcycle: n % 4 === 1, hasOutboardMotor: n % 3 < 2, wallCondition: 1 + n % 2, roofCondition: 1 + n * 3 % 2, landTenure: 1 + n % 3,
})
const found = (n: number) => ({ bedroomCount: 1 + (n + 1) % 4, hasFridge: n % 3 !== 0, hasBicycle: n % 4 === 0, goatSheepCount: (n * 3 + 2) % 5, floorAreaM2: 21 + n * 17 % 50, hasLandline: n % 2 === 0 })

// So many visits of each of these officers, ordinary ones.
export const ordinary = (db: Db, officers: readonly Actor[], count: number, more: Made = {}) =>
  officers.flatMap((officer) => Array.from({ length: count }, () => visitTo(db, officer, `${officer.id}-${randomUUID().slice(0, 8)}`, more)))
