import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rotateSession, startSession, findSignedIn } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import { freshCode } from '#test/support/factors.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { actions, agus, budi, freshApp, hadi, mega, PASSWORD, rina } from '#test/support/world.ts'

const MINUTE = 60_000

// Somebody whose last proof of who they are lies this many minutes back.
function late() {
  const world = freshApp(furnishedDatabase())
  return {
    ...world,
    on: async (who: Actor, minutes: number) => {
      const token = await startSession(world.db, who.id, 'test')
      world.db.$client.prepare('UPDATE sessions SET confirmed_at = ? WHERE user_id = ?').run(Date.now() - minutes * MINUTE, who.id)
      let cookie = `siks_session=${token}`
      return {
        token,
        ask: async (path: string, fields?: Record<string, string>, headers: Record<string, string> = {}) => {
          const body = fields && new URLSearchParams(fields)
          const answer = await world.app.request(path, { redirect: 'manual', ...(fields && { method: 'POST', body }), headers: { Cookie: cookie, ...headers } })
          cookie = answer.headers.getSetCookie().find((one) => one.startsWith('siks_session='))?.split(';')[0] ?? cookie
          return { status: answer.status, to: answer.headers.get('Location'), hx: answer.headers.get('HX-Redirect'), html: await answer.text() }
        },
      }
    },
  }
}
const FULL = { key: '00000000-0000-4000-8000-000000000009', list: 'households', format: 'csv', recipientName: 'Bapak Camat', recipientInstitution: 'Kecamatan', purpose: 'Rapat', legalBasis: 'Surat 1/2026', expiresOn: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10), full: '1', fullReason: 'Pencocokan di lapangan' }
const GUARDED: [Actor, string, string, Record<string, string>][] = [
  [hadi, 'ratification', '/batches/frozen/ratification', {}], [hadi, 'ratification', '/programmes/batches/b/ratification', {}],
  [mega, 'determination', '/batches/dispatched/acceptance', { scope: 'all' }], [mega, 'determination', '/batches/dispatched/proposals/acceptance', { scope: 'all' }],
  [rina, 'fullExport', '/exports', FULL], [budi, 'numbers', '/households/asep/numbers', { purpose: 'document' }], [budi, 'numbers', '/households/asep/versions/1/numbers', { purpose: 'document' }],
  [rina, 'numbers', '/programmes/sembako/recipients/recipient/numbers', { purpose: 'document' }],
  [agus, 'reset', '/users/siti/password', {}], [agus, 'reset', '/users/hadi/factor-reset', { reason: 'HP hilang' }], [agus, 'reset', '/users/siti/passkey-removal', { passkey: 'none', reason: 'HP hilang' }], [agus, 'role', '/users/siti/placement', { role: 'enumerator' }], [agus, 'role', '/users', { name: 'Ratna' }],
  [agus, 'person', '/users/siti/details', { name: 'Siti Aminah', phone: '' }], [rina, 'package', '/exchange/packages', {}], [rina, 'protection', '/protection/cases/none/file', {}],
]
const GUARDED_PAGES: [Actor, string, string][] = [
  [agus, 'role', '/users/new'], [agus, 'role', '/users/siti/placement'], [agus, 'person', '/users/siti/details'], [rina, 'package', '/exchange/packages/package/file'], [rina, 'difference', '/periods/compare/difference.csv?from=a&to=b'],
  [rina, 'protection', '/protection/breaches/none/people'], [rina, 'protection', '/protection/breaches/none/letters'],
]

const test = suite('signing in again')

test('is asked before what weighs, after ten minutes, and nothing has happened', async () => {
  const { db, on } = late()
  const before = actions(db).length
  for (const [who, purpose, path, fields] of GUARDED) {
    const { to } = await (await on(who, 11)).ask(path, fields, { Referer: 'http://localhost/some/page?a=1' })
    assert.is(to, `/session/confirmation?purpose=${purpose}&next=${encodeURIComponent('/some/page?a=1')}&posted=1`, path)
  }
  assert.is(actions(db).length, before)
  for (const [who, , path, fields] of GUARDED) assert.not.match((await (await on(who, 9)).ask(path, fields)).to ?? '', 'confirmation', path)
})

test('is asked before a page or a file that shows what is hidden, and leads back to it', async () => {
  const { on } = late()
  for (const [who, purpose, path] of GUARDED_PAGES) {
    assert.is((await (await on(who, 11)).ask(path)).to, `/session/confirmation?${new URLSearchParams({ purpose, next: path })}`, path)
    assert.not.match((await (await on(who, 4)).ask(path)).to ?? '', 'confirmation', path)
  }
  assert.match((await (await on(rina, 6)).ask('/exchange/packages')).html, 'purpose=package')
})

