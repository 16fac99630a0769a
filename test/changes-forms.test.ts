import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { plan, type Change, type ChangeKind } from '#app/changes/changes.ts'
import { fieldsOf, readChange, type Fields } from '#app/changes/forms.ts'
import { Problem } from '#app/problems.ts'
import { addHousehold, freshApp, oki, PONCOSARI, TRIMURTI } from '#test/support/world.ts'
import { userRegions } from '#db/schema/index.ts'
import { proposals } from '#db/schema/proposals.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { asep, bambang, records } from '#test/support/changes.ts'

const today = '2026-03-02'
const context = { household: { id: 'asep', regionCode: PONCOSARI, record: asep() }, other: { id: 'bambang', regionCode: TRIMURTI, record: bambang() }, newId: 'baru', today }
const read = (kind: ChangeKind, fields: Fields) => readChange(kind, fields, context)

function refusal(kind: ChangeKind, fields: Fields): string[] {
  try {
    plan(read(kind, fields), records())
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid') return Object.keys(error.fields)
    throw error
  }
  return []
}

const FILLED: Partial<Record<ChangeKind, Fields>> = {
  birth: { on: '2026-03-01', familySeq: '1', name: 'Bayu', sex: '1', nik: '9902 0101 0326 0099', relationToHead: '3', relationToFamilyHead: '3', motherSeq: '2', certificate: '1' },
  death: { on: '2026-03-01', memberSeq: '1', newHead: '3', 'heirToHead.4': '8', 'heirToHead.2': '' },
  marriage: { on: '2026-03-01', memberSeq: '3', otherSeq: '3', living: 'new_household', familyHead: 'member', kkNumber: '9902012802260031', address: 'Jl. Mawar 9', slsName: '', homeAt: 'other', certificate: '1', pregnant: 'false' },
  member_move: { on: '2026-03-01', 'mover.4': '1', 'relationToHead.4': '8', 'relationToFamilyHead.4': '8', familySeq: '1', kkNumber: '' },
  family_split: { on: '2026-03-01', 'mover.3': '1', 'relationToFamilyHead.3': '1', 'relationToFamilyHead.4': '', kkNumber: '9902012802260031', living: 'new_family' },
  family_merge: { on: '2026-03-01', 'relationToHead.1': '8', 'relationToHead.2': '8', 'relationToHead.3': '8', 'relationToHead.4': '8' },
  deactivation: { on: '2026-03-01', reasonCode: 'mampu' },
  correction: { 'household.roofType': '3', 'household.address': 'Jl. Melati 4 RT 02', 'members.2.identityDocs': '', 'members.2.identityDocs~1': '1', 'members.2.identityDocs~4': '1' },
}

const forms = suite('the form of a change')

for (const [kind, fields] of Object.entries(FILLED) as [ChangeKind, Fields][]) {
  forms(`of ${kind} is read, can be planned, and is filled in again as it was`, () => {
    const change = read(kind, fields)
    plan(change, records())
    assert.equal(readChange(kind, fieldsOf(change), { ...context, today: kind === 'correction' ? change.on : today }), change)
  })
}

forms('of a correction proposes only what was changed, boxes as one answer', () => {
  assert.equal((read('correction', FILLED.correction!) as Extract<Change, { kind: 'correction' }>).answers, { 'household.roofType': 3, 'members.2.identityDocs': [1, 4] })
  assert.equal(refusal('correction', { 'household.roofType': 'x' }), ['household.roofType'])
})

forms('puts a new household into the desa that was chosen, under the form\'s own id', () => {
  const change = read('marriage', FILLED.marriage!) as Extract<Change, { kind: 'marriage' }>
  assert.equal(JSON.parse(JSON.stringify(change.home)), { id: 'baru', regionCode: TRIMURTI, address: 'Jl. Mawar 9' })
})

