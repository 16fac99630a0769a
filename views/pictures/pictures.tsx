import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Movement } from '#app/pictures/movement.ts'
import type { PaymentPicture, Reach, ReachPicture } from '#app/pictures/pictures.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { fileHref, PICTURED_LABELS, pictureHref, type Asked } from '#views/pictures/links.ts'
import { MovementCard, PaymentsCard } from '#views/pictures/over-time.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatAge, formatNumber, formatPercent } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { asked: Asked, place: string, choices: PlaceChoices, reach: ReachPicture, movement: Movement[], payments: PaymentPicture[], now: string }

const PROGRAMMES = Object.keys(PICTURED_LABELS) as Asked['programme'][]

export const PicturesPage = ({ asked, place, choices, reach, movement, payments, now }: Props) => (
  <Stack>
    <PageHead title="Gambar program" trail={[{ href: '/programmes', label: 'Program bansos' }]} lead={`${PICTURED_LABELS[asked.programme].name} di ${place}: siapa yang terjangkau, siapa yang masuk dan keluar, dan apa yang tersalur. PPKS tidak digambar.`} />
    <Tabs label="Program" items={PROGRAMMES.map((programme) => ({ href: pictureHref({ ...asked, programme }), label: PICTURED_LABELS[programme].name, current: programme === asked.programme }))} />
    <Filters action="/programmes/pictures" clearHref={asked.region ? pictureHref({ ...asked, region: '' }) : undefined} label="Saring gambar">
      <input type="hidden" name="programme" value={asked.programme} />
      {hasChoice(choices) && <PlaceField choices={choices} chosen={asked.region} />}
      <SelectField name="by" label="Masuk dan keluar per" required blank="" value={asked.by} options={[{ value: 'month', label: 'Bulan' }, { value: 'period', label: 'Periode program' }]} />
    </Filters>
    {reach.total
      ? <><Coverage asked={asked} reach={reach} now={now} /><Errors asked={asked} reach={reach} /></>
      : <EmptyState title="Cakupan belum dihitung" action={<LinkButton href="/crosschecks">Buka pemeriksaan silang</LinkButton>}>Angka ini dihitung saat pemeriksaan silang menyeluruh berjalan.</EmptyState>}
    <MovementCard asked={asked} movement={movement} />
    {asked.programme !== 'pbi' && <PaymentsCard asked={asked} payments={payments} />}
  </Stack>
)

const MOST_BARS = 30
const limitWords = (desilMax: number | null) => desilMax === null ? 'Batas desil program ini belum ditetapkan.' : `Batas desil program ini ${desilMax}.`
const name = (asked: Asked, { code, name: label }: Reach) => code.length < 13 ? <a href={pictureHref({ ...asked, region: code })}>{label}</a> : <a href={`/programmes/${asked.programme}?region=${code}&phase=receiving`}>{label}</a>
const barHref = (asked: Asked, code: string) => code.length < 13 ? pictureHref({ ...asked, region: code }) : `/programmes/${asked.programme}?region=${code}&phase=receiving`

type Drawn = { asked: Asked, reach: ReachPicture }

