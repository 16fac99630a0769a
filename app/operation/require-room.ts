import type { Context, MiddlewareHandler } from 'hono'
import { roomFor } from '#app/operation/disk.ts'

// What a request says it brings. One that says nothing is counted as it is written.
const announced = (c: Context) => {
  const bytes = Number(c.req.header('Content-Length') ?? 0)
  return Number.isFinite(bytes) && bytes > 0 ? bytes : 0
}

export const requireRoom = (c: Context, directory: string) => roomFor(directory, announced(c))

// Before a door that takes bytes in: nothing of them is read when there is no room.
export const roomAt = (directory: string): MiddlewareHandler => async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') requireRoom(c, directory)
  await next()
}
