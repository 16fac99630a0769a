import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { ReviewerDay } from '#app/quality/reviewer-days.ts'
import type { ReviewerPlace, ReviewerQuery, ReviewerRow } from '#app/quality/reviewers.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { reviewersFileHref, reviewersHref } from '#views/quality/links.ts'
import { FEW_DECISIONS, LEVEL_WORDS, LEVELS, verdictSentence } from '#views/quality/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDecimal, formatNumber, formatPercent } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: ReviewerRow[], next?: ReviewerPlace, query: ReviewerQuery, choices: PlaceChoices }

const SORTS: { value: ReviewerQuery['sort'], label: string }[] = [
  { value: 'verdict', label: 'Yang paling perlu dilihat' }, { value: 'name', label: 'Nama' }, { value: 'decided', label: 'Keputusan terbanyak' }, { value: 'approved', label: 'Paling sering menyetujui' },
  { value: 'pace', label: 'Tercepat' }, { value: 'unopened', label: 'Paling sering tanpa membuka foto' }, { value: 'overturned', label: 'Paling sering dikembalikan tahap berikutnya' },
]

export const perMinute = ({ inSession, sessionMs }: Pick<ReviewerDay, 'inSession' | 'sessionMs'>) =>
  inSession === 0 ? '–' : formatDecimal(inSession / (Math.max(sessionMs, 1000) / 60_000))

export const ReviewersPage = ({ rows, next, query, choices }: Props) => (
  <Stack>
    <PageHead title="Pemeriksa" actions={<LinkButton href={reviewersFileHref(query)} download>Unduh CSV</LinkButton>}
      lead="Bagaimana pengawas, koordinator, dan Dinsos memutuskan: seberapa cepat, dengan melihat foto atau tidak, dan apakah tahap berikutnya sependapat." />
    <Filters action="/reviewers" clearHref={query.region || query.level ? '/reviewers' : undefined} label="Saring pemeriksa">
      {hasChoice(choices) && <PlaceField choices={choices} chosen={query.region} />}
      <SelectField name="level" label="Penilaian" required blank="Semua" value={query.level} options={LEVELS.map((level) => ({ value: level, label: LEVEL_WORDS[level].label }))} />
      <SelectField name="sort" label="Urutan" required blank="" value={query.sort} options={SORTS} />
    </Filters>
    {rows.length === 0
      ? <EmptyState title="Belum ada pemeriksa di sini">Pemeriksa tampil beberapa detik setelah keputusan pertamanya.</EmptyState>
      : (
        <>
          <Table caption="Pemeriksa" hideCaption bodyId="pemeriksa" columns={['Pemeriksa', 'Penilaian', right('Keputusan'), right('Disetujui'), right('Per menit'), right('Tanpa buka foto'), right('Dikembalikan tahap berikutnya')]}>
            {rows.map((row) => <ReviewerLine row={row} />)}
          </Table>
          <Pager bodyId="pemeriksa" nextHref={next && reviewersHref(query, next)} />
        </>
      )}
  </Stack>
)

const ReviewerLine = ({ row: { reviewerId, name, place, reviewLevel, figures, level, reasons } }: { row: ReviewerRow }) => (
  <Row tone={level === 'look' ? 'warn' : undefined}>
    <Cell label="Pemeriksa" lead><div><a href={`/reviewers/${reviewerId}`}>{name}</a><br /><small class="hint">{`${reviewLevel === 1 ? 'Pemeriksa pertama' : 'Dinsos'} · ${place ?? '–'}`}</small></div></Cell>
    <Cell label="Penilaian"><div><Badge tone={LEVEL_WORDS[level].tone}>{LEVEL_WORDS[level].label}</Badge><br /><small>{verdictSentence({ level, reasons }, FEW_DECISIONS)}</small></div></Cell>
    <Cell label="Keputusan" align="right">{formatNumber(figures.approved + figures.returned)}</Cell>
    <Cell label="Disetujui" align="right">{formatPercent(figures.approved, figures.approved + figures.returned)}</Cell>
    <Cell label="Per menit" align="right">{perMinute(figures)}</Cell>
    <Cell label="Tanpa buka foto" align="right">{formatPercent(figures.unopened, figures.watched)}</Cell>
    <Cell label="Dikembalikan tahap berikutnya" align="right">{formatPercent(figures.overturned, figures.followed)}</Cell>
  </Row>
)
