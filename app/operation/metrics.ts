import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { readLast } from '#app/backup/last.ts'
import { countPieces } from '#app/background.ts'
import { photoStoreView } from '#app/files/store-view.ts'
import type { Config } from '#app/config.ts'
import { ALARMS } from '#app/operation/alarms.ts'
import { readDisk } from '#app/operation/disk.ts'
import { isNationAway } from '#app/national/state.ts'
import { countHeld, databaseBytes, readPhotos, waitingVisits } from '#app/operation/figures.ts'
import { listFollowers } from '#app/operation/followers.ts'
import { warningsOf } from '#app/operation/view.ts'
import type { Db } from '#db/connection.ts'
import type { Nation } from '#db/postgres/connection.ts'

export type Metrics = { observe: (request: { method: string, route: string, status: number, seconds: number }) => void, text: () => Promise<string>, type: string }
type Watched = { db: Db, dataDirectory: string, startedAt: Date, nation?: Nation, backup?: Config['backup'] }

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

// What Prometheus reads. Labels hold the pattern of a route, never an address: no id and no name can get into them.
// whole: also what Node tells of itself, event loop lag included; that works in the background, so tests go without.
export function makeMetrics(watched: Watched, { whole = false } = {}): Metrics {
  const register = new Registry()
  if (whole) collectDefaultMetrics({ register, eventLoopMonitoringPrecision: 20 })
  const requests = new Counter({ name: 'siks_http_requests_total', help: 'Requests answered', labelNames: ['method', 'route', 'status'], registers: [register] })
  const durations = new Histogram({ name: 'siks_http_request_duration_seconds', help: 'How long an answer took', labelNames: ['method', 'route'], buckets: SECONDS, registers: [register] })
  gauges(register, watched)
  return {
    observe: ({ method, route, status, seconds }) => {
      requests.inc({ method, route, status })
      durations.observe({ method, route }, seconds)
    },
    text: () => register.metrics(), type: register.contentType,
  }
}

// Read when they are asked for.
function gauges(register: Registry, watched: Watched) {
  const { db, dataDirectory, startedAt, nation } = watched
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({ name, help, registers: [register], collect() { this.set(read()) } })
  const labelled = (name: string, help: string, label: string, read: () => [string, number][]) =>
    new Gauge({ name, help, labelNames: [label], registers: [register], collect() { this.reset(); for (const [value, n] of read()) this.set({ [label]: value }, n) } })
  const followers = () => listFollowers(db, startedAt, new Date())
  gauge('siks_deliveries_held', 'Deliveries that wait for a person', () => countHeld(db))
  labelled('siks_visits_waiting', 'Visits that wait for a decision', 'stage', () => waitingVisits(db).map(({ stage, count }) => [stage, count]))
  labelled('siks_background_behind', 'What a follower still has to look at', 'work', () => followers().map(({ name, behind }) => [name, behind]))
  labelled('siks_background_stuck', '1 while a follower does not get on', 'work', () => followers().map(({ name, stuck }) => [name, Number(stuck)]))
  gauge('siks_background_pieces', 'Pieces of long work under way or in line', countPieces)
  gauge('siks_database_bytes', 'Size of the database file', () => databaseBytes(db).database)
  gauge('siks_database_log_bytes', 'Size of the write-ahead log', () => databaseBytes(db).log)
  gauge('siks_files_bytes', 'Size of photos and papers', () => readPhotos(db).bytes)
  gauge('siks_files', 'Number of photos and papers', () => readPhotos(db).count)
  labelled('siks_photo_store_files', 'Files by where they stand on their way to the photo store; none without one', 'state', () => {
    const { counts, waiting } = photoStoreView(db, dataDirectory) ?? {}
    return counts ? [['sent', counts.files], ['freed', counts.freedFiles], ['waiting', waiting ?? 0]] : []
  })
  if (nation) new Gauge({ name: 'siks_nation_up', help: '1 while the PostgreSQL of the collecting side answers', registers: [register], async collect() { this.set(Number(!await isNationAway(nation))) } })
  new Gauge({ name: 'siks_alarm', help: '1 while the page Operasi warns of it', labelNames: ['kind'], registers: [register], async collect() {
    const kinds = (await warningsOf(watched, new Date())).map(({ kind }) => kind)
    for (const kind of ALARMS) this.set({ kind }, Number(kinds.includes(kind)))
  } })
  gauge('siks_disk_free_bytes', 'Free room of the data directory', () => readDisk(dataDirectory).free)
  gauge('siks_disk_size_bytes', 'Size of the disk of the data directory', () => readDisk(dataDirectory).size)
  gauge('siks_backup_age_seconds', 'Since the last backup that ended well; +Inf without one', () => {
    const { fineAt } = readLast(dataDirectory) ?? {}
    return fineAt ? (Date.now() - Date.parse(fineAt)) / 1000 : Number.POSITIVE_INFINITY
  })
}
