import { hashPassword } from '#app/sessions/passwords.ts'
import type { Actor } from '#app/users/actor.ts'
import { NEEDS_FACTOR, type Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { secondFactors, userRegions, users } from '#db/schema/index.ts'

export const DEMO_PASSWORD = 'siks-demo-2026'
// The authenticator of the demo's people who must have one. Everybody can read it here: it guards invented people only.
// `npm run demo:code` prints its code of now.
export const DEMO_FACTOR = 'SIKSDEMOSIKSDEMOSIKSDEMOSIKSDEMO'
export const DEMO_REGENCY = '34.02'
export const DEMO_DISTRICTS = ['34.02.01', '34.02.02']

// One person for each role, and a second of those whose work must be shared out.
export const demoPeople = (villages: string[]): Record<string, Actor> => {
  const [first, second] = DEMO_DISTRICTS as [string, string]
  const of = (district: string) => villages.filter((code) => code.startsWith(district))
  const person = (id: string, name: string, role: Role, regions: string[]): Actor => ({ id, name, role, regions })
  return {
    petugas: person('petugas', 'Siti Rahayu', 'enumerator', of(first)),
    petugas2: person('petugas2', 'Tono Wibowo', 'enumerator', of(second)),
    petugas3: person('petugas3', 'Dedi Kurniawan', 'enumerator', of(first).slice(0, 1)),
    petugas4: person('petugas4', 'Yuni Astuti', 'enumerator', of(first).slice(0, 1)),
    operator: person('operator', 'Oki Prasetyo', 'village_operator', of(first).slice(0, 1)),
    pengawas: person('pengawas', 'Wawan Hidayat', 'supervisor', of(first)),
    korcam: person('korcam', 'Budi Santoso', 'district_coordinator', [first]),
    korcam2: person('korcam2', 'Lestari Handayani', 'district_coordinator', [second]),
    dinsos: person('dinsos', 'Rina Kartika', 'regency_officer', [DEMO_REGENCY]),
    pengesah: person('pengesah', 'Hadi Purnomo', 'regency_approver', [DEMO_REGENCY]),
    provinsi: person('provinsi', 'Prita Anggraini', 'province_officer', ['34']),
    pusdatin: person('pusdatin', 'Mega Puspita', 'ministry_officer', ['']),
    admin: person('admin', 'Agus Salim', 'administrator', ['']),
    auditor: person('auditor', 'Aulia Rahman', 'auditor', ['']),
  }
}

export async function addDemoUsers(db: Db, people: Record<string, Actor>, createdAt: string) {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  for (const { id, name, role, regions } of Object.values(people)) {
    db.insert(users).values({ id, username: id, name, role, passwordHash, status: 'active', createdAt }).run()
    if (NEEDS_FACTOR.includes(role)) db.insert(secondFactors).values({ userId: id, secret: DEMO_FACTOR, confirmedAt: createdAt }).run()
    for (const regionCode of regions) db.insert(userRegions).values({ userId: id, regionCode }).run()
  }
}
