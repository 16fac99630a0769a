import type { PsksPaper } from '#app/psks/list.ts'
import { LinkButton, PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet } from '#views/ui/document.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'

const COLUMNS = ['No', 'Jenis', 'Nama', 'Wilayah', 'Narahubung dan telepon', 'Alamat', 'Sertifikat/SK', 'Aktif']

export const PsksPaperPage = ({ paper: { rows, whole, place, printedAt }, printedBy }: { paper: PsksPaper, printedBy: string }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title="Cetak PSKS" trail={[{ href: '/psks', label: 'PSKS' }]} lead="Pencetakan ini tercatat." actions={<><PrintButton>Cetak</PrintButton><LinkButton href="/psks">Kembali</LinkButton></>} />
    </div>
    {rows.length === 0 ? <EmptyState title="Tidak ada PSKS untuk dicetak">Longgarkan saringan pada daftar PSKS.</EmptyState> : (
      <Sheet landscape>
        <Letterhead title="Daftar potensi dan sumber kesejahteraan sosial" lines={[place]} />
        <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
          <table>
            <caption>{`${formatNumber(rows.length)} PSKS${whole ? '' : ' pertama; saring per kecamatan untuk sisanya'}`}</caption>
            <thead><tr>{COLUMNS.map((label) => <th scope="col">{label}</th>)}</tr></thead>
            <tbody>
              {rows.map((row, i) => (
                <tr>
                  <td>{i + 1}</td><td>{row.kindLabel}</td><td>{row.name}</td><td>{row.place}</td><td>{[row.contactName, row.phone].filter(Boolean).join(', ') || '–'}</td>
                  <td>{row.address || '–'}</td><td>{row.certificate || '–'}</td><td>{formatDate(row.activeFrom)}{row.activeTo && ` s.d. ${formatDate(row.activeTo)}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="hint">{`Dicetak ${formatDateTime(printedAt)} oleh ${printedBy}.`}</p>
      </Sheet>
    )}
  </div>
)
