import { deleteUser } from '#app/offline/database.ts'
import type { Fetch } from '#app/offline/line.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { aPhone, KINDS } from '#test/support/sending.ts'
import { addHousehold, freshApp, siti } from '#test/support/world.ts'

// The phone's engine and the server's door, each as it is.
export async function connected() {
  const world = freshApp()
  addHousehold(world.db, 'asep', { stage: 'downloaded', officer: siti })
  addHousehold(world.db, 'budi', { stage: 'downloaded', officer: siti, head: 'Budi' })
  let session = await startSession(world.db, siti.id, 'test')
  const fetch: Fetch = (path, init) => Promise.resolve(world.app.request(path, { ...init, headers: { ...init.headers as Record<string, string>, Cookie: `siks_session=${session}` } }))
  await deleteUser(siti.id)
  const phone = await aPhone(siti.id, fetch)
  return { ...world, phone, fetch, signOut: () => void (session = 'x'), signIn: async () => void (session = await startSession(world.db, siti.id, 'test')) }
}

export const make = (seed: number) => Buffer.from(makeJpeg({ width: 640, height: 480, seed }))
export const nine = { photos: KINDS.length, make }
