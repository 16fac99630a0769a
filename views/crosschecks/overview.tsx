import type { ByKind, Overview, PlaceFindings } from '#app/crosschecks/overview.ts'
import type { CrosscheckRun } from '#app/crosschecks/runs.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { overviewHref, programmeParam, villageHref } from '#views/crosschecks/links.ts'
import { KIND_WORDS, KINDS, PROGRAMME_CHOICES } from '#views/crosschecks/words.ts'
import { exportHref } from '#views/exports/links.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { LEVEL_LABELS } from '#views/regions/labels.ts'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatAge, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { overview: Overview, region: string, choices: PlaceChoices, run?: CrosscheckRun, runs: boolean, mayExport: boolean, formKey: string, now: string }

export const OverviewPage = ({ overview, region, choices, run, runs, mayExport, formKey, now }: Props) => (
  <Stack>
    <PageHead title="Pemeriksaan silang" trail={overview.trail.length > 0 ? overview.trail.map(({ code, name }) => ({ href: overviewHref(code, overview.programme), label: name })) : undefined}
      lead="Yang tidak sejalan antara daftar penerima bantuan dan registri. Buka desa untuk melihat siapa dan apa yang dilakukan."
      actions={<>
        <LinkButton href={`/programmes/pictures${region ? `?region=${region}` : ''}`}>Gambar program</LinkButton>
        {mayExport && <LinkButton href={exportHref('crosschecks', new URLSearchParams({ ...(region && { region }), ...(overview.programme !== undefined && { programme: programmeParam(overview.programme)! }) }).toString())}>Ekspor daftar</LinkButton>}
        {runs && run?.status !== 'running' && <PostButton action="/crosschecks/run" fields={{ key: formKey }} tone="secondary">Periksa ulang semua</PostButton>}
      </>} />
    <RunPart run={run} now={now} />
    <Filters action="/crosschecks" clearHref={region || overview.programme !== undefined ? '/crosschecks' : undefined} label="Saring temuan">
      {hasChoice(choices) && <PlaceField choices={choices} chosen={region} />}
      <SelectField name="programme" label="Program" required blank="Semua program" value={programmeParam(overview.programme)} options={PROGRAMME_CHOICES} />
    </Filters>
    {overview.places.length === 0
      ? <EmptyState title="Tidak ada temuan di sini">Setiap perubahan data diperiksa dalam beberapa detik. Desil atau batas program yang baru diperiksa menyeluruh.</EmptyState>
      : <><Totals overview={overview} /><Picture overview={overview} /><Programmes overview={overview} /><Places overview={overview} /></>}
  </Stack>
)

// While the run goes on the part looks again by itself.
export const RunPart = ({ run, now }: Pick<Props, 'run' | 'now'>) => run?.status === 'running'
  ? (
    <div id="putaran" {...askingAgain('/crosschecks/run', 3)}>
      <Card title="Semua penerima sedang diperiksa"><Progress label="Desa/kelurahan diperiksa" value={run.done} max={run.total} /><p class="hint">Berjalan di belakang layar, juga bila halaman ini ditutup.</p></Card>
    </div>
  )
  : <p class="hint" id="putaran">{run?.finishedAt
    ? <>Pemeriksaan menyeluruh terakhir <time datetime={run.finishedAt}>{formatAge(run.finishedAt, now)}</time>{run.status === 'failed' && ' terputus; jalankan lagi'}. Setiap perubahan diperiksa dalam beberapa detik.</>
    : 'Belum pernah diperiksa menyeluruh. Setiap perubahan diperiksa dalam beberapa detik.'}</p>

const Totals = ({ overview: { open, dismissed, places } }: Pick<Props, 'overview'>) => {
  const of = (kind: keyof ByKind) => places.reduce((total, { kinds }) => total + kinds[kind], 0)
  return (
    <Stats items={[
      { label: 'Temuan terbuka', value: formatNumber(open), tone: open > 0 ? 'warn' : 'good' },
      { label: 'Desil di atas batas', value: formatNumber(of('high_desil')), note: 'kesalahan inklusi' },
      { label: 'Belum menerima apa pun', value: formatNumber(of('low_desil')), note: 'kesalahan eksklusi' },
      { label: 'Dikesampingkan', value: formatNumber(dismissed), note: 'dengan alasan' },
    ]} />
  )
}

