import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { find, type Group } from '#app/finder/finder.ts'
import type { Actor } from '#app/users/actor.ts'
import { households } from '#db/schema/index.ts'
import { eq } from 'drizzle-orm'
import { closeBrowser } from '#test/support/browser.ts'
import { live } from '#test/support/live.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, agus, aulia, BALECATUR, budi, dewi, freshApp, freshDatabase, GADINGSARI, nia, PEOPLE, prita, rina, siti, TRIMURTI } from '#test/support/world.ts'

function world(db = freshDatabase()) {
  addHousehold(db, 'asep', { record: aRecord({ head: 'Asep Suryana', spouse: 'Wati Suryani', serial: 811 }) })
  addHousehold(db, 'bejo', { record: aRecord({ head: 'Bejo Widodo', spouse: 'Asih Widodo', serial: 812 }), regionCode: TRIMURTI })
  addHousehold(db, 'cahya', { record: aRecord({ head: 'Cahya Nugroho', spouse: 'Sri Lestari', address: 'Gang Asem 7', serial: 813 }), regionCode: GADINGSARI })
  addHousehold(db, 'dirjo', { record: aRecord({ head: 'Asep Dirjo', spouse: 'Tini', serial: 814 }), regionCode: BALECATUR })
  return db
}
const titles = (groups: Group[], kind: Group['kind']) => groups.find((group) => group.kind === kind)?.found.map(({ title }) => title) ?? []

const finding = suite('finding by one box')

finding('finds the household by its head or address, and the person by name, in the reader\'s places only', () => {
  const db = world()
  assert.equal(titles(find(db, rina, 'asep'), 'households'), ['Asep Suryana'])
  assert.equal(titles(find(db, nia, 'asep'), 'households'), ['Asep Dirjo'])
  assert.equal(titles(find(db, rina, 'as'), 'households'), ['Asep Suryana', 'Cahya Nugroho'])
  assert.equal(titles(find(db, rina, 'asih'), 'members'), ['Asih Widodo'])
  assert.equal(find(db, rina, 'asih').find(({ kind }) => kind === 'members')!.found[0]!.href, '/households/bejo')
  assert.equal(titles(find(db, siti, 'asih'), 'members'), [])
})

finding('finds by NIK and by No KK, and shows neither', () => {
  const db = world()
  const { members, families } = db.select().from(households).where(eq(households.id, 'asep')).get()!.record
  const byHead = find(db, budi, String(members[0]!.nik))
  assert.equal([titles(byHead, 'households'), titles(byHead, 'members')], [['Asep Suryana'], []])
  const bySpouse = find(db, budi, String(members[1]!.nik).replace(/(.{4})/g, '$1 '))
  assert.equal([titles(bySpouse, 'households'), titles(bySpouse, 'members')], [[], ['Wati Suryani']])
  const byCard = find(db, budi, String(families[0]!.kkNumber))
  assert.equal(titles(byCard, 'households'), ['Asep Suryana'])
  for (const groups of [byHead, bySpouse, byCard]) assert.not(/\d{16}/.test(JSON.stringify(groups)))
  for (const stranger of [nia, dewi]) assert.equal(find(db, stranger, String(members[1]!.nik)), [])
})

finding('finds officers and desa, the reader\'s own first', () => {
  const db = world()
  assert.equal(titles(find(db, rina, 'tono'), 'officers'), ['Tono Wibowo'])
  assert.equal(find(db, rina, 'tono').find(({ kind }) => kind === 'officers')!.found[0]!.href, '/households?officer=tono')
  assert.equal(titles(find(db, nia, 'tono'), 'officers'), [])
  assert.equal(find(db, agus, 'rina').find(({ kind }) => kind === 'officers')!.found[0]!.href, '/users/rina')
  assert.equal(find(db, rina, 'trimur').find(({ kind }) => kind === 'villages')!.found.map(({ title, href }) => [title, href]), [['Trimurti', `/households?region=${TRIMURTI}`]])
  assert.is(find(db, nia, 'trimur').find(({ kind }) => kind === 'villages')!.found[0]!.href, `/regions/${TRIMURTI}`)
})

