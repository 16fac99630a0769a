import { createReadStream, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Config } from '#app/config.ts'
import { s3Store } from '#app/backup/s3-store.ts'
import { syncFolder } from '#app/backup/syncing.ts'
import { Told } from '#app/operation/failures.ts'

// Where backups lie: another disk, or an S3 store. Names have slashes; what is put is there whole or not at all.
export type Store = {
  where: string
  // What is held in memory, or a file.
  put: (name: string, content: Buffer | string) => Promise<void>
  read: (name: string) => Promise<Buffer | undefined>
  stream: (name: string) => AsyncIterable<Buffer>
  list: (prefix: string) => Promise<Map<string, number>>
  remove: (name: string) => Promise<void>
  // What was cut off on its way in. A service is told by a rule of its own to forget such things.
  unfinished: () => Promise<string[]>
  // Everything put so far outlives a power cut when this returns.
  settle: () => Promise<void>
}

export const openStore = (to: string, s3: Config['backup']['s3']): Store => to.startsWith('s3://') ? s3Store(to, s3) : directoryStore(to)

export const MARK = 'siks-backup.json'

// What its disk refuses, in words about that disk and not about the server's own.
function refusedBy(folder: string, cause: unknown) {
  const { code } = cause as NodeJS.ErrnoException
  if (cause instanceof Told || code === undefined) return cause
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Told(`Disk tujuan cadangan ${folder} penuh. Besarkan disk itu, atau simpan lebih sedikit (SIKS_BACKUP_KEEP). Cadangan yang sudah utuh tetap ada.`, { cause })
  return new Told(`Tujuan cadangan ${folder} tidak dapat dipakai (${code}). Pastikan disknya terpasang (findmnt) dan foldernya milik pengguna yang menjalankan SIKS.`, { cause })
}

function directoryStore(folder: string): Store {
  try {
    return openDirectory(folder)
  } catch (error) {
    throw refusedBy(folder, error)
  }
}

function openDirectory(folder: string): Store {
  if (existsSync(folder) && !existsSync(join(folder, MARK)) && readdirSync(folder).some((name) => name !== 'lost+found')) {
    throw new Told(`${folder} berisi hal lain dan bukan folder cadangan SIKS. Pilih folder kosong.`)
  }
  const at = (name: string) => join(folder, name)
  const folders = new Set<string>()
  return {
    where: folder,
    put: async (name, content) => {
      const place = at(name)
      try {
        if (!folders.has(dirname(place))) mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
        folders.add(dirname(place))
        if (typeof content === 'string') await copyFile(content, `${place}.part`)
        else await writeFile(`${place}.part`, content, { mode: 0o600 })
        await rename(`${place}.part`, place)
      } catch (error) {
        // What a full disk has cut off would keep it full.
        await rm(`${place}.part`, { force: true }).catch(() => undefined)
        throw refusedBy(folder, error)
      }
    },
    read: (name) => readFile(at(name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw refusedBy(folder, error)
      return undefined
    }),
    stream: (name) => createReadStream(at(name), { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>,
    list: (prefix) => listUnder(folder, at(prefix)).catch((error: unknown) => { throw refusedBy(folder, error) }),
    remove: (name) => rm(at(name), { force: true }),
    unfinished: async () => !existsSync(folder) ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part')),
    settle: () => syncFolder(folder),
  }
}

async function listUnder(folder: string, under: string): Promise<Map<string, number>> {
  if (!existsSync(under)) return new Map()
  const files = readdirSync(under, { withFileTypes: true, recursive: true }).filter((one) => one.isFile() && !one.name.endsWith('.part'))
  const sized = await Promise.all(files.map(async ({ parentPath, name }): Promise<[string, number]> => {
    const path = join(parentPath, name)
    return [relative(folder, path), (await stat(path)).size]
  }))
  return new Map(sized)
}

// A backup on the disk of the data dies with it.
export function isSameDisk(to: string, dataDirectory: string): boolean {
  if (to.startsWith('s3://')) return false
  const existing = (path: string): string => existsSync(path) ? path : existing(dirname(path))
  return statSync(existing(join(to))).dev === statSync(dataDirectory).dev
}

export const makeFolder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 })
