import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { drawing } from '#app/backchecks/drawing.ts'
import { askDrawing, planRound, type NewRound } from '#app/backchecks/rounds.ts'
import { submitRevisit, type Told } from '#app/backchecks/revisits.ts'
import { askedItems } from '#app/backchecks/settings.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { attachments, backchecks, files } from '#db/schema/index.ts'
import { as, BANTUL, rina } from '#test/support/world.ts'

export const LATER = '2026-03-10T03:00:00.000Z'

export const aRound = (db: Db, id: string, wanted: Partial<NewRound> = {}): NewRound => ({
  id, title: `Putaran ${id}`, regionCode: BANTUL, fromDay: '2026-03-01', toDay: '2026-03-05', sizeKind: 'share', size: 100, riskShare: 50, dueOn: '2026-03-20', items: askedItems(db), ...wanted,
})

// A drawing, asked for and gone through to its end.
export function drawNow(db: Db, id: string, { key = randomUUID(), seed = 'benih', by = rina }: { key?: string, seed?: string, by?: Actor } = {}) {
  as(db, by, (tx) => askDrawing(tx, id, { key }), LATER)
  for (const _ of drawing(db, id, { makeSeed: () => seed }));
}

// A round that stands drawn; of everything from the first week of March, unless wanted otherwise.
export function addRound(db: Db, id: string, wanted: Partial<NewRound> = {}, seed = 'benih') {
  as(db, rina, (tx) => planRound(tx, aRound(db, id, wanted)), LATER)
  drawNow(db, id, { seed })
  return db.select().from(backchecks).where(eq(backchecks.roundId, id)).all()
}

export const backcheckOf = (db: Db, householdId: string) => db.select().from(backchecks).where(eq(backchecks.householdId, householdId)).get()!

export function addFrontPhoto(db: Db, id: string) {
  const sha256 = 'fa'.repeat(32)
  db.insert(files).values({ sha256, mime: 'image/jpeg', bytes: 1, storedAt: LATER }).onConflictDoNothing().run()
  db.insert(attachments).values({ id: `front-${id}`, sha256, regionCode: backcheckById(db, id).regionCode, subject: `backcheck:${id}`, kind: 'front', name: 'depan.jpg', addedBy: 'tono', addedAt: LATER }).onConflictDoNothing().run()
}

const backcheckById = (db: Db, id: string) => db.select().from(backchecks).where(eq(backchecks.id, id)).get()!

// What somebody says who lives as the record has it (see records.ts).
export const TRUE_ANSWERS: Record<string, string> = {
  visitedBefore: 'true', memberCount: '2', memberNames: 'Asep Suryana\nWati Suryani', buildingTenure: '1', floorType: '6', wallType: '1', roofType: '4', toiletUse: '1', floorAreaM2: '36',
  drinkingWater: '6', hasFridge: 'false', hasMotorcycle: 'true', hasCar: 'false', progPkh: 'false', wallCondition: '2', roofCondition: '2',
}

export const told = (revision: number, answers: Record<string, string> = {}, more: Partial<Told> = {}): Told => ({
  key: randomUUID(), revision, meeting: 'met', note: '', coordinate: { latitude: -7.9713, longitude: 110.2217, accuracyM: 10, locatedAt: LATER }, fields: { ...TRUE_ANSWERS, ...answers }, ...more,
})

// The second visit, made by whoever it was given to.
export function revisit(db: Db, officer: Actor, id: string, answers: Record<string, string> = {}, more: Partial<Told> = {}) {
  addFrontPhoto(db, id)
  as(db, officer, (tx) => submitRevisit(tx, id, told(backcheckById(db, id).revision, answers, more)), LATER)
  return backcheckById(db, id)
}
