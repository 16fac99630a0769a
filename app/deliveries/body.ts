import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { Problem } from '#app/problems.ts'

const tooLong = () => new Problem('too_large', 'Kiriman ini terlalu besar.')

// The whole body in one piece of memory, at most `most` bytes. Node's own request is read as it comes: on the way through
// a standard stream every byte would be copied twice more.
export async function readBody(c: Context, most: number): Promise<Uint8Array> {
  const told = Number(c.req.header('Content-Length') ?? Number.NaN)
  if (told > most) throw tooLong()
  const incoming = c.env?.incoming as IncomingMessage | undefined
  if (!incoming) {
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length > most) throw tooLong()
    return bytes
  }
  return Number.isNaN(told) ? Buffer.concat(await chunksOf(incoming, most)) : fill(incoming, told)
}

// Of known length: each chunk goes straight to its place.
const fill = (incoming: IncomingMessage, length: number) => new Promise<Uint8Array>((resolve, reject) => {
  const body = Buffer.allocUnsafeSlow(length)
  let at = 0
  incoming.on('data', (chunk: Buffer) => void (at += chunk.copy(body, at)))
  incoming.on('end', () => at === length ? resolve(body) : reject(cut()))
  incoming.on('error', () => reject(cut()))
  incoming.on('close', () => reject(cut()))
})

const cut = () => new Problem('invalid', 'Kiriman terputus di tengah jalan. Kirim lagi.')

async function chunksOf(incoming: IncomingMessage, most: number): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  for await (const chunk of streamOf(incoming, most)) chunks.push(chunk as Buffer)
  return chunks
}

// The body as it comes, at most `most` bytes of it. Ends quietly where the connection breaks: what came, came.
export const streamBody = (c: Context, most: number): AsyncIterable<Uint8Array> =>
  streamOf(c.env?.incoming ? c.env.incoming as IncomingMessage : c.req.raw.body as AsyncIterable<Uint8Array> | null ?? none(), most)

async function* none() {}

async function* streamOf(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  try {
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > most) throw tooLong()
      yield chunk
    }
  } catch (error) {
    if (error instanceof Problem) throw error
  }
}
