import { Hono } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { correctionsOf, correctMusdes, typedOf } from '#app/musdes/correcting.ts'
import { addPapers, ATTENDANCE, type AttendanceKey, getMusdes, getOwnMusdes, listMusdes, MOST_PHOTOS, readMusdes, recordMusdes, villagesOf } from '#app/musdes/musdes.ts'
import { blankAttendance, printMinutes } from '#app/musdes/printing.ts'
import { proposeHousehold } from '#app/musdes/proposals.ts'
import { recordResults, type Entry } from '#app/musdes/results.ts'
import { listRows, progressOf } from '#app/musdes/rows.ts'
import type { Problem } from '#app/problems.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { texts } from '#app/typed.ts'
import { demand } from '#app/users/permissions.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { CorrectionForm } from '#views/musdes/correction.tsx'
import { AttendanceListPaper } from '#views/musdes/attendance-list.tsx'
import { MusdesList } from '#views/musdes/list.tsx'
import { MeetingForm } from '#views/musdes/meeting-form.tsx'
import { MeetingPage } from '#views/musdes/meeting.tsx'
import { MinutesPaper } from '#views/musdes/minutes.tsx'
import { ProposalForm } from '#views/musdes/proposal.tsx'
import { ResultsPage } from '#views/musdes/results.tsx'

const said = (words: string, longest = 100) => z.string(words).trim().min(1, words).max(longest, `Paling banyak ${longest} huruf.`)
const people = z.string().trim().default('').refine((text) => /^\d{0,4}$/.test(text), 'Isi dengan angka.').transform(Number)
const clock = z.string('Isi jam.').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Isi jam, misalnya 09:30.')

const facts = {
  heldOn: z.iso.date('Isi tanggal musdes.'), startedAt: clock, endedAt: clock,
  place: said('Isi tempat musdes.'), chairName: said('Isi nama pimpinan musdes.'), chairPosition: said('Isi jabatan pimpinan musdes.'),
  minutesNumber: said('Isi nomor berita acara.'), ...Object.fromEntries(ATTENDANCE.map((key) => [key, people])) as Record<typeof ATTENDANCE[number], typeof people>,
}
const gathered = <T extends Record<AttendanceKey, number>>({ rwTotal, rwInvited, rwPresent, rtTotal, rtInvited, rtPresent, men, women, communityLeaders, religiousLeaders, officials, others, ...told }: T) =>
  ({ ...told, attendance: { rwTotal, rwInvited, rwPresent, rtTotal, rtInvited, rtPresent, men, women, communityLeaders, religiousLeaders, officials, others } })
const Meeting = z.object({ id: z.uuid(), regionCode: said('Pilih desa/kelurahan.', 13), ...facts }).transform(gathered)
const Correction = z.object({ revision: z.coerce.number().int().min(0), note: said('Tuliskan mengapa diperbaiki.', 300), ...facts }).transform(gathered)

const ListQuery = z.object({ region: pickedRegion, after: z.string().max(60).default('') })
const RowQuery = z.object({
  show: z.enum(['open', 'done', 'all']).catch('open'), q: z.string().trim().max(60).catch(''), after: z.coerce.number().int().min(0).catch(0),
})
const Proposing = z.object({ id: z.uuid(), slsName: z.string().trim().max(60).default(''), note: z.string().trim().max(300).default(''), splitsOff: z.string().optional() })
const Blank = z.object({ village: z.string().max(13).default('') })
const PAPERS = { minutes: 'document', attendanceList: 'document', photo: 'photo' } as const

