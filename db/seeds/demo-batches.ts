import { Readable } from 'node:stream'
import PDFDocument from 'pdfkit'
import { keep, spool } from '#app/files/store.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { getBatch, openBatch } from '#app/ratification/batches.ts'
import { acceptRecords } from '#app/ratification/determination.ts'
import { askDispatch, makePackage, putPackage } from '#app/ratification/dispatch.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { ratifyBatch } from '#app/ratification/signing.ts'
import { followNow } from '#app/ratification/step-work.ts'
import { acceptProposals } from '#app/ratification/proposal-determination.ts'
import { gather } from '#app/ratification/gathering.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { DEMO_REGENCY } from '#db/seeds/demo-users.ts'
import { transact } from '#db/transaction.ts'

export type Reached = 'frozen' | 'dispatched' | 'determined'
export type Told = { title: string, letterNumber: string, reached: Reached, daysAgo: number }

// A batch of all that is verified by now, brought as far as it is told: before the bupati, at the ministry, or determined.
export async function tellBatch(demo: Demo, { title, letterNumber, reached, daysAgo }: Told) {
  const { db, dataDirectory, random, people, daysAgo: day } = demo
  const id = random.uuid()
  const dinsos = people.dinsos!
  const batch = transact(db, dinsos, (tx) => openBatch(tx, { id, regionCode: DEMO_REGENCY, title }), day(daysAgo))
  await gather(db, dinsos, batch, day(daysAgo - 0.01))
  transact(db, dinsos, (tx) => freezeBatch(tx, id), day(daysAgo - 0.2))
  followNow(db, dinsos, id, day(daysAgo - 0.2))
  if (reached === 'frozen') return
  const letter = await paperFor(demo, 'letter', 'surat-pengesahan.pdf', ['SURAT PENGESAHAN (CONTOH)', letterNumber, title])
  transact(db, people.pengesah!, (tx) => ratifyBatch(tx, id, {
    letterNumber, letterDate: day(daysAgo - 1).toISOString().slice(0, 10), signatory: 'Bupati Bantul (contoh)',
  }, { ...letter, id: random.uuid() }), day(daysAgo - 1))
  followNow(db, people.pengesah!, id, day(daysAgo - 1))
  const file = await makePackage(db, dataDirectory, getBatch({ db, actor: dinsos }, id))
  transact(db, dinsos, (tx) => {
    askDispatch(tx, id)
    putPackage(tx, id, file, random.uuid())
  }, day(daysAgo - 2))
  followNow(db, dinsos, id, day(daysAgo - 2))
  if (reached === 'determined') {
    transact(db, people.pusdatin!, (tx) => [acceptRecords(tx, id, 'all'), acceptProposals(tx, id, 'all')], day(daysAgo - 5))
  }
}

// A page that says it is an example, as an uploaded paper would have come.
export async function paperFor({ dataDirectory, daysAgo }: Demo, field: string, name: string, lines: string[]): Promise<ReceivedFile> {
  const pdf = new PDFDocument({ size: 'A5', info: { Title: lines[0]!, CreationDate: daysAgo(0) } })
  lines.forEach((line) => pdf.text(line).moveDown())
  pdf.end()
  return { ...await keep(dataDirectory, await spool(dataDirectory, pdf as unknown as Readable), { mime: 'application/pdf' }), field, name }
}
