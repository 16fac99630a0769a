import type { LocalPage } from '#app/local/page-parts.ts'
import { exportHref } from '#views/exports/links.ts'
import { GrantCard, MinutesCard } from '#views/local/deciding.tsx'
import { aboutOf, afterOf, LOCAL_TRAIL, query, standingOf, stateOf, STATES } from '#views/local/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { SelectField, TextField } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatMonth, formatNumber, formatRupiah, maskKk } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

export type LocalPageProps = LocalPage & {
  ids: [minutes: string, letter: string], problem?: { message: string, fields: Record<string, string> }, typed: Record<string, string>, about?: 'minutes' | 'letter' | 'closing'
}

export const LocalProgrammePage = (props: LocalPageProps) => {
  const { local, owner, running, standing, problem, minutes, letter, manages, owns, village, region } = props
  return (
    <Stack>
      <PageHead title={local.name} trail={[LOCAL_TRAIL]} badge={<Badge tone={standingOf(local).tone}>{standingOf(local).label}</Badge>} lead={aboutOf(local, owner)}
        actions={<>
          {manages && running && <LinkButton href={`/local/${local.id}/families${query({ region: village || region })}`} tone="primary">Usulkan keluarga</LinkButton>}
          <LinkButton href={`/local/${local.id}/payments${query({ region: village || region })}`}>Pembayaran</LinkButton>
          {village && <LinkButton href={`/local/${local.id}/print${query({ region: village })}`}>Cetak daftar</LinkButton>}
          {props.mayExport && <LinkButton href={exportHref('local-recipients', query({ local: local.id, region, state: props.state }))}>Ekspor</LinkButton>}
          {owns && running && <LinkButton href={`/local/${local.id}/edit`}>Ubah</LinkButton>}
        </>} />
      {problem && <ProblemPanel problem={problem} labels={{ number: 'Nomor', date: 'Tanggal', fromMonth: 'Dibayar mulai bulan', minutes: 'Berita acara', letter: 'Surat penetapan', note: 'Alasan' }} />}
      {local.basis && <p class="hint">{`Dasar: ${local.basis}`}</p>}
      {local.closedAt && <Notice title="Program diakhiri"><p>{`${formatDateTime(local.closedAt)}. ${local.closedNote}`}</p></Notice>}
      <Stats items={[
        { label: 'Diusulkan', value: formatNumber(standing.states.proposed ?? 0), note: 'keluarga', tone: standing.states.proposed ? 'info' : 'neutral' },
        ...(local.programme === 'apbd' ? [{ label: 'Disepakati desa', value: formatNumber(standing.states.agreed ?? 0), note: 'menunggu Dinsos', tone: standing.states.agreed ? 'info' as const : 'neutral' as const }] : []),
        { label: 'Penerima', value: formatNumber((standing.states.active ?? 0) + (standing.states.finished ?? 0)), note: 'keluarga', tone: 'good' },
        { label: 'Dihentikan', value: formatNumber(standing.states.stopped ?? 0), note: 'keluarga' },
        { label: 'Sudah dibayar', value: formatRupiah(standing.amountPaid), note: `${formatNumber(standing.payments)} pembayaran` },
      ]} />
      {letter && letter.count > 0 && <GrantCard {...props} letter={letter} />}
      {minutes && minutes.count > 0 && <MinutesCard {...props} minutes={minutes} />}
      {manages && running && !village && local.programme === 'apbd' && <p class="hint">Pilih satu desa pada saringan di bawah untuk mengonfirmasi berita acaranya atau mencetak daftarnya.</p>}
      <Recipients {...props} />
      <Decisions {...props} />
      {owns && running && <Closing {...props} />}
    </Stack>
  )
}

