import { parse } from 'csv-parse/sync'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assembleRecord, fromBdtHousehold, fromBdtMember } from '#app/assignments/bdt-profile.ts'
import { exportsDone } from '#app/exports/export-work.ts'
import type { Actor } from '#app/users/actor.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, freshApp, prita, rina, SRANDAKAN, TRIMURTI, type Fields } from '#test/support/world.ts'

const bdt = suite('the registry in the columns of SIKS-NG BDT')
const ASEP = aRecord({ head: 'Asep Suryana', serial: 911, household: { visitDate: '2026-11-03', LastUpdateData: '2019-01-01', latitude: -7.9, longitude: 110.2, percentile: '12' }, member: { chronicIllness: 3 } })

function world() {
  const fresh = freshApp()
  addHousehold(fresh.db, 'asep', { record: ASEP })
  addHousehold(fresh.db, 'bejo', { head: 'Bejo Widodo', regionCode: TRIMURTI })
  const rows = async (actor: Actor, list: string, fields: Fields = {}) => {
    const key = crypto.randomUUID()
    await fresh.as(actor).post('/exports', {
      key, list, query: '', format: 'csv', recipientName: 'Sri Wahyuni', recipientInstitution: 'Bappeda', purpose: 'Perencanaan', legalBasis: 'Permensos 3/2021',
      expiresOn: new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10), ...fields,
    })
    await exportsDone(fresh.db)
    return parse(await (await fresh.as(actor).get(`/exports/${key}/file`)).text(), { delimiter: ';', bom: true, columns: true }) as Record<string, string>[]
  }
  return { ...fresh, rows }
}
const WHOLE = { full: '1', fullReason: 'Pemuatan ulang ke SIKS-NG' }
const answered = (answers: object) => Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))

bdt('holds every answer, so that what went out whole is the same record when it is read in again', async () => {
  const { rows } = world()
  const [household] = await rows(rina, 'bdt-households', WHOLE)
  const people = await rows(rina, 'bdt-members', WHOLE)
  assert.is(household!.KODE_KEMENDAGRI, '34.02.01.2001')
  const own = people.filter(({ IDBDT }) => IDBDT === household!.IDBDT)
  const read = assembleRecord(fromBdtHousehold(household!).value, own.map((row) => fromBdtMember(row).value))
  assert.equal(own.length, 2)
  for (const key of ['address', 'floorType', 'hasTv', 'hasFridge', 'goatSheepCount', 'percentile', 'latitude']) assert.equal(read.household[key], ASEP.household[key], key)
  assert.equal(read.members.map((member) => answered({ ...member, kkNumber: undefined })), ASEP.members.map((member) => answered(member)))
  assert.equal(read.families, ASEP.families)
})

bdt('says of a visited house the day of the visit, not that of the prelist', async () => {
  const [household] = await world().rows(rina, 'bdt-households')
  assert.is(household!.LastUpdateData, '2026-11-03')
})

bdt('leaves masked as a rule: numbers hidden, illness, pregnancy, mother and place of the house empty', async () => {
  const { rows } = world()
  for (const actor of [rina, prita]) {
    const [household] = await rows(actor, 'bdt-households')
    const [head] = await rows(actor, 'bdt-members')
    assert.equal([household!.lat, household!.long, head!.Penyakit_kronis, head!.Jenis_cacat, head!.namagadis_ibukandung], ['', '', '', '', ''])
    assert.equal([head!.TglLahir, head!.Nama, household!.lantai], ['1980', 'Asep Suryana', '6'])
    assert.not.match(JSON.stringify([household, head]), /\d{16}|521234567890/)
  }
})

bdt('follows the filter of the list it is reached from', async () => {
  const { as, rows } = world()
  assert.match(await (await as(rina).get(`/households?region=${TRIMURTI}`)).text(), `/exports/new?list=bdt-households&amp;region=${TRIMURTI}`)
  assert.equal((await rows(rina, 'bdt-households', { query: `region=${TRIMURTI}` })).map(({ Nama_KRT }) => Nama_KRT), ['Bejo Widodo'])
  assert.match(await (await as(rina).get(`/exports/new?list=bdt-members&region=${SRANDAKAN}`)).text(), 'Kehamilan, disabilitas, penyakit')
})

bdt.run()
