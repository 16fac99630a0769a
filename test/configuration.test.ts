import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readConfig, VARIABLE_NAMES } from '#app/config.ts'
import { makeKey, printRing } from '#db/key-ring.ts'

const config = suite('the configuration')

const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
const fileWith = (content: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'siks-config-')), 'secret')
  writeFileSync(path, content)
  return path
}

config('needs nothing set, and then listens on this machine alone', () => {
  const { host, port, trustProxy, backup, disk } = readConfig({})
  assert.equal([host, port, trustProxy, backup.to, backup.keep], ['127.0.0.1', 3000, false, undefined, { days: 7, weeks: 4, months: 12 }])
  assert.ok(disk.warn > disk.reserve)
})

config('names every wrong variable at once, with what it should be, in Indonesian', () => {
  const faults = faultsOf({ PORT: 'abc', SIKS_DEMO: 'mungkin', SIKS_ORIGIN: 'siks.go.id', SIKS_BACKUP_AT: '25:00', SIKS_TILES: 'https://peta.example.go.id/a.png' })
  assert.match(faults, /SIKS tidak dijalankan/)
  for (const line of [/PORT harus angka 0 sampai 65535; sekarang “abc”/, /SIKS_DEMO harus true atau false/, /SIKS_ORIGIN harus alamat lengkap/, /SIKS_BACKUP_AT harus jam WIB/, /SIKS_TILES harus alamat yang memuat/]) assert.match(faults, line)
})

config('takes a variable that is set to nothing as not set', () => assert.is(readConfig({ PORT: '', SIKS_ORIGIN: '' }).port, 3000))

config('reads secrets from files alone, and refuses one that is not there or too short', () => {
  assert.is(readConfig({ SIKS_METRICS_TOKEN_FILE: fileWith('rahasia-yang-panjang\n') }).metricsToken, 'rahasia-yang-panjang')
  assert.match(faultsOf({ SIKS_METRICS_TOKEN_FILE: '/tidak/ada' }), /SIKS_METRICS_TOKEN_FILE harus berkas/)
  assert.match(faultsOf({ SIKS_METRICS_TOKEN_FILE: fileWith('pendek') }), /paling sedikit 16/)
})

config('lets nothing leave the machine unencrypted, and says what a store away still lacks', () => {
  const faults = faultsOf({ SIKS_BACKUP_TO: 's3://cadangan/siks' })
  assert.match(faults, /SIKS_BACKUP_RECIPIENTS harus diisi/)
  assert.match(faults, /SIKS_S3_ENDPOINT, SIKS_S3_ACCESS_KEY, SIKS_S3_SECRET_FILE harus diisi/)
})

config('lets photos leave locked only, to a service that is named, and never into the folder of the backups', () => {
  const faults = faultsOf({ SIKS_PHOTOS: 's3://siks/foto', SIKS_BACKUP_TO: 's3://siks' })
  assert.match(faults, /SIKS_KEY_FILE harus diisi: foto/)
  assert.match(faults, /SIKS_S3_ENDPOINT, SIKS_S3_ACCESS_KEY, SIKS_S3_SECRET_FILE harus diisi/)
  assert.match(faults, /SIKS_PHOTOS dan SIKS_BACKUP_TO harus dua tempat/)
  assert.match(faultsOf({ SIKS_PHOTOS: '/mnt/foto' }), /SIKS_PHOTOS harus s3:\/\/bucket\/folder/)
})

config('never gives a locked database to Litestream, which cannot open it and would let the log grow', () => {
  const ring = fileWith(printRing([makeKey()]))
  assert.match(faultsOf({ SIKS_KEY_FILE: ring, SIKS_LITESTREAM: 'true' }), /SIKS_LITESTREAM dan SIKS_KEY_FILE tidak dapat dipakai bersama/)
  assert.equal([faultsOf({ SIKS_KEY_FILE: ring, SIKS_LITESTREAM: 'false' }), faultsOf({ SIKS_LITESTREAM: 'true' })], ['', ''])
})

config('of README is the one the program reads, variable by variable', () => {
  const table = readFileSync('README.md', 'utf8').split('| variable | meaning |')[1]!.split('\n\n')[0]!
  const told = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, names]) => [...names!.matchAll(/`([A-Z_0-9]+)`/g)].map(([, name]) => name!))
  // Read where every thread can, beside the key ring.
  assert.equal(told.filter((name) => name !== 'SIKS_KEY_FILE').sort(), VARIABLE_NAMES.filter((name) => name !== 'SIKS_KEY_FILE').sort())
})

config.run()
