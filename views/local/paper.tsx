import type { LocalPaper } from '#app/local/printing.ts'
import { spanOf, trailOf } from '#views/local/words.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures } from '#views/ui/document.tsx'
import { formatDateTime, formatNumber, formatRupiah, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'

// The list of a desa for its office: whom the musyawarah chose, or who signs for a month's money.
export const LocalPaperPage = ({ paper }: { paper: LocalPaper }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title={`Cetak ${paper.local.name}`} trail={trailOf(paper.local)} actions={<PrintButton>Cetak</PrintButton>} lead={`${paper.monthName ? 'Tanda terima untuk ditandatangani saat bantuan dibayarkan.' : 'Daftar keluarga untuk musyawarah dan arsip desa.'} Pencetakan ini tercatat.`} />
    </div>
    {paper.rows.length === 0 ? <EmptyState title="Tidak ada keluarga untuk dicetak" /> : <Paper paper={paper} />}
  </div>
)

const Paper = ({ paper: { local, village, name, places, monthName, rows, whole, printedAt, printedBy } }: { paper: LocalPaper }) => (
  <Sheet landscape>
    <Letterhead title={monthName ? `Tanda terima ${local.name}, ${monthName}` : `Daftar keluarga penerima manfaat ${local.name}`} lines={[...places.slice(0, -2), `Kecamatan ${places.at(-2)}`, `Desa/Kelurahan ${name} (${village})`]} />
    <p>{`${spanOf(local)}, ${formatRupiah(local.amount)} sebulan untuk setiap keluarga.${local.basis ? ` Dasar: ${local.basis}.` : ''}`}</p>
    <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
      <table>
        <caption>{`${formatNumber(rows.length)} keluarga${whole ? '' : ' pertama; daftar ini belum seluruhnya'}`}</caption>
        <thead><tr>{['No', 'Nama', 'NIK', 'Nomor KK', 'Alamat', monthName ? 'Nominal' : 'Keterangan'].map((label) => <th scope="col">{label}</th>)}<th scope="col" class="to-write">Tanda tangan</th></tr></thead>
        <tbody>
          {rows.map((row, i) => (
            <tr><td>{i + 1}</td><td>{row.name}</td><td>{maskNik(row.nik)}</td><td>{maskNik(row.kkNumber)}</td><td>{row.address}</td><td>{monthName ? formatRupiah(local.amount) : row.isProposed ? 'Diusulkan' : 'Penerima'}</td><td class="to-sign">{`${i + 1}.`}</td></tr>
          ))}
        </tbody>
        {monthName && <tfoot><tr><td></td><td colspan={4}>Jumlah</td><td>{formatRupiah(local.amount * rows.length)}</td><td></td></tr></tfoot>}
      </table>
    </div>
    <Signatures items={monthName
      ? [{ place: `${name}, …………………… 20……`, role: 'Bendahara/pelaksana pembayaran', name: '' }, { role: 'Kepala desa/lurah', name: '' }]
      : [{ place: `${name}, …………………… 20……`, role: 'Ketua musyawarah (BPD)', name: '' }, { role: 'Kepala desa/lurah', name: '' }]} />
    <p class="hint">{`Dicetak ${formatDateTime(printedAt)} oleh ${printedBy}.`}</p>
  </Sheet>
)
