import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startNightlyBackup } from '#app/backup/nightly.ts'
import { aFolder } from '#test/support/servers.ts'

const nightly = suite('the backup of the night')

const EVERY = { to: '/mnt/cadangan', at: '01:30' }

nightly('is tried again after the system has killed one, and not while one is under way', async () => {
  const begun: ReturnType<typeof spawn>[] = []
  const stop = startNightlyBackup(aFolder('data'), EVERY, {
    lookMs: 5, againMs: 30,
    run: () => {
      begun.push(spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'inherit'] }))
      return begun.at(-1) as never
    },
  })
  await pause(150)
  assert.is(begun.length, 1)
  begun[0]!.kill('SIGKILL')
  for (let n = 0; n < 200 && begun.length < 2; n += 1) await pause(10)
  stop()
  await new Promise((ended) => { begun[1]!.once('exit', ended) })
  assert.equal([begun.length, begun[1]!.signalCode], [2, 'SIGTERM'])
})

nightly.run()
