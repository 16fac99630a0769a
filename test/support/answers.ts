import { codeFrom } from '#app/reports/codes.ts'
import type { Actor } from '#app/users/actor.ts'
import { agus, aulia, budi, dewi, eko, hadi, joko, mega, nia, oki, PONCOSARI, prita, rina, siti, tono, wawan } from '#test/support/world.ts'
import { ACCESS_ANSWERS } from '#test/support/access-answers.ts'
import { OVERSIGHT_ANSWERS } from '#test/support/oversight-answers.ts'
import { DASHBOARD_ANSWERS } from '#test/support/dashboard-answers.ts'
import { ELIGIBILITY_ANSWERS } from '#test/support/eligibility-answers.ts'
import { AFTER, BEFORE, PREVIEWED } from '#test/support/desil.ts'
import { PAYMENT_ANSWERS } from '#test/support/payment-answers.ts'
import { LOCAL_ANSWERS } from '#test/support/local.ts'
import { PROGRAMME_ANSWERS } from '#test/support/programme-answers.ts'
import { PROTECTION_ANSWERS } from '#test/support/protection-answers.ts'
import { QUALITY_ANSWERS } from '#test/support/quality-answers.ts'
import { ABSENCE, CERTIFICATE } from '#test/support/certificates.ts'
import { LOST_PHOTO } from '#test/support/held.ts'
import { REPORT_CODE } from '#test/support/reports.ts'

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
// A run of matching is the kabupaten's: who works in a part of it sees its results, not the run.
const readersOfRegency = (at: string): Answer => ({ at, allow: [rina, hadi, prita, mega] })
const DESA = ':desa{[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}}'
const FINDING = '/findings/:id{[0-9]{1,12}}'
const recorders = (at?: string): Answer => at ? { at, allow: FIELD } : { allow: FIELD, elsewhere: [dewi] }
const proposers = (): Answer => ({ allow: [...FIELD, rina], elsewhere: [dewi, nia] })
const admin = (at?: string): Answer => ({ at, allow: [agus] })
const importers = (at?: string): Answer => at ? { at, allow: [rina, mega] } : { allow: [rina, mega], elsewhere: [nia] }
const dinsos = (at?: string): Answer => at ? { at, allow: [rina] } : { allow: [rina], elsewhere: [nia] }
const DESIL_READERS = [oki, ...CHECKERS, rina, hadi, prita, mega]
const programmes = (): Answer => ({ allow: DESIL_READERS, elsewhere: [eko, nia, joko] })
const desil = (path: string): Answer => ({ at: `/dtsen/${path}`, allow: DESIL_READERS, elsewhere: [eko, nia, joko] })
const exchangers = (): Answer => ({ allow: [budi, rina], elsewhere: [eko, nia] })
const batch = (path: string, ...allow: Actor[]): Answer => ({ at: `/batches/${path}`, allow })

// Usul and sanggah: the desa, the kecamatan, Dinsos.
const ANSWERERS = [oki, budi, rina]
const report = (path: string): Answer => ({ at: `/reports/report${path}`, allow: ANSWERERS, fields: { key: '00000000-0000-4000-8000-000000000001', revision: '1', text: 'periksa' } })

const OFFICES = [rina, hadi, prita, mega]
const period = (path: string, ...allow: Actor[]): Answer => ({ at: `/periods/${path}`, allow: allow.length ? allow : OFFICES })
const PAIR = 'from=before&to=after'

// Whoever reads households may carry them out, but for the field officers.
const EXPORTERS = [oki, ...CHECKERS, rina, hadi, prita, mega]

const DECISION = { key: '00000000-0000-4000-8000-000000000001', revision: '1', note: 'periksa lagi' }

