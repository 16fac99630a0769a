import { and, asc, count, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { attach, listAttachments } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { pathTo, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { attachments, musdes, musdesResults, regions, users } from '#db/schema/index.ts'
import type { MeetingFacts } from '#db/schema/musdes.ts'
import type { Tx } from '#db/transaction.ts'

export type Musdes = typeof musdes.$inferSelect
export type NewMeeting = Omit<Musdes, 'createdBy' | 'createdAt'>

// Who was there: how many RW and RT there are, those invited by office, then all heads counted once as men and women, then the notable among them.
export const ATTENDANCE = [
  'rwTotal', 'rwInvited', 'rwPresent', 'rtTotal', 'rtInvited', 'rtPresent', 'men', 'women', 'communityLeaders', 'religiousLeaders', 'officials', 'others',
] as const
export type AttendanceKey = typeof ATTENDANCE[number]

export const MOST_PHOTOS = 6
const PAGE_SIZE = 30

// Scoped; out of scope is not found.
export function getMusdes({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Musdes {
  demand(actor, 'musdes.read')
  const found = db.select().from(musdes).where(and(eq(musdes.id, id), within(musdes.regionCode, actor))).get()
  if (!found) throw notFound('Musdes')
  return found
}

// For those who write in it: the right first, then the place.
export function getOwnMusdes(tx: Pick<Tx, 'db' | 'actor'>, id: string): Musdes {
  demand(tx.actor, 'musdes.record')
  return getMusdes(tx, id)
}

// A meeting and its papers. The id comes with the form, so the same form sent again is the same meeting.
export function recordMusdes(tx: Tx, facts: NewMeeting, files: ReceivedFile[]) {
  demand(tx.actor, 'musdes.record')
  demandOwnVillage(tx, facts.regionCode)
  const known = tx.db.select().from(musdes).where(eq(musdes.id, facts.id)).get()
  if (known?.createdBy === tx.actor.id) return
  if (known) throw conflict('Formulir ini sudah dipakai. Buka formulir yang baru.')
  refuseImplausible(tx, facts)
  tx.db.insert(musdes).values({ ...facts, createdBy: tx.actor.id, createdAt: tx.now }).run()
  tx.audit('musdes.recorded', facts.id, { region: facts.regionCode, heldOn: facts.heldOn, minutesNumber: facts.minutesNumber })
  attachPapers(tx, facts, files)
}

function demandOwnVillage({ db, actor }: Tx, code: string) {
  const village = db.select({ code: regions.code }).from(regions)
    .where(and(eq(regions.code, code), eq(regions.level, 4), within(regions.code, actor))).get()
  if (!village) throw notFound('Desa/kelurahan')
}

export function refuseImplausible({ now }: Pick<Tx, 'now'>, { heldOn, startedAt, endedAt, attendance }: MeetingFacts) {
  const wrong: Record<string, string> = {}
  // The day in the easternmost zone: nobody in the country is further ahead.
  const today = new Date(Date.parse(now) + 9 * 3_600_000).toISOString().slice(0, 10)
  if (heldOn > today) wrong.heldOn = 'Tanggal musdes belum tiba.'
  if (endedAt <= startedAt) wrong.endedAt = 'Jam selesai harus sesudah jam mulai.'
  // Left empty it is not known how many there are.
  for (const [total, invited, word] of [['rwTotal', 'rwInvited', 'RW'], ['rtTotal', 'rtInvited', 'RT']] as const) {
    if (attendance[total] && (attendance[invited] ?? 0) > attendance[total]) wrong[invited] = `${word} yang diundang lebih banyak dari yang ada.`
  }
  if ((attendance.rwPresent ?? 0) > (attendance.rwInvited ?? 0)) wrong.rwPresent = 'RW yang hadir lebih banyak dari yang diundang.'
  if ((attendance.rtPresent ?? 0) > (attendance.rtInvited ?? 0)) wrong.rtPresent = 'RT yang hadir lebih banyak dari yang diundang.'
  if ((attendance.men ?? 0) + (attendance.women ?? 0) === 0) wrong.men = 'Isi jumlah peserta laki-laki atau perempuan.'
  if (Object.keys(wrong).length) throw invalid(wrong)
}

// The signed minutes and photos may follow later.
export function addPapers(tx: Tx, id: string, files: ReceivedFile[]) {
  const found = getOwnMusdes(tx, id)
  if (files.length === 0) throw invalid({ minutes: 'Pilih berita acara, daftar hadir, atau foto yang akan diunggah.' })
  attachPapers(tx, found, files)
}

// A paper's id is its meeting and its content: the same file sent again is the same paper.
function attachPapers(tx: Tx, { id, regionCode }: Pick<Musdes, 'id' | 'regionCode'>, files: ReceivedFile[]) {
  if (files.filter(({ field }) => field === 'minutes').length > 1) throw invalid({ minutes: 'Unggah satu berita acara saja.' })
  if (files.filter(({ field }) => field === 'attendanceList').length > 1) throw invalid({ attendanceList: 'Unggah satu daftar hadir saja. Beberapa lembar digabung dalam satu PDF.' })
  for (const file of files) {
    const paper = `${id}-${file.sha256.slice(0, 24)}`
    if (tx.db.select({ id: attachments.id }).from(attachments).where(eq(attachments.id, paper)).get()) continue
    attach(tx, paper, file, { subject: `musdes:${id}`, regionCode })
    tx.audit('musdes.paper_added', id, { kind: file.field, sha256: file.sha256 })
  }
  const photos = tx.db.select({ n: count() }).from(attachments).where(and(eq(attachments.subject, `musdes:${id}`), eq(attachments.kind, 'photo'))).get()
  if (photos!.n > MOST_PHOTOS) throw invalid({ photo: `Paling banyak ${MOST_PHOTOS} foto untuk satu musdes.` })
}

export type Tally = Record<1 | 2 | 3 | 4, number>
export type MusdesReading = ReturnType<typeof readMusdes>

// All that the meeting's page tells.
export function readMusdes(db: Db, actor: Actor, id: string) {
  const meeting = getMusdes({ db, actor }, id)
  const papers = listAttachments(db, actor, `musdes:${id}`)
  return {
    meeting, places: pathTo(db, meeting.regionCode).map(({ name }) => name),
    recorderName: db.select({ name: users.name }).from(users).where(eq(users.id, meeting.createdBy)).get()?.name ?? '–',
    tally: tallies(db, [id]).get(id)!,
    minutes: papers.filter(({ kind }) => kind === 'minutes'), attendanceLists: papers.filter(({ kind }) => kind === 'attendanceList'), photos: papers.filter(({ kind }) => kind === 'photo'),
  }
}

// How many rows of each result, for every meeting asked.
function tallies(db: Db, ids: string[]): Map<string, Tally> {
  const found = new Map(ids.map((id): [string, Tally] => [id, { 1: 0, 2: 0, 3: 0, 4: 0 }]))
  const rows = db.select({ id: musdesResults.musdesId, status: musdesResults.status, n: count() }).from(musdesResults)
    .where(inArray(musdesResults.musdesId, ids)).groupBy(musdesResults.musdesId, musdesResults.status).all()
  for (const { id, status, n } of rows) found.get(id)![status as 1] = n
  return found
}

export type MusdesRow = ReturnType<typeof listMusdes>['meetings'][number]

// Newest first. after: "<date>|<id>" of the last one seen.
export function listMusdes(db: Db, actor: Actor, { region = '', after = '' }: { region?: string, after?: string } = {}) {
  demand(actor, 'musdes.read')
  const [date = '', id = ''] = after.split('|')
  const older = after ? or(lt(musdes.heldOn, date), and(eq(musdes.heldOn, date), lt(musdes.id, id))) : undefined
  const rows = db.select().from(musdes)
    .where(and(within(musdes.regionCode, actor), region ? under(musdes.regionCode, region) : undefined, older))
    .orderBy(desc(musdes.heldOn), desc(musdes.id)).limit(PAGE_SIZE + 1).all()
  const shown = rows.slice(0, PAGE_SIZE)
  const counted = tallies(db, shown.map((row) => row.id))
  const names = regionNames(db, shown.flatMap(({ regionCode }) => [regionCode, regionCode.slice(0, 8)]))
  const last = shown.at(-1)
  return {
    meetings: shown.map((row) => ({ ...row, villageName: names.get(row.regionCode)!, districtName: names.get(row.regionCode.slice(0, 8))!, tally: counted.get(row.id)! })),
    next: rows.length > PAGE_SIZE && last ? `${last.heldOn}|${last.id}` : undefined,
  }
}

export type Village = { code: string, name: string }

// Where this person may record a meeting.
export function villagesOf(db: Db, actor: Actor): Village[] {
  demand(actor, 'musdes.record')
  return db.select({ code: regions.code, name: regions.name }).from(regions)
    .where(and(eq(regions.level, 4), isNull(regions.validTo), within(regions.code, actor)))
    .orderBy(asc(regions.name), asc(regions.code)).limit(500).all()
}
