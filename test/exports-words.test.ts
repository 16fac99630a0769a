import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findList } from '#app/exports/lists.ts'
import type { Query } from '#app/exports/exportable.ts'
import type { Actor } from '#app/users/actor.ts'
import { exportHref } from '#views/exports/links.ts'
import { agus, aulia, freshDatabase, rina, SRANDAKAN } from '#test/support/world.ts'

// The words stand in the record of the hand-over that both sides sign: what was left out must not read as if it were there.
const words = suite('which rows leave, in words')
const db = freshDatabase()
const told = (list: string, actor: Actor, query: Query) => findList(list)!.words!({ db, actor }, query)

words('name every part of the filter that the page had', () => {
  const region = SRANDAKAN
  assert.is(told('households', rina, { region, desil: 'none', point: 'none' }), 'Srandakan; tanpa desil; tanpa titik di peta')
  assert.is(told('reviews', rina, { village: region, officer: 'siti', outcome: '1', flags: 'yes' }), 'Srandakan; petugas Siti Rahayu; hasil Selesai dicacah; yang bertanda')
  assert.is(told('proposals', rina, { tab: 'closed', region }), 'ditolak atau ditarik; Srandakan')
  assert.is(told('recipients', rina, { programme: 'pkh', region, q: 'wati', phase: 'paused' }), 'PKH; Srandakan; pencarian "wati"; ditahan')
  assert.is(told('recipient-changes', rina, { tab: 'done', programme: 'pkh' }), 'disahkan; PKH')
  assert.is(told('payments-failed', rina, { programme: 'pkh' }), 'PKH')
  assert.is(told('reports', rina, { show: 'overdue', kind: 'usul' }), 'lewat batas; usul')
  assert.is(told('crosschecks', rina, { region, show: 'dismissed', kind: '' }), 'Srandakan; temuan dikesampingkan')
  assert.is(told('psks', rina, { show: 'ended', q: 'karang' }), 'pencarian "karang"; yang berakhir')
  assert.is(told('ppks-services', rina, { from: '2026-03-01', to: '2026-03-31', mode: 'referred', open: 'yes' }), 'dirujuk; sejak 1 Maret 2026; sampai 31 Maret 2026; rujukan tanpa kabar')
  assert.is(told('audit', aulia, { actor: 'rina', from: '2026-03-01' }), 'pelaku rina; sejak 1 Maret 2026')
  assert.is(told('users', agus, { q: 'siti', role: 'enumerator', status: 'suspended' }), 'pencarian "siti"; Petugas pendata; ditangguhkan')
})

words('a list filtered by nothing but its first tab says that tab', () => {
  assert.is(told('psks', rina, {}), 'yang aktif')
  assert.is(told('reports', rina, {}), 'yang terbuka')
})

words('the button on a filtered list carries its filter, with a question mark or without', () => {
  assert.is(exportHref('crosschecks', 'region=34.02.01'), '/exports/new?list=crosschecks&region=34.02.01')
  assert.is(exportHref('psks', '?region=34.02.01'), '/exports/new?list=psks&region=34.02.01')
  assert.equal(['', '?'].map((query) => exportHref('audit', query)), ['/exports/new?list=audit', '/exports/new?list=audit'])
})

words.run()
