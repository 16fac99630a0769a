import type { Overview, ProvinceStanding, RegencyStanding } from '#app/national/overview.ts'
import type { Actor } from '#app/users/actor.ts'
import { NationTabs, NATION_TRAIL, Upload } from '#views/national/frame.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { DayColumns } from '#views/ui/curve.tsx'
import { formatDateTime, formatNumber, formatShortDate } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = Overview & { region: string, actor: Actor, newId: string }

export const OverviewPage = (props: Props) => {
  const { provinces, regencies, days, doubles, region, actor, newId } = props
  const sum = (key: 'households' | 'members' | 'waiting' | 'sent' | 'regencies' | 'faulty') => provinces.reduce((total, one) => total + one[key], 0)
  const isNarrow = region !== '' || provinces.length === 1
  return (
    <Stack>
      <PageHead title={region ? provinces[0]?.name ?? 'Data nasional' : 'Data nasional'} lead="Berkas yang sudah disahkan di kabupaten/kota dan diterima untuk ditetapkan." trail={region ? NATION_TRAIL : []} />
      <NationTabs current="/national" />
      <Stats items={[
        { label: 'Kabupaten/kota yang sudah mengirim', value: formatNumber(sum('sent')), note: `dari ${formatNumber(sum('regencies'))}` },
        { label: 'Rumah tangga', value: formatNumber(sum('households')) }, { label: 'Anggota', value: formatNumber(sum('members')) },
        { label: 'Menunggu keputusan', value: formatNumber(sum('waiting')), href: `/national/batches?waiting=1${region && `&region=${region}`}` },
        { label: 'Belum lolos kriteria', value: formatNumber(sum('faulty')), tone: sum('faulty') > 0 ? 'warn' : 'good' },
        { label: 'NIK di dua kabupaten', value: formatNumber(doubles), href: `/national/doubles${region && `?region=${region}`}`, tone: doubles > 0 ? 'warn' : 'good' },
      ]} />
      {sum('sent') === 0
        ? <EmptyState title="Belum ada berkas yang diterima">Arsip dari kabupaten/kota diterima lewat formulir di bawah, atau dikirim sendiri oleh server mereka dengan kunci pengiriman.</EmptyState>
        : <Figures provinces={provinces} regencies={regencies} days={days} isNarrow={isNarrow} />}
      <Upload actor={actor} newId={newId} />
      {isNarrow ? <Regencies regencies={regencies} /> : <Provinces provinces={provinces} />}
    </Stack>
  )
}

const SERIES = [{ key: 'accepted', label: 'Ditetapkan', tone: 1 as const }, { key: 'returned', label: 'Dikembalikan', tone: 3 as const }, { key: 'waiting', label: 'Menunggu', tone: 5 as const }]

const Figures = ({ provinces, regencies, days, isNarrow }: Pick<Props, 'provinces' | 'regencies' | 'days'> & { isNarrow: boolean }) => (
  <>
    <Card title={isNarrow ? 'Keputusan per kabupaten/kota' : 'Keputusan per provinsi'}>
      <StackedBars bare title="Rumah tangga menurut keputusan" labelHeading={isNarrow ? 'Kabupaten/kota' : 'Provinsi'} series={SERIES} rows={isNarrow
        ? regencies.flatMap(({ code, name, standing }) => standing ? [{ label: name, href: `/national/batches?region=${code}`, values: valuesOf(standing) }] : [])
        : provinces.filter(({ sent }) => sent > 0).map((one) => ({ label: one.name, href: `/national?region=${one.code}`, values: valuesOf(one) }))} />
    </Card>
    <Card title="Kedatangan 30 hari terakhir">
      <DayColumns title="Arsip yang diterima dan ditolak tiap hari" series={[{ key: 'taken', label: 'Diterima', tone: 1 }, { key: 'refused', label: 'Ditolak', tone: 4 }]}
        points={days.map(({ day, taken, refused }) => ({ label: formatShortDate(day), values: { taken, refused } }))} />
    </Card>
  </>
)

const valuesOf = ({ accepted, returned, waiting }: Pick<ProvinceStanding, 'accepted' | 'returned' | 'waiting'>) => ({ accepted, returned, waiting })

const Provinces = ({ provinces }: Pick<Props, 'provinces'>) => (
  <Table caption="Provinsi" dense columns={['Provinsi', right('Sudah mengirim'), right('Rumah tangga'), right('Anggota'), right('Menunggu'), right('Ditetapkan'), right('Dikembalikan')]}>
    {provinces.map((one) => (
      <Row>
        <Cell label="Provinsi" lead><a href={`/national?region=${one.code}`}>{one.name}</a></Cell>
        <Cell label="Sudah mengirim" align="right">{`${formatNumber(one.sent)} dari ${formatNumber(one.regencies)}`}</Cell>
        <Cell label="Rumah tangga" align="right">{formatNumber(one.households)}</Cell><Cell label="Anggota" align="right">{formatNumber(one.members)}</Cell>
        <Cell label="Menunggu" align="right">{formatNumber(one.waiting)}</Cell><Cell label="Ditetapkan" align="right">{formatNumber(one.accepted)}</Cell><Cell label="Dikembalikan" align="right">{formatNumber(one.returned)}</Cell>
      </Row>
    ))}
  </Table>
)

const Regencies = ({ regencies }: { regencies: RegencyStanding[] }) => (
  <Table caption="Kabupaten/kota" dense columns={['Kabupaten/kota', 'Terakhir', right('Berkas'), right('Rumah tangga'), right('Menunggu'), right('Ditetapkan'), right('Dikembalikan')]}>
    {regencies.map(({ code, name, standing }) => (
      <Row>
        <Cell label="Kabupaten/kota" lead>{standing ? <a href={`/national/batches?region=${code}`}>{name}</a> : name}</Cell>
        <Cell label="Terakhir">{standing ? formatDateTime(standing.lastAt) : <Badge tone="warn">Belum mengirim</Badge>}</Cell>
        <Cell label="Berkas" align="right">{formatNumber(standing?.batches ?? 0)}</Cell><Cell label="Rumah tangga" align="right">{formatNumber(standing?.households ?? 0)}</Cell>
        <Cell label="Menunggu" align="right">{formatNumber(standing?.waiting ?? 0)}</Cell><Cell label="Ditetapkan" align="right">{formatNumber(standing?.accepted ?? 0)}</Cell><Cell label="Dikembalikan" align="right">{formatNumber(standing?.returned ?? 0)}</Cell>
      </Row>
    ))}
  </Table>
)
