import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import * as z from 'zod'
import { invalid } from '#app/problems.ts'

// What the ministry decided of one batch, as a file that goes back to its kabupaten: a head, a line for each record that is decided, and
// a signature over all of it. One batch may be answered several times; each file holds all that is decided so far.
export type Decided = { id: string, hash: string, decision: 'accepted' | 'returned', reason: string }
export type AnswerHead = { rootHash: string, batchId: string, regionCode: string, answeredAt: string }
export type Answer = AnswerHead & { households: Map<string, Decided>, proposals: Map<string, Decided> }

const FORMAT = 'siks-jawaban/1'
const hashOf = (text: string) => createHash('sha256').update(text).digest()
const lineOf = (kind: 'k' | 'u', { id, hash, decision, reason }: Decided) => `${JSON.stringify([kind, id, hash, decision, reason])}\n`

export function writeAnswer({ rootHash, batchId, regionCode, answeredAt }: AnswerHead, { households, proposals }: { households: Decided[], proposals: Decided[] }, key: KeyObject): string {
  const text = [`${JSON.stringify({ format: FORMAT, rootHash, batchId, regionCode, answeredAt })}\n`, ...households.map((one) => lineOf('k', one)), ...proposals.map((one) => lineOf('u', one))].join('')
  return `${text}${JSON.stringify({ signature: sign('sha256', hashOf(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url') })}\n`
}

const Head = z.object({ format: z.literal(FORMAT), rootHash: z.string(), batchId: z.string(), regionCode: z.string(), answeredAt: z.string() })
const Line = z.tuple([z.enum(['k', 'u']), z.string(), z.string(), z.enum(['accepted', 'returned']), z.string()])
const Tail = z.object({ signature: z.string() })

const refused = (why: string) => invalid({ answer: `Berkas jawaban ini tidak dapat dibaca: ${why}.` })

// key: the ministry's public one. Without it the signature was judged when the file was taken in.
export function readAnswer(whole: string, key?: KeyObject): Answer {
  const end = whole.trimEnd().lastIndexOf('\n') + 1
  const [text, tail] = [whole.slice(0, end), parsed(Tail, whole.slice(end))]
  if (!tail) throw refused('tanda tangan Kemensos tidak ada')
  if (key && !verify('sha256', hashOf(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(tail.signature, 'base64url'))) throw refused('tanda tangannya bukan tanda tangan Kemensos, atau isinya berubah di jalan')
  const [first = '', ...lines] = text.split('\n').filter(Boolean)
  const head = parsed(Head, first)
  if (!head) throw refused('ini bukan jawaban penetapan')
  const answer: Answer = { ...head, households: new Map(), proposals: new Map() }
  for (const line of lines) {
    const [kind, id, hash, decision, reason] = parsed(Line, line) ?? []
    if (!kind) throw refused('ada baris yang rusak')
    answer[kind === 'k' ? 'households' : 'proposals'].set(id!, { id: id!, hash: hash!, decision: decision!, reason: reason! })
  }
  return answer
}

function parsed<S extends z.ZodType>(schema: S, text: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
