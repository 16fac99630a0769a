import { createReadStream, openAsBlob } from 'node:fs'
import { hashOf } from '#app/backup/sealing.ts'
import { Told } from '#app/operation/failures.ts'

// How a service is asked, and how often a part whose line was cut is sent again.
// isThere: whether the file already lies there whole.
export type Line = { ask: (url: string, init?: RequestInit, bytes?: number) => Promise<Response>, retries: number, isThere: () => Promise<boolean> }
export type Parting = { bytes: number, partBytes: number }

const MOST_PARTS = 10_000
const WAIT_MS = 200

// A file larger than a service takes at once goes in parts, each of them read from the disk as it is sent. It is there only when
// all have been put together; whatever fails before, the service is told to forget them, since what it keeps of them costs money.
export async function putInParts({ ask, retries, isThere }: Line, url: string, path: string, { bytes, partBytes }: Parting) {
  const size = Math.max(partBytes, Math.ceil(bytes / MOST_PARTS))
  const upload = encodeURIComponent(inside(/<UploadId>([^<]+)<\/UploadId>/, await wordsOf(await ask(`${url}?uploads=`, { method: 'POST' }))))
  try {
    const tags: string[] = []
    for (let from = 0; from < bytes; from += size) {
      tags.push(await again(retries, () => putPart(ask, `${url}?partNumber=${tags.length + 1}&uploadId=${upload}`, path, from, Math.min(from + size, bytes))))
    }
    // Where only the answer was lost, the file is there and its upload is known no more.
    await again(retries, () => complete(ask, `${url}?uploadId=${upload}`, tags).catch(async (error: unknown) => { if (!await isThere()) throw error }))
  } catch (error) {
    await ask(`${url}?uploadId=${upload}`, { method: 'DELETE' }).catch(() => undefined)
    throw error
  }
}

async function putPart(ask: Line['ask'], url: string, path: string, from: number, to: number): Promise<string> {
  const { sha256 } = await hashOf(createReadStream(path, { start: from, end: to - 1 }) as AsyncIterable<Buffer>)
  const answer = await ask(url, { method: 'PUT', body: (await openAsBlob(path)).slice(from, to), headers: { 'X-Amz-Content-Sha256': sha256 } }, to - from)
  const tag = answer.headers.get('ETag')
  if (answer.status === 404 || !tag) throw new Told(`Layanan S3 tidak menerima sebagian berkas (${answer.status}).`)
  return tag
}

// Putting together may take so long that the service answers 200 first and tells afterwards that it failed.
async function complete(ask: Line['ask'], url: string, tags: string[]) {
  const body = `<CompleteMultipartUpload>${tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('')}</CompleteMultipartUpload>`
  const { sha256 } = await hashOf((async function* () { yield Buffer.from(body) })())
  const words = await wordsOf(await ask(url, { method: 'POST', body, headers: { 'X-Amz-Content-Sha256': sha256 } }))
  inside(/<ETag>([^<]+)<\/ETag>/, words)
}

async function wordsOf(answer: Response): Promise<string> {
  if (answer.status === 404) throw new Told('Bucket atau unggahan itu tidak ada di layanan S3.')
  return answer.text()
}

function inside(tag: RegExp, words: string): string {
  const found = tag.exec(words)?.[1]
  if (found === undefined) throw new Told(`Layanan S3 menolak (${/<Code>(\w+)<\/Code>/.exec(words)?.[1] ?? 'jawaban tidak dikenal'}).`)
  return found
}

// A service that is busy is asked again where it is asked; here it is the line that was cut, which has a cause.
async function again<T>(retries: number, work: () => Promise<T>, wait = WAIT_MS): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (retries === 0 || !(error instanceof Told) || error.cause === undefined) throw error
    await new Promise((resolve) => { setTimeout(resolve, wait) })
    return again(retries - 1, work, wait * 2)
  }
}
