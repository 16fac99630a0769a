import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import yauzl from 'yauzl'
import { findBrokenLine } from '#db/audit-chain.ts'
import { batches, batchProposals, households, householdVersions } from '#db/schema/index.ts'
import { readKept } from '#app/files/opened.ts'
import { pathOf } from '#app/files/store.ts'
import { returnProposal, withdrawProposal } from '#app/proposals/decisions.ts'
import type { ProposedChange } from '#app/proposals/kinds.ts'
import { moveStage } from '#app/households/moves.ts'
import { acceptProposals } from '#app/ratification/proposal-determination.ts'
import { stepOf } from '#app/ratification/steps.ts'
import { presentMembers, setAnswer } from '#app/questionnaire/record.ts'
import { approve, statusOf } from '#test/support/proposals.ts'
import { death, determined, dispatched, gathered, household, isInactive, leaving, verified, world } from '#test/support/ratified.ts'
import { as, BALECATUR, budi, hadi, mega, nia, PONCOSARI, rina, siti, stageOf } from '#test/support/world.ts'
import { addVerified } from '#test/support/visit.ts'

const batch = suite('proposals in a batch')

batch('are gathered beside the visits, and shown on its page', async () => {
  const made = world()
  const id = verified(made, death)
  const batchId = await gathered(made)
  assert.is(statusOf(made.db, id), 'batched')
  const page = await (await made.as(rina).get(`/batches/${batchId}`)).text()
  assert.match(page, /Usulan perubahan dalam berkas ini/)
  assert.match(await (await made.as(rina).get(`/batches/${batchId}/proposals`)).text(), /Kematian/)
})

batch('are held back by a criterion the change itself would break, not by what the master lacked already', async () => {
  const made = world()
  made.db.update(households).set({ record: setAnswer(household(made, 'asep').record, 'household.floorType', undefined) }).where(eq(households.id, 'asep')).run()
  verified(made, death)
  const fine = await gathered(made)
  assert.equal(made.db.select().from(batchProposals).all().map(({ failures }) => failures), [[]])
  assert.is((await made.as(rina).post(`/batches/${fine}/freeze`)).status, 303)
  // A birth without a NIK is allowed to wait for one, but not to be ratified.
  const born = verified(made, { kind: 'birth', on: '2026-02-10', householdId: 'ujang', familySeq: 1, name: 'Bayi', sex: 1, relationToHead: 3, relationToFamilyHead: 3, certificate: false })
  const held = await gathered(made)
  assert.match(await (await made.as(rina).get(`/batches/${held}/proposals?show=failing`)).text(), /belum memiliki NIK/)
  assert.is((await made.as(rina).post(`/batches/${held}/freeze`)).status, 409)
  await made.as(rina).post(`/batches/${held}/failing-removal`)
  assert.is(statusOf(made.db, born), 'checked')
  assert.match(await (await made.as(rina).get(`/proposals/${born}`)).text(), 'Tidak lolos kriteria integritas. ART 3 (Bayi): belum memiliki NIK.')
  as(made.db, rina, (tx) => returnProposal(tx, born, { key: randomUUID(), seen: '', note: 'Tunggu NIK bayinya' }))
  assert.is(statusOf(made.db, born), 'returned')
})

batch('go back to Dinsos when the household changed after it was approved', async () => {
  const made = world()
  const id = verified(made, death)
  made.db.update(households).set({ version: 2 }).where(eq(households.id, 'asep')).run()
  await gathered(made)
  assert.is(statusOf(made.db, id), 'checked')
})

batch('hold the visit of their household back until they are decided; it is told', async () => {
  const made = world()
  verified(made, death)
  const first = await dispatched(made)
  addVerified(made.db, 'asep', siti, budi)
  const second = await gathered(made)
  assert.is(stageOf(made.db, 'asep'), 'verified')
  assert.equal([stepOf(made.db, second)!.done, stepOf(made.db, second)!.passed], [0, 1])
  await made.as(mega).post(`/batches/${first}/acceptance`, { scope: 'all' })
  assert.equal(made.db.select().from(batches).where(eq(batches.id, first)).get()!.status, 'determined')
  await gathered(made)
  assert.is(stageOf(made.db, 'asep'), 'recheck')
})

batch('wait while a visit or another change of the same household is on its way', async () => {
  const made = world()
  addVerified(made.db, 'ujang', siti, budi)
  const later = verified(made, leaving)
  const first = verified(made, death)
  const second = verified(made, { ...death, kind: 'deactivation', reason: 'pindah' } as ProposedChange)
  await gathered(made)
  assert.is(statusOf(made.db, later), 'verified')
  assert.equal([first, second].map((id) => statusOf(made.db, id)).sort(), ['batched', 'verified'])
})

batch('leave an open batch when they are withdrawn, and no frozen one', async () => {
  const made = world()
  const [one, two] = [verified(made, death), verified(made, leaving)]
  const batchId = await gathered(made)
  as(made.db, siti, (tx) => withdrawProposal(tx, one, { key: randomUUID(), note: '' }))
  assert.equal(made.db.select().from(batchProposals).all().map(({ proposalId }) => proposalId), [two])
  await made.as(rina).post(`/batches/${batchId}/freeze`)
  assert.throws(() => as(made.db, siti, (tx) => withdrawProposal(tx, two, { key: randomUUID(), note: '' })), /sudah dibekukan/)
})

batch('are given back when the batch is cancelled, or they are taken out', async () => {
  const made = world()
  const [one, two] = [verified(made, death), verified(made, leaving)]
  const batchId = await gathered(made)
  assert.is((await made.as(rina).post(`/batches/${batchId}/proposals/${one}/removal`, { note: 'tunda' })).status, 303)
  assert.is(statusOf(made.db, one), 'verified')
  await made.as(rina).post(`/batches/${batchId}/cancellation`, { note: 'salah bulan' })
  assert.is(statusOf(made.db, two), 'verified')
})

