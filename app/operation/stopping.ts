import type { Server } from 'node:http'
import type { Log } from '#app/operation/log.ts'

type Stopping = { seconds: number, log?: Log, begin: () => void, end: () => Promise<void> }

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

// Nobody new is taken in, requests under way are finished, then everything is put away: a restart loses nothing. Who takes
// longer than the limit is cut off and sends again. A second signal ends at once, which is no worse than a power cut.
export function stopGently(server: Server, { seconds, log, begin, end }: Stopping) {
  let asked = false
  const stop = (signal: NodeJS.Signals) => {
    if (asked) process.exit(signal === 'SIGINT' ? 130 : 143)
    asked = true
    log?.info({ signal }, 'stopping')
    begin()
    // A connection that is kept open would be waited for; it is closed as soon as it has its answer.
    const idle = setInterval(() => server.closeIdleConnections(), 100)
    const limit = setTimeout(() => {
      log?.warn({ seconds }, 'cut off')
      server.closeAllConnections()
    }, seconds * 1000)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(limit)
      void end().then(() => process.exit(0), (error: unknown) => {
        console.error(error)
        process.exit(1)
      })
    })
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  endOnSurprise(log)
}

// What nobody caught: told without its content, then the process ends and is started anew by whoever watches over it.
function endOnSurprise(log: Log | undefined) {
  if (!log) return
  const tell = (error: unknown) => {
    console.error(error)
    log.flush()
    process.exit(1)
  }
  process.on('uncaughtException', tell)
  process.on('unhandledRejection', tell)
}