export const musdesRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const { region, after } = readQuery(c, ListQuery)
    const { meetings, next } = listMusdes(db, c.var.actor, { region, after })
    const nextHref = next && `/musdes?${new URLSearchParams({ region, after: next })}`
    return page(c, 'Musdes/muskel', <MusdesList meetings={meetings} nextHref={nextHref} actor={c.var.actor} choices={placeChoices(db, c.var.actor, region)} region={region} />)
  })

  .get('/new', (c) => {
    const villages = villagesOf(db, c.var.actor)
    return page(c, 'Catat musdes', <MeetingForm villages={villages} typed={{ id: crypto.randomUUID() }} />)
  })

  // To be taken to the meeting: it names nobody yet.
  .get('/attendance-list', may('musdes.record'), (c) => {
    const { village } = readQuery(c, Blank)
    return page(c, 'Daftar hadir musdes', <AttendanceListPaper {...blankAttendance(db, c.var.actor, village)} />)
  })

  .post('/', may('musdes.record'), async (c) => {
    demand(c.var.actor, 'musdes.record')
    const { fields, files } = await receiveFiles(c, dataDirectory, PAPERS, { each: MOST_PHOTOS })
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => recordMusdes(tx, parse(Meeting, fields), files)))
    if (problem) return page(c, 'Catat musdes', <MeetingForm villages={villagesOf(db, c.var.actor)} typed={texts(fields)} problem={onForm(problem)} />, { status: problem.status })
    return changed(c, `/musdes/${texts(fields).id}`, { message: 'Musdes dicatat. Lanjutkan dengan hasil per baris prelist.' })
  })

  .get('/:id', (c) => {
    const reading = readMusdes(db, c.var.actor, c.req.param('id'))
    return page(c, 'Musdes', <MeetingPage {...reading} corrections={correctionsOf(db, reading.meeting)} progress={progressOf(db, c.var.actor, reading.meeting)} actor={c.var.actor} />)
  })

  .get('/:id/correction', may('musdes.record'), (c) => {
    const meeting = getOwnMusdes({ db, actor: c.var.actor }, c.req.param('id'))
    return page(c, 'Perbaiki keterangan musdes', <CorrectionForm meeting={meeting} typed={typedOf(db, meeting)} />)
  })

  .post('/:id/correction', may('musdes.record'), async (c) => {
    const meeting = getOwnMusdes({ db, actor: c.var.actor }, c.req.param('id'))
    const typed = texts(await c.req.parseBody())
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => correctMusdes(tx, meeting.id, parse(Correction, typed))))
    if (problem) return page(c, 'Perbaiki keterangan musdes', <CorrectionForm meeting={meeting} typed={typed} problem={onForm(problem)} />, { status: problem.status })
    return changed(c, `/musdes/${meeting.id}`, { message: 'Keterangan musdes diperbaiki. Cetak ulang berita acaranya.' })
  })

  .post('/:id/papers', may('musdes.record'), async (c) => {
    const { id } = getOwnMusdes({ db, actor: c.var.actor }, c.req.param('id'))
    const { files } = await receiveFiles(c, dataDirectory, PAPERS, { each: MOST_PHOTOS })
    transact(db, c.var.actor, (tx) => addPapers(tx, id, files))
    return changed(c, `/musdes/${id}`, { message: 'Berkas disimpan.' })
  })

  .get('/:id/results', (c) => {
    const meeting = getMusdes({ db, actor: c.var.actor }, c.req.param('id'))
    const filter = readQuery(c, RowQuery)
    return page(c, 'Hasil musdes', <ResultsPage meeting={meeting} {...listRows(db, c.var.actor, meeting, filter)} filter={filter}
      progress={progressOf(db, c.var.actor, meeting)} actor={c.var.actor} />, { wide: true })
  })

  .post('/:id/results', may('musdes.record'), async (c) => {
    const meeting = getOwnMusdes({ db, actor: c.var.actor }, c.req.param('id'))
    const filter = readQuery(c, RowQuery)
    const entries = entriesOf(await c.req.parseBody())
    const { value = 0, problem } = await attempt(() => transact(db, c.var.actor, (tx) => recordResults(tx, meeting.id, entries)))
    if (problem) {
      return page(c, 'Hasil musdes', <ResultsPage meeting={meeting} {...listRows(db, c.var.actor, meeting, filter)} filter={filter} typed={entries}
        problem={onForm(problem)} progress={progressOf(db, c.var.actor, meeting)} actor={c.var.actor} />, { wide: true, status: problem.status })
    }
    const query = new URLSearchParams({ show: filter.show, ...(filter.q && { q: filter.q }), ...(filter.after && { after: String(filter.after) }) })
    return changed(c, `/musdes/${meeting.id}/results?${query}`, { message: value ? `${value} baris disimpan.` : 'Tidak ada hasil baru untuk disimpan.' })
  })

  .get('/:id/proposals/new', (c) => {
    const meeting = getOwnMusdes({ db, actor: c.var.actor }, c.req.param('id'))
    return page(c, 'Usulan baru', <ProposalForm meeting={meeting} typed={{ id: crypto.randomUUID() }} />)
  })

  .post('/:id/proposals', may('musdes.record'), async (c) => {
    const meeting = getOwnMusdes({ db, actor: c.var.actor }, c.req.param('id'))
    const fields = texts(await c.req.parseBody())
    const { id, slsName, note, splitsOff } = await readForm(c, Proposing)
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => proposeHousehold(tx, meeting.id, { id, slsName, note, splitsOff: splitsOff === '1', fields })))
    if (problem) return page(c, 'Usulan baru', <ProposalForm meeting={meeting} typed={fields} problem={onForm(problem)} />, { status: problem.status })
    return changed(c, `/musdes/${meeting.id}/proposals/new`, { message: `Usulan baru ${fields.headName} dicatat dan menjadi tugas Anda.` })
  })

  .get('/:id/minutes', (c) => {
    const paper = transact(db, c.var.actor, (tx) => printMinutes(tx, c.req.param('id')))
    return page(c, 'Berita acara musdes', <MinutesPaper {...paper} />)
  })

// What was typed is worth showing again only where it can be mended; everything else is said on a page of its own.
function onForm(problem: Problem): Problem {
  if (problem.code !== 'invalid') throw problem
  return problem
}

// "rows.<household>.<key>" of the results page, gathered by household.
function entriesOf(fields: Record<string, unknown>): Entry[] {
  const rows = new Map<string, Record<string, string>>()
  for (const [name, value] of Object.entries(texts(fields))) {
    const [, id, key] = /^rows\.([^.]{1,64})\.(\w{1,40})$/.exec(name) ?? []
    if (id && key) rows.set(id, { ...rows.get(id), [key]: value.trim().slice(0, 300) })
  }
  return [...rows].map(([id, { seen = '', duplicateOf = '', note = '', ...answers }]) => ({ id, seen, duplicateOf, note, fields: answers }))
}
