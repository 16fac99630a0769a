import { renameSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { isMainThread } from 'node:worker_threads'

// Goes before a built server whose time is looked at, so it is plain JavaScript: one signal begins, the next writes down
// what came of it. The server's threads are handed it as well.
const { SIKS_PROFILE: path, SIKS_PROFILE_US: interval } = process.env

if (isMainThread && path) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: Number(interval) })
  let isOn = false

  process.on('SIGUSR2', async () => {
    isOn = !isOn
    if (isOn) return session.post('Profiler.start')
    const { profile } = await session.post('Profiler.stop')
    writeFileSync(`${path}.part`, JSON.stringify(profile))
    renameSync(`${path}.part`, path)
  })
}
