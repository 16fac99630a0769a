import type { Answer } from '#test/support/answers.ts'
import { budi, dewi, eko, mega, nia, oki, prita, rina, siti, tono, wawan } from '#test/support/world.ts'

// Who may use the pages of officers and reviewers: those who lead them in the region, and each his own.
const LEADERS = [wawan, budi, rina, prita, mega]
const OFFICES = [rina, prita, mega]
const leaders = (): Answer => ({ allow: LEADERS, elsewhere: [eko, nia] })
const offices = (): Answer => ({ allow: OFFICES, elsewhere: [nia] })

export const QUALITY_ANSWERS: Record<string, Answer> = {
  'GET /officers': leaders(), 'GET /officers/list.csv': leaders(), 'GET /officers/mine': { allow: [siti, oki, tono], elsewhere: [dewi] },
  'GET /officers/:id': { at: '/officers/siti', allow: [siti, ...LEADERS] }, 'GET /officers/:id/durations.csv': { at: '/officers/siti/durations.csv', allow: [siti, ...LEADERS] },
  'POST /officers/mine/answers': { allow: [siti], fields: { key: '00000000-0000-4000-8000-000000000009', visit: 'visit-ujang', code: 'night', text: 'Warga pulang malam.' } },
  'GET /reviewers': offices(), 'GET /reviewers/list.csv': offices(), 'GET /reviewers/mine': { allow: [wawan, budi, rina], elsewhere: [eko, nia] },
  'GET /reviewers/:id': { at: '/reviewers/budi', allow: [budi, ...OFFICES] }, 'GET /reviewers/:id/days.csv': { at: '/reviewers/budi/days.csv', allow: [budi, ...OFFICES] },
}
