import { Hono } from 'hono/tiny'
import { attempt, changed, page, wantsJson } from '#app/http.tsx'
import type { Bytes } from '#app/offline/bytes.ts'
import { doorOf, type OpenDoor, type Phone, type PhoneContext, type PhoneEnv } from '#app/offline/phone.ts'
import type { TakenPhoto } from '#app/offline/photos.ts'
import { invalid, notFound } from '#app/problems.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { PhotosPage } from '#views/field/photos.tsx'

const storeOf = (phone: Phone, c: PhoneContext) => phone.storeOf(doorOf(c) as OpenDoor)

// Taking photos in: the one thing of a visit's pages that is done differently on a server.
export const photoRoutes = (phone: Phone) => new Hono<PhoneEnv>()
  .post('/:household/visits/:visit/photos', async (c) => {
    const store = storeOf(phone, c)
    const where = { householdId: c.req.param('household'), visitId: c.req.param('visit') }
    await store.demandTask(where.householdId)
    const { value: photos, problem } = await attempt(async () => {
      const taken = await readPhotos(await c.req.parseBody())
      if (taken.length === 0) throw invalid({ 'F-KTP': 'Pilih atau ambil sedikitnya satu foto.' })
      await store.addPhotos(where, taken)
      return taken
    })
    if (problem && wantsJson(c)) throw problem
    const visit = await store.getVisit(where)
    if (problem) return page(c, 'Foto dan lokasi', <PhotosPage visit={visit} today={store.today()} problem={problem} />, { status: problem.status })
    if (wantsJson(c)) return c.json({ stored: visit.photos.length })
    return changed(c, `/field/${where.householdId}/visits/${where.visitId}/photos`, { message: `${photos.length} foto disimpan.` })
  })

// What is typed is told while it is typed, page by page and person by person.
const keepTyped = (phone: Phone, name: (c: PhoneContext) => string) => async (c: PhoneContext) => {
  const fields = Object.entries(await c.req.parseBody({ all: true })).filter((field): field is [string, string | string[]] => !(field[1] instanceof Blob))
  await storeOf(phone, c).keepTyped({ householdId: c.req.param('household')!, visitId: c.req.param('visit')! }, name(c), Object.fromEntries(fields))
  return c.body(null, 204)
}

const dropTyped = (phone: Phone, page: (c: PhoneContext) => string) => async (c: PhoneContext) => {
  const where = { householdId: c.req.param('household')!, visitId: c.req.param('visit')! }
  await storeOf(phone, c).dropTyped(where, page(c))
  return changed(c, `/field/${where.householdId}/visits/${where.visitId}/${page(c).replace('.', '/')}`, { message: 'Isian yang belum disimpan sudah dibuang.' })
}

const person = (c: PhoneContext) => `members.${Number(c.req.param('index'))}`
const section = (c: PhoneContext) => c.req.param('section')!

export const typedRoutes = (phone: Phone) => new Hono<PhoneEnv>()
  .post('/:household/visits/:visit/members/:index{[0-9]{1,2}}/typed', keepTyped(phone, person))
  .post('/:household/visits/:visit/members/:index{[0-9]{1,2}}/typed/removal', dropTyped(phone, person))
  .post('/:household/visits/:visit/:section{[a-z]{1,20}}/typed', keepTyped(phone, section))
  .post('/:household/visits/:visit/:section{[a-z]{1,20}}/typed/removal', dropTyped(phone, section))

async function readPhotos(fields: Record<string, string | File | (string | File)[]>): Promise<TakenPhoto[]> {
  const photos: TakenPhoto[] = []
  for (const { code } of PHOTO_KINDS) {
    const [file, at] = [fields[code], fields[`taken.${code}`]]
    if (!(file instanceof Blob) || file.size === 0) continue
    photos.push({ kind: code, bytes: new Uint8Array(await file.arrayBuffer()) as Bytes, takenAt: typeof at === 'string' ? timeIn(at) : null })
  }
  return photos
}

const timeIn = (at: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(at) ? at : null

// Photos that lie on this phone. The worker asks the server for those that do not.
export const fileRoutes = (phone: Phone) => new Hono<PhoneEnv>()
  .get('/:visit/:kind', async (c) => {
    const bytes = await storeOf(phone, c).getPhoto({ visitId: c.req.param('visit') }, c.req.param('kind'))
    if (!bytes) throw notFound('Foto ini di HP')
    return c.body(bytes, 200, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'private, no-store' })
  })
