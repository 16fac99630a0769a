import type { Breach, Concerned } from '#app/protection/breaches.ts'
import { BREACHES_TRAIL } from '#views/protection/words.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures } from '#views/ui/document.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'

type Props = { breach: Breach, place: string, region: string, rows: Concerned[], next?: string, today: string }

// What art. 46 asks a notice to say: which data, when and how, what is done about it. One sheet a household.
export const LettersPage = ({ breach, place, region, rows, next, today }: Props) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title={`Surat pemberitahuan, ${place}`} trail={[...BREACHES_TRAIL, { href: `/protection/breaches/${breach.id}`, label: 'Kejadian' }]} actions={<PrintButton>Cetak</PrintButton>}
        lead={`${formatNumber(rows.length)} surat, satu lembar untuk setiap rumah tangga. Cetakan ini tercatat dalam jejak audit. Setelah diantar, catat langkahnya pada halaman kejadian.`} />
    </div>
    {rows.map((row) => <Letter breach={breach} place={place} row={row} today={today} />)}
    <Pager nextHref={next && `/protection/breaches/${breach.id}/letters?region=${region}&after=${next}`} />
  </div>
)

const Letter = ({ breach, place, row, today }: { breach: Breach, place: string, row: Concerned, today: string }) => (
  <Sheet>
    <Letterhead title="Pemberitahuan kegagalan pelindungan data pribadi" lines={['Dinas Sosial', 'Sistem Informasi Kesejahteraan Sosial']} />
    <p>{formatDate(today)}</p>
    <p>Kepada Yth.<br />Bapak/Ibu {row.headName} dan anggota rumah tangga<br />{[row.address, row.slsName, place].filter(Boolean).join(', ')}</p>
    <p>Dengan hormat, sesuai pasal 46 UU 27/2022 tentang Pelindungan Data Pribadi kami memberitahukan bahwa pelindungan data pribadi Bapak/Ibu pada Sistem Informasi Kesejahteraan Sosial gagal.</p>
    <p><strong>Data yang terkena.</strong> {breach.data}{row.why === 'directory' && ' Untuk rumah tangga Bapak/Ibu hanya nama kepala rumah tangga dan nomor urut pendataan.'}</p>
    <p><strong>Kapan dan bagaimana.</strong> {breach.happened} Kami mengetahuinya pada {formatDateTime(breach.knownAt)}.</p>
    <p><strong>Penanganan.</strong> {breach.remedy || 'Sedang dilakukan; perkembangannya kami sampaikan kemudian.'}</p>
    <p><strong>Yang dapat Bapak/Ibu lakukan.</strong> Jangan memberikan kode, kata sandi, atau foto KTP kepada siapa pun yang mengaku petugas bantuan sosial. Petugas kami tidak pernah meminta uang. Laporkan bila data Bapak/Ibu dipakai orang lain.</p>
    <p><strong>Kontak.</strong> {breach.contact || 'Dinas Sosial kabupaten/kota'}</p>
    <Signatures items={[{ role: 'Kepala Dinas Sosial', name: '' }, { role: 'Diterima oleh', name: '' }]} />
  </Sheet>
)
