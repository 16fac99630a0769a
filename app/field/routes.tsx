import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import * as z from 'zod/mini'
import type { FieldStore, ListRoster, Where } from '#app/field/store.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Env } from '#app/http.tsx'
import { newId } from '#app/ids.ts'
import { notFound } from '#app/problems.ts'
import { MENDED_ELSEWHERE } from '#app/questionnaire/consistency.ts'
import type { FormFields } from '#app/questionnaire/form.ts'
import { findMistakes, hasSection, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import type { SectionCode } from '#app/questionnaire/types.ts'
import { pageName } from '#app/visits/answers.ts'
import { TaskPage } from '#views/field/task.tsx'
import { TaskListPage, TaskRows } from '#views/field/list.tsx'
import { MembersPage } from '#views/field/members.tsx'
import { PhotosPage } from '#views/field/photos.tsx'
import { ReviewPage } from '#views/field/review.tsx'
import { SectionPage } from '#views/field/section.tsx'
import { nextPage } from '#views/field/steps.tsx'

const whole = (least: number, message?: string) => z.coerce.number().check(z.int(message), z.gte(least))
// What cannot be read counts as not given. (z.catch does the same and weighs 3 kB in the phone's worker.)
const orNone = <T, >(schema: z.ZodMiniType<T>) => z.optional(z.pipe(z.unknown(), z.transform((given: unknown) => {
  const read = z.safeParse(schema, given)
  return read.success ? read.data : undefined
})))
const ListQuery = z.object({
  tab: orNone(z.enum(['returned', 'waiting', 'sent'])), q: z._default(z.string().check(z.trim(), z.maxLength(80)), ''), after: z._default(whole(0), 0),
})
const Beginning = z.object({ id: z.uuid() })
const Saving = z.object({ revision: whole(1, 'Muat ulang halaman ini.'), activeMs: orNone(whole(0).check(z.lte(86_400_000))) })
const PAGES = ['respondent', 'place', 'families', 'housing', 'children', 'assets', 'businesses', 'dtsen'] as const
const ROSTERS = ['families', 'members', 'children', 'businesses'] as const
const isPage = (section: string): section is typeof PAGES[number] => (PAGES as readonly string[]).includes(section)

// A comma is how Indonesians write the decimal point.
const decimal = (message: string) => z.pipe(z.pipe(z.string().check(z.trim()), z.transform((text) => Number(text.replace(',', '.') || Number.NaN))), z.number(message))
export const LocationForm = z.extend(Saving, {
  latitude: decimal('Ambil lokasi dahulu.'), longitude: decimal('Ambil lokasi dahulu.'), accuracy: decimal('Isi ketelitian lokasi.'),
  locatedAt: orNone(z.iso.datetime()),
})

type Ctx = Context<Env>
const whereOf = (c: Ctx): Where => ({ householdId: c.req.param('household')!, visitId: c.req.param('visit')! })
const baseOf = ({ householdId, visitId }: Where) => `/field/${householdId}/visits/${visitId}`
const rosterOf = (c: Ctx): ListRoster => {
  const roster = c.req.param('roster') as ListRoster
  if (!ROSTERS.includes(roster)) throw notFound('Halaman')
  return roster
}

const ARRIVED = 'Kunjungan sudah diterima server dan menunggu pemeriksaan.'
const KEPT = 'Kunjungan tersimpan di HP ini dan menunggu dikirim.'

type StoreOf = (c: Ctx) => FieldStore

function sectionParam(c: Ctx): SectionCode {
  const section = c.req.param('section')!
  if (!isPage(section)) throw notFound('Halaman')
  return section
}

// One page of the form. What is wrong with it is shown once it was saved, not while it is still empty.
async function showSection(c: Ctx, store: FieldStore, section: SectionCode, index?: number) {
  const visit = await store.getVisit(whereOf(c))
  if (index !== undefined && !visit.record.members[index]) throw notFound('Anggota')
  const name = pageName({ section, index })
  const saved = visit.savedSections[name] !== undefined
  const left = await store.typedOn?.(whereOf(c), name)
  const mistakes = saved ? findMistakes(questionnaireOf(visit.questionnaireVersion)!, visit.record, { section, context: { today: store.today() } }) : []
  return page(c, visit.headName, <SectionPage visit={visit} section={section} index={index} mistakes={mistakes} today={store.today()} left={left} />)
}

// Saves and goes on. Refused, the page comes back with what was typed.
async function saveSection(c: Ctx, store: FieldStore, section: SectionCode, index?: number) {
  const fields = await c.req.parseBody({ all: true }) as FormFields
  const saving = { ...parse(Saving, fields), section, fields, index }
  const { value, problem } = await attempt(() => store.saveSection(whereOf(c), saving))
  if (problem) {
    const visit = await store.getVisit(whereOf(c))
    if (index !== undefined && !visit.record.members[index]) throw problem
    return page(c, visit.headName, <SectionPage visit={visit} section={section} index={index} mistakes={[]} today={store.today()} typed={fields} problem={problem} />, { status: problem.status })
  }
  // Of a person's page only that person's.
  const errors = value.mistakes.filter(({ severity, path }) => severity === 'error' && (index === undefined || path.startsWith(`members.${index}.`)))
  const stay = fields.next === 'stay' || (errors.some(({ code }) => !MENDED_ELSEWHERE.includes(code)) && fields.next !== 'on')
  const base = baseOf(whereOf(c))
  // After one person comes the list of persons again; after a page the next.
  const next = index === undefined ? nextPage(section, await store.getVisit(whereOf(c))) : 'members'
  return changed(c, stay ? `${base}/${section}${index === undefined ? '' : `/${index}`}` : `${base}/${next}`,
    { message: errors.length > 0 ? `Tersimpan. ${errors.length} isian masih perlu diperbaiki.` : 'Tersimpan.' })
}

// The officer's pages over a store: the server's, and on the phone the device's. Nothing here knows which.
export const fieldPages = (storeOf: StoreOf) => new Hono<Env>()
  // Whose task is it? Asked before anything of it is shown or any form is read.
  .use('/:household/*', async (c, next) => {
    await storeOf(c).demandTask(c.req.param('household'))
    await next()
  })

  // Only visits that began with the optional questions have their page.
  .use('/:household/visits/:visit/dtsen', async (c, next) => {
    if (!hasSection((await storeOf(c).getVisit(whereOf(c))).questionnaireVersion, 'dtsen')) throw notFound('Halaman')
    await next()
  })

  .get('/', async (c) => {
    const { tab, q, after } = readQuery(c, ListQuery)
    const first = await storeOf(c).listTasks({ tab: tab ?? 'returned', words: q, after })
    // Nothing returned: what waits to be visited is the page to open on.
    const shown = tab ?? (first.counts.returned > 0 ? 'returned' : 'waiting')
    const list = shown === (tab ?? 'returned') ? first : await storeOf(c).listTasks({ tab: shown, words: q, after })
    return page(c, 'Tugas lapangan', () => <TaskListPage list={list} tab={shown} words={q} />, { part: () => <TaskRows list={list} tab={shown} words={q} /> })
  })

  .get('/:household', async (c) => {
    const task = await storeOf(c).getTask(c.req.param('household'))
    return page(c, task.household.headName, <TaskPage task={task} newId={newId()} />)
  })

  .post('/:household/visits', async (c) => {
    const { id } = await readForm(c, Beginning)
    const visit = await storeOf(c).beginVisit(c.req.param('household'), id)
    return changed(c, `/field/${c.req.param('household')}/visits/${visit.id}/respondent`)
  })

  .get('/:household/visits/:visit', (c) => c.redirect(`${baseOf(whereOf(c))}/review`, 303))

  .get('/:household/visits/:visit/photos', async (c) =>
    page(c, 'Foto dan lokasi', <PhotosPage visit={await storeOf(c).getVisit(whereOf(c))} today={storeOf(c).today()} />))

  .post('/:household/visits/:visit/location', async (c) => {
    const { latitude, longitude, accuracy, locatedAt, ...saving } = await readForm(c, LocationForm)
    await storeOf(c).setLocation(whereOf(c), { latitude, longitude, accuracyM: accuracy, locatedAt: locatedAt ?? null }, saving)
    return changed(c, `${baseOf(whereOf(c))}/photos`, { message: 'Lokasi disimpan.' })
  })

  .get('/:household/visits/:visit/review', async (c) => {
    const [visit, obstacles] = [await storeOf(c).getVisit(whereOf(c)), await storeOf(c).findObstacles(whereOf(c))]
    return page(c, 'Periksa dan kirim', <ReviewPage visit={visit} {...obstacles} today={storeOf(c).today()} />)
  })

  .post('/:household/visits/:visit/submission', async (c) => {
    const where = whereOf(c)
    const { value: submitted, problem } = await attempt(() => storeOf(c).submitVisit(where))
    if (submitted) return changed(c, `/field/${where.householdId}`, { message: submitted.receivedAt === null ? KEPT : ARRIVED })
    if (problem.code !== 'invalid') throw problem
    const [visit, obstacles] = [await storeOf(c).getVisit(where), await storeOf(c).findObstacles(where)]
    return page(c, 'Periksa dan kirim', <ReviewPage visit={visit} {...obstacles} today={storeOf(c).today()} refused />, { status: 422 })
  })

  .get('/:household/visits/:visit/members', async (c) =>
    page(c, 'Anggota rumah tangga', <MembersPage visit={await storeOf(c).getVisit(whereOf(c))} today={storeOf(c).today()} />))

  .get('/:household/visits/:visit/members/:index{[0-9]{1,2}}', (c) => showSection(c, storeOf(c), 'members', Number(c.req.param('index'))))
  .post('/:household/visits/:visit/members/:index{[0-9]{1,2}}', (c) => saveSection(c, storeOf(c), 'members', Number(c.req.param('index'))))

  .post('/:household/visits/:visit/:roster/rows', async (c) => {
    const roster = rosterOf(c)
    const { index } = await storeOf(c).addRow(whereOf(c), roster, await readForm(c, Saving))
    return changed(c, `${baseOf(whereOf(c))}/${roster}${roster === 'members' ? `/${index}` : ''}`)
  })

  .post('/:household/visits/:visit/:roster/rows/:index{[0-9]{1,2}}/removal', async (c) => {
    const roster = rosterOf(c)
    await storeOf(c).removeRow(whereOf(c), roster, Number(c.req.param('index')), await readForm(c, Saving))
    return changed(c, `${baseOf(whereOf(c))}/${roster}`, { message: 'Baris dihapus.' })
  })

  .get('/:household/visits/:visit/:section', (c) => showSection(c, storeOf(c), sectionParam(c)))
  .post('/:household/visits/:visit/:section', (c) => saveSection(c, storeOf(c), sectionParam(c)))
