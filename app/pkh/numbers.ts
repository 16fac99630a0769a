import { and, eq, ne } from 'drizzle-orm'
import { membersOf } from '#app/pkh/families.ts'
import { getRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import { pkhMembers } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// Scoped; another programme's recipient is not found here.
export function getPkhRecipient(reader: Pick<Tx, 'db' | 'actor'>, id: string): Recipient {
  const found = getRecipient(reader, id)
  if (found.programme !== 'pkh') throw notFound('Penerima PKH')
  return found
}

export type Numbered = { seq: number, number: string }

// The No. ART PKH of each member, as the ministry gave them. An empty one leaves what is there.
export function recordNumbers(tx: Tx, id: string, key: string, wanted: Numbered[]) {
  demand(tx.actor, 'programme.verify')
  const { householdId, familySeq, phase } = getPkhRecipient(tx, id)
  if (phase === 'ended') throw conflict('Keluarga ini sudah tidak menjadi peserta.')
  if (householdId === null || familySeq === null) throw conflict('Keluarga ini tidak ditemukan di registri, jadi anggotanya tidak dapat diberi nomor.')
  if (!isFirstTime(tx, key)) return
  const given = wanted.filter(({ number }) => number !== '')
  refuseWrong(tx, id, given)
  const people = membersOf(tx.db, householdId, familySeq)
  for (const { seq, number } of given) {
    const member = people.find((one) => one.seq === seq)
    if (!member) throw notFound('Anggota keluarga')
    const row = { recipientId: id, memberSeq: seq, number, nik: member.nik, name: member.name, recordedBy: tx.actor.id, recordedAt: tx.now }
    tx.db.delete(pkhMembers).where(and(eq(pkhMembers.recipientId, id), eq(pkhMembers.number, number))).run()
    tx.db.insert(pkhMembers).values(row).onConflictDoUpdate({ target: [pkhMembers.recipientId, pkhMembers.memberSeq], set: row }).run()
  }
  tx.audit('pkh.numbers_recorded', id, { members: given.map(({ seq }) => seq) })
}

function refuseWrong({ db }: Tx, id: string, given: Numbered[]) {
  const wrong: Record<string, string> = {}
  for (const { seq, number } of given) {
    const taken = db.select({ name: pkhMembers.name }).from(pkhMembers).where(and(eq(pkhMembers.number, number), ne(pkhMembers.recipientId, id))).get()
    if (!/^\d{10,20}$/.test(number)) wrong[`number-${seq}`] = 'No. ART PKH terdiri atas 10 sampai 20 angka.'
    else if (taken) wrong[`number-${seq}`] = 'Nomor ini sudah tercatat pada anggota keluarga lain.'
    else if (given.some((other) => other.seq !== seq && other.number === number)) wrong[`number-${seq}`] = 'Nomor ini diisikan pada dua anggota.'
  }
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
}
