import type { Actor } from '#app/users/actor.ts'
import type { Answer } from '#test/support/answers.ts'
import { agus, budi, dewi, eko, hadi, joko, mega, nia, oki, prita, rina, siti, tono, wawan } from '#test/support/world.ts'

// Who may use the addresses of revisits, monitoring forms and tasks.
const KEY = '00000000-0000-4000-8000-000000000001'
const READERS = [wawan, budi, rina, prita, mega]
const WATCHERS = [wawan, budi, rina, prita]
const VISITORS = [siti, oki, tono, wawan, budi]

const readers = (path?: string): Answer => path ? { at: path, allow: READERS } : { allow: READERS, elsewhere: [eko, nia] }
const planners = (path: string, fields?: Record<string, string>): Answer => ({ at: `/backchecks/${path}`, allow: [rina, mega], ...(fields && { fields }) })
const task = (path: string, allow: Actor[], fields: Record<string, string> = {}): Answer => ({ at: `/tasks/task${path}`, allow, fields: { key: KEY, revision: '1', ...fields } })
const GIVERS = [wawan, budi, rina, prita, mega]

export const OVERSIGHT_ANSWERS: Record<string, Answer> = {
  'GET /backchecks': readers(), 'GET /backchecks/new': { allow: [rina, mega], elsewhere: [nia] }, 'POST /backchecks': { allow: [rina, mega], elsewhere: [nia] },
  'GET /backchecks/results': readers(), 'GET /backchecks/results/:table{(?:fields|officers|villages)\\.csv}': { ...readers(), at: '/backchecks/results/fields.csv' },
  'GET /backchecks/items': { allow: [mega, agus] }, 'POST /backchecks/items': { allow: [mega, agus], fields: { key: KEY } },
  'GET /backchecks/:id': readers('/backchecks/round'), 'POST /backchecks/:id/drawing': planners('planned/drawing', { key: KEY }),
  'POST /backchecks/:id/ending': planners('round/ending', { key: KEY, status: 'closed', note: 'cukup' }), 'GET /backchecks/:id/draw': readers('/backchecks/round/draw'),
  'GET /backchecks/:id/frame.csv': { at: '/backchecks/round/frame.csv', allow: [rina, prita, mega] },
  'GET /backchecks/mine': { allow: VISITORS, elsewhere: [dewi, eko] }, 'GET /backchecks/mine/:id': { at: '/backchecks/mine/round.1', allow: [tono] },
  'POST /backchecks/mine/:id': { at: '/backchecks/mine/round.1', allow: [tono] },
  'GET /backchecks/visits/:id': readers('/backchecks/visits/round.2'), 'POST /backchecks/visits/:id/assignment': { at: '/backchecks/visits/round.1/assignment', allow: [budi, rina, mega], fields: { key: KEY, revision: '1', officerId: 'oki' } },
  'POST /backchecks/visits/:id/judgement': { at: '/backchecks/visits/round.2/judgement', allow: [budi, rina], fields: { key: KEY, revision: '2', note: '', 'verdict.floorType': 'officer_wrong' } },
  'GET /monitoring': readers(), 'GET /monitoring/summary': readers(), 'GET /monitoring/list.csv': readers(),
  'GET /monitoring/new': { allow: WATCHERS, elsewhere: [eko, nia] }, 'POST /monitoring': { allow: WATCHERS, elsewhere: [eko, nia] },
  'GET /monitoring/:id': readers('/monitoring/sheet'), 'POST /monitoring/:id/withdrawal': { at: '/monitoring/sheet/withdrawal', allow: [budi, rina], fields: { key: KEY, note: 'keliru' } },
  'GET /tasks': { allow: [siti, oki, tono, wawan, budi, rina, hadi, prita, mega], elsewhere: [dewi, nia, eko, joko] },
  'GET /tasks/new': { allow: GIVERS, elsewhere: [eko, nia] }, 'POST /tasks': { allow: GIVERS, elsewhere: [eko, nia] },
  'GET /tasks/:id': task('', [siti, ...GIVERS]), 'POST /tasks/:id/step': task('/step', [siti], { status: 'working' }),
  'POST /tasks/:id/handing': task('/handing', GIVERS, { assigneeId: 'oki', dueOn: '2026-03-20' }), 'POST /tasks/:id/notes': task('/notes', [siti, ...GIVERS], { note: 'dilihat' }),
}
