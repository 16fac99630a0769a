import { dayIn } from '#app/questionnaire/age.ts'
import type { FieldStore, FieldVisit, Where } from '#app/field/store.ts'
import { getTask, listTasks, remarksOf } from '#app/field/tasks.ts'
import type { Actor } from '#app/users/actor.ts'
import { beginVisit } from '#app/visits/drafts.ts'
import { setLocation } from '#app/visits/location.ts'
import { listPhotos } from '#app/visits/photos.ts'
import { addRow, removeRow, saveSection } from '#app/visits/sections.ts'
import { findObstacles, submitVisit } from '#app/visits/submission.ts'
import { getAssignment, getOwnVisit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { transact, transactTogether } from '#db/transaction.ts'

// The server's answer to the field pages: one transaction for each operation that writes.
export const serverStore = (db: Db, actor: Actor): FieldStore => ({
  today: () => dayIn(actor.regions[0] ?? '', new Date().toISOString()),
  listTasks: (filter) => listTasks(db, actor, filter),
  demandTask: (householdId) => void getAssignment({ db, actor }, householdId),
  getTask: (householdId) => getTask(db, actor, householdId),
  beginVisit: (householdId, id) => transact(db, actor, (tx) => beginVisit(tx, householdId, id)),
  getVisit: (where) => readVisit(db, actor, where),
  saveSection: ({ householdId, visitId }, saving) => transact(db, actor, (tx) => saveSection(tx, householdId, visitId, saving)),
  addRow: ({ householdId, visitId }, roster, saving) => ({
    index: transact(db, actor, (tx) => addRow(tx, householdId, visitId, roster, saving)).record[roster].length - 1,
  }),
  removeRow: ({ householdId, visitId }, roster, index, saving) =>
    void transact(db, actor, (tx) => removeRow(tx, householdId, visitId, roster, index, saving)),
  setLocation: ({ householdId, visitId }, coordinate, saving) =>
    void transact(db, actor, (tx) => setLocation(tx, householdId, visitId, coordinate, saving)),
  findObstacles: ({ householdId, visitId }) => {
    const { visit } = getOwnVisit({ db, actor }, householdId, visitId)
    return findObstacles(db, visit, dayIn(visit.regionCode, new Date().toISOString()))
  },
  submitVisit: ({ householdId, visitId }) => transactTogether(db, actor, (tx) => submitVisit(tx, householdId, visitId)),
})

function readVisit(db: Db, actor: Actor, { householdId, visitId }: Where): FieldVisit {
  const { visit, household } = getOwnVisit({ db, actor }, householdId, visitId)
  const { latitude, longitude, accuracyM, locatedAt } = visit
  return {
    ...visit, headName: household.headName, photos: listPhotos(db, visitId), ...remarksOf(db, visitId, household.stage),
    coordinate: latitude === null || longitude === null || accuracyM === null ? null : { latitude, longitude, accuracyM, locatedAt },
  }
}
