import { copyFile, cp, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { readConfig } from '#app/config.ts'

// An online copy of everything: the database page by page while the server runs, then the files its rows name (they were
// written before the rows, so the copy lacks none). The copy is opened and checked before it counts.
export async function backUp(dataDirectory: string, target: string): Promise<{ files: number, households: number }> {
  await mkdir(target, { recursive: true })
  const source = new Database(join(dataDirectory, 'siks.db'), { readonly: true })
  await source.backup(join(target, 'siks.db'))
  source.close()
  const files = await copyNew(join(dataDirectory, 'photos'), join(target, 'photos'))
  for (const name of KEYS) await copyFile(join(dataDirectory, name), join(target, name)).catch(ifThere)
  return { files, households: verifyBackup(target) }
}

// What signs receipts, and what opens the files locked for this office. Made when first needed.
const KEYS = ['receipt-key.pem', 'office-key.txt']
const ifThere = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
}

// How many households the copy holds; throws when it is not whole.
export function verifyBackup(target: string): number {
  const copy = new Database(join(target, 'siks.db'), { readonly: true })
  try {
    const verdict = copy.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw new Error(`Salinan rusak: ${String(verdict)}`)
    return (copy.prepare('SELECT count(*) AS n FROM households').get() as { n: number }).n
  } finally {
    copy.close()
  }
}

// Files never change once stored, so what is there already is left alone.
async function copyNew(from: string, to: string): Promise<number> {
  const entries = await readdir(from, { withFileTypes: true, recursive: true }).catch(() => [])
  let copied = 0
  for (const entry of entries.filter((one) => one.isFile())) {
    const source = join(entry.parentPath, entry.name)
    const target = join(to, source.slice(from.length))
    if (await stat(target).then(({ size }) => size, () => -1) === (await stat(source)).size) continue
    await mkdir(join(target, '..'), { recursive: true })
    await copyFile(source, target)
    copied++
  }
  return copied
}

// Puts a backup into an empty data directory. Whatever lies there already is never overwritten.
export async function restore(from: string, dataDirectory: string): Promise<number> {
  if ((await readdir(dataDirectory).catch(() => [])).length > 0) throw new Error(`${dataDirectory} tidak kosong. Pemulihan hanya ke folder kosong.`)
  const households = verifyBackup(from)
  await cp(from, dataDirectory, { recursive: true })
  return households
}

if (process.argv[1]?.endsWith('backup.ts')) {
  const { values: { to, from } } = parseArgs({ options: { to: { type: 'string' }, from: { type: 'string' } } })
  const { dataDirectory } = readConfig()
  if (from) console.log(`${await restore(from, dataDirectory)} rumah tangga dipulihkan ke ${dataDirectory}.`)
  else {
    const target = to ?? `${dataDirectory}-backup-${new Date().toISOString().slice(0, 10)}`
    const { files, households } = await backUp(dataDirectory, target)
    console.log(`Salinan utuh di ${target}: ${households} rumah tangga, ${files} berkas baru.`)
  }
}
