import type { Stage } from '#app/households/stages.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { FAILURE_WORDS } from '#app/matching/judging.ts'
import { peopleOf } from '#app/matching/people.ts'
import { matchOfPerson } from '#app/matching/states.ts'
import { waitFor } from '#app/numbers/waiting.ts'
import { PHOTO_KINDS, photosNeeded } from '#app/questionnaire/evidence.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import type { RescueReason } from '#db/schema/rescue.ts'
import { statement } from '#db/statements.ts'

// key tells two of one reason apart; memberSeq: the person it is about.
export type Danger = { reason: RescueReason, key: string, memberSeq: number | null, message: string }
export type Threatened = { id: string, regionCode: string, headName: string, stage: Stage, visitId: string | null, outcome: number | null, record: string, resting: 0 | 1, determined: 0 | 1 }

const household = statement<[string], Threatened>(`SELECT h.id, h.region_code AS regionCode, h.head_name AS headName, h.stage, h.visit_id AS visitId, h.outcome, h.record,
  EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) AS resting,
  h.stage = 'determined' OR EXISTS (SELECT 1 FROM household_versions v WHERE v.household_id = h.id AND v.cause GLOB 'determination:*') AS determined
  FROM households h WHERE h.id = ?`)

export const threatened = (db: Db, id: string): Threatened | undefined => household(db).get(id)

// The visit has come and has not left for the ministry; what is already there cannot be mended here any more.
const VISITED: readonly Stage[] = ['submitted', 'returned', 'checked', 'recheck', 'verified', 'batched', 'ratified']
const AT_WORK: readonly Stage[] = ['published', 'assigned', 'downloaded', 'deliberated', 'submitted', 'checked', 'verified', 'batched', 'ratified']

// What would leave this household out if the cut-off were now. A row of the prelist that nobody has published belongs to no
// round yet; of one that was not visited the record is known to be unfinished, so only its people are looked at. Of one that
// left the register only what would bring it back counts.
export function findDangers(db: Db, one: Threatened): Danger[] {
  if (one.resting) return openProposals(db, one)
  if (one.stage === 'withdrawn' || one.stage === 'dispatched' || one.stage === 'listed' && !one.determined) return []
  const judged = VISITED.includes(one.stage) || one.determined === 1
  return [...(judged ? failedGates(db, one) : []), ...failedMatches(db, one), ...sentBack(db, one), ...missingPhotos(db, one), ...heldDeliveries(db, one), ...openProposals(db, one), ...unfinished(db, one)]
}

const gateRows = statement<[string], { gate: 'a' | 'b' | 'c' | 'd' | 'e', message: string }>(
  "SELECT gate, message FROM gate_failures WHERE household_id = ? AND severity = 'error' ORDER BY seq LIMIT 60")
const SAID_BY_MATCHING = Object.values(FAILURE_WORDS)

// What the register said stands under its own reason and is not told twice.
const failedGates = (db: Db, { id }: Threatened): Danger[] => gateRows(db).all(id)
  .filter(({ gate, message }) => gate !== 'b' || !SAID_BY_MATCHING.some((words) => message.endsWith(words)))
  .map(({ gate, message }) => ({ reason: `gate_${gate}`, key: message, memberSeq: seqIn(message), message }))

const seqIn = (message: string) => {
  const found = /^ART (\d{1,2})\b/.exec(message)
  return found ? Number(found[1]) : null
}

const failedMatches = (db: Db, one: Threatened): Danger[] => peopleOf(db, one).flatMap((person): Danger[] => {
  const match = matchOfPerson(db, one.id, person)
  if (!match?.failure) return []
  return [{ reason: match.outcome as RescueReason, key: String(person.seq), memberSeq: person.seq, message: `ART ${person.seq} (${person.name}): ${match.failure}` }]
})

const lastNote = statement<[string], { note: string }>('SELECT note FROM transitions WHERE household_id = ? ORDER BY id DESC LIMIT 1')
const LONGEST_NOTE = 160

function sentBack(db: Db, { id, stage }: Threatened): Danger[] {
  if (stage !== 'returned' && stage !== 'recheck') return []
  const note = lastNote(db).get(id)?.note.slice(0, LONGEST_NOTE)
  return [{ reason: 'returned', key: '', memberSeq: null, message: `${STAGE_WORDS[stage]}${note ? `: ${note}` : '.'}` }]
}

