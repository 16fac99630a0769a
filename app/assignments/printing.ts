import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import { demandVillage } from '#app/assignments/publishing.ts'
import { pathTo } from '#app/regions/regions.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import { households } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// Before the prelist is published only the kabupaten may see it; the paper goes to the village meeting.
const ON_PAPER = ['published', 'assigned', 'downloaded', 'deliberated'] as const

export type PrintedPrelist = ReturnType<typeof printPrelist>

// The village's prelist for the meeting. A list of names on paper leaves the system, so printing it is on record.
export function printPrelist(tx: Tx, village: string) {
  demand(tx.actor, 'prelist.print')
  demandVillage(tx, village)
  const rows = tx.db.select({
    id: households.id, orderNo: households.orderNo, prelistId: households.prelistId, headName: households.headName, headNik: households.headNik,
    address: households.address, slsName: households.slsName, memberCount: households.memberCount,
  }).from(households)
    .where(and(within(households.regionCode, tx.actor), eq(households.regionCode, village), inArray(households.stage, ON_PAPER), ne(households.origin, 'new')))
    .orderBy(asc(households.number)).limit(5000).all()
  tx.audit('prelist.printed', village, { rows: rows.length })
  const [province = '', regency = '', district = '', name = ''] = pathTo(tx.db, village).map((region) => region.name)
  // One line in ten is left for those the meeting proposes.
  return { code: village, province, regency, district, village: name, rows, blankLines: Math.ceil(rows.length / 10), printedAt: tx.now, printedBy: tx.actor.name }
}
