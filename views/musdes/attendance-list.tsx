import type { BlankAttendance } from '#app/musdes/printing.ts'
import { Button, PrintButton } from '#views/ui/button.tsx'
import { BlankLines, Letterhead, Sheet, Signatures } from '#views/ui/document.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'

const COLUMNS = ['No', 'Nama', 'L/P', 'Unsur atau jabatan (RT/RW, BPD, tokoh, aparat, warga)', 'Alamat', 'Tanda tangan']
const LINES = 40

// Signed at the door of the meeting, stamped, and uploaded with the minutes.
export const AttendanceListPaper = ({ villages, village, places: [province = '', regency = '', district = '', name = ''] }: BlankAttendance) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title="Daftar hadir musdes" trail={[{ href: '/musdes', label: 'Musdes/muskel' }]} actions={village && <PrintButton>Cetak</PrintButton>}
        lead="Cetak sebelum musyawarah. Setelah ditandatangani dan distempel, unggah di halaman musdes." />
      {villages.length > 1 && (
        <form action="/musdes/attendance-list" method="get" class="filters">
          <SelectField name="village" label="Desa/kelurahan" required blank="" value={village?.code} options={villages.map((one) => ({ value: one.code, label: one.name }))} />
          <div class="filter-buttons"><Button tone="secondary">Ganti</Button></div>
        </form>
      )}
    </div>
    {!village ? <EmptyState title="Belum ada desa/kelurahan dalam wilayah Anda" /> : (
      <Sheet>
        <Letterhead title="Daftar hadir musyawarah desa/kelurahan" lines={[province, regency, `Kecamatan ${district}`, `Desa/Kelurahan ${name}`]} />
        <p>Hari, tanggal: ……………………………… Jam: ………… sampai ………… Tempat: ………………………………</p>
        <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
          <table>
            <caption>{`${LINES} baris; cetak lagi bila kurang`}</caption>
            <thead><tr>{COLUMNS.map((label) => <th scope="col">{label}</th>)}</tr></thead>
            <tbody><BlankLines columns={COLUMNS.length} rows={LINES} /></tbody>
          </table>
        </div>
        <Signatures items={[{ place: `${name}, …………………… 20……`, role: 'Pimpinan musyawarah', name: '' }, { role: 'Kepala desa/lurah (tanda tangan dan stempel)', name: '' }]} />
      </Sheet>
    )}
  </div>
)
