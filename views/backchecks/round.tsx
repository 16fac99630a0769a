import type { Preview } from '#app/backchecks/frame.ts'
import type { Round } from '#app/backchecks/rounds.ts'
import type { RoundVisit } from '#app/backchecks/visits-of-round.ts'
import { methodWords, STATE, STATUS } from '#views/backchecks/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { HiddenField, RadioGroup, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatDecimal, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { StoppedNotice } from '#views/ui/stopped.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = {
  round: Round, place: string, plannedBy: string, preview?: Preview, visits: RoundVisit[], next?: number, done: number, given: number, isDrawing: boolean, isStopped: boolean, isDrawn: boolean, mayPlan: boolean, formKey: string,
}

export const RoundPage = (props: Props) => {
  const { round, place, plannedBy, preview, done, given, isDrawing, isDrawn, mayPlan, formKey } = props
  const isOver = round.status === 'closed' || round.status === 'cancelled'
  return (
    <div id="putaran" class="stack" {...(isDrawing && !props.isStopped && askingAgain(`/backchecks/${round.id}`))}>
      <PageHead title={round.title} trail={[{ href: '/backchecks', label: 'Kunjungan ulang' }]} badge={<Badge tone={STATUS[round.status].tone}>{STATUS[round.status].words}</Badge>}
        lead={`${place} · kunjungan ${formatDate(round.fromDay)} – ${formatDate(round.toDay)}`}
        actions={isDrawn && <><LinkButton href={`/backchecks/results?round=${round.id}`}>Lihat hasil</LinkButton><LinkButton href={`/backchecks/${round.id}/draw`}>Periksa undian</LinkButton></>} />
      {round.endNote && <Notice tone="neutral" title={`${STATUS[round.status].words} ${formatDateTime(round.endedAt)}`}><p>{round.endNote}</p></Notice>}
      <Card title="Rencana">
        <Facts items={[
          { label: 'Ukuran', value: round.sizeKind === 'share' ? `${formatDecimal(round.size, round.size % 1 ? 1 : 0)}% dari kunjungan` : `${formatNumber(round.size)} kunjungan` },
          { label: 'Cara mengundi', value: methodWords(round.riskShare) }, { label: 'Selesai paling lambat', value: formatDate(round.dueOn) },
          { label: 'Direncanakan', value: `${plannedBy}, ${formatDateTime(round.plannedAt)}` }, { label: 'Isian yang ditanyakan', value: `${round.items.length} isian` },
        ]} />
        {isDrawn && <Progress label="Sudah dikunjungi ulang" value={done} max={round.sampleCount} />}
      </Card>
      {preview && <PreviewCard preview={preview} round={round} formKey={formKey} />}
      {props.isStopped && <StoppedNotice title="Undian terhenti karena kesalahan pada server" />}
      {isDrawing && <UnderWay round={round} given={given} />}
      {isDrawn && <Visits {...props} />}
      {mayPlan && !isOver && !isDrawing && <Ending round={round} formKey={formKey} />}
    </div>
  )
}

const UnderWay = ({ round: { id, seed, sampleCount }, given }: { round: Round, given: number }) => (
  <Card title="Undian berjalan">
    {seed === null
      ? <p>Daftar kunjungan sedang disusun. Undian dimulai begitu daftarnya lengkap.</p>
      : <Progress label="Dibagikan kepada petugas" value={given} max={sampleCount} />}
    <p><LinkButton href={`/backchecks/${id}`}>Lihat kemajuan</LinkButton></p>
  </Card>
)

