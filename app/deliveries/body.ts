import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { cut, throughDisk } from '#app/deliveries/spool.ts'
import { Problem } from '#app/problems.ts'

const tooLong = () => new Problem('too_large', 'Kiriman ini terlalu besar.')

// The whole body in one piece of memory, at most `most` bytes. Node's own request is read as it comes: on the way through
// a standard stream every byte would be copied twice more.
export async function readBody(c: Context, most: number): Promise<Uint8Array> {
  const told = lengthOf(c, most)
  const incoming = c.env?.incoming as IncomingMessage | undefined
  if (incoming) return told === undefined ? Buffer.concat(await chunksOf(incoming, most)) : fill(incoming, Buffer.allocUnsafeSlow(told))
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  if (bytes.length > most) throw tooLong()
  return bytes
}

function lengthOf(c: Context, most: number): number | undefined {
  const told = c.req.header('Content-Length')
  if (told === undefined) return undefined
  if (!(Number(told) <= most)) throw tooLong()
  return Number(told)
}

// Blocks of memory lent to one body after another: taking fresh pages from the system for every visit costs as much as
// copying it does.
const BLOCK_BYTES = 2 * 2 ** 20
// All there ever are. So many may wait for a phone's line; the others are for bodies that are whole.
const BLOCKS = 32
const FILLING = 24
let made = 0
let filling = 0
const idle: Buffer[] = []
// Shared with the threads that hash and write photos, so that nothing is copied on the way to them.
function takeBlock(): Buffer | undefined {
  if (idle.length > 0) return idle.pop()
  return made++ < BLOCKS ? Buffer.from(new SharedArrayBuffer(BLOCK_BYTES)) : undefined
}

async function lend<T>(bytes: number, read: (room: Buffer) => Promise<Uint8Array>, work: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  const block = takeBlock()
  try {
    return await work(await read(block?.subarray(0, bytes) ?? Buffer.allocUnsafeSlow(bytes)))
  } finally {
    if (block) idle.push(block)
  }
}

// The body as `readBody` gives it, lent for as long as the work lasts. Where many come at once over slow lines, the later
// ones wait on the disk until they are whole: five hundred in memory would be half a gigabyte.
export async function withBody<T>(c: Context, most: number, directory: string, work: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  const told = lengthOf(c, most)
  const incoming = c.env?.incoming as IncomingMessage | undefined
  if (!incoming || told === undefined || told > BLOCK_BYTES) return work(await readBody(c, most))
  if (filling >= FILLING) return throughDisk(directory, incoming, told, (read) => lend(told, read, work))
  filling++
  return lend(told, (room) => fill(incoming, room).finally(() => { filling-- }), work)
}

// Of known length: each chunk goes straight to its place.
const fill = (incoming: IncomingMessage, body: Buffer) => new Promise<Uint8Array>((resolve, reject) => {
  let at = 0
  incoming.on('data', (chunk: Buffer) => void (at += chunk.copy(body, at)))
  // A break is told by 'close' alone; after a whole body it says nothing new.
  for (const end of ['end', 'error', 'close']) incoming.on(end, () => at === body.length ? resolve(body) : reject(cut()))
})

async function chunksOf(incoming: IncomingMessage, most: number): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > most) throw tooLong()
    chunks.push(chunk)
  }
  return chunks
}

// What came of a body, though the connection broke in the middle of it. Listening, not iterating: an iterator loses what
// was read but not yet handed over when the break came.
export function readPart(c: Context, most: number): Promise<Uint8Array> {
  const incoming = c.env?.incoming as IncomingMessage | undefined
  if (!incoming) return readBody(c, most)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > most) reject(tooLong())
      else chunks.push(chunk)
    })
    for (const end of ['end', 'error', 'close']) incoming.on(end, () => resolve(Buffer.concat(chunks)))
  })
}
