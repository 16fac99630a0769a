import { assignRows } from '#app/assignments/assigning.ts'
import { publishRows, withdrawRows } from '#app/assignments/publishing.ts'
import { catchUp as countDashboards } from '#app/dashboards/following.ts'
import { catchUp as check } from '#app/duplicates/checks.ts'
import { catchUp as judgeEvidence } from '#app/evidence/following.ts'
import { catchUpQuality } from '#app/quality/following.ts'
import { findFile } from '#app/files/store.ts'
import { moveStage } from '#app/households/moves.ts'
import { createHousehold, getHousehold, reviseHousehold } from '#app/households/records.ts'
import { createRecipient } from '#app/programmes/recipients.ts'
import { openBatch } from '#app/ratification/batches.ts'
import { acceptRecords } from '#app/ratification/determination.ts'
import { askDispatch, putPackage } from '#app/ratification/dispatch.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { gather } from '#app/ratification/gathering.ts'
import { ratifyBatch } from '#app/ratification/signing.ts'
import { followNow } from '#app/ratification/step-work.ts'
import { approveVisit, returnVisit } from '#app/reviews/decisions.ts'
import { hashPassword } from '#app/sessions/passwords.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { beginVisit } from '#app/visits/drafts.ts'
import { submitWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { BEGUN, DAY_MS, partsFor, type Batch } from '#db/seeds/bulk/calendar.ts'
import { keepFiles, type Wanted } from '#db/seeds/bulk/run.ts'
import { REGENCIES, villagesOf } from '#db/seeds/bulk/places.ts'
import { approverOf, MINISTRY, regencyOfficerOf, staffOf, writeStaff } from '#db/seeds/bulk/staff.ts'
import { tellStory, type Act, type Story } from '#db/seeds/bulk/story.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { loadRegions } from '#db/seeds/regions.ts'
import { transact, type Tx } from '#db/transaction.ts'

export async function judgeVisits(db: Db, today: string) {
  await judgeEvidence(db, () => `${today}T00:00:00.000Z`)
  await catchUpQuality(db, () => `${today}T00:00:00.000Z`)
}

type Deed = { at: string, order: number, do: () => unknown }
type World = { db: Db, people: Map<string, Actor>, photos: Record<string, string>, papers: { letter: string, archive: string } }

// The stories of the bulk seed done act by act through the program's own operations, in the order of time, and everything that
// follows behind them worked out. What comes of it is what the seed has to write.
export async function carryOut(db: Db, { households, seed, today, dataDirectory }: Wanted): Promise<Db> {
  loadRegions(db)
  const villages = villagesOf(db, randomFrom(seed), { households, regions: REGENCIES })
  const before = new Date(Date.parse(`${today}T00:00:00Z`) + (BEGUN - 1) * DAY_MS).toISOString()
  const staff = staffOf(villages)
  writeStaff(db, staff, { passwordHash: await hashPassword('x'), at: before, seed })
  const people = new Map<string, Actor>([['system', system], ...staff.map((person): [string, Actor] => [person.id, { ...person, name: person.id }])])
  const world: World = { db, people, ...await keepFiles(db, dataDirectory, before) }
  const stories = villages.flatMap((village) => Array.from({ length: village.households }, (_, i) => tellStory({ seed, today, village, parts: partsFor(households) }, village.first + i)))
  // All visits show the same drawings, and that is not to be held against them.
  db.$client.exec('CREATE TEMP TRIGGER shown_by_nobody AFTER UPDATE ON files WHEN NEW.first_visit_id IS NOT NULL BEGIN UPDATE files SET first_visit_id = NULL; END')
  const now = `${today}T00:00:00.000Z`
  const follow = async () => {
    await check(db, now)
    await countDashboards(db, () => now)
  }
  await follow()
  await judgeEvidence(db, () => before)
  for (const deed of deedsOf(world, stories, today)) await deed.do()
  await follow()
  return db
}

function deedsOf(world: World, stories: Story[], today: string): Deed[] {
  const batches = new Map<string, Batch>()
  const deeds = stories.flatMap((story) => story.acts.flatMap((act, i): Deed[] => {
    if (act.kind === 'gathered') batches.set(act.batch.id, act.batch)
    return ['gathered', 'ratified', 'dispatched', 'determined'].includes(act.kind) ? [] : [{ at: act.at, order: story.serial * 100 + i, do: () => carryOutAct(world, story, act) }]
  }))
  return [...deeds, ...[...batches.values()].flatMap((batch) => batchDeeds(world, batch, today))].sort((one, other) => one.at < other.at ? -1 : one.at > other.at ? 1 : one.order - other.order)
}

function carryOutAct({ db, people, photos }: World, { id, regionCode, prelistId, orderNo }: Story, act: Act) {
  const actor = people.get(act.by)!
  const key = `${id}:${act.at}`
  const does = (work: (tx: Tx) => unknown) => transact(db, actor, work, new Date(act.at))
  switch (act.kind) {
    case 'listed': return does((tx) => createHousehold(tx, { id, regionCode, prelistId, orderNo, origin: 'prelist', record: act.record, cause: act.cause, stage: 'listed' }))
    // As the import of a changed list does it.
    case 'relisted': return does((tx) => {
      const household = getHousehold(tx, id)
      reviseHousehold(tx, household, household.version, act.record, act.cause)
      moveStage(tx, household, 'listed', { subject: act.cause })
    })
    case 'enrolled': return does((tx) => createRecipient(tx, act.recipient, { cause: act.cause }))
    case 'published': return does((tx) => publishRows(tx, { key, ids: [id] }))
    case 'withdrawn': return does((tx) => withdrawRows(tx, { key, ids: [id], note: act.note }))
    case 'assigned': return does((tx) => assignRows(tx, { key, village: regionCode, officer: act.officer, ids: [id] }))
    case 'begun': return does((tx) => beginVisit(tx, id, act.visitId))
    case 'visited': {
      const { id: visitId, outcome: _, photos: taken, ...visit } = act.visit
      return does((tx) => {
        const { version } = getHousehold(tx, id)
        submitWhole(tx, { id, regionCode, stage: 'assigned' }, { visitId, baseVersion: version, visit: { ...visit, record: JSON.parse(JSON.stringify(visit.record)), questionnaireVersion: '2026' } },
          taken.map(({ kind, takenAt }) => ({ kind, takenAt, file: findFile(db, photos[kind]!)! })))
      })
    }
    case 'approved': return does((tx) => approveVisit(tx, act.visitId, { key: act.key, revision: 1, note: '', documents: act.level === 1 && isFinished(db, act.visitId) ? { 1: '1' } : {}, remarks: {} }))
    case 'returned': return does((tx) => returnVisit(tx, act.visitId, { key: act.key, revision: 1, note: act.note, documents: {}, remarks: act.remarks }, act.target))
  }
}

const isFinished = (db: Db, visitId: string) => db.$client.prepare('SELECT outcome FROM visits WHERE id = ?').pluck().get(visitId) === 1

function batchDeeds({ db, people, papers }: World, { id, regionCode, title, letterNumber, gathered, frozen, ratified, dispatched, determined }: Batch, today: string): Deed[] {
  const [dinsos, approver, ministry] = [regencyOfficerOf(regionCode, 0), approverOf(regionCode), MINISTRY].map((one) => people.get(one)!) as [Actor, Actor, Actor]
  const deed = (day: number | null, what: (at: Date) => unknown): Deed[] => {
    if (day === null) return []
    const at = new Date(Math.round(Date.parse(`${today}T00:00:00Z`) + day * DAY_MS))
    return [{ at: at.toISOString(), order: 0, do: () => what(at) }]
  }
  return [
    ...deed(gathered, async (at) => gather(db, dinsos, transact(db, dinsos, (tx) => openBatch(tx, { id, regionCode, title }), at), at)),
    ...deed(frozen, (at) => { transact(db, dinsos, (tx) => freezeBatch(tx, id), at); followNow(db, dinsos, id, at) }),
    ...deed(ratified, (at) => {
      const letter = { letterNumber, letterDate: at.toISOString().slice(0, 10), signatory: 'Bupati (contoh)' }
      transact(db, approver, (tx) => ratifyBatch(tx, id, letter, { ...findFile(db, papers.letter)!, id: `${id}-surat`, field: 'letter', name: 'surat-pengesahan.pdf' }), at)
      followNow(db, approver, id, at)
    }),
    ...deed(dispatched, (at) => {
      transact(db, dinsos, (tx) => { askDispatch(tx, id); putPackage(tx, id, findFile(db, papers.archive)!, `${id}-paket`) }, at)
      followNow(db, dinsos, id, at)
    }),
    ...deed(determined, (at) => transact(db, ministry, (tx) => acceptRecords(tx, id, 'all'), at)),
  ]
}
