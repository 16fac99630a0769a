import type { BatchPeriod } from '#app/periods/filing.ts'
import type { StoredPeriod } from '#app/periods/periods.ts'
import { Notice } from '#views/ui/badge.tsx'
import { formatDate } from '#views/ui/format.ts'

// On the page of a batch: in which period it counts, and why not in the one before.
export const PeriodNote = ({ filed, upcoming, missing }: BatchPeriod) => {
  if (upcoming || missing) return <Notice tone={missing ? 'warn' : 'info'}><p><Ahead upcoming={upcoming} missing={missing} /></p></Notice>
  if (filed.length === 0) return null
  return (
    <Notice tone={filed.some(({ reason }) => reason !== 'in_time') ? 'warn' : 'info'} title="Periode penetapan">
      {filed.map((row) => <p><Told {...row} /></p>)}
    </Notice>
  )
}

const Name = ({ period }: { period?: StoredPeriod }) => period ? <a href={`/periods/${period.id}`}>{period.name}</a> : null

const Ahead = ({ upcoming, missing }: Pick<BatchPeriod, 'upcoming' | 'missing'>) => (
  <>
    {missing && <>Batas kirim periode <Name period={missing} /> sudah lewat. </>}
    {upcoming
      ? <>Bila dikirim paling lambat {formatDate(upcoming.cutoffOn)}, berkas ini masuk periode <Name period={upcoming} />.</>
      : 'Berkas yang dikirim sekarang masuk periode berikutnya begitu dibuat Kemensos.'}
  </>
)

const Told = ({ reason, period, missed }: BatchPeriod['filed'][number]) => {
  const where = period ? <>masuk periode <Name period={period} /></> : 'masuk periode berikutnya begitu dibuat Kemensos'
  if (reason === 'late') return <>Dikirim setelah batas kirim periode <Name period={missed} />, jadi {where}.</>
  if (reason === 'undetermined') return <>Belum semua ditetapkan saat periode <Name period={missed} /> ditutup. Sisanya {where}.</>
  return period ? <>Berkas ini {where}, dikirim sebelum batas kirimnya.</> : <>Belum ada periode penetapan. Berkas ini {where}.</>
}
