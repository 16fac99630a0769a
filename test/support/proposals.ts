import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { approveProposal } from '#app/proposals/decisions.ts'
import { householdsIn } from '#app/proposals/planning.ts'
import { seenOf, versionsOf } from '#app/proposals/proposals.ts'
import { submitProposal, type Submission } from '#app/proposals/submitting.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { files, proposals } from '#db/schema/index.ts'
import { addHousehold, as, freshApp, freshDatabase, siti } from '#test/support/world.ts'

const AT = '2026-03-02T03:00:00.000Z'

// Two households in Poncosari, and the app over them.
export function twoHomes() {
  const made = freshApp(freshDatabase())
  addHousehold(made.db, 'asep', { head: 'Asep' })
  addHousehold(made.db, 'ujang', { head: 'Ujang' })
  return made
}

export const decision = (note = 'lengkapi buktinya') => ({ key: randomUUID(), seen: '', note })

// A paper as an upload leaves it.
export const aPaper = (db: Db, field = 'minutes', sha256 = 'cd'.repeat(32)) => {
  db.insert(files).values({ sha256, mime: 'application/pdf', bytes: 1, storedAt: AT }).onConflictDoNothing().run()
  return { field, name: `${field}.pdf`, sha256, mime: 'application/pdf', bytes: 1 }
}

type Wanted = Partial<Submission> & { by?: Actor, evidence?: boolean }

// A proposal as its form would send it, with evidence and berita acara.
export function addProposal(db: Db, change: Submission['change'], { by = siti, evidence = true, ...given }: Wanted = {}) {
  const reasons: Record<string, string> = { deactivation: 'mampu', reactivation: 'keliru', death: 'meninggal', household_move: 'pindah_datang', new: 'usulan_warga', correction: 'salah_catat', undo: 'pembatalan', birth: 'lahir', family_merge: 'gabung' }
  const id = given.id ?? randomUUID()
  return as(db, by, (tx) => submitProposal(tx, {
    id, key: randomUUID(), draft: false, change, reasonCode: reasons[change.kind]!, note: 'Menurut ketua RT', musdesId: null,
    minutesNumber: '140/3/2026', minutesDate: '2026-02-20', reportId: null, ...given,
  }, evidence ? [aPaper(db)] : []))
}

// What the page would send along with a decision.
export function seenNow(db: Db, id: string): string {
  const proposal = db.select().from(proposals).where(eq(proposals.id, id)).get()!
  return seenOf(proposal, versionsOf(db, householdsIn(proposal.change)))
}

export const approve = (db: Db, who: Actor, id: string, at?: string) =>
  as(db, who, (tx) => approveProposal(tx, id, { key: randomUUID(), seen: seenNow(db, id), note: '' }), at)

export const statusOf = (db: Db, id: string) => db.select({ status: proposals.status }).from(proposals).where(eq(proposals.id, id)).get()?.status
