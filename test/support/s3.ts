import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as rest } from 'node:timers/promises'

// As much of S3 as backups and photos need, written from its description and not from our client: signatures (version 4) are worked out
// anew, the hash of a body must be the one that was signed, lists come in pages, and a body may be no larger than it is told; what
// is larger comes in parts of at least 5 MB, the last excepted.
export const ACCESS = { accessKey: 'AKIACONTOH', secret: 'kunci-s3-yang-sangat-rahasia', region: 'ap-southeast-3' }
const PAGE = 3
const LEAST_PART = 5 * 2 ** 20

// asked: every request that was answered, as "GET name". parts: of what is not put together yet, by the number of the upload. cutNext: lines
// on which a part comes that are cut. loseAnswer: of the next putting together.
export type S3 = {
  endpoint: string, objects: Map<string, Buffer>, parts: Map<string, Map<number, Buffer>>, refused: string[], asked: string[], most: (bytes: number) => void
  loseAnswer: () => void, failNext: (times: number) => void, cutNext: (times: number) => void, failParting: () => void, pauseMs: (ms: number) => void, stop: () => void
}

const tagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest()
const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

export async function s3Server(bucket: string): Promise<S3> {
  const objects = new Map<string, Buffer>()
  const parts: S3['parts'] = new Map()
  const [refused, asked]: [string[], string[]] = [[], []]
  let [failures, cuts, pause, most, parting, losing] = [0, 0, 0, Infinity, true, false]
  const server: Server = createServer((request, response) => void request.toArray().then(async (chunks) => {
    const body = Buffer.concat(chunks as Buffer[])
    if (request.url!.includes('partNumber=') && cuts-- > 0) return request.socket.destroy()
    if (pause > 0) await rest(pause)
    if (failures-- > 0) return say(response, 503, 'SlowDown')
    const fault = faultOf(request, body)
    if (fault) {
      refused.push(fault)
      return say(response, 403, fault)
    }
    answer(request, body, response)
  }))

  function answer({ method, url }: IncomingMessage, body: Buffer, response: ServerResponse) {
    const { pathname, searchParams } = new URL(url!, 'http://s3')
    const [, at, ...rest] = pathname.split('/').map(decodeURIComponent)
    const name = rest.join('/')
    if (at !== bucket) return say(response, 404, 'NoSuchBucket')
    asked.push(`${method} ${name}`)
    if (name === '') return list(searchParams, response)
    if (body.length > most) return say(response, 400, 'EntityTooLarge')
    if (searchParams.has('uploads') || searchParams.has('uploadId')) return part(method!, name, searchParams, body, response)
    if (method === 'PUT') objects.set(name, body)
    if (method === 'DELETE') return void (objects.delete(name), response.writeHead(204).end())
    const found = objects.get(name)
    if (!found) return say(response, 404, 'NoSuchKey')
    response.writeHead(200, { ETag: tagOf(found) }).end(method === 'PUT' ? '' : found)
  }

  function part(method: string, name: string, told: URLSearchParams, body: Buffer, response: ServerResponse) {
    const upload = told.get('uploadId') ?? `nomor ${parts.size + 1}/+`
    if (told.has('uploads')) parts.set(upload, new Map())
    const there = parts.get(upload)
    if (!there) return say(response, 404, 'NoSuchUpload')
    if (method === 'PUT') there.set(Number(told.get('partNumber')), body)
    if (method === 'PUT') return void response.writeHead(200, { ETag: tagOf(body) }).end()
    if (method === 'DELETE') return void (parts.delete(upload), response.writeHead(204).end())
    if (told.has('uploads')) return void response.writeHead(200).end(`<InitiateMultipartUploadResult><UploadId>${upload}</UploadId></InitiateMultipartUploadResult>`)
    const wanted = [...body.toString('utf8').matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)].map(([, number, tag]) => ({ bytes: there.get(Number(number)), tag }))
    if (!parting || wanted.some(({ bytes, tag }) => !bytes || tagOf(bytes) !== tag)) return say(response, 200, parting ? 'InvalidPart' : 'InternalError')
    if (wanted.slice(0, -1).some(({ bytes }) => bytes!.length < LEAST_PART)) return say(response, 400, 'EntityTooSmall')
    objects.set(name, Buffer.concat(wanted.map(({ bytes }) => bytes!)))
    parts.delete(upload)
    if (losing) return void (losing = false, response.socket!.destroy())
    response.writeHead(200).end(`<CompleteMultipartUploadResult><ETag>"x-${wanted.length}"</ETag></CompleteMultipartUploadResult>`)
  }

  function list(asked: URLSearchParams, response: ServerResponse) {
    const after = asked.get('continuation-token') ?? ''
    const names = [...objects.keys()].filter((name) => name.startsWith(asked.get('prefix') ?? '') && name > after).sort()
    const some = names.slice(0, PAGE)
    const more = names.length > PAGE
    response.writeHead(200, { 'Content-Type': 'application/xml' }).end(`<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${
      some.map((name) => `<Contents><Key>${escaped(name)}</Key><Size>${objects.get(name)!.length}</Size></Contents>`).join('')}${
      more ? `<NextContinuationToken>${escaped(some.at(-1)!)}</NextContinuationToken>` : ''}</ListBucketResult>`)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects, parts, refused, asked, most: (bytes) => { most = bytes },
    loseAnswer: () => { losing = true }, failNext: (times) => { failures = times }, cutNext: (times) => { cuts = times }, failParting: () => { parting = false }, pauseMs: (ms) => { pause = ms }, stop: () => { server.close(); server.closeAllConnections() },
  }
}

const say = (response: ServerResponse, status: number, code: string) => void response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)

// undefined: signed by who has the secret, just now, for exactly this request.
function faultOf({ method, url, headers }: IncomingMessage, body: Buffer): string | undefined {
  const told = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')
  if (!told) return 'AccessDenied'
  const [, accessKey, day, region, signed, signature] = told as unknown as [string, string, string, string, string, string]
  if (accessKey !== ACCESS.accessKey) return 'InvalidAccessKeyId'
  const [date, hash] = [String(headers['x-amz-date']), String(headers['x-amz-content-sha256'])]
  const age = Date.now() - Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
  if (!date.startsWith(day) || !(Math.abs(age) < 15 * 60_000)) return 'RequestTimeTooSkewed'
  if (body.length > 0 && hash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const names = signed.split(';')
  if (!names.includes('host') || !names.includes('x-amz-content-sha256') || !names.includes('x-amz-date')) return 'AccessDenied'
  const { pathname, searchParams } = new URL(url!, 'http://s3')
  const query = [...searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&')
  const path = pathname.split('/').map((part) => encoded(decodeURIComponent(part))).join('/')
  const canonical = [method, path, query, ...names.map((name) => `${name}:${String(headers[name]).trim()}`), '', signed, hash].join('\n')
  const key = ['s3', 'aws4_request'].reduce((made, part) => hmac(made, part), hmac(hmac(`AWS4${ACCESS.secret}`, day), region))
  const expected = hmac(key, ['AWS4-HMAC-SHA256', date, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n')).toString('hex')
  return region !== ACCESS.region || expected !== signature ? 'SignatureDoesNotMatch' : undefined
}
