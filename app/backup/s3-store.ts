import { createReadStream, openAsBlob, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import type { Config } from '#app/config.ts'
import { putInParts } from '#app/backup/s3-parts.ts'
import type { Store } from '#app/backup/stores.ts'
import { hashOf } from '#app/backup/sealing.ts'
import { Told } from '#app/operation/failures.ts'

// retries: while it is busy. patienceMs: how long it may be silent before it answers, beside the time that what is sent takes on a slow
// line; unset, as long as fetch waits by itself. partBytes: a file that is larger goes in parts, since services take 5 GB at once and no more.
export type Manner = { retries?: number, patienceMs?: number, partBytes?: number }
const SLOWEST_BYTES_A_MS = 16
const PART = 64 * 2 ** 20

// s3://bucket/folder at any service that speaks S3 with signature 4, addressed by path.
export function s3Store(to: string, { endpoint, region, accessKey, secret }: Config['backup']['s3'], { retries = 5, patienceMs, partBytes = PART }: Manner = {}): Store {
  if (!endpoint || !accessKey || !secret) throw new Told('S3 belum lengkap: isi SIKS_S3_ENDPOINT, SIKS_S3_ACCESS_KEY dan SIKS_S3_SECRET_FILE.')
  const [bucket, ...folder] = to.slice('s3://'.length).split('/').filter(Boolean)
  const prefix = folder.map((part) => `${part}/`).join('')
  const client = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secret, service: 's3', region, retries })
  const bucketAt = `${endpoint.replace(/\/$/, '')}/${bucket}`
  const at = (name: string) => `${bucketAt}/${(prefix + name).split('/').map(encodeURIComponent).join('/')}`

  async function ask(url: string, init: RequestInit = {}, bytes = 0): Promise<Response> {
    const giveUp = new AbortController()
    const timer = patienceMs === undefined ? undefined : setTimeout(() => giveUp.abort(), patienceMs + bytes / SLOWEST_BYTES_A_MS)
    const answer = await client.fetch(url, { ...init, signal: giveUp.signal }).catch((cause: unknown) => { throw new Told('Layanan S3 tidak dapat dihubungi.', { cause }) })
    clearTimeout(timer)
    if (answer.ok || answer.status === 404) return answer
    const code = /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? ''
    throw new Told(`Layanan S3 menolak (${answer.status} ${code}).`)
  }
  const found = (answer: Response, name: string) => {
    if (answer.status === 404 || !answer.body) throw new Told(`${name} tidak ada di layanan S3.`)
    return answer.body
  }

  const store: Store = {
    where: to,
    // The hash is part of the signature: what arrives otherwise is refused by the service.
    put: async (name, content) => {
      const size = typeof content === 'string' ? statSync(content).size : content.length
      if (typeof content === 'string' && size > partBytes) return putInParts({ ask, retries, isThere: async () => (await store.list(name)).get(name) === size }, at(name), content, { bytes: size, partBytes })
      const { sha256, bytes } = await hashOf(typeof content === 'string' ? createReadStream(content) as AsyncIterable<Buffer> : Readable.from([content]))
      const body = typeof content === 'string' ? await openAsBlob(content) : new Uint8Array(content)
      const answer = await ask(at(name), { method: 'PUT', body, headers: { 'X-Amz-Content-Sha256': sha256 } }, bytes)
      if (answer.status === 404) throw new Told(`Bucket ${bucket} tidak ada di layanan S3.`)
    },
    read: async (name) => {
      const answer = await ask(at(name))
      return answer.status === 404 ? undefined : Buffer.from(await answer.arrayBuffer())
    },
    stream: (name) => (async function* () {
      yield* Readable.fromWeb(found(await ask(at(name)), name) as never) as AsyncIterable<Buffer>
    })(),
    list: async (under) => {
      const listed = new Map<string, number>()
      for (let token: string | undefined = ''; token !== undefined;) {
        const query: string = new URLSearchParams({ 'list-type': '2', prefix: prefix + under, ...(token && { 'continuation-token': token }) }).toString()
        const answer = await ask(`${bucketAt}?${query}`)
        if (answer.status === 404) throw new Told(`Bucket ${bucket} tidak ada di layanan S3.`)
        const text = await answer.text()
        for (const [name, bytes] of contentsOf(text)) listed.set(name.slice(prefix.length), bytes)
        token = /<IsTruncated>true<\/IsTruncated>/.test(text) ? plain(/<NextContinuationToken>([^<]*)</.exec(text)?.[1] ?? '') || undefined : undefined
      }
      return listed
    },
    remove: async (name) => void await ask(at(name), { method: 'DELETE' }),
    unfinished: async () => [],
    settle: async () => undefined,
  }
  return store
}

const contentsOf = (text: string): [string, number][] => [...text.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, one]) =>
  [plain(/<Key>([^<]*)<\/Key>/.exec(one!)![1]!), Number(/<Size>(\d+)<\/Size>/.exec(one!)![1])])

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (text: string) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!)
