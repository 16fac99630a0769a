import { and, asc, eq, notExists, sql } from 'drizzle-orm'
import { approveProposal, returnProposal } from '#app/proposals/decisions.ts'
import type { ProposedChange } from '#app/proposals/kinds.ts'
import { householdsIn } from '#app/proposals/planning.ts'
import { getProposal, seenOf, versionsOf } from '#app/proposals/proposals.ts'
import { submitProposal } from '#app/proposals/submitting.ts'
import { emptyRecord, presentMembers } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import { households, proposalHouseholds } from '#db/schema/index.ts'
import { paperFor } from '#db/seeds/demo-batches.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

type Told = { change: ProposedChange, reasonCode: string, note: string }

const dayOf = (demo: Demo, daysAgo: number) => demo.daysAgo(daysAgo).toISOString().slice(0, 10)

// Households of the operator's own desa that nobody has visited and nothing is proposed of yet.
const untouched = ({ db, villages: [first] }: Demo) => db.select({ id: households.id, record: households.record }).from(households)
  .where(and(eq(households.regionCode, first!), eq(households.stage, 'published'),
    notExists(db.select({ one: sql`1` }).from(proposalHouseholds).where(eq(proposalHouseholds.householdId, households.id)))))
  .orderBy(asc(households.number)).limit(12).all()

async function propose(demo: Demo, { change, reasonCode, note }: Told, daysAgo: number): Promise<string> {
  const id = change.kind === 'new' ? change.householdId : demo.random.uuid()
  const minutes = await paperFor(demo, 'minutes', 'berita-acara.pdf', ['BERITA ACARA MUSYAWARAH DESA (CONTOH)', note])
  transact(demo.db, demo.people.operator!, (tx) => submitProposal(tx, {
    id, key: demo.random.uuid(), draft: false, change, reasonCode, note, musdesId: null, minutesNumber: '140/05/2026', minutesDate: dayOf(demo, daysAgo + 1), reportId: null,
  }, [minutes]), demo.daysAgo(daysAgo))
  return id
}

function approve({ db, random, daysAgo: day }: Demo, who: Actor, id: string, daysAgo: number) {
  transact(db, who, (tx) => {
    const proposal = getProposal(tx, id)
    return approveProposal(tx, id, { key: random.uuid(), seen: seenOf(proposal, versionsOf(db, householdsIn(proposal.change))), note: '' })
  }, day(daysAgo))
}

// A death and a household that left, verified in time for the batch that follows.
export async function tellVerifiedProposals(demo: Demo, daysAgo: number) {
  const { korcam, dinsos } = demo.people as { korcam: Actor, dinsos: Actor }
  const [widowed, gone] = untouched(demo).filter(({ record }) => presentMembers(record).length > 2)
  const seq = Number(presentMembers(widowed!.record).at(-1)!.memberSeq)
  const told: Told[] = [
    { change: { kind: 'death', on: dayOf(demo, daysAgo + 6), householdId: widowed!.id, memberSeq: seq }, reasonCode: 'meninggal', note: 'Menurut keterangan ketua RT 03' },
    { change: { kind: 'deactivation', on: dayOf(demo, daysAgo + 6), householdId: gone!.id, reason: 'mampu' }, reasonCode: 'mampu', note: 'Usaha warungnya sudah maju' },
  ]
  for (const one of told) {
    const id = await propose(demo, one, daysAgo)
    approve(demo, korcam, id, daysAgo - 1)
    approve(demo, dinsos, id, daysAgo - 2)
  }
}

// One at each desk: the kecamatan's, Dinsos', the operator's own again, and a newcomer.
export async function tellOpenProposals(demo: Demo, daysAgo: number) {
  const { korcam } = demo.people as { korcam: Actor }
  const [one, two, three] = untouched(demo)
  await propose(demo, { change: { kind: 'deactivation', on: dayOf(demo, daysAgo + 3), householdId: one!.id, reason: 'pindah' }, reasonCode: 'pindah', note: 'Rumah kosong sejak Lebaran' }, daysAgo)
  const checked = await propose(demo, {
    change: { kind: 'birth', on: dayOf(demo, daysAgo + 20), householdId: two!.id, familySeq: Number(two!.record.families[0]!.familySeq), name: 'Raka Pratama', sex: 1, relationToHead: 3, relationToFamilyHead: 3, certificate: false },
    reasonCode: 'lahir', note: 'Akta kelahiran menyusul',
  }, daysAgo)
  approve(demo, korcam, checked, daysAgo - 1)
  const returned = await propose(demo, { change: { kind: 'deactivation', on: dayOf(demo, daysAgo + 3), householdId: three!.id, reason: 'ganda' }, reasonCode: 'ganda', note: 'Tercatat dua kali' }, daysAgo)
  transact(demo.db, korcam, (tx) => returnProposal(tx, returned, { key: demo.random.uuid(), seen: '', note: 'Sebutkan rumah tangga yang satunya' }), demo.daysAgo(daysAgo - 1))
  await propose(demo, {
    change: {
      kind: 'new', householdId: demo.random.uuid(), regionCode: demo.villages[0]!,
      record: { ...emptyRecord(), household: { headName: 'Ngatijo', headSex: 1, address: 'Ngentak RT 05', memberCount: 1, familyCount: 1 }, families: [{ familySeq: 1 }], members: [{ memberSeq: 1, familySeq: 1, name: 'Ngatijo', sex: 1, relationToHead: 1, relationToFamilyHead: 1, memberPresence: 1 }] },
    },
    reasonCode: 'usulan_warga', note: 'Tinggal sendiri, belum pernah didata',
  }, daysAgo - 2)
}
