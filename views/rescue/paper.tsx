import type { Village } from '#app/rescue/cases.ts'
import type { Actor } from '#app/users/actor.ts'
import { DANGERS, REASON_LABELS } from '#views/rescue/labels.ts'
import type { CaseWithItems } from '#views/rescue/village.tsx'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, placeLines, Sheet } from '#views/ui/document.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'

export type Paper = { village: Village, cases: CaseWithItems[], whole: boolean, printedAt: string }

const COLUMNS = ['No', 'ID prelist', 'Kepala rumah tangga', 'Alamat', 'Akibat', 'Yang harus diperbaiki', 'Sudah']

export const RescuePaper = ({ paper, actor }: { paper: Paper, actor: Actor }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title={`Cetak daftar ${paper.village.name}`} trail={[{ href: `/rescue/${paper.village.code}`, label: `Penyelamatan ${paper.village.name}` }]} actions={<PrintButton>Cetak</PrintButton>}
        lead="Untuk dibawa ke lapangan. Pencetakan ini tercatat. Simpan kertasnya seperti dokumen kependudukan." />
    </div>
    {paper.cases.length === 0 ? <EmptyState title="Tidak ada yang terancam di desa/kelurahan ini" /> : <List paper={paper} actor={actor} />}
  </div>
)

const List = ({ paper: { village, cases, whole, printedAt }, actor }: { paper: Paper, actor: Actor }) => (
  <Sheet landscape>
    <Letterhead title="Daftar penyelamatan sebelum batas waktu" lines={placeLines(village)} />
    <p>{village.list.periodName}. Batas waktu: {formatDate(village.list.cutoffOn)} pukul 24.00 WIB.</p>
    <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
      <table>
        <caption>{`${formatNumber(cases.length)} rumah tangga${whole ? '' : ' pertama; sisanya pada halaman desa'}`}</caption>
        <thead><tr>{COLUMNS.map((label) => <th scope="col">{label}</th>)}</tr></thead>
        <tbody>{cases.map((one, i) => <Line one={one} number={i + 1} />)}</tbody>
      </table>
    </div>
    <p class="hint">{`Dicetak ${formatDateTime(printedAt)} oleh ${actor.name}.`}</p>
  </Sheet>
)

const Line = ({ one, number }: { one: CaseWithItems, number: number }) => (
  <tr>
    <td>{number}</td>
    <td>{one.prelistId ?? '–'}</td>
    <td>{one.headName}</td>
    <td>{[one.address, one.slsName].filter(Boolean).join(', ')}</td>
    <td>{DANGERS[one.danger].label}</td>
    <td>{one.items.filter(({ repairedAt }) => repairedAt === null).map(({ reason, message }) => <p>☐ {REASON_LABELS[reason]}: {message}</p>)}</td>
    <td>{'\u00a0'}</td>
  </tr>
)