batch('are leaves of the manifest, and lie in the archive exactly as they were hashed', async () => {
  const made = world()
  const id = verified(made, death)
  const batchId = await dispatched(made)
  const { packageSha256, rootHash } = made.db.select().from(batches).where(eq(batches.id, batchId)).get()!
  const entries = await unzip(await fileOf(made.dataDirectory, packageSha256!))
  const [line] = entries['usulan.jsonl']!.trim().split('\n')
  const leaf = createHash('sha256').update(line!).digest('hex')
  assert.is(entries['manifest.txt'], `${leaf}  usulan-${id}\n`)
  assert.is(createHash('sha256').update(entries['manifest.txt']!).digest('hex'), rootHash)
  for (const paper of ['minutes', 'names']) assert.is((await made.as(hadi).get(`/batches/${batchId}/${paper}.pdf`)).status, 200)
})

batch.run()

const fileOf = (directory: string, sha256: string) => readKept(directory, pathOf(directory, { sha256, mime: 'application/zip' }))

function unzip(bytes: Buffer): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
    if (error) return reject(error)
    const found: Record<string, string> = {}
    zip.on('entry', (entry: yauzl.Entry) => zip.openReadStream(entry, (_, stream) => {
      const chunks: Buffer[] = []
      stream!.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        found[entry.fileName] = Buffer.concat(chunks).toString()
        zip.readEntry()
      })
    }))
    zip.on('end', () => resolve(found))
    zip.readEntry()
  }))
}

const determining = suite('the ministry determines')

determining('and the change becomes a version, with the batch as its cause', async () => {
  const made = world()
  const { batch: batchId, ids } = await determined(made, death, leaving)
  assert.equal(ids.map((id) => statusOf(made.db, id)), ['determined', 'determined'])
  assert.equal([household(made, 'asep').version, presentMembers(household(made, 'asep').record).length], [2, 1])
  const version = made.db.select().from(householdVersions).where(eq(householdVersions.householdId, 'asep')).all().at(-1)!
  assert.is(version.cause, `determination:${batchId}`)
  assert.is(isInactive(made, 'ujang'), 'mampu')
  assert.is(made.db.select().from(batches).get()!.status, 'determined')
  assert.match(await (await made.as(siti).get('/households/ujang')).text(), /Nonaktif sejak/)
  assert.is(findBrokenLine(made.db), undefined)
})

determining('sends nobody to a household that left, and lists it again when it comes back', async () => {
  const made = world()
  as(made.db, rina, (tx) => moveStage(tx, { id: 'ujang', stage: 'published' }, 'assigned', { set: { officerId: 'siti' } }))
  await determined(made, leaving)
  assert.equal([stageOf(made.db, 'ujang'), household(made, 'ujang').officerId], ['withdrawn', null])
  assert.not.match(await (await made.as(siti).get('/field')).text(), /ujang/)
  await determined(made, { kind: 'reactivation', on: '2026-02-20', householdId: 'ujang' })
  assert.is(stageOf(made.db, 'ujang'), 'listed')
})

determining('leaves what moved on since pending, and names it', async () => {
  const made = world()
  const id = verified(made, death)
  const batchId = await dispatched(made)
  made.db.update(households).set({ version: 9 }).where(eq(households.id, 'asep')).run()
  assert.equal(as(made.db, mega, (tx) => acceptProposals(tx, batchId, 'all')), { accepted: 0, stale: [id] })
  assert.is(statusOf(made.db, id), 'dispatched')
})

determining('or sends one back to Dinsos with the reason; it may come again', async () => {
  const made = world()
  const id = verified(made, death)
  const batchId = await dispatched(made)
  assert.is((await made.as(mega).post(`/batches/${batchId}/proposals/return`, { proposal: id, reason: ' ' })).status, 422)
  assert.is((await made.as(mega).post(`/batches/${batchId}/proposals/return`, { proposal: id, reason: 'Akta tidak terbaca' })).status, 303)
  assert.is(statusOf(made.db, id), 'checked')
  assert.match(await (await made.as(rina).get(`/proposals/${id}`)).text(), /Akta tidak terbaca/)
  approve(made.db, rina, id)
  const again = await dispatched(made)
  await made.as(mega).post(`/batches/${again}/proposals/acceptance`, { proposal: id })
  assert.equal([statusOf(made.db, id), household(made, 'asep').version], ['determined', 2])
})

determining('the same acceptance twice writes one version; Dinsos may not', async () => {
  const made = world()
  const id = verified(made, death)
  const batchId = await dispatched(made)
  assert.is((await made.as(rina).post(`/batches/${batchId}/proposals/acceptance`, { proposal: id })).status, 403)
  for (let time = 0; time < 2; time++) await made.as(mega).post(`/batches/${batchId}/proposals/acceptance`, { proposal: id })
  assert.is(household(made, 'asep').version, 2)
})

determining('and a household that moved is the receiver\'s from then on', async () => {
  const made = world()
  const id = verified(made, { kind: 'household_move', on: '2026-02-10', householdId: 'asep', from: PONCOSARI, to: BALECATUR, address: 'Jl. Baru 7', kkNumbers: [{ familySeq: 1, kkNumber: '9904011503109001' }] })
  const batchId = await dispatched(made)
  assert.is((await made.as(nia).get('/households/asep')).status, 404)
  await made.as(mega).post(`/batches/${batchId}/proposals/acceptance`, { proposal: id })
  assert.equal([household(made, 'asep').regionCode, (await made.as(nia).get('/households/asep')).status, (await made.as(rina).get('/households/asep')).status], [BALECATUR, 200, 404])
})

determining.run()
