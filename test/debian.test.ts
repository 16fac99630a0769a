import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readConfig, VARIABLE_NAMES } from '#app/config.ts'
import { startCheckpoints } from '#db/checkpoints.ts'
import { openDatabase } from '#db/connection.ts'
import { aDataDirectory } from '#test/support/servers.ts'

const FOLDER = 'app/operation/debian'
const text = (name: string) => readFileSync(join(FOLDER, name), 'utf8')
const UNITS = readdirSync(FOLDER).filter((name) => /\.(service|timer)$/.test(name))
const guide = text('README.md')
const settings = Object.fromEntries(text('siks.env').split('\n').filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('=') as [string, string]))

// systemd is not everywhere where tests run.
const systemd = (...words: string[]): string | undefined => {
  try {
    execFileSync('systemd-analyze', ['--version'])
  } catch {
    return undefined
  }
  try {
    return execFileSync('systemd-analyze', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    return `failed: ${(error as { stderr: string }).stderr}`
  }
}

const debian = suite('the installation on Debian')

debian('names only variables that the program knows, those in comments too', () => {
  const named = [...UNITS, 'siks.env', 'litestream.yml', 'README.md'].flatMap((name) => [...text(name).matchAll(/\b(SIKS_[A-Z0-9_]+|HOST|PORT)=/g)].map(([, variable]) => variable!))
  assert.equal([...new Set(named)].filter((name) => ![...VARIABLE_NAMES, 'SIKS_KEY_FILE'].includes(name)), [])
})

debian('has settings that the program accepts, on loopback and behind a proxy', () => {
  const { host, port, trustProxy, demo, origin, log } = readConfig(settings)
  assert.equal([host, trustProxy, demo, log], ['127.0.0.1', true, false, 'json'])
  assert.match(text('Caddyfile'), `reverse_proxy ${host}:${port}`)
  assert.match(text('Caddyfile'), new RegExp(`^${new URL(origin!).host} \\{`, 'm'))
})

debian('has units that systemd reads without a complaint', () => {
  for (const unit of UNITS) {
    const said = systemd('verify', join(FOLDER, unit)) ?? ''
    assert.equal(said.split('\n').filter((line) => line.includes('siks') && !/not executable|No such file/.test(line)), [], said)
  }
  assert.not.match(systemd('calendar', /OnCalendar=(.+)/.exec(text('siks-backup.timer'))![1]!) ?? '', /failed/)
})

debian('starts what is built, as its own user, in a folder of its own, with little right to anything', () => {
  const built = readFileSync('app/build.ts', 'utf8')
  for (const name of ['siks.service', 'siks-backup.service']) {
    const unit = text(name)
    const program = /ExecStart=\/usr\/bin\/node (?:--\S+ )?\.build\/(\w+)\.js/.exec(unit)?.[1]
    assert.match(built, new RegExp(`\\b${program}: 'app/`))
    for (const line of ['User=siks', 'StateDirectory=siks', 'Environment=SIKS_DATA=/var/lib/siks', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet=\n', 'EnvironmentFile=/etc/siks/siks.env']) assert.ok(unit.includes(line), `${name}: ${line}`)
  }
  const server = text('siks.service')
  assert.match(server, /^LoadCredential=metrics-token:.*\nEnvironment=SIKS_METRICS_TOKEN_FILE=%d\/metrics-token$/m)
  assert.match(server, /^RestartPreventExitStatus=78$/m)
  assert.ok(Number(/TimeoutStopSec=(\d+)/.exec(server)![1]) > readConfig(settings).stopSeconds)
})

debian('gives the service the young heap with which npm start begins', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  const [, heap] = /NODE_OPTIONS=(\S+)/.exec(text('siks.service'))!
  assert.match(scripts.start, `node ${heap} .build/server.js`)
})

debian('has Litestream copy the very database of the service', () => {
  const litestream = text('litestream.yml')
  assert.match(litestream, /^dbs:\n  - path: \/var\/lib\/siks\/siks\.db$/m)
  assert.match(litestream, 'SIKS_LITESTREAM=true')
  assert.not.match(litestream, /\t/)
})

debian('leaves the log to Litestream where that is asked', async () => {
  const db = openDatabase(join(aDataDirectory(), 'siks.db'))
  await startCheckpoints(db, { aside: true })()
  assert.is(db.$client.pragma('wal_autocheckpoint', { simple: true }), 0)
  db.$client.close()
})

debian('has a guide whose files, commands and flags are there', () => {
  for (const [path] of guide.matchAll(/app\/operation\/debian\/[\w.-]+/g)) assert.ok(existsSync(path), path)
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  for (const [, script] of guide.matchAll(/npm run ([\w:]+)/g)) assert.ok(script! in scripts, script)
  const command = readFileSync('app/backup/command.ts', 'utf8')
  for (const line of guide.split('\n').filter((one) => /npm run backup|backup\.js/.test(one))) {
    for (const [, flag] of line.matchAll(/ --([a-z-]+)/g)) assert.match(command, new RegExp(`['{ ]'?${flag}'?: \\{ type`), flag)
  }
  for (const [metric] of guide.matchAll(/siks_[a-z_]+/g)) assert.match(readFileSync('app/operation/metrics.ts', 'utf8'), `'${metric}'`)
  assert.match(readFileSync('README.md', 'utf8'), '(app/operation/debian/README.md)')
})

debian.run()
