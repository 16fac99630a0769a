import type { Actor } from '#app/users/actor.ts'
import { agus, aulia, budi, dewi, eko, hadi, joko, mega, nia, oki, PONCOSARI, prita, rina, siti, tono, wawan } from '#test/support/world.ts'

// Who may use which address. Every route of the app must stand here: a new one without an answer fails.
// `at`: the address asked, about things of Bantul. `elsewhere`: those of the neighbouring kabupaten who may use it too,
// because it is about no particular thing. Everybody else is refused (403) or finds nothing (404).
// `fields`: enough of the form that not the form but the right is what answers.
export type Answer = { at?: string, allow: Actor[] | 'anybody' | 'everyone', elsewhere?: Actor[], fields?: Record<string, string> }

const FIELD = [siti, oki, tono]
const CHECKERS = [wawan, budi]
const READERS = [...FIELD, ...CHECKERS, rina, hadi, prita, mega]
const NEIGHBOURS = [dewi, nia, eko, joko]
const EVERYONE = 'everyone' as const

const own = (path: string): Answer => ({ at: path, allow: [siti] })
const VISIT = '/field/asep/visits/draft'
const readers = (at?: string): Answer => at ? { at, allow: READERS } : { allow: READERS, elsewhere: NEIGHBOURS }
const recorders = (at?: string): Answer => at ? { at, allow: FIELD } : { allow: FIELD, elsewhere: [dewi] }
const admin = (at?: string): Answer => ({ at, allow: [agus] })
const importers = (at?: string): Answer => at ? { at, allow: [rina, mega] } : { allow: [rina, mega], elsewhere: [nia] }
const dinsos = (at?: string): Answer => at ? { at, allow: [rina] } : { allow: [rina], elsewhere: [nia] }
const exchangers = (): Answer => ({ allow: [budi, rina], elsewhere: [eko, nia] })
const batch = (path: string, ...allow: Actor[]): Answer => ({ at: `/batches/${path}`, allow })

const DECISION = { key: '00000000-0000-4000-8000-000000000001', revision: '1', note: 'periksa lagi' }

