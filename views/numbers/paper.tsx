import type { WaitsPaper } from '#app/numbers/paper.ts'
import { paperHref, waitsHref } from '#views/numbers/links.ts'
import { LinkButton, PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet } from '#views/ui/document.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'

const COLUMNS = ['No', 'Nama', 'L/P', 'Tempat, tanggal lahir', 'Ibu kandung', 'Hubungan', 'Alamat', 'Yang kurang', 'Nomor dari Dukcapil']

export const WaitsPaperPage = ({ paper, region }: { paper: WaitsPaper, region: string }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title="Daftar untuk Dukcapil" trail={[{ href: waitsHref(region), label: 'Menunggu Dukcapil' }]} actions={<><PrintButton>Cetak</PrintButton>{paper.next && <LinkButton href={paperHref(region, paper.next)}>Lembar berikutnya</LinkButton>}</>}
        lead={`Memuat data pribadi dan pencetakannya tercatat. Serahkan kepada Dukcapil saja.${paper.next ? ` Ini ${formatNumber(paper.households)} rumah tangga pertama; selebihnya pada lembar berikutnya.` : ''}`} />
    </div>
    {paper.applicants.length === 0 ? <EmptyState title="Tidak ada rumah tangga yang menunggu Dukcapil" /> : <Paper paper={paper} />}
  </div>
)

const Paper = ({ paper: { applicants, households, place, printedAt, printedBy } }: { paper: WaitsPaper }) => (
  <Sheet landscape>
    <Letterhead title="Warga yang belum memiliki KK atau NIK" lines={[place ?? '', 'Untuk Dinas Kependudukan dan Pencatatan Sipil']} />
    <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
      <table>
        <caption>{`${formatNumber(applicants.length)} orang dari ${formatNumber(households)} rumah tangga`}</caption>
        <thead><tr>{COLUMNS.map((label) => <th scope="col">{label}</th>)}</tr></thead>
        <tbody>{applicants.map(({ household, family, name, sex, birthPlace, birthDate, mother, relation, lacks, reason }, i) => (
          <tr>
            <td>{i + 1}</td><td>{name}</td><td>{sex}</td><td>{[birthPlace, birthDate && formatDate(birthDate)].filter(Boolean).join(', ')}</td><td>{mother || '–'}</td>
            <td>{`${relation}, keluarga ${family} rumah tangga ${household.headName}`}</td><td>{[household.address, household.slsName, household.village].filter(Boolean).join(', ')}</td>
            <td>{[lacks, reason && `(${reason.toLowerCase()})`].filter(Boolean).join(' ')}</td><td />
          </tr>
        ))}</tbody>
      </table>
    </div>
    <p class="hint">{`Dicetak ${formatDateTime(printedAt)} oleh ${printedBy}.`}</p>
  </Sheet>
)
