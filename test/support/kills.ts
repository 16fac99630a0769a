import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readStored } from '#app/files/packs.ts'
import type { StoredFile } from '#app/files/store.ts'
import { findBrokenLine } from '#db/audit-chain.ts'
import { openDatabase } from '#db/connection.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { visitsWithPhotos } from '#test/bench/visits.ts'
import type { Shot } from '#test/bench/load.ts'
import { makeWorld } from '#test/bench/world.ts'
import { endServer, freePort, launchServer } from '#test/support/process.ts'

// acknowledged: visits whose receipt came back. lost: of those, not on the disk whole. half: visits that stand there without
// their photos, or photos that are not what their name says. unsound: what the database or the audit chain complains of.
export type Survival = { kills: number, acknowledged: number, repeated: number, lost: number, half: number, unsound: string[] }

const LANES = 8
const PHOTOS = 5
export type Sent = { visitId: string, shot: Shot }

// Visits with photos pour in on eight connections while the server is killed (SIGKILL) at random moments and started again;
// what was not answered is sent once more, as a phone does. Then the disk itself is read.
export async function survive(kills: number, seed: number): Promise<Survival> {
  const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-kills-'))
  let running: ChildProcess | undefined
  try {
    const households = kills * 90
    const world = await makeWorld(directory, { households, inHand: households, drafts: 0, worn: kills > 50 })
    const port = await freePort()
    const random = randomFrom(seed)
    const next = deliveriesOf(world.waiting, world.officer)
    const acknowledged = new Set<string>()
    const again: Sent[] = []
    let repeated = 0
    for (let n = 0; n <= kills; n += 1) {
      const server = running = await launchServer({ port, directory })
      // After so many answers, and a moment in which others are under way.
      let left = random.between(0, 60)
      let dead: Promise<void> | undefined
      let down = false
      const strike = () => { dead ??= pause(random.between(0, 12)).then(() => endServer(server, 'SIGKILL')).then(() => { down = true }) }
      const lane = async () => {
        while (!down) {
          const sent = again.pop() ?? (n < kills ? next() : undefined)
          if (!sent) return
          const answered = await post(port, sent.shot)
          if (answered) acknowledged.add(sent.visitId)
          else {
            again.push(sent)
            repeated += 1
          }
          if (n < kills && (!answered || (left -= 1) < 0)) strike()
        }
      }
      await Promise.all(Array.from({ length: LANES }, lane))
      strike()
      await dead
    }
    return { kills, acknowledged: acknowledged.size, repeated, ...await readDisk(directory, acknowledged) }
  } finally {
    // What broke off is told as it is, not as a folder that a living server went on filling.
    if (running) await endServer(running, 'SIGKILL')
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

export function deliveriesOf(households: string[], token: string): () => Sent | undefined {
  const left = [...households]
  return () => {
    const household = left.pop()
    const shot = household && visitsWithPhotos([household], token).next().value as Shot | undefined
    return shot ? { shot, visitId: visitOf(shot) } : undefined
  }
}
// The text of a delivery stands second in its bundle, behind a head of fixed form.
const visitOf = ({ body }: Shot): string => JSON.parse(body![1]!.toString()).visitId

// True when the answer came and holds a receipt. A refusal is a fault of the test.
async function post(port: number, { path, headers, body }: Shot): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: Buffer.concat(body!) })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${text.slice(0, 200)}`)
    return JSON.parse(text).receipt !== undefined
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('refused')) throw error
    return false
  }
}

type Photo = StoredFile & { visitId: string }

// photos: how many each visit brought.
export async function readDisk(directory: string, acknowledged: Set<string>, photos = PHOTOS): Promise<Pick<Survival, 'lost' | 'half' | 'unsound'>> {
  const db = openDatabase(join(directory, 'siks.db'))
  try {
    const { $client } = db
    const whole = new Map<string, number>()
    let half = 0
    for (const photo of $client.prepare(`SELECT p.visit_id AS visitId, f.sha256, f.mime, f.bytes, f.pack, f.pack_offset AS packOffset
      FROM visit_photos p JOIN files f ON f.sha256 = p.sha256`).all() as Photo[]) {
      const bytes = await readStored(directory, photo).catch(() => Buffer.alloc(0))
      if (createHash('sha256').update(bytes).digest('hex') === photo.sha256) whole.set(photo.visitId, (whole.get(photo.visitId) ?? 0) + 1)
      else half += 1
    }
    const stored = $client.prepare("SELECT v.id FROM visits v JOIN households h ON h.visit_id = v.id AND h.stage = 'submitted' WHERE v.status = 'submitted'").pluck().all() as string[]
    half += stored.filter((id) => whole.get(id) !== photos).length
    const standing = new Set(stored)
    const lost = [...acknowledged].filter((id) => !standing.has(id) || whole.get(id) !== photos).length
    const broken = findBrokenLine(db)
    return {
      lost, half, unsound: [
        ...($client.pragma('integrity_check') as { integrity_check: string }[]).map((row) => row.integrity_check).filter((word) => word !== 'ok'),
        ...($client.pragma('foreign_key_check') as { table: string }[]).map(({ table }) => `foreign key of ${table}`),
        ...(broken ? [`audit line ${broken.seq}: ${broken.reason}`] : []),
      ],
    }
  } finally {
    db.$client.close()
  }
}
