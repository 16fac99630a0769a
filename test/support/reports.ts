import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { ReceivedFile } from '#app/files/upload.ts'
import { citizen } from '#app/public/citizen.ts'
import { codeFrom, hashCode } from '#app/reports/codes.ts'
import { submitReport, type NewReport } from '#app/reports/submitting.ts'
import type { Db } from '#db/connection.ts'
import { reports, reportSteps } from '#db/schema/index.ts'
import { as, freshApp, PONCOSARI, type Fields } from '#test/support/world.ts'

const KEY = '00000000-0000-4000-8000-00000000c0de'
export const REPORT_CODE = codeFrom(KEY)

export type GivenReport = Partial<NewReport> & { photos?: ReceivedFile[], at?: string }

// A report as a citizen sends it; its code. Sent on the second of March unless told otherwise.
export function sendReport(db: Db, { photos = [], at = '2026-03-02T03:00:00.000Z', ...given }: GivenReport = {}): string {
  return as(db, citizen, (tx) => submitReport(tx, {
    id: randomUUID(), key: randomUUID(), kind: 'sanggah', regionCode: PONCOSARI, reasonCode: 'mampu', relation: 'neighbour', anonymous: false, reporterName: 'Karto Wijoyo',
    reporterContact: '0812-0000-1111', subjectName: 'Asep Suryana', subjectAddress: 'RT 02, dekat masjid', statement: 'Sudah punya toko besar dan dua mobil di rumahnya.', ...given,
  }, photos), at)
}

export const reportOf = (db: Db, code: string) => db.select().from(reports).where(eq(reports.codeHash, hashCode(code))).get()!

// The one of the matrix: known by its id, and by REPORT_CODE.
export const addReport = (db: Db) => void sendReport(db, { id: 'report', key: KEY })

type World = ReturnType<typeof freshApp>
// The form as a citizen fills it in.
const FORM = {
  kind: 'sanggah', region: PONCOSARI, subjectName: 'Asep Suryana', subjectAddress: 'RT 02', reasonCode: 'mampu', statement: 'Sudah punya toko besar dan dua mobil.',
  reporterName: 'Karto Wijoyo', relation: 'neighbour', contact: '0812-0000-1111', consent: '1',
}
export const send = (world: World, change: Fields = {}) => world.anybody.post('/lapor', { key: randomUUID(), ...FORM, ...change })
export const codeOf = (answer: Response) => answer.headers.get('Location')!.slice('/lapor/'.length)
export const stepsOf = ({ db }: Pick<World, 'db'>, id: string) => db.select().from(reportSteps).where(eq(reportSteps.reportId, id)).all().map(({ toStatus, toLevel }) => `${toStatus}@${toLevel}`)
