import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { readRing } from '#db/key-ring.ts'

// process.env is read here, once. Wrong values stop the start, all of them named at once, each with what it should be.
const variable = <S extends z.ZodType>(schema: S, should: string) => ({ schema, should })

const number = (least: number, most: number, unset: number) => z.coerce.number().int().min(least).max(most).default(unset)
const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))

// A secret is never a variable itself, since those are seen by every child and by `systemctl show`: the variable names its file.
const secretFile = z.string().transform((path, told) => {
  try {
    const secret = readFileSync(path, 'utf8').trim()
    if (secret.length >= 16) return secret
  } catch { /* told below */ }
  told.issues.push({ code: 'custom', input: path, message: '' })
  return z.NEVER
})

// The key ring is opened by whoever opens the database (db/key-ring.ts), also in threads; here it is only seen to be one.
const keyFile = z.string().transform((path, told) => {
  try {
    readRing(path)
    return path
  } catch {
    told.issues.push({ code: 'custom', input: path, message: '' })
    return z.NEVER
  }
})

const publicKeyFile = z.string().transform((path, told) => {
  try {
    return createPublicKey(readFileSync(path))
  } catch {
    told.issues.push({ code: 'custom', input: path, message: '' })
    return z.NEVER
  }
})

const VARIABLES = {
  PORT: variable(number(0, 65535, 3000), 'angka 0 sampai 65535'),
  HOST: variable(z.string().min(1).default('127.0.0.1'), 'alamat tempat mendengar, misalnya 127.0.0.1'),
  SIKS_DATA: variable(z.string().min(1).default('data'), 'folder data'),
  // The address people type. Needed behind a proxy: the origin of posts is compared with it.
  SIKS_ORIGIN: variable(z.url({ protocol: /^https?$/ }).optional(), 'alamat lengkap, misalnya https://siks.example.go.id'),
  // Only a proxy of ours may tell the client's address (X-Forwarded-For).
  SIKS_TRUST_PROXY: variable(z.stringbool().default(false), 'true atau false'),
  // Pictures of the land under the map. Without it the map draws its own lines.
  SIKS_TILES: variable(z.url().refine((address) => ['{z}', '{x}', '{y}'].every((part) => decodeURI(address).includes(part))).optional(),
    'alamat yang memuat {z}, {x} dan {y}, misalnya https://tiles.example.go.id/{z}/{x}/{y}.png'),
  // Keys that lock the database and the files; without one they lie open.
  SIKS_KEY_FILE: variable(keyFile.optional(), 'berkas kunci yang dapat dibaca SIKS (npm run keys -- make BERKAS). Bila kuncinya hilang, kembalikan dari brankas'),
  // Records of many kabupaten, for the office that determines. Its password belongs into PGPASSFILE or is not needed on a socket.
  DATABASE_URL: variable(z.string().regex(/^postgres(ql)?:\/\//).optional(), 'alamat PostgreSQL, misalnya postgres://siks@/siks?host=/run/postgresql'),
  // The public key of the office that determines; by it a kabupaten knows its answers.
  SIKS_MINISTRY_KEY_FILE: variable(publicKeyFile.optional(), 'berkas kunci umum Kemensos (PEM) yang dapat dibaca SIKS'),
  SIKS_DEMO: variable(z.stringbool().default(true), 'true atau false'),
  // auto: lines of JSON, unless a person reads along at a terminal.
  SIKS_LOG: variable(z.enum(['auto', 'json', 'off']).default('auto'), 'auto, json atau off'),
  SIKS_STOP_SECONDS: variable(number(0, 600, 20), 'angka 0 sampai 600'),
  // Below this much free room nothing that brings bytes is taken in any more; below the second the pages warn.
  SIKS_DISK_RESERVE_MB: variable(number(0, 1_000_000_000, 500), 'angka dalam MB, misalnya 500'),
  SIKS_DISK_WARN_MB: variable(number(0, 1_000_000_000, 5000), 'angka dalam MB, misalnya 5000'),
  SIKS_METRICS_TOKEN_FILE: variable(secretFile.optional(), 'berkas yang dapat dibaca dan berisi paling sedikit 16 huruf'),
  SIKS_BACKUP_TO: variable(z.string().regex(/^(\/|\.|s3:\/\/[^/]+)/).optional(), 'folder di disk lain, misalnya /mnt/cadangan/siks, atau s3://bucket/folder'),
  SIKS_BACKUP_RECIPIENTS: variable(list.pipe(z.array(z.string().regex(/^age1[0-9a-z]{20,}$/))).default([]), 'kunci umum age (age1…), beberapa dipisah koma'),
  SIKS_BACKUP_AT: variable(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/).default('01:30'), 'jam WIB, misalnya 01:30'),
  // Days, weeks, months.
  SIKS_BACKUP_KEEP: variable(z.string().regex(/^[1-9]\d{0,3},\d{1,4},\d{1,4}$/).default('7,4,12'), 'tiga angka untuk harian, mingguan dan bulanan, misalnya 7,4,12'),
  SIKS_BACKUP_NATION: variable(z.stringbool().default(true), 'true atau false'),
  // Photos and papers also lie in this store; the oldest leave this disk once they are safe there.
  SIKS_PHOTOS: variable(z.string().regex(/^s3:\/\/[^/]+/).optional(), 's3://bucket/folder'),
  SIKS_PHOTOS_KEEP_GB: variable(number(0, 1_000_000, 50), 'angka dalam GB, misalnya 50'),
  SIKS_PHOTOS_KEEP_DAYS: variable(number(1, 36_500, 30), 'angka hari, misalnya 30'),
  SIKS_S3_ENDPOINT: variable(z.url({ protocol: /^https?$/ }).optional(), 'alamat layanan S3, misalnya https://s3.example.go.id'),
  SIKS_S3_REGION: variable(z.string().min(1).default('us-east-1'), 'nama region S3'),
  SIKS_S3_ACCESS_KEY: variable(z.string().min(1).optional(), 'access key S3'),
  SIKS_S3_SECRET_FILE: variable(secretFile.optional(), 'berkas yang dapat dibaca dan berisi secret key S3'),
  // Litestream copies the write-ahead log itself and wants to be the only one who empties it.
  SIKS_LITESTREAM: variable(z.stringbool().default(false), 'true atau false'),
}
export const VARIABLE_NAMES = Object.keys(VARIABLES)

type Name = keyof typeof VARIABLES
const Environment = z.object(Object.fromEntries(Object.entries(VARIABLES).map(([name, { schema }]) => [name, schema])) as { [N in Name]: typeof VARIABLES[N]['schema'] })

export type Config = ReturnType<typeof readConfig>

export class WrongConfig extends Error {}

export function readConfig(given: NodeJS.ProcessEnv = process.env) {
  // A variable that is set to nothing (`NAME=` in a file of systemd) is not set.
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(env)
  const wrong = [...new Set(parsed.error?.issues.map(({ path }) => path[0] as Name))].map((name) => `${name} harus ${VARIABLES[name].should}; sekarang “${env[name] ?? ''}”.`)
  const faults = [...wrong, ...misfits(env)]
  if (!parsed.success || faults.length > 0) throw new WrongConfig(`Konfigurasi belum benar, jadi SIKS tidak dijalankan:\n${faults.map((one) => `  - ${one}`).join('\n')}`)
  const one = parsed.data
  const s3 = { endpoint: one.SIKS_S3_ENDPOINT, region: one.SIKS_S3_REGION, accessKey: one.SIKS_S3_ACCESS_KEY, secret: one.SIKS_S3_SECRET_FILE }
  const [days, weeks, months] = one.SIKS_BACKUP_KEEP.split(',').map(Number) as [number, number, number]
  return {
    port: one.PORT, host: one.HOST, origin: one.SIKS_ORIGIN, trustProxy: one.SIKS_TRUST_PROXY, demo: one.SIKS_DEMO, tiles: one.SIKS_TILES,
    databaseUrl: one.DATABASE_URL, ministryKey: one.SIKS_MINISTRY_KEY_FILE,
    dataDirectory: one.SIKS_DATA, keyFile: one.SIKS_KEY_FILE, database: join(one.SIKS_DATA, 'siks.db'),
    // Set by systemd, not by an admin.
    journalStream: env.JOURNAL_STREAM,
    log: one.SIKS_LOG, stopSeconds: one.SIKS_STOP_SECONDS, litestream: one.SIKS_LITESTREAM, metricsToken: one.SIKS_METRICS_TOKEN_FILE,
    disk: { reserve: one.SIKS_DISK_RESERVE_MB * 1e6, warn: one.SIKS_DISK_WARN_MB * 1e6 },
    backup: {
      to: one.SIKS_BACKUP_TO, recipients: one.SIKS_BACKUP_RECIPIENTS, at: one.SIKS_BACKUP_AT,
      keep: { days, weeks, months }, s3, nation: one.DATABASE_URL !== undefined && one.SIKS_BACKUP_NATION,
    },
    photos: one.SIKS_PHOTOS === undefined ? undefined : { to: one.SIKS_PHOTOS, s3, keepBytes: one.SIKS_PHOTOS_KEEP_GB * 1e9, keepDays: one.SIKS_PHOTOS_KEEP_DAYS },
  }
}

// What is right by itself and wrong together.
function misfits(env: Record<string, string | undefined>): string[] {
  const away = env.SIKS_BACKUP_TO?.startsWith('s3://')
  const slashed = (place: string | undefined) => `${place ?? ''}/`.replace(/\/+$/, '/')
  const [photos, backups] = [slashed(env.SIKS_PHOTOS), slashed(env.SIKS_BACKUP_TO)]
  const missing = ['SIKS_S3_ENDPOINT', 'SIKS_S3_ACCESS_KEY', 'SIKS_S3_SECRET_FILE'].filter((name) => !env[name])
  return [
    ...(away && !env.SIKS_BACKUP_RECIPIENTS ? ['SIKS_BACKUP_RECIPIENTS harus diisi: cadangan yang keluar dari server ini wajib dienkripsi.'] : []),
    ...(away && missing.length > 0 ? [`${missing.join(', ')} harus diisi, karena SIKS_BACKUP_TO menunjuk ke S3.`] : []),
    // It opens the database itself and knows no keys; left with it, the log would grow until the disk is full.
    ...(env.SIKS_KEY_FILE && z.stringbool().safeParse(env.SIKS_LITESTREAM).data ? ['SIKS_LITESTREAM dan SIKS_KEY_FILE tidak dapat dipakai bersama: Litestream tidak dapat membuka basis data yang terenkripsi. Kosongkan SIKS_LITESTREAM, hentikan Litestream, dan andalkan cadangan tiap malam.'] : []),
    ...(env.SIKS_PHOTOS && !env.SIKS_KEY_FILE ? ['SIKS_KEY_FILE harus diisi: foto yang keluar dari server ini wajib dienkripsi.'] : []),
    ...(env.SIKS_PHOTOS && !away && missing.length > 0 ? [`${missing.join(', ')} harus diisi, karena SIKS_PHOTOS menunjuk ke S3.`] : []),
    ...(env.SIKS_PHOTOS && env.SIKS_BACKUP_TO && (photos.startsWith(backups) || backups.startsWith(photos)) ? ['SIKS_PHOTOS dan SIKS_BACKUP_TO harus dua tempat yang berbeda, tidak satu di dalam yang lain.'] : []),
  ]
}

// For the start of a program: the faults for a person to read, and nothing else.
export function readConfigOrEnd(): Config {
  try {
    return readConfig()
  } catch (error) {
    if (!(error instanceof WrongConfig)) throw error
    console.error(error.message)
    return process.exit(78)
  }
}
