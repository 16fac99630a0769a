import { DISTRICT, PROVINCE, REGENCY } from '#app/regions/levels.ts'
import { NEEDS_FACTOR, type Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { secondFactors, userRegions, users } from '#db/schema/index.ts'
import type { Village } from '#db/seeds/bulk/places.ts'
import { DEMO_FACTOR } from '#db/seeds/demo-users.ts'
import { nameFor } from '#db/seeds/names.ts'
import { randomFrom } from '#db/seeds/random.ts'

export type Person = { id: string, role: Role, regions: string[] }

const ROWS_OF_ONE_OFFICER = 120
export const officerCount = ({ households }: Pick<Village, 'households'>) => Math.max(1, Math.ceil(households / ROWS_OF_ONE_OFFICER))

const plain = (code: string) => code.replaceAll('.', '')
export const officerOf = (code: string, i: number) => `petugas-${plain(code)}-${i + 1}`
export const operatorOf = (code: string) => `operator-${plain(code)}`
export const coordinatorOf = (code: string) => `korcam-${plain(code.slice(0, DISTRICT))}`
export const supervisorOf = (code: string, i: number) => `pengawas-${plain(code.slice(0, DISTRICT))}-${i + 1}`
export const regencyOfficerOf = (code: string, i: number) => `dinsos-${plain(code.slice(0, REGENCY))}-${i + 1}`
export const approverOf = (code: string) => `pengesah-${plain(code.slice(0, REGENCY))}`
const provinceOfficerOf = (code: string) => `provinsi-${code.slice(0, PROVINCE)}`
export const MINISTRY = 'pusdatin'

// Everybody a campaign needs: officers and an operator in each desa, those who check in each kecamatan, Dinsos and who signs in
// each kabupaten, one of the province, and three of the country.
export function staffOf(villages: readonly Village[]): Person[] {
  const person = (id: string, role: Role, ...regions: string[]): Person => ({ id, role, regions })
  const places = (length: number) => [...new Set(villages.map(({ code }) => code.slice(0, length)))]
  return [
    person('admin', 'administrator', ''), person(MINISTRY, 'ministry_officer', ''), person('auditor', 'auditor', ''),
    ...places(PROVINCE).map((code) => person(provinceOfficerOf(code), 'province_officer', code)),
    ...places(REGENCY).flatMap((code) => [
      ...[0, 1, 2].map((i) => person(regencyOfficerOf(code, i), 'regency_officer', code)), person(approverOf(code), 'regency_approver', code),
    ]),
    ...places(DISTRICT).flatMap((code) => [person(coordinatorOf(code), 'district_coordinator', code), ...[0, 1].map((i) => person(supervisorOf(code, i), 'supervisor', code))]),
    ...villages.flatMap((village) => [
      person(operatorOf(village.code), 'village_operator', village.code),
      ...Array.from({ length: officerCount(village) }, (_, i) => person(officerOf(village.code, i), 'enumerator', village.code)),
    ]),
  ]
}

// All with the one password, as the demo's people have it: who guards invented people guards nothing.
export function writeStaff(db: Db, people: readonly Person[], { passwordHash, at, seed }: { passwordHash: string, at: string, seed: number }) {
  const random = randomFrom(seed)
  for (const { id, role, regions } of people) {
    db.insert(users).values({ id, username: id, name: nameFor(random, random.pick([1, 2] as const), 40), role, passwordHash, status: 'active', createdAt: at }).run()
    if (NEEDS_FACTOR.includes(role)) db.insert(secondFactors).values({ userId: id, secret: DEMO_FACTOR, confirmedAt: at }).run()
    for (const regionCode of regions) db.insert(userRegions).values({ userId: id, regionCode }).run()
  }
}