finding('finds an officer of one\'s own places among a thousand of the same name elsewhere, and whoever stands over them', () => {
  const db = world()
  const add = db.$client.prepare("INSERT INTO users (id, username, name, role, password_hash, status, created_at) VALUES (?, ?, ?, 'enumerator', '', 'active', '2026-01-01')")
  for (let i = 0; i < 1000; i += 1) {
    add.run(`t${i}`, `t${i}`, `Arif Tono ${i}`)
    db.$client.prepare('INSERT INTO user_regions (user_id, region_code) VALUES (?, ?)').run(`t${i}`, BALECATUR)
  }
  for (const reader of [rina, budi, siti]) assert.equal(titles(find(db, reader, 'tono'), 'officers'), ['Tono Wibowo'], reader.name)
  assert.is(titles(find(db, prita, 'tono'), 'officers').length, 6)
  assert.equal(titles(find(db, siti, 'wawan'), 'officers'), ['Wawan Hidayat'])
  assert.equal(titles(find(db, dewi, 'wawan'), 'officers'), [])
})

finding('finds an officer as he is at this moment: by his new name, in his new place, and no longer once he is suspended', () => {
  const db = world()
  const [seenBy, change] = [(reader: Actor, q: string) => titles(find(db, reader, q), 'officers'), (text: string) => db.$client.prepare(text).run()]
  assert.equal(seenBy(rina, 'tono'), ['Tono Wibowo'])
  change("UPDATE users SET name = 'Wibowo  Hartono' WHERE id = 'tono'")
  assert.equal([seenBy(rina, 'tono wib'), seenBy(rina, 'wibowo har')], [[], ['Wibowo  Hartono']])
  change(`UPDATE user_regions SET region_code = '${BALECATUR}' WHERE user_id = 'tono'`)
  assert.equal([seenBy(rina, 'hartono'), seenBy(nia, 'hartono')], [[], ['Wibowo  Hartono']])
  change("UPDATE users SET status = 'suspended' WHERE id = 'tono'")
  assert.equal([seenBy(nia, 'hartono'), seenBy(agus, 'hartono')], [[], []])
})

finding('finds the pages of one\'s role and no other\'s', () => {
  const db = world()
  const first = (actor: Actor, q: string) => titles(find(db, actor, q), 'commands')
  assert.equal(first(agus, 'undang'), ['Undang pengguna'])
  assert.equal(first(rina, 'undang'), [])
  assert.ok(first(aulia, '').includes('Jejak audit') && !first(aulia, '').includes('Rumah tangga'))
  assert.ok(first(rina, 'ekspor').includes('Ekspor rumah tangga'))
  for (const actor of [agus, aulia]) assert.equal(titles(find(db, actor, 'asep'), 'households'), [])
})

finding('marks who is no longer in the registry\'s living part', () => {
  const db = world()
  db.$client.prepare("INSERT INTO inactive_households (household_id, reason, since, cause) VALUES ('asep', 'D1', '2026-02-01', 'test')").run()
  assert.is(find(db, rina, 'asep').find(({ kind }) => kind === 'households')!.found[0]!.mark, 'Nonaktif')
})

finding('never breaks on anything that is typed, nor leads out of one\'s places', () => {
  const db = world()
  const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('asep', 'a', 'region : r34', '"', 'OR', '*', '%', '_', '\'', '(as'))
  fc.assert(fc.property(fc.array(word, { maxLength: 3 }), fc.constantFrom(...PEOPLE), (words, actor) => {
    const homes = find(db, actor, words.join(' ')).filter(({ kind }) => kind === 'households' || kind === 'members').flatMap(({ found }) => found.map(({ href }) => href.split('/')[2]!))
    for (const id of homes) assert.ok(actor.regions.some((code) => db.select().from(households).where(eq(households.id, id)).get()!.regionCode.startsWith(code)))
  }), { numRuns: 300 })
})