const Coverage = ({ asked, reach: { rows, total, isStale }, now }: Drawn & { now: string }) => {
  const { unit } = PICTURED_LABELS[asked.programme]
  return (
    <Card title="Cakupan" actions={<LinkButton href={fileHref('reach', asked)} download>Unduh CSV</LinkButton>}>
      <p class="hint">{limitWords(total!.desilMax)} Dihitung <time datetime={total!.countedAt}>{formatAge(total!.countedAt, now)}</time>{isStale && '; ada perubahan sejak itu, sedang dihitung lagi'}.</p>
      <Stats items={[
        { label: `Memenuhi batas desil (${unit})`, value: formatNumber(total!.eligible) },
        { label: 'Sudah menerima', value: formatNumber(total!.reached), note: formatPercent(total!.reached, total!.eligible), tone: 'good' },
        { label: 'Belum menerima', value: formatNumber(total!.missed), note: formatPercent(total!.missed, total!.eligible), tone: total!.missed > 0 ? 'warn' : 'good' },
      ]} />
      <StackedBars bare title={`Yang memenuhi batas desil, ${unit}`} labelHeading="Wilayah" description={rows.length > MOST_BARS ? `${MOST_BARS} wilayah pertama; semuanya ada di tabel.` : undefined}
        series={[{ key: 'reached', label: 'Sudah menerima', tone: 1 }, { key: 'missed', label: 'Belum menerima', tone: 3 }]}
        rows={rows.slice(0, MOST_BARS).map(({ code, name: label, reached, missed }) => ({ label, href: barHref(asked, code), values: { reached, missed } }))} />
      <Table caption={`Cakupan menurut wilayah, ${unit}`} dense columns={['Wilayah', right('Memenuhi'), right('Menerima'), right('Belum'), right('Cakupan')]}>
        {rows.map((row) => (
          <Row>
            <Cell label="Wilayah" lead>{name(asked, row)}</Cell>
            <Cell label="Memenuhi" align="right">{formatNumber(row.eligible)}</Cell>
            <Cell label="Menerima" align="right">{formatNumber(row.reached)}</Cell>
            <Cell label="Belum" align="right">{formatNumber(row.missed)}</Cell>
            <Cell label="Cakupan" align="right">{formatPercent(row.reached, row.eligible)}</Cell>
          </Row>
        ))}
      </Table>
    </Card>
  )
}

const errorHref = (kind: 'high_desil' | 'low_desil', asked: Asked, code: string) => kind === 'high_desil' ? `/crosschecks/${code}?kind=high_desil&programme=${asked.programme}` : `/crosschecks/${code}?kind=low_desil`

const Errors = ({ asked, reach: { rows } }: Drawn) => (
  <Card title="Kesalahan inklusi dan eksklusi">
    <StackedBars bare title={`Kesalahan menurut desil, ${PICTURED_LABELS[asked.programme].unit}`} labelHeading="Wilayah"
      description={`Inklusi: menerima padahal desilnya di atas batas. Eksklusi: desilnya dalam batas tetapi tidak menerima program ini.${rows.length > MOST_BARS ? ` ${MOST_BARS} wilayah pertama; semuanya ada di tabel.` : ''}`}
      series={[{ key: 'outside', label: 'Inklusi', tone: 4 }, { key: 'missed', label: 'Eksklusi', tone: 3 }]}
      rows={rows.slice(0, MOST_BARS).map(({ code, name: label, outside, missed }) => ({ label, href: code.length < 13 ? barHref(asked, code) : errorHref('high_desil', asked, code), values: { outside, missed } }))} />
    <Table caption="Kesalahan menurut wilayah; pilih angka di desa untuk membuka daftarnya" dense columns={['Wilayah', right('Inklusi'), right('dari penerima'), right('Eksklusi'), right('dari yang memenuhi'), right('Menerima tanpa desil')]}>
      {rows.map((row) => {
        const receiving = row.reached + row.outside + row.unknown
        const isVillage = row.code.length === 13
        return (
          <Row>
            <Cell label="Wilayah" lead>{name(asked, row)}</Cell>
            <Cell label="Inklusi" align="right">{isVillage && row.outside > 0 ? <a href={errorHref('high_desil', asked, row.code)} aria-label={`Inklusi ${row.name}: ${formatNumber(row.outside)}`}>{formatNumber(row.outside)}</a> : formatNumber(row.outside)}</Cell>
            <Cell label="dari penerima" align="right">{formatPercent(row.outside, receiving)}</Cell>
            <Cell label="Eksklusi" align="right">{isVillage && row.missed > 0 ? <a href={errorHref('low_desil', asked, row.code)} aria-label={`Eksklusi ${row.name}: ${formatNumber(row.missed)}`}>{formatNumber(row.missed)}</a> : formatNumber(row.missed)}</Cell>
            <Cell label="dari yang memenuhi" align="right">{formatPercent(row.missed, row.eligible)}</Cell>
            <Cell label="Menerima tanpa desil" align="right">{formatNumber(row.unknown)}</Cell>
          </Row>
        )
      })}
    </Table>
    <p class="hint">Daftar eksklusi memuat keluarga yang belum menerima program apa pun; yang sudah menerima program lain tidak ada di sana.</p>
  </Card>
)
