import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codeFrom } from '#app/reports/codes.ts'
import { openCase } from '#app/protection/cases.ts'
import { CERTIFICATE, issue, letter } from '#test/support/certificates.ts'
import { decision } from '#test/support/proposals.ts'
import { notFound, determinedAs } from '#test/support/exclusions.ts'
import { asksFor } from '#test/support/protection.ts'
import { world } from '#test/support/ratified.ts'
import { as, oki, rina, type Fields } from '#test/support/world.ts'

const { householdId, days, ...rest } = letter({ householdId: 'asep', memberSeq: 1 })
const form = (more: Fields = {}): Fields => ({ ...rest, memberSeq: '1', days: String(days), household: householdId, ...more })
const now = () => new Date().toISOString()

const held = suite('a letter for a household that is held back')

held('is refused with the reason and what to do, until it was found again', async () => {
  const { made, id } = await notFound()
  assert.match(await (await made.as(oki).get('/certificates/new?household=asep')).text(), /Surat belum bisa dibuat[\s\S]*menunggu keputusan nonaktif[\s\S]*ditemukan kembali/)
  const refused = await made.as(oki).post('/certificates', form())
  assert.is(refused.status, 409)
  assert.match(await refused.text(), 'putuskan usulan nonaktifnya')
  await made.as(oki).post(`/proposals/${id}/found`, decision('Ditemui di rumahnya'))
  assert.is((await made.as(oki).post('/certificates', form())).status, 303)
})

held('that was written before says so to whoever asks, and is printed no more', async () => {
  const made = world()
  await determinedAs(made, 1)
  issue(made.db, oki, { householdId: 'asep', memberSeq: 1 }, now())
  const check = async () => (await made.anybody.post('/cek/surat', { code: codeFrom(CERTIFICATE) })).text()
  assert.match(await check(), /asli dan berlaku[\s\S]*masih terdaftar/)
  made.db.$client.exec("UPDATE households SET stage = 'published' WHERE id = 'asep'")
  await determinedAs(made, 2)
  assert.match(await check(), /Sedang diperiksa ulang[\s\S]*Tanyakan kepada penerbit[\s\S]*menunggu keputusan/)
  const page = await (await made.as(oki).get(`/certificates/${CERTIFICATE}`)).text()
  assert.match(page, 'tidak bisa dicetak sekarang')
  assert.not.match(page, `/certificates/${CERTIFICATE}/print`)
  assert.is((await made.as(oki).get(`/certificates/${CERTIFICATE}/print`)).status, 409)
})

const restricted = suite('a letter for a household whose processing is restricted')

restricted('is refused with the reason, until Dinsos ends it', async () => {
  const made = world()
  await determinedAs(made, 1)
  as(made.db, rina, (tx) => openCase(tx, asksFor(made.db, 'asep', { kind: 'restriction', wish: 'Jangan diproses' })), '2026-03-02T02:00:00.000Z')
  const at = `/protection/cases/${asksFor(made.db, 'asep').id}`
  await made.as(rina).post(`${at}/reply`, { revision: '1', status: 'answered', reply: 'Disepakati dengan kepala bidang.', exports: '1' })
  const refused = await made.as(oki).post('/certificates', form())
  assert.is(refused.status, 409)
  assert.match(await refused.text(), 'dibatasi atas permohonan warga')
  await made.as(rina).post(`${at}/release`, { note: 'Diminta warga sendiri' })
  assert.is((await made.as(oki).post('/certificates', form())).status, 303)
})

held.run()
restricted.run()
