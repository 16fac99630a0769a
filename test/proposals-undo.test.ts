import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { undoOfProposal, undoToVersion } from '#app/proposals/undoing.ts'
import { presentMembers } from '#app/questionnaire/record.ts'
import { death, determined, household, isInactive, leaving, world } from '#test/support/ratified.ts'
import { as, siti } from '#test/support/world.ts'

const undo = suite('nothing is for ever')

undo('a determined change is turned round as a new version', async () => {
  const made = world()
  const before = household(made, 'asep').record
  const { ids: [id] } = await determined(made, death)
  await determined(made, as(made.db, siti, (tx) => undoOfProposal(tx, id!)))
  assert.equal([household(made, 'asep').record, household(made, 'asep').version], [before, 3])
})

undo('a deactivated household comes back, by undoing or by its own proposal', async () => {
  const made = world()
  const { ids: [id] } = await determined(made, leaving)
  await determined(made, as(made.db, siti, (tx) => undoOfProposal(tx, id!)))
  assert.is(isInactive(made, 'ujang'), undefined)
  await determined(made, leaving)
  await determined(made, { kind: 'reactivation', on: '2026-02-20', householdId: 'ujang' })
  assert.is(isInactive(made, 'ujang'), undefined)
})

undo('is refused when something newer would be lost; an older version may be proposed instead', async () => {
  const made = world()
  const { ids: [id] } = await determined(made, death)
  await determined(made, { kind: 'correction', on: '2026-02-20', householdId: 'asep', answers: { 'household.address': 'Jl. Kenanga 3' } })
  assert.throws(() => as(made.db, siti, (tx) => undoOfProposal(tx, id!)), /versi yang lebih baru/)
  await determined(made, as(made.db, siti, (tx) => undoToVersion(tx, 'asep', 1)))
  assert.equal([household(made, 'asep').version, presentMembers(household(made, 'asep').record).length], [4, 2])
})

undo.run()
