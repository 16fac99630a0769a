import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import multer, { MulterError, type StorageEngine } from 'multer'
import { LIMITS, recognise, tooLarge, type FileKind } from '#app/files/kinds.ts'
import { demandPicture } from '#app/files/pictures.ts'
import { discard, keep, spool, type Incoming, type StoredFile } from '#app/files/store.ts'
import { requireRoom } from '#app/operation/require-room.ts'
import { invalid } from '#app/problems.ts'

export type ReceivedFile = StoredFile & { field: string, name: string }
export type Received = { fields: Record<string, string | string[]>, files: ReceivedFile[] }

type Spooled = Express.Multer.File & { incoming: Incoming }

const engine = (directory: string): StorageEngine => ({
  _handleFile: (_req, file, done) =>
    void spool(directory, file.stream).then((incoming) => done(null, { incoming } as Partial<Spooled>), done),
  _removeFile: (_req, file, done) => void discard((file as Spooled).incoming).then(() => done(null)),
})

// Streams a multipart post to disk: `accepts` names each file field, its kind and how many. Size and count are refused
// while streaming, content by its own bytes; whatever is refused leaves nothing behind. Files are synced when this returns.
export async function receiveFiles(
  c: Context, directory: string, accepts: Record<string, FileKind>, { each = 1 }: { each?: number } = {},
): Promise<Received> {
  // A form without any file may come as a plain one.
  if (!c.req.header('Content-Type')?.startsWith('multipart/')) return { fields: await c.req.parseBody({ all: true }) as Received['fields'], files: [] }
  requireRoom(c, directory)
  const kinds = Object.entries(accepts)
  const largest = Math.max(...kinds.map(([, kind]) => LIMITS[kind]))
  const upload = multer({
    storage: engine(directory),
    limits: { fileSize: largest, files: kinds.length * each, fields: 2000, fieldSize: 1_000_000, parts: 2100 },
    preservePath: false, defParamCharset: 'utf8',
  }).fields(kinds.map(([name]) => ({ name, maxCount: each })))
  const request = nodeRequest(c)
  await new Promise<void>((resolve, reject) => upload(request as never, {} as never, (error: unknown) =>
    error ? reject(asProblem(error, accepts)) : resolve()))
  const { body, files } = request as unknown as { body: Received['fields'], files?: Record<string, Spooled[]> }
  return { fields: { ...body }, files: await keepAll(directory, Object.values(files ?? {}).flat(), accepts) }
}

async function keepAll(directory: string, spooled: Spooled[], accepts: Record<string, FileKind>): Promise<ReceivedFile[]> {
  // An empty file input arrives as a file of no bytes and no name: nothing was chosen.
  const chosen = spooled.filter(({ incoming }) => incoming.bytes > 0)
  try {
    const kinds = chosen.map(({ fieldname, incoming }) => {
      const kind = accepts[fieldname]!
      if (incoming.bytes > LIMITS[kind]) throw tooLarge(fieldname, kind)
      return recognise(fieldname, kind, incoming)
    })
    for (const [i, { fieldname, incoming }] of chosen.entries()) if (kinds[i]!.mime === 'image/jpeg') await demandPicture(fieldname, incoming)
    return await Promise.all(chosen.map(async ({ fieldname, originalname, incoming }, i) =>
      ({ ...await keep(directory, incoming, kinds[i]!), field: fieldname, name: originalname })))
  } finally {
    await Promise.all(spooled.map(({ incoming }) => discard(incoming)))
  }
}

function asProblem(error: unknown, accepts: Record<string, FileKind>) {
  if (!(error instanceof MulterError)) return invalid({ file: 'Kiriman tidak lengkap. Coba kirim lagi.' })
  const field = error.field ?? 'file'
  if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(field, accepts[field] ?? 'photo')
  return invalid({ [field]: 'Jumlah atau nama isian file tidak sesuai.' })
}

// Node's own request when there is a server; the standard one, dressed as Node's, in app.request().
function nodeRequest(c: Context): IncomingMessage {
  if (c.env?.incoming) return c.env.incoming as IncomingMessage
  const { body, headers } = c.req.raw
  const stream = body ? Readable.fromWeb(body as never) : Readable.from([])
  return Object.assign(stream, {
    headers: { 'transfer-encoding': 'chunked', ...Object.fromEntries(headers) },
  }) as unknown as IncomingMessage
}
