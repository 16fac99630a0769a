import type { PrintedPayments } from '#app/payments/lines.ts'
import { maskAccount, paidName } from '#views/payments/words.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures } from '#views/ui/document.tsx'
import { formatDateTime, formatNumber, formatRupiah, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'

const NUMBERS: Record<string, string> = { pkh: 'No. Peserta PKH', sembako: 'No. KKS' }

export const PaymentPaper = ({ paper }: { paper: PrintedPayments }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title={`Cetak daftar salur ${paper.village}`} trail={[{ href: `/payments/lists/${paper.list.id}`, label: 'Daftar salur' }]} actions={<PrintButton>Cetak</PrintButton>} lead="Untuk tanda terima di desa/kelurahan. Pencetakan ini tercatat." />
    </div>
    {paper.rows.length === 0 ? <EmptyState title="Tidak ada penerima di desa/kelurahan ini" /> : <Paper paper={paper} />}
  </div>
)

const sumOf = ({ rows }: PrintedPayments) => rows.reduce((sum, { amount }) => sum + amount, 0)

const Paper = ({ paper }: { paper: PrintedPayments }) => (
  <Sheet landscape>
    <Letterhead title={`Daftar salur ${paidName(paper.list.programme)} ${paper.list.period.name}`} lines={[paper.province, paper.regency, `Kecamatan ${paper.district}`, `Desa/Kelurahan ${paper.village} (${paper.code})`]} />
    <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
      <table>
        <caption>{`${formatNumber(paper.rows.length)} penerima, ${formatRupiah(sumOf(paper))}`}</caption>
        <thead><tr>{['No', 'Nama', 'NIK', NUMBERS[paper.list.programme] ?? 'Nomor', 'Rekening'].map((label) => <th scope="col">{label}</th>)}<th scope="col" class="right">Nominal</th><th scope="col" class="to-write">Tanda tangan</th></tr></thead>
        <tbody>
          {paper.rows.map(({ name, nik, number, account, amount }, i) => (
            <tr><td>{i + 1}</td><td>{name}</td><td>{maskNik(nik)}</td><td>{maskNik(number)}</td><td>{maskAccount(account)}</td><td class="right">{formatRupiah(amount)}</td><td class="to-sign">{`${i + 1}.`}</td></tr>
          ))}
        </tbody>
        <tfoot><tr><td></td><td colspan={4}>Jumlah</td><td class="right">{formatRupiah(sumOf(paper))}</td><td></td></tr></tfoot>
      </table>
    </div>
    <Signatures items={[{ place: `${paper.village}, …………………… 20……`, role: 'Petugas penyalur', name: '' }, { role: 'Kepala desa/lurah', name: '' }]} />
    <p class="hint">{`Dicetak ${formatDateTime(paper.printedAt)} oleh ${paper.printedBy}.`}</p>
  </Sheet>
)
