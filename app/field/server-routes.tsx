import { Hono } from 'hono'
import * as z from 'zod'
import { fieldPages } from '#app/field/routes.tsx'
import { serverStore } from '#app/field/server-store.ts'
import { receiveFiles } from '#app/files/upload.ts'
import { attempt, changed, page, wantsJson, type Deps, type Env } from '#app/http.tsx'
import { invalid } from '#app/problems.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { addPhotos, listPhotos } from '#app/visits/photos.ts'
import { getOwnVisit } from '#app/visits/visits.ts'
import { transact } from '#db/transaction.ts'
import { PhotosPage } from '#views/field/photos.tsx'

const PHOTO_FIELDS = Object.fromEntries(PHOTO_KINDS.map(({ code }) => [code, 'photo'] as const))
const taken = (fields: Record<string, string | string[]>, kind: string) => {
  const at = z.iso.datetime().safeParse(fields[`taken.${kind}`])
  return at.success ? at.data : null
}

// The field pages on the server, with what only a server does: taking files in as a stream.
export const fieldRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .post('/:household/visits/:visit/photos', async (c) => {
    const { household, visit } = c.req.param()
    getOwnVisit({ db, actor: c.var.actor }, household, visit)
    const { value: count, problem } = await attempt(async () => {
      const { fields, files } = await receiveFiles(c, dataDirectory, PHOTO_FIELDS)
      if (files.length === 0) throw invalid({ 'F-KTP': 'Pilih atau ambil sedikitnya satu foto.' })
      const photos = files.map((file) => ({ kind: file.field, file, takenAt: taken(fields, file.field) }))
      transact(db, c.var.actor, (tx) => addPhotos(tx, household, visit, photos))
      return files.length
    })
    // The page's script hands in each photo by itself as soon as it is taken.
    if (wantsJson(c) && problem) throw problem
    if (wantsJson(c)) return c.json({ stored: listPhotos(db, visit).length })
    if (!problem) return changed(c, `/field/${household}/visits/${visit}/photos`, { message: `${count} foto disimpan.` })
    const store = serverStore(db, c.var.actor)
    const shown = await store.getVisit({ householdId: household, visitId: visit })
    return page(c, 'Foto dan lokasi', <PhotosPage visit={shown} today={store.today()} problem={problem} />, { status: problem.status })
  })

  .route('/', fieldPages((c) => serverStore(db, c.var.actor)))
