import { citizen } from '#app/public/citizen.ts'
import { answerReport, askReporter, beginExamination } from '#app/reports/answering.ts'
import { submitReport, type NewReport } from '#app/reports/submitting.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

type Told = Pick<NewReport, 'kind' | 'reasonCode' | 'relation' | 'anonymous' | 'reporterName' | 'subjectName' | 'subjectAddress' | 'statement'> & { daysAgo: number, village: number }

const REPORTS: Told[] = [
  { kind: 'usul', reasonCode: 'belum_terdata', relation: 'neighbour', anonymous: false, reporterName: 'Karto Wijoyo', subjectName: 'Tumirah', subjectAddress: 'RT 03, belakang masjid', statement: 'Bu Tumirah hidup sendiri, rumahnya bocor, dan belum pernah didata siapa pun.', daysAgo: 2, village: 0 },
  { kind: 'sanggah', reasonCode: 'mampu', relation: 'other', anonymous: true, reporterName: 'Warga Dusun', subjectName: 'Suparno', subjectAddress: 'RT 01, rumah bertingkat', statement: 'Orangnya punya dua toko di pasar dan mobil baru, tetapi masih menerima bantuan.', daysAgo: 5, village: 0 },
  { kind: 'sanggah', reasonCode: 'pindah', relation: 'official', anonymous: false, reporterName: 'Ketua RT 04', subjectName: 'Sukardi', subjectAddress: 'RT 04', statement: 'Keluarga ini sudah pindah ke Kulon Progo sejak tahun lalu, rumahnya kosong.', daysAgo: 12, village: 1 },
  { kind: 'usul', reasonCode: 'keadaan_memburuk', relation: 'family', anonymous: false, reporterName: 'Lastri', subjectName: 'Paijo', subjectAddress: 'RT 02, dekat jembatan', statement: 'Kakak saya jatuh dari pohon kelapa dan tidak bisa bekerja lagi sejak tiga bulan.', daysAgo: 9, village: 0 },
  { kind: 'usul', reasonCode: 'bantuan_terhenti', relation: 'self', anonymous: false, reporterName: 'Ngatiyem', subjectName: 'Ngatiyem', subjectAddress: 'RT 05', statement: 'Dulu saya menerima sembako, sejak awal tahun berhenti tanpa penjelasan.', daysAgo: 6, village: 0 },
]

// A few reports of citizens: new, examined, asked back, answered, and one the desa left lying. Gives the code of one.
export function tellReports(demo: Demo): string {
  const { db, random, people, villages, daysAgo } = demo
  const told = REPORTS.map(({ daysAgo: days, village, ...report }) => {
    const id = random.uuid()
    const code = transact(db, citizen, (tx) => submitReport(tx, { ...report, id, key: random.uuid(), regionCode: villages[village]!, reporterContact: '' }, []), daysAgo(days))
    return { id, code }
  })
  const operator = people.operator!
  const key = () => random.uuid()
  transact(db, operator, (tx) => beginExamination(tx, told[1]!.id, { key: key(), revision: 1 }), daysAgo(4))
  transact(db, operator, (tx) => askReporter(tx, told[4]!.id, { key: key(), revision: 1, text: 'Sembakonya dulu diambil di mana, dan kapan terakhir menerima?' }), daysAgo(3))
  transact(db, operator, (tx) => answerReport(tx, told[3]!.id, { key: key(), revision: 1, outcome: 'accepted', refusalCode: '', text: 'Terima kasih. Kami sudah melihat keadaannya dan memasukkannya ke usulan desa.' }), daysAgo(5))
  return told[4]!.code
}
