import type { Filter, Finding, Village } from '#app/crosschecks/work-list.ts'
import type { Actor } from '#app/users/actor.ts'
import { villageHref } from '#views/crosschecks/links.ts'
import { KIND_WORDS, STATUS_WORDS } from '#views/crosschecks/words.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, placeLines, Sheet } from '#views/ui/document.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'

type Paper = { village: Village, findings: Finding[], whole: boolean, printedAt: string }
const COLUMNS = ['No', 'Nama', 'Program', 'Temuan', 'Keterangan', 'Hasil pemeriksaan']

export const FindingsPaper = ({ paper, filter, actor }: { paper: Paper, filter: Filter, actor: Actor }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title={`Cetak temuan ${paper.village.name}`} trail={[{ href: villageHref(paper.village.code, filter), label: `Pemeriksaan silang ${paper.village.name}` }]} actions={<PrintButton>Cetak</PrintButton>}
        lead="Untuk dibawa ke lapangan. Pencetakan ini tercatat. Kategori PPKS yang rahasia tidak ikut dicetak." />
    </div>
    {paper.findings.length === 0 ? <EmptyState title="Tidak ada temuan untuk dicetak" /> : <List paper={paper} filter={filter} actor={actor} />}
  </div>
)

const List = ({ paper: { village, findings, whole, printedAt }, filter, actor }: { paper: Paper, filter: Filter, actor: Actor }) => (
  <Sheet landscape>
    <Letterhead title="Temuan pemeriksaan silang penerima bantuan" lines={placeLines(village)} />
    <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
      <table>
        <caption>{`${formatNumber(findings.length)} temuan ${STATUS_WORDS[filter.show].label.toLowerCase()}${whole ? '' : ' pertama; sisanya pada halaman desa'}`}</caption>
        <thead><tr>{COLUMNS.map((label) => <th scope="col">{label}</th>)}</tr></thead>
        <tbody>
          {findings.map((finding, i) => (
            <tr><td>{i + 1}</td><td>{finding.name}</td><td>{finding.programmeName}</td><td>{KIND_WORDS[finding.kind].short}</td><td>{finding.sentence}</td><td>{'\u00a0'}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
    <p class="hint">{`Dicetak ${formatDateTime(printedAt)} oleh ${actor.name}.`}</p>
  </Sheet>
)
