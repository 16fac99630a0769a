import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { OfficerPlace, OfficerQuery, OfficerRow } from '#app/quality/officers.ts'
import { addMonths } from '#app/questionnaire/age.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { officerHref, officersFileHref, officersHref } from '#views/quality/links.ts'
import { FEW_VISITS, LEVEL_WORDS, LEVELS, minutesOf, verdictSentence } from '#views/quality/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDecimal, formatMonth, formatNumber, formatPercent } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = {
  rows: OfficerRow[], next?: OfficerPlace, query: OfficerQuery, choices: PlaceChoices, thisMonth: string
  counts: Record<'look' | 'fine' | 'unknown', number>
}

const SORTS: { value: OfficerQuery['sort'], label: string }[] = [
  { value: 'verdict', label: 'Yang paling perlu dilihat' }, { value: 'name', label: 'Nama' }, { value: 'visits', label: 'Kunjungan terbanyak' },
  { value: 'minutes', label: 'Wawancara tersingkat' }, { value: 'flags', label: 'Tanda per kunjungan' }, { value: 'returned', label: 'Paling sering dikembalikan' },
  { value: 'not_found', label: 'Paling sering tidak ditemukan' },
]

export const OfficersPage = ({ rows, next, query, counts, choices, thisMonth }: Props) => (
  <Stack>
    <PageHead title="Petugas" actions={<LinkButton href={officersFileHref(query)} download>Unduh CSV</LinkButton>}
      lead="Angka setiap petugas di satu desa, dibandingkan dengan petugas lain di tempat yang sama. Penilaian menunjukkan siapa yang perlu dilihat dulu; ia bukan bukti kesalahan." />
    <Stats items={LEVELS.map((level) => ({
      label: LEVEL_WORDS[level].label, value: formatNumber(counts[level]), tone: level === 'look' && counts.look > 0 ? 'warn' as const : level === 'fine' ? 'good' as const : 'neutral' as const,
      href: officersHref({ ...query, level: query.level === level ? undefined : level }), note: query.level === level ? 'Sedang disaring; pilih lagi untuk semua' : undefined,
    }))} />
    <Filters action="/officers" clearHref={query.region || query.month || query.level ? '/officers' : undefined} label="Saring petugas">
      {hasChoice(choices) && <PlaceField choices={choices} chosen={query.region} />}
      <SelectField name="month" label="Waktu" required blank="Seluruh waktu" value={query.month} options={lastMonths(thisMonth).map((month) => ({ value: month, label: formatMonth(month) }))} />
      <SelectField name="level" label="Penilaian" required blank="Semua" value={query.level} options={LEVELS.map((level) => ({ value: level, label: LEVEL_WORDS[level].label }))} />
      <SelectField name="sort" label="Urutan" required blank="" value={query.sort} options={SORTS} />
    </Filters>
    {rows.length === 0
      ? <EmptyState title="Tidak ada petugas di sini">Petugas tampil setelah buktinya dinilai, beberapa detik sesudah kunjungan pertamanya tiba.</EmptyState>
      : (
        <>
          <Table caption="Petugas menurut desa" hideCaption bodyId="petugas" columns={['Petugas', 'Penilaian', right('Kunjungan'), right('Menit (petugas lain)'), right('Tanda per kunjungan'), right('Dikembalikan'), right('Tidak ditemukan')]}>
            {rows.map((row) => <OfficerLine row={row} />)}
          </Table>
          <Pager bodyId="petugas" nextHref={next && officersHref(query, next)} />
        </>
      )}
  </Stack>
)

const OfficerLine = ({ row }: { row: OfficerRow }) => (
  <Row tone={row.level === 'look' ? 'warn' : undefined}>
    <Cell label="Petugas" lead><div><a href={officerHref(row.officerId, { desa: row.regionCode })}>{row.name}</a><br /><small class="hint">{row.desa ?? row.regionCode}</small></div></Cell>
    <Cell label="Penilaian"><div><Badge tone={LEVEL_WORDS[row.level].tone}>{LEVEL_WORDS[row.level].label}</Badge><br /><small>{verdictSentence(row, FEW_VISITS)}</small></div></Cell>
    <Cell label="Kunjungan" align="right">{formatNumber(row.visits)}</Cell>
    <Cell label="Menit (petugas lain)" align="right">{`${minutesOf(row.medianMs)} (${minutesOf(row.bandMs)})`}</Cell>
    <Cell label="Tanda per kunjungan" align="right">{formatDecimal(row.flagCount / Math.max(row.visits, 1))}</Cell>
    <Cell label="Dikembalikan" align="right">{formatPercent(row.returned, row.visits)}</Cell>
    <Cell label="Tidak ditemukan" align="right">{formatPercent(row.notFound, row.visits)}</Cell>
  </Row>
)

// A campaign is over within a year.
const lastMonths = (month: string) => Array.from({ length: 12 }, (_, back) => addMonths(`${month}-01`, -back).slice(0, 7))