export const ANSWERS: Record<string, Answer> = {
  'GET /healthz': { allow: 'anybody' }, 'GET /session': { allow: 'anybody' }, 'POST /session': { allow: 'anybody' }, 'POST /session/end': { allow: 'anybody' },
  'GET /': { allow: EVERYONE }, 'GET /password': { allow: EVERYONE }, 'POST /password': { allow: EVERYONE },
  'GET /field': { allow: FIELD, elsewhere: [dewi] },
  'GET /worker.js': { allow: 'anybody' },
  'GET /field/device': recorders(), 'GET /field/device/file': recorders(), 'POST /field/device/:action': { ...recorders(), at: '/field/device/sync' },
  'GET /field/:household': own('/field/asep'),
  'POST /field/:household/visits': own('/field/asep/visits'),
  'GET /field/:household/visits/:visit': { at: VISIT, allow: [siti] },
  'GET /field/:household/visits/:visit/photos': own(`${VISIT}/photos`), 'POST /field/:household/visits/:visit/photos': own(`${VISIT}/photos`),
  'POST /field/:household/visits/:visit/location': own(`${VISIT}/location`),
  'GET /field/:household/visits/:visit/review': own(`${VISIT}/review`), 'POST /field/:household/visits/:visit/submission': own(`${VISIT}/submission`),
  'GET /field/:household/visits/:visit/members': own(`${VISIT}/members`),
  'GET /field/:household/visits/:visit/members/:index{[0-9]{1,2}}': own(`${VISIT}/members/0`),
  'POST /field/:household/visits/:visit/members/:index{[0-9]{1,2}}': own(`${VISIT}/members/0`),
  'POST /field/:household/visits/:visit/:roster/rows': own(`${VISIT}/children/rows`),
  'POST /field/:household/visits/:visit/:roster/rows/:index{[0-9]{1,2}}/removal': own(`${VISIT}/children/rows/0/removal`),
  'GET /field/:household/visits/:visit/:section': own(`${VISIT}/housing`), 'POST /field/:household/visits/:visit/:section': own(`${VISIT}/housing`),
  'GET /devices': { allow: [...CHECKERS, rina, agus], elsewhere: [eko, nia] }, 'POST /devices': recorders(),
  'GET /devices/:id/:user': { at: '/devices/phone/siti', allow: [...CHECKERS, rina, agus] },
  'POST /devices/:id/:user/revocation': { at: '/devices/phone/siti/revocation', allow: [rina, agus], fields: { note: 'HP hilang' } },
  'POST /devices/:id/:user/restoration': { at: '/devices/phone/siti/restoration', allow: [rina, agus] },
  'GET /deliveries': { allow: [...CHECKERS, rina], elsewhere: [eko, nia] }, 'GET /deliveries/:id/case': { at: '/deliveries/held/case', allow: [...CHECKERS, rina] },
  'POST /deliveries/:id/settlement': { at: '/deliveries/held/settlement', allow: [...CHECKERS, rina], fields: { key: DECISION.key, decision: 'close', seen: '', note: 'keliru' } },
  'GET /deliveries/:id': own('/deliveries/held'), 'PATCH /deliveries/:id/photos/:kind': own('/deliveries/held/photos/F-KTP'),
  'PUT /deliveries/:id': { ...recorders(), at: `/deliveries/${DECISION.key}` }, 'POST /deliveries/:id/bundle': { ...recorders(), at: `/deliveries/${DECISION.key}/bundle` },
  'GET /files/deliveries/:id/:kind': { at: '/files/deliveries/held/F-KTP', allow: [...CHECKERS, rina] },
  'GET /packs/current': { ...recorders(), at: `/packs/current?device=${DECISION.key}` }, 'GET /packs/changes': { ...recorders(), at: `/packs/changes?device=${DECISION.key}&since=0` },
  'GET /musdes': readers(), 'GET /musdes/new': recorders(), 'POST /musdes': recorders(),
  'GET /musdes/:id': readers('/musdes/musdes'), 'GET /musdes/:id/minutes': readers('/musdes/musdes/minutes'),
  'POST /musdes/:id/papers': recorders('/musdes/musdes/papers'), 'GET /musdes/:id/results': readers('/musdes/musdes/results'),
  'POST /musdes/:id/results': recorders('/musdes/musdes/results'), 'GET /musdes/:id/proposals/new': recorders('/musdes/musdes/proposals/new'),
  'POST /musdes/:id/proposals': recorders('/musdes/musdes/proposals'),
  'GET /reviews': { allow: [...CHECKERS, rina], elsewhere: [eko, nia] }, 'GET /reviews/next': { allow: [...CHECKERS, rina], elsewhere: [eko, nia] },
  'POST /reviews/bulk-approval': { allow: [...CHECKERS, rina], elsewhere: [eko, nia] },
  'GET /reviews/:visitId': { at: '/reviews/visit-ujang', allow: [...CHECKERS, rina] },
  'POST /reviews/:visitId/approval': { at: '/reviews/visit-ujang/approval', allow: [...CHECKERS, rina], fields: DECISION },
  'POST /reviews/:visitId/return': { at: '/reviews/visit-ujang/return', allow: [...CHECKERS, rina], fields: DECISION },
  'GET /prelist': { allow: [budi, rina, mega], elsewhere: [eko, nia] },
  'GET /prelist/rows': { at: `/prelist/rows?village=${PONCOSARI}`, allow: [budi, rina, mega] },
  'POST /prelist/publication': dinsos(), 'POST /prelist/withdrawal': dinsos(),
  'POST /prelist/assignment': { allow: [budi, rina], elsewhere: [eko, nia] }, 'POST /prelist/revocation': importers(),
  'GET /prelist/available': recorders(), 'POST /prelist/taking': recorders(), 'POST /prelist/release': recorders(),
  'GET /prelist/print': { at: `/prelist/print?village=${PONCOSARI}`, allow: [...FIELD, ...CHECKERS, rina] },
  'GET /imports': importers(), 'GET /imports/new': importers(), 'GET /imports/template.csv': importers(), 'POST /imports': importers(),
  'GET /imports/:id': importers('/imports/import'), 'GET /imports/:id/errors.csv': importers('/imports/import/errors.csv'),
  'POST /imports/:id/confirmation': importers('/imports/import/confirmation'), 'POST /imports/:id/discard': importers('/imports/import/discard'),
  'POST /imports/:id/rereading': { ...importers('/imports/import/rereading'), fields: { key: DECISION.key } },
  'GET /exchange': exchangers(), 'POST /exchange': exchangers(), 'GET /exchange/runs/:id': { at: '/exchange/runs/run', allow: [rina] },
  'GET /exchange/packages': exchangers(), 'POST /exchange/packages': exchangers(), 'GET /exchange/packages/:id': { at: '/exchange/packages/package', allow: [rina] },
  'GET /exchange/packages/:id/file': { at: '/exchange/packages/package/file', allow: [rina] }, 'POST /exchange/packages/:id/removal': { at: '/exchange/packages/package/removal', allow: [rina] },
  'GET /exchange/changes': exchangers(), 'POST /exchange/changes': exchangers(), 'GET /exchange/changes/:part{[1-9][0-9]{0,3}}': { ...exchangers(), at: '/exchange/changes/1' },
  'GET /batches': { allow: [rina, hadi, prita, mega], elsewhere: [nia, joko] }, 'POST /batches': dinsos(),
  'GET /batches/:id': batch('dispatched', rina, hadi, prita, mega), 'GET /batches/:id/items': batch('dispatched/items', rina, hadi, prita, mega),
  'GET /batches/:id/minutes.pdf': batch('dispatched/minutes.pdf', rina, hadi, prita, mega), 'GET /batches/:id/names.pdf': batch('dispatched/names.pdf', rina, hadi, prita, mega),
  'POST /batches/:id/gathering': batch('frozen/gathering', rina), 'POST /batches/:id/items/:household/removal': { ...batch('frozen/items/verified/removal', rina), fields: { note: 'keliru' } },
  'POST /batches/:id/failing-removal': batch('frozen/failing-removal', rina), 'POST /batches/:id/freeze': batch('frozen/freeze', rina),
  'POST /batches/:id/cancellation': { ...batch('frozen/cancellation', rina), fields: { note: 'keliru' } }, 'POST /batches/:id/ratification': batch('frozen/ratification', hadi),
  'POST /batches/:id/dispatch': batch('frozen/dispatch', rina), 'POST /batches/:id/acceptance': batch('dispatched/acceptance', mega),
  'POST /batches/:id/return': batch('dispatched/return', mega),
  'GET /households': readers(), 'GET /households/:id': readers('/households/asep'), 'GET /households/:id/versions': readers('/households/asep/versions'),
  'GET /households/:id/versions/:version': readers('/households/asep/versions/1'),
  'GET /files/attachments/:id': readers('/files/attachments/paper'), 'GET /files/visits/:id/:kind': readers('/files/visits/visit-ujang/F-KTP'),
  'GET /users': admin(), 'GET /users/new': admin(), 'POST /users': admin(), 'GET /users/:id': admin('/users/siti'), 'GET /users/:id/placement': admin('/users/siti/placement'),
  'POST /users/:id/placement': admin('/users/siti/placement'), 'POST /users/:id/suspension': admin('/users/siti/suspension'),
  'POST /users/:id/restoration': admin('/users/siti/restoration'), 'POST /users/:id/password': admin('/users/siti/password'),
  'GET /regions': { allow: EVERYONE }, 'GET /regions/children': { allow: EVERYONE }, 'GET /regions/:code': { at: '/regions/34.02', allow: EVERYONE },
  'GET /regions/:code/children': { at: '/regions/34.02/children', allow: EVERYONE },
  'POST /regions/:code/bps-code': admin('/regions/34.02/bps-code'), 'POST /regions/:code/changes': admin('/regions/34.02/changes'),
  'GET /audit': { allow: [agus, aulia] }, 'POST /audit/verification': { allow: [agus, aulia] },
}
