import type { PrintedPrelist } from '#app/assignments/printing.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { BlankLines, Letterhead, Sheet, Signatures } from '#views/ui/document.tsx'
import { formatDateTime, formatNumber, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'

const COLUMNS = ['No', 'ID prelist', 'Nama KRT', 'NIK', 'Alamat/SLS', 'ART', 'Hasil musdes', 'Alasan', 'Catatan']

export const PrelistPaper = ({ prelist }: { prelist: PrintedPrelist }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title={`Cetak prelist ${prelist.village}`} actions={<PrintButton>Cetak</PrintButton>}
        lead="Untuk dibawa ke musyawarah. Pencetakan ini tercatat. Simpan kertasnya seperti dokumen kependudukan." />
    </div>
    {prelist.rows.length === 0
      ? <EmptyState title="Belum ada prelist yang diterbitkan di desa/kelurahan ini" />
      : <Paper prelist={prelist} />}
  </div>
)

const Paper = ({ prelist }: { prelist: PrintedPrelist }) => (
  <Sheet landscape>
    <Letterhead title="Prelist musyawarah desa/kelurahan"
      lines={[prelist.province, prelist.regency, `Kecamatan ${prelist.district}`, `Desa/Kelurahan ${prelist.village} (${prelist.code})`]} />
    <p>{LEGEND}</p>
    <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
      <table>
        <caption>{`${formatNumber(prelist.rows.length)} rumah tangga, ${formatNumber(prelist.blankLines)} baris kosong untuk usulan baru`}</caption>
        <thead><tr>{COLUMNS.map((label) => <th scope="col" class={label === 'Catatan' ? 'to-write' : undefined}>{label}</th>)}</tr></thead>
        <tbody>
          {prelist.rows.map((row, i) => <PrelistLine row={row} number={row.orderNo || String(i + 1)} />)}
          <BlankLines columns={COLUMNS.length} rows={prelist.blankLines} />
        </tbody>
      </table>
    </div>
    <Signatures items={[
      { place: `${prelist.village}, …………………… 20……`, role: 'Pimpinan musyawarah', name: '' },
      { role: 'Kepala desa/lurah', name: '' },
      { role: 'Petugas pendata', name: '' },
    ]} />
    <p class="hint">{`Dicetak ${formatDateTime(prelist.printedAt)} oleh ${prelist.printedBy}.`}</p>
  </Sheet>
)

const LEGEND = 'Hasil: 1 ditemukan · 2 tidak ditemukan · 3 data ganda · 4 usulan baru. '
  + 'Alasan bila tidak ditemukan: 1 pindah · 2 meninggal · 3 tidak tahu · 4 alamat tidak ada di desa/kelurahan ini. '
  + 'Untuk data ganda tulis ID prelist yang sama di kolom catatan.'

// Hard spaces: the four boxes stay on one line.
const BOXES = '☐1\u00a0☐2\u00a0☐3\u00a0☐4'

const PrelistLine = ({ row, number }: { row: PrintedPrelist['rows'][number], number: string }) => (
  <tr>
    <td>{number}</td>
    <td>{row.prelistId ?? '–'}</td>
    <td>{row.headName}</td>
    <td>{row.headNik ? maskNik(row.headNik) : '–'}</td>
    <td>{[row.address, row.slsName].filter(Boolean).join(', ')}</td>
    <td>{row.memberCount}</td>
    <td>{BOXES}</td>
    <td>{BOXES}</td>
    <td>{'\u00a0'}</td>
  </tr>
)
