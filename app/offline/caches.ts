import { sha256 } from '#app/offline/bytes.ts'

// The files every page needs, kept on the phone: one cache for each build, whole or not at all.

declare const STATIC_HASHES: string
const BUILD = 'NAME_OF_THIS_BUILD'
const PREFIX = 'siks-'
const OWN = `${PREFIX}${BUILD}`

export const staticHashes = (): Record<string, string> => JSON.parse(STATIC_HASHES)
const addressOf = ([name, hash]: [string, string]) => `/static/${name}?v=${hash}`
export const WASM = 'sqlite3.wasm'

// A login page of the network answers 200 to everything, and a server may be in the middle of an update: what counts is
// that the bytes are those this build was made with. Nothing is kept until all of them are here.
export async function keepFiles() {
  const files = Object.entries(staticHashes())
  const answers = await Promise.all(files.map(fetchWhole))
  const cache = await caches.open(OWN)
  await Promise.all(files.map((file, i) => cache.put(addressOf(file), answers[i]!)))
}

async function fetchWhole(file: [string, string]): Promise<Response> {
  const known = await caches.match(addressOf(file))
  if (known) return known
  const response = await fetch(addressOf(file), { cache: 'no-cache' })
  const hash = await sha256(await response.clone().arrayBuffer())
  if (!response.ok || !hash.startsWith(file[1])) throw new Error(`${file[0]} did not arrive whole`)
  return response
}

// Only once this build's own is whole.
export async function dropOldFiles() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== OWN).map((name) => caches.delete(name)))
}

// A page of the build before or after asks for its own version of a file; without a network any version is better than none.
export async function answerFile(request: Request): Promise<Response> {
  const known = await caches.match(request)
  if (known) return known
  try {
    return await fetch(request)
  } catch {
    return await caches.match(request, { ignoreSearch: true }) ?? Response.error()
  }
}

export async function readWasm(): Promise<ArrayBuffer> {
  const response = await answerFile(new Request(addressOf([WASM, staticHashes()[WASM]!])))
  return response.arrayBuffer()
}
