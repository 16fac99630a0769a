import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { ratifyBatch } from '#app/programmes/applying.ts'
import { freezeBatch, openBatch } from '#app/programmes/batches.ts'
import { proposeChange, type Wanted } from '#app/programmes/changes.ts'
import { approveChange, rejectChange, returnChange, seenOf, withdrawChange } from '#app/programmes/decisions.ts'
import { planPeriod } from '#app/programmes/periods.ts'
import { createRecipient, type NewRecipient } from '#app/programmes/recipients.ts'
import { getChange } from '#app/programmes/steps.ts'
import { findSubject } from '#app/programmes/subjects.ts'
import { addDays } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { households, inactiveHouseholds, members } from '#db/schema/index.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

type Home = { id: string, familySeq: number, memberSeq: number, regionCode: string, birthDate: string | null }
type Told = { programme: Wanted['programme'], state: string, count: number, variants?: string[], number?: (serial: number) => string, data?: NewRecipient['data'] }

// The lists as the programmes had them: how many stand in which state. Numbers are of no real card.
const KKS = (serial: number) => `60130199${String(serial).padStart(8, '0')}`
const JKN = (serial: number) => `00099${String(serial).padStart(8, '0')}`
const PKH = (serial: number) => `9902${String(serial).padStart(10, '0')}`
const ACCOUNT = { bank: 'bri', accountState: 'good' }
const LISTS: Told[] = [
  { programme: 'sembako', state: 'active', count: 14, number: KKS, data: ACCOUNT }, { programme: 'sembako', state: 'account_check', count: 2, data: { bank: 'bri', accountState: 'checking' } },
  { programme: 'sembako', state: 'suspended', count: 2, number: KKS, data: ACCOUNT }, { programme: 'sembako', state: 'removed', count: 1, number: KKS },
  { programme: 'pkh', state: 'active', count: 10, number: PKH }, { programme: 'pkh', state: 'commitment', count: 2, number: PKH }, { programme: 'pkh', state: 'candidate', count: 2 },
  { programme: 'pkh', state: 'suspended', count: 1, number: PKH }, { programme: 'pkh', state: 'graduated_independent', count: 1, number: PKH },
  { programme: 'pbi', state: 'active', count: 12, number: JKN, data: { segment: 'pbi' } }, { programme: 'pbi', state: 'inactive', count: 3, number: JKN, data: { segment: 'pbi' } }, { programme: 'pbi', state: 'proposed', count: 2 },
  { programme: 'ppks', state: 'registered', count: 5, variants: ['9', '13', '24', '9', '18'] }, { programme: 'ppks', state: 'served', count: 3, variants: ['9', '24', '16'] },
]

// About sixty recipients, changes in every status, one letter that is signed and one that waits for the signature.
export function tellProgrammes(demo: Demo) {
  const homes = homesOf(demo)
  planQuarters(demo)
  bringLists(demo, homes)
  tellChanges(demo, homes)
}

// Heads of families of the operator's desa first, that are in the registry's living part.
function homesOf({ db, villages }: Demo): Home[] {
  return db.select({ id: households.id, familySeq: members.familySeq, memberSeq: members.seq, regionCode: households.regionCode, birthDate: members.birthDate }).from(households)
    .innerJoin(members, and(eq(members.householdId, households.id), eq(members.relation, 1))).leftJoin(inactiveHouseholds, eq(inactiveHouseholds.householdId, households.id))
    .where(and(inArray(households.regionCode, villages.slice(0, 3)), isNull(inactiveHouseholds.householdId))).orderBy(asc(households.regionCode), asc(households.number)).limit(240).all()
    .flatMap(({ familySeq, ...home }) => familySeq === null ? [] : [{ ...home, familySeq }])
}

// The quarter that runs, of the programmes that pay by the quarter.
function planQuarters({ db, people: { dinsos }, villages, daysAgo }: Demo) {
  const today = daysAgo(0).toISOString().slice(0, 10)
  const [year, quarter] = [today.slice(0, 4), Math.floor((Number(today.slice(5, 7)) - 1) / 3)]
  const startsOn = `${year}-${String(quarter * 3 + 1).padStart(2, '0')}-01`
  const endsOn = addDays(new Date(Date.UTC(Number(year), quarter * 3 + 3, 1)).toISOString().slice(0, 10), -1)
  transact(db, dinsos!, (tx) => {
    for (const programme of ['pkh', 'sembako'] as const) {
      planPeriod(tx, { id: `${programme}-${year}-${quarter + 1}`, programme, regionCode: regencyOf(villages[0]!), name: `Triwulan ${['I', 'II', 'III', 'IV'][quarter]!} ${year}`, startsOn, endsOn, cutoffOn: endsOn })
    }
  }, daysAgo(40))
}