const photoCount = statement<[string], { n: number }>('SELECT count(*) AS n FROM visit_photos WHERE visit_id = ?')
const visited = statement<[string], { record: string }>('SELECT record FROM visits WHERE id = ?')
const photosUnderWay = statement<[string, string], unknown>(`SELECT 1 FROM deliveries INDEXED BY deliveries_open
  WHERE status IN ('held', 'waiting_photos') AND status = 'waiting_photos' AND region_code = ? AND household_id = ? LIMIT 1`)

// Still on a phone; or fewer than a finished interview needs.
function missingPhotos(db: Db, { id, regionCode, stage, visitId, outcome }: Threatened): Danger[] {
  if (photosUnderWay(db).get(regionCode, id)) return [{ reason: 'photos', key: '', memberSeq: null, message: 'Kunjungan sudah tiba, fotonya masih di HP petugas. Buka aplikasi di tempat bersinyal.' }]
  if (!visitId || outcome !== 1 || !VISITED.includes(stage)) return []
  const there = photoCount(db).get(visitId)!.n
  if (there >= PHOTO_KINDS.length) return []
  const needed = photosNeeded(JSON.parse(visited(db).get(visitId)!.record) as HouseholdRecord).length
  return there >= needed ? [] : [{ reason: 'photos', key: '', memberSeq: null, message: `Foto kunjungan baru ${there} dari ${needed}.` }]
}

const held = statement<[string, string], { id: string }>(`SELECT id FROM deliveries INDEXED BY deliveries_open
  WHERE status IN ('held', 'waiting_photos') AND status = 'held' AND region_code = ? AND household_id = ? ORDER BY received_at LIMIT 10`)

// Came, and counts for nothing until somebody has decided about it.
const heldDeliveries = (db: Db, { id, regionCode }: Threatened): Danger[] => held(db).all(regionCode, id)
  .map((delivery) => ({ reason: 'held', key: delivery.id, memberSeq: null, message: 'Kiriman kunjungan dari HP ditahan dan belum diputuskan.' }))

const openOnes = statement<[string, string], { id: string, status: string }>(`SELECT p.id, p.status FROM proposal_households h JOIN proposals p ON p.id = h.proposal_id
  WHERE h.household_id = ? AND p.status IN ('prepared', 'submitted', 'released', 'checked', 'verified', 'batched', 'ratified', 'returned')
    AND (p.region_code = ? OR p.status NOT IN ('prepared', 'submitted', 'returned')) ORDER BY p.proposed_at, p.id LIMIT 10`)

const PROPOSAL_STEP: Record<string, string> = {
  prepared: 'nonaktif disiapkan sesudah kunjungan, menunggu keputusan desa', submitted: 'menunggu pemeriksaan kecamatan', released: 'menunggu desa tujuan', checked: 'menunggu Dinsos', verified: 'menunggu berkas pengesahan', batched: 'belum disahkan',
  ratified: 'belum dikirim ke Kemensos', returned: 'dikembalikan ke pengusul',
}

// What another desa has proposed and not yet let go is not this one's to know.
const openProposals = (db: Db, { id, regionCode }: Threatened): Danger[] => openOnes(db).all(id, regionCode)
  .map((proposal) => ({ reason: 'proposal', key: proposal.id, memberSeq: null, message: `Usulan perubahan ${PROPOSAL_STEP[proposal.status]}.` }))

const NEXT_STEP: Partial<Record<Stage, string>> = {
  published: 'belum ditugaskan', assigned: 'belum dikunjungi', downloaded: 'belum dikunjungi', deliberated: 'belum dikunjungi', submitted: 'belum diperiksa pengawas atau kecamatan',
  checked: 'belum diverifikasi Dinsos', verified: 'belum masuk berkas pengesahan', batched: 'belum disahkan', ratified: 'belum dikirim ke Kemensos',
}

const unfinished = (db: Db, { id, stage }: Threatened): Danger[] => AT_WORK.includes(stage)
  ? [{ reason: 'unfinished', key: '', memberSeq: null, message: `${STAGE_WORDS[stage]}: ${stage === 'verified' && waitFor(db, id) ? 'menunggu KK/NIK dari Dukcapil' : NEXT_STEP[stage]}.` }] : []
