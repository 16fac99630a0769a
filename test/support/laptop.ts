import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import * as assert from 'uvu/assert'
import { installPackage } from '#app/exchange/installing.ts'
import { packagesDone } from '#app/exchange/package-work.ts'
import { runsDone } from '#app/exchange/run-work.ts'
import { returnVisit } from '#app/reviews/decisions.ts'
import { openDatabase } from '#db/connection.ts'
import { exchangeItems, exchangeRuns, visits } from '#db/schema/index.ts'
import { aDelivery, phoneOf } from '#test/support/delivery.ts'
import {
  addHousehold, as as acting, BALECATUR, budi, dewi, freshApp, GADINGSARI, rina, siti, SRANDAKAN, type Fields,
} from '#test/support/world.ts'

// An office and its laptop: a kecamatan packed at the server, installed elsewhere, its changes brought back.
type World = ReturnType<typeof freshApp>
const folders: string[] = []
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))
export const folder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'siks-laptop-')))
  return folders.at(-1)!
}

export const SECRET = 'sawah-hijau-9'
export const form = (more: Fields = {}): Fields => ({ key: crypto.randomUUID(), region: SRANDAKAN, lock: 'passphrase', passphrase: SECRET, again: SECRET, ...more })
export const RETURNED = '10000000-0000-4000-8000-000000000001'

// Asep waits for a first visit; Ujang's was returned with a remark. Sanden and Sleman are elsewhere.
export async function kecamatan(): Promise<World> {
  const world = freshApp()
  for (const id of ['asep', 'ujang']) addHousehold(world.db, id, { stage: 'assigned', officer: siti })
  addHousehold(world.db, 'sanden', { regionCode: GADINGSARI })
  addHousehold(world.db, 'sleman', { regionCode: BALECATUR, stage: 'assigned', officer: dewi })
  await phoneOf(world).bundle(aDelivery({ householdId: 'ujang', visitId: RETURNED }))
  const { revision } = world.db.select().from(visits).get()!
  acting(world.db, budi, (tx) => returnVisit(tx, RETURNED, { key: crypto.randomUUID(), revision, note: 'Periksa lantai', remarks: { 'household.floorType': 'Lantai di foto lain.' }, documents: {} }, 'officer'))
  return world
}

export async function pack(world: World, fields: Fields = form(), by = rina): Promise<string> {
  const answer = await world.as(by).post('/exchange/packages', fields)
  assert.is(answer.status, 303)
  await packagesDone(world.db)
  const response = await world.as(by).get(`/exchange/packages/${String(fields.key)}/file`)
  const path = join(folder(), 'paket.siks')
  writeFileSync(path, Buffer.from(await response.arrayBuffer()))
  return path
}

export async function laptopFrom(file: string, passphrase = SECRET) {
  const directory = folder()
  await installPackage(directory, file, passphrase)
  return { directory, ...freshApp(openDatabase(join(directory, 'siks.db'))) }
}

// The changes of a laptop, taken in at the server they came from.
export async function bringBack(laptop: World, server: World, part = 1) {
  await laptop.as(budi).post('/exchange/changes')
  const file = new File([await (await laptop.as(budi).get(`/exchange/changes/${part}`)).arrayBuffer()], 'perubahan.siks')
  const response = await server.as(rina).post('/exchange', { file })
  assert.is(response.status, 303, await response.clone().text())
  await runsDone(server.db)
  const run = server.db.select().from(exchangeRuns).where(eq(exchangeRuns.id, response.headers.get('Location')!.split('/').at(-1)!)).get()!
  return { run, items: server.db.select().from(exchangeItems).where(eq(exchangeItems.runId, run.id)).orderBy(exchangeItems.position).all() }
}
