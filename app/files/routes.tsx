import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { getDeliveryPhoto, getVisitPhoto, openAttachment } from '#app/files/reading.ts'
import { openKept } from '#app/files/opened.ts'
import { isDocument, marked, readerMark } from '#app/files/watermark.ts'
import { placeOf, readStored } from '#app/files/packs.ts'
import type { StoredFile } from '#app/files/store.ts'
import type { Deps, Env } from '#app/http.tsx'
import type { Actor } from '#app/users/actor.ts'
import { notFound } from '#app/problems.ts'
import { noteView } from '#app/quality/photo-views.ts'
import { transact } from '#db/transaction.ts'

// Files are reached through the row they belong to, never by their hash: who may see the row may see the file.
export const fileRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/attachments/:id', (c) => {
    const file = transact(db, c.var.actor, (tx) => openAttachment(tx, c.req.param('id')))
    return sendFile(dataDirectory, file)
  })

  .get('/visits/:id/:kind', (c) => {
    const file = getVisitPhoto(db, c.var.actor, c.req.param('id'), c.req.param('kind'))
    noteView(db, c.var.actor, c.req.param('id'), c.req.param('kind'), new Date().toISOString())
    return sendPhoto(dataDirectory, file, c.req.param('kind'), c.var.actor)
  })

  .get('/deliveries/:id/:kind', (c) =>
    sendPhoto(dataDirectory, getDeliveryPhoto(db, c.var.actor, c.req.param('id'), c.req.param('kind')), c.req.param('kind'), c.var.actor))

type Named = StoredFile & { name: string }

// A document carries its reader's name and the time, on the screen and wherever it is saved.
async function sendPhoto(directory: string, file: Named, kind: string, actor: Actor) {
  if (!isDocument(kind)) return sendFile(directory, file)
  const bytes = await readStored(directory, file).catch((error: NodeJS.ErrnoException) => { throw error.code === 'ENOENT' ? notFound('Foto') : error })
  // What no decoder reads shows nothing of a document either.
  const picture = await marked(bytes, readerMark(actor, new Date())).catch(() => bytes)
  return new Response(new Uint8Array(picture), { headers: headersOf({ ...file, bytes: picture.length }) })
}

async function sendFile(directory: string, stored: Named) {
  const { path, start, end } = placeOf(directory, stored)
  // A row without its file is a restore gone wrong: said as not found, before anything is sent.
  const file = await openKept(directory, path).catch((error: NodeJS.ErrnoException) => { throw error.code === 'ENOENT' ? notFound('Berkas') : error })
  return new Response(Readable.toWeb(file.stream(start, end)) as ReadableStream, { headers: headersOf(stored) })
}

const headersOf = ({ mime, bytes, name }: Named) => ({
  'Content-Type': mime, 'Content-Length': String(bytes), 'Cache-Control': 'private, no-store',
  'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}`, 'Content-Security-Policy': "default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
})