forms('names its own fields when it is refused', () => {
  assert.equal(refusal('birth', { ...FILLED.birth, name: '', sex: '' }).sort(), ['name', 'sex'])
  assert.equal(refusal('death', { on: '2026-03-01', memberSeq: '1' }), ['newHead'])
  assert.equal(refusal('death', { on: '2026-03-09', memberSeq: '2' }), ['on'])
  assert.equal(refusal('death', { on: '', memberSeq: '2' }), ['on'])
  assert.equal(refusal('member_move', { ...FILLED.member_move, 'mover.4': '' }), ['movers'])
  assert.equal(refusal('member_move', { ...FILLED.member_move, 'relationToHead.4': '' }), ['relationToHead.4'])
  assert.equal(refusal('family_split', { ...FILLED.family_split, kkNumber: '12' }), ['kkNumber'])
  assert.equal(refusal('marriage', { ...FILLED.marriage, address: '' }), ['address'])
  assert.equal(refusal('household_move', { on: '2026-03-01', address: 'Jl. Baru', targetRegionCode: '' }), ['targetRegionCode'])
  assert.equal(refusal('household_move', { on: '2026-03-01', address: 'Jl. Baru', targetRegionCode: '34.04.01.2001' }), ['kkNumber.1'])
  assert.equal(refusal('household_move', { on: '2026-03-01', address: 'Jl. Baru', targetRegionCode: '34.04.01.2001', 'kkNumber.1': '99' }), ['kkNumber.1'])
})

forms.run()

const pages = suite('the pages of the forms')

const village = () => {
  const world = freshApp()
  world.db.insert(userRegions).values({ userId: oki.id, regionCode: TRIMURTI }).run()
  addHousehold(world.db, 'asep', { record: asep() })
  addHousehold(world.db, 'bambang', { record: bambang(), regionCode: TRIMURTI })
  return { ...world, oki: world.as({ ...oki, regions: [PONCOSARI, TRIMURTI] }) }
}

pages('show every kind with the household\'s own people', async () => {
  const { oki: client } = village()
  for (const kind of ['correction', 'birth', 'death', 'marriage', 'member_move', 'family_split', 'family_merge', 'household_move', 'deactivation']) {
    const page = await client.get(`/proposals/new/${kind}?household=asep${['marriage', 'member_move'].includes(kind) ? '&other=bambang' : ''}`)
    assert.is(page.status, 200, kind)
    const html = await page.text()
    assert.match(html, kind === 'household_move' ? /Nomor KK baru keluarga 1/ : kind === 'deactivation' ? /4 anggotanya/ : /Wati Suryani/, kind)
    assert.not.match(html, kind === 'correction' ? /kosong-tidak-mungkin/ : new RegExp(String(asep().members[0]!.nik)), kind)
  }
})

const common = { id: '11111111-1111-4111-8111-111111111111', kind: 'death', household: 'asep', reasonCode: 'meninggal', note: 'Akta kematian', action: 'submit' }
const evidence = () => new File([Uint8Array.from(makeJpeg({ width: 80, height: 60, seed: 3 }))], 'akta.jpg', { type: 'image/jpeg' })

pages('make a proposal of a death, and say at the field what is missing', async () => {
  const { oki: client, db } = village()
  const wrong = await client.post('/proposals', { ...common, key: crypto.randomUUID(), on: '2026-03-01', memberSeq: '1', evidence: evidence() })
  assert.is(wrong.status, 422)
  const html = await wrong.text()
  assert.match(html, /id="f-newHead-error"[^>]*>.*Pilih penggantinya/)
  assert.match(html, /Akta kematian/)
  const right = await client.post('/proposals', { ...common, key: crypto.randomUUID(), on: '2026-03-01', memberSeq: '1', newHead: '2', evidence: evidence() })
  assert.is(right.status, 303)
  const [made] = db.select().from(proposals).all()
  assert.equal([made!.status, made!.change], ['submitted', { kind: 'death', on: '2026-03-01', householdId: 'asep', memberSeq: 1, succession: { head: 2 } }])
})

pages.run()
