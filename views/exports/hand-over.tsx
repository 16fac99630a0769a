import type { ExportView } from '#app/exports/exports.ts'
import { ROLE_WORDS } from '#app/users/permissions.ts'
import { EXPORTS_TRAIL, FORMATS, leftOutWords } from '#views/exports/links.ts'
import { Notice } from '#views/ui/badge.tsx'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures } from '#views/ui/document.tsx'
import { formatBytes, formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Facts, PageHead } from '#views/ui/page.tsx'

// Berita acara serah terima: what left, to whom, for what and until when; signed by both.
export const HandOverPaper = ({ shown }: { shown: ExportView }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title="Berita acara serah terima" trail={[...EXPORTS_TRAIL, { href: `/exports/${shown.file.id}`, label: shown.title }]} actions={<PrintButton>Cetak</PrintButton>}
        lead="Cetak rangkap dua, tandatangani bersama penerima, simpan satu." />
      {!shown.file.sha256 && <Notice tone="warn"><p>Berkasnya tidak pernah selesai dibuat. Berita acara ini belum dapat dipakai.</p></Notice>}
    </div>
    <Paper shown={shown} />
  </div>
)

const Paper = ({ shown: { file, maker, title, columns, places } }: { shown: ExportView }) => (
  <Sheet>
    <Letterhead title="Berita acara serah terima data" number={file.number} lines={['Sistem Informasi Kesejahteraan Sosial', places.join(', ')]} />
    <p>{`Pada tanggal ${formatDate(file.madeAt)} telah diserahkan data dalam bentuk berkas elektronik oleh ${maker.name} (${ROLE_WORDS[maker.role]}) kepada ${file.recipientName}, ${file.recipientInstitution}.`}</p>
    <Facts compact items={[
      { label: 'Daftar', value: title }, { label: 'Isi', value: file.words || 'Semua baris dalam wilayah pembuat' }, { label: 'Kolom', value: columns.join(', ') },
      { label: 'Jumlah baris', value: file.sha256 ? formatNumber(file.rowsDone) : '–' }, { label: 'Keadaan data per', value: formatDateTime(file.dataAt) },
      ...(file.leftOut > 0 ? [{ label: 'Ditinggalkan', value: leftOutWords(file.leftOut), wide: true }] : []),
      { label: 'Jenis dan ukuran', value: `${FORMATS[file.format]}, ${formatBytes(file.bytes)}` }, { label: 'SHA-256 berkas', value: <span class="hash">{file.sha256}</span> },
      { label: 'Data pribadi', value: file.full ? `NIK dan Nomor KK utuh, karena: ${file.fullReason}` : 'NIK dan Nomor KK disamarkan' },
      { label: 'Tujuan penggunaan', value: file.purpose }, { label: 'Dasar hukum', value: file.legalBasis }, { label: 'Berlaku sampai', value: formatDate(file.expiresOn) },
    ]} />
    <p>Penerima menyatakan:</p>
    <ol class="numbered">
      <li>memakai data ini hanya untuk tujuan di atas dan menjaga kerahasiaannya sesuai UU 27/2022 tentang Pelindungan Data Pribadi;</li>
      <li>tidak menyerahkan, menyalin, atau mengumumkan data ini kepada pihak lain tanpa persetujuan tertulis pemberi data;</li>
      <li>memusnahkan berkas dan semua salinannya paling lambat {formatDate(file.expiresOn)};</li>
      <li>memberitahukan pemberi data segera, paling lambat 3 × 24 jam, bila data ini bocor, hilang, atau dipakai pihak yang tidak berhak.</li>
    </ol>
    <Signatures items={[
      { place: '……………………, …………………… 20……', role: 'Yang menyerahkan', name: maker.name }, { role: 'Yang menerima', name: file.recipientName }, { role: 'Mengetahui', name: '' },
    ]} />
  </Sheet>
)
