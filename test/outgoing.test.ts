import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { csvLines, defused } from '#app/exports/csv-lines.ts'
import { ANSWERS } from '#test/support/answers.ts'
import { furnishedDatabase } from '#test/support/matrix.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { freshApp, PEOPLE, routesOf } from '#test/support/world.ts'

const sources = (...folders: string[]) => folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name)))
const withoutTypes = (text: string) => text.replace(/^import type .*$/gm, '')
const filesWith = (pattern: RegExp, folders = ['app', 'db']) => sources(...folders).filter((file) => pattern.test(withoutTypes(readFileSync(file, 'utf8')))).sort()

const FORMULA = '=HYPERLINK("http://x.example","klik")'
const NAMES = ['head_name', 'name', 'person_name', 'subject_name', 'place', 'note', 'address']

// Everything that is called by a name is called a formula.
function hostile() {
  const db = furnishedDatabase()
  const { $client } = db
  const tables = $client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'audit%' AND name NOT LIKE '%search%' AND name NOT LIKE 'sqlite%'").pluck().all() as string[]
  let changed = 0
  for (const table of tables) {
    for (const { name, type } of $client.pragma(`table_info("${table}")`) as { name: string, type: string }[]) {
      if (!NAMES.includes(name) || type !== 'TEXT') continue
      try {
        changed += $client.prepare(`UPDATE "${table}" SET "${name}" = ? WHERE "${name}" <> ''`).run(FORMULA).changes
      } catch {
        // A name that a trigger or a rule keeps as it is.
      }
    }
  }
  return { db, changed }
}

const sheets = suite('a table that leaves the house')

sheets('holds no formula, whichever page it comes from', async () => {
  const { db, changed } = hostile()
  assert.ok(changed > 20, `${changed} names changed`)
  const world = freshApp(db)
  const seen: string[] = []
  let defusedCells = 0
  for (const route of routesOf(world.app).filter((one) => one.startsWith('GET'))) {
    const { at = route.slice(4), allow } = ANSWERS[route]!
    const answer = await world.as(typeof allow === 'string' ? PEOPLE[0]! : allow[0]!).get(at)
    const text = await answer.text()
    if (!answer.headers.get('Content-Type')?.startsWith('text/csv')) continue
    seen.push(route)
    assert.match(answer.headers.get('Content-Disposition') ?? '', /^attachment/, route)
    const cells = (parse(text, { delimiter: text.split('\n', 1)[0]!.includes(';') ? ';' : ',', bom: true, relax_column_count: true }) as string[][]).flat()
    defusedCells += cells.filter((cell) => cell.startsWith("'=")).length
    assert.equal(cells.filter((cell) => /^\s*[=+\-@]/.test(cell) && !/^-?[\d.,]+$/.test(cell)), [], route)
  }
  assert.ok(seen.length > 15, seen.join())
  assert.ok(defusedCells > 0, 'a hostile name was among what left')
})

sheets('defuses every sign that begins one, also behind what cannot be seen', () => {
  for (const begin of ['=', '+', '-', '@', '\t', '\r', '\n', ' =', '\u200b=', '\u0000=', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20']) assert.is(defused(`${begin}1+1`), `'${begin}1+1`, JSON.stringify(begin))
  assert.equal([defused('Ibu-ibu'), defused(-5), defused('3,5')], ['Ibu-ibu', -5, '3,5'])
  assert.is(csvLines([['a;b', '"', '=1']]), '"a;b";"""";\'=1\r\n')
})

sheets('is written in one place, or by a way that defuses', () => {
  assert.equal(filesWith(/csv-stringify/), ['app/exports/csv-lines.ts', 'app/ratification/dispatch.ts'])
  assert.match(readFileSync('app/ratification/dispatch.ts', 'utf8'), /stringify\(\[cells\], \{ escape_formulas: true \}\)/)
  assert.match(readFileSync('app/exports/xlsx-sheets.ts', 'utf8'), /escaped\(String\(defused\(cell\)\)\)/)
})

const calls = suite('the server')

// Whoever can make a server call an address of his choice reaches what lies behind its walls. What runs on the phone calls us.
calls('calls nobody whose address came from a user', () => {
  const callers = filesWith(/\bfetch\(|\bnew AwsClient|node:https?'|node:net'|node:dns|node:tls|WebSocket|XMLHttpRequest/).filter((file) => !file.startsWith('app/offline/'))
  assert.equal(callers.filter((file) => !CALLERS[file]), [])
})
const CALLERS: Record<string, string> = {
  'app/server.ts': 'listens', 'app/backup/s3-store.ts': 'the place of the copies, from the configuration', 'app/sessions/passkey-proof.ts': 'tells the name of a site from a number; calls nobody',
}

// Copies, and the search of everybody for duplicates, are made by this very program once more; no shell stands between, and no user's word is among its arguments.
const STARTS_ITSELF = ['app/backup/nightly.ts', 'app/backup/syncing.ts', 'app/duplicates/sweep-work.ts', 'db/drift.ts']

calls('runs no program of others and no text', () => {
  assert.equal(filesWith(/child_process/).filter((file) => !STARTS_ITSELF.includes(file)), [])
  assert.equal(filesWith(/\bshell: true|(?<!\.)\bexec\(|\bexecSync\(/), [])
  assert.equal(filesWith(/\beval\(|new Function\(|node:vm'/, ['app', 'views', 'db', 'static']), [])
})

const paths = suite('an address that points elsewhere')
let server: ServerProcess
paths.before(async () => {
  server = await serverProcess()
  await server.start()
})
paths.after(() => server.stop())

// As bytes on the line: fetch would tidy the address up.
const raw = (path: string) => new Promise<string>((resolve, reject) => {
  const socket = connect(server.port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))
  let text = ''
  socket.on('data', (chunk) => { text += chunk })
  socket.on('close', () => resolve(text))
  socket.on('error', reject)
})

paths('shows no file but those that were built to be shown', async () => {
  const ways = ['..', '%2e%2e', '%2e%2e%2f..', '..%5c..', '....//', '%252e%252e', '..%00', '.%2e', '/..;/..']
  for (const base of ['/static/', '/', '/worker.js/', '/files/attachments/', '/audit/']) {
    for (const way of ways) {
      for (const target of ['package.json', 'server.js', '.build/server.js', 'data/siks.db', 'etc/passwd']) {
        const answer = await raw(`${base}${way}/${target}`)
        assert.ok(!/"dependencies"|createApp|SQLite format 3|root:x:0/.test(answer), `${base}${way}/${target}`)
        assert.match(answer, /^HTTP\/1\.1 (30[0-9]|4\d\d)/, `${base}${way}/${target}`)
      }
    }
  }
})

const worker = suite('the program for the phone')
worker('comes from here alone and runs only what is ours', async () => {
  await server.start()
  const { headers } = await fetch(`${server.url}/worker.js`, { headers: { 'User-Agent': 'Chrome/120' } })
  assert.equal(['X-Content-Type-Options', 'Cross-Origin-Resource-Policy', 'Content-Security-Policy'].map((name) => headers.get(name)),
    ['nosniff', 'same-origin', "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"])
  await server.stop()
})

sheets.run()
calls.run()
paths.run()
worker.run()
