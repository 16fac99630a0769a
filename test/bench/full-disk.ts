import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { deliveriesOf, readDisk, type Sent } from '#test/support/kills.ts'
import { endServer, freePort, launchServer } from '#test/support/process.ts'
import { makeWorld } from '#test/bench/world.ts'

// A real disk that grows full under a real server (needs root, to mount one). `node --import tsx test/bench/full-disk.ts`. The
// reserve is switched off, so that writing itself fails: in the photos, in the log, wherever it happens to come.
const MB = 2 ** 20
const VISITS = 300
const run = (command: string, ...args: string[]) => {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
}
const say = (more: Record<string, unknown>) => console.log(JSON.stringify({ name: 'full_disk_lost', unit: 'visits', bar: '0', ...more }))

const folder = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-full-'))
const disk = join(folder, 'disk')
const directory = join(disk, 'data')

function fill(leave: number) {
  const file = openSync(join(disk, 'ballast'), 'a')
  const block = Buffer.alloc(MB, 1)
  try {
    while (statfsSync(disk).bavail * statfsSync(disk).bsize > leave) writeSync(file, block)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
}

async function post(port: number, { shot: { path, headers, body } }: Sent): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: Buffer.concat(body!) }).catch(() => undefined)
  const text = await answer?.text()
  return answer?.status === 507 && !text!.includes('"full"') ? 0 : answer?.status ?? 0
}

async function measure() {
  const image = join(folder, 'image')
  mkdirSync(disk)
  writeFileSync(image, '')
  run('truncate', '-s', '400M', image)
  run('mkfs.ext4', '-q', '-F', '-m', '0', image)
  run('mount', '-o', 'loop', image, disk)
  mkdirSync(directory)
  const world = await makeWorld(directory, { households: VISITS, inHand: VISITS, drafts: 0 })
  process.env.SIKS_DISK_RESERVE_MB = '0'
  const port = await freePort()
  const server = await launchServer({ port, directory })
  fill(40 * MB)
  const next = deliveriesOf(world.waiting, world.officer)
  const acknowledged = new Set<string>()
  const again: Sent[] = []
  const refusals: Record<number, number> = {}
  const lane = async () => {
    for (let sent = next(); sent; sent = next()) {
      const status = await post(port, sent)
      if (status === 200) acknowledged.add(sent.visitId)
      else again.push(sent)
      if (status !== 200) refusals[status] = (refusals[status] ?? 0) + 1
    }
  }
  // The room is gone while the server still believes in it.
  await Promise.all([...Array.from({ length: 4 }, lane), pause(600).then(() => fill(0))])
  const alive = await fetch(`http://127.0.0.1:${port}/session`).then(({ status }) => status, () => 0)
  const before = acknowledged.size
  rmSync(join(disk, 'ballast'))
  // As long as the server trusts what it last saw of the disk (operation/disk.ts).
  await pause(4000)
  const afterwards: Record<number, number> = {}
  for (const sent of again) {
    const status = await post(port, sent)
    afterwards[status] = (afterwards[status] ?? 0) + 1
    if (status === 200) acknowledged.add(sent.visitId)
  }
  await endServer(server, 'SIGKILL')
  const { lost, half, unsound } = await readDisk(directory, acknowledged)
  say({ value: lost, visits: VISITS, acknowledged_while_filling: before, refusals, page_meanwhile: alive, acknowledged_after_room: acknowledged.size, afterwards, half, unsound })
}

try {
  await measure()
} catch (error) {
  say({ value: null, skipped: String(error).slice(0, 200) })
} finally {
  spawnSync('umount', [disk])
  rmSync(folder, { recursive: true, force: true })
}
