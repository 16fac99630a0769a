import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { weaknessOf } from '#app/sessions/passwords.ts'
import { freshApp, PASSWORD, siti } from '#test/support/world.ts'

const weak = (password: string) => weaknessOf(password, { username: 'siti.rahayu', name: 'Siti Rahayu' })

const test = suite('a password of one\'s own')

test('has twelve signs or more, whichever they are', () => {
  assert.match(weak('kuda-sawah!')!, 'sedikitnya 12')
  for (const good of ['kuda-lari-di-sawah', 'tiga pisang di atas lemari', 'wayang7kulitbambu', 'kopi.hujan.jendela', '🌾🌾🌾 panen raya desa', 'correcthorsebattery']) assert.is(weak(good), undefined, good)
})

test('is none of those that are tried first, whatever is hung on them', () => {
  for (const bad of ['Indonesia2026!', 'password12345', 'PASSWORDPASSWORD', 'qwertyuiop123', 'sayangku12345', 'bismillah2026', 'admin-admin-admin', 'siksdinsos2026', 'adminsiks2026',
    '1234567890123', '081234567890', 'aaaaaaaaaaaa', 'abababababab', 'qwertyuiopasdf', 'abcdefghijkl', '12345678qwerty', 'katasandi@123', 'kemensos-pusdatin']) assert.match(weak(bad) ?? `${bad} is taken`, 'mudah ditebak')
})

test('does not hold the user name or the own name', () => {
  assert.match(weak('siti-rahayu-bantul')!, 'nama pengguna')
  assert.match(weaknessOf('dewi lestari bernyanyi', { username: 'petugas9', name: 'Dewi Lestari' })!, 'nama Anda')
})

test('is refused by the form with the field named, and nothing changes', async () => {
  const { as } = freshApp()
  const refused = await as(siti).post('/password', { current: PASSWORD, next: 'indonesia2026', again: 'indonesia2026' })
  assert.is(refused.status, 422)
  assert.match(await refused.text(), '#f-next')
  assert.match(await (await as(siti).post('/password', { current: '', next: '', again: '' })).text(), /Isi kata sandi baru/)
  assert.is((await as(siti).post('/password', { current: PASSWORD, next: 'kuda-lari-di-sawah', again: 'kuda-lari-di-sawah' })).status, 303)
})

test.run()
