import { createHash, type Hash } from 'node:crypto'
import { manifestText } from '#app/ratification/manifest.ts'
import type { Client } from '#db/connection.ts'
import { DAY_MS, type Batch } from '#db/seeds/bulk/calendar.ts'
import { TABLES, type Leaf, type Line, type Value } from '#db/seeds/bulk/tables.ts'
import { approverOf, MINISTRY, regencyOfficerOf } from '#db/seeds/bulk/staff.ts'

const COLUMNS = TABLES.batch_items
type Open = { batch: Batch, root: Hash, items: number }

// The batches the households tell of. Households come in the order of the signed list, so each has its place and the manifest
// is hashed as it grows.
export class Batches {
  private readonly open = new Map<string, Open>()

  know(batches: readonly Batch[]) {
    for (const batch of batches) if (!this.open.has(batch.id)) this.open.set(batch.id, { batch, root: createHash('sha256'), items: 0 })
  }

  // Gives the rows of a frozen batch their positions.
  place(rows: Value[], leaves: readonly Leaf[]) {
    leaves.forEach(({ batchId, householdId, recordHash }, i) => {
      const open = this.open.get(batchId)!
      open.items += 1
      open.root.update(manifestText([{ householdId, visitId: '', recordHash }]))
      if (open.batch.frozen !== null) rows[i * COLUMNS.length + COLUMNS.indexOf('position')] = open.items
    })
  }

  // letter and archive: papers all of them share.
  write(client: Client, today: string, papers: { letter: string, archive: string }): Line[] {
    const begun = Date.parse(`${today}T00:00:00.000Z`)
    return [...this.open.values()].flatMap((open) => writeBatch(client, open, (day) => new Date(Math.round(begun + day * DAY_MS)).toISOString(), papers))
  }
}

function writeBatch(client: Client, { batch, root, items }: Open, at: (day: number) => string, { letter, archive }: { letter: string, archive: string }): Line[] {
  const { id, regionCode, gathered, frozen, ratified, dispatched, determined, letterNumber } = batch
  const [dinsos, approver, when] = [regencyOfficerOf(regionCode, 0), approverOf(regionCode), (day: number | null) => day === null ? null : at(day)]
  const rootHash = frozen === null ? null : root.digest('hex')
  const status = determined !== null ? 'determined' : dispatched !== null ? 'dispatched' : ratified !== null ? 'ratified' : frozen !== null ? 'frozen' : 'open'
  const letterDate = ratified === null ? null : at(ratified).slice(0, 10)
  client.prepare(`INSERT INTO batches (id, region_code, title, status, prepared_by, prepared_at, frozen_by, frozen_at, item_count, root_hash, letter_number, letter_date, signatory, ratified_by, ratified_at,
    dispatched_by, dispatched_at, package_sha256, determined_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(id, regionCode, batch.title, status, dinsos, at(gathered),
    frozen === null ? null : dinsos, when(frozen), items, rootHash, ratified === null ? null : letterNumber, letterDate, ratified === null ? null : 'Bupati (contoh)', ratified === null ? null : approver, when(ratified),
    dispatched === null ? null : dinsos, when(dispatched), dispatched === null ? null : archive, when(determined))
  const [kind, actor, day] = dispatched !== null ? ['dispatch', dinsos, dispatched] as const : ratified !== null ? ['ratify', approver, ratified] as const : ['gather', dinsos, gathered] as const
  client.prepare('INSERT INTO batch_steps (batch_id, kind, actor_id, note, asked_at, total, done, passed, cursor, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)')
    .run(id, kind, actor, kind === 'ratify' ? letterNumber : '', at(day), items, items, '', at(day))
  const attach = client.prepare('INSERT INTO attachments (id, sha256, region_code, subject, kind, name, added_by, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  if (ratified !== null) attach.run(`${id}-surat`, letter, regionCode, `batch:${id}`, 'letter', 'surat-pengesahan.pdf', approver, at(ratified))
  if (dispatched !== null) {
    attach.run(`${id}-paket`, archive, regionCode, `batch:${id}`, 'package', `siks-${regionCode}-${id.slice(0, 8)}.zip`, dinsos, at(dispatched))
    client.prepare("INSERT INTO period_batches (batch_id, period_id, missed_id, reason, at, accepted) VALUES (?, NULL, NULL, 'in_time', ?, ?)").run(id, at(dispatched), determined === null ? 0 : items)
  }
  const line = (day: number | null, order: number, by: string, action: string, details: Record<string, unknown> = {}): Line[] => day === null ? [] : [{ at: at(day), order, actor: by, action, subject: id, details }]
  const LATE = 9_000_000_000
  return [
    ...line(gathered, 0, dinsos, 'batch.opened', { regionCode }), ...line(gathered, LATE, dinsos, 'batch.gathered'),
    ...line(frozen, 0, dinsos, 'batch.frozen', { items, proposals: 0, rootHash }), ...line(ratified, 0, approver, 'batch.ratified', { letterNumber, letterDate, rootHash, letterSha256: letter }),
    ...line(dispatched, LATE, dinsos, 'period.batch_filed', { period: null, missed: null, reason: 'in_time' }), ...line(dispatched, LATE + 1, dinsos, 'batch.dispatched', { packageSha256: archive, rootHash }),
    ...line(determined, LATE, MINISTRY, 'batch.determined'),
  ]
}
