import type { Answer } from '#test/support/answers.ts'
import { budi, dewi, eko, hadi, joko, mega, nia, oki, PONCOSARI, prita, rina, siti, tono, wawan } from '#test/support/world.ts'

const READERS = [siti, oki, tono, wawan, budi, rina, hadi, prita, mega]
const NEIGHBOURS = [dewi, nia, eko, joko]
const readers = (at?: string): Answer => ({ at, allow: READERS, elsewhere: NEIGHBOURS })

// A field officer sees nobody's page but his own.
const OFFICES: Answer = { allow: [oki, wawan, budi, rina, hadi, prita, mega], elsewhere: [nia, eko, joko] }

export const DASHBOARD_ANSWERS: Record<string, Answer> = {
  'GET /dashboards': readers(), 'GET /dashboards/stages': readers(), 'GET /dashboards/results': readers(), 'GET /dashboards/returns': readers(), 'GET /dashboards/officers': readers(),
  'GET /dashboards/officers/:id': { at: '/dashboards/officers/siti', allow: [siti, wawan, budi, rina, hadi, prita, mega] },
  'GET /monthly': OFFICES, 'GET /monthly/report.csv': OFFICES,
  'GET /dashboards/rows': { at: `/dashboards/rows?region=${PONCOSARI}&stage=submitted&days=7`, allow: READERS },
  'GET /dashboards/:table{[a-z]{1,20}\\.csv}': readers('/dashboards/progress.csv'),
}
