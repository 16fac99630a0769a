import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { CategoryCount } from '#app/ppks/counts.ts'
import { TRAIL } from '#views/ppks/words.ts'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { counts: CategoryCount[], region: string, placeName: string, place: PlaceChoices, few: number }

const SERIES = [
  { key: 'registered', label: 'Terdaftar', tone: 3 as const }, { key: 'served', label: 'Dilayani', tone: 1 as const }, { key: 'referred', label: 'Dirujuk', tone: 2 as const },
  { key: 'whole', label: 'Tanpa rincian (kategori sensitif)', tone: 4 as const },
]

// Numbers only. What may not be told is drawn as nothing at all, so that no bar gives it away.
export const CountsPage = ({ counts, region, placeName, place, few }: Props) => {
  const hidden = counts.some(({ parts }) => !parts)
  const query = region && `?region=${region}`
  const rows = counts.map(({ code, label, parts, open = 0, sensitive }) => ({
    label: `${code}. ${label}`, href: parts ? `/programmes/ppks?variant=${code}${region && `&region=${region}`}` : undefined,
    values: (parts ? { registered: parts.registered, served: parts.served, referred: parts.referred } : { whole: sensitive ? open : 0 }) as Record<string, number>,
  }))
  const drawn = rows.filter((_, at) => (counts[at]!.open ?? 0) > 0)
  return (
    <Stack>
      <PageHead title="PPKS per kategori" trail={TRAIL} lead="Jumlah orang yang tercatat dan belum selesai ditangani. Seseorang dapat tercatat dalam beberapa kategori."
        actions={<><LinkButton href="/ppks/services">Layanan</LinkButton><LinkButton href={`/ppks/counts.csv${query}`} download>Unduh CSV</LinkButton></>} />
      {hasPlaces(place) && <Filters action="/ppks" label="Pilih wilayah" clearHref={region ? '/ppks' : undefined}><PlaceFilter places={place} region={region} alone /></Filters>}
      {hidden && <Notice><p>Kategori sensitif hanya ditampilkan jumlahnya; yang kurang dari {few} orang ditulis “&lt;{few}”, juga bila tidak ada.</p></Notice>}
      <Card title={placeName}>
        {drawn.length > 0 && <StackedBars title="Belum selesai ditangani" bare series={hidden ? SERIES : SERIES.slice(0, 3)} rows={drawn} />}
        <Table caption="Jumlah per kategori" dense columns={['Kategori', ...['Terdaftar', 'Dilayani', 'Dirujuk', 'Belum selesai', 'Selesai'].map((label) => ({ label, align: 'right' as const }))]}>
          {counts.map((one, at) => <CountRow one={one} href={rows[at]!.href} few={few} />)}
        </Table>
      </Card>
    </Stack>
  )
}

const CountRow = ({ one: { code, label, rule, sensitive, open, parts }, href, few }: { one: CategoryCount, href?: string, few: number }) => (
  <Row>
    <Cell label="Kategori" lead>
      <div>{href ? <a href={href}>{code}. {label}</a> : `${code}. ${label}`} {sensitive && <Badge tone="warn">sensitif</Badge>}{rule && <><br /><small class="hint">{rule}</small></>}</div>
    </Cell>
    <Cell label="Terdaftar" align="right">{formatNumber(parts?.registered)}</Cell>
    <Cell label="Dilayani" align="right">{formatNumber(parts?.served)}</Cell>
    <Cell label="Dirujuk" align="right">{formatNumber(parts?.referred)}</Cell>
    <Cell label="Belum selesai" align="right">{open === undefined ? `<${few}` : formatNumber(open)}</Cell>
    <Cell label="Selesai" align="right">{formatNumber(parts?.ended)}</Cell>
  </Row>
)