test('is not asked for a masked export, nor of whom the act is forbidden anyway', async () => {
  const { on } = late()
  const { full: _, ...masked } = FULL
  assert.match((await (await on(rina, 60)).ask('/exports', masked)).to!, /^\/exports\//)
  assert.is((await (await on(budi, 60)).ask('/batches/frozen/ratification', {})).status, 403)
})

test('says for what, takes the password and the code, gives a new token and leads back to our own page only', async () => {
  const { db, app, on } = late()
  const hadis = await on(hadi, 11)
  const { html } = await hadis.ask('/session/confirmation?purpose=ratification&next=/batches/frozen&posted=1')
  assert.match(html, 'Untuk mengesahkan berkas, pastikan')
  assert.match(html, 'Isian tadi belum tersimpan')
  const asked = { purpose: 'ratification', next: '/batches/frozen' }
  assert.match((await hadis.ask('/session/confirmation', { ...asked, current: 'salah', code: freshCode(db, hadi) })).html, 'Kata sandi sekarang tidak cocok')
  assert.match((await hadis.ask('/session/confirmation', { ...asked, current: PASSWORD, code: '000000' })).html, 'Kode tidak cocok')
  assert.match((await hadis.ask('/batches/frozen')).html, 'masuk ulang dahulu', 'half of it is not enough')
  assert.is((await hadis.ask('/session/confirmation', { ...asked, current: PASSWORD, code: freshCode(db, hadi) })).to, '/batches/frozen')
  assert.match((await hadis.ask('/batches/frozen')).html, 'Nomor surat pengesahan')
  assert.is((await app.request('/', { headers: { Cookie: `siks_session=${hadis.token}` } })).status, 303, 'the old token is worth nothing')
  assert.is(actions(db).at(-1), 'session.confirmed')
  for (const next of ['//evil.example', 'https://evil.example']) {
    const budis = await on(budi, 11)
    assert.is((await budis.ask('/session/confirmation', { purpose: 'numbers', next, current: PASSWORD })).to, '/')
  }
})

test('is offered before the form is typed when it would run out meanwhile', async () => {
  const { on } = late()
  for (const [who, path, field] of [[hadi, '/batches/frozen', 'Nomor surat pengesahan'], [rina, '/exports/new?list=households', 'NIK, Nomor KK, dan tanggal lahir utuh'], [budi, '/households/asep', 'Tampilkan sekali']] as const) {
    assert.match((await (await on(who, 4)).ask(path)).html, field)
    const late = (await (await on(who, 6)).ask(path)).html
    assert.not.match(late, field)
    assert.match(late, '/session/confirmation?purpose=')
  }
  const path = '/users/new?name=Ratna+Sari'
  assert.is((await (await on(agus, 6)).ask(path)).to, `/session/confirmation?purpose=role&next=${encodeURIComponent(path)}`)
  assert.match((await (await on(agus, 4)).ask(path)).html, 'value="Ratna Sari"')
})

test('leads a page that changes in place there too, and tells a program plainly', async () => {
  const { on } = late()
  const rinas = await on(rina, 11)
  const { status, hx } = await rinas.ask('/exports', FULL, { 'HX-Request': 'true', 'HX-Current-URL': 'http://localhost/exports/new?list=households' })
  assert.equal([status, hx], [204, '/session/confirmation?purpose=fullExport&next=%2Fexports%2Fnew%3Flist%3Dhouseholds&posted=1'])
  assert.is((await rinas.ask('/exports', FULL, { Accept: 'application/json' })).status, 401)
})

test('a rotated session keeps its beginning, so that nobody stays for ever', async () => {
  const { db, on } = late()
  const { token } = await on(budi, 11)
  db.$client.prepare('UPDATE sessions SET created_at = ? WHERE user_id = ?').run(Date.now() - 6 * 86_400_000, 'budi')
  const fresh = rotateSession(db, (await findSignedIn(db, token))!.session, Date.now())
  assert.is((await findSignedIn(db, fresh))!.actor.id, 'budi')
  db.$client.prepare('UPDATE sessions SET created_at = created_at - ?').run(1.1 * 86_400_000)
  assert.is(await findSignedIn(db, fresh), undefined)
})

test('a changed password is not yet a proof where a code belongs to it', async () => {
  const { db, on } = late()
  const hadis = await on(hadi, 11)
  await hadis.ask('/password', { current: PASSWORD, next: 'kuda-lari-di-sawah', again: 'kuda-lari-di-sawah' })
  assert.match((await hadis.ask('/batches/frozen')).html, 'masuk ulang dahulu')
  assert.ok(actions(db).includes('user.password_changed'))
})

test.run()