const PreviewCard = ({ preview: { visits, tooMany, total, officers, villages }, round, formKey }: { preview: Preview, round: Round, formKey: string }) => {
  if (tooMany) return <Notice tone="warn" title="Terlalu banyak untuk satu putaran"><p>Buat putaran per kecamatan atau per bulan, lalu batalkan yang ini.</p></Notice>
  if (visits === 0) return <Notice tone="warn" title="Belum ada kunjungan yang bisa diundi"><p>Tidak ada kunjungan terkirim pada wilayah dan tanggal ini yang belum pernah diundi.</p></Notice>
  return (
    <Card title={`Akan diundi ${formatNumber(total)} dari ${formatNumber(visits)} kunjungan`}>
      <p>Ini keadaan sekarang. Kunjungan mana yang kena baru diketahui setelah diundi, dan undian hanya sekali.</p>
      <PostButton action={`/backchecks/${round.id}/drawing`} fields={{ key: formKey }}>Undi sekarang</PostButton>
      <Table caption="Per petugas" dense columns={['Petugas', right('Kunjungan'), right('Dengan tanda'), right('Diundi')]}>
        {officers.map(({ name, visits: own, flagged, count }) => (
          <Row><Cell label="Petugas" lead>{name}</Cell><Cell label="Kunjungan" align="right">{formatNumber(own)}</Cell><Cell label="Dengan tanda" align="right">{formatNumber(flagged)}</Cell><Cell label="Diundi" align="right">{formatNumber(count)}</Cell></Row>
        ))}
      </Table>
      <Table caption="Per desa" dense columns={['Desa/kelurahan', right('Kunjungan'), right('Kira-kira diundi')]}>
        {villages.map(({ name, visits: own, expected }) => (
          <Row><Cell label="Desa/kelurahan" lead>{name}</Cell><Cell label="Kunjungan" align="right">{formatNumber(own)}</Cell><Cell label="Kira-kira diundi" align="right">{formatDecimal(expected)}</Cell></Row>
        ))}
      </Table>
    </Card>
  )
}

const Visits = ({ round, visits, next }: Props) => visits.length === 0
  ? <EmptyState title="Tidak ada kunjungan putaran ini di wilayah Anda" />
  : (
    <Card title="Kunjungan yang diundi">
      <Table caption="Kunjungan yang diundi" hideCaption bodyId="diundi" columns={['Rumah tangga', 'Desa/kelurahan', 'Petugas pertama', 'Petugas kunjungan ulang', 'Keadaan', 'Beda']}>
        {visits.map(({ id, headName, village, firstOfficer, secondOfficer, status, differences, openDifferences }) => (
          <Row tone={openDifferences > 0 ? 'warn' : undefined}>
            <Cell label="Rumah tangga" lead><a href={`/backchecks/visits/${id}`}>{headName}</a></Cell>
            <Cell label="Desa/kelurahan">{village}</Cell>
            <Cell label="Petugas pertama">{firstOfficer}</Cell>
            <Cell label="Petugas kunjungan ulang">{secondOfficer ?? <Badge tone="bad">Belum ada petugas</Badge>}</Cell>
            <Cell label="Keadaan"><Badge tone={STATE[status].tone}>{STATE[status].words}</Badge></Cell>
            <Cell label="Beda">{status === 'done' ? differences === 0 ? 'Tidak ada' : `${differences} isian${openDifferences > 0 ? `, ${openDifferences} belum dinilai` : ''}` : '–'}</Cell>
          </Row>
        ))}
      </Table>
      <Pager bodyId="diundi" nextHref={next === undefined ? undefined : `/backchecks/${round.id}?after=${next}`} />
    </Card>
  )

const Ending = ({ round, formKey }: { round: Round, formKey: string }) => (
  <Confirm label={round.status === 'planned' ? 'Batalkan rencana' : 'Akhiri putaran'} tone="quiet">
    <Form action={`/backchecks/${round.id}/ending`}>
      <HiddenField name="key" value={formKey} />
      {round.status === 'planned' ? <HiddenField name="status" value="cancelled" /> : (
        <RadioGroup name="status" label="Bagaimana diakhiri" required value="closed" options={[
          { value: 'closed', label: 'Ditutup', hint: 'Yang sudah dikunjungi tetap dihitung, sisanya tidak jadi.' },
          { value: 'cancelled', label: 'Dibatalkan', hint: 'Tidak ada yang dihitung. Semua tetap tersimpan.' },
        ]} />
      )}
      <TextArea name="note" label="Alasan" required maxlength={300} />
      <Button tone="danger">Akhiri</Button>
    </Form>
  </Confirm>
)
