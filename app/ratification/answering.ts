import type { KeyObject } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import { attach } from '#app/files/attachments.ts'
import { readKept } from '#app/files/opened.ts'
import { findFile, pathOf } from '#app/files/store.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { conflict, invalid } from '#app/problems.ts'
import { readAnswer, type Answer, type Decided } from '#app/ratification/answer-file.ts'
import { demandSent, getBatch, manifestItems } from '#app/ratification/batches.ts'
import { countPending, decideSome } from '#app/ratification/deciding.ts'
import { acceptRecords, closeWhenDone, returnRecords, type Determined } from '#app/ratification/determination.ts'
import { acceptProposals, returnProposals } from '#app/ratification/proposal-determination.ts'
import { proposalLeaves } from '#app/ratification/proposals.ts'
import { beginStep, isUnderWay, type BatchStep, type Stepper } from '#app/ratification/steps.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { attachments } from '#db/schema/index.ts'
import { onBehalfOf, type Tx } from '#db/transaction.ts'

// The ministry determines elsewhere and sends its word back as a signed file. Whoever carries it in decides nothing: what it says
// is done in the ministry's own name.
const MINISTRY: Actor = { id: 'kemensos', name: 'Kementerian Sosial', role: 'ministry_officer', regions: [''] }

const NOTE = 'jawaban'
export const isAnswer = ({ kind, note }: Pick<BatchStep, 'kind' | 'note'>) => kind === 'accept' && note === NOTE

type Where = { db: Db, dataDirectory: string }

export const textOf = async (dataDirectory: string, file: Parameters<typeof pathOf>[1]) => (await readKept(dataDirectory, pathOf(dataDirectory, file))).toString('utf8')

// Takes a signed answer in. Its rows follow behind the request; one that says nothing new ends at once.
export function takeAnswer(tx: Tx, id: string, file: ReceivedFile, text: string, { key, attachmentId }: { key: KeyObject | undefined, attachmentId: string }) {
  demand(tx.actor, 'batch.answer')
  const batch = getBatch(tx, id)
  if (!key) throw conflict('Kunci umum Kemensos belum dipasang di server ini, jadi jawaban belum dapat diperiksa. Minta admin sistem mengisi SIKS_MINISTRY_KEY_FILE.')
  demandSent(tx, id)
  const answer = readAnswer(text, key)
  if (answer.rootHash !== batch.rootHash) throw invalid({ answer: 'Jawaban ini untuk berkas lain. Cocokkan akar manifesnya.' })
  demandSame(answer.households, manifestItems(tx.db, id).map(({ householdId, recordHash }) => [householdId, recordHash]))
  demandSame(answer.proposals, proposalLeaves(tx.db, id).map(({ proposalId, recordHash }) => [proposalId, recordHash]))
  if (isUnderWay(tx, id, 'accept')) return
  attach(tx, attachmentId, { ...file, field: 'answer' }, { subject: `batch:${id}`, regionCode: batch.regionCode })
  tx.audit('batch.answered', id, { rootHash: answer.rootHash, answeredAt: answer.answeredAt, households: answer.households.size, proposals: answer.proposals.size, sha256: file.sha256 })
  beginStep(tx, id, 'accept', { total: countPending(tx.db, id), note: NOTE })
}

// What is decided must be what was sent, line by line.
function demandSame(decided: Map<string, Decided>, sent: [id: string, hash: string][]) {
  const hashes = new Map(sent)
  for (const { id, hash } of decided.values()) if (hashes.get(id) !== hash) throw invalid({ answer: 'Jawaban ini menyebut data yang lain dari yang dikirim. Minta Kemensos membuatnya ulang.' })
}

const opened = new WeakMap<Db, Map<string, Answer>>()

// Read before its rows follow: a step itself never waits for a file.
export async function openAnswer({ db, dataDirectory }: Where, batchId: string) {
  const { sha256 } = db.select({ sha256: attachments.sha256 }).from(attachments)
    .where(and(eq(attachments.subject, `batch:${batchId}`), eq(attachments.kind, 'answer'))).orderBy(desc(attachments.addedAt), desc(attachments.id)).limit(1).get()!
  const answers = opened.get(db) ?? new Map<string, Answer>()
  opened.set(db, answers.set(batchId, readAnswer(await textOf(dataDirectory, findFile(db, sha256)!))))
}

export const answering: Stepper = {
  some: (carried, step) => {
    const tx = onBehalfOf(carried, MINISTRY)
    const { households, proposals } = opened.get(tx.db)!.get(step.batchId)!
    return decideSome(tx, step,
      (ids) => follow(ids, households, (some) => acceptRecords(tx, step.batchId, some), (some, reason) => returnRecords(tx, step.batchId, some, reason)),
      (ids) => follow(ids, proposals, (some) => acceptProposals(tx, step.batchId, some), (some, reason) => returnProposals(tx, step.batchId, some, reason)))
  },
  finish: (carried, { batchId }) => {
    opened.get(carried.db)?.delete(batchId)
    closeWhenDone(onBehalfOf(carried, MINISTRY), batchId)
  },
}

// What the answer does not name stays pending. What it accepts and can no longer be written goes back: nobody here could decide it, and it
// would stand at the ministry for good.
const OVERTAKEN = 'Diterima Kemensos, tetapi data induknya berubah sesudah berkas dikirim, jadi tidak dapat ditulis. Perbarui, lalu kirim lagi dengan berkas berikutnya.'

function follow(ids: string[], answer: Map<string, Decided>, accept: (ids: string[]) => Determined, giveBack: (ids: string[], reason: string) => number): Determined {
  const accepted = ids.filter((id) => answer.get(id)?.decision === 'accepted')
  const reasons = new Map<string, string[]>()
  for (const id of ids) {
    const found = answer.get(id)
    if (found?.decision === 'returned') reasons.set(found.reason, [...reasons.get(found.reason) ?? [], id])
  }
  const done = accepted.length > 0 ? accept(accepted) : { accepted: 0, stale: [] }
  const returned = [...reasons].reduce((sum, [reason, some]) => sum + giveBack(some, reason), 0)
  const overtaken = done.stale.length > 0 ? giveBack(done.stale, OVERTAKEN) : 0
  return { accepted: done.accepted + returned + overtaken, stale: ids.filter((id) => !answer.has(id)) }
}