const levelOf = (places: PlaceFindings[]) => LEVEL_LABELS[places[0]!.code.split('.').length] ?? 'Wilayah'
const MOST_BARS = 30
const found = (kinds: ByKind) => KINDS.filter((kind) => kinds[kind] > 0)
const placeHref = ({ code, isVillage }: PlaceFindings, programme?: string) => isVillage ? villageHref(code, { show: 'open', programme: programme as '' | undefined }) : overviewHref(code, programme)

// Colours tell the groups of kinds; the table under it tells each kind.
const SERIES = [
  { key: 'people', label: 'Meninggal, pindah, tidak di registri, nonaktif', tone: 4 as const }, { key: 'double', label: 'Ganda atau di dua keluarga', tone: 5 as const },
  { key: 'over', label: 'Desil tinggi atau pekerjaan dikecualikan', tone: 3 as const }, { key: 'under', label: 'Belum menerima apa pun', tone: 1 as const },
]
const grouped = (kinds: ByKind) => ({
  people: kinds.dead + kinds.moved + kinds.unregistered + kinds.inactive, double: kinds.double + kinds.two_families, over: kinds.high_desil + kinds.occupation, under: kinds.low_desil,
})

const Picture = ({ overview: { places, programme } }: Pick<Props, 'overview'>) => (
  <Card>
    <StackedBars title={`Temuan terbuka per ${levelOf(places).toLowerCase()}`} labelHeading={levelOf(places)} series={SERIES}
      description={places.length > MOST_BARS ? `${MOST_BARS} yang terbanyak; semuanya ada di tabel.` : undefined}
      rows={places.slice(0, MOST_BARS).map((place) => ({ label: place.name, href: placeHref(place, programme), values: grouped(place.kinds) }))} />
  </Card>
)

const Programmes = ({ overview: { programmes, place } }: Pick<Props, 'overview'>) => {
  const kinds = KINDS.filter((kind) => programmes.some((one) => one.kinds[kind] > 0))
  return programmes.length === 0 ? null : (
    <Table caption="Temuan terbuka menurut program" dense columns={['Program', ...kinds.map((kind) => right(KIND_WORDS[kind].short)), right('Jumlah')]}>
      {programmes.map(({ programme, name, kinds: counts, open }) => (
        <Row>
          <Cell label="Program" lead><a href={overviewHref(place, programme)}>{name}</a></Cell>
          {kinds.map((kind) => <Cell label={KIND_WORDS[kind].short} align="right">{formatNumber(counts[kind])}</Cell>)}
          <Cell label="Jumlah" align="right"><strong>{formatNumber(open)}</strong></Cell>
        </Row>
      ))}
    </Table>
  )
}

const Places = ({ overview: { places, programme } }: Pick<Props, 'overview'>) => {
  const kinds = KINDS.filter((kind) => places.some((one) => found(one.kinds).includes(kind)))
  return (
    <Table caption={`Temuan terbuka per ${levelOf(places).toLowerCase()}; pilih nama atau angka untuk membukanya`} dense columns={[levelOf(places), ...kinds.map((kind) => right(KIND_WORDS[kind].short)), right('Jumlah'), right('Dikesampingkan')]}>
      {places.map((place) => (
        <Row>
          <Cell label={levelOf(places)} lead><a href={placeHref(place, programme)}>{place.name}</a></Cell>
          {kinds.map((kind) => <Cell label={KIND_WORDS[kind].short} align="right"><PlaceCount place={place} kind={kind} programme={programme} /></Cell>)}
          <Cell label="Jumlah" align="right"><strong>{formatNumber(place.open)}</strong></Cell>
          <Cell label="Dikesampingkan" align="right">{formatNumber(place.dismissed)}</Cell>
        </Row>
      ))}
    </Table>
  )
}

const PlaceCount = ({ place, kind, programme }: { place: PlaceFindings, kind: keyof ByKind, programme?: string }) => place.kinds[kind] > 0 && place.isVillage
  ? <a href={villageHref(place.code, { show: 'open', kind, programme: programme as '' | undefined })} aria-label={`${formatNumber(place.kinds[kind])}, ${KIND_WORDS[kind].short}, ${place.name}`}>{formatNumber(place.kinds[kind])}</a>
  : <>{formatNumber(place.kinds[kind])}</>
