import type { RecipientPaper as Paper } from '#app/programmes/printing.ts'
import type { Actor } from '#app/users/actor.ts'
import { listTrail } from '#views/programmes/labels.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet } from '#views/ui/document.tsx'
import { formatDateTime, formatNumber, maskKk, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'

type Props = { paper: Paper, actor: Actor }

export const RecipientPaper = ({ paper, actor }: Props) => (
  <Stack>
    <div class="screen-only">
      <PageHead title={`Cetak penerima ${paper.programme.name}`} trail={listTrail(paper.programme.code)} actions={<PrintButton>Cetak</PrintButton>}
        lead="Pencetakan ini tercatat. Simpan kertasnya seperti dokumen kependudukan." />
    </div>
    {paper.rows.length === 0 ? <EmptyState title="Tidak ada penerima yang cocok">Ubah saringan pada daftar.</EmptyState> : <List paper={paper} actor={actor} />}
  </Stack>
)

const List = ({ paper: { programme, rows, whole, place, narrowed, printedAt }, actor }: Props) => (
  <Sheet landscape>
    <Letterhead title={`Daftar penerima ${programme.fullName}`} lines={[place]} />
    {narrowed && <p>{narrowed}</p>}
    <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
      <table>
        <caption>{`${formatNumber(rows.length)} ${programme.unit === 'family' ? 'keluarga' : 'orang'}${whole ? '' : ' pertama; persempit saringan untuk sisanya'}`}</caption>
        <thead><tr>{['No', 'Nama', programme.unit === 'family' ? 'Nomor KK' : 'NIK', programme.number, 'Alamat', 'Desa/kelurahan', 'Keadaan', 'Keterangan'].map((label) => <th scope="col">{label}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, at) => (
            <tr>
              <td>{at + 1}</td><td>{row.name}</td><td>{programme.unit === 'family' ? maskKk(row.kkNumber) : maskNik(row.nik)}</td><td>{row.number ?? '–'}</td><td>{row.address}</td><td>{row.village}</td>
              <td>{programme.states[row.state]?.label ?? row.state}</td><td>{'\u00a0'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    <p class="hint">{`Dicetak ${formatDateTime(printedAt)} oleh ${actor.name}.`}</p>
  </Sheet>
)
