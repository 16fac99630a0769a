import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import * as assert from 'uvu/assert'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { exclusions } from '#db/schema/index.ts'
import { dispatched, household, world, type World } from '#test/support/ratified.ts'
import { addVerified } from '#test/support/visit.ts'
import { budi, mega, siti } from '#test/support/world.ts'

// Asep's household is visited by Siti with this outcome, checked, signed and determined. Gives the visit, whose number the usulan bears.
export async function determinedAs(made: World, outcome: number, { id = 'asep', said = '' } = {}): Promise<string> {
  const record: HouseholdRecord = structuredClone(household(made, id).record)
  if (said) record.household.duplicateOfPrelistId = said
  const visit = addVerified(made.db, id, siti, budi, { id: randomUUID(), outcome, record, photos: true })
  const batch = await dispatched(made)
  assert.is((await made.as(mega).post(`/batches/${batch}/acceptance`, { scope: 'all' })).status, 303)
  return visit
}

export async function notFound(outcome = 2, more = {}) {
  const made = world()
  return { made, id: await determinedAs(made, outcome, more) }
}

export const heldBack = ({ db }: World, id = 'asep') => db.select().from(exclusions).where(eq(exclusions.householdId, id)).get()

// The form of a prepared usulan as the desa sends it.
export const confirmation = (id: string, more: Record<string, string> = {}) => ({
  id, key: randomUUID(), kind: 'deactivation', household: 'asep', on: '2026-03-02', reasonCode: 'tidak_dijumpai', note: 'Rumah kosong menurut ketua RT', minutesNumber: '140/4/2026', minutesDate: '2026-02-25',
  minutes: new File(['%PDF-1.4 berita acara'], 'ba.pdf', { type: 'application/pdf' }), ...more,
})