finding('walks no table of households, whoever asks', () => {
  const db = world()
  const seen = new Set<string>()
  const prepare = db.$client.prepare.bind(db.$client)
  db.$client.prepare = ((sql: string) => { seen.add(sql); return prepare(sql) }) as typeof prepare
  for (const actor of [siti, rina, prita]) for (const q of ['asep', '9902010000000000']) find(db, actor, q)
  const plans = [...seen].filter((sql) => /household|member/.test(sql)).flatMap((sql) => {
    const values = /@digits/.test(sql) ? [{ digits: '1' }] : /@text/.test(sql) ? [{ text: '', everybody: 0, limit: 1 }] : Array.from(sql.matchAll(/\?/g), () => '[]')
    return (prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(({ detail }) => detail)
  })
  assert.ok(plans.length > 0)
  assert.equal(plans.filter((detail) => /^SCAN (h|m|households|members)\b/.test(detail)), [])
})

finding.run()

const page = suite('the page of the finder')

page('works as a plain form, gives htmx the results alone, and stands behind the glass of every page', async () => {
  const { db, as, htmx } = freshApp()
  world(db)
  const whole = await (await as(rina).get('/finder?q=asep')).text()
  assert.match(whole, '<title>Cari')
  assert.match(whole, 'href="/households/asep"')
  assert.match(whole, '1 temuan')
  const part = await (await htmx(rina).get('/finder?q=asep')).text()
  assert.ok(part.includes('/households/asep') && !part.includes('<html') && !part.includes('<input'))
  assert.match(await (await htmx(rina).get('/finder')).text(), '<input type="search"')
  assert.match(await (await as(aulia).get('/')).text(), 'data-palette')
  assert.match(await (await as(rina).get('/finder?q=zzzz')).text(), 'Tidak ada yang cocok')
})

page.run()

const palette = suite('the search box by keyboard')

palette('opens by / and Ctrl+K, is walked by arrows, opened by Enter, closed by Escape; the focus comes back', async () => {
  const running = await live(world())
  try {
    const desk = await running.signIn(rina, { viewport: { width: 1280, height: 900 } })
    await desk.goto('/prelist')
    await desk.locator('main a').first().focus()
    const before = await desk.evaluate('document.activeElement.href')
    await desk.keyboard.press('/')
    const box = desk.getByRole('dialog', { name: 'Cari' }).getByRole('searchbox')
    await box.waitFor()
    await desk.keyboard.type('asep')
    await desk.getByRole('link', { name: /^Asep Suryana/ }).waitFor()
    await desk.getByText('1 temuan untuk "asep"').waitFor()
    await desk.keyboard.press('ArrowDown')
    assert.match(String(await desk.evaluate('document.activeElement.href')), '/households/asep')
    await desk.keyboard.press('ArrowUp')
    await desk.keyboard.press('Escape')
    await desk.getByRole('dialog').waitFor({ state: 'hidden' })
    await desk.waitForFunction('document.activeElement !== document.body')
    assert.is(await desk.evaluate('document.activeElement.href'), before)
    await desk.keyboard.press('Control+k')
    await box.waitFor()
    await desk.keyboard.type('wati sur')
    await desk.getByRole('link', { name: /^Wati Suryani/ }).waitFor()
    await desk.getByText('1 temuan untuk "wati sur"').waitFor()
    await desk.keyboard.press('Enter')
    await desk.waitForURL('**/households/asep')
  } finally {
    await running.stop()
  }
})

palette('is a page without script', async () => {
  const running = await live(world())
  try {
    const desk = await running.signIn(rina, { viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
    await desk.getByRole('link', { name: 'Cari' }).click()
    await desk.getByRole('searchbox').fill('asep')
    await desk.getByRole('search').getByRole('button', { name: 'Cari' }).click()
    await desk.getByRole('link', { name: /^Asep Suryana/ }).click()
    assert.match(desk.url(), '/households/asep')
  } finally {
    await running.stop()
  }
})

palette('moves through a list by j, k and arrows, opens by Enter, and tells its keys', async () => {
  const running = await live(world())
  try {
    const desk = await running.signIn(rina, { viewport: { width: 1280, height: 900 } })
    await desk.goto('/households')
    const name = () => desk.evaluate('document.activeElement.textContent')
    const press = async (...keys: string[]) => { for (const key of keys) await desk.keyboard.press(key) }
    await press('j', 'j')
    assert.is(await name(), 'Bejo Widodo')
    await press('ArrowDown', 'k', 'k')
    assert.is(await name(), 'Asep Suryana')
    await press('?')
    await desk.getByRole('dialog', { name: 'Pintasan papan ketik' }).waitFor()
    await press('Escape', 'j', 'Enter')
    await desk.waitForURL('**/households/bejo')
  } finally {
    await running.stop()
    await closeBrowser()
  }
})

palette.run()
