import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { getAttachment, getVisitPhoto } from '#app/files/reading.ts'
import { pathOf } from '#app/files/store.ts'
import type { Deps, Env } from '#app/http.tsx'
import { notFound } from '#app/problems.ts'

// Files are reached through the row they belong to, never by their hash: who may see the row may see the file.
export const fileRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/attachments/:id', (c) => {
    const file = getAttachment(db, c.var.actor, c.req.param('id'))
    return send(pathOf(dataDirectory, file), file)
  })

  .get('/visits/:id/:kind', (c) => {
    const file = getVisitPhoto(db, c.var.actor, c.req.param('id'), c.req.param('kind'))
    return send(pathOf(dataDirectory, file), file)
  })

async function send(path: string, { mime, bytes, name }: { mime: string, bytes: number, name: string }) {
  // A row without its file is a restore gone wrong: said as not found, before anything is sent.
  const file = await open(path).catch(() => { throw notFound('Berkas') })
  return new Response(Readable.toWeb(file.createReadStream()) as ReadableStream, {
    headers: {
      'Content-Type': mime, 'Content-Length': String(bytes), 'Cache-Control': 'private, no-store',
      'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}`, 'Content-Security-Policy': "default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
