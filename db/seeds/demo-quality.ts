import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { answerFlag } from '#app/quality/flag-answers.ts'
import { visitFlags, visits } from '#db/schema/index.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

const WORDS: Record<string, string> = {
  short_interview: 'Warga tinggal sendiri dan sudah menyiapkan KTP serta KK, jadi wawancaranya singkat.',
  rough_location: 'Rumah di bawah pohon besar, GPS HP saya susah terkunci. Titiknya sudah saya cek di halaman.',
}

// An officer has told what lies behind some of his flags; the checker finds it beside them.
export function tellQuality({ db, random, people, daysAgo }: Demo) {
  const officer = people.petugas!
  const flags = db.select({ visitId: visits.id, code: visitFlags.code }).from(visitFlags).innerJoin(visits, eq(visits.id, visitFlags.visitId))
    .where(and(eq(visits.officerId, officer.id), eq(visits.status, 'submitted'), isNotNull(visits.submittedAt))).orderBy(desc(visits.submittedAt), visitFlags.code).limit(20).all()
  for (const { visitId, code } of flags.filter((flag) => WORDS[flag.code]).slice(0, 3)) {
    transact(db, officer, (tx) => answerFlag(tx, { key: random.uuid(), visitId, code, text: WORDS[code]! }), daysAgo(4))
  }
}
