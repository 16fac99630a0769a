import { closeSync, fsyncSync, openSync } from 'node:fs'

// A file, or the names in a folder, on the disk when this returns.
export function syncFile(path: string) {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
