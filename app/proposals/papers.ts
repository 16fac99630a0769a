import { and, desc, eq, like } from 'drizzle-orm'
import { attach, listAttachments, type Attachment } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import type { ProposalKind } from '#app/proposals/kinds.ts'
import type { Proposal } from '#app/proposals/proposals.ts'
import { invalid } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { attachments, musdes, regions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export const MOST_EVIDENCE = 6

// The desa's own decision comes first for these: they take a household in or out of the register.
export const NEEDS_MINUTES: readonly ProposalKind[] = ['new', 'deactivation', 'reactivation']

const subjectOf = ({ id }: Pick<Proposal, 'id'>) => `proposal:${id}`

// A paper's id is its proposal and its content, so the same file sent again is the same paper.
export function attachPapers(tx: Tx, proposal: Pick<Proposal, 'id' | 'regionCode' | 'targetRegionCode'>, files: ReceivedFile[]) {
  for (const file of files) {
    const paper = `${proposal.id}-${file.sha256.slice(0, 24)}`
    if (tx.db.select({ id: attachments.id }).from(attachments).where(eq(attachments.id, paper)).get()) continue
    attach(tx, paper, file, { subject: subjectOf(proposal), regionCode: proposal.regionCode })
    tx.audit('proposal.paper_added', proposal.id, { kind: file.field, sha256: file.sha256 })
  }
  tieToPlaces(tx, proposal)
}

// Every paper lies where the proposal does. On its way to another place it is tied to that place too: who shall accept the
// household must be able to look. Mended, a proposal may lead elsewhere than when its papers came.
function tieToPlaces({ db }: Tx, { regionCode, targetRegionCode, ...proposal }: Pick<Proposal, 'id' | 'regionCode' | 'targetRegionCode'>) {
  const ofThis = eq(attachments.subject, subjectOf(proposal))
  db.delete(attachments).where(and(ofThis, like(attachments.id, '%-t'))).run()
  db.update(attachments).set({ regionCode }).where(ofThis).run()
  if (!targetRegionCode) return
  for (const paper of db.select().from(attachments).where(ofThis).limit(50).all()) {
    db.insert(attachments).values({ ...paper, id: `${paper.id}-t`, regionCode: targetRegionCode }).run()
  }
}

// Each paper once, under the row the reader may open.
export function papersOf(db: Db, actor: Actor, proposal: Pick<Proposal, 'id'>): Attachment[] {
  const seen = new Set<string>()
  return listAttachments(db, actor, subjectOf(proposal)).filter(({ sha256, kind }) => {
    const first = !seen.has(`${kind}${sha256}`)
    seen.add(`${kind}${sha256}`)
    return first
  })
}

type Wanted = Pick<Proposal, 'id' | 'kind' | 'musdesId' | 'minutesNumber' | 'minutesDate'>

// What must lie beside a proposal before it is looked at. A draft may still be without.
export function demandPapers(tx: Tx, { id, kind, musdesId, minutesNumber, minutesDate }: Wanted, today: string) {
  const kinds = tx.db.select({ kind: attachments.kind }).from(attachments).where(eq(attachments.subject, `proposal:${id}`)).limit(50).all().map((row) => row.kind)
  const wrong: Record<string, string> = {}
  const own = minutesNumber || minutesDate || kinds.includes('minutes')
  if (own && !minutesNumber) wrong.minutesNumber = 'Isi nomor berita acara.'
  if (own && !minutesDate) wrong.minutesDate = 'Isi tanggal berita acara.'
  if (minutesDate && minutesDate > today) wrong.minutesDate = 'Tanggal berita acara belum tiba.'
  if (own && !kinds.includes('minutes')) wrong.minutes = 'Unggah berita acaranya (PDF atau foto).'
  if (!own && !musdesId) {
    if (NEEDS_MINUTES.includes(kind)) wrong.musdesId = 'Usulan ini harus diputuskan musyawarah: pilih musdesnya, atau isi berita acara sendiri.'
    else if (!kinds.includes('evidence')) wrong.evidence = 'Unggah sedikitnya satu bukti (PDF atau foto), atau pilih musdesnya.'
  }
  if (kinds.filter((one) => one === 'evidence').length > MOST_EVIDENCE * 2) wrong.evidence = `Paling banyak ${MOST_EVIDENCE} bukti.`
  if (Object.keys(wrong).length) throw invalid(wrong)
}

// The meetings of the desa that may have decided it, newest first; of all the reader's places while no desa is chosen.
export const meetingsOf = (db: Db, actor: Actor, regionCode: string) => db
  .select({ id: musdes.id, heldOn: musdes.heldOn, minutesNumber: musdes.minutesNumber, village: regions.name }).from(musdes)
  .leftJoin(regions, eq(regions.code, musdes.regionCode))
  .where(and(regionCode ? eq(musdes.regionCode, regionCode) : undefined, within(musdes.regionCode, actor))).orderBy(desc(musdes.heldOn)).limit(30).all()

export function demandMeeting({ db, actor }: Tx, musdesId: string, regionCode: string) {
  const found = db.select({ id: musdes.id }).from(musdes).where(and(eq(musdes.id, musdesId), eq(musdes.regionCode, regionCode), within(musdes.regionCode, actor))).get()
  if (!found) throw invalid({ musdesId: 'Pilih musdes dari desa/kelurahan ini.' })
}
