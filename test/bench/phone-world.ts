import { newId } from '#app/ids.ts'
import { beginVisit } from '#app/visits/drafts.ts'
import type { Db } from '#db/connection.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, siti } from '#test/support/world.ts'

// An officer with tasks in hand and visits that wait in the queue of her coordinator.
export const TASKS = 60
const QUEUE = 60
const TODAY = '2026-11-24'
export const BEGUN = newId()

// The first of her households has a visit begun, with the optional page.
export function giveTasks(db: Db) {
  const random = randomFrom(8)
  const home = (serial: number) => makeHousehold(random, { regionCode: '34.02.01.2001', serial, today: TODAY })
  for (let n = 0; n < TASKS; n++) addHousehold(db, n === 0 ? BEGUN : newId(), { officer: siti, stage: 'assigned', record: home(n), prelistId: `99siti${n}` })
  for (let n = 0; n < QUEUE; n++) addVisit(db, addHousehold(db, newId(), { officer: siti, stage: 'assigned', record: home(TASKS + n), prelistId: `99queue${n}` }), siti, { photos: true })
  transact(db, siti, (tx) => beginVisit(tx, BEGUN, BEGUN))
  db.$client.exec("UPDATE visits SET questionnaire_version = '2026-dtsen' WHERE status = 'draft'")
}

export const VISIT = `/field/${BEGUN}/visits/${BEGUN}`
const SECTIONS = ['respondent', 'place', 'families', 'housing', 'members', 'members/0', 'children', 'assets', 'businesses', 'dtsen', 'photos', 'review']
// Every page of the field.
export const PAGES = ['/field', '/field?tab=sent', `/field/${BEGUN}`, ...SECTIONS.map((section) => `${VISIT}/${section}`)]
export const nameOf = (path: string) => path.replace(VISIT, '').replace(BEGUN, ':id').replace(/^\/(?!field)/, '')

// Every movement of what was there already, from the first stroke on, except in answer to a finger.
export const WATCH = `self.shift = 0; self.moved = []
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (entry.hadRecentInput) return
  self.shift += entry.value
  self.moved.push(...entry.sources.map(({ node, previousRect, currentRect }) => [node && (node.id || node.className || node.nodeName), previousRect, currentRect].map((one) => one && one.toJSON ? [one.x, one.y, one.width, one.height].map(Math.round).join() : String(one)).join(' ')))
})).observe({ type: 'layout-shift', buffered: true })`
