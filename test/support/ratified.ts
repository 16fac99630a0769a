import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import * as assert from 'uvu/assert'
import { households, inactiveHouseholds } from '#db/schema/index.ts'
import type { ProposedChange } from '#app/proposals/kinds.ts'
import { openBatch } from '#app/ratification/batches.ts'
import { gather } from '#app/ratification/gathering.ts'
import type { Actor } from '#app/users/actor.ts'
import { addProposal, approve } from '#test/support/proposals.ts'
import { addHousehold, as, BANTUL, budi, eko, freshApp, freshDatabase, hadi, mega, rina, siti } from '#test/support/world.ts'

// Usulan brought as far as a test of what comes after begins: verified, in a batch, at the ministry, determined.
const letter = { letterNumber: '460/123/2026', letterDate: '2026-03-05', signatory: 'Bupati Bantul' }
const pdf = () => new File(['%PDF-1.4 surat'], 'surat.pdf', { type: 'application/pdf' })
export const death: ProposedChange = { kind: 'death', on: '2026-02-10', householdId: 'asep', memberSeq: 2 }
export const leaving: ProposedChange = { kind: 'deactivation', on: '2026-02-10', householdId: 'ujang', reason: 'mampu' }

export function world() {
  const made = freshApp(freshDatabase())
  for (const id of ['asep', 'ujang']) addHousehold(made.db, id, { head: id })
  return made
}
export type World = ReturnType<typeof world>

// Proposed by Siti, checked by Budi and Rina.
export function verified({ db }: World, change: ProposedChange, by: Actor = siti): string {
  const { id } = addProposal(db, change, { by })
  approve(db, budi, id)
  if (change.kind === 'household_move') approve(db, eko, id)
  approve(db, rina, id)
  return id
}

export async function gathered({ db }: World): Promise<string> {
  const id = randomUUID()
  const batch = as(db, rina, (tx) => openBatch(tx, { id, regionCode: BANTUL, title: 'Pengesahan Maret' }))
  await gather(db, rina, batch)
  return id
}

export async function dispatched(made: World): Promise<string> {
  const id = await gathered(made)
  assert.is((await made.as(rina).post(`/batches/${id}/freeze`)).status, 303)
  assert.is((await made.as(hadi).post(`/batches/${id}/ratification`, { id: randomUUID(), ...letter, letter: pdf() })).status, 303)
  assert.is((await made.as(rina).post(`/batches/${id}/dispatch`)).status, 303)
  return id
}

export async function determined(made: World, ...changes: ProposedChange[]) {
  const ids = changes.map((change) => verified(made, change))
  const batch = await dispatched(made)
  assert.is((await made.as(mega).post(`/batches/${batch}/acceptance`, { scope: 'all' })).status, 303)
  return { batch, ids }
}

export const household = ({ db }: World, id: string) => db.select().from(households).where(eq(households.id, id)).get()!
export const isInactive = ({ db }: World, id: string) => db.select().from(inactiveHouseholds).where(eq(inactiveHouseholds.householdId, id)).get()?.reason
