import { randomUUID } from 'node:crypto'
import { desc } from 'drizzle-orm'
import type { Actor } from '#app/users/actor.ts'
import { proposals, users, userRegions } from '#db/schema/index.ts'
import { asep, bambang, kkOf } from '#test/support/changes.ts'
import { addHousehold, BALECATUR, freshApp, freshDatabase, TRIMURTI, type Fields } from '#test/support/world.ts'

const operator = (id: string, name: string, region: string): Actor => ({ id, name, role: 'village_operator', regions: [region] })
export const tri = operator('tri', 'Tri Utami', TRIMURTI)
export const rini = operator('rini', 'Rini Astuti', BALECATUR)

// Asep's family in Poncosari; Bambang's in the desa given.
export function world(regionCode = TRIMURTI) {
  const made = freshApp(freshDatabase())
  for (const { id, name, role, regions: [place] } of [tri, rini]) {
    made.db.insert(users).values({ id, username: id, name, role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
    made.db.insert(userRegions).values({ userId: id, regionCode: place! }).run()
  }
  addHousehold(made.db, 'asep', { record: asep() })
  addHousehold(made.db, 'bambang', { record: bambang(), regionCode })
  return made
}
export type World = ReturnType<typeof world>
export const nikOf = (name: string) => String([asep(), bambang()].flatMap(({ members }) => members).find((member) => member.name === name)!.nik)
const SECRETS = ['Bambang', 'Riyadi', 'Endang', 'Fitri', nikOf('Fitri Riyadi'), kkOf(21), 'bambang']
export const hidden = (html: string) => SECRETS.filter((word) => html.includes(word))

export const seek = (made: World, who: Actor, number: string, kind = 'marriage', household: string | undefined = 'asep', key = randomUUID()) =>
  made.as(who).post('/proposals/lookup', { key, kind, number, ...(household && { household }) })
export const ticketIn = (answer: Response) => new URL(answer.headers.get('Location')!, 'http://x').searchParams.get('reached') ?? ''

const evidence = () => new File(['%PDF-1.4 bukti'], 'bukti.pdf', { type: 'application/pdf' })
export const send = (made: World, who: Actor, fields: Fields) => made.as(who).post('/proposals', { id: randomUUID(), key: randomUUID(), note: '', reasonCode: reasonOf(fields), evidence: evidence(), ...fields })
const reasonOf = ({ kind }: Fields) => ({ marriage: 'menikah', member_move: 'pindah_anggota', household_move: 'pindah_datang' })[String(kind)]!
export const WEDDING = { kind: 'marriage', household: 'asep', on: '2026-02-10', memberSeq: '3', living: 'with_family', certificate: '1', pregnant: 'false' }
export const newest = ({ db }: World) => db.select().from(proposals).orderBy(desc(proposals.proposedAt), desc(proposals.id)).get()!