export const ANSWERS: Record<string, Answer> = {
  ...PROGRAMME_ANSWERS,
  ...LOCAL_ANSWERS,
  ...DASHBOARD_ANSWERS,
  ...PAYMENT_ANSWERS,
  ...QUALITY_ANSWERS,
  ...PROTECTION_ANSWERS,
  ...OVERSIGHT_ANSWERS,
  'GET /healthz': { allow: 'anybody' }, 'GET /readyz': { allow: 'anybody' }, 'GET /metrics': { allow: 'anybody' }, 'GET /alarmz': { allow: 'anybody' }, 'GET /operation': { allow: [agus] }, 'POST /operation/backup': { allow: [agus] }, 'POST /operation/clock': { allow: [agus] }, 'GET /session': { allow: 'anybody' }, 'POST /session': { allow: 'anybody' }, 'POST /session/end': { allow: 'anybody' },
  'GET /': { allow: EVERYONE }, 'GET /guide': { allow: EVERYONE }, 'GET /password': { allow: EVERYONE }, 'POST /password': { allow: EVERYONE },
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
  'GET /devices/photos': { allow: [...CHECKERS, rina, agus], elsewhere: [eko, nia] },
  'POST /devices/:id/:user/revocation': { at: '/devices/phone/siti/revocation', allow: [rina, agus], fields: { note: 'HP hilang' } },
  'POST /devices/:id/:user/restoration': { at: '/devices/phone/siti/restoration', allow: [rina, agus] },
  'GET /deliveries': { allow: [...CHECKERS, rina], elsewhere: [eko, nia] }, 'GET /deliveries/:id/case': { at: '/deliveries/held/case', allow: [...CHECKERS, rina] },
  'POST /deliveries/:id/settlement': { at: '/deliveries/held/settlement', allow: [...CHECKERS, rina], fields: { key: DECISION.key, decision: 'close', seen: '', note: 'keliru' } },
  'POST /deliveries/lost': recorders(), 'GET /deliveries/lost/:sha256': own(`/deliveries/lost/${LOST_PHOTO}`), 'PATCH /deliveries/lost/:sha256': own(`/deliveries/lost/${LOST_PHOTO}`),
  'GET /deliveries/:id': own('/deliveries/held'), 'PATCH /deliveries/:id/photos/:kind': own('/deliveries/held/photos/F-KTP'),
  'PUT /deliveries/:id': { ...recorders(), at: `/deliveries/${DECISION.key}` }, 'POST /deliveries/:id/bundle': { ...recorders(), at: `/deliveries/${DECISION.key}/bundle` },
  'GET /files/deliveries/:id/:kind': { at: '/files/deliveries/held/F-KTP', allow: [...CHECKERS, rina] },
  'GET /packs/current': { ...recorders(), at: `/packs/current?device=${DECISION.key}` }, 'GET /packs/changes': { ...recorders(), at: `/packs/changes?device=${DECISION.key}&since=0` },
  'GET /musdes': readers(), 'GET /musdes/new': recorders(), 'GET /musdes/attendance-list': recorders(), 'POST /musdes': recorders(),
  'GET /musdes/:id': readers('/musdes/musdes'), 'GET /musdes/:id/minutes': readers('/musdes/musdes/minutes'),
  'GET /musdes/:id/correction': recorders('/musdes/musdes/correction'), 'POST /musdes/:id/correction': recorders('/musdes/musdes/correction'),
  'POST /musdes/:id/papers': recorders('/musdes/musdes/papers'), 'GET /musdes/:id/results': readers('/musdes/musdes/results'),
  'POST /musdes/:id/results': recorders('/musdes/musdes/results'), 'GET /musdes/:id/proposals/new': recorders('/musdes/musdes/proposals/new'),
  'POST /musdes/:id/proposals': recorders('/musdes/musdes/proposals'),
  'GET /proposals': readers(), 'GET /proposals/new': proposers(), 'GET /proposals/new/:kind': { allow: [...FIELD, rina], at: '/proposals/new/death?household=asep' },
  'GET /proposals/lookup': { allow: [oki, rina], elsewhere: [nia] }, 'POST /proposals/lookup': { allow: [oki, rina], elsewhere: [nia], fields: { key: '00000000-0000-4000-8000-000000000001', kind: 'marriage', number: '' } },
  'POST /proposals': proposers(), 'GET /proposals/:id': { at: '/proposals/submitted', allow: READERS.filter((who) => who !== mega) },
  'GET /proposals/held': readers(), 'POST /proposals/:id/found': { at: '/proposals/prepared/found', allow: [...FIELD, ...CHECKERS, rina], fields: { ...DECISION, note: 'ditemui di rumahnya' } },
  'GET /proposals/:id/edit': { at: '/proposals/returned/edit', allow: [siti] },
  'POST /proposals/:id/approval': { at: '/proposals/submitted/approval', allow: [...CHECKERS, rina, oki], fields: DECISION }, 'POST /proposals/:id/return': { at: '/proposals/submitted/return', allow: [...CHECKERS, rina, oki], fields: DECISION },
  'POST /proposals/:id/rejection': { at: '/proposals/submitted/rejection', allow: [...CHECKERS, rina], fields: DECISION },
  'POST /proposals/:id/withdrawal': { at: '/proposals/returned/withdrawal', allow: [siti, rina], fields: DECISION },
  'GET /reasons': admin(), 'POST /reasons': admin(), 'POST /reasons/ending': { ...admin(), fields: { kind: 'death', code: 'meninggal', validFrom: '2013-12-24', validTo: '2026-12-01' } },
  'GET /reviews': { allow: [...CHECKERS, rina], elsewhere: [eko, nia] }, 'GET /reviews/next': { allow: [...CHECKERS, rina], elsewhere: [eko, nia] },
  'GET /reviews/:visitId': { at: '/reviews/visit-ujang', allow: [...CHECKERS, rina] },
  'POST /reviews/:visitId/approval': { at: '/reviews/visit-ujang/approval', allow: [...CHECKERS, rina], fields: DECISION },
  'POST /reviews/:visitId/return': { at: '/reviews/visit-ujang/return', allow: [...CHECKERS, rina], fields: DECISION },
  'GET /numbers': { allow: [oki, ...CHECKERS, rina], elsewhere: [eko, nia] }, 'GET /numbers/print': { allow: [oki, rina], elsewhere: [nia] }, 'GET /numbers/:household': { at: '/numbers/waiting', allow: [oki, rina] },
  'POST /numbers/:household': { at: '/numbers/waiting', allow: [oki, rina], fields: { 'id': DECISION.key, 'revision': '1', 'families.0.kkNumber': '9902010112260301' } },
  'POST /numbers/:household/return': { at: '/numbers/waiting/return', allow: [rina], fields: { key: DECISION.key, note: 'KK ada' } },
  'GET /certificates': { allow: ANSWERERS, elsewhere: [eko, nia] }, 'GET /certificates/new': { at: '/certificates/new?household=registered', allow: [oki, rina] },
  'POST /certificates': { allow: [oki, rina], fields: { household: 'registered' } }, 'GET /certificates/:id': { at: `/certificates/${CERTIFICATE}`, allow: ANSWERERS },
  'GET /certificates/absent': { allow: ANSWERERS, elsewhere: [eko, nia] }, 'GET /certificates/absent/new': { allow: [oki, rina], elsewhere: [nia] }, 'POST /certificates/absent': { allow: [oki, rina], elsewhere: [nia] },
  'GET /certificates/absent/:id': { at: `/certificates/absent/${ABSENCE}`, allow: ANSWERERS }, 'GET /certificates/absent/:id/print': { at: `/certificates/absent/${ABSENCE}/print`, allow: ANSWERERS },
  'POST /certificates/absent/:id/revocation': { at: `/certificates/absent/${ABSENCE}/revocation`, allow: [oki, rina], fields: { note: 'salah orang' } },
  'GET /certificates/:id/print': { at: `/certificates/${CERTIFICATE}/print`, allow: ANSWERERS },
  'POST /certificates/:id/revocation': { at: `/certificates/${CERTIFICATE}/revocation`, allow: [oki, rina], fields: { note: 'salah orang' } },
  'GET /cek/surat': { allow: 'anybody' }, 'POST /cek/surat': { allow: 'anybody', fields: { code: codeFrom(CERTIFICATE) } },
  'GET /cek': { allow: 'anybody' }, 'POST /cek': { allow: 'anybody' }, 'GET /cek/children': { at: '/cek/children?above=1&region=34', allow: 'anybody' },
  'GET /lapor': { allow: 'anybody' }, 'POST /lapor': { allow: 'anybody' }, 'GET /lapor/new': { allow: 'anybody' },
  'POST /lapor/tracking': { at: '/lapor/tracking', allow: 'anybody', fields: { code: REPORT_CODE } }, 'GET /lapor/:code': { at: `/lapor/${REPORT_CODE}`, allow: 'anybody' },
  'POST /lapor/:code/messages': { at: `/lapor/${REPORT_CODE}/messages`, allow: 'anybody' }, 'POST /lapor/:code/withdrawal': { at: `/lapor/${REPORT_CODE}/withdrawal`, allow: 'anybody' },
  'GET /reports': { allow: ANSWERERS, elsewhere: [eko, nia] }, 'GET /reports/times': { allow: ANSWERERS, elsewhere: [eko, nia] }, 'GET /reports/usage': admin(),
  'GET /reports/settings': admin(), 'POST /reports/settings/terms': admin(), 'POST /reports/settings/templates': admin(),
  'POST /reports/settings/templates/:code/retirement': admin('/reports/settings/templates/minta_foto/retirement'),
  'GET /reports/:id': report(''), 'GET /files/reports/:id/:position': { ...report(''), at: '/files/reports/report/1' },
  'POST /reports/:id/examination': report('/examination'), 'POST /reports/:id/question': report('/question'), 'POST /reports/:id/answer': report('/answer'),
  'POST /reports/:id/closing': report('/closing'), 'POST /reports/:id/raising': report('/raising'), 'POST /reports/:id/notes': report('/notes'),
  'POST /reports/:id/household': report('/household'),
  'GET /prelist': { allow: [budi, rina, mega], elsewhere: [eko, nia] },
  'GET /prelist/rows': { at: `/prelist/rows?village=${PONCOSARI}`, allow: [budi, rina, mega] },
  'POST /prelist/withdrawal': dinsos(), 'POST /prelist/reinstatement': dinsos(),
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
  'GET /batches/:id/progress': batch('dispatched/progress', rina, hadi, prita, mega), 'POST /batches/:id/continuation': batch('dispatched/continuation', rina, hadi, prita, mega),
  'GET /batches/:id/proposals': batch('dispatched/proposals', rina, hadi, prita, mega), 'POST /batches/:id/proposals/acceptance': batch('dispatched/proposals/acceptance', mega),
  'POST /batches/:id/proposals/return': batch('dispatched/proposals/return', mega), 'POST /batches/:id/proposals/:proposal/removal': { ...batch('frozen/proposals/submitted/removal', rina), fields: { note: 'keliru' } },
  'GET /batches/:id/items/:household': batch('dispatched/items/sent', rina, hadi, prita, mega),
  'POST /batches/:id/gathering': batch('frozen/gathering', rina), 'POST /batches/:id/items/:household/removal': { ...batch('frozen/items/verified/removal', rina), fields: { note: 'keliru' } },
  'POST /batches/:id/failing-removal': batch('frozen/failing-removal', rina), 'POST /batches/:id/freeze': batch('frozen/freeze', rina),
  'POST /batches/:id/cancellation': { ...batch('frozen/cancellation', rina), fields: { note: 'keliru' } }, 'POST /batches/:id/ratification': batch('frozen/ratification', hadi),
  'POST /batches/:id/dispatch': batch('frozen/dispatch', rina), 'POST /batches/:id/acceptance': batch('dispatched/acceptance', mega),
  'POST /batches/:id/return': batch('dispatched/return', mega), 'POST /batches/:id/answer': batch('dispatched/answer', rina, mega),
  'GET /periods': { allow: OFFICES, elsewhere: [nia, joko] }, 'GET /periods/new': { allow: [mega] }, 'POST /periods': { allow: [mega] },
  'GET /periods/:id': period('open'), 'POST /periods/:id/own-cutoff': { ...period('open/own-cutoff', rina), fields: { cutoffOn: '2126-03-10' } },
  'GET /periods/:id/edit': period('open/edit', mega), 'POST /periods/:id/revision': period('open/revision', mega),
  'POST /periods/:id/cutting': period('open/cutting', mega), 'POST /periods/:id/closing': period('open/closing', mega),
  'GET /periods/:id/snapshot': period('before/snapshot'), 'POST /periods/:id/snapshot/check': { ...period('before/snapshot/check'), fields: { key: DECISION.key } },
  'GET /periods/compare': period(`compare?${PAIR}`), 'POST /periods/comparisons': { ...period('comparisons'), fields: { from: 'before', to: 'after' } },
  'GET /periods/compare/rows': period(`compare/rows?${PAIR}&region=${PONCOSARI}`), 'GET /periods/compare/difference.csv': period(`compare/difference.csv?${PAIR}`),
  'GET /dtsen': { allow: [...DESIL_READERS, agus], elsewhere: [eko, nia, joko] }, 'GET /dtsen/distribution.csv': desil('distribution.csv'), 'GET /dtsen/movement': desil('movement'), 'POST /dtsen/movement': { allow: DESIL_READERS, at: '/dtsen/movement', fields: { from: BEFORE, to: AFTER } },
  'GET /dtsen/movement.csv': desil('movement.csv'), 'GET /dtsen/movement/rows': { at: `/dtsen/movement/rows?from=${BEFORE}&to=${AFTER}&was=1&is=3`, allow: DESIL_READERS },
  'GET /dtsen/coverage': desil('coverage'), 'GET /dtsen/coverage.csv': desil('coverage.csv'), 'GET /dtsen/missing': desil('missing'), 'GET /dtsen/rows': desil('rows'),
  'GET /dtsen/snapshots': importers(), 'GET /dtsen/snapshots/new': importers(), 'GET /dtsen/snapshots/template.csv': importers(), 'POST /dtsen/snapshots': importers(),
  'GET /dtsen/snapshots/:id': importers(`/dtsen/snapshots/${PREVIEWED}`), 'GET /dtsen/snapshots/:id/errors.csv': importers(`/dtsen/snapshots/${PREVIEWED}/errors.csv`),
  'POST /dtsen/snapshots/:id/confirmation': importers(`/dtsen/snapshots/${PREVIEWED}/confirmation`), 'POST /dtsen/snapshots/:id/discard': importers(`/dtsen/snapshots/${PREVIEWED}/discard`),
  'GET /dtsen/extension': admin(), 'POST /dtsen/extension': admin(), 'POST /dtsen/extension/:id/ending': admin('/dtsen/extension/extension/ending'),
  'GET /households': readers(), 'GET /households/:id': readers('/households/asep'), 'GET /households/:id/versions': readers('/households/asep/versions'),
  'GET /households/:id/versions/:version': readers('/households/asep/versions/1'), 'GET /households/:id/life': readers('/households/asep/life'),
  'GET /map': readers(), 'GET /map/places.csv': readers(),
  'GET /matching': readers(), 'GET /matching/people': readers(), 'GET /matching/new': importers(), 'POST /matching': importers(), 'POST /matching/retrying': importers(),
  'GET /matching/:id': readersOfRegency('/matching/match-run'), 'GET /matching/:id/questions.csv': importers('/matching/match-run/questions.csv'),
  'GET /matching/:id/questions.xlsx': importers('/matching/match-run/questions.xlsx'), 'POST /matching/:id/answers': importers('/matching/match-run/answers'),
  'POST /matching/:id/cancellation': importers('/matching/match-run/cancellation'), 'GET /matching/answers/:id': importers('/matching/answers/match-answers'),
  'GET /matching/answers/:id/errors.csv': importers('/matching/answers/match-answers/errors.csv'), 'POST /matching/answers/:id/confirmation': importers('/matching/answers/match-answers/confirmation'),
  'POST /matching/answers/:id/discard': importers('/matching/answers/match-answers/discard'),
  'GET /rescue': readers(), [`GET /rescue/${DESA}`]: readers(`/rescue/${PONCOSARI}`), [`GET /rescue/${DESA}/print`]: readers(`/rescue/${PONCOSARI}/print`),
  'GET /files/attachments/:id': readers('/files/attachments/paper'), 'GET /files/visits/:id/:kind': { at: '/files/visits/visit-ujang/F-KTP', allow: READERS.filter((who) => who !== prita) },
  'GET /exports': { allow: [...EXPORTERS, agus, aulia], elsewhere: [nia, eko, joko] }, 'GET /exports/new': { at: '/exports/new?list=households', allow: EXPORTERS, elsewhere: [nia, eko, joko] },
  'POST /exports': { allow: [...EXPORTERS, agus, aulia], elsewhere: [nia, eko, joko] }, 'GET /exports/:id': { at: '/exports/export', allow: [rina, aulia] },
  'GET /exports/:id/record': { at: '/exports/export/record', allow: [rina, aulia] }, 'GET /exports/:id/file': { at: '/exports/export/file', allow: [rina] },
  'POST /exports/:id/removal': { at: '/exports/export/removal', allow: [rina] },
  'POST /filters': { allow: EVERYONE }, 'POST /filters/:id/name': { at: '/filters/filter/name', allow: [rina], fields: { name: 'Lain' } }, 'POST /filters/:id/removal': { at: '/filters/filter/removal', allow: [rina] },
  'GET /finder': { allow: EVERYONE },
  'GET /bulk': { allow: [...CHECKERS, rina, mega], elsewhere: [eko, nia] }, 'POST /bulk/publication': dinsos(), 'POST /bulk/revocation': importers(),
  'POST /bulk/assignment': { allow: [budi, rina], elsewhere: [eko, nia] }, 'POST /bulk/approval': { allow: [...CHECKERS, rina], elsewhere: [eko, nia] },
  'GET /bulk/:id': { at: '/bulk/many', allow: [rina] }, 'POST /bulk/:id/confirmation': { at: '/bulk/many/confirmation', allow: [rina] }, 'POST /bulk/:id/undo': { at: '/bulk/many/undo', allow: [rina] },
  'GET /integrity': { allow: [oki, ...CHECKERS, rina, hadi, prita, mega], elsewhere: [eko, nia, joko] }, 'GET /integrity/progress': { allow: [oki, ...CHECKERS, rina, hadi, prita, mega], elsewhere: [eko, nia, joko] },
  'GET /integrity/households': { at: `/integrity/households?region=${PONCOSARI}&gate=a`, allow: [oki, ...CHECKERS, rina, hadi, prita, mega] },
  'GET /duplicates': { allow: [oki, ...CHECKERS, rina, prita, mega], elsewhere: [eko, nia] }, 'GET /duplicates/run': { allow: [oki, ...CHECKERS, rina, prita, mega], elsewhere: [eko, nia] },
  'POST /duplicates/run': { allow: [rina, mega], elsewhere: [nia], fields: { key: DECISION.key } }, 'GET /duplicates/:id': { at: '/duplicates/pair', allow: [oki, ...CHECKERS, rina, prita, mega] },
  'POST /duplicates/:id/decision': { at: '/duplicates/pair/decision', allow: [budi, rina, mega], fields: { key: DECISION.key, proposalId: DECISION.key, seen: '', decision: 'apart', note: 'kembar' } },
  'GET /crosschecks': programmes(), 'GET /crosschecks/run': programmes(), 'POST /crosschecks/run': { allow: [rina, mega], elsewhere: [nia], fields: { key: DECISION.key } },
  [`GET /crosschecks/${DESA}`]: { at: `/crosschecks/${PONCOSARI}`, allow: DESIL_READERS }, [`GET /crosschecks/${DESA}/print`]: { at: `/crosschecks/${PONCOSARI}/print`, allow: DESIL_READERS },
  [`GET /crosschecks${FINDING}`]: { at: '/crosschecks/findings/1', allow: DESIL_READERS },
  [`POST /crosschecks${FINDING}/dismissal`]: { at: '/crosschecks/findings/1/dismissal', allow: [oki, rina], fields: { key: DECISION.key, seen: '', note: 'periksa' } },
  [`POST /crosschecks${FINDING}/reopening`]: { at: '/crosschecks/findings/1/reopening', allow: [oki, rina], fields: { key: DECISION.key, note: 'periksa' } },
  'GET /programmes/pictures': programmes(), 'GET /programmes/pictures/rows': { ...programmes(), at: `/programmes/pictures/rows?key=${new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7)}&way=in` },
  'GET /programmes/pictures/reach.csv': programmes(), 'GET /programmes/pictures/movement.csv': programmes(), 'GET /programmes/pictures/payments.csv': programmes(),
  ...ELIGIBILITY_ANSWERS,
  'GET /pbi/quota': programmes(), 'GET /pbi/quota.csv': programmes(), 'GET /pbi/newborns/:recipient': { at: '/pbi/newborns/participant', allow: [oki, rina] },
  'GET /ppks': programmes(), 'GET /ppks/counts.csv': programmes(), 'GET /ppks/services': programmes(), 'GET /ppks/services/new': { at: '/ppks/services/new?recipient=ppks', allow: [budi, rina] },
  'POST /ppks/services': { allow: [budi, rina], fields: { key: DECISION.key, recipient: 'ppks', mode: 'given', kind: 'therapy', servedOn: '2026-02-20', givenBy: 'TKSK' } },
  'GET /ppks/services/:id': { at: '/ppks/services/service', allow: DESIL_READERS }, 'POST /ppks/services/:id/result': { at: '/ppks/services/service/result', allow: [budi, rina], fields: { key: DECISION.key, result: 'Sembuh' } },
  'GET /psks': programmes(), 'GET /psks/print': programmes(), 'GET /psks/new': { allow: [budi, rina], elsewhere: [eko, nia] }, 'POST /psks': { allow: [budi, rina], elsewhere: [eko, nia] },
  'GET /psks/:id': { at: '/psks/psks', allow: DESIL_READERS }, 'GET /psks/:id/edit': { at: '/psks/psks/edit', allow: [budi, rina] }, 'POST /psks/:id': { at: '/psks/psks', allow: [budi, rina] },
  'POST /psks/:id/ending': { at: '/psks/psks/ending', allow: [budi, rina], fields: { key: DECISION.key, revision: '1', activeTo: '2026-02-20', endReason: 'pindah' } },
  'GET /users': admin(), 'GET /users/new': admin(), 'POST /users': admin(), 'GET /users/:id': admin('/users/siti'), 'GET /users/:id/placement': admin('/users/siti/placement'),
  'POST /users/:id/placement': admin('/users/siti/placement'), 'POST /users/:id/suspension': admin('/users/siti/suspension'),
  'POST /users/:id/restoration': admin('/users/siti/restoration'), 'POST /users/:id/password': admin('/users/siti/password'),
  ...ACCESS_ANSWERS,
  'GET /regions': { allow: EVERYONE }, 'GET /regions/children': { allow: EVERYONE }, 'GET /regions/:code': { at: '/regions/34.02', allow: EVERYONE },
  'GET /regions/:code/children': { at: '/regions/34.02/children', allow: EVERYONE },
  'POST /regions/:code/bps-code': admin('/regions/34.02/bps-code'), 'POST /regions/:code/changes': admin('/regions/34.02/changes'),
  'GET /audit/anchors': { allow: [agus, aulia] }, 'POST /audit/anchors': { allow: [agus, aulia] }, 'GET /audit/anchors.txt': { allow: [agus, aulia] },
  'GET /audit/periksa-jejak.js': { allow: [agus, aulia] }, 'GET /audit/trail.jsonl': { allow: [aulia] },
  'GET /compliance': { allow: [agus, aulia] }, 'GET /compliance/table.csv': { allow: [agus, aulia] },
  'GET /audit': { allow: [agus, aulia] }, 'POST /audit/verification': { allow: [agus, aulia] },
}