const Recipients = ({ local, recipients: { rows, next }, places, region, state, manages, running }: LocalPageProps) => (
  <Card title="Keluarga" id="keluarga">
    <Filters action={`/local/${local.id}`} label="Saring keluarga" clearHref={region || state ? `/local/${local.id}` : undefined}>
      <SelectField name="state" label="Keadaan" required value={state} blank="Semua keadaan" options={Object.entries(STATES).filter(([code]) => code !== 'agreed' || local.programme === 'apbd').map(([value, { label }]) => ({ value, label }))} />
      {local.programme === 'apbd' && hasPlaces(places) && <PlaceFilter places={places} region={region} />}
    </Filters>
    {rows.length === 0
      ? <EmptyState title={state ? 'Tidak ada keluarga dalam keadaan ini' : 'Belum ada keluarga'}>{manages && running ? 'Pilih “Usulkan keluarga” untuk memilih dari keluarga yang terdata.' : 'Keluarga diusulkan operator desa.'}</EmptyState>
      : (
        <Table caption="Urut desa, lalu nama" bodyId="keluarga-baris" columns={['Nama', 'Nomor KK', 'Alamat', 'Keadaan', 'Bulan dibayar', right('Jumlah')]}>
          {rows.map((row) => (
            <Row>
              <Cell label="Nama" lead><a href={`/programmes/${row.programme}/recipients/${row.id}`}>{row.name}</a></Cell>
              <Cell label="Nomor KK">{maskKk(row.kkNumber)}</Cell>
              <Cell label="Alamat"><div>{row.address}<br /><small class="hint">{row.village}</small></div></Cell>
              <Cell label="Keadaan"><div><Badge tone={stateOf(row.state).tone}>{stateOf(row.state).label}</Badge>{row.reason && <><br /><small class="hint">{row.reason}</small></>}{row.state === 'active' && row.startedOn && <><br /><small class="hint">{`mulai ${formatMonth(row.startedOn.slice(0, 7))}`}</small></>}</div></Cell>
              <Cell label="Bulan dibayar">{row.months.length > 0 ? row.months.map((month) => formatMonth(month).slice(0, 3)).join(', ') : '–'}</Cell>
              <Cell label="Jumlah" align="right">{formatRupiah(row.amount)}</Cell>
            </Row>
          ))}
        </Table>
      )}
    <Pager bodyId="keluarga-baris" nextHref={next && `/local/${local.id}${query({ region, state, after: afterOf(next) })}`} />
  </Card>
)

const Decisions = ({ decisions, mostDecisions }: LocalPageProps) => decisions.length === 0 ? null : (
  <Card title="Berita acara dan penetapan">
    <Table caption="Terbaru lebih dahulu" columns={['Nomor', 'Tanggal', 'Wilayah', right('Keluarga'), 'Dibayar mulai', 'Dicatat']}>
      {decisions.map(({ kind, number, date, place, families, fromMonth, madeAt, by, paper }) => (
        <Row>
          <Cell label="Nomor" lead><div>{paper ? <a href={`/files/attachments/${paper}`}>{number}</a> : number}<br /><small class="hint">{kind === 'minutes' ? 'Berita acara musyawarah' : 'Penetapan Dinsos'}</small></div></Cell>
          <Cell label="Tanggal">{formatDate(date)}</Cell>
          <Cell label="Wilayah">{place}</Cell>
          <Cell label="Keluarga" align="right">{formatNumber(families)}</Cell>
          <Cell label="Dibayar mulai">{formatMonth(fromMonth)}</Cell>
          <Cell label="Dicatat"><div>{formatDateTime(madeAt)}<br /><small class="hint">{by}</small></div></Cell>
        </Row>
      ))}
    </Table>
    {decisions.length === mostDecisions && <p class="hint">{`Hanya ${formatNumber(mostDecisions)} terbaru yang tampil. Saring desanya untuk melihat yang lain.`}</p>}
  </Card>
)

const Closing = ({ local, about, typed, problem }: LocalPageProps) => (
  <Confirm label="Akhiri program" tone="danger" open={about === 'closing'} id="akhiri">
    <Form action={`/local/${local.id}/closing`}>
      <p>Semua keluarga di dalamnya berhenti tercatat menerima. Pembayaran yang sudah dicatat tetap ada. Program yang masanya habis selesai dengan sendirinya.</p>
      <TextField name="note" label="Alasan" required maxlength={300} value={about === 'closing' ? typed.note : ''} error={about === 'closing' ? problem?.fields.note : undefined} />
      <Button tone="danger">Akhiri program ini</Button>
    </Form>
  </Confirm>
)
