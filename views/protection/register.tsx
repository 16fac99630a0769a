import type { Activity } from '#app/protection/register.ts'
import { MEASURES, RETENTION, TRAIL } from '#views/protection/words.ts'
import { Notice } from '#views/ui/badge.tsx'
import { LinkButton, PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet } from '#views/ui/document.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Facts, PageHead } from '#views/ui/page.tsx'

// The record of processing activities (art. 31), as it is shown to whoever supervises.
export const RegisterPaper = ({ activities, isLocked, today, mayChange }: { activities: Activity[], isLocked: boolean, today: string, mayChange: boolean }) => (
  <div class="stack">
    <div class="screen-only stack">
      <PageHead title="Catatan pemrosesan" trail={TRAIL} actions={<><PrintButton>Cetak</PrintButton>{mayChange && <LinkButton href="/protection/register/new">Tambah kegiatan</LinkButton>}</>} lead="Catatan seluruh kegiatan pemrosesan data pribadi, sesuai pasal 31 UU 27/2022." />
      {!isLocked && <Notice tone="warn"><p>Enkripsi data tersimpan belum dinyalakan, jadi tidak dicantumkan sebagai langkah pelindungan.</p></Notice>}
    </div>
    <Sheet>
      <Letterhead title="Catatan kegiatan pemrosesan data pribadi" lines={['Sistem Informasi Kesejahteraan Sosial', `Keadaan per ${formatDate(today)}`]} />
      {activities.map((one) => <><h2>{one.position}. {one.title}{mayChange && <> <small class="screen-only"><a href={`/protection/register/${one.code}`}>Ubah<span class="unseen">: {one.title}</span></a></small></>}</h2><Facts compact items={factsOf(one, isLocked)} /></>)}
    </Sheet>
  </div>
)

const lines = (text: string) => <>{text.split('\n').map((line, i) => <>{i > 0 && <br />}{line}</>)}</>
const named = (codes: string, words: (code: string) => string | undefined) => codes.split(', ').map((code) => words(code) ?? code).join('; ')

const factsOf = (one: Activity, isLocked: boolean) => [
  { label: 'Tujuan', value: one.purpose }, { label: 'Dasar hukum', value: lines(one.legalBasis) }, { label: 'Subjek data', value: one.subjects }, { label: 'Jenis data', value: one.categories },
  { label: 'Data spesifik', value: one.special }, { label: 'Penerima', value: lines(one.recipients) }, { label: 'Masa simpan', value: named(one.retention, (code) => RETENTION[code]?.label) },
  { label: 'Langkah pelindungan', value: named(one.measures.split(', ').filter((code) => code !== 'encryption' || isLocked).join(', '), (code) => MEASURES[code]) },
  { label: 'Sumber', value: `${one.source}, berlaku sejak ${formatDate(one.validFrom)}` },
]
