import { chownSync, closeSync, fsyncSync, openSync, statSync } from 'node:fs'

// A file, or the names in a folder, on the disk when this returns.
export function syncFile(path: string) {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}

// Keys are read by root alone, so it is root who changes them: what it writes anew must go on belonging to the service.
export function ownAs(path: string, former: string) {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(former)
  chownSync(path, uid, gid)
}