// From the middle of the desa's list on; what is proposed comes from its beginning.
function bringLists({ db, daysAgo }: Demo, homes: Home[]) {
  const random = randomFrom(8151)
  let serial = 0
  transact(db, system, (tx) => {
    for (const { programme, state, count, variants, number, data } of LISTS) {
      for (let n = 0; n < count; n += 1) {
        const { id, familySeq, memberSeq } = homes[20 + (serial % (homes.length - 20))]!
        const place = { householdId: id, familySeq, memberSeq: programme === 'pbi' || programme === 'ppks' ? memberSeq : null }
        const { regionCode, name, nik, kkNumber, address } = findSubject(tx, place)
        const ended = ['removed', 'inactive', 'graduated_independent'].includes(state)
        createRecipient(tx, {
          id: random.uuid(), programme, state, variant: variants?.[n] ?? '', regionCode, ...place, name, nik, kkNumber, address, number: number?.(serial + 1) ?? null, data: data ?? {},
          startedOn: number ? daysAgo(400).toISOString().slice(0, 10) : null, endedOn: ended ? daysAgo(70).toISOString().slice(0, 10) : null,
        }, { cause: 'import:contoh', note: 'Daftar awal program' })
        serial += 1
      }
    }
  }, daysAgo(45))
}

type Teller = { demo: Demo, uuid: () => string, operator: Actor, korcam: Actor, dinsos: Actor, pengesah: Actor }

function propose({ demo, uuid, operator }: Teller, { id: householdId, familySeq }: Home, days: number): string {
  const id = uuid()
  transact(demo.db, operator, (tx) => proposeChange(tx, { key: uuid(), id, programme: 'sembako', kind: 'entry', subject: { householdId, familySeq }, note: 'Diusulkan musyawarah dusun' }), demo.daysAgo(days))
  return id
}

function approve({ demo: { db, daysAgo }, uuid }: Teller, who: Actor, id: string, days: number) {
  transact(db, who, (tx) => approveChange(tx, id, { key: uuid(), seen: seenOf(db, getChange(tx, id)), note: '' }), daysAgo(days))
}

function verify(teller: Teller, homes: Home[], days: number): string[] {
  return homes.map((home) => {
    const id = propose(teller, home, days)
    approve(teller, teller.korcam, id, days - 1)
    approve(teller, teller.dinsos, id, days - 2)
    return id
  })
}

function freeze({ demo: { db, daysAgo, villages }, uuid, dinsos }: Teller, days: number): string {
  const id = uuid()
  transact(db, dinsos, (tx) => openBatch(tx, { id, programme: 'sembako', regionCode: regencyOf(villages[0]!), periodId: null, note: '' }), daysAgo(days))
  transact(db, dinsos, (tx) => freezeBatch(tx, id), daysAgo(days))
  return id
}

function tellChanges(demo: Demo, homes: Home[]) {
  const { operator, korcam, dinsos, pengesah } = demo.people as Record<'operator' | 'korcam' | 'dinsos' | 'pengesah', Actor>
  const teller: Teller = { demo, uuid: randomFrom(4242).uuid, operator, korcam, dinsos, pengesah }
  const own = homes.filter(({ regionCode }) => operator.regions.includes(regionCode)).slice(0, 18)
  verify(teller, own.slice(0, 3), 30)
  const signed = freeze(teller, 27)
  const day = demo.daysAgo(25).toISOString().slice(0, 10)
  transact(demo.db, pengesah, (tx) => ratifyBatch(tx, signed, { letterNumber: '460/151/2026', letterDate: day, effectiveOn: day }), demo.daysAgo(25))
  verify(teller, own.slice(3, 6), 12)
  freeze(teller, 9)
  verify(teller, own.slice(6, 8), 7)
  own.slice(8, 10).forEach((home) => approve(teller, korcam, propose(teller, home, 5), 4))
  own.slice(10, 13).forEach((home) => propose(teller, home, 2))
  endOthers(teller, own.slice(13, 16))
}

// One that came back, one that was refused, one its proposer took back.
function endOthers(teller: Teller, [first, second, third]: Home[]) {
  const { demo: { db, daysAgo }, uuid, operator, korcam } = teller
  const [returned, rejected, withdrawn] = [first!, second!, third!].map((home) => propose(teller, home, 6)) as [string, string, string]
  transact(db, korcam, (tx) => returnChange(tx, returned, { key: uuid(), seen: '', note: 'Sertakan keterangan pekerjaan kepala keluarga.' }), daysAgo(5))
  transact(db, korcam, (tx) => rejectChange(tx, rejected, { key: uuid(), seen: '', note: 'Keluarga ini sudah pindah ke kecamatan lain.' }), daysAgo(5))
  transact(db, operator, (tx) => withdrawChange(tx, withdrawn, { key: uuid(), note: 'Keluarganya mengundurkan diri.' }), daysAgo(4))
}
