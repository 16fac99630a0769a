import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { getAttachment, getDeliveryPhoto, getVisitPhoto } from '#app/files/reading.ts'
import { placeOf } from '#app/files/packs.ts'
import type { StoredFile } from '#app/files/store.ts'
import type { Deps, Env } from '#app/http.tsx'
import { notFound } from '#app/problems.ts'
import { noteView } from '#app/quality/photo-views.ts'

// Files are reached through the row they belong to, never by their hash: who may see the row may see the file.
export const fileRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/attachments/:id', (c) => {
    const file = getAttachment(db, c.var.actor, c.req.param('id'))
    return sendFile(dataDirectory, file)
  })

  .get('/visits/:id/:kind', (c) => {
    const file = getVisitPhoto(db, c.var.actor, c.req.param('id'), c.req.param('kind'))
    noteView(db, c.var.actor, c.req.param('id'), c.req.param('kind'), new Date().toISOString())
    return sendFile(dataDirectory, file)
  })

  .get('/deliveries/:id/:kind', (c) => sendFile(dataDirectory, getDeliveryPhoto(db, c.var.actor, c.req.param('id'), c.req.param('kind'))))

export async function sendFile(directory: string, stored: StoredFile & { name: string }) {
  const { mime, bytes, name } = stored
  const { path, start, end } = placeOf(directory, stored)
  // A row without its file is a restore gone wrong: said as not found, before anything is sent.
  const file = await open(path).catch(() => { throw notFound('Berkas') })
  return new Response(Readable.toWeb(file.createReadStream({ start, end })) as ReadableStream, {
    headers: {
      'Content-Type': mime, 'Content-Length': String(bytes), 'Cache-Control': 'private, no-store',
      'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}`, 'Content-Security-Policy': "default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
