import { desc, eq } from 'drizzle-orm'
import type { Component } from '#app/pkh/components.ts'
import { familyOfRecipient, type PkhMember } from '#app/pkh/members.ts'
import { getPkhRecipient } from '#app/pkh/numbers.ts'
import { findPeriod, openPeriod, type Period } from '#app/programmes/periods.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { settingOn, wordsOn, type Word } from '#app/programmes/settings.ts'
import { conflict, invalid } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { pkhCommitments } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Commitment = typeof pkhCommitments.$inferSelect
export type Asked = PkhMember & { component: Component, duty: string, place: string }
export const VERIFIED_IN: readonly string[] = ['active', 'commitment']

const shareOn = (db: Db, day: string, regionCode: string) => settingOn(db, 'pkh', 'commitment.share', day, regencyOf(regionCode)) ?? 100

// Who of the counted members owes something: school days, visits to posyandu or puskesmas. The list of words says which components.
export function askedOf(db: Db, recipient: Recipient, day: string, duties: Word[] = wordsOn(db, 'pkh', 'commitment', day)): Asked[] {
  return familyOfRecipient(db, recipient, day).members.flatMap((member) => {
    const duty = duties.find(({ code }) => code === member.component)
    return duty && member.component ? [{ ...member, component: member.component, duty: duty.label, place: duty.kind }] : []
  })
}

export type Verification = { recipient: Recipient, period?: Period, asked: Asked[], share: number, known: Commitment[] }

export function readVerification({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string, now: string): Verification {
  demand(actor, 'programme.propose')
  const recipient = getPkhRecipient({ db, actor }, id)
  const today = dayOf(now)
  const period = openPeriod(db, 'pkh', recipient.regionCode, today)
  return { recipient, period, asked: askedOf(db, recipient, today), share: shareOn(db, today, recipient.regionCode), known: commitmentsOf(db, id).filter(({ periodId }) => periodId === period?.id) }
}

export type Result = { seq: number, due: string, attended: string, note: string }

// What was seen of everybody who owes something in the period that is open; written again, the last counts.
export function recordCommitments(tx: Tx, id: string, key: string, periodId: string, results: Result[]): { met: number, unmet: number } {
  const { recipient, period, asked, share } = readVerification(tx, id, tx.now)
  if (!VERIFIED_IN.includes(recipient.state)) throw conflict('Komitmen hanya diverifikasi pada peserta yang aktif.')
  if (!period || period.id !== periodId) throw conflict(`Periode ${findPeriod(tx.db, periodId)?.name ?? 'itu'} sudah tidak menerima catatan. Muat ulang halaman.`)
  const seen = asked.map((member) => readResult(member, results.find(({ seq }) => seq === member.seq)))
  const wrong = Object.assign({}, ...seen.map(({ wrong: own }) => own)) as Record<string, string>
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  const rows = seen.map(({ member: { seq, name, component }, due, attended, note }) =>
    ({ recipientId: id, periodId, memberSeq: seq, name, component, due, attended, share, met: attended * 100 >= share * due, note, recordedBy: tx.actor.id, recordedAt: tx.now }))
  const met = rows.filter((row) => row.met).length
  if (rows.length > 0 && isFirstTime(tx, key)) {
    tx.db.insert(pkhCommitments).values(rows).run()
    tx.audit('pkh.commitments_recorded', id, { periodId, met, unmet: rows.length - met })
  }
  return { met, unmet: rows.length - met }
}

const MOST_DAYS = 200

function readResult(member: Asked, { due: dueText, attended: attendedText, note }: Result = { seq: member.seq, due: '', attended: '', note: '' }) {
  const [due, attended] = [Number(dueText), Number(attendedText)]
  const wrong: Record<string, string> = {}
  if (dueText === '' || !Number.isInteger(due) || due < 1 || due > MOST_DAYS) wrong[`due-${member.seq}`] = `Isi dengan angka 1 sampai ${MOST_DAYS}.`
  else if (attendedText === '' || !Number.isInteger(attended) || attended < 0 || attended > due) wrong[`attended-${member.seq}`] = `Isi dengan angka 0 sampai ${due}.`
  return { member, due, attended, note: note.trim().slice(0, 300), wrong }
}

const MOST_KNOWN = 400

// The last word on each member in each period, the newest first.
export function commitmentsOf(db: Db, recipientId: string): Commitment[] {
  const seen = new Set<string>()
  return db.select().from(pkhCommitments).where(eq(pkhCommitments.recipientId, recipientId)).orderBy(desc(pkhCommitments.id)).limit(MOST_KNOWN).all()
    .filter(({ periodId, memberSeq }) => !seen.has(`${periodId} ${memberSeq}`) && seen.add(`${periodId} ${memberSeq}`))
}
